"""What somebody who means ill can put into a project: manifests, metafiles, links, settings, names."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from .cases import write
from .place import Place, remove

READING = (("status",), ("data", "status"), ("diff",), ("ls", "."), ("du", "."), ("dag",), ("stage", "list"),
           ("params", "diff"), ("metrics", "show"), ("plots", "show", "--json"))
CHANGING = (("checkout",), ("commit", "-f"), ("push",), ("pull",), ("fetch",), ("repro",), ("gc", "-w", "-f"),
            ("status", "-c"), ("unprotect", "data"), ("add", "data"))
ALL = READING + CHANGING
EVIL = "evil"


@dataclass(frozen=True)
class Attack:
    """One hostile project."""

    name: str
    prepare: Callable[[Place], None]
    commands: tuple[tuple[str, ...], ...] = ALL
    #: The first words of the commands that must end with a failure.
    refused: frozenset[str] = frozenset()
    #: What the message of such a failure must contain.
    says: str = ""
    #: Words of commands that may change files of the workspace.
    may_change: frozenset[str] = field(default_factory=lambda: frozenset({"remove", "repro", "move"}))


def canary(place: Place) -> Path:
    return place.state / "canary"


def start(place: Place) -> None:
    """A sound project, and beside it a folder that nothing may touch."""
    place.start()
    folder = canary(place)
    (folder / "sub").mkdir(parents=True)
    for name in ("file", "sub/file", "data.dvc", ".gitignore", "x"):
        (folder / name).write_text(f"precious {name}\n")
    write(place, "mine.txt", "mine\n")
    write(place, "kept/a", "a\n")
    place.must("add", "-q", "kept")
    place.git("add", "-A")
    place.git("commit", "-q", "-m", "start")


def store(place: Place, content: bytes, suffix: str = "", mode: int = 0o444, remote: bool = False) -> str:
    """Puts an object where it would be; returns its name."""
    name = hashlib.md5(content).hexdigest()
    return put(place, name + suffix, content, mode, remote)


def put(place: Place, name: str, content: bytes, mode: int = 0o444, remote: bool = False) -> str:
    file = (place.remote if remote else place.cache) / "files/md5" / name[:2] / name[2:]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(mode)
    return name


def metafile(place: Place, text: str | bytes, path: str = "data.dvc") -> None:
    write(place, path, text)


def directory(name: str) -> str:
    return f"outs:\n- md5: {name}\n  size: 5\n  nfiles: 1\n  hash: md5\n  path: data\n"


# Manifests

def manifests() -> dict[str, bytes]:
    evil = hashlib.md5(EVIL.encode()).hexdigest()

    def listing(*paths: str) -> bytes:
        return json.dumps([{"md5": evil, "relpath": path} for path in paths]).encode()

    good = {"md5": evil, "relpath": "a"}
    return {
        "parent": listing("../canary/evil"), "parent-inside": listing("a/../../canary/evil"),
        "own-parent": listing("a/../b"), "two-dots": listing(".."), "absolute": listing("/CANARY/evil"),
        "nul": listing("a\0b"), "nul-first": listing("\0"), "empty-name": listing(""), "dot": listing("."),
        "dot-part": listing("a/./b"), "empty-part": listing("a//b"), "slash-at-end": listing("a/"), "slash": listing("/"),
        "duplicate": listing("a", "a"), "file-and-directory": listing("a", "a/b"),
        "directory-and-file": listing("a/b", "a"), "deep": listing("a/" * 500_000 + "x"),
        "deep-json": b"[" * 1_000_000, "deep-object": b'{"a":' * 1_000_000,
        "deep-value": b'[{"md5": "%s", "relpath": "a", "x": ' % evil.encode() + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}]",
        "not-json": b"\x00\xff\x7fELF", "empty": b"", "cut": listing("a", "b")[:-20], "object": json.dumps(good).encode(),
        "numbers": b"[1, 2]", "text": b'"x"', "null": b"null", "no-md5": b'[{"relpath": "a"}]',
        "no-path": b'[{"md5": "%s"}]' % evil.encode(), "md5-number": b'[{"md5": 1e999, "relpath": "a"}]',
        "md5-path": b'[{"md5": "../../../../../canary/file", "relpath": "a"}]',
        "md5-short": b'[{"md5": "ab", "relpath": "a"}]', "path-number": b'[{"md5": "%s", "relpath": 5}]' % evil.encode(),
        "path-list": b'[{"md5": "%s", "relpath": ["a"]}]' % evil.encode(),
        "invalid-utf8": b'[{"md5": "%s", "relpath": "a\xff\xfe"}]' % evil.encode(),
        "overlong-utf8": b'[{"md5": "%s", "relpath": "\xc0\xae\xc0\xae/canary/evil"}]' % evil.encode(),
        "lone-surrogate": b'[{"md5": "%s", "relpath": "\\ud800"}]' % evil.encode(),
        "nested-manifest": b'[{"md5": "%s.dir", "relpath": "a"}]' % evil.encode(),
        "trailing": listing("a") + b" garbage",
    }


#: Manifests that DVC and Apus can use, or may: only nothing bad may come of it.
HARMLESS = {
    "huge-numbers": b'[{"md5": "%s", "relpath": "a", "size": 1e999, "mtime": %s}]' % (
        hashlib.md5(EVIL.encode()).hexdigest().encode(), b"9" * 5000),
    "long-name": json.dumps([{"md5": hashlib.md5(EVIL.encode()).hexdigest(), "relpath": "n" * 300}]).encode(),
    "git-inside": json.dumps([{"md5": hashlib.md5(EVIL.encode()).hexdigest(), "relpath": ".git/config"}]).encode(),
    "newline": json.dumps([{"md5": hashlib.md5(EVIL.encode()).hexdigest(), "relpath": "a\nb"}]).encode(),
    "upper-case-md5": json.dumps([{"md5": hashlib.md5(EVIL.encode()).hexdigest().upper(), "relpath": "a"}]).encode(),
}


def manifest(text: bytes, remote: bool) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        content = text.replace(b"CANARY", str(canary(place)).lstrip("/").encode())
        store(place, EVIL.encode(), remote=remote)
        metafile(place, directory(store(place, content, ".dir", remote=remote)))
    return prepare


# Metafiles

def metafiles() -> dict[str, str | bytes]:
    """Contents of `data.dvc`, all of which are to be refused by whatever would act on them."""
    evil = hashlib.md5(EVIL.encode()).hexdigest()

    def out(path: str, more: str = "") -> str:
        return f"outs:\n- md5: {evil}\n  size: 4\n  hash: md5\n  path: {path}\n{more}"

    return {
        "parent": out("../canary/file"), "parent-new": out("../canary/new"), "parent-folder": out("../canary"),
        "absolute": out("CANARY/file"), "absolute-folder": out("CANARY"), "root": out("/"), "up": out(".."),
        "here": out("."), "inside-out": out("kept/../../canary/file"),
        "settings": out(".dvc/config"), "cache": out(".dvc/cache"), "dvc": out(".dvc"), "git": out(".git"),
        "hook": out(".git/hooks/post-checkout"),
        "wdir": out("file", "wdir: ../canary\n"), "wdir-absolute": out("file", "wdir: CANARY\n"),
    }


def broken_metafiles() -> dict[str, str | bytes]:
    """Contents of `data.dvc` that are none."""
    evil = hashlib.md5(EVIL.encode()).hexdigest()

    def out(**values: str) -> str:
        entry = {"md5": evil, "size": "4", "hash": "md5", "path": "data"} | values
        return "outs:\n- " + "\n  ".join(f"{key}: {value}" for key, value in entry.items()) + "\n"

    deep = "".join(" " * depth + "a:\n" for depth in range(4000))
    return { "md5-short": out(md5="ab"), "md5-list": out(md5="[1, 2]"),
        "md5-mapping": out(md5="{a: b}"), "path-list": out(path="[a, b]"), "path-mapping": out(path="{a: b}"),
        "path-null": out(path="null"), "path-empty": out(path="''"), "path-nul": out(path='"a\\0b"'), "unknown-key": out(evil="true"), "binary": b"\x00\x01\xff\xfe" * 50,
        "invalid-utf8": out().encode() + b"# \xff\xfe\n", "not-yaml": "outs: [\n- }{", "text": "evil\n", "list": "- a\n",
        "outs-text": "outs: evil\n", "outs-number": "outs: 5\n", "outs-of-text": "outs:\n- evil\n", "tab": "outs:\n\t- a\n",
        "duplicate-key": out() + out(), "two-documents": out() + "---\n" + out(), "tag": "outs: !!python/object:os.system x\n",
        "deep-flow": "outs: " + "[" * 10_000_000, "deep-mapping-flow": "{a: " * 3_000_000,
        "deep-dashes": "- " * 5_000_000 + "a\n", "deep-block": deep + " " * 4000 + "a: 1\n",
        "question-marks": "? " * 1_000_000 + "a\n", "bomb": bomb(out()), "anchors": "outs:\n" + "- &a a\n" * 300_000,
        "unknown-alias": "outs: *missing\n", "self-alias": "outs: &a [*a]\n", "merge": "outs: &a\n- <<: *a\n",
        "long-key": "k" * 5_000_000 + ": 1\n", "open-quote": "outs: '" + "x" * 10_000_000,
        "many-quotes": "outs: \"" + "\\\"" * 4_000_000, "no-colon": "outs\n", "many-lines": "\n" * 5_000_000 + "evil",
        "byte-order": "\ufeff".encode("utf-16"), "percent": "%YAML 9.9\n---\nouts: 1\n",
    }


def bomb(rest: str) -> str:
    lines = ["meta:", "  a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 30):
        lines.append(f"  a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]")
    return "\n".join(lines) + "\n" + rest


#: Contents of `data.dvc` that may be used, or not.
def odd_metafiles() -> dict[str, str | bytes]:
    evil = hashlib.md5(EVIL.encode()).hexdigest()

    def out(**values: str) -> str:
        entry = {"md5": evil, "size": "4", "hash": "md5", "path": "data"} | values
        return "outs:\n- " + "\n  ".join(f"{key}: {value}" for key, value in entry.items()) + "\n"

    return {
        "md5-path": out(md5="../../../../canary/file"),
        "md5-text": out(md5="'%s'" % ("z" * 32)),
        "size-text": out(size="many"),
        "size-negative": out(size="-1"),
        "hash-unknown": out(hash="sha1024"),
        "empty": "", "nothing": "{}\n", "size-huge": out(size="9223372036854775807"),
        "size-larger": out(size="9" * 400), "size-power": out(size="1e400"), "size-hex": out(size="0x" + "f" * 100),
        "nfiles-huge": directory(evil + ".dir").replace("nfiles: 1", "nfiles: " + "9" * 30),
        "sizes": out(size="9223372036854775807") + "- md5: 11111111111111111111111111111111\n"
                 "  size: 9223372036854775807\n  hash: md5\n  path: more\n",
        "long-path": out(path="x/" * 5000 + "x"), "long-name": out(path="x" * 300), "newline": out(path='"a\\nb"'),
        "escape": out(path='"\\e[31mred"'), "dashes": out(path="'--force'"), "glob": out(path="'*'"),
        "md5-digits": out(md5="1" * 32), "md5-upper": out(md5=evil.upper()), "comment-only": "# nothing\n",
        "dep-outside": out() + "deps:\n- path: ../canary/file\n", "metafile-of-metafile": out(path="mine.txt"),
        "many": "outs:\n" + "".join(f"- path: f{number}\n  hash: md5\n  md5: {evil}\n" for number in range(3000)),
    }


def data_file(text: str | bytes) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        for remote in (False, True):
            store(place, EVIL.encode(), remote=remote)
        name = str(canary(place))
        metafile(place, text.replace(name_of(text), name_for(text, name)))
    return prepare


def name_of(text: str | bytes) -> str | bytes:
    return b"CANARY" if isinstance(text, bytes) else "CANARY"


def name_for(text: str | bytes, name: str) -> str | bytes:
    return name.encode() if isinstance(text, bytes) else name


# Pipelines

def pipelines() -> dict[str, str | bytes]:
    """Contents of `dvc.yaml` that are to be refused."""
    def stage(body: str) -> str:
        return f"stages:\n  s:\n    cmd: echo evil\n{body}"

    return {
        "out-in-git": stage("    outs:\n    - .git/config\n"), "out-in-dvc": stage("    outs:\n    - .dvc/config\n"),
        "out-is-root": stage("    outs:\n    - .\n"), "out-above": stage("    outs:\n    - ..\n"),
        "binary": b"\x00\xff" * 100, "deep": "stages: " + "[" * 10_000_000, "bomb": bomb(stage("")),
        "self-reference": "vars:\n- a: ${a}\n" + stage(""), "stages-list": "stages: [a]\n", "no-cmd": "stages:\n  s: {}\n",
        "huge-matrix": "stages:\n  s:\n    matrix:\n" + "".join(
            f"      k{letter}: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n" for letter in range(12)) + "    cmd: echo\n",
        "open-templates": stage("    deps:\n    - '" + "${" * 300_000 + "'\n"),
        "deep-template": stage("    deps:\n    - '${" + "a." * 300_000 + "a}'\n"),
        "vars-folder": "vars:\n- .\n" + stage(""), "wdir-missing": stage("    wdir: nowhere\n    outs: [x]\n"),
    }


def odd_pipelines() -> dict[str, str | bytes]:
    """Contents of `dvc.yaml` of which nothing bad may come."""
    def stage(body: str, command: str = "'true'") -> str:
        return f"stages:\n  s:\n    cmd: {command}\n{body}"

    return {
        "out-parent": stage("    outs:\n    - ../canary/file\n"),
        "out-parent-uncached": stage("    outs:\n    - ../canary/file:\n        cache: false\n"),
        "out-absolute": stage("    outs:\n    - CANARY/file\n"), "out-folder": stage("    outs:\n    - ../canary\n"),
        "out-persists": stage("    outs:\n    - ../canary/file:\n        persist: true\n"),
        "metric-outside": stage("    metrics:\n    - ../canary/file:\n        cache: false\n"),
        "wdir-outside": stage("    wdir: ../canary\n    outs:\n    - file\n"),
        "params-outside": stage("    params:\n    - ../canary/file:\n      - a\n"),
        "plots-outside": "plots:\n- ../canary/file\n", "vars-outside": "vars:\n- ../canary/file\n" + stage(""),
        "wide": "stages:\n" + "".join(f"  s{number}:\n    cmd: 'true'\n" for number in range(2000)),
        "shell": stage("    outs:\n    - '$(touch ../canary/evil)'\n"),
    }


def pipeline_file(text: str | bytes) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        write(place, "dvc.yaml", text.replace(name_of(text), name_for(text, str(canary(place)))))
    return prepare


LOCKS: dict[str, str | bytes] = {
    "binary": b"\x00\xff" * 100, "list": "- a\n", "text": "evil\n", "schema": "schema: '9.0'\nstages: {}\n",
    "stages-list": "schema: '2.0'\nstages: [a]\n", "entry-text": "schema: '2.0'\nstages:\n  s: evil\n",
    "outs-text": "schema: '2.0'\nstages:\n  s:\n    cmd: cp mine.txt out\n    outs: evil\n",
    "deep": "stages: " + "{a: " * 3_000_000, "bomb": bomb("schema: '2.0'\nstages: {}\n"),
}
ODD_LOCKS: dict[str, str | bytes] = {
    "empty": "", "no-stages": "schema: '2.0'\n",
    "outs-outside": "schema: '2.0'\nstages:\n  s:\n    cmd: cp mine.txt out\n    outs:\n    - path: ../canary/file\n"
                    "      hash: md5\n      md5: 4034a346ccee15292d823416f7510a2f\n      size: 4\n",
    "md5-outside": "schema: '2.0'\nstages:\n  s:\n    cmd: cp mine.txt out\n    outs:\n    - path: out\n"
                   "      hash: md5\n      md5: ../../../canary/file\n",
    "size-huge": "schema: '2.0'\nstages:\n  s:\n    cmd: cp mine.txt out\n    outs:\n    - path: out\n"
                 "      hash: md5\n      md5: 4034a346ccee15292d823416f7510a2f\n      size: 99999999999999999999999\n",
}


def lock_file(text: str | bytes) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        write(place, "dvc.yaml", "stages:\n  s:\n    cmd: cp mine.txt out\n    deps:\n    - mine.txt\n    outs:\n    - out\n")
        write(place, "dvc.lock", text)
    return prepare


def run_cache(edit: Callable[[str, Place], str | bytes]) -> Callable[[Place], None]:
    """A run of a stage that is remembered with something else in it."""
    def prepare(place: Place) -> None:
        start(place)
        write(place, "dvc.yaml", "stages:\n  s:\n    cmd: cp mine.txt out\n    deps:\n    - mine.txt\n    outs:\n    - out\n")
        place.must("repro", "-q")
        store(place, EVIL.encode())
        for file in (place.cache / "runs").glob("*/*/*"):
            text = edit(file.read_text(), place)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        (place.project / "dvc.lock").unlink()
        (place.project / "out").unlink()
    return prepare


# Links

def linked(target: str, at: str = "kept") -> Callable[[Place], None]:
    """A directory on the way to an output is a link that leads out of the project."""
    def prepare(place: Place) -> None:
        start(place)
        write(place, "deep/er/data", "d\n")
        write(place, "deep/er/file", "f\n")
        place.must("add", "-q", "deep/er/data", "deep/er/file")
        place.must("push", "-q")
        remove(place.project / at)
        os.symlink(canary(place) / target, place.project / at)
    return prepare


def linked_metafile(path: str, text: str) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        write(place, "data", "new\n")
        (place.project / path).unlink(missing_ok=True)
        (canary(place) / "meta").write_text(text)
        os.symlink(canary(place) / "meta", place.project / path)
    return prepare


def linked_path(place: Place) -> None:
    """A metafile whose output lies behind a link."""
    start(place)
    store(place, EVIL.encode())
    os.symlink(canary(place), place.project / "link")
    metafile(place, "outs:\n- md5: 4034a346ccee15292d823416f7510a2f\n  size: 4\n  hash: md5\n  path: link/file\n")


# Settings and names

SETTINGS: dict[str, str | bytes] = {
    "binary": b"\x00\x01\xff" * 100, "no-section": "evil = 1\n", "open-section": "[core\nremote = x\n", "text": "evil\n",
    "deep-section": "[" * 1_000_000, "quotes": '[\'remote "x\']\nurl = y\n', "unknown": "[evil]\nx = 1\n",
    "type": "[cache]\ntype = evil\n", "jobs": '[\'remote "x"\']\nurl = y\njobs = ' + "9" * 40 + "\n",
    "remote-without-url": '[\'remote "x"\']\njobs = 1\n', "interpolation": "[core]\nremote = %(remote)s\n",
    "loop": "[core]\nremote = %(site)s\nsite = %(remote)s\n",
}
ODD_SETTINGS: dict[str, str | bytes] = {
    "no-remote": "[core]\nremote = nowhere\n", "long": "# " + "x" * 5_000_000 + "\n",
    "cache-in-canary": "[core]\nremote = x\n['remote \"x\"']\nurl = /dev/null/x\n",
    "remote-name": "['remote \"../../canary\"']\nurl = there\n[core]\nremote = ../../canary\n",
    "cache-is-file": "[cache]\ndir = ../mine.txt\n", "scheme": "['remote \"x\"']\nurl = evil://x\n[core]\nremote = x\n",
    "ssh-option": "['remote \"x\"']\nurl = ssh://-oProxyCommand=touch%20evil/x\n[core]\nremote = x\n",
}


def settings(text: str | bytes) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        write(place, "data", "new\n")
        write(place, ".dvc/config", text)
    return prepare


REMOTE_NAMES = ("x y", 'a"b', "a'b", "a]b", "", " ", "-x", "../x", "é", "a\nb", "a#b", "%(x)s", "x" * 5000, "a=b", "\t")
BRANCHES = ("-evil", "--help", "$(touch evil)", "a'b", "é", "evil;touch evil", "x" * 200, "HEAD", "a{b}", "..evil")


def branches(place: Place) -> None:
    start(place)
    head = place.project / ".git/HEAD"
    commit = place.project / ".git" / head.read_text().split()[1]
    for name in BRANCHES:
        (place.project / ".git/refs/heads" / name).write_text(commit.read_text())


def corrupt(mode: int) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        name = put(place, hashlib.md5(EVIL.encode()).hexdigest(), b"something else", mode)
        metafile(place, f"outs:\n- md5: {name}\n  size: 4\n  hash: md5\n  path: data\n")
    return prepare


def corrupt_remote(place: Place) -> None:
    start(place)
    name = put(place, hashlib.md5(EVIL.encode()).hexdigest(), b"something else", 0o644, remote=True)
    metafile(place, f"outs:\n- md5: {name}\n  size: 4\n  hash: md5\n  path: data\n")


def odd_object(make: Callable[[Path, Place], None]) -> Callable[[Place], None]:
    """An object that is no plain file."""
    def prepare(place: Place) -> None:
        start(place)
        name = hashlib.md5(EVIL.encode()).hexdigest()
        file = place.cache / "files/md5" / name[:2] / name[2:]
        file.parent.mkdir(parents=True, exist_ok=True)
        make(file, place)
        metafile(place, f"outs:\n- md5: {name}\n  size: 4\n  hash: md5\n  path: data\n")
    return prepare


def names(*words: str) -> frozenset[str]:
    return frozenset(words)


def attacks() -> list[Attack]:
    """All hostile projects."""
    found = []
    in_cache = (("checkout",), ("push",), ("status",), ("data", "status"), ("gc", "-w", "-f"), ("pull",), ("diff",),
                ("ls", "-R", "."), ("du", "."), ("remove", "--outs", "data.dvc"), ("checkout", "data/a"), ("add", "data"))
    for name, text in manifests().items():
        found.append(Attack(f"manifest/{name}", manifest(text, False), in_cache, names("checkout"), "object"))
        found.append(Attack(f"remote-manifest/{name}", manifest(text, True), (("pull",), ("fetch",), ("checkout",)),
                            names("pull", "checkout")))
    for name, text in HARMLESS.items():
        found.append(Attack(f"manifest/{name}", manifest(text, False), in_cache))
        found.append(Attack(f"remote-manifest/{name}", manifest(text, True), (("pull",), ("fetch",))))
    acting = (*ALL, ("remove", "--outs", "data.dvc"), ("remove", "data.dvc"), ("move", "data", "elsewhere"),
              ("checkout", "-f"), ("checkout", "--relink"), ("repro", "data.dvc"), ("commit", "-f", "data.dvc"))
    for name, text in metafiles().items():
        found.append(Attack(f"output/{name}", data_file(text), acting, names("checkout")))
    for name, text in broken_metafiles().items():
        found.append(Attack(f"metafile/{name}", data_file(text), (("status",), ("checkout",), ("push",), ("repro",),
                            ("gc", "-w", "-f"), ("remove", "data.dvc"), ("dag",)),
                            names("status", "checkout", "push", "gc"), "data.dvc"))
    for name, text in odd_metafiles().items():
        found.append(Attack(f"metafile/{name}", data_file(text), acting))
    for name, text in pipelines().items():
        found.append(Attack(f"pipeline/{name}", pipeline_file(text), (("repro",), ("status",), ("dag",),
                            ("stage", "list"), ("checkout",), ("gc", "-w", "-f")), names("repro"), ""))
    for name, text in odd_pipelines().items():
        quiet = tuple(command for command in ALL if command[0] != "repro")
        found.append(Attack(f"pipeline/{name}", pipeline_file(text), (*quiet, ("remove", "--outs", "s"),
                            ("repro", "--dry"), ("freeze", "s"))))
    for name, text in LOCKS.items():
        found.append(Attack(f"lock/{name}", lock_file(text), (("status",), ("checkout",), ("repro",), ("push",),
                            ("gc", "-w", "-f")), names("status", "checkout", "push", "gc"), "dvc.lock"))
    for name, text in ODD_LOCKS.items():
        found.append(Attack(f"lock/{name}", lock_file(text), ALL))
    edits: dict[str, Callable[[str, Place], str | bytes]] = {
        "outside": lambda text, place: text.replace("path: out", "path: ../canary/file"),
        "absolute": lambda text, place: text.replace("path: out", f"path: {canary(place)}/file"),
        "other-object": lambda text, place: text.replace(hashlib.md5(b"mine\n").hexdigest(), "../../canary/file"),
        "settings": lambda text, place: text.replace("path: out", "path: .dvc/config"),
        "binary": lambda text, place: b"\x00\xff" * 1000, "empty": lambda text, place: "",
        "deep": lambda text, place: "[" * 1_000_000, "bomb": lambda text, place: bomb(text),
        "more": lambda text, place: text + "- path: ../canary/file\n  hash: md5\n  md5: "
                + hashlib.md5(EVIL.encode()).hexdigest() + "\n",
    }
    for name, edit in edits.items():
        found.append(Attack(f"run-cache/{name}", run_cache(edit), (("repro",), ("gc", "-w", "-f"), ("status",),
                            ("push", "--run-cache"))))
    link_commands = (("checkout",), ("checkout", "--relink"), ("pull",), ("gc", "-w", "-f"), ("status",), ("commit", "-f"),
                     ("push",), ("data", "status"), ("diff",))
    found += [
        Attack("link/output", linked("sub"), (*link_commands, ("remove", "--outs", "kept.dvc"), ("add", "kept"),
               ("unprotect", "kept"), ("move", "kept", "other"), ("remove", "kept.dvc"), ("add", "kept/file")),
               may_change=names("remove", "move", "checkout", "pull")),
        Attack("link/parent", linked("sub", at="deep/er"), (*link_commands, ("add", "deep/er/file"),
               ("unprotect", "deep/er/file"), ("move", "mine.txt", "deep/er/mine"))),
        Attack("link/grandparent", linked(".", at="deep"), (*link_commands, ("add", "deep/file"),
               ("add", "deep/sub/file"), ("unprotect", "deep/sub/file"), ("remove", "deep/data.dvc"))),
        Attack("link/path", linked_path, (*link_commands, ("remove", "--outs", "data.dvc"), ("remove", "data.dvc"),
               ("unprotect", "link/file"), ("move", "link/file", "here"), ("add", "link/file")), names("checkout")),
        Attack("link/ignore-file", linked_metafile(".gitignore", "# mine\n"), (("add", "data"), ("add", "mine.txt"))),
        Attack("link/metafile", linked_metafile("data.dvc", directory("1" * 32 + ".dir")), (("add", "data"),
               ("commit", "-f"), ("remove", "data.dvc"), ("freeze", "data.dvc"), ("move", "data", "other"))),
        Attack("link/pipeline", linked_metafile("dvc.yaml", "stages:\n  s:\n    cmd: cp data out\n    deps: [data]\n"
               "    outs: [out]\n"), (("freeze", "s"), ("stage", "add", "-n", "t", "true"), ("remove", "s"))),
        Attack("link/lock", linked_lock, (("repro",), ("commit", "-f"))),
        Attack("link/settings", linked_metafile(".dvc/config", "[core]\n"), (("config", "core.autostage", "true"),
               ("remote", "add", "x", "y"))),
    ]
    for name, text in SETTINGS.items():
        found.append(Attack(f"settings/{name}", settings(text), (("status",), ("push",), ("add", "data"),
                            ("config", "--list"), ("remote", "list")), names("status", "push"), "config"
                            if name not in ("jobs", "remote-without-url") else ""))
    for name, text in ODD_SETTINGS.items():
        found.append(Attack(f"settings/{name}", settings(text), (("status",), ("push",), ("add", "data"), ("pull",),
                            ("status", "-c"), ("remote", "list"), ("gc", "-w", "-f"))))
    found += [Attack(f"names/remote-{number}", start, (("remote", "add", "--", name, "url"), ("remote", "default", name),
              ("push", "-r", name), ("remote", "remove", name), ("remote", "rename", "here", name)))
              for number, name in enumerate(REMOTE_NAMES)]
    found += [
        Attack("names/branches", branches, (("push", "-a"), ("gc", "-a", "-f"), ("status",), ("fetch", "-a"),
               ("metrics", "show", "-a"), ("diff", "--", "-evil"), ("params", "diff", "$(touch evil)"),
               ("ls", ".", "--rev", "--upload-pack=touch evil"), ("diff", "--", "--output=evil"),
               ("gc", "--rev", "--output=evil", "-f"))),
        Attack("names/targets", start, (("add", "../canary/file"), ("add", "/"), ("add", "."), ("add", ".."), ("add", ""),
               ("add", ".dvc"), ("add", ".git"), ("add", ".dvc/config"), ("add", "kept/../../canary/file"),
               ("add", "--file"), ("unprotect", "../canary/file"), ("move", "kept", "../canary/new"),
               ("checkout", "../canary/file"), ("remove", "../canary/data.dvc"), ("commit", "../canary/data.dvc"),
               ("add", "mine.txt", "-o", "../canary/new"), ("add", "a" * 10_000)),
               names("add", "unprotect", "move", "remove", "commit")),
        Attack("object/corrupt-0644", corrupt(0o644), (("checkout",), ("pull",), ("push",), ("status",)),
               names("checkout")),
        Attack("object/corrupt-0444", corrupt(0o444), (("checkout",), ("pull",), ("push",), ("status",))),
        Attack("object/corrupt-remote", corrupt_remote, (("pull",), ("fetch",)), names("pull")),
        Attack("object/link", odd_object(lambda file, place: file.symlink_to(canary(place) / "file")),
               (("checkout",), ("push",), ("gc", "-w", "-f"), ("status",)), names("checkout")),
        Attack("object/folder", odd_object(lambda file, place: file.mkdir()),
               (("checkout",), ("push",), ("gc", "-w", "-f"), ("status",)), names("checkout")),
        Attack("object/pipe", odd_object(lambda file, place: os.mkfifo(file)),
               (("checkout",), ("push",), ("gc", "-w", "-f"), ("status",)), names("checkout")),
        Attack("workspace/pipe", odd_file(os.mkfifo), (("add", "data"), ("status",), ("checkout",)), names("add")),
        Attack("workspace/loop", odd_file(lambda path: os.symlink("loop", path)), (("add", "data"), ("status",))),
        Attack("workspace/up", odd_file(lambda path: os.symlink("..", path)), (("add", "data"), ("status",))),
        Attack("workspace/deep", deep_folder, (("add", "data"), ("status",), ("gc", "-w", "-f"))),
        Attack("workspace/odd-names", odd_names, (("add", "data"), ("status",), ("push",))),
    ]
    return found


def linked_lock(place: Place) -> None:
    lock_file("")(place)
    (place.project / "dvc.lock").unlink()
    (canary(place) / "lock").write_text("schema: '2.0'\nstages: {}\n")
    os.symlink(canary(place) / "lock", place.project / "dvc.lock")


def odd_file(make: Callable[[str], None]) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        start(place)
        write(place, "data/a", "a\n")
        make(str(place.project / "data/loop"))
    return prepare


def deep_folder(place: Place) -> None:
    start(place)
    folder = os.open(place.project, os.O_RDONLY)
    for _ in range(600):
        os.mkdir("data", dir_fd=folder)
        inner = os.open("data", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)


def odd_names(place: Place) -> None:
    start(place)
    folder = os.fsencode(place.project / "data")
    os.mkdir(folder)
    for name in (b"\xff\xfe", b"a\nb", b"-rf", b"\x1b[31m", b"n" * 255, "é".encode(), b" ", b"a\\b"):
        with open(folder + b"/" + name, "wb") as file:
            file.write(name)
