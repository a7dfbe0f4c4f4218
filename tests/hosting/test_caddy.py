"""The real Caddy, asked by host-check: as it is configured, and with one fault at a time."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bcrypt
import pytest

from tests.conftest import need
from tests.hosting.conftest import Hosting, days_on, ports
from tests.hosting.servers import Serving, caddy, free_ports, there
from vigsite.hosting.passwords import closing_second
from vigsite.hosting.probing.check import Report, check_gone, check_host
from vigsite.hosting.probing.wire import Ask, Wire


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
    "strangers are answered": (
        "\tabort\n}\n\nhttp://",
        '\trespond "hello"\n}\n\nhttp://',
        "a handshake with elsewhere.example",
    ),
}


@pytest.fixture(scope="module")
def mutants(for_caddy: Hosting, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """What host-check finds in servers with one fault, and all of them with hashes too cheap."""

    def report(name: str) -> Report:
        home = tmp_path_factory.mktemp("mutant")
        port, http_port = free_ports(2)
        shutil.copytree(for_caddy.tree.caddy, home / "caddy")
        config = home / "caddy" / "Caddyfile"
        text = config.read_text()
        old, new, _ = MUTANTS[name]
        assert old in text, old
        text = text.replace(old, new)
        for before, after in zip(ports(for_caddy), (port, http_port), strict=True):
            text = text.replace(str(before), str(after))
        config.write_text(text)
        for family in ("ash", "elm"):
            secret = bcrypt.hashpw(for_caddy.words[family].encode(), bcrypt.gensalt(9, b"2a"))
            line = home / "caddy" / "families" / f"{for_caddy.slug(family)}.caddy"
            words = line.read_text().split()
            line.write_text(" ".join([*words[:3], secret.decode(), words[4]]) + "\n")
        with caddy(config, home, port, http_port):
            return check_host(for_caddy.target("ash", port, http_port))

    with ThreadPoolExecutor(len(MUTANTS)) as crew:
        return dict(zip(MUTANTS, crew.map(report, MUTANTS), strict=True))


@pytest.mark.parametrize("name", MUTANTS)
def test_each_fault_is_found(mutants: dict[str, Report], name: str) -> None:
    report = mutants[name]
    assert any(MUTANTS[name][2] in finding for finding in report.findings), report.findings
    assert report.total > 250


def test_a_cheap_hash_tells_who_there_is(mutants: dict[str, Report]) -> None:
    """Caddy takes as long for a user that is not there as the cost of 14 would."""
    findings = mutants["lists of folders"].findings
    assert any(finding.startswith("times: an unknown user") for finding in findings), findings


def test_after_the_last_day_nobody_gets_in(for_caddy: Hosting, tmp_path: Path) -> None:
    """Caddy cannot run under libfaketime (Go reads the clock itself): the line says a past day."""
    need("Caddy", there("caddy"))
    port, http_port = free_ports(2)
    shutil.copytree(for_caddy.tree.caddy, tmp_path / "caddy")
    config = tmp_path / "caddy" / "Caddyfile"
    text = config.read_text()
    for before, after in zip(ports(for_caddy), (port, http_port), strict=True):
        text = text.replace(str(before), str(after))
    config.write_text(text)
    for line in (tmp_path / "caddy" / "families").iterdir():
        words = line.read_text().split()
        assert int(words[4]) == closing_second(days_on(30))
        line.write_text(" ".join([*words[:4], str(closing_second(days_on(-1)))]) + "\n")
    target = for_caddy.target("ash", port, http_port)
    with caddy(config, tmp_path / "home", port, http_port):
        wire = Wire(target.place)
        answers = [
            wire.ask(Ask(path, login=login)).status
            for path in ("/", "/index.html", "/media/cycle-1-moment-1.mp4")
            for login in (target.login, None, ("family", "wrong"))
        ]
        assert answers == [410] * 9
        assert check_gone(target).findings == []


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
