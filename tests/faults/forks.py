"""Runs vigsite's commands as forks of one process that has imported everything already."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.strace import attached, need_strace

LONGEST_S = 300
_PROGRAM = Path(__file__).with_name("ready.py")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    """Minus the signal, if one ended it."""
    err: str
    out: str = ""
    time_s: float = 0
    memory_bytes: int = 0
    """The most that the process itself held at once."""

    @property
    def sound(self) -> bool:
        """Whether it was done, or refused in a sentence."""
        said = self.status in (0, 1, 2) and "Traceback" not in self.out + self.err
        return said and (self.status == 0 or bool(self.err.strip()))


@dataclass
class Forks:
    """The process that forks, and where what its forks say is put."""

    server: subprocess.Popen[str]
    folder: Path

    def ask(self, order: Mapping[str, object], within_s: float | None = None) -> Any:
        """Gives an order; what it answered. Raises TimeoutError."""
        assert self.server.stdin
        assert self.server.stdout
        print(json.dumps(order), file=self.server.stdin, flush=True)
        if not select.select([self.server.stdout], [], [], within_s)[0]:
            raise TimeoutError
        return json.loads(self.server.stdout.readline())

    def begin(
        self,
        arguments: Sequence[object],
        cwd: Path,
        variables: Mapping[str, str],
        gate: Path | None = None,
        *,
        whole: bool = False,
    ) -> int:
        """Starts a command; its process id. With a gate it waits until that is opened.

        The variables are its whole environment, or are added to that of the tests' start.
        """
        return int(
            self.ask(
                {
                    "arguments": list(map(str, arguments)),
                    "cwd": str(cwd),
                    "variables": dict(variables),
                    "whole": whole,
                    "gate": str(gate) if gate else "",
                    "out": str(self.folder / "out"),
                    "err": str(self.folder / "err"),
                }
            )
        )

    def end(self, pid: int) -> Ended:
        """Waits for a command. One that hangs is killed, and fails the test."""
        try:
            status, memory = self.ask({"wait": pid}, LONGEST_S)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            raise
        ended = self._ended(status, 0, memory)
        assert "Traceback" not in ended.err, ended.err
        return ended

    def _ended(self, status: int, time_s: float, memory: int) -> Ended:
        err, out = ((self.folder / name).read_text("utf-8", "replace") for name in ("err", "out"))
        return Ended(status, err, out, time_s, memory)

    def watch(
        self,
        arguments: Sequence[object],
        cwd: Path,
        kill_after_s: float | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Ended:
        """Runs a command, however it may end; kills it after a while if asked to.

        `meanwhile` is called a few times a second. Fails when the command hangs.
        """
        began, pid = time.monotonic(), self.begin(arguments, cwd, {})
        while (ended := self.ask({"wait": pid, "now": True})) is None:
            passed = time.monotonic() - began
            if passed > (LONGEST_S if kill_after_s is None else kill_after_s):
                os.kill(pid, signal.SIGKILL)
                kill_after_s = None
                assert passed < LONGEST_S, f"hangs: vigsite {arguments}"
            meanwhile()
            time.sleep(0.01)
        return self._ended(ended[0], time.monotonic() - began, ended[1])

    def run(
        self,
        arguments: Sequence[str],
        cwd: Path,
        variables: Mapping[str, str],
        strace: Sequence[str] = (),
    ) -> Ended:
        """Runs a command, with these options under strace."""
        if not strace:
            return self.end(self.begin(arguments, cwd, variables))
        need_strace()
        gate = self.folder / "gate"
        if not gate.exists():
            os.mkfifo(gate)
        pid = self.begin(arguments, cwd, variables, gate)
        with attached(strace, pid):
            gate.open("w").close()
            return self.end(pid)


@contextlib.contextmanager
def forking(folder: Path) -> Iterator[Forks]:
    """Starts it, for as long as it is needed."""
    with subprocess.Popen(
        [sys.executable, str(_PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C ends the tests, and they end it
    ) as server:
        yield Forks(server, folder)
        assert server.stdin
        server.stdin.close()
