"""The folder and the environment in which a scenario runs, the same at each run."""

import fcntl
import os
import shutil
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from .scenario import HERE, Scenario

DATE = "2024-01-02T03:04:05+0000"

SHIM = """#!/bin/sh
# Runs the tool and keeps what it was given and what it answered.
home=$INTEROP_HOME
n=1
while ! mkdir "$home/events/$n" 2>/dev/null; do n=$((n + 1)); done
event=$home/events/$n
printf '%s\\0' "${0##*/}" "$@" >"$event/args"
printf '%s' "$PWD" >"$event/cwd"
printf '%s' "${INTEROP_COMPARE-}" >"$event/compare"
printf '%s' "${LABEL-}" >"$event/label"
"@TOOL@" "$@" >"$event/stdout" 2>"$event/stderr"
code=$?
echo $code >"$event/exit"
cat "$event/stdout"
cat "$event/stderr" >&2
exit $code
"""

PRELUDE = """umask 022
commit() { git add -A && git commit -q --allow-empty -m "${1-change}"; }
A=A B=B
"""

HOLD_LOCK = """#!{python}
# hold-lock FILE SECONDS: keeps an exclusive flock on FILE; says so in FILE.held.
import fcntl, os, sys, time
os.makedirs(os.path.dirname(sys.argv[1]) or ".", exist_ok=True)
file = open(sys.argv[1], "a+")
fcntl.flock(file, fcntl.LOCK_EX)
time.sleep(float(sys.argv[2]))
"""


def base() -> Path:
    """Sandboxes have fixed paths, since absolute paths enter some hashes."""
    path = Path(os.environ.get("INTEROP_ROOT", "/tmp/interop"))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid != os.getuid():
        sys.exit(f"interop: '{path}' belongs to another user; set INTEROP_ROOT")
    return path.resolve()


class Sandbox:
    """One scenario's fresh folder; `tools` maps the names used in the script to programs."""

    def __init__(self, root: Path, scenario: Scenario, tools: dict[str, Path]):
        self.root = root
        self.home = root / ".interop"
        self.repo = root / "repo"
        self.scenario = scenario
        for folder in ("events", "bin", "site"):
            (self.home / folder).mkdir(parents=True)
        for folder in ("home", "global", "system", "repo"):
            (root / folder).mkdir()
        for name, program in tools.items():
            self._install(name, program)
        self._executable("hold-lock", HOLD_LOCK.format(python=sys.executable))
        own = f'#!/bin/sh\nexec "{sys.executable}" "{HERE / "interop"}" _snapshot "$@"\n'
        self._executable("snapshot", own)
        (root / "home" / ".gitconfig").write_text("[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[protocol \"file\"]\n\tallow = always\n")
        self._prepare()

    def _executable(self, name: str, text: str) -> None:
        path = self.home / "bin" / name
        path.write_text(text)
        path.chmod(0o755)

    def _install(self, name: str, program: Path) -> None:
        """The tool is called under the name `dvc`, whatever the script calls it."""
        folder = self.home / f"tool-{name}"
        folder.mkdir()
        (folder / "dvc").symlink_to(program)
        self._executable(name, SHIM.replace("@TOOL@", str(folder / "dvc")))

    def environment(self) -> dict[str, str]:
        places = [str(self.home / "bin"), "/usr/local/bin", "/usr/bin", "/bin"]
        git = shutil.which("git")
        if git and os.path.dirname(git) not in places:
            places.insert(1, os.path.dirname(git))
        people = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                  for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"), ("DATE", DATE))}
        return people | {
            "HOME": str(self.root / "home"), "ROOT": str(self.root), "PATH": ":".join(places),
            "INTEROP_HOME": str(self.home), "INTEROP_LOOSE": " ".join(self.scenario.loose),
            "DVC_NO_ANALYTICS": "1", "DVC_TEST": "true",
            "DVC_SITE_CACHE_DIR": str(self.home / "site"),
            "DVC_GLOBAL_CONFIG_DIR": str(self.root / "global"),
            "DVC_SYSTEM_CONFIG_DIR": str(self.root / "system"),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
            "TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "dumb", "COLUMNS": "80", "NO_COLOR": "1",
            "SHELL": "/bin/bash", "PYTHONHASHSEED": os.environ.get("INTEROP_HASH_SEED", "0"),
        }

    def _prepare(self) -> None:
        setup = self.scenario.setup
        if setup in ("repo", "git"):
            self._git("init", "-q")
        if setup in ("repo", "no-scm"):
            self._project()
        if setup in ("repo", "git"):
            self._git("add", "-A")
            self._git("commit", "-q", "--allow-empty", "-m", "start")

    def _project(self) -> None:
        """What `dvc init` leaves, which scenarios of their own check."""
        folder = self.repo / ".dvc"
        (folder / "tmp").mkdir(parents=True)
        config = "[core]\n    no_scm = True\n" if self.scenario.setup == "no-scm" else ""
        (folder / "config").write_text(config)
        if self.scenario.setup == "repo":
            (folder / ".gitignore").write_text("/config.local\n/tmp\n/cache\n")
        (self.repo / ".dvcignore").write_text("# patterns\n")

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.repo, env=self.environment(), check=True, stdin=subprocess.DEVNULL)


@contextmanager
def sandbox(scenario: Scenario, tools: dict[str, Path], keep: bool = False):
    """A fresh sandbox, which no other run uses meanwhile."""
    label = scenario.name.replace("/", ".")
    os.umask(0o022)
    with open(base() / f"{label}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        root = base() / label
        remove(root)
        root.mkdir()
        try:
            yield Sandbox(root, scenario, tools)
        finally:
            if not keep:
                remove(root)


def remove(root: Path) -> None:
    def writable(function, path, _):
        os.chmod(os.path.dirname(path), stat.S_IRWXU)
        function(path)

    if root.exists():
        shutil.rmtree(root, onerror=writable)
