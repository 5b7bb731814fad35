"""Writes writer.json and reader.json: what ruamel.yaml makes of values and texts.

Run with ruamel.yaml 0.19.1, the version that DVC 3.67.1 installs: python3 make_fixtures.py
"""

import datetime
import io
import json
import pathlib
import random
import warnings

from ruamel.yaml import YAML

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
RANDOM = random.Random(20)


def dump(value):
    yaml = YAML()
    yaml.default_flow_style = False
    stream = io.StringIO()
    yaml.dump(value, stream)
    return stream.getvalue()


def load(text):
    return YAML(typ="safe").load(text)


def encode(value):
    """Lists of key and value for mappings, which keep order and the types of keys; dates as {"date": text}."""
    if isinstance(value, dict):
        return {"map": [[encode(key), encode(item)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return {"date": str(value)}
    return value


STRINGS = """true True yes no on off y null Null ~ 1 01 1_000 0x1F 0o17 0b11 1e5 1E5 .5 1. . - -- -1 +1 -.inf .nan .inf
2020-01-01 2020-1-1 1:30 << = a:b a#b --- ... ---a ...a it's "q" 'q' [a] {a} a] %a @x `x` ? ?a : :a !x &x *x | > 0.1 1e-07
-_ _ __1 1__0 0_ + -a http://a.b/c?d=e#f C:\\x é 日本語 😀 nUll NaN inf 1.5.2 v1.0 1,000 12e 0x 0xg 0b2 0o8 08 1e e5 $HOME
${x} 100% ~/a ~a a~ a, a:""".split()
STRINGS += ["", " ", "  ", " a", "a ", "- a", "a: b", "a #b", "a# b", "# a", "? a", ": a", "--- a", "null ", "a\n", "\na"]
STRINGS += ["a\n\nb", "a\n b", "a \nb", "\n", "a\tb", "\ta", "a\x7fb", "a\x00b", "a\x1b[0m", "a\u2028b", "a\ufeffb", "a\xa0b"]
STRINGS += ["2020-01-01 10:00:00", "2020-01-01T10:00:00Z", "2001-12-14 21:59:43.10 -5", "key: [a", "a\rb", "\\", '"', "'"]
WORDS = ["cmd", "python", "train.py", "--lr", "0.1", ">", "/dev/null", "&&", "echo", '"$x"', "'y'", "a" * 30, "b" * 85]
WORDS += ["--out=x:y", "#tag", "data/raw/file.csv", "x", "ééé", "-", "|", "\\", "é" * 20, "😀", "a:", "{}", "[0]"]
OTHERS = [None, True, False, 0, -5, 10**20, -(10**30), 1.5, 1e-5, 1e22, 1e16, 123456789.123, -0.0, 0.1 + 0.2]
OTHERS += [datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5), datetime.datetime(2020, 1, 2, 3, 4, 5, 678)]


def sentence():
    text = " ".join(RANDOM.choice(WORDS) for _ in range(RANDOM.randint(2, 30)))
    if RANDOM.random() < 0.3:
        text = text.replace(" ", "  ", RANDOM.randint(1, 3))
    if RANDOM.random() < 0.2:
        text = text.replace(" ", "\n", RANDOM.randint(1, 3))
    return RANDOM.choice(["", "", "# ", "'"]) + text


def scalar():
    return RANDOM.choice([lambda: RANDOM.choice(STRINGS), sentence, lambda: RANDOM.choice(OTHERS)])()


def key():
    return RANDOM.choice([lambda: "k%d" % RANDOM.randint(0, 99), lambda: RANDOM.choice(STRINGS + OTHERS[:9])])()


def nested(depth):
    choice = RANDOM.random()
    if depth > 3 or choice < 0.4:
        return scalar()
    if choice < 0.7:
        return {key(): nested(depth + 1) for _ in range(RANDOM.randint(0, 4))}
    return [nested(depth + 1) for _ in range(RANDOM.randint(0, 4))]


def same(left, right):
    return json.dumps(encode(left)) == json.dumps(encode(right))


def writer_cases():
    values = [{"k": text} for text in STRINGS] + [[text] for text in STRINGS] + [{text: 1} for text in STRINGS]
    values += [*OTHERS, *STRINGS[:40], [], {}, [[]], [{}], {"a": []}, {"a": {}}, {"a": None, "b": [None, 1]}]
    values += [[[1, [2]], {"a": {"b": [{"c": 1, "d": [3]}]}}], {"k" * n: "v" for n in (121, 122, 123, 124, 200)}]
    values += [{"a\nb": [1, {"x": 2}], "c" * 150: {"d": 1, "e": []}}]
    values += [{"stages": {"t": {"cmd": sentence(), "deps": [sentence()]}}} for _ in range(120)]
    values += [nested(0) for _ in range(150)]
    for value in values:
        text = dump(value)
        if "&id001" in text:
            continue  # a date that is one object in several places
        try:
            if not same(load(text), value):
                continue  # ruamel.yaml cannot read what it wrote
        except Exception:
            continue
        yield [encode(value), text]


def reader_cases():
    for text in json.loads((HERE / "texts.json").read_text()):
        try:
            yield [text, {"value": encode(load(text))}]
        except Exception:
            yield [text, {"error": True}]


def write(name, cases):
    lines = [json.dumps(case, ensure_ascii=False) for case in cases]
    (HERE / name).write_text("[\n" + ",\n".join(lines) + "\n]\n")


write("writer.json", writer_cases())
write("reader.json", reader_cases())
