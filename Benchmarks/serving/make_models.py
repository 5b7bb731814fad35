"""Makes the models and the request bodies of the benchmark: make_models.py FOLDER

digits: a logistic regression on 64 numbers, with 10 probabilities. cnn: a convolution, a pooling and two dense layers on
a grey image of 32 by 32, with 11 logits and random weights: what counts here is how much there is to compute.
Needs numpy, Pillow, onnx, scikit-learn and skl2onnx.
"""

import io
import json
import sys
from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from skl2onnx import to_onnx
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

BOUNDARY = "apus-benchmark"


def digits_model() -> tuple[bytes, numpy.ndarray]:
    images, labels = load_digits(return_X_y=True)
    images = images.astype(numpy.float32)
    model = LogisticRegression(max_iter=2000).fit(images, labels)
    onnx_model = to_onnx(model, images[:1], options={"zipmap": False}, target_opset=17)
    return onnx_model.SerializeToString(), images[:1]


def cnn_model() -> tuple[bytes, numpy.ndarray]:
    random = numpy.random.default_rng(0)
    channels, units, classes = 32, 64, 11
    features = 10 * 10 * channels

    def weights(name: str, *shape: int, spread: float = 0.2) -> TensorProto:
        return numpy_helper.from_array(random.normal(0, spread, shape).astype(numpy.float32), name)

    initializers = [
        weights("kernel", channels, 1, 3, 3), weights("kernel_bias", channels),
        weights("dense", features, units, spread=0.02), weights("dense_bias", units),
        weights("last", units, classes), weights("last_bias", classes),
        numpy_helper.from_array(numpy.array([-1, features], numpy.int64), "flat"),
    ]
    node = helper.make_node
    nodes = [
        node("Transpose", ["image"], ["planes"], perm=[0, 3, 1, 2]),
        node("Conv", ["planes", "kernel", "kernel_bias"], ["conv"]), node("Relu", ["conv"], ["conv_relu"]),
        node("MaxPool", ["conv_relu"], ["pool"], kernel_shape=[3, 3], strides=[3, 3]),
        node("Reshape", ["pool", "flat"], ["features"]),
        node("Gemm", ["features", "dense", "dense_bias"], ["hidden"]), node("Relu", ["hidden"], ["hidden_relu"]),
        node("Gemm", ["hidden_relu", "last", "last_bias"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes, "cnn",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 32, 32, 1])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", classes])],
        initializers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    image = random.random((1, 32, 32, 1)).round(4).astype(numpy.float32)
    return model.SerializeToString(), image


def compact(value) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def bodies(name: str, input_name: str, output_name: str, row: numpy.ndarray) -> dict[str, bytes]:
    """The same request in each of the protocols."""
    numbers = [round(float(number), 4) for number in row.ravel()]
    nested = numpy.array(numbers).reshape(row.shape).tolist()
    tensor = {"name": input_name, "shape": list(row.shape), "datatype": "FP32"}
    data = row.astype("<f4").tobytes()
    binary = compact({
        "inputs": [tensor | {"parameters": {"binary_data_size": len(data)}}],
        "outputs": [{"name": output_name, "parameters": {"binary_data": True}}],
    })
    return {
        f"{name}.json": compact({"x": nested}),
        f"{name}.v2.json": compact({"inputs": [tensor | {"data": numbers}], "outputs": [{"name": output_name}]}),
        f"{name}.mlserver.json": compact({"inputs": [tensor | {"name": "x", "data": numbers}]}),
        f"{name}.v2.binary": binary + data,
        f"{name}.v2.binary.length": str(len(binary)).encode(),
        f"{name}.named.json": compact({input_name: nested}),
    }


def field(number: int, value: bytes) -> bytes:
    """A field of protobuf that has a length."""
    assert number < 16
    length, octets = len(value), b""
    while length > 127:
        octets, length = octets + bytes([length & 127 | 128]), length >> 7
    return bytes([number << 3 | 2]) + octets + bytes([length]) + value


def call(name: str, input_name: str, row: numpy.ndarray) -> bytes:
    """A ModelInferRequest in the frame of gRPC; https://github.com/kserve/open-inference-protocol has the fields."""
    assert max(row.shape) < 128
    tensor = field(1, input_name.encode()) + field(2, b"FP32") + field(3, bytes(row.shape))
    message = field(1, name.encode()) + field(5, tensor) + field(7, row.astype("<f4").tobytes())
    return b"\0" + len(message).to_bytes(4, "big") + message


def picture() -> bytes:
    """A JPEG of 256 by 256 as a multipart form."""
    random = numpy.random.default_rng(1)
    noise = Image.fromarray(random.integers(0, 256, (32, 32, 3), dtype=numpy.uint8))
    file = io.BytesIO()
    noise.resize((256, 256), Image.Resampling.BICUBIC).save(file, "JPEG", quality=90)
    head = (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="image.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n")
    return head.encode() + file.getvalue() + f"\r\n--{BOUNDARY}--\r\n".encode()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    models = {"digits": (digits_model, "X", "probabilities"), "cnn": (cnn_model, "image", "logits")}
    for name, (make, input_name, output_name) in models.items():
        model, row = make()
        (folder / f"{name}.onnx").write_bytes(model)
        for file, text in bodies(name, input_name, output_name, row).items():
            (folder / file).write_bytes(text)
        (folder / f"{name}.grpc").write_bytes(call(name, input_name, row))
    (folder / "image.multipart").write_bytes(picture())
    (folder / "labels.json").write_text(json.dumps([f"class {number}" for number in range(11)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
