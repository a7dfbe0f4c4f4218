"""Who may ask the server for what: only a browser of this machine that was given the address.

Whatever listens on 127.0.0.1 can be reached by every program and every user of the machine, and by
every web page that a browser here has open. So the address holds a token that cannot be guessed;
a name that another site made point to 127.0.0.1 (DNS rebinding) is refused by the Host header, and
what other pages ask for by the Sec-Fetch headers, which every browser of today sends and no page
can change.
"""

from __future__ import annotations

import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request

_BYTES = 24
"""Of chance in a token: 192 bits."""


class Doorway:
    """Holds the token, and a key that lets one browser in, once."""

    def __init__(self, port: int, first_page: str) -> None:
        self._token = secrets.token_urlsafe(_BYTES)
        self._key = secrets.token_urlsafe(_BYTES)
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:
            self._hosts |= {"127.0.0.1", "localhost"}
        self._root = f"http://127.0.0.1:{port}"
        self._first_page = first_page

    @property
    def address(self) -> str:
        """Of the first page; whoever knows it can look at everything."""
        return f"{self._root}/{self._token}/{self._first_page}"

    @property
    def opening_address(self) -> str:
        """Leads to `address`, once: a browser is started with it.

        The command line of a program can be read by every user of a machine, so the token must
        not stand there.
        """
        return f"{self._root}/{self._key}"

    def redirect(self, request: Request) -> str | None:
        """Where the one-time key leads; None when something else was asked for."""
        self._refuse_strangers(request)
        first, more = _parts(request)
        if request.method != "GET" or more is not None:
            return None
        if not self._key or not _same(first, self._key):
            return None
        self._key = ""
        return self.address

    def name_asked(self, request: Request) -> str:
        """The file that is asked for, as its address within the site, not decoded.

        Raises HTTPException: 404 for whoever does not know the token, 405 for a method that is
        none of reading.
        """
        self._refuse_strangers(request)
        first, more = _parts(request)
        if not _same(first, self._token) or more is None:
            raise HTTPException(404)
        if request.method not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        return more

    def _refuse_strangers(self, request: Request) -> None:
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts or not _from_here(request):
            raise HTTPException(404)


def _from_here(request: Request) -> bool:
    """Whether no other page asks; being opened by a link or by hand in a tab of its own is fine."""
    headers = request.headers
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    return (
        headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    )


def _parts(request: Request) -> tuple[str, str | None]:
    """The first part of the path and the rest, None without one; nothing is decoded."""
    path = request.scope["raw_path"].decode("latin-1")
    if not path.startswith("/"):
        return "", None
    first, slash, more = path[1:].partition("/")
    return first, more if slash else None


def _same(given: str, wanted: str) -> bool:
    """Compares in a time that tells nothing about where they differ."""
    return secrets.compare_digest(given.encode("latin-1"), wanted.encode("latin-1"))
