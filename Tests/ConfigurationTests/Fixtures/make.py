"""Writes sequences.json: random sequences of commands run by DVC, with the files after each.

Usage: python make.py sequences.json     (with the Python that has dvc installed)
"""

import contextlib
import io
import json
import os
import random
import shutil
import sys
import tempfile

BASE = os.path.realpath(tempfile.mkdtemp())
os.environ.update(
    DVC_NO_ANALYTICS="1",
    HOME="/home/someone",
    DVC_SITE_CACHE_DIR=BASE + "/site",
    DVC_GLOBAL_CONFIG_DIR=BASE + "/global",
    DVC_SYSTEM_CONFIG_DIR=BASE + "/system",
)

from dvc.cli import main  # noqa: E402

NAMES = ["one", "one", "one", "one", "two", "two", "Three", "a b", "q'x", "d.t"]
URLS = ["s3://b/x", "s3://b/x", "../up", "../up", "/abs/x", "~/h", "ssh://h/p", "sub dir", ".", "https://h/p#q", "remote://one/x", "x,y", "nope://h/x"]
OPTIONS = [("url", u) for u in URLS] + [
    ("jobs", "4"), ("jobs", "0"), ("user", "me"), ("user", "a # b"), ("region", "eu"), ("password", "p'w\"d"),
    ("password", " x "), ("verify", "true"), ("verify", "maybe"), ("keyfile", "../k"), ("ssl_verify", "a,b"),
    ("credentialpath", "c/d"), ("nope", "1"), ("profile", ""), ("profile", "l1\nl2"), ("user", "ünï"),
]
CORE = [
    ("core.autostage", "true"), ("core.autostage", "yes"), ("core.analytics", "False"), ("core.checksum_jobs", "3"),
    ("cache.type", "reflink,copy"), ("cache.type", "hardlink"), ("cache.type", "nope"), ("cache.dir", "../cc"),
    ("cache.shared", "group"), ("plots.out_dir", "a,b"), ("exp.git_remote", "up'"), ("core.nope", "1"),
    ("hydra.enabled", "true"), ("hydra.config_dir", "c"), ("hydra.config_module", "m"), ("parsing.bool", "store_true"),
    ("remote.one.url", "s3://z/z"), ("remote.two.user", "u"), ("db.pg.url", "x://y"), ("db.pg.password", "s"),
    ("studio.token", "#t"), ("Core.Remote", "ONE"), ("feature.machine", "true"), ("bad.key", "1"),
]
LEVELS = [[], [], [], [], ["--local"], ["--project"], ["--global"]]


def operation(rng):
    level = rng.choice(LEVELS)
    name = rng.choice(NAMES)
    kind = rng.choice(["add", "add", "add", "config", "config", "config", "modify", "modify", "modify", "unset",
                       "unmodify", "default", "undefault", "rename", "remove", "cache"])
    if kind == "add":
        extra = rng.choice([[], [], ["-d"], ["-f"], ["-d", "-f"]])
        return ["remote", "add", *level, *extra, name, rng.choice(URLS)]
    if kind == "config":
        return ["config", *level, *rng.choice(CORE)]
    if kind == "unset":
        return ["config", *level, "-u", rng.choice(CORE)[0]]
    if kind == "modify":
        return ["remote", "modify", *level, name, *rng.choice(OPTIONS)]
    if kind == "unmodify":
        return ["remote", "modify", *level, "-u", name, rng.choice(OPTIONS)[0]]
    if kind == "default":
        return ["remote", "default", *level, name]
    if kind == "undefault":
        return ["remote", "default", *level, "-u"]
    if kind == "rename":
        return ["remote", "rename", *level, name, rng.choice(["new", "one", "two"])]
    if kind == "remove":
        return ["remote", "remove", *level, name]
    return ["cache", "dir", *level, rng.choice(["../c", "/abs/c", "~/c"])]


def files():
    found = {}
    for level, path in [("global", "global/config"), ("project", "w/.dvc/config"), ("local", "w/.dvc/config.local")]:
        with contextlib.suppress(FileNotFoundError), open(f"{BASE}/{path}") as file:
            found[level] = file.read().replace(BASE, "/base")
    return found


def run(arguments):
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        code = main(arguments)
    return code, output.getvalue().replace(BASE, "/base")


def sequence(seed):
    rng = random.Random(seed)
    for name in ["w", "global", "system"]:
        shutil.rmtree(f"{BASE}/{name}", ignore_errors=True)
    os.makedirs(f"{BASE}/w/sub")
    os.chdir(f"{BASE}/w")
    run(["init", "-q", "--no-scm"])
    # What `init --no-scm` writes is taken away again, to start from an empty file.
    open(f"{BASE}/w/.dvc/config", "w").close()
    steps = []
    before = files()
    for _ in range(12):
        arguments = operation(rng)
        directory = rng.choice(["w", "w/sub"])
        os.chdir(f"{BASE}/{directory}")
        code, _ = run(arguments)
        after = files()
        changed = {level: text for level, text in after.items() if before.get(level) != text}
        before = after
        steps.append({"directory": "/base/" + directory, "arguments": arguments, "code": code, "files": changed})
    os.chdir(f"{BASE}/w")
    listing = run(["config", "--list", "--show-origin"])[1]
    return {"steps": steps, "listing": listing}


if __name__ == "__main__":
    result = [sequence(seed) for seed in range(150)]
    with open(sys.argv[1], "w") as file:
        json.dump(result, file, ensure_ascii=False)
        file.write("\n")
    shutil.rmtree(BASE)
