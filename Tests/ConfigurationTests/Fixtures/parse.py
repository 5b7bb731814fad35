"""Writes parsed.json: random lines and what ConfigObj, as DVC uses it, reads from them.

Usage: python parse.py parsed.json     (with the Python that has dvc installed)
"""

import io
import json
import random
import re
import sys

from configobj import ConfigObj, ConfigObjError

PIECES = [
    "a", "b", "key", " ", "  ", "=", " = ", "=", '"', "'", '"x"', "'y'", ",", ", ", "#", " # c", "[", "]", "[s]", "é",
    '"""', "'''", "\\", "a b", "k = v", 'remote "r"', "[ t ]", "[[", "]]", "https://h/p?q=1", "\t",
]


def text(rng):
    lines = []
    for _ in range(rng.randint(1, 4)):
        lines.append(rng.choice(["", "k = ", "k%d = " % rng.randint(0, 2), "["]) + "".join(
            rng.choice(PIECES) for _ in range(rng.randint(0, 6))
        ) + rng.choice(["", "", "]"]))
    return "\n".join(lines) + rng.choice(["", "\n"])


def parsed(source):
    try:
        return {"text": source, "value": ConfigObj(io.StringIO(source), interpolation=False).dict()}
    except ConfigObjError as error:
        return {"text": source, "errors": [str(each).split(": ")[-1] for each in error.errors]
                if hasattr(error, "errors") else [str(error)]}


def is_odd(source):
    """Keys of white space, brackets in brackets and third triple quotes: taken for faults by us."""
    return re.search(r"^\s*=|\[\s*\[", source, re.MULTILINE) or source.count('"""') > 2 or source.count("'''") > 2


if __name__ == "__main__":
    rng = random.Random(1)
    cases = [parsed(source) for source in (text(rng) for _ in range(5000)) if not is_odd(source)]
    good = [case for case in cases if "value" in case]
    bad = [case for case in cases if "errors" in case][: len(good)]
    with open(sys.argv[1], "w") as file:
        json.dump(good + bad, file, ensure_ascii=False)
        file.write("\n")
