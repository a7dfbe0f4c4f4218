"""With `--watch`: a page that holds the deck in a frame and loads it again after a rebuild.

The pages of a site may not ask for anything and stay byte for byte what is handed on, so the
asking is done by a page around them. It is never written into a site.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import anyio
from starlette.responses import Response, StreamingResponse

from vigsite.local_server.site_files import KINDS, SiteFolder

FIRST_PAGE = "present.html"
_PARTS = (FIRST_PAGE, "present.css", "present.js")
_STREAM = "changes"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LOOK_EVERY_S = 0.25
_BREATHE_EVERY = 60
"""Looks after which a line is sent all the same, so that a closed window is noticed."""


def page_around(
    name: str, method: str, folder: SiteFolder, stopping: Callable[[], bool]
) -> Response | None:
    """The answer for what belongs to the page around the deck; None for any other name."""
    if name in _PARTS:
        part = Path(__file__).with_name(name)
        return Response(
            part.read_bytes(),
            media_type=KINDS[part.suffix],
            headers={"Content-Security-Policy": _POLICY},
        )
    if name == _STREAM and method == "GET":
        return StreamingResponse(_swaps(folder, stopping), media_type="text/event-stream")
    return None


async def _swaps(folder: SiteFolder, stopping: Callable[[], bool]) -> AsyncIterator[str]:
    """One event at first and one for each swap; while there is no site, nothing."""
    told, looks = None, 0
    yield "retry: 1000\n\n"
    while not stopping():
        now = folder.identity()
        if now is not None and now != told:
            told = now
            yield f"data: {hashlib.sha256(repr(now).encode()).hexdigest()[:16]}\n\n"
        looks += 1
        if looks % _BREATHE_EVERY == 0:
            yield ":\n\n"
        await anyio.sleep(_LOOK_EVERY_S)
