"""Real Dask programs on this machine, and a case that is built with their help."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_WAITS = "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"
"""How long a build waits for a scheduler or a worker: Dask's own setting."""
IMPATIENT = {_WAITS: "3s"}


@contextmanager
def running(*words: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Dask program, ended at the end."""
    started = subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def until(there: Callable[[], bool]) -> None:
    """Waits for something that surely comes, however busy the machine is."""
    give_up = time.monotonic() + 120
    while not there():
        assert time.monotonic() < give_up
        time.sleep(0.05)


@contextmanager
def scheduler_in(folder: Path, scheme: str = "tcp", **variables: str) -> Iterator[str]:
    """A scheduler's address, as vigsite is given it."""
    told = folder / "scheduler.json"
    own = ("--host", f"{scheme}://127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter")
    with running("scheduler", *own, "--scheduler-file", str(told), **variables):
        until(lambda: told.exists() and '"address"' in told.read_text())
        address = told.read_text().partition(f'"address": "{scheme}://')[2].partition('"')[0]
        yield f"{'dask' if scheme == 'tcp' else scheme}://{address}"


@dataclass(frozen=True)
class Place:
    """A folder with a case and its sites, built at home."""

    root: Path
    sites: dict[str, str]

    def build(self, *more: str, **variables: str) -> subprocess.Popen[str]:
        """A build in draft quality that has begun."""
        return subprocess.Popen(
            [sys.executable, "-m", "vigsite", "build", "cases/ash", "--draft", *more],
            cwd=self.root,
            env={**os.environ, _WAITS: "120s", **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def done(self, *more: str, **variables: str) -> tuple[int, str]:
        """Status and words of a build."""
        builds = self.build(*more, **variables)
        return self.ended(builds)

    def ended(self, builds: subprocess.Popen[str]) -> tuple[int, str]:
        """Its status and words; whatever happened, no temporary file is left."""
        said, _ = builds.communicate(timeout=240)
        assert "Traceback" not in said, said
        assert not list(self.scratch.iterdir())
        return builds.returncode, said

    @property
    def scratch(self) -> Path:
        return self.root / "cases/ash/.vigsite/tmp"

    def forget_clips(self) -> None:
        """So that all are made anew."""
        shutil.rmtree(self.root / "cases/ash/.vigsite/cache")
