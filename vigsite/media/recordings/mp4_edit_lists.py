"""The few boxes of an MP4 or MOV that a demuxer does not tell of (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

_MOST_BOXES = 1000
"""Of one level; more are no film's."""
_MOST_INDEX = 64_000_000
"""Bytes of an index; ten hours have 20 million."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of a track's edit list: what of the track is shown next."""

    length_s: Fraction
    start_s: Fraction | None
    """Where in the track; None: nothing is shown."""
    rate: Fraction


def without_index(path: Path) -> bool:
    """Whether a file is an MP4 or MOV whose boxes end before its index (`moov`) came."""
    kinds = [kind for kind, _, _ in _outer(path)]
    return b"mdat" in kinds and b"ftyp" in kinds[:1] and b"moov" not in kinds


def edits(path: Path) -> list[list[Edit]]:
    """The edit lists of an MP4's picture tracks; none for what cannot be read."""
    try:
        return list(_tracks(_index(path)))
    except (OSError, struct.error, ZeroDivisionError, IndexError):  # a box without its content
        return []


def may_cut_away(path: Path) -> bool:
    """Whether an MP4 or MOV may say that margins of its pictures are cut away (`clap`)."""
    return b"clap" in _index(path)


def _index(path: Path) -> bytes:
    """The content of an MP4's `moov`; empty when it has none that a film can have."""
    index = next((b for b in _outer(path) if b[0] == b"moov" and b[2] < _MOST_INDEX), None)
    if index is None:
        return b""
    with path.open("rb") as file:
        file.seek(index[1])
        return file.read(index[2])


def _tracks(moov: bytes) -> Iterator[list[Edit]]:
    scale = _timescale(_inner(moov, b"mvhd"))
    for kind, trak in _boxes(moov):
        if kind != b"trak":
            continue
        media, listed = _inner(trak, b"mdia"), _inner(trak, b"edts", b"elst")
        if listed and _inner(media, b"hdlr")[8:12] == b"vide":
            yield list(_entries(listed, scale, _timescale(_inner(media, b"mdhd"))))


def _entries(listed: bytes, movie: int, media: int) -> Iterator[Edit]:
    entry = struct.Struct(">QqhH" if listed[0] == 1 else ">IihH")
    (count,) = struct.unpack(">I", listed[4:8])
    for number in range(min(count, (len(listed) - 8) // entry.size)):
        length, start, whole, part = entry.unpack_from(listed, 8 + number * entry.size)
        yield Edit(
            Fraction(length, movie),
            Fraction(start, media) if start >= 0 else None,
            whole + Fraction(part, 65536),
        )


def _timescale(header: bytes) -> int:
    """Ticks a second of an `mvhd` or `mdhd`."""
    return int(struct.unpack_from(">I", header, 20 if header[0] == 1 else 12)[0])


def _inner(box: bytes, *path: bytes) -> bytes:
    """What the first box of each of these kinds holds, one in the other; empty when missing."""
    for wanted in path:
        box = next((body for kind, body in _boxes(box) if kind == wanted), b"")
    return box


def _boxes(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each box in another."""
    at = 0
    while at + 8 <= len(body):
        size, kind = struct.unpack_from(">I4s", body, at)
        if size < 8:
            return
        yield kind, body[at + 8 : at + size]
        at += size


def _outer(path: Path) -> list[tuple[bytes, int, int]]:
    """Kind, place and length of what each box of a file holds."""
    found: list[tuple[bytes, int, int]] = []
    try:
        with path.open("rb") as file:
            while len(head := file.read(8)) == 8 and len(found) < _MOST_BOXES:
                size, kind = struct.unpack(">I4s", head)
                inside = size - 8
                if size == 1:
                    inside = struct.unpack(">Q", file.read(8))[0] - 16
                if size == 0:  # up to the file's end
                    inside = path.stat().st_size - file.tell()
                if inside < 0:
                    break
                found.append((kind, file.tell(), inside))
                file.seek(inside, 1)
    except (OSError, struct.error):
        pass
    return found
