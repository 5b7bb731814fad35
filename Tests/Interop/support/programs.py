"""The two programs that are compared."""

import os
import shutil
import sys
from pathlib import Path

from .scenario import HERE


def find_dvc() -> Path | None:
    found = shutil.which(os.environ.get("DVC", "dvc"))
    return Path(found).resolve() if found else None


def find_apus() -> Path:
    package = HERE.parent.parent
    places = [os.environ.get("APUS"), package / ".build/release/apus", package / ".build/debug/apus"]
    for place in places:
        if place and os.access(place, os.X_OK):
            return Path(place).resolve()
    sys.exit("interop: no apus to check; build it or set APUS")


def needed_dvc() -> Path:
    return find_dvc() or sys.exit("interop: no dvc to record; put it on PATH or set DVC")
