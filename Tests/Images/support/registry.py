"""A `docker-registry` on this machine, with or without passwords, and a proxy before it that makes trouble."""

import crypt
import http.client
import http.server
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from pathlib import Path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Registry:
    """The registry of Debian's package `docker-registry`, with its data in a folder of its own."""

    def __init__(self, user=None, password=None, tokens=None):
        self.folder = Path(tempfile.mkdtemp(prefix="registry-"))
        self.port = free_port()
        lines = ["version: 0.1", "log: {accesslog: {disabled: true}, level: error}",
                 f"storage: {{filesystem: {{rootdirectory: {self.folder}/data}}, delete: {{enabled: true}}}}",
                 f"http: {{addr: '127.0.0.1:{self.port}'}}"]
        if user:
            salt = crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16)
            (self.folder / "htpasswd").write_text(f"{user}:{crypt.crypt(password, salt)}\n")
            lines.append(f"auth: {{htpasswd: {{realm: test, path: {self.folder}/htpasswd}}}}")
        if tokens:
            lines.append(tokens.settings())
        (self.folder / "config.yml").write_text("\n".join(lines) + "\n")
        self.process = subprocess.Popen(["docker-registry", "serve", str(self.folder / "config.yml")],
                                        stdout=subprocess.DEVNULL, stderr=open(self.folder / "log", "wb"))
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                if self.process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text())
                time.sleep(0.05)
        self.host = f"127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Proxy:
    """Passes requests on to a registry and notes them; `trouble(method, path, count)` may say what goes wrong.

    `count` is how many requests with this method there were before. Trouble is a status with fields, `("cut", bytes)` of
    the request's body, `("cut answer", bytes)`, `("change",)` of the answer's bytes, or None."""

    def __init__(self, registry, trouble=lambda method, path, count: None):
        self.requests = []
        self.sent = 0
        proxy = self
        lock = threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_request(self):
                with lock:
                    count = sum(1 for method, _ in proxy.requests if method == self.command)
                    proxy.requests.append((self.command, self.path))
                action = trouble(self.command, self.path, count)
                length = int(self.headers.get("content-length") or 0)
                if action and action[0] == "cut":
                    self.rfile.read(min(length, action[1]))
                    # Not in order: with a reset.
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    self.close_connection = True
                    return self.connection.close()
                if self.headers.get("expect"):
                    self.send_response_only(100)
                    self.end_headers()
                body = self.rfile.read(length)
                with lock:
                    proxy.sent += len(body)
                if action and isinstance(action[0], int):
                    self.send_response_only(action[0])
                    for name, value in action[1].items():
                        self.send_header(name, value)
                    self.send_header("content-length", "0")
                    return self.end_headers()
                connection = http.client.HTTPConnection("127.0.0.1", registry.port, timeout=60)
                fields = {k: v for k, v in self.headers.items() if k.lower() != "expect"}
                connection.request(self.command, self.path, body, fields)
                answer = connection.getresponse()
                data = answer.read()
                connection.close()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("transfer-encoding", "connection"):
                        self.send_header(name, value)
                self.end_headers()
                if self.command == "HEAD":
                    return
                if action and action[0] == "change" and data:
                    data = bytes([data[0] ^ 1]) + data[1:]
                if action and action[0] == "cut answer":
                    self.wfile.write(data[:action[1]])
                    self.close_connection = True
                    return
                self.wfile.write(data)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_request

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def secure(self, certificate, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        return self

    def count(self, method, part=""):
        return sum(1 for m, path in self.requests if m == method and part in path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
