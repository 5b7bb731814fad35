"""The state a scenario leaves behind, as lines of text."""

import hashlib
import os
import re
import stat
import subprocess
from pathlib import Path

TEXT_NAMES = {"dvc.yaml", "dvc.lock", ".gitignore", ".dvcignore", "config", "config.local", "said", "log"}
TEXT_LIMIT = 20_000
LEFTOVER = re.compile(r"\.[\w-]{22}\.tmp$")
"""Temporary files that DVC forgets; their names are random."""

PROJECT_FILES = {"config": "", ".gitignore": "/config.local\n/tmp\n/cache\n", ".dvcignore": "# patterns\n"}
"""What a new project starts with; not quoted while unchanged, for the listing tells its digest."""


def snapshot(root: Path, loose: frozenset[str] = frozenset()) -> str:
    """Lists every file under `root` and quotes the metafiles; `loose` paths are quoted without their indentation."""
    listing, texts, repositories = [], [], []
    for path in walk(root):
        name = path.relative_to(root).as_posix()
        if path.name == ".git":
            repositories.append(path.parent)
            continue
        quoted = is_text(path, name)
        listing.append(describe(path, name, root, quoted))
        if quoted:
            texts.append(quote(name, path, root, name in loose))
    sections = ["\n".join(["files:", *sorted(listing)]), *texts]
    sections += [git_state(root, repository) for repository in repositories]
    return "\n".join(sections) + "\n"


def walk(root: Path):
    """Every path, parents first, without what is private to a tool or to Git."""
    for entry in sorted(os.scandir(root), key=lambda entry: entry.name):
        path = Path(entry.path)
        if is_private(path, root):
            continue
        yield path
        if entry.is_dir(follow_symlinks=False) and path.name != ".git":
            yield from walk(path)


def is_private(path: Path, root: Path) -> bool:
    """Also says so of what means nothing: empty folders among objects, leftovers."""
    if "/files/md5" in str(path) and path.is_dir() and not path.is_symlink() and not os.listdir(path):
        return True
    if LEFTOVER.match(path.name):
        return True
    if path.name in (".interop", "home") and not path.is_symlink():
        return True
    if path.name.endswith(".git") and path.name != ".git" and path.is_dir():
        return True
    return path.name == "tmp" and path.parent.name == ".dvc"


def is_text(path: Path, name: str) -> bool:
    if path.is_symlink() or not path.is_file() or path.read_bytes() == PROJECT_FILES.get(path.name, "").encode():
        return False
    if path.name in TEXT_NAMES or path.suffix == ".dvc":
        return path.name not in ("config", "config.local") or path.parent.name in (".dvc", "global", "system")
    return path.suffix == ".dir" or "/runs/" in f"/{name}"


def describe(path: Path, name: str, root: Path, quoted: bool) -> str:
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return f"{name} link to {normalised(os.readlink(path), root)}"
    mode = f"{stat.S_IMODE(status.st_mode):04o}"
    if stat.S_ISDIR(status.st_mode):
        return f"{name}/ {mode}"
    if not stat.S_ISREG(status.st_mode):
        return f"{name} special"
    links = f" links={status.st_nlink}" if status.st_nlink > 1 else ""
    if quoted:
        return f"{name} {mode} text{links}"
    digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    return f"{name} {mode} size={status.st_size} md5={digest}{links}"


def quote(name: str, path: Path, root: Path, loose: bool) -> str:
    data = path.read_bytes()
    text = data[:TEXT_LIMIT].decode("utf-8", "backslashreplace")
    lines = normalised(text, root).split("\n")
    if loose:
        lines = [line.strip() for line in lines]
    end = [] if lines[-1] else lines.pop() or []
    if not data.endswith(b"\n") and data:
        end = ["  (no newline at the end)"]
    return "\n".join([f"text of {name}:", *(f"  |{line}" for line in lines), *end])


def git_state(root: Path, repository: Path) -> str:
    name = repository.relative_to(root).as_posix()
    return "\n".join([
        f"git status of {name}:", *indented(git(repository, "status", "--porcelain", "-uall")),
        f"git index of {name}:", *indented(git(repository, "diff", "--cached", "--name-status")),
    ])


def git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-c", "core.quotePath=false", *arguments], cwd=repository, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else f"git failed: {done.stderr}"


def indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]


def normalised(text: str, root: Path) -> str:
    """Writes the sandbox's place as $ROOT, under all of its names."""
    for place in dict.fromkeys((str(root), os.path.realpath(root))):
        text = text.replace(place, "$ROOT")
    return text
