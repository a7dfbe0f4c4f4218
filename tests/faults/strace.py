"""Faults at exact places: strace counts a process's calls, and fails or kills it at the k-th."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import need

CALLS = ("rename", "link", "fsync", "unlink", "unlinkat", "rmdir", "mkdir", "write")
"""What changes a disk."""
KILLED, NO_ROOM = "signal=SIGKILL", "error=ENOSPC"
_DONE = re.compile(r"^(?P<call>\w+)\(.*\) += (?P<answer>-?\d+)")


def need_strace() -> None:
    """Skips where strace is missing."""
    need("strace", shutil.which("strace") is not None)


@dataclass(frozen=True, slots=True)
class Point:
    """The k-th time a process asks the system for something, and what it gets instead."""

    call: str
    number: int
    """Counted from 1."""
    fault: str
    """`signal=SIGKILL` or `error=ENOSPC`."""
    onwards: bool = False
    """Whether every later call of the kind meets it too, as on a full disk."""
    path: Path | None = None
    """Only calls about this file or folder."""
    everywhere: bool = False
    """Whether its other threads and the programs it starts meet it too, each counting for itself."""

    def __str__(self) -> str:
        place = f" of {self.path.name}" if self.path else ""
        where = " in any thread" if self.everywhere else ""
        return f"{self.call} {self.number}{'+' if self.onwards else ''}{place}{where} {self.fault}"

    @property
    def options(self) -> list[str]:
        """strace's options that bring it about."""
        when = f"{self.number}{'+' if self.onwards else ''}"
        return [
            *(["-f"] if self.everywhere else []),
            *(["-P", str(self.path)] if self.path else []),
            *("-o", "/dev/null", "-e", f"trace={self.call}"),
            *("-e", f"inject={self.call}:{self.fault}:when={when}"),
        ]


@contextlib.contextmanager
def attached(options: Sequence[str], pid: int) -> Iterator[None]:
    """Traces a process, or one thread of it, that runs already, until it ends."""
    command = ["strace", *options, "-p", str(pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr
        said = strace.stderr.readline()
        assert "attached" in said, said
        yield
        strace.communicate(timeout=60)


SWAP = "swap"
_SWAP = re.compile(r'rename\(".*/\.(?P<name>[^"/]+)\.new-[0-9a-f]{8}", ".*/(?P=name)"\) += 0')
"""A rename that puts a finished folder or file in place; the old one is out of the way then."""


def logging(log: Path) -> list[str]:
    """strace's options that write every call of a thread to `log`."""
    return ["-o", str(log), "-e", f"trace={','.join(CALLS)}"]


def reached(log: Path) -> dict[str, list[int]]:
    """Of each call, the numbers of those that did something, as `logging` wrote them.

    Under `SWAP` those of the renames that put something in place.
    """
    count: Counter[str] = Counter()
    found: dict[str, list[int]] = {call: [] for call in (*CALLS, SWAP)}
    for line in log.read_text("utf-8", "replace").splitlines():
        if match := _DONE.match(line):
            count[match["call"]] += 1
            if int(match["answer"]) >= 0:
                found[match["call"]].append(count[match["call"]])
            if _SWAP.match(line):
                found[SWAP].append(count["rename"])
    return found
