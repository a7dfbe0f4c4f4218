"""The server gives a site's files to whoever knows the address, and nothing to anybody else."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_server.served import Client
from vigsite.audit import finding
from vigsite.errors import VigsiteError
from vigsite.files.atomic import staging_for, swap_in
from vigsite.local_server.server import presented
from vigsite.local_server.site_files import KINDS

FILM = bytes(range(256)) * 1000
SITE = {
    "deck.html": b"<!doctype html><title>The deck</title>",
    "index.html": b"<!doctype html><title>Pages</title>",
    "assets/vig/deck.js": b"'use strict';",
    "assets/vig/vig.css": b"p{}",
    "assets/vig/icon.svg": b"<svg/>",
    "assets/vig/vendor/fraunces/latin-ext.woff2": b"wOF2",
    "assets/vig/vendor/fraunces/LICENSE.txt": b"OFL",
    "media/cycle-1-moment-1.mp4": FILM,
    "media/cycle-1-moment-1-640.jpg": b"\xff\xd8",
}
FILM_NAME = "media/cycle-1-moment-1.mp4"
NOT_FOUND = b"Not found\n"


def write(site: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    return site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with neighbours that nobody may read."""
    (tmp_path / "secret.html").write_bytes(b"secret")
    (tmp_path / "case.yml").write_bytes(b"secret")
    return write(tmp_path / "sites" / "ash" / "review", SITE)


@pytest.fixture
def client(site: Path) -> Iterator[Client]:
    with presented(site) as presentation:
        yield Client(presentation.address)


def test_every_file_comes_whole_and_as_what_it_is(client: Client) -> None:
    for name, content in SITE.items():
        got = client.get(name)
        assert (got.status, got.body) == (200, content), name
        assert got.headers["content-type"] == KINDS[Path(name).suffix]
        head = client.get(name, "HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-length"] == str(len(content))


def test_it_knows_every_kind_of_file_that_a_site_may_hold() -> None:
    assert set(KINDS) == finding.SITE.kinds


def test_headers_keep_it_to_this_browser(client: Client) -> None:
    for got in (client.get("deck.html"), client.get(FILM_NAME), client.ask("/")):
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["referrer-policy"] == "no-referrer"
        assert got.headers["cross-origin-resource-policy"] == "same-origin"
        assert got.headers["cross-origin-opener-policy"] == "same-origin"
        assert got.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in got.headers["content-security-policy"]
        assert "server" not in got.headers
        assert "access-control-allow-origin" not in got.headers


