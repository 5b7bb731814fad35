"""Reads a section of params.yaml; its values are plain numbers, so no YAML package is needed."""

import json
from pathlib import Path


def load(section: str, file: str = "params.yaml") -> dict:
    values: dict = {}
    inside = False
    for line in Path(file).read_text().splitlines():
        text = line.split("#")[0].rstrip()
        if not text:
            continue
        if not text.startswith(" "):
            inside = text == f"{section}:"
        elif inside:
            name, value = text.split(":", 1)
            values[name.strip()] = json.loads(value)
    return values
