"""Measures the model on the test images: evaluate.py PREPARED MODEL EVALUATION"""

import csv
import json
import sys
from pathlib import Path

import joblib
import numpy
from PIL import Image
from sklearn.metrics import accuracy_score, f1_score, log_loss


def sheet(images: numpy.ndarray, scale: int = 6, columns: int = 8) -> Image.Image:
    """The images side by side, enlarged."""
    side = 8 * scale
    rows = max(1, -(-len(images) // columns))
    picture = Image.new("L", (columns * (side + 4), rows * (side + 4)), 64)
    for number, image in enumerate(images):
        tile = Image.fromarray((image.reshape(8, 8) * 255).round().astype(numpy.uint8))
        place = (number % columns * (side + 4) + 2, number // columns * (side + 4) + 2)
        picture.paste(tile.resize((side, side), Image.Resampling.NEAREST), place)
    return picture


def main(prepared: Path, model_file: Path, evaluation: Path) -> None:
    data = numpy.load(prepared / "test.npz")
    images, actual = data["images"], data["labels"]
    model = joblib.load(model_file)
    predicted = model.predict(images)
    evaluation.mkdir(parents=True, exist_ok=True)
    metrics = {
        "accuracy": float(accuracy_score(actual, predicted)),
        "f1": {
            "macro": float(f1_score(actual, predicted, average="macro")),
            "worst": float(f1_score(actual, predicted, average=None).min()),
        },
        "loss": float(log_loss(actual, model.predict_proba(images), labels=range(10))),
    }
    (evaluation / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    with (evaluation / "confusion.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["actual", "predicted"])
        writer.writerows(zip(actual.tolist(), predicted.tolist()))
    sheet(images[actual != predicted]).save(evaluation / "mistakes.png")
    print(f"accuracy {metrics['accuracy']:.4f}, {int((actual != predicted).sum())} mistakes")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
