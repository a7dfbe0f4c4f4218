"""MP4: only the boxes that a film needs, empty of times, names and words (ISO/IEC 14496-12)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from vigsite.audit.finding import Finding
from vigsite.audit.formats.mp4_samples import sample_findings

Raw = bytes | mmap
_STBL = "moov/trak/mdia/minf/stbl"
_CONTAINERS = {
    *("moov", "moov/trak", "moov/trak/mdia", "moov/trak/mdia/minf", "moov/trak/mdia/minf/dinf"),
    *(_STBL, "moov/trak/edts", "moov/udta", "moov/udta/meta"),
}
_LEAVES = {
    *("ftyp", "mdat", "free", "moov/mvhd", "moov/trak/tkhd", "moov/trak/edts/elst"),
    *("moov/trak/mdia/mdhd", "moov/trak/mdia/hdlr", "moov/trak/mdia/minf/vmhd"),
    *("moov/trak/mdia/minf/smhd", "moov/trak/mdia/minf/dinf/dref"),
    *("moov/udta/meta/hdlr", "moov/udta/meta/ilst"),
    *(f"{_STBL}/{kind}" for kind in ("stsd", "stts", "ctts", "stss", "stsc", "stsz", "stco")),
    *(f"{_STBL}/{kind}" for kind in ("co64", "sgpd", "sbgp", "sdtp", "cslg")),
}
_ENTRY = {b"avc1": (78, {b"avcC", b"colr", b"pasp", b"btrt"}), b"mp4a": (28, {b"esds", b"btrt"})}
"""Length of a sample entry's own fields, and the boxes that may follow."""
_HANDLERS = {b"", b"VideoHandler", b"SoundHandler"}
_BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"avc1",
    b"mp41",
    b"mp42",
    b"M4V ",
    b"\0\0\2\0",
}
_ENCODER = re.compile(rb"(?:Lavc )?(?:libx264|h264_[a-z0-9]{2,14})?")
_MOST_BOXES = 2000
_MAKE = "Build the case again; never copy a film into a site by hand."


