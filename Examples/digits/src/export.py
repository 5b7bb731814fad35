"""Writes the model in ONNX, which any server can run without Python: export.py MODEL ONNX"""

import sys
from pathlib import Path

import joblib
import numpy
from skl2onnx import to_onnx


def main(model_file: Path, onnx_file: Path) -> None:
    model = joblib.load(model_file)
    images = numpy.zeros((1, 64), numpy.float32)
    exported = to_onnx(model, images, options={"zipmap": False}, target_opset=17)
    onnx_file.write_bytes(exported.SerializeToString(deterministic=True))
    print(f"{onnx_file}: {onnx_file.stat().st_size} bytes")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
