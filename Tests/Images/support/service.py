"""A project with a service of which images are built."""

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

root = Path(__file__).resolve().parents[3]
apus = os.environ.get("APUS", str(root / ".build/debug/apus"))
model = root / "Tests/InferenceTests/Fixtures/digits_lr.onnx"


def same(one, two):
    assert one == two, f"{one!r} is not {two!r}"


# What most checks have in common is made once.
shared = tempfile.mkdtemp(prefix="images-cache-")
atexit.register(shutil.rmtree, shared, ignore_errors=True)


class Service:
    """A Git repository with an apus.yaml and a model; the environment has no credentials but its own."""

    yaml = "services:\n  digits: {model: model/digits.onnx}\nimage: {include: [src]}\n"

    def __init__(self, yaml=None, fresh=False):
        # buildah makes an image's name of the path: mkdtemp's underscore is not allowed everywhere in one.
        self.folder = Path(tempfile.gettempdir()) / f"images-{secrets.token_hex(8)}"
        self.folder.mkdir(mode=0o700)
        self.home = self.folder / "home"
        self.place = self.folder / "project"
        for folder in ("home", "project/model", "project/src"):
            (self.folder / folder).mkdir(parents=True)
        (self.place / "apus.yaml").write_text(yaml or self.yaml)
        (self.place / "src/helper.py").write_text("answer = 42\n")
        shutil.copy(model, self.place / "model/digits.onnx")
        self.environment = {**os.environ, "HOME": str(self.home), "GIT_AUTHOR_DATE": "1700000000 +0000",
                            "GIT_COMMITTER_DATE": "1700000000 +0000"}
        for name in ("DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "SOURCE_DATE_EPOCH"):
            self.environment.pop(name, None)
        self.cache = self.home / ".cache" if fresh else Path(shared)
        self.environment["XDG_CACHE_HOME"] = str(self.cache)
        for command in (["git", "init", "-q"], ["git", "add", "."],
                        ["git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "first"]):
            subprocess.run(command, cwd=self.place, check=True, env=self.environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *arguments, code=0, environment=None, program=None):
        """Runs apus, or another program, in the project."""
        command = [program] if program else [root / "Tests/unprivileged", apus, "image"]
        result = subprocess.run([*command, *map(str, arguments)], cwd=self.place, capture_output=True, text=True,
                                env={**self.environment, **(environment or {})}, timeout=600)
        if code is not None:
            assert result.returncode == code, f"{arguments}: {result.returncode}\n{result.stdout}{result.stderr}"
        return result

    def build(self, *arguments, **options):
        """Builds an image and gives its digest."""
        return self.run("build", *arguments, **options).stdout.strip().split("@")[-1]