def test_the_token_is_long_and_new_each_time(site: Path) -> None:
    tokens = set()
    for _ in range(3):
        with presented(site) as presentation:
            tokens.add(Client(presentation.address).root)
    assert len(tokens) == 3
    assert all(re.fullmatch(r"/[A-Za-z0-9_-]{32}/", token) for token in tokens)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/deck.html",
        "/favicon.ico",
        "//deck.html",
        "*",
        "/x/deck.html",
        "/TOKEN",
        "/TOKENx/deck.html",
        "/TOKE/deck.html",
        "/token/deck.html",
        "/x/TOKEN/deck.html",
        "/?TOKEN/deck.html",
    ],
)
def test_without_the_token_nothing_is_there(client: Client, path: str) -> None:
    token = client.root.strip("/")
    asked = (
        path.replace("TOKEN", token).replace("TOKE", token[:-1]).replace("token", token.swapcase())
    )
    for method in ("GET", "POST"):
        got = client.ask(asked, method)
        assert (got.status, got.body) == (404, NOT_FOUND)
        assert token not in str(got.headers)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "media",
        "media/",
        ".",
        "..",
        "../secret.html",
        "../../../secret.html",
        "../../../case.yml",
        "assets/../deck.html",
        "%2e%2e/%2e%2e/%2e%2e/secret.html",
        "..%2f..%2f..%2fsecret.html",
        "..%5c..%5csecret.html",
        "..\\..\\..\\secret.html",
        "%252e%252e/secret.html",
        "deck%2ehtml",
        "deck.html%00.jpg",
        "deck.html/",
        "deck.html/x.html",
        "/deck.html",
        "//etc/hosts.html",
        "C:/secret.html",
        "deck.html::$DATA",
        "deck.html.",
        "DECK~1.HTM",
        ".hidden.html",
        ".git/config.txt",
        "assets/.hidden/x.js",
        "notes.yml",
        "deck.html;x",
        "d\xe9ck.html",
        "missing.html",
        "link.html",
        "linked/secret.html",
    ],
)
def test_nothing_but_the_files_of_the_site(client: Client, site: Path, name: str) -> None:
    write(site, {".hidden.html": b"x", ".git/config.txt": b"x", "notes.yml": b"x"})
    write(site, {"assets/.hidden/x.js": b"x"})
    outside = site.parent.parent.parent
    if os.name != "nt":
        os.symlink(outside / "secret.html", site / "link.html")
        os.symlink(outside, site / "linked")
    path = (client.root + name).encode("utf-8").decode("latin-1")
    with socket.create_connection(("127.0.0.1", client.port), 30) as raw:
        raw.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nConnection: close\r\n\r\n".encode(
                "latin-1"
            )
        )
        got = b"".join(iter(lambda: raw.recv(65536), b""))
    assert re.match(rb"HTTP/1.1 40[04] ", got), got
    assert b"secret" not in got
    assert b"The deck" not in got


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "LOCALHOST:{}"])
def test_its_own_names_are_answered(client: Client, host: str) -> None:
    assert client.get("deck.html", Host=host.format(client.port)).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{}", "127.0.0.1", "localhost", "127.0.0.1:1", "127.0.0.1.evil.example:{}",
     "[::1]:{}", "127.0.0.1:{}.evil.example", "0.0.0.0:{}", "2130706433:{}", "evil@127.0.0.1:{}", ""],
)  # fmt: skip
def test_a_foreign_name_for_this_machine_is_refused(client: Client, host: str) -> None:
    """A page of evil.example whose name was made to point here sends its own name as Host."""
    got = client.get("deck.html", Host=host.format(client.port))
    assert (got.status, got.body) == (404, NOT_FOUND)


def test_two_names_are_refused(client: Client) -> None:
    request = f"GET {client.root}deck.html HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nHost: evil.example\r\n\r\n"
    with socket.create_connection(("127.0.0.1", client.port), 30) as raw:
        raw.sendall(request.encode())
        assert re.match(rb"HTTP/1.1 40[04] ", raw.recv(65536))


@pytest.mark.parametrize(
    ("site_", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "no-cors", "video", 200),
        ("same-origin", "cors", "font", 200),
        ("cross-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 404),
        ("cross-site", "no-cors", "image", 404),
        ("cross-site", "cors", "empty", 404),
        ("same-site", "no-cors", "script", 404),
        ("same-site", "websocket", "websocket", 404),
    ],
)
def test_other_pages_may_open_it_in_a_tab_but_not_ask(
    client: Client, site_: str, mode: str, dest: str, status: int
) -> None:
    """Another port of this machine counts as the same site, and is no friend either."""
    got = client.get("deck.html", Sec_Fetch_Site=site_, Sec_Fetch_Mode=mode, Sec_Fetch_Dest=dest)
    assert got.status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X"])
def test_nothing_can_be_done_but_read(client: Client, method: str) -> None:
    got = client.get("deck.html", method)
    assert got.status == 405
    assert got.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, len(FILM)),
        ("bytes=0-99", 0, 100),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=255999-255999", len(FILM) - 1, len(FILM)),
        ("bytes=255000-999999", 255000, len(FILM)),
        ("bytes=-10", len(FILM) - 10, len(FILM)),
        ("bytes=-999999", 0, len(FILM)),
    ],
)
def test_a_part_of_a_film(client: Client, asked: str, first: int, end: int) -> None:
    got = client.get(FILM_NAME, Range=asked)
    assert got.status == 206
    assert got.headers["content-range"] == f"bytes {first}-{end - 1}/{len(FILM)}"
    assert got.headers["content-type"] == "video/mp4"
    assert got.body == FILM[first:end]


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-1000000", "bytes=-0"])
def test_a_part_beyond_the_end(client: Client, asked: str) -> None:
    got = client.get(FILM_NAME, Range=asked)
    assert got.status == 416
    assert got.headers["content-range"] == f"bytes */{len(FILM)}"
    assert got.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=x-y", "lines=1-2", "bytes", "bytes="])
