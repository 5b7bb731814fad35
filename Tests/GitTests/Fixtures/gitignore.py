"""Writes gitignore.json: .gitignore files before and after DVC adds or removes the entry of an output.

Usage: python gitignore.py gitignore.json     (with the Python that has dvc installed)
"""

import json
import os
import random
import shutil
import sys
import tempfile

from scmrepo.git import Git

NAMES = ["data", "a b", "x[1].txt", "#h", "!n", "*s", "q?", "back\\slash", "é", "data.csv", " lead", "trail "]
LINES = ["/data", "/a b", "data/", "*.csv", "!/data", "", "# note", "/x[1].txt", "/x\\[1\\].txt", "/data ", " /data",
         "/é", "/other", "!data.csv", "/#h", "/trail", "/\\#h", "/data.csv", "\\*s"]


def text(rng):
    if rng.random() < 0.15:
        return None
    return "\n".join(rng.choice(LINES) for _ in range(rng.randint(0, 4))) + rng.choice(["", "\n", "\n", "\n\n"])


if __name__ == "__main__":
    target = os.path.abspath(sys.argv[1])
    base = os.path.realpath(tempfile.mkdtemp())
    Git.init(base).close()
    file = base + "/sub/.gitignore"
    os.makedirs(base + "/sub")
    rng = random.Random(3)
    cases = []
    for _ in range(600):
        name, before, action = rng.choice(NAMES), text(rng), rng.choice(["add", "remove"])
        if os.path.exists(file):
            os.remove(file)
        if before is not None:
            with open(file, "w") as stream:
                stream.write(before)
        scm = Git(base)
        try:
            (scm.ignore if action == "add" else scm.ignore_remove)(f"{base}/sub/{name}")
        except UnicodeDecodeError:
            # A last line without an end whose last character is not ASCII.
            continue
        finally:
            scm.close()
        after = None
        if os.path.exists(file):
            with open(file) as stream:
                after = stream.read()
        cases.append({"name": name, "action": action, "before": before, "after": after})
    with open(target, "w") as stream:
        json.dump(cases, stream, ensure_ascii=False)
        stream.write("\n")
    shutil.rmtree(base)
