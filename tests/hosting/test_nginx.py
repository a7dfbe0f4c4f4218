"""The real nginx, asked by host-check: as it is configured, and with one fault at a time."""

from __future__ import annotations

import base64
import datetime as dt
import shutil
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import need
from tests.hosting.conftest import Hosting, confs, ports
from tests.hosting.servers import DOMAIN, Serving, free_ports, nginx, there, trusting
from vigsite.hosting.checks.check import Report, check_gone, check_host
from vigsite.hosting.checks.client import Ask, Wire
from vigsite.hosting.checks.target import Other

Change = Callable[[str, Hosting], str]


def test_everything_holds(for_nginx: Hosting, nginx_running: Serving) -> None:
    """Some four hundred facts, two hundred and more of them about who gets in."""
    report = check_host(for_nginx.target("ash", *ports(for_nginx)))
    assert report.findings == []
    assert report.notes == []
    assert report.total >= 400
    who = ("passwords", "cookie", "entrances", "ways out", "doors")
    assert sum(report.held[topic] for topic in who) >= 200
    assert report.requests <= 520, report.requests


def test_the_log_names_nobody(for_nginx: Hosting, nginx_running: Serving) -> None:
    wire = Wire(for_nginx.target("ash", *ports(for_nginx)).place)
    assert wire.ask(Ask("/cycle-1.html", login=("family", for_nginx.words["ash"]))).status == 200
    assert wire.ask(Ask("/cycle-1.html", login=("family", "wrong"))).status == 401
    logged = "".join(path.read_text() for path in nginx_running.home.glob("vigsite*.log"))
    assert " 401 GET" in logged
    for name in (for_nginx.slug("ash"), "127.0.0.1", "cycle-1", "family"):
        assert name not in logged


def test_who_asks_wrongly_is_told_no_version(for_nginx: Hosting, nginx_running: Serving) -> None:
    """Such requests reach no family's part of the configuration."""
    for port, said in zip(
        ports(for_nginx), (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"?\r\n\r\n"), strict=True
    ):
        with socket.create_connection(("127.0.0.1", port), 30) as link:
            link.sendall(said)
            answer = b"".join(iter(lambda: link.recv(4096), b""))
        assert b"400 Bad Request" in answer
        assert b"nginx/" not in answer


def test_the_other_family_is_not_reached_over_a_connection_of_ours(
    for_nginx: Hosting, nginx_running: Serving
) -> None:
    """Once let in by one name, another name on the same connection is asked anew."""
    one, port = for_nginx.target("ash", *ports(for_nginx)), ports(for_nginx)[0]
    assert one.other
    context = trusting(Path(one.place.authority))
    with (
        socket.create_connection(("127.0.0.1", port), 30) as plain,
        context.wrap_socket(plain, server_hostname=one.place.host) as link,
    ):
        said = base64.b64encode(":".join(one.login).encode()).decode()
        for host, expected in ((one.place.host, b"200"), (one.other.host, b"401")):
            ask = f"HEAD / HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {said}\r\n\r\n"
            link.sendall(ask.encode())
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += link.recv(4096)
            assert answer.split()[1] == expected


def test_the_limit_is_for_a_whole_network(for_nginx: Hosting, tmp_path: Path) -> None:
    """Whoever has one address of IPv6 has a /64 of them, and is counted once."""
    port, http_port = free_ports(2)
    written = at_ports(confs(for_nginx), for_nginx, port, http_port)
    told = "set_real_ip_from 127.0.0.1; real_ip_header X-From; add_header X-Counted"
    written["vigsite.conf"] = swap("gzip off;", f"gzip off; {told} $vigsite_asking always;")(
        written["vigsite.conf"], for_nginx
    )
    with nginx(written, tmp_path / "run", port, http_port):
        wire = Wire(for_nginx.target("ash", port, http_port).place)

        def counted(address: str) -> str:
            return wire.ask(Ask("/", "POST", headers={"X-From": address})).headers["x-counted"]

        for same, other in (
            (("2001:db8:1:2::5", "2001:db8:1:2:a:b:c:d"), "2001:db8:1:3::5"),
            (("2001:db8::5", "2001:db8::ffff:7"), "2001:db9::5"),
        ):
            assert counted(same[0]) == counted(same[1]) != counted(other)
        mapped = {counted(f"::ffff:192.0.2.{n}") for n in range(3)}
        assert len(mapped) == 3


