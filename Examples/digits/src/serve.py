"""The same model as a Python service: a plain class, nothing of Apus is imported."""

from pathlib import Path

import joblib
import numpy
from PIL import Image


class Digits:
    """Reads handwritten digits of 8 by 8 pixels, white on black."""

    def __init__(self) -> None:
        self.model = joblib.load(Path("model/digits.joblib"))

    def predict(self, image: Image.Image) -> dict:
        """The digit in a picture, and how likely each is."""
        pixels = numpy.asarray(image.convert("L").resize((8, 8)), dtype=numpy.float32) / 255
        shares = self.model.predict_proba(pixels.reshape(1, 64))[0]
        return {
            "prediction": str(shares.argmax()),
            "probabilities": {str(digit): float(share) for digit, share in enumerate(shares)},
        }

    def classify(self, x: "float32[n,64]") -> "float32[n,10]":
        """The probabilities of the ten digits, for rows of 64 shares of white."""
        return self.model.predict_proba(x).astype(numpy.float32)
