"""Codes that a browser, a script or a person undoes: escapes, hexadecimal numbers, base64."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable
from urllib.parse import unquote

from vigsite.audit.formats.compressed import inflated_whole

_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})"
    r"|([0-7]{1,3})|(\r?\n)|(.))",
    re.S,
)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})(?:\r\n|\s)?|\\(.)", re.S)
_CODES = re.compile(
    r"(?:\b(?:0x[0-9a-fA-F]{1,5}|\d{2,6})\b[\s,;+]{1,4}){2,}(?:0x[0-9a-fA-F]{1,5}|\d{2,6})\b"
)  # one pattern
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{2}(?:[\s:,_\-]{0,2}[0-9A-Fa-f]{2}){2,}")
_HEX_GAPS = re.compile(r"[\s:,_\-]")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-]{6,}")
_PLAIN_WORD = re.compile(r"[A-Za-z]?[a-z/_\-]+\d{0,3}")
"""What is no base64 of text: that has capitals or digits all over."""
_WORD = re.compile(rb"[ -~\t\r\n]{4}")
_BASE64_LINES = re.compile(
    r"(?<=[A-Za-z0-9+/_\-])[ \t]*(?:\r?\n|\\n|%0A|&#10;)[ \t]*(?=[A-Za-z0-9+/_\-=])"
)
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_PERCENT = re.compile(r"%(?:u[0-9a-fA-F]{4}|[0-9a-fA-F]{2})")
_URL_SAFE = str.maketrans("-_", "+/")
_MAGIC = (
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"\x89PNG",
    b"BZh",
    b"%PDF",
    b"\xfd7zXZ",
    b"\xff\xfe",
    b"\xfe\xff",
)


def _escapes(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3] or found[4]
        if code:
            return _character(int(code, 16))
        if found[5]:
            return _character(int(found[5], 8))
        return "" if found[6] else {"n": "\n", "t": "\t", "r": "\r"}.get(found[7], found[7])

    if "\\" not in text:
        return text
    undone = _ESCAPE.sub(plain, text)
    return undone.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _css_escapes(text: str) -> str:
    if "\\" not in text:
        return text
    return _CSS_ESCAPE.sub(
        lambda found: _character(int(found[1], 16)) if found[1] else found[2], text
    )


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 else "\ufffd"


def _percent(text: str) -> str:
    if not _PERCENT.search(text):
        return text
    long = re.sub(r"%u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return unquote(long, errors="replace")


def _quoted_printable(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    return _QUOTED.sub(
        lambda run: bytes.fromhex(run[0].replace("=", "")).decode("utf-8", "replace"), text
    )


def _codes(text: str) -> str:
    """Lists of character codes, as for String.fromCharCode."""
    return "\n".join(
        "".join(
            _character(int(code, 0 if code[1:2] == "x" else 10))
            for code in re.findall(r"0x[0-9a-fA-F]+|\d+", run[0])
        )
        for run in _CODES.finditer(text)
    )


def _hex(text: str) -> bytes:
    found = []
    for run in _HEX.finditer(text):
        digits = _HEX_GAPS.sub("", run[0].removeprefix("0x"))
        piece = bytes.fromhex(digits[: len(digits) // 2 * 2])
        if _plausible(piece):
            found.append(piece)
    return b"\n".join(found)


def in_base64(text: str, offset: int) -> bytes:
    """All that looks like base64 and gives something readable, from `offset` on."""
    found = []
    for run in _BASE64.finditer(_BASE64_LINES.sub("", text)):
        if _PLAIN_WORD.fullmatch(run[0]):
            continue
        code = run[0].translate(_URL_SAFE)[offset:]
        if len(code) % 4 == 1:
            code = code[:-1]
        piece = base64.b64decode(code + "=" * (-len(code) % 4))
        if _plausible(piece):
            found.append(piece)
        if offset == 0 and (plain := inflated_whole(piece)):
            found.append(plain)
    if len(found) == 1:
        return found[0]
    return b"\n".join(found)


def _plausible(piece: bytes) -> bool:
    """Whether bytes may be text or a known kind of stream."""
    if len(piece) < 3:
        return False
    packed = len(piece) > 5 and (piece[0] & 15) == 8 and int.from_bytes(piece[:2]) % 31 == 0
    zeros = piece.count(0) * 3 > len(piece)
    # In UTF-16, letters of one script have half their bytes in common.
    wide = len(piece) >= 6 and min(len(set(piece[::2])), len(set(piece[1::2]))) <= 3
    if piece.startswith(_MAGIC) or packed or zeros or wide:
        return True
    return len(piece) > 40 or bool(_WORD.search(piece)) or _in_utf8(piece)


def _in_utf8(piece: bytes) -> bool:
    """Whether bytes are UTF-8, but for a last letter that may be cut off."""
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError as error:
        return 3 <= error.start >= len(piece) - 3
    return True


DECODED: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("entities", html.unescape),
    ("percent codes", _percent),
    ("escapes", _escapes),
    ("CSS escapes", _css_escapes),
    ("quoted printable", _quoted_printable),
)
"""Undone sign by sign; nothing that they undo goes over the end of a line."""
GATHERED: tuple[tuple[str, Callable[[str], str | bytes]], ...] = (
    ("character codes", _codes),
    ("hex", _hex),
)
