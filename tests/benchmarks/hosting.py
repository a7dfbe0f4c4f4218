"""How much nginx serves behind a passphrase, and what a service of many families costs.

    python tests/benchmarks/hosting.py speed            needs nginx and wrk
    python tests/benchmarks/hosting.py scale [REAL]     needs nginx and Caddy; REAL cases are built

`speed` asks 127.0.0.1 alone, for some seconds: parts of a film with the limit for requests off, as
fast as wrk can; then pages of one family from 127.0.0.1 while connections from 127.0.0.2 send wrong
passwords, with the limit on and with it off. `scale` measures configuration, start, reload and
memory with 1,000 families (whose sites are one site under many names), and REAL families really
built (100 when left out): the first time, again with nothing changed, again with one changed.
"""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import os
import re
import shutil
import signal
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.families import family
from tests.films import counted_film
from tests.hosting.conftest import Hosting, _build, agreed, confs, ports, settings_for
from tests.hosting.servers import DOMAIN, caddy, certificates, free_ports, nginx, program
from vigsite.hosting.passwords import flush, hashed, open_until
from vigsite.hosting.settings import Server
from vigsite.hosting.tree import Tree
from vigsite.order import Wish

LIMIT = "limit_req zone=vigsite burst=60 nodelay;"
SECONDS = 4
FAMILIES = 1000


def speed(folder: Path) -> None:
    """Parts of films a second, and pages a second under a flood."""
    hosting = prepared(folder, 1)
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


def link(port: int, source: str) -> http.client.HTTPSConnection:
    """A connection from an address of this machine."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(
        "127.0.0.1", port, timeout=30, source_address=(source, 0), context=context
    )


def pages(host: str, port: int, login: tuple[str, str]) -> float:
    """Pages a second that one family gets, one after the other, from 127.0.0.1."""
    said = base64.b64encode(":".join(login).encode()).decode()
    headers = {"Host": host, "Authorization": f"Basic {said}"}
    time.sleep(4)  # until the limit has forgotten what was asked before
    one, got, began = link(port, "127.0.0.1"), 0, time.perf_counter()
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

    def __init__(self, host: str, port: int, connections: int) -> None:
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
        one, n = link(port, "127.0.0.2"), 0
        while not self._over.is_set():
            n += 1
            said = base64.b64encode(f"family:wrong-{n}".encode()).decode()
            one.request("GET", "/", headers={"Host": host, "Authorization": f"Basic {said}"})
            one.getresponse().read()
            self.sent += 1
        one.close()


def prepared(folder: Path, count: int) -> Hosting:
    """Families `case0` and so on, hosted for nginx; all have one film, cut once."""
    film = counted_film(folder / "film.mp4", "25", 8)
    first = agreed(family(folder / "cases" / "case0", film.path))
    first.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:00.5 - 0:07.5")
    _build(first.directory, Wish(quality="draft", out=folder / "sites"))
    for n in range(1, count):
        shutil.copytree(first.directory, folder / "cases" / f"case{n}")
    out, certs = folder / "web", certificates(folder)
    hosting = Hosting(folder / "cases", out, settings_for("nginx", out, certs))
    began = time.perf_counter()
    hosting.run(*(f"case{n}" for n in range(count)))
    assert not hosting.failures, hosting.failures
    report(f"{count} families hosted the first time", began)
    return hosting


def report(what: str, began: float) -> None:
    """A line with how long something took."""
    print(f"{what}: {time.perf_counter() - began:.2f} s", flush=True)


def scale(folder: Path, real: int) -> None:
    """What grows with the number of families."""
    hosting = prepared(folder, real)
    names = [f"case{n}" for n in range(real)]
    began = time.perf_counter()
    assert not any(one.touched for one in hosting.run(*names))
    report(f"{real} families again, nothing changed", began)
    notes = folder / "cases" / "case3" / "1-tea" / "cycle.yml"
    notes.write_text(notes.read_text("utf-8").replace("A smile", "A grin"), "utf-8")
    began = time.perf_counter()
    touched = [one.name for one in hosting.run(*names) if one.touched]
    assert touched == ["case3"]
    report(f"{real} families again, one changed", began)
    began = time.perf_counter()
    hosting.run("case3")
    report("one family alone, nothing changed", began)
    many(folder, hosting, Server.NGINX)
    many(folder, hosting, Server.CADDY)


def many(folder: Path, hosting: Hosting, server: Server) -> None:
    """1,000 families, their sites all one site under many names."""
    out = folder / f"many-{server}"
    settings = settings_for(server, out, certificates(folder / "tls" / server))
    big = Hosting(hosting.cases, out, settings)
    big.run("case0", until=180)
    tree, site = Tree(out), big.tree.site(big.slug("case0"))
    today, secret = dt.date.today(), hashed("some words", server)
    began = time.perf_counter()
    for n in range(FAMILIES):
        slug = f"family{n:06}"
        shutil.copytree(site, tree.site(slug), copy_function=os.link)
        open_until(tree, server, slug, secret, today, today + dt.timedelta(days=180))
    flush(tree)
    report(f"{server}: passwords of {FAMILIES} families for 180 days", began)
    place = tree.nginx.parent if server is Server.NGINX else tree.caddy
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    print(f"{server}: {size / 1024:.0f} KB of configuration")
    if server is Server.NGINX:
        entries = sum(len(list(day.iterdir())) for _, day in tree.days())
        blocks = subprocess.run(
            ["du", "-sk", tree.passwords], capture_output=True, text=True, check=True
        ).stdout.split()[0]
        print(f"{server}: {entries} names of password files take {int(blocks) / 1024:.1f} MB")
        run = nginx(confs(big), folder / "run-nginx", *ports(big), workers=2)
    else:
        run = caddy(tree.caddy / "Caddyfile", folder / "run-caddy", *ports(big))
    began = time.perf_counter()
    with run as serving:
        report(f"{server}: until it answers", began)
        print(f"{server}: {serving.memory_kb() / 1024:.0f} MB of memory")
        if server is Server.NGINX:
            command = [program("nginx"), "-t", "-c", str(serving.home / "nginx.conf")]
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            report("nginx: nginx -t", began)
            serving.process.send_signal(signal.SIGHUP)


def main() -> None:
    """Runs what was asked for, in a folder that is deleted afterwards."""
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory(prefix="vigsite-hosting-") as folder:
        if what == "speed":
            speed(Path(folder))
        elif what == "scale":
            scale(Path(folder), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
        else:
            print(__doc__)


if __name__ == "__main__":
    main()
