"""Runs commands under strace: to see their system calls, and to make one of them fail or the last."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.torture.rig import Done, Home

CALLS = (
    "open", "openat", "creat", "read", "pread64", "write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate",
    "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "chmod", "fchmod",
    "fchmodat", "chown", "fchown", "flock", "access", "faccessat", "faccessat2", "stat", "lstat", "fstat",
    "newfstatat", "statx", "readlink", "readlinkat", "getdents64", "lseek", "close",
)  # fmt: skip

_OTHER_FAMILY = re.compile(r"\b[AP]F_(?!UNIX\b|LOCAL\b)[A-Z0-9_]+")
_STARTED_IN = re.compile(r"AT_FDCWD<[^>]*>")
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)(.*)$")


@dataclass(frozen=True)
class Call:
    """One system call: its name, which one of that name it was in the process, and its line."""

    name: str
    number: int
    arguments: str
    answer: str
    rest: str

    @property
    def failed(self) -> bool:
        return self.answer.startswith("-")


def need_strace() -> None:
    """Skip where there is no strace, or it may not trace."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")


def trace(home: Home, words: tuple[str, ...], calls: str, *more: str) -> tuple[Done, list[Call]]:
    """Run a command under strace; `calls` as strace names them."""
    log = home.folder.with_name(f"{home.folder.name}.strace")
    done = home.run(*words, before=tracing(log, calls, *more))
    counts: dict[str, int] = {}
    found = []
    for line in log.read_text(errors="replace").splitlines():
        if match := _LINE.match(line):
            counts[match[1]] = counts.get(match[1], 0) + 1
            # The folder that a command is started in is no argument of its calls.
            arguments = _STARTED_IN.sub("AT_FDCWD", match[2])
            found.append(Call(match[1], counts[match[1]], arguments, match[3], match[4]))
    return done, found


def tracing(log: Path, calls: str, *more: str) -> list[str]:
    """What to put before a program, so that its system calls are written into `log`."""
    return ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", f"trace={calls}", *more, "--"]


def beyond_this_machine(log: Path) -> list[str]:
    """The traced calls that name an address family other than that of sockets between programs of one machine."""
    return [line for line in log.read_text(errors="replace").splitlines() if _OTHER_FAMILY.search(line)]


def known_calls() -> str:
    """All of CALLS that this machine has."""
    return ",".join(f"?{name}" for name in CALLS)


def mentions(call: Call, folder: Path) -> bool:
    return str(folder) in call.arguments + call.rest
