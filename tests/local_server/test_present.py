"""`vigsite present`: builds, serves, follows what is saved, and stops when told to."""

from __future__ import annotations

import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.families import Family
from tests.local_server.served import Client, presenting

ENDINGS = [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGINT, signal.SIGTERM]


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Waits for it."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "never came true"
        time.sleep(0.1)


@pytest.mark.parametrize("number", ENDINGS)
def test_it_builds_the_review_serves_it_and_stops(
    ash: Family, tmp_path: Path, number: signal.Signals
) -> None:
    with presenting(ash.directory, "--cycle", "1-tea", cwd=tmp_path) as run:
        client = Client(run.address)
        assert run.address.endswith("/deck.html#slide-1")
        site = tmp_path / "sites/ash/review"
        for path in site.rglob("*"):
            if path.is_file():
                got = client.get(path.relative_to(site).as_posix())
                assert (got.status, got.body) == (200, path.read_bytes())
        assert client.get("present.html").status == 404
        assert not (tmp_path / "sites/ash/keepsake").exists()
        assert run.end(number) == 0
    assert run.err[-1] == "Stopped. The address does not work any more.\n"
    assert "ash" not in "".join(run.err)
    with (
        pytest.raises(ConnectionRefusedError),
        socket.create_connection(("127.0.0.1", client.port), 2),
    ):
        pass


def test_a_case_with_faults_is_not_shown(ash: Family, vigsite: Vigsite) -> None:
    ash.change("1-tea/cycle.yml", "still: 0:03.0", "still: soon")
    done = vigsite("present", ash.directory, "--no-open")
    assert done.status == 2
    assert "cycle.yml:" in done.err
    assert "http" not in done.out + done.err


def test_what_nobody_agreed_to_is_not_shown(ash: Family, vigsite: Vigsite) -> None:
    ash.change("case.yml", "for: [review, keepsake, supervision]", "for: [keepsake]")
    ash.change("case.yml", "for: [review]", "for: [keepsake]")
    done = vigsite("present", ash.directory, "--no-open", "--draft")
    assert done.status == 1
    assert "the review cannot be built" in done.err
    assert "http" not in done.out


def test_a_port_in_use_is_a_sentence(ash: Family, vigsite: Vigsite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = vigsite("present", ash.directory, "--draft", "--no-open", "--port", port)
    assert done.status == 1
    assert f"Port {port} is in use by another program. Name another with --port" in done.err


def test_a_port_can_be_chosen(ash: Family, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    with presenting(ash.directory, "--port", str(port), cwd=tmp_path) as run:
        assert Client(run.address).port == port


def test_it_follows_what_is_saved_and_no_request_fails(ash: Family, tmp_path: Path) -> None:
    site = tmp_path / "sites/ash/review"
    with presenting(ash.directory, "--watch", cwd=tmp_path) as run:
        client = Client(run.address)
        assert client.get("present.html").status == 200
        before = (site / "deck.html").read_bytes()
        ash.change("1-tea/cycle.yml", "Ash looks up", "Ash looks at you")
        asked = 0
        end = time.monotonic() + 60
        while (got := client.get("deck.html")).body == before or asked < 100:
            assert time.monotonic() < end
            assert got.status == 200
            assert client.get("media/cycle-1-moment-1.mp4").status == 200
            asked += 1
        assert b"Ash looks at you" in got.body
        assert got.body == (site / "deck.html").read_bytes()
        until(lambda: "ash: built again; the deck shows it now.\n" in run.out)
        assert run.end() == 0


def test_a_fault_is_said_and_the_deck_stays(ash: Family, tmp_path: Path) -> None:
    with presenting(ash.directory, "--watch", cwd=tmp_path) as run:
        client = Client(run.address)
        before = client.get("deck.html").body
        ash.change("1-tea/cycle.yml", "title: A smile", "titel: A smile")
        until(lambda: any("stays as it was" in line for line in run.err))
        assert "did you mean" in "".join(run.err).lower()
        assert client.get("deck.html").body == before
        ash.change("1-tea/cycle.yml", "titel: A smile", "title: A smile together")
        until(lambda: b"A smile together" in client.get("deck.html").body)
        assert run.end(ENDINGS[0]) == 0


def test_it_ends_when_somebody_no_longer_agrees(ash: Family, tmp_path: Path) -> None:
    with presenting(ash.directory, "--watch", cwd=tmp_path) as run:
        withdrawn = "- {person: ash, for: [review], withdrawn: 2026-03-01}\n  - {person: nan"
        ash.change("case.yml", "- {person: nan", withdrawn)
        assert run.process.wait(60) == 1
        assert not (tmp_path / "sites/ash/review").exists()
    assert "the review cannot be built" in "".join(run.err)
    assert "Traceback" not in "".join(run.err)


def test_it_ends_when_another_run_takes_the_site_away(
    ash: Family, tmp_path: Path, vigsite: Vigsite
) -> None:
    with presenting(ash.directory, cwd=tmp_path) as run:
        withdrawn = "- {person: ash, for: [review], withdrawn: 2026-03-01}\n  - {person: nan"
        ash.change("case.yml", "- {person: nan", withdrawn)
        vigsite("build", ash.directory, "--draft")
        assert run.process.wait(30) == 1
    assert "not there any more" in "".join(run.err)


def test_it_waits_for_another_run(ash: Family, tmp_path: Path) -> None:
    from vigsite.records.case_folder import Records

    with presenting(ash.directory, "--watch", cwd=tmp_path) as run:
        client = Client(run.address)
        with Records(ash.directory).locked():
            ash.change("1-tea/cycle.yml", "A smile", "A long smile")
            time.sleep(3)
        until(lambda: b"A long smile" in client.get("deck.html").body)
        assert "another vigsite" not in "".join(run.err)
        assert run.end() == 0
