"""Runs vigsite's commands as forks of one process that has imported everything already."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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


@dataclass
class Forks:
    """The process that forks, and where what its forks say is put."""

    server: subprocess.Popen[str]
    folder: Path

    def ask(self, order: Mapping[str, object], within_s: float | None = None) -> int:
        """Gives an order; what it answered. Raises TimeoutError."""
        assert self.server.stdin
        assert self.server.stdout
        print(json.dumps(order), file=self.server.stdin, flush=True)
        if not select.select([self.server.stdout], [], [], within_s)[0]:
            raise TimeoutError
        return int(self.server.stdout.readline())

    def begin(
        self,
        arguments: Sequence[str],
        cwd: Path,
        variables: Mapping[str, str],
        gate: Path | None = None,
    ) -> int:
        """Starts a command; its process id. With a gate it waits until that is opened."""
        return self.ask(
            {
                "arguments": list(arguments),
                "cwd": str(cwd),
                "variables": dict(variables),
                "gate": str(gate) if gate else "",
                "out": str(self.folder / "out"),
                "err": str(self.folder / "err"),
            }
        )

    def end(self, pid: int) -> Ended:
        """Waits for a command. One that hangs is killed, and fails the test."""
        try:
            status = self.ask({"wait": pid}, LONGEST_S)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            raise
        err = (self.folder / "err").read_text("utf-8", "replace")
        assert "Traceback" not in err, err
        return Ended(status, err, (self.folder / "out").read_text("utf-8", "replace"))

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
