"""JPEG and PNG: only what draws the picture, nothing beside it, nothing behind it."""

from __future__ import annotations

from collections.abc import Iterator

from vigsite.audit.finding import Finding
from vigsite.audit.formats.compressed import png_chunks

_TABLES = {0xDB: "DQT", 0xC4: "DHT", 0xDD: "DRI", 0xDA: "SOS"}
_FRAMES = {0xC0, 0xC1, 0xC2}
_PNG_KINDS = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"sRGB",
    b"gAMA",
    b"cHRM",
    b"pHYs",
    b"sBIT",
    b"bKGD",
}
_SAVE = "Build the case again."


def jpeg_findings(file: str, raw: bytes) -> Iterator[Finding]:
    """Segments outside the allow-list, and bytes behind the end."""
    if raw[:2] != b"\xff\xd8":
        yield Finding(file, "byte 0", "is no JPEG", "Delete it, and build again.")
        return
    at, frames = 2, 0
    while at + 2 <= len(raw):
        if raw[at] != 0xFF:
            yield Finding(file, f"byte {at}", "is damaged or holds bytes that draw nothing", _SAVE)
            return
        kind = raw[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if kind == 0xD9:
            if at + 2 < len(raw):
                what = f"goes on for {len(raw) - at - 2} bytes behind its end"
                yield Finding(file, f"byte {at + 2}", what, _SAVE)
            return
        size = int.from_bytes(raw[at + 2 : at + 4])
        body = raw[at + 4 : at + 2 + size]
        if what := _segment(kind, body):
            yield Finding(file, f"byte {at}", what, _SAVE)
        frames += kind in _FRAMES
        at += 2 + size
        if kind == 0xDA:
            at = _behind_scan(raw, at)
    if frames != 1:
        yield Finding(file, "", "holds no picture or more than one", _SAVE)
    yield Finding(file, "", "breaks off before its end", _SAVE)


def _segment(kind: int, body: bytes) -> str:
    """Why a segment must not be there; empty when it may."""
    if kind in _TABLES or kind in _FRAMES:
        return ""
    if kind == 0xE0 and body[:5] == b"JFIF\0" and len(body) == 14 and body[12:] == b"\0\0":
        return ""
    if kind == 0xEE and body[:5] == b"Adobe" and len(body) == 12:
        return ""
    names = {
        0xE0: "APP0",
        0xE1: "EXIF or XMP",
        0xE2: "a colour profile",
        0xED: "IPTC",
        0xFE: "a comment",
    }
    return f"holds {names.get(kind, f'a segment {kind:02X}')}, which can tell where, when or who"


def _behind_scan(raw: bytes, at: int) -> int:
    """Where the next segment begins after the picture's own data."""
    while (at := raw.find(b"\xff", at)) >= 0:
        following = raw[at + 1] if at + 1 < len(raw) else 0xD9
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at
    return len(raw)


def outside_picture(raw: bytes) -> bytes:
    """What a JPEG holds besides its picture: segments that draw nothing, and what stands behind."""
    parts, at = [], 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != 0xD9:
        size = 2 + int.from_bytes(raw[at + 2 : at + 4])
        if _segment(raw[at + 1], raw[at + 4 : at + size]):
            parts.append(raw[at : at + size])
        at = _behind_scan(raw, at + size) if raw[at + 1] == 0xDA else at + size
    behind = at + 2 if raw[at : at + 2] == b"\xff\xd9" else at
    return b"\n".join([*parts, raw[behind:]])


def png_findings(file: str, raw: bytes) -> Iterator[Finding]:
    """Chunks outside the allow-list, and bytes behind the end."""
    end = 0
    for kind, body, at in png_chunks(raw):
        end = at + 12 + len(body)
        if kind not in _PNG_KINDS:
            what = f"holds a chunk {kind.decode('latin-1')!r}, which draws nothing"
            yield Finding(file, f"byte {at}", what, _SAVE)
    if end < len(raw):
        yield Finding(
            file, f"byte {end}", f"goes on for {len(raw) - end} bytes behind its end", _SAVE
        )


def woff2_findings(file: str, raw: bytes) -> Iterator[Finding]:
    """Metadata and private blocks of a font, and bytes behind its end."""
    if raw[:4] != b"wOF2" or len(raw) < 48:
        yield Finding(file, "byte 0", "is no WOFF2 font", "Delete it, and build again.")
        return
    length = int.from_bytes(raw[8:12])
    meta, private = int.from_bytes(raw[32:36]), int.from_bytes(raw[44:48])
    if meta or private:
        yield Finding(file, "header", "holds words beside the letters", "Use the font as it came.")
    if length != len(raw):
        yield Finding(file, f"byte {length}", "goes on behind its end", "Use the font as it came.")
