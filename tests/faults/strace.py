"""Faults at exact places: strace counts a process's calls, and fails or kills it at the k-th."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import need

CALLS = ("rename", "fsync", "unlink", "unlinkat", "rmdir", "mkdir", "write")
"""What changes a disk."""
_STRACE = ["strace", "-f", "-qq"]
_QUICK = [*_STRACE, "--seccomp-bpf"]
"""Other calls are not slowed down; strace 6.1 then forgets to send signals, though."""
_DONE = re.compile(r"^\d+ +(?P<call>\w+)\(.*\) += (?P<answer>-?\d+)")


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

    def __str__(self) -> str:
        place = f" of {self.path.name}" if self.path else ""
        return f"{self.call} {self.number}{'+' if self.onwards else ''}{place} {self.fault}"


def tracing(command: Sequence[str], log: Path) -> list[str]:
    """The command under strace, its calls written to `log`."""
    return [*_QUICK, "-o", str(log), "-e", f"trace={','.join(CALLS)}", *command]


def reached(log: Path) -> dict[str, list[int]]:
    """Of each call, the numbers of those that did something, as the first thread counts."""
    lines = log.read_text("utf-8", "replace").splitlines()
    first = lines[0].split()[0]
    count: Counter[str] = Counter()
    found: dict[str, list[int]] = {call: [] for call in CALLS}
    for line in lines:
        match = _DONE.match(line)
        if match is None or line.split()[0] != first:
            continue
        count[match["call"]] += 1
        if int(match["answer"]) >= 0:
            found[match["call"]].append(count[match["call"]])
    return found


def injecting(command: Sequence[str], point: Point) -> list[str]:
    """The command, which meets a fault at a point."""
    when = f"{point.number}{'+' if point.onwards else ''}"
    only = ["-P", str(point.path)] if point.path else []
    inject = f"inject={point.call}:{point.fault}:when={when}"
    trace = f"trace={point.call}"
    strace = _STRACE if point.fault.startswith("signal") else _QUICK
    return [*strace, *only, "-o", "/dev/null", "-e", trace, "-e", inject, *command]
