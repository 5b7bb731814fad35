"""Files that change while they are read, and two processes at once."""

import itertools
import os
import random
import signal
import time
from pathlib import Path

from .cases import LINKS, added, changed, data, pipeline, shared, write
from .place import Place, contents, find_dvc, wrong_objects
from .report import Report


def start_writer(path: Path, kind: str, user: int | None) -> int:
    """Rewrites a file over and over, by a process of its own: in place, by appending, or by another of its name."""
    child = os.fork()
    if child:
        return child
    try:
        if user:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        for number in itertools.count():
            try:
                rewrite(str(path), kind, bytes([number % 251]) * random.randrange(1, 400_000))
            except (PermissionError, FileNotFoundError):
                pass
    finally:
        os._exit(1)


def rewrite(path: str, kind: str, block: bytes) -> None:
    if kind == "rewrite":
        with open(path, "r+b") as file:
            file.write(block)
            file.truncate()
    elif kind == "append":
        with open(path, "ab") as file:
            file.write(block[:5000])
            if file.tell() > 3_000_000:
                file.truncate(1000)
    else:
        with open(path + "~", "wb") as file:
            file.write(block)
        os.replace(path + "~", path)


def company_tests() -> dict:
    tests = {f"changing/{command}-{kind}": (changing, (command, kind))
             for command in ("add", "commit", "repro") for kind in ("rewrite", "append", "replace")}
    tests |= {f"changing/add-{kind}-{link}": (changing, ("add", kind, link))
              for kind in ("rewrite", "append", "replace") for link in LINKS[1:]}
    return tests | {f"together/{name}": (together, name) for name in PAIRS} | {"together/dvc": (with_dvc, "dvc")}


def changing(choice: tuple, folder: Path, apus: Path, seed: int) -> Report:
    """Records a file again and again while another process changes it."""
    command, kind, link = (*choice, "copy")[:3]
    report = Report(f"changing/{'-'.join(choice)}")
    start = time.monotonic()
    place = Place(folder, apus)
    if not place.knows(command):
        report.skipped = f"there is no 'apus {command}' yet"
        return report
    user = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    place.start(link, git=False)
    for name in ("live/a.bin", "live/b.bin"):
        write(place, name, data(1, 300_000))
    arguments = (command, "live")
    if command == "repro":
        write(place, "dvc.yaml", "stages:\n  s:\n    cmd: 'true'\n    always_changed: true\n    deps:\n"
                                 "    - live\n    outs:\n    - out:\n        persist: true\n")
        write(place, "out", "o")
        arguments = ("repro",)
    elif command == "commit":
        place.must("add", "-q", "live")
        arguments = ("commit", "-f")
    if user:
        for path, folders, files in os.walk(folder):
            for name in [".", *folders, *files]:
                os.chown(os.path.join(path, name), 65534, 65534, follow_symlinks=False)
    writers = [start_writer(place.project / name, kind, user.get("user")) for name in ("live/a.bin", "live/b.bin")]
    codes = []
    try:
        time.sleep(0.1)
        for _ in range(15):
            ended = place.run(*arguments, **user)
            codes.append(ended.code)
            what = f"exit {ended.code}: {ended.text.strip()[-300:]}"
            report.check(ended.code in (0, 1, 255), what)
            report.check(ended.code == 0 or "live" in ended.text, f"names no file: {what}")
            report.failures += [f"{line} {what}" for line in wrong_objects(place)]
            if ended.code == 0 and command != "repro":
                recorded = (place.project / "live.dvc").read_text().split("md5: ")[1].split()[0]
                file = place.cache / "files/md5" / recorded[:2] / recorded[2:]
                report.check(file.exists(), f"recorded {recorded} is not in the cache")
            if len(report.failures) > 5:
                break
    finally:
        for writer in writers:
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
    ended = place.run(*arguments, **user)
    report.check(ended.code == 0, f"when nothing changes: exit {ended.code}: {ended.text.strip()}")
    report.failures += wrong_objects(place)
    report.notes = f"{codes.count(0)} of {len(codes)} calls found a moment of rest"
    report.seconds = time.monotonic() - start
    return report