def at_ports(
    written: dict[str, str], hosting: Hosting, port: int, http_port: int
) -> dict[str, str]:
    """The configuration for other ports, so that servers can run side by side."""
    new = dict(zip(map(str, ports(hosting)), map(str, (port, http_port)), strict=True))
    new |= {"{c}": str(hosting.settings["certificate"]), "{k}": str(hosting.settings["key"])}

    def changed(text: str) -> str:
        for old, other in new.items():
            text = text.replace(old, other)
        return text

    return {name: changed(text) for name, text in written.items()}


def swap(old: str, new: str) -> Change:
    def change(text: str, _hosting: Hosting) -> str:
        assert old in text, old
        return text.replace(old, new)

    return change


def _one_file_for_all(text: str, hosting: Hosting) -> str:
    folder = hosting.out / "server" / "passwords" / dt.date.today().isoformat()
    together = hosting.out / "together"
    ash, elm = ((folder / hosting.slug(name)).read_text() for name in ("ash", "elm"))
    together.write_text(ash + elm.replace("family:", "elm:"))
    old = f"{hosting.settings['folder']}/passwords/$vigsite_today/$slug"
    return swap(old, str(together))(text, hosting)


def _alias(text: str, hosting: Hosting) -> str:
    place = f"{hosting.settings['folder']}/sites/$slug/site/assets/"
    added = f"location ^~ /assets {{ alias {place}; }}\n    location / {{ return 404; }}"
    return swap("location / { return 404; }", added)(text, hosting)


def _strangers(text: str, hosting: Hosting) -> str:
    certificate = "ssl_certificate {c}; ssl_certificate_key {k};"
    shaken = swap("ssl_reject_handshake on;", certificate)(text, hosting)
    return swap("return 444;", 'return 200 "hello";')(shaken, hosting)


def _open_if(told: str, matches: str) -> Change:
    """Nobody is asked for a password where a request says something else."""
    asked = (
        f'set $told "{told}"; set $asked "Private"; if ($told ~ "{matches}") {{ set $asked off; }}'
    )
    return swap('auth_basic "Private";', f"{asked} auth_basic $asked;")