def test_a_part_that_makes_no_sense(client: Client, asked: str) -> None:
    assert client.get(FILM_NAME, Range=asked).status == 400
    assert client.get(FILM_NAME).status == 200


def test_several_parts_at_once(client: Client) -> None:
    got = client.get(FILM_NAME, Range="bytes=0-9,300-309,-5")
    assert got.status == 206
    mark = got.headers["content-type"].split("boundary=")[1].encode()
    parts = [part.split(b"\r\n\r\n", 1)[1] for part in got.body.split(b"--" + mark)[1:-1]]
    assert [part.removesuffix(b"\r\n") for part in parts] == [FILM[:10], FILM[300:310], FILM[-5:]]


def test_a_part_only_of_the_film_that_was_seen_before(client: Client) -> None:
    seen = client.get(FILM_NAME, "HEAD").headers
    for mark in (seen["etag"], seen["last-modified"]):
        assert client.get(FILM_NAME, Range="bytes=0-9", If_Range=mark).status == 206
    got = client.get(FILM_NAME, Range="bytes=0-9", If_Range='"another"')
    assert (got.status, got.body) == (200, FILM)


def test_the_key_opens_once_and_is_not_the_token(site: Path) -> None:
    with presented(site) as presentation:
        client = Client(presentation.address)
        key = "/" + presentation.opening_address.rsplit("/", 1)[1]
        assert client.root.strip("/") not in presentation.opening_address
        assert client.ask(key + "/").status == 404
        assert client.ask(key + "/deck.html").status == 404
        assert client.ask(key, "HEAD").status == 404
        assert client.ask(key, Host="evil.example").status == 404
        first = client.ask(key)
        assert (first.status, first.headers["location"]) == (303, presentation.address)
        assert client.ask(key).status == 404


def test_a_port_in_use_is_said(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = f"Port {port} is in use by another program"
        with pytest.raises(VigsiteError, match=said), presented(site, port):
            pass


def test_it_listens_on_this_machine_alone_and_stops(site: Path) -> None:
    with presented(site) as presentation:
        port = Client(presentation.address).port
        others = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
        for address in others - {"127.0.0.1", "::1"}:
            with (
                pytest.raises(ConnectionRefusedError),
                socket.create_connection((address, port), 2),
            ):
                pass
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 2):
        pass


def test_no_request_meets_a_gap_while_the_site_is_swapped(client: Client, site: Path) -> None:
    """Every answer is whole, and one of the sites that were there."""
    films = [bytes([n]) * (200_000 + 1000 * n) for n in range(6)]
    done = threading.Event()
    swaps = 0

    def swap_again_and_again() -> None:
        nonlocal swaps
        while not done.is_set():
            film = films[swaps % len(films)]
            swap_in(write(staging_for(site), {**SITE, FILM_NAME: film}), site)
            swaps += 1

    swapper = threading.Thread(target=swap_again_and_again)
    swapper.start()
    try:
        number, end = 0, time.monotonic() + 60
        while number < 300 or (swaps <= 20 and time.monotonic() < end):
            number += 1
            if number % 3:
                got = client.get(FILM_NAME)
                assert got.status == 200
                assert got.body in (FILM, *films)
            else:
                assert client.get("deck.html").status == 200
    finally:
        done.set()
        swapper.join()
    assert swaps > 20


def test_a_site_that_was_taken_away_is_no_longer_shown(client: Client, site: Path) -> None:
    assert client.get("deck.html").status == 200
    shutil.rmtree(site)
    assert client.get("deck.html").status == 404
