"""The thinnest server in Python: a bare ASGI application on uvicorn with uvloop and httptools."""

import json
import sys

import numpy
import uvicorn
from common import session

MODEL, INPUT, OUTPUT = session()


async def application(scope, receive, send) -> None:
    if scope["type"] != "http":
        return
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    rows = numpy.asarray(json.loads(body)["x"], dtype=numpy.float32)
    answer = json.dumps({"y": MODEL.run([OUTPUT], {INPUT: rows})[0].tolist()}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


if __name__ == "__main__":
    uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False,
                loop="uvloop", http="httptools", lifespan="off")
