"""Ends a program right before one of the system calls by which it changes files, however short the moment."""

import ctypes
import os
import platform
import signal
import struct
from pathlib import Path

from .place import Ended

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
LIBC.ptrace.restype = ctypes.c_long
TRACE_ME, CONTINUE, SET_OPTIONS, EVENT_MESSAGE, SYSTEM_CALL = 0, 7, 0x4200, 0x4201, 0x420E
FORK, VFORK, CLONE, EXEC, SECCOMP = 1, 2, 3, 4, 7
OPTIONS = 2 | 4 | 8 | 0x10 | 0x80 | 0x100000
ALL_KINDS = 0x40000000

CALLS = {
    "x86_64": {
        "openat": 257, "open": 2, "write": 1, "pwrite64": 18, "writev": 20, "rename": 82, "renameat": 264,
        "renameat2": 316, "link": 86, "linkat": 265, "unlink": 87, "unlinkat": 263, "symlink": 88, "symlinkat": 266,
        "mkdir": 83, "mkdirat": 258, "rmdir": 84, "chmod": 90, "fchmod": 91, "fchmodat": 268, "ftruncate": 77,
        "utimensat": 280, "copy_file_range": 326, "sendfile": 40,
    },
    "aarch64": {
        "openat": 56, "write": 64, "pwrite64": 68, "writev": 66, "renameat": 38, "renameat2": 276, "linkat": 37,
        "unlinkat": 35, "symlinkat": 36, "mkdirat": 34, "fchmod": 52, "fchmodat": 53, "ftruncate": 46,
        "utimensat": 88, "copy_file_range": 285, "sendfile": 71,
    },
}.get(platform.machine(), {})
NAMES = {number: name for name, number in CALLS.items()}
WRITES = {CALLS.get(name) for name in ("write", "writev")}
OPENS = {"openat": 2, "open": 1}
CREATES = os.O_CREAT | os.O_TRUNC | (os.O_TMPFILE & ~os.O_DIRECTORY)


class Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def program() -> bytes:
    """A filter of system calls that stops at those of CALLS."""
    def step(code, yes, no, value):
        return struct.pack("HBBI", code, yes, no, value)

    numbers = sorted(CALLS.values())
    text = step(0x20, 0, 0, 0)
    for position, number in enumerate(numbers):
        text += step(0x15, len(numbers) - position, 0, number)
    return text + step(0x06, 0, 0, 0x7FFF0000) + step(0x06, 0, 0, 0x7FF00000)


def request(what: int, pid: int, address=None, data=None) -> int:
    return LIBC.ptrace(what, pid, address, data)


class Tracer:
    """One run of a program; `steps` are the changes of files it has begun."""

    def __init__(self, arguments: list[str], directory: Path, environment: dict[str, str], log: Path):
        self.arguments = arguments
        self.directory = directory
        self.environment = environment
        self.log = log
        self.steps: list[str] = []

    def run(self, stop: int | None = None, whole: bool = True) -> Ended:
        """Ends the program before its change number `stop`, with all it started when `whole`."""
        self.stop = stop
        self.whole = whole
        self.main = self._fork()
        self.code = -1
        self.mine, self.others, self.held = {self.main}, set(), {}
        self.has_begun = self.is_killed = False
        _, status = os.waitpid(self.main, ALL_KINDS)
        if not os.WIFSTOPPED(status):
            raise OSError("this machine does not let programs be traced")
        if request(SET_OPTIONS, self.main, None, OPTIONS) != 0:
            os.kill(self.main, signal.SIGKILL)
            os.waitpid(self.main, ALL_KINDS)
            raise OSError("this machine does not let programs be traced as is needed")
        request(CONTINUE, self.main)
        try:
            while self._step():
                pass
        except BaseException:
            self._kill()
            raise
        return Ended(self.code, self.log.read_text("utf-8", "replace"))

    def _fork(self) -> int:
        filter_text = program()
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC)
        null = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
        child = os.fork()
        if child:
            os.close(log)
            os.close(null)
            return child
        try:
            os.setsid()
            os.chdir(self.directory)
            for old, new in ((null, 0), (log, 1), (log, 2)):
                os.dup2(old, new)
            if request(TRACE_ME, 0) != 0:
                return 0
            os.kill(os.getpid(), signal.SIGSTOP)
            LIBC.prctl(38, 1, 0, 0, 0)
            rules = Filter(len(filter_text) // 8, filter_text)
            if LIBC.prctl(22, 2, ctypes.byref(rules), 0, 0) == 0:
                os.execve(self.arguments[0], self.arguments, self.environment)
        finally:
            os._exit(127)

    def _step(self) -> bool:
        """Handles one event; False when nothing is left to run."""
        try:
            pid, status = os.waitpid(-1, ALL_KINDS)
        except ChildProcessError:
            return False
        if not os.WIFSTOPPED(status):
            if pid == self.main:
                self.code = os.waitstatus_to_exitcode(status)
            return True
        if pid not in self.mine and pid not in self.others:
            if self.is_killed:
                self._release(pid)
            else:
                self.held[pid] = status
            return True
        self._handle(pid, status)
        return True

    def _handle(self, pid: int, status: int) -> None:
        event, number = status >> 16, os.WSTOPSIG(status)
        if event in (FORK, VFORK, CLONE):
            message = ctypes.c_ulong()
            request(EVENT_MESSAGE, pid, None, ctypes.addressof(message))
            is_thread = event == CLONE and pid in self.mine
            (self.mine if is_thread else self.others).add(message.value)
            if message.value in self.held:
                del self.held[message.value]
                request(CONTINUE, message.value)
        elif event == EXEC and pid == self.main:
            self.has_begun = True
        elif event == SECCOMP and self.has_begun and pid in self.mine and self._is_change(pid):
            if self.stop == len(self.steps):
                self._kill()
                return
        quiet = event != 0 or number in (signal.SIGSTOP, signal.SIGTRAP)
        request(CONTINUE, pid, None, 0 if quiet else number)

    def _is_change(self, pid: int) -> bool:
        block = ctypes.create_string_buffer(96)
        if request(SYSTEM_CALL, pid, 96, ctypes.addressof(block)) <= 0:
            return False
        call, *values = struct.unpack_from("7Q", block, 24)
        name = NAMES.get(call, "?")
        if name in OPENS and not values[OPENS[name]] & CREATES:
            return False
        if call in WRITES and values[0] in (1, 2):
            return False
        self.steps.append(name)
        return True

    def _kill(self) -> None:
        """Kills what is known; a child whose parent dies before telling of it follows when it stops."""
        self.is_killed = True
        for pid in {self.main} | (self.others if self.whole else set()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for pid in self.held:
            self._release(pid)
        self.held.clear()

    def _release(self, pid: int) -> None:
        """Lets a child go whose parent can no longer tell of it, or ends it too."""
        self.others.add(pid)
        if self.whole:
            os.kill(pid, signal.SIGKILL)
        else:
            request(CONTINUE, pid)


def can_trace(log: Path) -> str | None:
    """Why programs cannot be traced here; nil when they can."""
    if not CALLS:
        return f"system calls of {platform.machine()} are not known"
    try:
        tracer = Tracer(["/bin/sh", "-c", f": >{log}.probe"], Path("/"), dict(os.environ), log)
        code = tracer.run().code
    except OSError as error:
        return str(error)
    return None if code == 0 and tracer.steps else f"tracing does not work here (exit {code})"
