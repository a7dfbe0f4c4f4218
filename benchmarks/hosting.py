"""How much nginx serves behind a passphrase, and what a service of many families costs.

    python benchmarks/hosting.py speed                    needs nginx and wrk
    python benchmarks/hosting.py scale [COUNT [SERVED [CADDY]]]    needs nginx and Caddy

`speed` asks 127.0.0.1 alone, for some seconds: parts of a film with the limit for requests off, as
fast as wrk can; then pages of one family from 127.0.0.1 while connections from 127.0.0.2 send wrong
passwords, with the limit on and with it off. `scale` builds COUNT families (1,000 when left out),
copies their sites until there are SERVED, and measures what grows with them: hosting_scale.py. CADDY
is another Caddy's program, to be compared.
"""

from __future__ import annotations

import base64
import http.client
import re
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.hosting_scale import prepared, scale
from tests.hosting.conftest import Hosting, confs, ports, settings_for
from tests.hosting.servers import DOMAIN, caddy, certificates, free_ports, nginx, program

LIMIT = "limit_req zone=vigsite burst=60 nodelay;"
SECONDS = 4


def speed(folder: Path, hosting: Hosting) -> None:
    """Parts of films a second, and pages a second under a flood."""
    login = ("family", hosting.words["case0"])
    host = f"{hosting.slug('case0')}.{DOMAIN}"
    for name, old in (("with the limit", ""), ("without", LIMIT)):
        port, http_port = free_ports(2)
        text = confs(hosting)["vigsite.conf"].replace(old or "\0", "")
        for before, after in zip(ports(hosting), (port, http_port), strict=True):
            text = text.replace(str(before), str(after))
        with nginx({"vigsite.conf": text}, folder / "run", port, http_port, workers=2) as serving:
            if old:
                rates, then = [wrk(host, port, login) for _ in range(3)], serving.cpu_seconds()
                rates.append(wrk(host, port, login))
                each = (serving.cpu_seconds() - then) / (rates[-1] * SECONDS)
                print(
                    f"64 KB parts of a film a second, 8 connections: {statistics.median(rates):.0f}"
                )
                print(f"each takes {each * 1000:.2f} ms of a core, so two could do {2 / each:.0f}")
            for attackers in (4, 40):
                calm = pages(host, port, login)
                with Flood(host, port, attackers) as flood:
                    stormy = pages(host, port, login)
                print(
                    f"{name}: {calm:.1f} pages a second, {stormy:.1f} ({stormy / calm:.0%}) while "
                    f"{attackers} connections sent {flood.sent / flood.seconds:.0f} wrong ones a second"
                )


def speed_of_caddy(folder: Path, hosting: Hosting) -> None:
    """Pages a second under a flood of wrong passwords, then of user names that are not there."""
    certs = certificates(folder / "tls-caddy")
    served = Hosting(
        hosting.cases, folder / "web-caddy", settings_for("caddy", folder / "web-caddy", certs)
    )
    served.run("case0")
    host, login = f"{served.slug('case0')}.{DOMAIN}", ("family", served.words["case0"])
    with caddy(served.tree.caddy / "Caddyfile", folder / "run-caddy", *ports(served)):
        for user in ("family", "nobody"):
            for attackers in (4, 40):
                calm = pages(host, ports(served)[0], login)
                with Flood(host, ports(served)[0], attackers, user) as flood:
                    stormy = pages(host, ports(served)[0], login)
                print(
                    f"Caddy: {calm:.0f} pages a second, {stormy:.1f} while {attackers} connections "
                    f"sent {flood.sent / flood.seconds:.0f} wrong ones a second as {user}",
                    flush=True,
                )


def wrk(host: str, port: int, login: tuple[str, str]) -> float:
    """Requests a second for the first 64 KB of a film."""
    said = base64.b64encode(":".join(login).encode()).decode()
    headers = {"Host": host, "Authorization": f"Basic {said}", "Range": "bytes=0-65535"}
    command = [program("wrk"), "-t1", "-c8", f"-d{SECONDS}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    url = f"https://127.0.0.1:{port}/media/cycle-1-moment-1.mp4"
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in done, done
    found = re.search(r"Requests/sec:\s+([\d.]+)", done)
    assert found, done
    return float(found[1])


class Link(http.client.HTTPSConnection):
    """A connection to this machine under a family's name, from one of its loopback addresses."""

    def __init__(self, host: str, port: int, source: str) -> None:
        super().__init__(host, port, timeout=30)
        self.source = source

    def connect(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), 30, (self.source, 0))
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def pages(host: str, port: int, login: tuple[str, str]) -> float:
    """Pages a second that one family gets, one after the other, from 127.0.0.1."""
    said = base64.b64encode(":".join(login).encode()).decode()
    headers = {"Host": host, "Authorization": f"Basic {said}"}
    time.sleep(4)  # until the limit has forgotten what was asked before
    one, got, began = Link(host, port, "127.0.0.1"), 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        one.request("GET", "/cycle-1.html", headers=headers)
        answer = one.getresponse()
        answer.read()
        got += answer.status == 200
        if answer.status == 429:
            time.sleep(0.05)
    one.close()
    return got / (time.perf_counter() - began)


class Flood:
    """Connections from 127.0.0.2 that send one wrong password after the other."""

    def __init__(self, host: str, port: int, connections: int, user: str = "family") -> None:
        self.user = user
        self.sent = 0
        self.seconds = 0.0
        self._over = threading.Event()
        self._crew = [
            threading.Thread(target=self._send, args=(host, port)) for _ in range(connections)
        ]

    def __enter__(self) -> Flood:
        for thread in self._crew:
            thread.start()
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._began
        self._over.set()
        for thread in self._crew:
            thread.join()

    def _send(self, host: str, port: int) -> None:
        one, n = Link(host, port, "127.0.0.2"), 0
        while not self._over.is_set():
            n += 1
            said = base64.b64encode(f"{self.user}:wrong-{n}".encode()).decode()
            one.request("GET", "/", headers={"Host": host, "Authorization": f"Basic {said}"})
            one.getresponse().read()
            self.sent += 1
        one.close()


def main() -> None:
    """Runs what was asked for, in a folder that is deleted afterwards."""
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory(prefix="vigsite-hosting-") as folder:
        if what == "speed":
            hosting = prepared(Path(folder), 1, days=30)
            speed(Path(folder), hosting)
            speed_of_caddy(Path(folder), hosting)
        elif what == "scale":
            count, served = ([int(n) for n in sys.argv[2:4]] + [1000, 1000])[:2]
            scale(Path(folder), count, max(count, served), [program("caddy"), *sys.argv[4:]])
        else:
            print(__doc__)


if __name__ == "__main__":
    main()
