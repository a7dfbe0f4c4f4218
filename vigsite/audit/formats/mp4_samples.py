"""Whether a film stores exactly the pictures and sounds that it shows.

A cut that only tells players what to skip leaves the rest in the file: bytes that no sample table
names, pictures before or behind the edit list, data between pictures. All of it is found here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from mmap import mmap

Raw = bytes | mmap
_PRIMING_S = 0.2
"""Seconds of sound that a decoder throws away at the start and the end of AAC."""
_PICTURES = {1, 5}
_PARAMETERS = {7, 8, 9}
_SEI_PLAIN = {0, 1, 3, 6, 45, 137, 144, 147}
"""SEI messages of a few numbers: buffering, timing, filler, recovery, packing, light."""
_X264 = bytes.fromhex("dc45e9bde6d948b7962cd820d923eeef")
_X264_SAYS = re.compile(
    rb"x264 - core \d+(?: r\d+ [0-9a-f]+M?)? - H\.264/MPEG-4 AVC codec - Copyleft 2003-\d{4}"
    rb" - http://www\.videolan\.org/x264\.html - options:(?: [a-z0-9_]+=[-\d.,:a-z]{1,12})+\x00?"
)
"""x264 names its version and settings in the first picture; that says nothing of a family."""
_MOST_SAID = 5
_MOST_SAMPLES = 5_000_000
"""Of one track; a day of sound has four million."""


@dataclass(slots=True)
class _Track:
    """What the sample tables of a track say."""

    kind: bytes = b""
    scale: int = 1
    sizes: Sequence[int] = ()
    starts: Sequence[int] = ()
    """Place in the file of each sample."""
    shown: Sequence[int] = ()
    """When each sample is shown, in its track's own ticks."""
    lengths: Sequence[int] = ()
    edits: list[tuple[int, int, int]] = field(default_factory=list)
    """Length in ticks of the film, first tick of the track, rate, of each edit."""
    nal_length: int = 4


def sample_findings(raw: Raw, boxes: list[tuple[str, int, int]]) -> Iterator[tuple[str, str]]:
    """Place and clause for everything stored that is not shown. `boxes`: path, start and end.

    Raises struct.error and the like when tables contradict themselves.
    """
    movie_scale, tracks = _tracks(raw, boxes)
    kinds = sorted(track.kind for track in tracks)
    if kinds not in ([b"vide"], [b"soun", b"vide"]):
        said = ", ".join(kind.decode("latin-1") for kind in kinds) or "none"
        yield "moov/trak", f"has other tracks than one picture and one sound ({said})"
    ranges = sorted(
        (start, size) for t in tracks for start, size in zip(t.starts, t.sizes, strict=True)
    )
    yield from _gaps(ranges, [(start, end) for path, start, end in boxes if path == "mdat"])
    for track in tracks:
        name = "picture" if track.kind == b"vide" else "sound"
        yield from ((f"{name} track", what) for what in _hidden(track, movie_scale))
        if track.kind == b"vide":
            yield from _pictures(raw, track)


def _tracks(raw: Raw, boxes: list[tuple[str, int, int]]) -> tuple[int, list[_Track]]:
    movie_scale, tracks = 1, list[_Track]()
    tables: dict[str, bytes] = {}
    for path, start, end in [*boxes, ("moov/trak", 0, 0)]:
        if path == "moov/mvhd":
            head = raw[start:end]
            movie_scale = struct.unpack_from(">I", head, 20 if head[0] == 1 else 12)[0]
        elif path == "moov/trak":
            if tables:
                tracks.append(_track(tables))
            tables = {}
        elif path.startswith("moov/trak/"):
            tables.setdefault(path.rpartition("/")[2], raw[start:end])
    return movie_scale, tracks


def _track(tables: dict[str, bytes]) -> _Track:
    head = tables["mdhd"]
    track = _Track(tables["hdlr"][8:12])
    track.scale = struct.unpack_from(">I", head, 20 if head[0] == 1 else 12)[0]
    size, count = struct.unpack_from(">II", tables["stsz"], 4)
    if count > _MOST_SAMPLES:
        raise ValueError
    track.sizes = [size] * count if size else _numbers(tables["stsz"], 12, count)
    chunks = (
        _numbers(tables["stco"], 8, _count(tables["stco"], 4))
        if "stco" in tables
        else (struct.unpack_from(f">{_count(tables['co64'], 8)}Q", tables["co64"], 8))
    )
    track.starts = _places(tables["stsc"], chunks, track.sizes)
    track.lengths = _runs(tables["stts"], count)
    begins = [0, *accumulate(track.lengths)][:count]
    shifts = _runs(tables["ctts"], count, signed=True) if "ctts" in tables else [0] * count
    track.shown = [begin + shift for begin, shift in zip(begins, shifts, strict=True)]
    if "elst" in tables:
        track.edits = _edits(tables["elst"])
    if track.kind == b"vide" and (at := tables["stsd"].find(b"avcC")) > 0:
        track.nal_length = (tables["stsd"][at + 8] & 3) + 1
    return track


def _count(table: bytes, entry: int) -> int:
    """How many entries of so many bytes a table has; it must hold them all."""
    count = int(struct.unpack_from(">I", table, 4)[0])
    if 8 + entry * count > len(table):
        raise ValueError
    return count


def _numbers(table: bytes, at: int, count: int) -> tuple[int, ...]:
    return struct.unpack_from(f">{count}I", table, at)


