"""BentoML: as its documentation shows it, with batching, and an image as the guide's service takes it."""

from __future__ import annotations

import json
from typing import Annotated

import bentoml
import numpy
from bentoml.validators import ContentType
from common import session
from PIL.Image import Image


class Service:
    def __init__(self) -> None:
        self.model, self.input, self.output = session()

    def run(self, rows: numpy.ndarray) -> numpy.ndarray:
        return self.model.run([self.output], {self.input: rows.astype(numpy.float32)})[0]


@bentoml.service(name="bench_plain", traffic={"timeout": 60})
class Plain(Service):
    @bentoml.api
    def predict(self, x: numpy.ndarray) -> numpy.ndarray:
        return self.run(x)


@bentoml.service(name="bench_merging", traffic={"timeout": 60})
class Batching(Service):
    @bentoml.api(batchable=True, max_batch_size=64, max_latency_ms=1000)
    def predict(self, x: numpy.ndarray) -> numpy.ndarray:
        return self.run(x)


@bentoml.service(name="bench_pictures")
class Pictures(Service):
    @bentoml.api
    def predict(self, image: Annotated[Image, ContentType("image/jpeg")]) -> Annotated[
            str, ContentType("application/json")]:
        pixels = numpy.array(image.convert("L").resize((32, 32)), dtype=numpy.float32) / 255
        logits = self.run(pixels[None, :, :, None])[0]
        shares = numpy.exp(logits - logits.max())
        shares /= shares.sum()
        return json.dumps({
            "prediction": f"class {shares.argmax()}",
            "probabilities": {f"class {number}": float(share) for number, share in enumerate(shares)},
        })