#: Two commands at once, what is there before, and what is to be there afterwards.
PAIRS = {
    "adds": (added("copy"), (("add", "data"), ("add", "one.bin", "two.txt")), ("data.dvc", "one.bin.dvc")),
    "adds-of-one": (added("hardlink"), (("add", "data"), ("add", "data")), ("data.dvc",)),
    "add-push": (shared, (("add", "run"), ("push",)), ("run.dvc",)),
    "repros": (pipeline("copy"), (("repro",), ("repro",)), ("joined.bin", "dvc.lock")),
    "repros-side-by-side": (pipeline("symlink"), (("repro", "-j", "3"), ("repro", "-j", "3")), ("joined.bin",)),
    "gc-add": (changed("copy"), (("gc", "-w", "-f"), ("add", "data", "one.bin")), ("data.dvc",)),
    "checkouts": (changed("copy"), (("checkout", "-f"), ("checkout", "-f")), ("data.dvc",)),
    "push-push": (shared, (("push",), ("push",)), ()),
    "repro-status": (pipeline("copy"), (("repro",), ("status",)), ("joined.bin",)),
}


def together(name: str, folder: Path, apus: Path, seed: int, programs: tuple = ()) -> Report:
    """Starts two commands at nearly the same time, many times over."""
    prepare, commands, products = PAIRS[name]
    report = Report(f"together/{name}")
    start = time.monotonic()
    place = Place(folder, apus)
    for command in commands:
        if not place.knows(command[0]):
            report.skipped = f"there is no 'apus {command[0]}' yet"
            return report
    prepare(place)
    needed = contents(place)
    if any(command[0] == "gc" for command in commands) or commands[0][:2] == ("checkout", "-f"):
        needed = set()
    place.save()
    chance = random.Random(f"{seed} {name}")
    for order in itertools.islice(itertools.cycle((commands, commands[::-1])), 12):
        place.restore()
        children = []
        for command in order:
            children.append((command, place.open(*command)))
            time.sleep(chance.uniform(0, 0.02))
        for command, child in children:
            text, _ = child.communicate(timeout=60)
            what = f"{' '.join(command)}: exit {child.returncode}: {text.decode().strip()}"
            report.check(child.returncode == 0, what)
        for product in products:
            report.check((place.project / product).exists(), f"'{product}' is missing")
        report.failures += [f"lost: {digest}" for digest in needed - contents(place)]
        report.failures += wrong_objects(place)
        ended = place.run("status", "-q")
        quiet = report.check(ended.code == 0 or name in ("add-push", "push-push"), f"status afterwards: {ended.text}")
        again = place.run("checkout")
        report.check(again.code == 0, f"checkout afterwards: {again.text}")
        if len(report.failures) > 5 or not quiet:
            break
    report.seconds = time.monotonic() - start
    return report


def with_dvc(name: str, folder: Path, apus: Path, seed: int) -> Report:
    """Lets apus and DVC work on one project at the same time."""
    report = Report("together/dvc")
    start = time.monotonic()
    dvc = find_dvc()
    if dvc is None:
        report.skipped = "no dvc to share a project with; set DVC"
        return report
    place = Place(folder, apus)
    added("copy")(place)
    place.save()
    chance = random.Random(seed)
    pairs = ((("add", "data"), ("add", "one.bin")), (("add", "one.bin"), ("add", "data")),
             (("add", "data"), ("add", "data")))
    for ours, theirs in pairs:
        place.restore()
        other = place.open(*theirs, program=dvc)
        time.sleep(chance.uniform(0.5, 1.5))
        for _ in range(3):
            ended = place.run(*ours)
            report.check(ended.code == 0, f"apus {' '.join(ours)}: exit {ended.code}: {ended.text}")
        text, _ = other.communicate(timeout=120)
        # DVC gives up after some seconds of waiting; it must not find anything damaged.
        report.check(other.returncode == 0 or b"Unable to acquire lock" in text,
                     f"dvc {' '.join(theirs)}: exit {other.returncode}: {text.decode()}")
        for command in (ours, theirs):
            report.check((place.project / f"{command[1]}.dvc").exists(), f"'{command[1]}.dvc' is missing")
        report.failures += wrong_objects(place)
        ended = place.run("status", "-q")
        report.check(ended.code == 0, f"status afterwards: {ended.text}")
    report.seconds = time.monotonic() - start
    return report