def _runs(table: bytes, count: int, *, signed: bool = False) -> list[int]:
    """The value of each sample, from a table of how many have which."""
    values: list[int] = []
    entries = _count(table, 8)
    numbers = struct.unpack_from(">" + ("Ii" if signed else "II") * entries, table, 8)
    for many, value in zip(numbers[::2], numbers[1::2], strict=True):
        values.extend([value] * min(many, count - len(values)))
    if len(values) != count:
        raise ValueError
    return values


def _places(stsc: bytes, chunks: Sequence[int], sizes: Sequence[int]) -> list[int]:
    """Where each sample begins in the file."""
    entries = struct.unpack_from(">" + "III" * _count(stsc, 12), stsc, 8)
    firsts, each = entries[::3], entries[1::3]
    places: list[int] = []
    number = 0
    for index, first in enumerate(firsts):
        last = firsts[index + 1] if index + 1 < len(firsts) else len(chunks) + 1
        for chunk in range(first - 1, last - 1):
            at = chunks[chunk]
            for _ in range(each[index]):
                if number >= len(sizes):
                    raise ValueError
                places.append(at)
                at += sizes[number]
                number += 1
    if number != len(sizes):
        raise ValueError
    return places


def _edits(elst: bytes) -> list[tuple[int, int, int]]:
    entry = struct.Struct(">QqI" if elst[0] == 1 else ">IiI")
    return [entry.unpack_from(elst, 8 + entry.size * n) for n in range(_count(elst, entry.size))]


def _gaps(ranges: list[tuple[int, int]], boxes: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Bytes of the stored data that no picture and no sound uses."""
    said = 0
    for start, end in boxes:
        at = start
        inside = [(s, n) for s, n in ranges if start <= s < end]
        for place, size in [*inside, (end, 0)]:
            if place > at and said < _MOST_SAID:
                said += 1
                what = f"stores {place - at} bytes that no picture or sound shown uses"
                yield f"byte {at}", f"{what}; footage that was cut away may lie there"
            at = max(at, place + size)
        if at > end:
            yield "mdat", "uses bytes beyond what it stores"
    stored = sum(1 for s, _ in ranges if any(start <= s < end for start, end in boxes))
    if stored != len(ranges):
        yield "mdat", "uses bytes outside of what it stores as pictures and sound"


def _hidden(track: _Track, movie_scale: int) -> Iterator[str]:
    """Pictures or sound that are stored and that the edit list tells players to leave out."""
    played = [edit for edit in track.edits if edit[1] >= 0]
    if not track.edits:
        return
    if len(played) != 1 or any(edit[2] != 0x10000 for edit in track.edits):
        yield "has an edit list of several parts, which can hide some of it"
        return
    length, first, _rate = played[0]
    last = first + round(length * track.scale / movie_scale)
    if track.kind == b"vide":
        frame = max(1, min(track.lengths, default=1))
        out = sum(1 for at in track.shown if at < first or at >= last + frame // 2)
        out += track.lengths.count(0)
        if out:
            yield f"stores {out} pictures that are not shown"
        return
    end = max((at + n for at, n in zip(track.shown, track.lengths, strict=True)), default=0)
    if max(first, end - last) > _PRIMING_S * track.scale:
        yield f"stores {max(first, end - last) / track.scale:.1f} seconds that are not heard"


def _pictures(raw: Raw, track: _Track) -> Iterator[tuple[str, str]]:
    """Units of the H.264 stream that are no picture (ISO/IEC 14496-10)."""
    said: set[str] = set()
    width = track.nal_length
    for start, size in zip(track.starts, track.sizes, strict=True):
        at, end, begun = start, start + size, 0
        while at < end:
            length = int.from_bytes(raw[at : at + width])
            at += width
            if length == 0 or at + length > end:
                what = "has a picture with bytes that belong to none"
            else:
                what = _unit(raw, at, length)
                # A picture's first slice starts with a set bit (`first_mb_in_slice` is 0).
                begun += raw[at] & 31 in _PICTURES and length > 1 and raw[at + 1] >= 0x80
                what = what or ("stores two pictures where one is shown" if begun > 1 else "")
            if what and what not in said and len(said) < _MOST_SAID:
                said.add(what)
                yield f"byte {at}", what
            at += length if 0 < length <= end - at else end - at


def _unit(raw: Raw, at: int, length: int) -> str:
    kind = raw[at] & 31
    if kind in _PICTURES:
        return ""
    if kind == 6:
        return _message(raw[at + 1 : at + length])
    if kind in _PARAMETERS:
        return "" if length < 400 else "has settings that are too long"
    return f"holds data of kind {kind} between its pictures"


def _message(body: bytes) -> str:
    """What is wrong with supplemental data (SEI); empty if nothing."""
    body = re.sub(rb"\x00\x00\x03(?=[\x00-\x03])", b"\x00\x00", body)
    at = 0
    while at < len(body) - 1:
        numbers = []
        for _ in range(2):
            number = 0
            while at < len(body) and body[at] == 0xFF:
                number, at = number + 255, at + 1
            if at >= len(body):
                return "holds supplemental data that cannot be read"
            numbers.append(number + body[at])
            at += 1
        kind, size = numbers
        said = body[at : at + size]
        at += size
        if kind == 5 and said[:16] == _X264 and _X264_SAYS.fullmatch(said[16:]):
            continue
        if kind not in _SEI_PLAIN or len(said) > 64 or (kind == 3 and said.strip(b"\xff\0")):
            names = {4: "closed captions or camera data", 5: "words of a program"}
            return f"holds {names.get(kind, f'supplemental data of kind {kind}')} in its pictures"
    return "" if body[at:] in (b"\x80", b"") else "holds bytes behind its supplemental data"
