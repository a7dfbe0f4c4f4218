"""What a service of many families costs: every one of them a case of its own, really built.

Called by hosting.py. The cases differ in their words; their one clip is cut once and copied.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.helpers.counted_films import counted_film
from tests.helpers.families import Family, as_another_family, family
from tests.hosting.conftest import Hosting, _build, agreed, confs, days_on, ports, settings_for
from tests.hosting.servers import Serving, caddy, certificates, free_ports, nginx, program
from vigsite.building.request import Wish
from vigsite.case.editions import Edition
from vigsite.commands.audit import audit_place
from vigsite.hosting.checks.client import Answer, Ask, Place, Wire
from vigsite.hosting.families import Hosted, Register
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import hashed, open_until
from vigsite.hosting.settings import Server

DAYS = 180
TRIES = 5
MARK = "X-Reloaded"


def report(what: str, began: float, count: int = 1) -> None:
    """A line with how long something took, and how long each of several."""
    took = time.perf_counter() - began
    each = f" ({took / count:.2f} s each)" if count > 1 else ""
    print(f"{what}: {took:.2f} s{each}", flush=True)


def prepared(folder: Path, count: int, days: int) -> Hosting:
    """Families `case0` and so on, hosted for nginx; all have one film, cut once."""
    film = counted_film(folder / "film.mp4", "25", 8)
    first = agreed(family(folder / "cases" / "case0", film.path))
    first.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:03.5 - 0:07.5")
    _build(first.directory, Wish(quality="draft", out=folder / "sites"))
    for n in range(1, count):
        shutil.copytree(first.directory, folder / "cases" / f"case{n}")
        other = Family(folder / "cases" / f"case{n}")
        as_another_family(other.directory)
        other.change("1-tea/cycle.yml", "A smile", f"Smile number {n}")
        other.change("case.yml", "Featherstone", f"Featherstone{n:04}")
    out, certs = folder / "web", certificates(folder)
    hosting = Hosting(folder / "cases", out, settings_for("nginx", out, certs))
    began = time.perf_counter()
    hosting.run(*(f"case{n}" for n in range(count)), until=days)
    assert not hosting.failures, hosting.failures
    report(f"{count} families hosted the first time, for {days} days", began, count)
    return hosting


def scale(folder: Path, count: int, served: int, caddies: list[str]) -> None:
    """What grows with the number of families: `count` are built, and copied until `served`."""
    hosting = prepared(folder, count, DAYS)
    names = [f"case{n}" for n in range(count)]
    one_changed(folder, hosting, names)
    audited(hosting, names)
    began = time.perf_counter()
    assert not any(one.touched for one in hosting.run(*names, until=DAYS))
    report(f"{count} families again, nothing changed", began, count)
    filled(hosting, served)
    sizes(hosting)
    served_by_nginx(folder, hosting)
    for binary in caddies:
        served_by_caddy(folder, hosting, binary)


def filled(hosting: Hosting, served: int) -> None:
    """Further families whose sites are copies, under names and with passphrases of their own."""
    began, tree, register = time.perf_counter(), hosting.tree, hosting.register
    real, today = list(register.families.items()), dt.date.today()
    for n in range(len(real), served):
        slug = register.new_slug()
        register.families[f"copy{n}"] = Hosted(slug, today, days_on(DAYS), handed=True)
        shutil.copytree(
            tree.site(real[n % len(real)][1].slug), tree.site(slug), copy_function=os.link
        )
        hosting.words[f"copy{n}"] = f"six-words-of-{n}"
        secret = hashed(hosting.words[f"copy{n}"], Server.NGINX)
        open_until(tree, Server.NGINX, slug, secret, today, days_on(DAYS))
    register.keep()
    report(f"{served - len(real)} copies of sites opened, {len(real)} built", began)


def sizes(hosting: Hosting) -> None:
    """Of configuration, password files and sites."""
    tree = hosting.tree
    names = sum(len(list(day.iterdir())) for _, day in tree.days())
    print(f"nginx: {_kilobytes(tree.nginx.parent):.1f} KB of configuration; {names} names of")
    print(f"password files take {_taken(tree.passwords):.1f} MB, sites {_taken(tree.sites):.0f} MB")


def _kilobytes(place: Path) -> float:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1024


def _taken(place: Path) -> float:
    said = subprocess.run(["du", "-sk", place], capture_output=True, text=True, check=True)
    return int(said.stdout.split()[0]) / 1024


def one_changed(folder: Path, hosting: Hosting, names: list[str]) -> None:
    """The real command for one family of many, and that no other's file was touched."""
    name = names[len(names) // 2]
    said = Family(folder / "cases" / name)
    said.change("1-tea/cycle.yml", "Ash looks up", "Ash looks up at you")
    before = _seen(hosting.tree.server)
    command = [sys.executable, "-m", "vigsite", "host", str(said.directory), "--draft"]
    began = time.perf_counter()
    subprocess.run(
        [*command, "--out", str(hosting.out), "--until", str(days_on(DAYS))],
        check=True,
        capture_output=True,
    )
    report(f"`vigsite host {name}` after its words changed", began)
    after = _seen(hosting.tree.server)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    slug = hosting.slug(name)
    assert changed, "the change must be seen"
    assert all(slug in path for path in changed), sorted(changed)
    print(f"of {len(after)} files {len(changed)} changed, all of the one family", flush=True)
    began = time.perf_counter()
    (access,) = hosting.run(name, until=DAYS)
    assert not access.touched
    report("the same again, nothing changed", began)


def _seen(place: Path) -> dict[str, tuple[int, ...]]:
    """Each file's number, size and times: whatever wrote to it shows in these."""
    found: dict[str, tuple[int, ...]] = {}
    for path in place.rglob("*"):
        if path.is_file():
            seen = path.stat()
            found[str(path)] = (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    return found


def audited(hosting: Hosting, names: list[str]) -> None:
    """Every hosted site, looked through once more with its case beside it."""
    began = time.perf_counter()
    for name in names:
        place = hosting.tree.site(hosting.slug(name))
        found = audit_place(place, hosting.cases / name, Edition.KEEPSAKE).findings
        assert not found, found
    report(f"{len(names)} sites audited", began, len(names))


def served_by_nginx(folder: Path, hosting: Hosting) -> None:
    """How soon nginx answers, how soon it answers anew after a reload, and what it holds."""
    written, home = confs(hosting), folder / "run-nginx"
    began = time.perf_counter()
    with nginx(written, home, *ports(hosting), workers=2) as serving:
        slugs = _few(hosting.register)
        _answers(hosting, serving, slugs)
        report("nginx: until it answers", began)
        _right_ones_only(hosting, serving, slugs)
        print(f"nginx: {serving.memory_kb() / 1024:.0f} MB of memory")
        command = [program("nginx"), "-t", "-c", str(home / "nginx.conf")]
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        report("nginx: nginx -t", began)
        config = home / "vigsite.conf"
        text = config.read_text()

        def reload(n: int) -> None:
            line = "server_tokens off;\n    autoindex"
            assert line in text
            config.write_text(text.replace(line, f'add_header {MARK} "{n}" always;\n    {line}'))
            serving.process.send_signal(signal.SIGHUP)

        _reloads("nginx: reload, until the new configuration answers", reload, hosting, serving)


def _few(register: Register) -> dict[str, str]:
    """Some families by chance, with their random names on the server."""
    names = random.Random(7).sample(sorted(register.families), min(8, len(register.families)))
    return {name: register.families[name].slug for name in names}


def _ask(
    hosting: Hosting, serving: Serving, slug: str, login: tuple[str, str], method: str = "GET"
) -> Answer:
    host = hosting.register.settings.host(slug)
    authority = str(Path(str(hosting.settings["certificate"])).parent / "ca.pem")
    place = Place(host, serving.port, serving.http_port, "127.0.0.1", authority)
    return Wire(place).ask(Ask("/cycle-1.html", method, login), paced=False)


def _answers(hosting: Hosting, serving: Serving, slugs: dict[str, str]) -> None:
    name, slug = next(iter(slugs.items()))
    deadline = time.monotonic() + 120
    while _ask(hosting, serving, slug, ("family", hosting.words[name])).status != 200:
        assert time.monotonic() < deadline, "nobody was let in"
        time.sleep(0.05)


def _right_ones_only(hosting: Hosting, serving: Serving, slugs: dict[str, str]) -> None:
    """Each of them gets in by its own passphrase and by no other's."""
    known = list(slugs.items())
    for (name, slug), (other, _) in zip(known, known[1:] + known[:1], strict=True):
        assert _ask(hosting, serving, slug, ("family", hosting.words[name])).status == 200
        theirs = 200 if hosting.words[other] == hosting.words[name] else 401
        assert _ask(hosting, serving, slug, ("family", hosting.words[other])).status == theirs


def _reloads(what: str, reload: Callable[[int], None], hosting: Hosting, serving: Serving) -> None:
    """The median of some reloads, each until an answer carries its mark."""
    name, slug = next(iter(_few(hosting.register).items()))
    login, took = ("family", hosting.words[name]), []
    for n in range(TRIES):
        began = time.perf_counter()
        reload(n)
        while True:  # refused before any password is looked at, which would take its own time
            if _ask(hosting, serving, slug, login, "POST").headers.get(MARK.lower()) == str(n):
                break
            assert time.perf_counter() - began < 180, "the new configuration never answered"
            time.sleep(0.01)
        took.append(time.perf_counter() - began)
    print(
        f"{what}: median {statistics.median(took):.2f} s of {TRIES}, at most {max(took):.2f} s, "
        f"then {serving.memory_kb() / 1024:.0f} MB of memory",
        flush=True,
    )


def served_by_caddy(folder: Path, hosting: Hosting, binary: str) -> None:
    """The same sites under the same names, with Caddy's own lines, and a passphrase for all."""
    said = subprocess.run([binary, "version"], capture_output=True, text=True, check=True).stdout
    version = f"Caddy {said.split()[0].lstrip('v')}"
    newer = "Caddyfile" if said.lstrip("v").startswith(("2.6", "2.7")) else "Caddyfile-2.8"
    out = folder / f"web-{version.split()[1]}"
    settings = settings_for("caddy", out, certificates(folder / f"tls-{version.split()[1]}"))
    big = Hosting(hosting.cases, out, settings)
    big.run()
    big.register.families = hosting.register.families
    tree, secret, today = Tree(out), hashed("some words", Server.CADDY), dt.date.today()
    for name, one in hosting.register.families.items():
        shutil.copytree(hosting.tree.site(one.slug), tree.site(one.slug), copy_function=os.link)
        open_until(tree, Server.CADDY, one.slug, secret, today, days_on(DAYS))
        big.words[name] = "some words"
    print(f"{version}: {_kilobytes(tree.caddy):.0f} KB of configuration")
    config, home = tree.caddy / newer, folder / f"run-{version.split()[1]}"
    slugs = _few(big.register)
    for what in ("until it answers", "restarted, until it answers"):
        began = time.perf_counter()
        with caddy(config, home, *ports(big), binary=binary) as serving:
            _answers(big, serving, slugs)
            report(f"{version}: {what}", began)
            print(f"{version}: {serving.memory_kb() / 1024:.0f} MB of memory", flush=True)
            _right_ones_only(big, serving, slugs)
    _reloaded_by_port(big, config, home, binary, version)


def _reloaded_by_port(big: Hosting, config: Path, home: Path, binary: str, version: str) -> None:
    """A reload needs the port for orders, which our configuration shuts; opened here to compare."""
    (port,) = free_ports(1)
    text = config.read_text().replace("admin off", f"admin 127.0.0.1:{port}")
    header = "\t\t-Server\n"
    assert header in text
    config.write_text(text)
    with caddy(config, home, *ports(big), binary=binary) as serving:
        _answers(big, serving, _few(big.register))

        def reload(n: int) -> None:
            config.write_text(text.replace(header, f'\t\t{MARK} "{n}"\n{header}'))
            command = [binary, "reload", "--adapter", "caddyfile", "--config", str(config)]
            environment = {**os.environ, "HOME": str(home)}
            done = subprocess.run(
                [*command, "--address", f"127.0.0.1:{port}"],
                capture_output=True,
                text=True,
                env=environment,
                check=False,
            )
            assert done.returncode == 0, done.stderr

        _reloads(f"{version}: reload by a port, until it answers anew", reload, big, serving)
