"""Records what DVC makes of pipelines with variables: run with the Python of a DVC 3.67.1 installation.

Reads one JSON object a line, `{"dvc": the pipeline, "files": variable files by name, "parsing": configuration}`, and
writes templates.json: the same with what DVC says. Usage: python record-templates.py < cases > templates.json
"""

import json
import os
import re
import sys
import tempfile

import voluptuous
from dvc.dependency import _merge_params
from dvc.output import _merge_data
from dvc.parsing import DataResolver
from dvc.repo import Repo
from dvc.schema import COMPILED_MULTI_STAGE_SCHEMA, PLOT_PROPS


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def maybe(value):
    return None if value is None else text(value)


def plain(error):
    return re.sub("\x1b\\[[0-9;]*m", "", str(error))


def output(section, path, flags):
    return {
        "section": section,
        "path": text(path),
        "cache": flags.get("cache", True),
        "persist": flags.get("persist", False),
        "push": flags.get("push", True),
        "remote": maybe(flags.get("remote")),
        "desc": maybe(flags.get("desc")),
        "type": maybe(flags.get("type")),
        "labels": [text(label) for label in flags.get("labels") or []],
        "meta": flags.get("meta"),
        "plot": {key: flags[key] for key in flags if key in PLOT_PROPS} if section == "plots" else {},
    }


def stage(data):
    commands = data["cmd"] if isinstance(data["cmd"], list) else [data["cmd"]]
    if any(isinstance(command, dict) for command in commands):
        return None
    return {
        "cmd": [text(command) for command in commands],
        "wdir": maybe(data.get("wdir")),
        "deps": [text(dep) for dep in data.get("deps", [])],
        "params": [
            [file, [text(key) for key in keys]] for file, keys in _merge_params(data.get("params", [])).items()
        ],
        "outs": [
            output(section, path, flags)
            for section in ("outs", "metrics", "plots")
            for path, flags in _merge_data(data.get(section, [])).items()
        ],
        "frozen": data.get("frozen", False),
        "always_changed": data.get("always_changed", False),
        "desc": maybe(data.get("desc")),
        "meta": data.get("meta"),
    }


def stages(resolver):
    for group, definition in resolver.definitions.items():
        is_group = hasattr(definition, "get_generated_names")
        try:
            names = definition.get_generated_names() if is_group else [group]
        except Exception as error:
            yield {"name": group, "error": plain(error)}
            continue
        for name in names:
            try:
                resolved = definition.resolve_one(name[len(group) + 1 :]) if is_group else definition.resolve()
                yield {"name": name, "stage": stage(resolved[name])}
            except Exception as error:
                yield {"name": name, "error": plain(error)}


def record(repo, case):
    for name, data in case["files"].items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "w") as file:
            json.dump(data, file)
    repo.config["parsing"] = case.get("parsing", {})
    try:
        COMPILED_MULTI_STAGE_SCHEMA(case["dvc"])
    except voluptuous.MultipleInvalid as error:
        return {"invalid": sorted({" ".join(map(str, one.path)) for one in error.errors})}
    try:
        resolver = DataResolver(repo, "", case["dvc"])
    except Exception as error:
        return {"error": plain(error)}
    return {"stages": list(stages(resolver))}


def is_useful(answer):
    """Whether DVC answered at all: it fails with a traceback on some faults."""
    stages = answer.get("stages", [])
    return all("failed to" in one["error"] if "error" in one else one["stage"] for one in stages) and not any(
        "'None'" in one.get("error", "") for one in stages
    )


def main():
    output = sys.stdout
    sys.stdout = sys.stderr
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        repo = Repo.init(folder, no_scm=True)
        answers = []
        shared = None
        for line in sys.stdin:
            case = json.loads(line)
            shared = shared or case["files"]
            if case["files"] != shared:
                continue
            answer = record(repo, case)
            if is_useful(answer):
                answers.append({"dvc": case["dvc"], "parsing": case.get("parsing", {}), **answer})
    json.dump({"files": shared, "cases": answers}, output, ensure_ascii=False)
    output.write("\n")


main()
