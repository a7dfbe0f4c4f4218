"""Ways of hiding a text in a page, a picture, a film, a paper or a zip."""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import struct
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable

Hide = Callable[[str], bytes]


def _b64(raw: bytes, before: int = 0) -> str:
    return base64.b64encode(b"-" * before + raw + b"-").decode()


def _deflated(raw: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush()


def _zipped(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text)
    return out.getvalue()


def _zipped_name(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{text}.txt", "x")
    return out.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture of one pixel with more chunks."""
    whole = b"\x89PNG\r\n\x1a\n"
    usual = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    for kind, body in [*usual, *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        whole += struct.pack(">I", len(body)) + kind + body + crc
    return whole


def _in_page(text: str) -> bytes:
    return f"<p>{text}</p>".encode()


IN_TEXT: dict[str, Hide] = {
    "as it is": _in_page,
    "capitals": lambda s: _in_page(s.upper()),
    "small": lambda s: _in_page(s.lower()),
    "an attribute": lambda s: f'<p title="{s}">x</p>'.encode(),
    "a data attribute": lambda s: f'<p data-x="{s}">x</p>'.encode(),
    "a comment": lambda s: f"<!-- {s} -->".encode(),
    "a template": lambda s: f"<template>{s}</template>".encode(),
    "a hidden element": lambda s: f"<p hidden>{s}</p>".encode(),
    "split by a tag": lambda s: _in_page(f"{s[:4]}<b>{s[4:]}</b>"),
    "split by a tag in a tag": lambda s: _in_page(f"{s[:3]}<i><b></b></i>{s[3:]}"),
    "split by a comment": lambda s: _in_page(f"{s[:4]}<!-- > -->{s[4:]}"),
    "split by a possible break": lambda s: _in_page(f"{s[:4]}<wbr>{s[4:]}"),
    "every letter in a tag": lambda s: _in_page("".join(f"<b>{c}</b>" for c in s)),
    "letters apart": lambda s: _in_page(" ".join(s.replace(" ", ""))),
    "letters in tags and lines": lambda s: _in_page(
        "\n".join(f"<b>{c}</b>" for c in s.replace(" ", ""))
    ),
    "words between tags": lambda s: _in_page(s.replace(" ", "</b><b>")),
    "decimal entities": lambda s: _in_page("".join(f"&#{ord(c)};" for c in s)),
    "hexadecimal entities": lambda s: _in_page("".join(f"&#x{ord(c):X};" for c in s)),
    "entities without their end": lambda s: _in_page("".join(f"&#{ord(c):07d}" for c in s)),
    "entities twice": lambda s: _in_page("".join(f"&amp;#{ord(c)};" for c in s)),
    "soft hyphens": lambda s: _in_page("&shy;".join(s)),
    "soft hyphens as they are": lambda s: _in_page("\u00ad".join(s)),
    "no width": lambda s: _in_page("\u200b".join(s)),
    "word joiners": lambda s: _in_page("&#8288;".join(s)),
    "NFD": lambda s: _in_page(unicodedata.normalize("NFD", s)),
    "other accents": lambda s: _in_page("\u0301".join(s)),
    "wide letters": lambda s: _in_page(
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s)
    ),
    "hard spaces": lambda s: _in_page(s.replace(" ", "&nbsp;")),
    "broken lines": lambda s: _in_page(s.replace(" ", "\n   ")),
    "underscores": lambda s: _in_page(s.replace(" ", "_")),
    "percent codes": lambda s: f'<a href="#{urllib.parse.quote(s)}">x</a>'.encode(),
    "every letter in percent codes": lambda s: "".join(f"%{b:02X}" for b in s.encode()).encode(),
    "percent codes twice": lambda s: urllib.parse.quote(
        "".join(f"%{b:02x}" for b in s.encode())
    ).encode(),
    "a query": lambda s: f'<a href="?{urllib.parse.urlencode({"q": s})}">x</a>'.encode(),
    "JSON": lambda s: json.dumps({"x": s}).encode(),
    "JSON escapes": lambda s: "".join(f"\\u{ord(c):04x}" for c in s).encode(),
    "JSON escapes in an attribute": lambda s: html.escape(
        '{"x": "' + "".join(f"\\u{ord(c):04x}" for c in s) + '"}'
    ).encode(),
    "JS escapes": lambda s: "".join(f"\\x{ord(c):02x}" if ord(c) < 256 else c for c in s).encode(),
    "long JS escapes": lambda s: "".join(f"\\u{{{ord(c):x}}}" for c in s).encode(),
    "octal escapes": lambda s: "".join(
        f"\\{ord(c):03o}" if ord(c) < 256 else c for c in s
    ).encode(),
    "CSS escapes": lambda s: "".join(f"\\{ord(c):x} " for c in s).encode(),
    "long CSS escapes": lambda s: "".join(f"\\{ord(c):06x}" for c in s).encode(),
    "joined strings": lambda s: f"'{s[:4]}' + '{s[4:]}'".encode(),
    "an array": lambda s: repr(list(s)).encode(),
    "CSS content": lambda s: f'p::after {{ content: "{s[:3]}" "{s[3:]}" }}'.encode(),
    "character codes": lambda s: (
        f"String.fromCharCode({','.join(str(ord(c)) for c in s)})".encode()
    ),
    "character codes, hexadecimal": lambda s: f"[{', '.join(hex(ord(c)) for c in s)}]".encode(),
    "base64": lambda s: _b64(s.encode()).encode(),
    "base64, one later": lambda s: _b64(s.encode(), 1).encode(),
    "base64, two later": lambda s: _b64(s.encode(), 2).encode(),
    "base64 in a word": lambda s: b"x" + _b64(s.encode()).encode(),
    "base64 for addresses": lambda s: base64.urlsafe_b64encode(f"~~?{s}??>".encode()).rstrip(b"="),
    "base64 in lines": lambda s: base64.encodebytes(f"{'word ' * 12}{s}{' word' * 20}".encode()),
    "base64 twice": lambda s: _b64(_b64(s.encode()).encode()).encode(),
    "base64 of gzip": lambda s: _b64(gzip.compress(s.encode())).encode(),
    "base64 of deflate": lambda s: base64.b64encode(_deflated(s.encode())),
    "base64 of UTF-16": lambda s: _b64(s.encode("utf-16-le")).encode(),
    "base64 of a zip": lambda s: base64.b64encode(_zipped(s)),
    "base64 of hex": lambda s: _b64(s.encode().hex().encode()).encode(),
    "base64 in percent codes": lambda s: urllib.parse.quote(_b64(s.encode()), safe="").encode(),
    "base64 in entities": lambda s: "".join(f"&#{ord(c)};" for c in _b64(s.encode())).encode(),
    "a data address": lambda s: f'<img src="data:text/plain,{urllib.parse.quote(s)}">'.encode(),
    "a data address in base64": lambda s: (
        f'<track src="data:text/vtt;base64,{_b64(s.encode())}">'.encode()
    ),
    "a data address in a data address": lambda s: (
        "<img src='data:image/svg+xml;base64,"
        + _b64(f'<svg><image href="data:text/plain;base64,{_b64(s.encode())}"/></svg>'.encode())
        + "'>"
    ).encode(),
    "PNG text in a page": lambda s: (
        (
            b'<img src="data:image/png;base64,'
            + base64.b64encode(png((b"tEXt", b"x\0" + s.encode())))
        )
        + b'">'
    ),
    "packed PNG text in a page": lambda s: (
        (
            b'<img src="data:image/png;base64,'
            + base64.b64encode(png((b"zTXt", b"x\0\0" + zlib.compress(s.encode()))))
        )
        + b'">'
    ),
    "international PNG text in a page": lambda s: (
        (
            b'<img src="data:image/png;base64,'
            + base64.b64encode(png((b"iTXt", b"x\0\1\0en\0\0" + zlib.compress(s.encode()))))
        )
        + b'">'
    ),
    "hex": lambda s: s.encode().hex().encode(),
    "hex with spaces": lambda s: s.encode().hex(" ").encode(),
    "hex with colons": lambda s: s.encode().hex(":").upper().encode(),
    "UTF-16": lambda s: s.encode("utf-16"),
    "UTF-16, big end first": lambda s: s.encode("utf-16-be"),
    "UTF-32": lambda s: s.encode("utf-32-le"),
    "gzip": lambda s: gzip.compress(s.encode()),
    "zlib": lambda s: zlib.compress(s.encode()),
    "deflate": lambda s: _deflated(s.encode()),
    "bzip2": lambda s: bz2.compress(s.encode()),
    "xz": lambda s: lzma.compress(s.encode()),
    "gzip behind something": lambda s: b"<p>x</p>" + gzip.compress(s.encode()),
    "gzip twice": lambda s: gzip.compress(gzip.compress(s.encode())),
    "a zip": _zipped,
    "a name in a zip": _zipped_name,
    "backwards": lambda s: f"<bdo dir=rtl>{s[::-1]}</bdo>".encode(),
    "backwards by a sign": lambda s: f"\u202e{s[::-1]}\u202c".encode(),
    "a drawing's text": lambda s: f"<svg><text>{s}</text></svg>".encode(),
    "a drawing's parts of text": lambda s: (
        f"<svg><text>{s[:3]}<tspan dx='1'>{s[3:]}</tspan></text></svg>".encode()
    ),
    "a drawing's title": lambda s: f"<svg><title>{s}</title></svg>".encode(),
    "CDATA": lambda s: f"<svg><![CDATA[{s}]]></svg>".encode(),
    "quoted printable": lambda s: "".join(f"={b:02X}" for b in s.encode()).encode(),
}
