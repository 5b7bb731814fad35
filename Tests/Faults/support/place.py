"""Folders to work in: a project with its remote that can be put back as it was, and the environment of the programs."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent.parent.parent
METAFILES = (".dvc", "dvc.yaml", "dvc.lock", ".gitignore", ".dvcignore", "config")
OBJECT = re.compile(r"(?:files/md5/)?[0-9a-f]{2}/[0-9a-f]{30}(?:\.dir)?$")
KNOWN: dict[tuple[Path, str], bool] = {}
TEMPORARY = re.compile(r"\..*\.tmp$")


def find_apus() -> Path:
    """The program to test: $APUS, or the package's build."""
    for place in (os.environ.get("APUS"), PACKAGE / ".build/release/apus", PACKAGE / ".build/debug/apus"):
        if place and os.access(place, os.X_OK):
            return Path(place).resolve()
    raise SystemExit("no apus to test; build it or set APUS")


def find_dvc() -> Path | None:
    found = shutil.which(os.environ.get("DVC", "dvc"))
    return Path(found).resolve() if found else None


@dataclass(frozen=True)
class Ended:
    """How a program ended; the code is negative after a signal."""

    code: int
    text: str

    @property
    def is_crash(self) -> bool:
        """Whether it is not one of the codes that DVC's commands end with."""
        return self.code < 0 or 128 <= self.code < 250


class Place:
    """A folder of its own: `state` is what can be put back, with the `project` and a `remote` in it."""

    def __init__(self, root: Path, apus: Path):
        self.root = root
        self.apus = apus
        self.state = root / "state"
        self.project = self.state / "project"
        self.remote = self.state / "remote"
        self.cache = self.project / ".dvc/cache"
        self.saved = root / "saved"
        for folder in (self.project, self.remote, root / "home"):
            folder.mkdir(parents=True, exist_ok=True)
        self.environment = environment(root)

    def start(self, link_type: str = "copy", git: bool = True) -> None:
        """Makes an empty project."""
        if git:
            self.git("init", "-q", "--template=")
        self.must("init", "-q", *([] if git else ["--no-scm"]))
        core = "" if git else "[core]\n    no_scm = True\n"
        text = f"{core}[cache]\n    type = {link_type}\n[remote \"here\"]\n    url = {self.remote}\n"
        (self.project / ".dvc/config").write_text(text.replace("[cache]", "[core]\n    remote = here\n[cache]", 1)
                                                  if git else text)

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.project, env=self.environment, check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def open(self, *arguments: str, program: Path | None = None, **options) -> subprocess.Popen:
        return subprocess.Popen([str(program or self.apus), *arguments], cwd=options.pop("cwd", self.project),
                                env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, start_new_session=True, **options)

    def run(self, *arguments: str, timeout: float = 60, **options) -> Ended:
        """Runs apus to its end."""
        child = self.open(*arguments, **options)
        try:
            output, _ = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            output, _ = child.communicate()
            return Ended(-99, output.decode("utf-8", "replace") + f"\nno end within {timeout:g} s")
        return Ended(child.returncode, output.decode("utf-8", "replace"))

    def must(self, *arguments: str, **options) -> str:
        ended = self.run(*arguments, **options)
        if ended.code != 0:
            raise RuntimeError(f"apus {' '.join(arguments)}: exit {ended.code}\n{ended.text}")
        return ended.text

    def knows(self, command: str) -> bool:
        key = (self.apus, command)
        if key not in KNOWN:
            KNOWN[key] = f"USAGE: apus {command}" in self.run(*command.split(), "--help").text
        return KNOWN[key]

    def save(self) -> None:
        remove(self.saved)
        copy(self.state, self.saved)

    def restore(self) -> None:
        empty(self.state)
        copy(self.saved, self.state)


def environment(root: Path) -> dict[str, str]:
    people = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
              for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))}
    return people | {
        "HOME": str(root / "home"), "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8",
        "DVC_NO_ANALYTICS": "1", "DVC_TEST": "true", "DVC_SITE_CACHE_DIR": str(root / "site"),
        "DVC_GLOBAL_CONFIG_DIR": str(root / "global"), "DVC_SYSTEM_CONFIG_DIR": str(root / "system"),
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "TERM": "dumb", "SHELL": "/bin/sh",
    }


def workplace(name: str) -> Path:
    """A new folder below $TMPDIR or /tmp, reachable by other users."""
    folder = Path(tempfile.mkdtemp(prefix=f"apus-{name}.")).resolve()
    folder.chmod(0o755)
    return folder


