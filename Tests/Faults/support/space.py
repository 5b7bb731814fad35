"""Disks that are full and folders that are read-only."""

import time
from pathlib import Path

from .cases import Case, cases, changed, elsewhere, granular, pipeline, shared, user_data, versions
from .mounts import Filler, cannot_mount, read_only, small_disk
from .place import Place, contents, differences, leftovers, remove, snapshot, wrong_objects
from .report import Report

ROOMS = (0, 4096, 20_000, 90_000, 400_000, 1_000_000, 1_600_000, 2_500_000)


def space_tests() -> dict:
    tests = {f"full/{case.name}": (full_disk, case.name) for case in cases() if is_meant(case)}
    for folder in ("cache", "workspace", "remote", "temporary"):
        tests[f"read-only/{folder}"] = (read_only_folder, folder)
    return tests


def is_meant(case: Case) -> bool:
    return case.command not in ("gc", "remove", "move", "fetch") and "hardlink" not in case.name


def full_disk(name: str, folder: Path, apus: Path, seed: int) -> Report:
    """Runs a command with ever more room, then with enough."""
    report = Report(f"full/{name}")
    if reason := cannot_mount():
        report.skipped = reason
        return report
    start = time.monotonic()
    case = next(case for case in cases() if case.name == name)
    (folder / "state").mkdir()
    with small_disk(folder / "state", 64 << 20):
        place = Place(folder, apus)
        filler = Filler(place.state)
        case.prepare(place)
        needed = user_data(place, case)
        place.save()
        place.must(*case.arguments)
        expected = snapshot(place.state)
        starved = 0
        for room in ROOMS:
            place.restore()
            filler.leave(room)
            first = place.run(*case.arguments)
            filler.free()
            what = f"with {room} bytes of room: exit {first.code}: {first.text.strip()[-300:]}"
            report.check(not first.is_crash, what)
            starved += first.code != 0
            report.check(first.code == 0 or "space" in first.text or case.command == "repro",
                         f"the message does not say that the disk is full {what}")
            report.failures += [f"lost: {digest} {what}" for digest in needed - contents(place)]
            report.failures += [f"{line} {what}" for line in wrong_objects(place)]
            left = [path for path in leftovers(place)]
            report.check(not left, f"left over {what}: {left[:3]}")
            second = place.run(*case.arguments)
            report.check(second.code == 0, f"with room again: exit {second.code}: {second.text.strip()} {what}")
            report.failures += [f"{line} {what}" for line in differences(expected, snapshot(place.state))]
        # Links need no room.
        report.check(starved > 0 or name.startswith("checkout") and "copy" not in name, "the disk was never full")
        report.notes = f"{starved} of {len(ROOMS)} calls without room"
    report.seconds = time.monotonic() - start
    return report


#: What is to fail in a read-only folder; the rest may fail or not.
MUST_FAIL = {
    "cache": {"add", "commit", "pull", "repro"},
    "workspace": {"add", "commit", "pull", "repro", "checkout"},
    "remote": {"push"},
    "temporary": set(),
}
#: What only reads, and so is to work in any read-only folder.
READING = (("params", "diff"), ("metrics", "show"), ("ls", "."), ("dag",), ("stage", "list"), ("root",),
           ("config", "--list"), ("remote", "list"))


def read_only_folder(which: str, folder: Path, apus: Path, seed: int) -> Report:
    """Runs commands while one folder cannot be changed, and again when it can."""
    report = Report(f"read-only/{which}")
    if reason := cannot_mount():
        report.skipped = reason
        return report
    start = time.monotonic()
    preparations = {
        "add": (changed("copy"), ("add", "data")), "commit": (changed("copy"), ("commit", "-f")),
        "checkout": (versions("copy", back=True), ("checkout",)), "push": (shared, ("push",)),
        "pull": (elsewhere("copy"), ("pull",)), "repro": (pipeline("copy"), ("repro",)),
        "status": (changed("copy"), ("status",)), "data status": (changed("copy"), ("data", "status")),
        "granular": (granular("symlink"), ("add", "data/part1")),
    }
    for name, (prepare, arguments) in preparations.items():
        inner = folder / name.replace(" ", "-")
        inner.mkdir()
        place = Place(inner, apus)
        if not place.knows(" ".join(arguments[:2 if arguments[0] == "data" else 1])):
            continue
        prepare(place)
        places = {"cache": place.cache, "workspace": place.project, "remote": place.remote,
                  "temporary": place.project / ".dvc/tmp"}
        places[which].mkdir(exist_ok=True, parents=True)
        before = snapshot(place.state)
        needed = contents(place)
        with read_only(places[which]):
            ended = place.run(*arguments)
            what = f"{' '.join(arguments)}: exit {ended.code}: {ended.text.strip()[-300:]}"
            report.check(not ended.is_crash, what)
            if arguments[0] in MUST_FAIL[which]:
                report.check(ended.code != 0, f"succeeded: {what}")
                report.check("Read-only" in ended.text or "read-only" in ended.text, f"says not why: {what}")
            for reading in READING if name == "repro" else ():
                if place.knows(" ".join(reading[:2])):
                    read = place.run(*reading)
                    report.check(read.code == 0, f"{' '.join(reading)}: exit {read.code}: {read.text.strip()}")
        report.failures += [f"lost: {digest} {what}" for digest in needed - contents(place)]
        report.failures += [f"{line} {what}" for line in wrong_objects(place)]
        if which == "workspace":
            report.failures += [f"{line} {what}" for line in differences(
                {path: value for path, value in before.items() if not path.startswith("remote/")},
                {path: value for path, value in snapshot(place.state).items() if not path.startswith("remote/")})]
        again = place.run(*arguments)
        report.check(again.code == 0, f"writable again: exit {again.code}: {again.text.strip()} {what}")
        remove(inner)
    report.seconds = time.monotonic() - start
    return report
