"""A server that gives out the tokens of a `docker-registry` (https://distribution.github.io/distribution/spec/auth/token/)."""

import base64
import http.server
import json
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Tokens:
    """Everybody may pull; who knows the password, or has the refresh token, may do all.

    `stale` tokens are given out that were good once."""

    service, issuer = "registry of the test", "issuer of the test"

    def __init__(self, user, password, refresh):
        self.folder = Path(tempfile.mkdtemp(prefix="tokens-"))
        self.key, self.certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tokens",
                        "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True)
        lines = self.certificate.read_text().splitlines()
        self.chain = ["".join(line for line in lines if not line.startswith("-"))]
        self.seen, self.stale = [], 0
        self.lock = threading.Lock()
        basic = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        tokens = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def give(self):
                length = int(self.headers.get("content-length") or 0)
                text = self.rfile.read(length).decode() if self.command == "POST" else self.path.partition("?")[2]
                fields = urllib.parse.parse_qs(text)
                secret = self.headers.get("authorization")
                known = secret == basic or fields.get("refresh_token") == [refresh]
                with tokens.lock:
                    tokens.seen.append((self.command, fields, known))
                isRight = fields.get("service") == [tokens.service] and (known or secret is None and self.command == "GET")
                if self.command == "POST":
                    isRight = isRight and known and fields.get("grant_type") == ["refresh_token"] and "client_id" in fields
                scopes = [scope for text in fields.get("scope", []) for scope in text.split(" ")]
                body = json.dumps({"token": tokens.token(scopes, known), "expires_in": 300}) if isRight else "{}"
                self.send_response_only(200 if isRight else 401)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST = give

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                """Clients that are gone are no news."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.realm = f"http://127.0.0.1:{self.server.server_address[1]}/token"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, scopes, known):
        """A signed list of what may be done."""
        access = []
        for scope in scopes:
            kind, name, actions = scope.split(":", 2)
            allowed = [action for action in actions.split(",") if known or action == "pull"]
            access.append({"type": kind, "name": name, "actions": allowed})
        with self.lock:
            late = self.stale > 0
            self.stale -= late
        # More than the minute by which clocks may differ.
        now = int(time.time()) - (600 if late else 0)
        claims = {"iss": self.issuer, "sub": "", "aud": self.service, "exp": now + 300, "nbf": now - 10, "iat": now,
                  "jti": str(time.time_ns()), "access": access}
        head = {"typ": "JWT", "alg": "RS256", "x5c": self.chain}
        text = encoded(json.dumps(head).encode()) + "." + encoded(json.dumps(claims).encode())
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=text.encode(), check=True,
                                   capture_output=True).stdout
        return text + "." + encoded(signature)

    def settings(self):
        """What the registry's configuration says of it."""
        return (f"auth: {{token: {{realm: '{self.realm}', service: '{self.service}', issuer: '{self.issuer}', "
                f"rootcertbundle: {self.certificate}}}}}")

    def count(self, method):
        return sum(1 for m, _, _ in self.seen if m == method)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)
