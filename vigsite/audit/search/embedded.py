"""What stands inside something else: pictures and fonts in a page, text amid other bytes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

_MEDIA = re.compile(rb"(data:(?:image/jpeg|video/mp4);base64,)([A-Za-z0-9+/]{16,}={0,2})")
_FONT = re.compile(rb"(data:font/woff2;base64,)(d09G[A-Za-z0-9+/]+={0,2})")
_RUN = 12
"""Printable bytes in a row in a film or picture that are looked at as text."""
_IS_PRINTABLE = bytes(1 if 32 <= byte < 127 or byte in b"\t\r\n" else 0 for byte in range(256))


def media_apart(page: bytes) -> tuple[bytes, list[bytes]]:
    """A page without the JPEGs and films that stand in it, and those.

    Read as words, the code of a large picture holds any name of three letters by chance.
    """
    carried: list[bytes] = []

    def take(hit: re.Match[bytes]) -> bytes:
        raw = _decoded(hit[2])
        if not (raw.startswith(b"\xff\xd8") or is_film(raw)):
            return hit[0]
        carried.append(raw)
        return hit[1]

    return _MEDIA.sub(take, page), carried


def is_film(raw: bytes) -> bool:
    """Whether bytes begin like an MP4 or one of its kin, pictures such as AVIF among them."""
    return raw[4:8] == b"ftyp"


def in_address(target: str) -> bytes:
    """What a `data:` address holds; nothing for any other."""
    head, _, body = target.strip().partition(",")
    if not head.lower().startswith("data:"):
        return b""
    raw = unquote_to_bytes(body)
    return _decoded(raw) if head.lower().rstrip().endswith("base64") else raw


def _decoded(code: bytes) -> bytes:
    """From base64; nothing when it is none."""
    try:
        return base64.b64decode(code + b"==")
    except binascii.Error:
        return b""


def fonts_apart(page: bytes) -> tuple[bytes, list[bytes]]:
    """A page without the fonts that stand in it, and those; their code is long and no text."""
    fonts = [_decoded(hit[2]) for hit in _FONT.finditer(page)]
    return _FONT.sub(rb"\1", page), fonts


def text_runs(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Place and bytes of whatever looks like text in the midst of other bytes."""
    marks = raw.translate(_IS_PRINTABLE)
    wanted, at = b"\1" * _RUN, 0
    while (at := marks.find(wanted, at)) >= 0:
        end = marks.find(b"\0", at)
        end = len(raw) if end < 0 else end
        yield at, raw[at:end]
        at = end