FILES = {
    "old TLS": ["vigsite.conf", "strangers.conf"],
    "strangers are answered": ["strangers.conf"],
}
"""The files a fault is in, where it is not `vigsite.conf`; nginx takes TLS from the first server."""
FILMS = "error_page 418 = @remembered;"
LIST = "location / { return 404; }"
MUTANTS: dict[str, tuple[Change, str]] = {
    "films without a password": (
        swap(FILMS, FILMS + " auth_basic off;"),
        "no password, for a clip",
    ),
    "pictures without a password": (
        swap(LIST, LIST + " location ~ [.]jpg$ { auth_basic off; }"),
        "wrong password, for a picture",
    ),
    "a password beside return": (
        swap(LIST, LIST + ' location = /cycle-1.html { auth_basic "P"; return 200 "hello"; }'),
        "no password, for a page",
    ),
    "a network that needs no password": (
        swap('auth_basic "Private";', 'auth_basic "Private"; satisfy any; allow all;'),
        "no password, for the first page",
    ),
    "one password file for all": (_one_file_for_all, "the other family's password, for a clip"),
    "an alias without a slash": (_alias, "ways out: /assets../index.html"),
    "lists of folders": (swap("autoindex off", "autoindex on"), "lists: /media/"),
    "no headers on errors": (swap(" always;", ";"), "Content-Security-Policy on 404"),
    "headers lost where one was added": (
        swap(FILMS, FILMS + ' add_header X-Film "yes";'),
        "X-Robots-Tag on 206",
    ),
    "links are followed": (swap("disable_symlinks on", "disable_symlinks off"), "planted files"),
    "every kind of file": (swap(LIST, "location / { }"), "kinds of files: /case.yml"),
    "passwords over http": (
        swap("return 301 https://$host", "return 302 http://$host"),
        "a page over http",
    ),
    "old TLS": (
        swap(
            "ssl_protocols TLSv1.2 TLSv1.3;",
            "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0;",
        ),
        "TLS 1.1",
    ),
    "no parts of films": (swap("gzip off;", "gzip off; max_ranges 0;"), "bytes=0-1"),
    "it says its version": (swap("server_tokens off", "server_tokens on"), "no version on 401"),
    "no limit": (swap("limit_req zone=vigsite burst=60 nodelay;", ""), "too many requests"),
    "other sites may read": (
        swap("gzip off;", "gzip off; add_header Access-Control-Allow-Origin * always;"),
        "no Access-Control-Allow-Origin on 200",
    ),
    "answers may be kept": (
        swap("private, no-store", "public, max-age=3600"),
        "Cache-Control on 200",
    ),
    "a cookie for any password": (
        swap("Set-Cookie $vigsite_cookie;", "Set-Cookie $vigsite_cookie always;"),
        "cookie: none with a wrong password",
    ),
    "a cookie that scripts may read": (swap(" HttpOnly;", ""), "cookie: Safari gets one"),
    "a cookie that is not checked": (
        swap(
            "if ($vigsite_remembered) { return 418; }",
            'set $asked "P"; if ($vigsite_remembered) { set $asked off; } auth_basic $asked;',
        ),
        "the other family's cookie, for a film",
    ),
    "a cookie that opens the first page alone": (
        _open_if("$request_uri$http_cookie", "^/__Host"),
        "entrances: / with the right cookie",
    ),
    "any cookie opens the first page": (
        _open_if("$request_uri$http_cookie", "^/session"),
        "entrances: / with any cookie",
    ),
    "a cookie that opens a second page": (
        _open_if("$request_uri$http_cookie", "^/cycle-1.html__Host"),
        "entrances: /cycle-1.html with the right cookie",
    ),
    "a picture that nobody guards": (
        _open_if("$request_uri", "480.jpg$"),
        "480.jpg with no password",
    ),
    "a method that nobody guards": (
        _open_if("$request_method", "HEAD"),
        "entrances: HEAD / with no password",
    ),
    "an old protocol": (_open_if("$server_protocol", "HTTP/1.0"), "by HTTP/1.0"),
    "an address spelled otherwise": (
        _open_if("$request_uri", "//"),
        "entrances: //index.html without a password",
    ),
    "letters by their numbers": (
        _open_if("$request_uri", "%69"),
        "entrances: /%69ndex.html without a password",
    ),
    "a question": (_open_if("$request_uri", "mp4[?]"), "mp4?a without a password"),
    "a network that anybody can name": (
        _open_if("$http_x_forwarded_for", "127.0.0.1"),
        "the server itself as the asker",
    ),
    "a name in capitals": (
        _open_if("$http_host", "FILMS"),
        "entrances: the Host",
    ),
    "films of no kind": (swap("video/mp4 mp4;", ""), "video/mp4 is called so"),
    "strangers are answered": (_strangers, "a handshake with no name"),
}


