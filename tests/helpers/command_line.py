"""Runs vigsite's commands: the real ones, as forks of one process where only the start is spared."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.forks import Forks

_HARMLESS = {"COLUMNS"}
"""Variables that Python's start does not read."""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


def run_command(
    arguments: Sequence[object],
    cwd: Path,
    variables: Mapping[str, str] | None = None,
    around: Sequence[str] = (),
) -> Done:
    """Runs `vigsite` with these arguments in a folder, without anybody at the keyboard.

    A process of its own where variables may change how Python starts, where another program runs
    it (`around`), and on other systems than Linux. Fails on a traceback.
    """
    environ = {**os.environ, **(variables or {})}
    if around or set(variables or ()) - _HARMLESS or sys.platform != "linux":
        done = subprocess.run(
            [*around, sys.executable, "-m", "vigsite", *map(str, arguments)],
            cwd=cwd,
            env=environ,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        ended = Done(done.returncode, done.stdout, done.stderr)
    else:
        forks = _forks()
        found = forks.end(forks.begin(arguments, cwd, environ, whole=True))
        ended = Done(found.status, found.out, found.err)
    assert "Traceback" not in ended.err, ended.err
    return ended


@lru_cache(maxsize=1)
def _forks() -> Forks:
    """The process that forks, started when it is first needed, for as long as the tests run."""
    from tests.faults.forks import forking

    folder = tempfile.TemporaryDirectory(prefix="vigsite-forks-")
    running = forking(Path(folder.name))
    forks = running.__enter__()
    atexit.register(folder.cleanup)
    atexit.register(running.__exit__, None, None, None)
    return forks
