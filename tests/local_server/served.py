"""A site that is served for a test, and a client that sends what no browser would."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Client:
    """Asks the server at an address, as its own browser would unless told otherwise."""

    address: str

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port
        return port

    @property
    def root(self) -> str:
        """The path of the site: the token between slashes."""
        return urlsplit(self.address).path.rsplit("/", 1)[0] + "/"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Asks for an exact path; underscores in names of headers stand for hyphens."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            link.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                link.putheader(name.replace("_", "-"), value)
            link.endheaders()
            got = link.getresponse()
            names = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, names, got.read())
        finally:
            link.close()

    def get(self, name: str, method: str = "GET", **headers: str) -> Answer:
        """Asks for a file of the site."""
        return self.ask(self.root + name, method, **headers)


@dataclass
class Running:
    """`vigsite present`, as a process of its own."""

    process: subprocess.Popen[str]
    address: str = ""
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    _readers: list[threading.Thread] = field(default_factory=list)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Sends a signal, and gives the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(30)
        for reader in self._readers:
            reader.join(10)
        assert "Traceback" not in "".join(self.err), self.err
        return status


_START = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from vigsite.cli import main; main()"
)
"""A test run in the background ignores Ctrl-C, and so would what it starts."""


@contextmanager
def presenting(case: Path, *options: str, cwd: Path) -> Iterator[Running]:
    """Runs `vigsite present CASE --draft --no-open` until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", _START, "present", str(case), "--draft", "--no-open", *options],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    run = Running(process)
    ready = threading.Event()

    def read(name: str) -> None:
        stream = process.stdout if name == "out" else process.stderr
        assert stream
        for line in stream:
            (run.out if name == "out" else run.err).append(line)
            if "the deck is at http" in line:
                run.address = line.split("the deck is at ")[1].strip()
            if "Stop with Ctrl-C" in line:
                ready.set()
        ready.set()

    for name in ("out", "err"):
        reader = threading.Thread(target=read, args=(name,), daemon=True)
        reader.start()
        run._readers.append(reader)
    try:
        assert ready.wait(120)
        assert run.address, run.err
        yield run
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(30)
        for stream in (process.stdout, process.stderr):
            assert stream
            stream.close()
