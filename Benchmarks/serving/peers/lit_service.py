"""LitServe, with or without batching: lit_service.py PORT [batch]"""

import sys

import litserve
import numpy
from common import session


class Service(litserve.LitAPI):
    def setup(self, device) -> None:
        self.model, self.input, self.output = session()

    def decode_request(self, request):
        return numpy.asarray(request["x"], dtype=numpy.float32)

    def batch(self, inputs):
        return numpy.concatenate(inputs)

    def unbatch(self, output):
        return [output[row:row + 1] for row in range(len(output))]

    def predict(self, x):
        return self.model.run([self.output], {self.input: x})[0]

    def encode_response(self, output):
        return {"y": output.tolist()}


if __name__ == "__main__":
    batching = {"max_batch_size": 64, "batch_timeout": 0.005} if sys.argv[2:] == ["batch"] else {}
    server = litserve.LitServer(Service(**batching), accelerator="cpu", workers_per_device=1)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), generate_client_file=False, log_level="error")
