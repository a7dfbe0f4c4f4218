"""The server: a built site on 127.0.0.1, for one browser of this machine."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import Receive, Scope, Send

from vigsite.errors import VigsiteError
from vigsite.local_server import reload_page
from vigsite.local_server.access_token import Doorway
from vigsite.local_server.site_files import SiteFolder

HOST = "127.0.0.1"
_FIRST_PAGE = "deck.html"
_START_S = 20.0
_STOP_S = 3.0


class Presentation:
    """A site that is being served. `opening_address` works once, `address` until the end."""

    def __init__(self, site: Path, port: int, place: str, *, watched: bool) -> None:
        first = reload_page.FIRST_PAGE if watched else _FIRST_PAGE
        self._doorway = Doorway(port, f"{first}{place}")
        self._folder = SiteFolder(site)
        self._watched = watched
        self._stopping = threading.Event()
        frames = ("SAMEORIGIN", "'self'") if watched else ("DENY", "'none'")
        self._headers = {
            "cache-control": "no-store",
            "content-security-policy": f"frame-ancestors {frames[1]}",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "x-frame-options": frames[0],
        }

    @property
    def address(self) -> str:
        """Of the deck; whoever knows it can look at everything."""
        return self._doorway.address

    @property
    def opening_address(self) -> str:
        """Leads to `address`, once."""
        return self._doorway.opening_address

    def stop(self) -> None:
        """Lets streams come to their end."""
        self._stopping.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def hardened(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                more = ((k.encode(), v.encode()) for k, v in self._headers.items())
                message["headers"] = [*message["headers"], *(h for h in more if h[0] not in there)]
            await send(message)

        if scope["type"] != "http":
            return
        try:
            await self._answer(scope, receive, hardened)
        except HTTPException as refused:
            words = "Not found\n" if refused.status_code == 404 else f"{refused.detail}\n"
            answer = PlainTextResponse(words, refused.status_code, refused.headers)
            await answer(scope, receive, hardened)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if there := self._doorway.redirect(request):
            return await RedirectResponse(there, 303)(scope, receive, send)
        name = self._doorway.name_asked(request)
        if self._watched:
            around = reload_page.page_around(
                name, request.method, self._folder, self._stopping.is_set
            )
            if around is not None:
                return await around(scope, receive, send)
        await self._folder.answer(name, scope, receive, send)


@contextlib.contextmanager
def presented(
    site: Path, port: int = 0, place: str = "", *, watched: bool = False
) -> Iterator[Presentation]:
    """Serves `site` while the block runs, on a free port when `port` is 0.

    The deck opens at a `place` in it, such as `#slide-3`.

    Raises VigsiteError when the port cannot be used.
    """
    with _listening(port) as listener:
        presentation = Presentation(site, listener.getsockname()[1], place, watched=watched)
        config = uvicorn.Config(
            presentation,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",  # addresses hold the token; a log would keep it
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="presentation", daemon=True
        )
        thread.start()
        try:
            _wait_for(server, thread)
            yield presentation
        finally:
            presentation.stop()
            server.should_exit = True
            thread.join(_STOP_S)


def _listening(port: int) -> socket.socket:
    """A socket on 127.0.0.1 that nobody else can take over."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "nt":  # there SO_REUSEADDR would let another program listen on the same port
        listener.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        reason = (
            "may only be used by the administrator"
            if isinstance(error, PermissionError)
            else "is in use by another program"
        )
        raise VigsiteError(
            f"Port {port} {reason}. Name another with --port, or leave --port out: "
            "then a free one is found."
        ) from error
    return listener


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + _START_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise VigsiteError(
                "The deck could not be served on this machine. Open deck.html of the built review "
                "edition instead: it works without a server, too."
            )
        time.sleep(0.01)
