"""A scenario: a plain sh script with directives in its comments."""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SCENARIOS = HERE / "scenarios"
RECORDED = HERE / "recorded"

DIRECTIVE = re.compile(r"^\s*#\s*(setup|timeout|loose|compare):\s*(.*?)\s*$")
SETUPS = {"repo", "git", "no-scm", "empty"}
COMPARISONS = {"auto", "no-stdout", "stdout", "stdout-sorted", "json"}


class ScenarioError(Exception):
    """A directive that cannot be understood."""


@dataclass(frozen=True)
class Scenario:
    """The script, what it starts from, and what is compared."""

    name: str
    summary: str
    body: str
    setup: str
    timeout: float
    loose: frozenset[str]

    @property
    def takes_turns(self) -> bool:
        return self.name.startswith("turns/")

    @property
    def recording(self) -> Path:
        return RECORDED / f"{self.name}.txt"

    @property
    def deviation(self) -> Path:
        """Where Apus differs on purpose: the reason in comments, then the difference."""
        return HERE / "differs" / f"{self.name}.diff"

    def deviates_by(self, lines: list[str]) -> bool:
        """Whether the difference is the one that is wanted."""
        if not self.deviation.exists():
            return False
        wanted = self.deviation.read_text(encoding="utf-8").splitlines()
        return [line for line in wanted if not line.startswith("# ")] == lines


def parse(name: str, text: str) -> Scenario:
    """Reads the directives; `# compare:` becomes an assignment in the same line, so that it acts where it stands."""
    setup, timeout, loose, lines = "repo", 240.0, set(), []
    for line in text.splitlines():
        found = DIRECTIVE.match(line)
        if not found:
            lines.append(line)
            continue
        key, value = found.groups()
        if key == "setup":
            if value not in SETUPS:
                raise ScenarioError(f"{name}: unknown setup '{value}'")
            setup = value
        elif key == "timeout":
            timeout = float(value)
        elif key == "loose":
            loose.update(value.split())
        else:
            parse_comparison(name, value)
            quoted = value.replace("'", "'\\''")
            line = f"export INTEROP_COMPARE='{quoted}'"
        lines.append(line)
    summary = text.splitlines()[0].lstrip("# ") if text.startswith("#") else ""
    return Scenario(name, summary, "\n".join(lines) + "\n", setup, timeout, frozenset(loose))


def parse_comparison(name: str, value: str) -> tuple[str, list[str]]:
    """Splits `json; stderr-contains TEXT` into the way stdout is compared and the texts wanted in stderr."""
    mode, wanted = "auto", []
    for part in (part.strip() for part in value.split(";")):
        if part.startswith("stderr-contains "):
            wanted.append(part.removeprefix("stderr-contains ").strip())
        elif part in COMPARISONS:
            mode = part
        elif part:
            raise ScenarioError(f"{name}: unknown comparison '{part}'")
    return mode, wanted


def load(names: list[str]) -> list[Scenario]:
    """The scenarios whose name, folder or part of the name is given; all without names."""
    found = []
    for path in sorted(SCENARIOS.rglob("*.sh")):
        name = path.relative_to(SCENARIOS).with_suffix("").as_posix()
        if not names or any(matches(name, wanted) for wanted in names):
            found.append(parse(name, path.read_text(encoding="utf-8")))
    return found


def matches(name: str, wanted: str) -> bool:
    wanted = wanted.removesuffix(".sh").removesuffix("/")
    return name == wanted or name.startswith(wanted + "/") or (wanted.startswith("*") and wanted[1:] in name)
