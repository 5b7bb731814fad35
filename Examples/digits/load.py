"""Asks the deployed service without a pause while a command runs, then tells how many requests were answered.

Usage: load.py PICTURE -- COMMAND...
Ends with 3 when a request failed, otherwise as the command does. Where the Service's address cannot be reached from this
machine, the command runs without load."""

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import uuid

picture = sys.argv[1]
command = sys.argv[3:]
mark = uuid.uuid4().hex
body = (f"--{mark}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"x.png\"\r\n"
        "Content-Type: image/png\r\n\r\n").encode() + open(picture, "rb").read() + f"\r\n--{mark}--\r\n".encode()
status = json.loads(subprocess.run(["apus", "deploy", "status", "--json"], capture_output=True, check=True).stdout)
host, port = status["address"].rsplit(":", 1)
try:
    socket.create_connection((host, int(port)), timeout=3).close()
except OSError:
    print("(the Service cannot be reached from here, so there is no load)")
    sys.exit(subprocess.run(command).returncode)
url = f"http://{host}:{port}/digits/predict"
answered, failures, ended = [0], [], threading.Event()


def ask():
    while not ended.is_set():
        request = urllib.request.Request(url, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                answer.read()
            answered[0] += 1
        except OSError as error:
            failures.append(str(error))
            time.sleep(0.05)


threads = [threading.Thread(target=ask) for _ in range(2)]
for thread in threads:
    thread.start()
time.sleep(1)
code = subprocess.run(command).returncode
time.sleep(1)
ended.set()
for thread in threads:
    thread.join()
print(f"{answered[0]} requests were answered meanwhile, {len(failures)} failed", *failures[:3])
sys.exit(3 if failures else code)
