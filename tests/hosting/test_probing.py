"""host-check itself: it asks one address only, not too often, and believes nothing it has not seen."""

from __future__ import annotations

import base64
import contextlib
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.hosting.servers import DOMAIN, certificates
from vigsite.hosting.checks.check import check_gone, check_host
from vigsite.hosting.checks.client import (
    AT_FIRST,
    MOST_REQUESTS,
    MOST_SECONDS,
    PER_SECOND,
    Answer,
    Ask,
    Enough,
    Place,
    Wire,
)
from vigsite.hosting.checks.other_entrances import door_probes
from vigsite.hosting.checks.probe import header, lacks, nothing_shown, status
from vigsite.hosting.checks.target import Other, Target


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A server without TLS that writes down what it is asked and sends everybody elsewhere."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.2:9/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_paths_go_out_as_they_are_and_nobody_is_followed(asked: tuple[int, list[str]]) -> None:
    port, paths = asked
    wire = Wire(Place("family.example.org", http_port=port, at="127.0.0.1"))
    for path in ("/../%2e%2e/etc/passwd", "/%c0%ae/\\..", "https://elsewhere.example/"):
        answer = wire.ask(Ask(path, plain=True))
        assert answer.status == 302
        assert paths[-1] == path
    assert wire.asked == len(paths) == 3


def test_it_stops_by_itself(asked: tuple[int, list[str]]) -> None:
    wire = Wire(Place("family.example.org", http_port=asked[0], at="127.0.0.1"))
    wire.asked = MOST_REQUESTS - 1
    wire.ask(Ask("/", plain=True))
    with pytest.raises(Enough):
        wire.ask(Ask("/", plain=True))
    late = Wire(wire.place, started=-1e9)
    with pytest.raises(Enough):
        late.ask(Ask("/", plain=True))
    assert len(asked[1]) == 1


def test_a_server_that_never_comes_to_an_end_is_hung_up_on() -> None:
    """A byte now and then keeps a connection open for ever, but not the check."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def trickle() -> None:
            link, _ = server.accept()
            with contextlib.suppress(OSError), link:
                link.sendall(b"HTTP/1.1 200 OK\r\n")
                while True:
                    link.sendall(b"X")
                    time.sleep(0.05)

        thread = threading.Thread(target=trickle)
        thread.start()
        place = Place("family.example.org", http_port=server.getsockname()[1], at="127.0.0.1")
        wire = Wire(place, started=time.monotonic() - MOST_SECONDS + 0.5)
        with pytest.raises(Enough):
            wire.ask(Ask("/", plain=True))
        thread.join()


def test_the_passphrase_goes_to_nobody_who_is_not_known(tmp_path: Path) -> None:
    """Neither in the clear, nor to whoever has another's certificate or an unknown one."""
    certs = certificates(tmp_path)
    host, login = f"maple.{DOMAIN}", ("family", "six words")
    heard: list[bytes] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certs.chain, certs.key)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    link, _ = server.accept()
                    with contextlib.suppress(OSError), context.wrap_socket(link, True) as shaken:
                        heard.append(shaken.recv(4096))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        port = server.getsockname()[1]
        strangers = Target(Place(host, port, port, "127.0.0.1"), login)
        assert check_host(strangers).findings, "its authority is not known"
        known = Wire(Place(host, port, port, "127.0.0.1", str(certs.authority)))
        known.ask(Ask("/", login=login, sni="elsewhere.example"))
        assert b"".join(heard) == b""
        for ask in (Ask("/", login=login, plain=True), Ask("/", login=login, sni="")):
            with pytest.raises(ValueError, match="a server that is known"):
                known.ask(ask)
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)
    said = base64.b64encode(":".join(login).encode()).decode()
    other = Other(f"birch.{DOMAIN}", login)
    target = Target(known.place, login, other, found={"mp4": "/a.mp4"}, clip=b"x" * 300)
    for one in door_probes(target):
        clear = one.ask.plain or one.ask.sni == ""
        assert not (clear and one.ask.login)
        assert said not in one.ask.headers.values()


def test_what_it_may_cost_is_said_the_same_everywhere(vigsite: Vigsite) -> None:
    said = (
        f"about 450 requests, {MOST_REQUESTS} at most, in half a minute to a minute, "
        f"{MOST_SECONDS / 60:.0f} minutes at most"
    )
    pages = (vigsite("host-check", "--help").out, Path("docs/hosting.md").read_text("utf-8"))
    for page in pages:
        assert said in " ".join(page.split())


def test_it_keeps_its_pace() -> None:
    wire = Wire(Place("family.example.org", at="127.0.0.1"))
    due = []
    for _ in range(AT_FIRST + 10):
        wire._count(paced=True)
        due.append(wire._next)
    assert due[-1] - due[AT_FIRST - 1] == pytest.approx(10 / PER_SECOND)


def test_nobody_there_is_said_in_a_sentence(vigsite: Vigsite, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    target = Target(Place("family.example.org", port, at="127.0.0.1"), ("family", "six words"))
    (finding,) = check_host(target).findings
    assert "is the server running" in finding
    assert check_gone(target).findings == [], "who does not answer shows nothing"
    done = vigsite("host-check", f"https://localhost:{port}/", "--gone", "--at", "127.0.0.1")
    assert done.status == 0
    assert "Nothing found that should not be." in done.out


def test_verdicts() -> None:
    """Tables of what counts as wrong; the words are what a person reads."""
    shown = Answer(200, {"content-type": "text/html"}, b"hello")
    assert nothing_shown(shown) == "answered 200 with 5 bytes, expected a refusal"
    assert nothing_shown(Answer(301)) != ""
    assert nothing_shown(Answer(404)) == nothing_shown(Answer(0)) == ""
    assert status(401)(shown) == "answered 200, expected 401"
    assert "expected 401 or no answer" in status(401, 0)(shown)
    assert header("Content-Type", "text/html")(shown) == ""
    assert "without 'charset'" in header("Content-Type", "charset")(shown)
    assert header("X-Frame-Options")(shown) == "is missing on 200"
    assert lacks("Content-Type")(shown) != ""
    assert lacks("Content-Type", ["/9"])(shown) == ""
