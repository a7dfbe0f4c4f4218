"""Requests as nobody's browser would send them, to one address only, and not too many.

A passphrase goes only to a server that has shown the certificate of the name it is asked by.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

MOST_REQUESTS = 600
MOST_SECONDS = 240.0
PER_SECOND = 18.0
AT_FIRST = 40
"""Both below what the server's own limit lets through: 20 a second, 60 at once."""
_WAIT = 40.0
_BODY = 32 << 20
_SLOW_DOWN = 429
_PATIENCE = 4
"""How often it is asked again."""


class Enough(Exception):
    """The check has asked as much, or taken as long, as it may."""


@dataclass(frozen=True, slots=True)
class Place:
    """The address that was named."""

    host: str
    port: int = 443
    http_port: int = 80
    at: str = ""
    """The machine to connect to, where it is not what the host's name leads to."""
    authority: str = ""
    """A file with the certificate of a private authority; empty for the public ones."""

    @property
    def named(self) -> str:
        """The host as a browser names it in its request."""
        return self.host if self.port == 443 else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    path: str
    method: str = "GET"
    login: tuple[str, str] | None = None
    """User and passphrase; whoever is told has proven to be the host named in the handshake."""
    headers: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
    """Whether over http, without TLS."""
    sni: str | None = None
    """The host named in the handshake, where it is another; empty for none at all."""
    host: str | None = None
    """The Host header, where it is another."""
    old: bool = False
    """Whether by HTTP/1.0."""
    tls: ssl.TLSVersion | None = None
    """The only version of TLS to offer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 when the server would not talk at all."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in small letters; several values of one name are joined by a comma."""
    body: bytes = b""
    seconds: float = 0.0
    why: str = ""
    """Why there was no answer."""


class _Old(http.client.HTTPConnection):
    """A connection by HTTP/1.0."""

    _http_vsn = 10
    _http_vsn_str = "HTTP/1.0"


@dataclass(slots=True)
class Wire:
    """Asks, and counts; safe to use from several threads."""

    place: Place
    asked: int = 0
    started: float = field(default_factory=time.monotonic)
    _next: float = 0.0
    """When the next request would be due if all went at the same pace."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, ask: Ask, *, paced: bool = True) -> Answer:
        """The answer to one request; asks again, later, when told to slow down.

        Raises Enough when it must not ask any more.
        """
        attempt = 0
        while True:
            self._count(paced)
            answer = self._once(ask)
            if time.monotonic() - self.started > MOST_SECONDS:
                raise Enough  # it was hung up on, and may be half an answer
            attempt += 1
            if not paced or answer.status != _SLOW_DOWN or attempt == _PATIENCE:
                return answer
            time.sleep(1.5 * attempt)

    def _count(self, paced: bool) -> None:
        with self._lock:
            now = time.monotonic()
            if self.asked >= MOST_REQUESTS or now - self.started > MOST_SECONDS:
                raise Enough
            self.asked += 1
            if paced:
                self._next = max(now - AT_FIRST / PER_SECOND, self._next) + 1 / PER_SECOND
            turn = self._next if paced else now
        time.sleep(max(0.0, turn - now))

    def _once(self, ask: Ask) -> Answer:
        if ask.login is not None and (ask.plain or ask.sni == ""):
            raise ValueError("a passphrase may only be said to a server that is known")
        began = time.perf_counter()
        port = self.place.http_port if ask.plain else self.place.port
        link = (_Old if ask.old else http.client.HTTPConnection)(
            self.place.at or self.place.host, port, timeout=_WAIT
        )
        try:
            with contextlib.ExitStack() as crew:
                crew.callback(link.close)
                link.sock = socket.create_connection((link.host, port), _WAIT)
                crew.enter_context(self._hung_up_in_time(link))
                if not ask.plain:
                    sni = self.place.host if ask.sni is None else ask.sni
                    verified = ask.sni is None or ask.login is not None
                    link.sock = _context(self.place.authority, verified, ask.tls).wrap_socket(
                        link.sock, server_hostname=sni or None, do_handshake_on_connect=False
                    )
                    link.sock.do_handshake()
                began = time.perf_counter()
                link.putrequest(ask.method, ask.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self._headers(ask).items():
                    link.putheader(name, value)
                link.endheaders()
                got = link.getresponse()
                body = got.read(_BODY) if ask.method != "HEAD" else b""
                headers: dict[str, str] = {}
                for name, value in got.getheaders():
                    known = headers.get(name.lower())
                    headers[name.lower()] = f"{known}, {value}" if known else value
                return Answer(got.status, headers, body, time.perf_counter() - began)
        except (OSError, UnicodeError, http.client.HTTPException) as error:  # a name may be no name
            return Answer(0, seconds=time.perf_counter() - began, why=str(error) or repr(error))

    @contextlib.contextmanager
    def _hung_up_in_time(self, link: http.client.HTTPConnection) -> Iterator[None]:
        """Ends a connection when the whole check has to end, however slowly a server speaks."""

        def hang_up() -> None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(link.sock, socket.SHUT_RDWR)

        left = self.started + MOST_SECONDS - time.monotonic()
        timer = threading.Timer(max(left, 0.1), hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _headers(self, ask: Ask) -> dict[str, str]:
        found = {"Host": self.place.named if ask.host is None else ask.host}
        if ask.login is not None:
            said = base64.b64encode(":".join(ask.login).encode()).decode()
            found["Authorization"] = f"Basic {said}"
        return {**found, "Connection": "close", **ask.headers}


@lru_cache(maxsize=16)
def _context(authority: str, verified: bool, version: ssl.TLSVersion | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=authority or None)
    if not verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if version is not None:
        with warnings.catch_warnings():  # the old versions are offered to see them refused
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = version
        context.set_ciphers("ALL:@SECLEVEL=0")
    return context
