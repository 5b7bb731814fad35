"""Commands to be killed: what is there before, the command, and what of it belongs to the user."""

import hashlib
import os
import random
from dataclasses import dataclass
from typing import Callable

from .place import Place, contents

LINKS = ("copy", "hardlink", "symlink")


@dataclass(frozen=True)
class Case:
    """One command on one project."""

    name: str
    prepare: Callable[[Place], None]
    arguments: tuple[str, ...]
    #: Arguments each of which names something that is gone when the command is done with it.
    consumed: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        return self.arguments[0]

    def rest(self, place: Place) -> list[tuple[str, ...]]:
        """What to call after a call that did not come to its end."""
        if not self.consumed:
            return [self.arguments]
        gone = [name for name in self.consumed if not (place.project / name).exists()]
        if len(gone) == len(self.consumed):
            return []
        return [tuple(argument for argument in self.arguments if argument not in gone)]


def data(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def write(place: Place, path: str, content: bytes | str) -> None:
    file = place.project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_symlink() or file.exists():
        file.unlink()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def fill(place: Place, folder: str, generation: int, files: int = 24) -> None:
    """A directory of small and large files, some the same, some empty, one executable."""
    for number in range(files):
        size = (0, 10, 700, 5000, 60_000)[number % 5]
        write(place, f"{folder}/part{number % 3}/{number}.bin", data(100 * generation + number // 2, size))
    write(place, f"{folder}/large.bin", data(7 + generation, 1_300_000))
    write(place, f"{folder}/é run.sh", f"#!/bin/sh\necho {generation}\n")
    os.chmod(place.project / folder / "é run.sh", 0o755)


def added(link_type: str) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        place.start(link_type)
        fill(place, "data", 1)
        write(place, "one.bin", data(5, 1_500_000))
        write(place, "two.txt", "two\n")
        write(place, "run", "#!/bin/sh\n")
        os.chmod(place.project / "run", 0o755)
    return prepare


def granular(link_type: str) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        added(link_type)(place)
        place.must("add", "-q", "data")
        write(place, "data/part1/new/a.bin", data(77, 40_000))
        write(place, "data/part1/1.bin", data(78, 1_200_000))
    return prepare


def changed(link_type: str) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        added(link_type)(place)
        place.must("add", "-q", "data", "one.bin", "two.txt")
        fill(place, "data", 2, files=30)
        write(place, "one.bin", data(6, 900_000))
    return prepare


def versions(link_type: str, back: bool) -> Callable[[Place], None]:
    """Two versions in the cache, the metafiles of the one and the files of the other."""
    def prepare(place: Place) -> None:
        changed(link_type)(place)
        names = ("data.dvc", "one.bin.dvc", "two.txt.dvc")
        first = {name: (place.project / name).read_bytes() for name in names}
        (place.project / "data/part2/2.bin").unlink()
        write(place, "data/part9/deep/x", "x")
        place.must("add", "-q", "data", "one.bin", "two.txt")
        second = {name: (place.project / name).read_bytes() for name in names}
        target = second
        if not back:
            for name, text in first.items():
                (place.project / name).write_bytes(text)
            place.must("checkout", "-q")
        else:
            target = first
        for name, text in target.items():
            (place.project / name).write_bytes(text)
    return prepare


def shared(place: Place) -> None:
    changed("copy")(place)
    place.must("push", "-q")
    place.must("add", "-q", "data", "one.bin")


def elsewhere(link_type: str) -> Callable[[Place], None]:
    """All data on the remote only."""
    def prepare(place: Place) -> None:
        added(link_type)(place)
        place.must("add", "-q", "data", "one.bin", "two.txt")
        place.must("push", "-q")
        from .place import remove
        remove(place.cache)
        remove(place.project / "data")
        for name in ("one.bin", "two.txt"):
            (place.project / name).unlink()
    return prepare


PIPELINE = """stages:
  split:
    cmd: mkdir -p parts && head -c 30000 source.bin > parts/a && tail -c 900000 source.bin > parts/b
    deps:
    - source.bin
    outs:
    - parts
  left:
    cmd: cat parts/a settings.txt > left.bin
    deps:
    - parts
    - settings.txt
    outs:
    - left.bin
  right:
    cmd: cat parts/b settings.txt > right.bin; wc -c < right.bin > size.txt
    deps:
    - parts
    - settings.txt
    outs:
    - right.bin
    metrics:
    - size.txt:
        cache: false
  join:
    cmd: cat left.bin right.bin > joined.bin
    deps:
    - left.bin
    - right.bin
    outs:
    - joined.bin
"""


def pipeline(link_type: str) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        place.start(link_type)
        write(place, "dvc.yaml", PIPELINE)
        write(place, "source.bin", data(1, 1_100_000))
        write(place, "settings.txt", "one\n")
        place.must("add", "-q", "source.bin")
        place.must("repro", "-q")
        write(place, "source.bin", data(2, 1_100_000))
        write(place, "settings.txt", "two\n")
    return prepare


def garbage(place: Place) -> None:
    """Old versions in the cache that nothing refers to."""
    changed("copy")(place)
    place.must("add", "-q", "data", "one.bin")


def movable(link_type: str) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        added(link_type)(place)
        place.must("add", "-q", "data", "one.bin", "two.txt")
        (place.project / "sub").mkdir()
        write(place, "sub/keep.txt", "k")
    return prepare


def cases() -> list[Case]:
    found = []
    gone = ("data.dvc", "one.bin.dvc")
    for link in LINKS:
        found += [
            Case(f"add/files-{link}", added(link), ("add", "one.bin", "two.txt", "run")),
            Case(f"add/directory-{link}", added(link), ("add", "data")),
            Case(f"add/granular-{link}", granular(link), ("add", "data/part1")),
            Case(f"commit/{link}", changed(link), ("commit", "-f")),
            Case(f"checkout/forth-{link}", versions(link, back=False), ("checkout",)),
            Case(f"checkout/back-{link}", versions(link, back=True), ("checkout",)),
            Case(f"checkout/relink-{link}", relinked(link), ("checkout", "--relink")),
            Case(f"pull/{link}", elsewhere(link), ("pull",)),
            Case(f"repro/one-{link}", pipeline(link), ("repro",)),
            Case(f"repro/three-{link}", pipeline(link), ("repro", "-j", "3")),
            Case(f"remove/{link}", movable(link), ("remove", *gone), gone),
            Case(f"remove/outputs-{link}", movable(link), ("remove", "--outs", *gone), gone),
            Case(f"move/file-{link}", movable(link), ("move", "one.bin", "sub/other.bin"), ("one.bin.dvc",)),
            Case(f"move/directory-{link}", movable(link), ("move", "data", "sub/data"), ("data.dvc",)),
        ]
    found += [
        Case("push/copy", shared, ("push",)),
        Case("fetch/copy", elsewhere("copy"), ("fetch",)),
        Case("gc/workspace", garbage, ("gc", "-w", "-f")),
    ]
    return found


def relinked(link_type: str) -> Callable[[Place], None]:
    """Files of another link type than the project's."""
    def prepare(place: Place) -> None:
        other = {"copy": "hardlink", "hardlink": "symlink", "symlink": "copy"}[link_type]
        added(other)(place)
        place.must("add", "-q", "data", "one.bin", "two.txt")
        config = place.project / ".dvc/config"
        config.write_text(config.read_text().replace(f"type = {other}", f"type = {link_type}"))
    return prepare


def user_data(place: Place, case: Case) -> set[str]:
    """The checksums of contents that must not be lost: all but what a command is asked to throw away."""
    if case.command == "gc":
        place.save()
        place.must(*case.arguments)
        kept = contents(place)
        place.restore()
        return kept & contents(place)
    small = hashlib.md5(b"").hexdigest()
    return {content for content in contents(place) if content != small}
