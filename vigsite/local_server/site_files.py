"""The files of a site, as of its last swap, with HTTP Range.

A site is swapped in by two renames (`vigsite.files.atomic`), between which there is none. A request
that falls into that gap waits; one that looked at the old file and would open the new one starts
anew. So a rebuild is never seen half.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import MutableMapping
from pathlib import Path, PurePosixPath
from typing import Any

import anyio
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".mp4": "video/mp4",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
"""Written out: Python's own list follows the registry on Windows, where .js may be anything."""
_NAME = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
"""Neither `..`, nor a name with a dot first, nor an encoded, Windows or foreign character."""
_PATIENCE_S = 2.0
_PAUSE_S = 0.02


class _Swapped(Exception):
    """The site was swapped while it was looked at."""


class SiteFolder:
    """Answers requests for the files of one built site."""

    def __init__(self, site: Path) -> None:
        self.site = site

    def identity(self) -> tuple[int, int, int] | None:
        """Differs after each swap; None while there is no site."""
        try:
            seen = self.site.lstat()
        except OSError:
            return None
        return (seen.st_dev, seen.st_ino, seen.st_mtime_ns) if stat.S_ISDIR(seen.st_mode) else None

    async def answer(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the file, or the part that is asked for. Raises HTTPException 404 without one."""
        deadline = anyio.current_time() + _PATIENCE_S
        while anyio.current_time() < deadline:
            try:
                path, seen = self._find(name)
                kind = KINDS[path.suffix]
                response = FileResponse(path, media_type=kind, stat_result=seen)
                return await response(scope, receive, _Steady(send, path, seen))
            except (_Swapped, FileNotFoundError, NotADirectoryError, PermissionError):
                await anyio.sleep(_PAUSE_S)
        raise HTTPException(404)

    def _find(self, name: str) -> tuple[Path, os.stat_result]:
        if not _NAME.fullmatch(name) or PurePosixPath(name).suffix not in KINDS:
            raise HTTPException(404)
        before = self.identity()
        path = self.site / name
        try:
            seen = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            if before is None or self.identity() != before:
                raise _Swapped from None
            raise HTTPException(404) from None
        whole = os.path.join(os.path.realpath(self.site), *PurePosixPath(name).parts)
        if not stat.S_ISREG(seen.st_mode) or os.path.realpath(path) != whole:
            raise HTTPException(404)
        return path, seen


class _Steady:
    """Sends nothing until the file is open and still the one whose size was announced."""

    def __init__(self, send: Send, path: Path, seen: os.stat_result) -> None:
        self._send, self._path, self._seen = send, path, seen
        self._start: MutableMapping[str, Any] | None = None

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None:
            if _mark(self._path.lstat()) != _mark(self._seen):
                raise _Swapped
            await self._send(self._start)
            self._start = None
        await self._send(message)


def _mark(seen: os.stat_result) -> tuple[int, ...]:
    """Tells one file from the next; an inode alone is soon used again."""
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
