"""Writes dvcignore.json: random .dvcignore files, and what `dvc check-ignore --details` says of every path.

Usage: python make.py dvcignore.json     (with the Python that has dvc installed)
"""

import contextlib
import json
import os
import random
import shutil
import sys
import tempfile

BASE = os.path.realpath(tempfile.mkdtemp())
os.environ.update(DVC_NO_ANALYTICS="1", DVC_SITE_CACHE_DIR=BASE + "/site")

from dvc.cli import main  # noqa: E402
from dvc.fs import localfs  # noqa: E402
from dvc.ignore import DvcIgnoreFilter  # noqa: E402

PIECES = [
    "a", "b", "ab", "c", "*", "**", "?", "/", "/", "[ab]", "[!a]", "[a-b]", "\\a", "\\*", "a*", "*b", ".c", "[^b]",
    "[]a]", "[a", "**/", "/**", "/**/", "***", " ", "é", "[a\\]", "[b-a]", "[!/]", "[a-]", "[é]", "#",
]
NAMES = ["a", "b", "ab", "a.c", "b*", "!a", "é", "c", "sub"]


def pattern(rng):
    text = rng.choice(["", "", "", "!", "/", "#", "\\!", "!/", "\\#"])
    text += "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 4)))
    return text + rng.choice(["", "", "", "/", " ", "\t"])


def content(rng):
    return "\n".join(pattern(rng) for _ in range(rng.randint(1, 5))) + rng.choice(["", "\n"])


def paths(root):
    for directory, names, files in os.walk(root):
        relative = os.path.relpath(directory, root)
        for name in sorted(names + files):
            path = os.path.normpath(os.path.join(relative, name))
            if not path.startswith(".dvc/"):
                yield path, os.path.isdir(os.path.join(root, path))


def case(rng):
    files = {".dvcignore": content(rng)}
    if rng.random() < 0.6:
        files["a/.dvcignore"] = content(rng)
    if rng.random() < 0.4:
        files["a/b/.dvcignore"] = content(rng)
    for name, text in files.items():
        with open(name, "w") as file:
            file.write(text)
    try:
        rules = DvcIgnoreFilter(localfs, BASE + "/w")
        decisions = {}
        for path, is_directory in paths("."):
            result = rules.check_ignore(os.path.abspath(path))
            key = path + "/" if is_directory else path
            if result.match or result.pattern_infos:
                decisions[key] = [result.match, *map(str, result.pattern_infos)]
    except Exception:  # noqa: BLE001
        decisions = None
    for name in files:
        os.remove(name)
    return {"files": files, "decisions": decisions}


if __name__ == "__main__":
    target = os.path.abspath(sys.argv[1])
    os.makedirs(BASE + "/w")
    os.chdir(BASE + "/w")
    main(["init", "-q", "--no-scm"])
    os.remove(".dvcignore")
    for first in NAMES:
        if first not in ("a", "b", "sub"):
            open(first, "w").close()
            continue
        os.makedirs(first + "/a")
        os.makedirs(first + "/b/.git")
        for second in NAMES:
            for name in (f"{first}/{second}", f"{first}/a/{second}", f"{first}/b/{second}"):
                if not os.path.exists(name):
                    open(name, "w").close()
    os.makedirs("sub/.dvc")
    os.makedirs("a/project/.dvc")
    rng = random.Random(7)
    cases = [case(rng) for _ in range(400)]
    everything = sorted(path + "/" if is_directory else path for path, is_directory in paths("."))
    with open(target, "w") as file:
        kept = [each for each in cases if each["decisions"] is not None]
        json.dump({"paths": everything, "cases": kept}, file, ensure_ascii=False)
        file.write("\n")
    print(len(cases), len(kept))
    os.chdir("/")
    shutil.rmtree(BASE)
