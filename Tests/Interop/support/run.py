"""Runs scenarios, several at a time."""

import os
import signal
import subprocess
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .render import complaints, render
from .sandbox import PRELUDE, Sandbox, sandbox
from .scenario import Scenario


@dataclass(frozen=True)
class Outcome:
    """The comparable text of one run, and what failing calls said."""

    text: str
    complaints: tuple[str, ...]


def run(scenario: Scenario, tools: dict[str, Path], keep: bool = False) -> Outcome:
    """Runs one scenario in a fresh sandbox."""
    with sandbox(scenario, tools, keep) as place:
        ending = execute(place)
        return Outcome(render(place, ending), tuple(complaints(place)))


def execute(place: Sandbox) -> str:
    """Runs the script in a session of its own, without a terminal; all that is left of it ends with it."""
    script = place.home / "script.sh"
    script.write_text(PRELUDE + place.scenario.body, encoding="utf-8")
    log = open(place.home / "log", "wb")
    child = subprocess.Popen(
        ["/bin/sh", str(script)], cwd=place.repo, env=place.environment(),
        stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        code = child.wait(timeout=place.scenario.timeout)
        ending = f"exit {code}"
    except subprocess.TimeoutExpired:
        ending = "timed out"
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()
    log.close()
    return ending


def each(function, jobs: list, workers: int):
    """Applies `function` to every job in parallel and yields the results in the order of the jobs."""
    with ProcessPoolExecutor(max_workers=workers) as pool:
        yield from pool.map(function, jobs)
