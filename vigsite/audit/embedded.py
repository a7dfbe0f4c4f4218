"""What stands inside something else: pictures and fonts in a page, text amid other bytes."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

_PICTURE = re.compile(rb"(data:image/jpeg;base64,)(/9j/[A-Za-z0-9+/]+={0,2})")
_FONT = re.compile(rb"(data:font/woff2;base64,)(d09G[A-Za-z0-9+/]+={0,2})")
_RUN = 12
"""Printable bytes in a row in a film or picture that are looked at as text."""
_IS_PRINTABLE = bytes(1 if 32 <= byte < 127 or byte in b"\t\r\n" else 0 for byte in range(256))


def pictures_apart(page: bytes) -> tuple[bytes, list[bytes]]:
    """A page without the JPEGs that stand in it, and those.

    Read as words, the code of a large picture holds any name of three letters by chance.
    """
    pictures = [base64.b64decode(hit[2] + b"==") for hit in _PICTURE.finditer(page)]
    return _PICTURE.sub(rb"\1", page), pictures


def fonts_apart(page: bytes) -> tuple[bytes, list[bytes]]:
    """A page without the fonts that stand in it, and those; their code is long and no text."""
    fonts = [base64.b64decode(hit[2] + b"==") for hit in _FONT.finditer(page)]
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
