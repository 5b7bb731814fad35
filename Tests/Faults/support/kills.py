"""Kills a command at moments of all kinds and looks at what is left each time."""

import os
import random
import signal
import time
from pathlib import Path

from .cases import Case, user_data
from .place import Place, contents, differences, is_metafile, leftovers, snapshot, walk, wrong_objects
from .report import Report
from .tracer import Tracer, can_trace


class Killing:
    """One case with its uninterrupted run, the measure of all others."""

    def __init__(self, case: Case, root: Path, apus: Path, kills: int, seed: int):
        self.case = case
        self.place = Place(root, apus)
        self.kills = kills
        self.random = random.Random(f"{seed} {case.name}")
        self.report = Report(case.name)
        self.log = root / "log"

    def run(self) -> Report:
        start = time.monotonic()
        if not self.place.knows(self.case.command):
            self.report.skipped = f"there is no 'apus {self.case.command}' yet"
            return self.report
        self.case.prepare(self.place)
        self.needed = user_data(self.place, self.case)
        self.place.save()
        self._reference()
        trace = can_trace(self.log)
        moments = [("after", None)] if trace else [("after", None), ("before", None)]
        if trace:
            self.report.notes = f"at random times only: {trace}"
        for number in range(self.kills):
            kind = moments[number % len(moments)][0]
            whole = self.case.command != "repro" or self.random.random() < 0.5
            self.place.restore()
            moment = self._kill_after(whole) if kind == "after" else self._kill_before(number, whole)
            self._examine(moment)
            self.report.kills += 1
            if len(self.report.failures) > 5:
                break
        if not self.report.failures:
            self._leftovers()
        self.report.seconds = time.monotonic() - start
        return self.report

    def _reference(self) -> None:
        """Runs the command undisturbed: its duration, its steps and its result."""
        self.old = self._metafiles()
        self.duration = 0.0
        for _ in range(3):
            self.place.restore()
            start = time.monotonic()
            self.expected = self.place.run(*self.case.arguments)
            self.duration = max(self.duration, time.monotonic() - start)
        if self.expected.code != 0:
            raise RuntimeError(f"{self.case.name}: exit {self.expected.code}: {self.expected.text}")
        self.result = snapshot(self.place.state)
        self.new = self._metafiles()
        self.place.restore()
        tracer = self._tracer()
        self.steps = 0
        if can_trace(self.log) is None:
            tracer.run()
            self.steps = len(tracer.steps)
            if lines := differences(self.result, snapshot(self.place.state)):
                raise RuntimeError(f"{self.case.name}: two undisturbed runs differ\n" + "\n".join(lines[:10]))

    def _tracer(self) -> Tracer:
        return Tracer([str(self.place.apus), *self.case.arguments], self.place.project, self.place.environment,
                      self.log)

    # Ways to die

    def _kill_after(self, whole: bool) -> str:
        """At a time drawn from those of a whole run, and a bit."""
        pause = self.random.uniform(0, self.duration * 1.1)
        child = self.place.open(*self.case.arguments)
        time.sleep(pause)
        kill_session(child.pid, whole)
        child.communicate()
        await_session(child.pid)
        return f"after {pause * 1000:.1f} ms of {self.duration * 1000:.1f}{'' if whole else ', apus alone'}"

    def _kill_before(self, number: int, whole: bool) -> str:
        """Before a change of a file: each in turn while there are kills enough, else drawn evenly."""
        share = max(1, self.kills // 2)
        turn = number // 2
        stop = 1 + (turn * self.steps // share if share < self.steps else turn % self.steps)
        stop = min(self.steps, stop + self.random.randrange(max(1, self.steps // share)))
        tracer = self._tracer()
        tracer.run(stop, whole)
        return f"before change {stop} of {self.steps} ({tracer.steps[-1] if tracer.steps else '-'})" \
               f"{'' if whole else ', apus alone'}"

    # Looking

    def _examine(self, moment: str) -> None:
        faults = self._faults()
        for arguments in self.case.rest(self.place):
            again = self.place.run(*arguments)
            if again.code != 0:
                faults.append(f"the next call ended with {again.code}: {again.text.strip()}")
        # A folder that has lost its files, and is not versioned without them, may stay.
        lines = differences(self.result, snapshot(self.place.state))
        faults += [line for line in lines if not line.startswith("extra:") or not line.endswith("('folder',)")]
        faults += wrong_objects(self.place)
        if faults:
            self.report.failures.append(f"killed {moment}\n        " + "\n        ".join(faults[:8]))

    def _faults(self) -> list[str]:
        faults = [f"lost: {digest}" for digest in sorted(self.needed - contents(self.place))]
        faults += wrong_objects(self.place)
        for path, text in self._metafiles().items():
            if text not in (self.old.get(path), self.new.get(path)) and not self._is_mixture(path, text):
                faults.append(f"half-written: {path}: {text[:300]!r}")
        return faults

    def _metafiles(self) -> dict[str, bytes]:
        project = self.place.project
        return {path: (project / path).read_bytes() for path, entry in walk(project)
                if not path.startswith((".git/", ".dvc/cache/", ".dvc/tmp/"))
                and is_metafile(path) and entry.is_file(follow_symlinks=False)}

    def _is_mixture(self, path: str, text: bytes) -> bool:
        """Whether a file of several parts, of which each is written as a whole, has each either old or new."""
        old, new = self.old.get(path, b""), self.new.get(path, b"")
        if path.endswith(".gitignore"):
            return set(text.splitlines()) <= set(old.splitlines()) | set(new.splitlines()) and text.endswith(b"\n")
        if path.endswith("dvc.lock"):
            return parts(text) <= parts(old) | parts(new) and text.endswith(b"\n")
        return False

    # Leftovers

    def _leftovers(self) -> None:
        """Kills again and again without putting things back: what is left over must not pile up."""
        self.place.restore()
        before = set(leftovers(self.place))
        for _ in range(12):
            self._kill_after(True)
        for arguments in self.case.rest(self.place):
            if self.place.run(*arguments).code != 0:
                self.report.failures.append("the last call after many kills failed")
                return
        left = [path for path in leftovers(self.place) if path not in before]
        # Apus's own indexes: the next call that writes one takes over what is left of it, but there may be none to come.
        private = [path for path in left if "/.dvc/tmp/apus/" in path]
        if len(private) > 3:
            self.report.failures.append(f"leftovers pile up: {private[:8]}")
        outside = [path for path in left if "/.dvc/cache/" not in path and not path.startswith("remote/")
                   and path not in private]
        large = [path for path in left if (self.place.state / path).stat().st_size > 1 << 20]
        if large:
            self.report.failures.append(f"large files left over: {large[:5]}")
        if outside:
            self.report.failures.append("left over after a whole run:\n        " + "\n        ".join(outside[:8]))


def parts(text: bytes) -> set[bytes]:
    """The entries of a lock file."""
    found: list[list[bytes]] = [[]]
    for line in text.splitlines():
        if line[:2] == b"  " and line[2:3] not in (b" ", b"-"):
            found.append([])
        found[-1].append(line)
    return {b"\n".join(lines) for lines in found}


def session(leader: int) -> list[int]:
    """The processes of a session that are not dead."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(name))
    return found


def kill_session(leader: int, whole: bool) -> None:
    for pid in {leader, *(session(leader) if whole else ())}:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def await_session(leader: int, seconds: float = 10) -> None:
    """Waits for the programs that a killed one left running."""
    end = time.monotonic() + seconds
    while session(leader) and time.monotonic() < end:
        time.sleep(0.005)
