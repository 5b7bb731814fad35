"""Makes the fixture: a small ONNX model in BentoML's store, exported."""
import os, tempfile
os.environ.setdefault("BENTOML_HOME", tempfile.mkdtemp())
os.environ["BENTOML_DO_NOT_TRACK"] = "True"
import bentoml, onnx
from onnx import TensorProto, helper

def preprocess(values):
    return values

graph = helper.make_graph(
    [helper.make_node("Gemm", ["x", "w", "b"], ["y"])], "tiny",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 3])],
    [helper.make_tensor("w", TensorProto.FLOAT, [2, 3], [1, 2, 3, 4, 5, 6]),
     helper.make_tensor("b", TensorProto.FLOAT, [3], [0, 0, 1])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
saved = bentoml.onnx.save_model(
    "tiny", model, signatures={"run": {"batchable": True, "batch_dim": 0}}, labels={"stage": "dev", "team": "planets"},
    metadata={"accuracy": 0.9, "classes": ["Earth", "Mars", "Venus"]}, custom_objects={"preprocess": preprocess},
)
bentoml.models.export_model(saved.tag, os.path.abspath("tiny.bentomodel"))