@pytest.fixture(scope="module")
def mutants(for_nginx: Hosting, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """What host-check finds in each server with one fault, side by side."""
    planted = for_nginx.tree.site(for_nginx.slug("ash")) / "media" / "planted.jpg"
    other = for_nginx.tree.site(for_nginx.slug("elm"))
    planted.symlink_to(next((other / "media").glob("*.jpg")))
    free = free_ports(2 * len(MUTANTS))  # all at once, or two would be given the same
    ports = dict(zip(MUTANTS, zip(free[::2], free[1::2], strict=True), strict=True))

    def report(name: str) -> Report:
        home = tmp_path_factory.mktemp("mutant")
        written, (port, http_port) = confs(for_nginx), ports[name]
        for file in FILES.get(name, ["vigsite.conf"]):
            written[file] = MUTANTS[name][0](written[file], for_nginx)
        with nginx(at_ports(written, for_nginx, port, http_port), home, port, http_port):
            target = for_nginx.target("ash", port, http_port, never=("/media/planted.jpg",))
            if name == "one password file for all":
                login = ("elm", for_nginx.words["elm"])
                target = replace(target, other=Other(f"{for_nginx.slug('elm')}.{DOMAIN}", login))
            return check_host(target)

    try:
        with ThreadPoolExecutor(len(MUTANTS)) as crew:
            return dict(zip(MUTANTS, crew.map(report, MUTANTS), strict=True))
    finally:
        planted.unlink()


@pytest.mark.parametrize("name", MUTANTS)
def test_each_fault_is_found(mutants: dict[str, Report], name: str) -> None:
    report = mutants[name]
    assert any(MUTANTS[name][1] in finding for finding in report.findings), report.findings
    assert report.total > 250


def test_a_copy_one_level_off_is_told_apart_from_an_old_one(
    for_nginx: Hosting, tmp_path: Path
) -> None:
    """`rsync server SERVER:…` without the slash puts the folder into the folder."""
    port, http_port = free_ports(2)
    written = at_ports(confs(for_nginx), for_nginx, port, http_port)
    folder = str(for_nginx.settings["folder"])
    moved = {name: text.replace(folder, str(Path(folder).parent)) for name, text in written.items()}
    with nginx(moved, tmp_path / "run", port, http_port):
        report = check_host(for_nginx.target("ash", port, http_port))
    assert len(report.findings) == 1
    assert "not into a server/ in it" in report.findings[0]


def test_after_the_last_day_nobody_gets_in(for_nginx: Hosting, tmp_path: Path) -> None:
    need("faketime", there("faketime"))
    port, http_port = free_ports(2)
    written = at_ports(confs(for_nginx), for_nginx, port, http_port)
    target = for_nginx.target("ash", port, http_port)
    with nginx(written, tmp_path / "last", port, http_port, clock="+30d"):
        assert Wire(target.place).ask(Ask("/", login=target.login)).status == 200
        assert check_gone(target).findings
    with nginx(written, tmp_path / "after", port, http_port, clock="+31d"):
        wire = Wire(target.place)
        answers = [wire.ask(Ask(path, login=login)).status
                   for path in ("/", "/index.html", "/media/cycle-1-moment-1.mp4")
                   for login in (target.login, None, ("family", "wrong"))]  # fmt: skip
        assert answers == [403] * 9
        assert check_gone(target).findings == []


def test_who_is_revoked_gets_nothing_without_a_reload(
    for_nginx: Hosting, tmp_path: Path, hosted_cases: Path
) -> None:
    """And the other family does not notice."""
    out = tmp_path / "web"
    shutil.copytree(for_nginx.out, out)
    port, http_port = free_ports(2)
    moved = {**for_nginx.settings, "folder": str(out / "server")}
    hosting = Hosting(hosted_cases, out, {**moved, "https_port": port, "http_port": http_port})
    hosting.words = dict(for_nginx.words)
    hosting.run()
    target, elm = (hosting.target(name, port, http_port) for name in ("ash", "elm"))
    with nginx(confs(hosting), tmp_path / "run", port, http_port):
        assert Wire(target.place).ask(Ask("/", login=target.login)).status == 200
        hosting.run(revoke=("ash",))
        report = check_gone(target)
        assert report.findings == []
        assert report.total >= 50
        wire = Wire(target.place)
        assert wire.ask(Ask("/media/cycle-1-moment-1.mp4", login=target.login)).status == 403
        assert Wire(elm.place).ask(Ask("/", login=elm.login)).status == 200
    left = [path for path in hosting.tree.server.rglob("*") if target.place.host[:12] in str(path)]
    assert left == []
