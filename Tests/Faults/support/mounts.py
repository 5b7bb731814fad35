"""File systems made for a test, which only root may do."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path


def cannot_mount() -> str | None:
    """Why nothing can be mounted here; nil when it can."""
    if os.getuid() != 0:
        return "only root can mount file systems"
    try:
        folder = Path("/tmp") / f"apus-mount.{os.getpid()}"
        folder.mkdir()
        try:
            with small_disk(folder, 1 << 20):
                return None
        finally:
            folder.rmdir()
    except (OSError, subprocess.CalledProcessError) as error:
        return f"file systems cannot be mounted here: {error}"


def call(*arguments) -> None:
    subprocess.run([str(argument) for argument in arguments], check=True, stderr=subprocess.PIPE)


@contextmanager
def small_disk(folder: Path, size: int):
    """A file system of its own in the folder."""
    call("mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "apus-test", folder)
    try:
        yield
    finally:
        call("umount", "-l", folder)


@contextmanager
def read_only(folder: Path):
    """The folder, in which nothing can be changed."""
    call("mount", "--bind", folder, folder)
    try:
        call("mount", "-o", "remount,ro,bind", folder)
        yield
    finally:
        call("umount", "-l", folder)


class Filler:
    """Fills a disk up to a few bytes."""

    def __init__(self, folder: Path):
        self.file = folder / "filler"

    def leave(self, count: int) -> None:
        """Leaves `count` bytes free, rounded to the blocks of the file system."""
        self.free()
        status = os.statvfs(self.file.parent)
        with open(self.file, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail * status.f_frsize - count))

    def free(self) -> None:
        self.file.unlink(missing_ok=True)