# Trees of files

def walk(top: Path):
    """All below `top` as (path relative to it, entry), directories before what is in them."""
    pending = [(str(top), "")]
    while pending:
        folder, prefix = pending.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                yield prefix + entry.name, entry
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, prefix + entry.name + "/"))


def copy(source: Path, target: Path) -> None:
    """Copies a tree with its modes, times, symbolic links and files of several names."""
    target.mkdir(parents=True, exist_ok=True)
    names: dict[int, str] = {}
    for path, entry in walk(source):
        goal = f"{target}/{path}"
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            os.mkdir(goal)
            continue
        if stat.S_ISLNK(status.st_mode):
            os.symlink(os.readlink(entry.path), goal)
            continue
        if not stat.S_ISREG(status.st_mode):
            os.mkfifo(goal)
            continue
        if status.st_nlink > 1:
            if status.st_ino in names:
                os.link(names[status.st_ino], goal)
                continue
            names[status.st_ino] = goal
        with open(entry.path, "rb") as old, open(goal, "wb") as new:
            new.write(old.read())
        os.chmod(goal, status.st_mode & 0o7777)
        os.utime(goal, ns=(status.st_atime_ns, status.st_mtime_ns))


def empty(folder: Path) -> None:
    """Removes all in a folder, but not itself, which may be a mount point."""
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            remove(Path(entry.path))
        else:
            os.unlink(entry.path)


def remove(folder: Path) -> None:
    def writable(function, path, _):
        os.chmod(os.path.dirname(path), stat.S_IRWXU)
        function(path)

    if folder.exists():
        shutil.rmtree(folder, onerror=writable)


def md5(path) -> str:
    with open(path, "rb") as file:
        return hashlib.md5(file.read()).hexdigest()


def snapshot(top: Path, skipped=(".git", ".dvc/tmp")) -> dict[str, tuple]:
    """What is below a folder: kinds, modes, contents, link targets; temporary files of a cache left out."""
    found: dict[str, tuple] = {}
    for path, entry in walk(top):
        inner = path.split("/", 1)[1] if "/" in path else ""
        if any(inner == name or inner.startswith(name + "/") for name in skipped):
            continue
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            found[path] = ("link", os.readlink(entry.path))
        elif stat.S_ISDIR(status.st_mode):
            if not is_cache(path):
                found[path] = ("folder",)
        elif not stat.S_ISREG(status.st_mode):
            found[path] = ("other",)
        elif not (is_cache(path) and TEMPORARY.match(entry.name)):
            mode = status.st_mode & 0o7777
            found[path] = ("file", oct(mode), status.st_nlink, md5(entry.path))
    return found


def is_cache(path: str) -> bool:
    return path.startswith("remote/") or "/.dvc/cache/" in path


def differences(expected: dict[str, tuple], found: dict[str, tuple]) -> list[str]:
    lines = [f"missing: {path} {expected[path]}" for path in sorted(expected.keys() - found.keys())]
    lines += [f"extra: {path} {found[path]}" for path in sorted(found.keys() - expected.keys())]
    lines += [f"differs: {path} {found[path]}, not {expected[path]}" for path in sorted(expected.keys() & found.keys())
              if expected[path] != found[path]]
    return lines


def wrong_objects(place: Place) -> list[str]:
    """Objects of mode 0444 whose content is not what their name says."""
    wrong = []
    for store in (place.cache, place.remote):
        for path, entry in walk(store) if store.exists() else ():
            if not OBJECT.match(path) or not entry.is_file(follow_symlinks=False):
                continue
            name = path.removeprefix("files/md5/").replace("/", "").removesuffix(".dir")
            if entry.stat().st_mode & 0o7777 == 0o444 and md5(entry.path) != name:
                wrong.append(f"wrong object: {entry.path}")
    return wrong


def contents(place: Place) -> set[str]:
    """The checksums of all that can be read in the project, its cache and its remote."""
    found = set()
    for path, entry in walk(place.state):
        if path.startswith("project/.git/") or path.startswith("project/.dvc/tmp/"):
            continue
        if entry.is_file() and not is_metafile(path):
            found.add(md5(entry.path))
    return found


def is_metafile(path: str) -> bool:
    return path.endswith(METAFILES) or "/cache/runs/" in path


def leftovers(place: Place) -> list[str]:
    """Temporary files of any kind."""
    return [path for path, entry in walk(place.state)
            if TEMPORARY.match(entry.name) and not path.startswith("project/.git/")]
