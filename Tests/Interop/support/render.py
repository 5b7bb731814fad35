"""What the tools said and left, as one text that two runs can be compared by."""

import json
import re
from pathlib import Path

from .sandbox import Sandbox
from .scenario import parse_comparison
from .snapshot import normalised, snapshot

WRONG_USAGE = 254
"""The exit code after which stdout is a usage text, which each tool words for itself."""

GIT_ADD = re.compile(r"^\tgit add (.*)$", re.MULTILINE)


def render(sandbox: Sandbox, ending: str) -> str:
    """Events in their order, then the final state; `ending` says how the script itself ended."""
    folders = sorted((sandbox.home / "events").iterdir(), key=lambda folder: int(folder.name))
    events = [(read(folder / "label"), number, folder) for number, folder in enumerate(folders)]
    events.sort(key=lambda event: (event[0] != "", event[0], event[1]))
    states: dict[str, str] = {}
    parts = [render_event(folder, sandbox, states) for _, _, folder in events]
    parts.append(f"script: {ending}\n")
    parts.append(render_state("the end", snapshot(sandbox.root, sandbox.scenario.loose), states))
    return "\n".join(parts)


def render_state(name: str, text: str, states: dict[str, str]) -> str:
    """A state that was there before is only named."""
    known = states.setdefault(text, name)
    return f"state at {name}:\n{text}" if known == name else f"state at {name}: as at {known}\n"


def render_event(folder: Path, sandbox: Sandbox, states: dict[str, str]) -> str:
    if (folder / "snapshot").exists():
        return render_state(read(folder / "name"), read(folder / "snapshot"), states)
    mode, wanted = parse_comparison(sandbox.scenario.name, read(folder / "compare"))
    arguments = read(folder / "args").split("\0")[:-1]
    place = normalised(read(folder / "cwd"), sandbox.root).removeprefix("$ROOT/repo").lstrip("/")
    head = f"{place} $ {' '.join(map(quoted, arguments))}".lstrip()
    lines = [normalised(head, sandbox.root), f"exit {read(folder / 'exit').strip() or 'none'}"]
    stderr = normalised(read(folder / "stderr"), sandbox.root)
    lines += [f"stderr {'contains' if text in stderr else 'LACKS'} {text}" for text in wanted]
    if lines[1] != f"exit {WRONG_USAGE}":
        lines += standard_output(mode, arguments, normalised(read(folder / "stdout"), sandbox.root))
    return "\n".join(lines) + "\n"


def standard_output(mode: str, arguments: list[str], text: str) -> list[str]:
    if mode != "no-stdout" and ("--json" in arguments or "--show-json" in arguments):
        mode = "json"
    if mode in ("auto", "no-stdout"):
        return []
    if mode == "json":
        return ["json:", *(f"  {line}" for line in canonical_json(text).splitlines())]
    text = GIT_ADD.sub(lambda found: "\tgit add " + " ".join(sorted(found[1].split(" "))), text)
    lines = text.split("\n")
    end = "" if lines[-1] else lines.pop()
    if mode == "stdout-sorted":
        lines.sort()
    closing = ["  (no newline at the end)"] if end == "" and text and not text.endswith("\n") else []
    return ["stdout:", *(f"  |{line}" for line in lines), *closing] if text else ["stdout: none"]


def canonical_json(text: str) -> str:
    """Sorted keys and sorted lists, since the order is random in the original; without sizes of folders, which file systems differ in."""
    try:
        return json.dumps(unordered(json.loads(text)), indent=1, sort_keys=True, ensure_ascii=False)
    except ValueError:
        return f"not JSON: {text}"


def unordered(value):
    if isinstance(value, dict):
        if value.get("isdir") and "size" in value:
            value = value | {"size": "of a folder"}
        return {key: unordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((unordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def complaints(sandbox: Sandbox) -> list[str]:
    """What failing calls wrote to stderr: not compared, but shown with a difference."""
    lines = []
    for folder in sorted((sandbox.home / "events").iterdir(), key=lambda folder: int(folder.name)):
        if read(folder / "exit").strip() not in ("", "0"):
            arguments = read(folder / "args").split("\0")[:-1]
            lines.append(f"stderr of: {' '.join(arguments)}")
            lines += [f"    {line}" for line in normalised(read(folder / "stderr"), sandbox.root).splitlines()[:12]]
    return lines


def quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w@%+=:,./${}^~*-]+", word) else "'" + word.replace("'", "'\\''") + "'"


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "backslashreplace") if path.exists() else ""