@dataclass(frozen=True, slots=True)
class Box:
    """A box by its path, with where its content begins and ends."""

    path: str
    start: int
    end: int
    wrong: str = ""
    """Why it must not be there, whatever it holds; empty for the boxes of the allow-list."""

    @property
    def kind(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


def mp4_findings(file: str, raw: Raw) -> Iterator[Finding]:
    """Everything in a film that shows no chosen picture and lets no chosen sound be heard."""
    every = list(_walk(raw, 0, len(raw), ""))
    boxes = [box for box in every if not box.wrong]
    for box in every:
        for what in (box.wrong,) if box.wrong else _faults(box, raw):
            yield Finding(file, box.path or f"byte {box.start}", what, _MAKE)
    kinds = [box.path for box in boxes]
    if kinds[:1] != ["ftyp"] or kinds.count("moov") != 1 or "mdat" not in kinds:
        yield Finding(file, "", "is no whole film", _MAKE)
        return
    try:
        for place, what in sample_findings(raw, [(b.path, b.start, b.end) for b in boxes]):
            yield Finding(file, place, what, _MAKE)
    except (struct.error, KeyError, IndexError, ZeroDivisionError, ValueError, OverflowError):
        yield Finding(file, "moov", "has an index that cannot be read", _MAKE)


def outside_stored(raw: Raw) -> bytes:
    """What a film holds besides its stored pictures and sound and the numbers of its index."""
    plain = {"mdat", "stsz", *_TABLES}
    parts = [
        raw[box.start : box.end]
        for box in _walk(raw, 0, len(raw), "")
        if box.wrong or (box.path not in _CONTAINERS and box.kind not in plain)
    ]
    return b"\n".join(parts)


def _walk(raw: Raw, at: int, end: int, above: str) -> Iterator[Box]:
    """Every box, those in others included, and what is none."""
    count = 0
    while at < end:
        if at + 8 > end or count > _MOST_BOXES:
            yield Box(above, at, end, f"holds {end - at} bytes that belong to no box")
            return
        size, kind = struct.unpack(">I4s", raw[at : at + 8])
        start = at + 8
        if size == 1:
            size, start = int.from_bytes(raw[at + 8 : at + 16]), at + 16
        elif size == 0 and not above:
            size = end - at
        name = kind.decode("latin-1")
        if size < start - at or at + size > end:
            what = f"has the box {name!r}, which reaches beyond its place or is none"
            yield Box(above, at, end, what)
            return
        path = f"{above}/{name}" if above else name
        if path in _CONTAINERS:
            yield Box(path, start, at + size)
            inner = start + 4 if path == "moov/udta/meta" else start
            yield from _walk(raw, inner, at + size, path)
        elif path in _LEAVES:
            yield Box(path, start, at + size)
        elif at + size > start:
            what = f"has the box {name!r} ({at + size - start} bytes), which no player needs"
            yield Box(path, start, at + size, what)
        at += size
        count += 1


def _faults(box: Box, raw: Raw) -> Iterator[str]:
    """What is wrong inside one box."""
    if box.kind == "mdat" or box.path in _CONTAINERS:
        return
    body = raw[box.start : min(box.end, box.start + 1_000_000)]
    if (expected := _expected(box.kind, body)) and expected != box.end - box.start:
        yield f"holds {box.end - box.start - expected} bytes more than it should"
    elif box.kind in _TIMED:
        yield from _header(box.kind, body)
    elif box.kind == "hdlr":
        yield from _handler(body, beside="meta" in box.path)
    elif box.kind == "stsd":
        yield from _entries(body)
    elif _odd(box.kind, body):
        yield _ODD[box.kind]


_TIMED = ("mvhd", "tkhd", "mdhd")
_ODD = {
    "ilst": "holds a title, date, place or other words about the film",
    "free": "holds something in room that should be empty",
    "ftyp": "is of a kind this tool does not make",
    "dref": "refers to another file",
    "vmhd": "holds something where nothing is expected",
    "smhd": "holds something where nothing is expected",
    "sgpd": "groups pictures for another purpose",
}
_TABLES = {"stts": 8, "ctts": 8, "stss": 4, "stsc": 12, "stco": 4, "co64": 8, "sbgp": 8}
"""Bytes of an entry of each table."""
_HEADERS = {"mvhd": 100, "tkhd": 84, "mdhd": 24, "vmhd": 12, "smhd": 8}
_PARTS = {b"pasp": {8}, b"btrt": {12}, b"colr": {10, 11}, b"esds": set(range(20, 65))}


def _odd(kind: str, body: bytes) -> bool:
    """Whether a box that should be empty or always the same is not."""
    match kind:
        case "ilst":
            return bool(body)
        case "free":
            return any(body)
        case "ftyp":
            brands = {body[0:4], *(body[i : i + 4] for i in range(8, len(body), 4))}
            return bool(brands - _BRANDS)
        case "dref":
            return body != b"\0\0\0\0\0\0\0\1\0\0\0\x0curl \0\0\0\1"
        case "vmhd" | "smhd":
            return any(body[4:])
        case _:
            return kind == "sgpd" and (len(body) > 64 or body[4:8] not in (b"roll", b"prol"))


def _handler(body: bytes, *, beside: bool) -> Iterator[str]:
    """Who is named as the maker of a track, or of what stands `beside` the tracks."""
    name = body[24:].strip(b"\0")
    name = name[1:] if name[:1] and name[0] == len(name) - 1 else name
    if name not in ({b""} if beside else _HANDLERS):
        yield f"names a program or person ({name[:40].decode('utf-8', 'replace')!r})"
    if any(body[12:24]) and not beside:
        yield "holds a maker's mark"


def _expected(kind: str, body: bytes) -> int:
    """How long the content of a box must be; 0 where it is not fixed."""
    if kind in _HEADERS:
        longer = body[:1] == b"\1" and kind in ("mvhd", "tkhd", "mdhd")
        return _HEADERS[kind] + (12 if longer else 0)
    if kind in _TABLES:
        head = 12 if kind == "sbgp" else 8
        return head + _TABLES[kind] * int.from_bytes(body[head - 4 : head])
    if kind == "elst":
        return 8 + (20 if body[:1] == b"\1" else 12) * int.from_bytes(body[4:8])
    if kind == "stsz":
        return 12 + (0 if any(body[4:8]) else 4 * int.from_bytes(body[8:12]))
    return 0


def _header(kind: str, body: bytes) -> Iterator[str]:
    long = body[:1] == b"\1"
    if any(body[4 : 20 if long else 12]):
        yield "tells when the film was made"
    if kind == "mdhd":
        at = 32 if long else 20
        if body[at : at + 2] not in (b"\x55\xc4", b"\0\0", b"\x7f\xff"):
            yield "tells the language that is spoken"
    if kind == "mvhd" and any(body[(92 if long else 80) - 8 : (116 if long else 104) - 8]):
        yield "holds something where nothing is expected"


def _entries(body: bytes) -> Iterator[str]:
    """Faults of the sample entries: how pictures and sound are stored."""
    (count,) = struct.unpack(">I", body[4:8])
    at = 8
    if count != 1:
        yield f"describes {count} ways of storing; one is usual"
    while at + 8 <= len(body):
        size, kind = struct.unpack(">I4s", body[at : at + 8])
        if kind not in _ENTRY or size < 16:
            yield f"stores {kind.decode('latin-1')!r}, which this tool does not make"
            return
        fixed, allowed = _ENTRY[kind]
        inside = body[at + 8 : at + size]
        if kind == b"avc1":
            name = inside[42:74]
            if not _ENCODER.fullmatch(name[1 : 1 + name[0]]) or any(name[1 + name[0] :]):
                yield "names a program or person"
        yield from _inside_entry(inside[fixed:], allowed)
        at += size
    if at != len(body):
        yield "holds bytes that belong to no description"


def _inside_entry(rest: bytes, allowed: set[bytes]) -> Iterator[str]:
    at = 0
    while at + 8 <= len(rest):
        size, kind = struct.unpack(">I4s", rest[at : at + 8])
        if size < 8 or kind not in allowed:
            yield f"holds {kind.decode('latin-1')!r}, which no player needs"
            return
        body = rest[at + 8 : at + size]
        if kind == b"avcC" and (spare := _spare_of_avcc(body)):
            yield f"holds {spare} bytes more than the decoder's settings"
        if kind in _PARTS and len(body) not in _PARTS[kind]:
            yield f"holds more in {kind.decode()!r} than the decoder's settings"
        if kind == b"colr" and body[:4] not in (b"nclx", b"nclc"):
            yield "holds a colour profile"
        at += size
    if at != len(rest):
        yield "holds bytes that belong to no box"


def _spare_of_avcc(body: bytes) -> int:
    """Bytes behind the parameter sets, beyond the four that High profile adds."""
    at = 6
    for masked in (body[5] & 31, None):
        count = masked
        if count is None:
            count, at = body[at], at + 1
        for _ in range(count):
            at += 2 + int.from_bytes(body[at : at + 2])
    return max(0, len(body) - at - 4)
