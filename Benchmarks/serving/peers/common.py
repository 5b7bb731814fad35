"""The session that all Python peers run: one thread, as the floor and Apus have."""

import os

import onnxruntime


def session() -> tuple[onnxruntime.InferenceSession, str, str]:
    """The model named by MODEL, its input and its last output."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = onnxruntime.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])
    return model, model.get_inputs()[0].name, model.get_outputs()[-1].name
