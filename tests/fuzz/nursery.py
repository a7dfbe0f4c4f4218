"""Real vigsite commands as processes of their own, without the second that each start would cost.

One process loads everything once; for each command it splits off another, which runs the command
line and can crash, hang, be killed and be measured like any other.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tests.conftest import ROOT

HUNG_S = 300
"""Whatever takes longer hangs."""
CRASHED = 70
"""Status of a command that ended with an exception."""
LOADED = ("vigsite.cli", "vigsite.build", "vigsite.foresee", "vigsite.withdraw", "vigsite.packing",
          "vigsite.audit.look", "vigsite.site.finish", "vigsite.site.mkdocs", "vigsite.pages.write",
          "vigsite.media.inprocess", "av", "material", "psutil")  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: int
    """Negative when a signal ended it."""
    out: str
    err: str
    time_s: float
    memory_bytes: int
    """The most that the process itself held at once."""

    @property
    def sound(self) -> bool:
        """Whether it was done, or refused in a sentence."""
        said = self.status in (0, 1, 2) and "Traceback" not in self.out + self.err
        return said and (self.status == 0 or bool(self.err.strip()))


class Nursery:
    """Runs commands one after the other."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.fuzz.nursery"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._answer() == "ready"

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline() or '"gone"')

    def run(
        self,
        arguments: Sequence[object],
        cwd: Path,
        kill_after_s: float | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Ran:
        """Runs `vigsite` with these arguments in a folder; kills it after a while if asked to.

        `meanwhile` is called a few times a second. Fails when it hangs.
        """
        said = [cwd.parent / f"{cwd.name}.{name}" for name in ("out", "err", "ended")]
        said[2].unlink(missing_ok=True)
        order = [list(map(str, arguments)), str(cwd), *map(str, said)]
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        number, began = int(self._answer()), time.monotonic()
        while not said[2].exists():
            passed = time.monotonic() - began
            if passed > (HUNG_S if kill_after_s is None else kill_after_s):
                with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                    os.kill(number, signal.SIGKILL)
                kill_after_s = HUNG_S
                assert passed < HUNG_S, f"hangs: vigsite {' '.join(order[0])}"
            meanwhile()
            time.sleep(0.01)
        code, memory = self._answer()
        out, err = (file.read_text("utf-8", "replace") for file in said[:2])
        return Ran(code, out, err, time.monotonic() - began, memory)

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextlib.contextmanager
def nursery() -> Iterator[Nursery]:
    """One that ends with the block."""
    started = Nursery()
    try:
        yield started
    finally:
        started.close()


def _split_off(arguments: list[str], cwd: str, out: str, err: str) -> NoReturn:
    """In the new process: the command line, as `python -m vigsite` runs it."""
    os.setsid()
    os.chdir(cwd)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number, path in ((1, out), (2, err)):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", closefd=False)
    sys.argv = ["vigsite", *arguments]
    code = CRASHED
    try:
        from vigsite.__main__ import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else CRASHED
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _serve() -> None:
    import importlib

    for name in LOADED:
        importlib.import_module(name)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        arguments, cwd, out, err, ended = json.loads(line)
        number = os.fork()
        if number == 0:
            _split_off(arguments, cwd, out, err)
        print(number, flush=True)
        _, code, used = os.wait4(number, 0)
        Path(ended).touch()
        print(json.dumps([os.waitstatus_to_exitcode(code), used.ru_maxrss * 1024]), flush=True)


if __name__ == "__main__":
    _serve()
