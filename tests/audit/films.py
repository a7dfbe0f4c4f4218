"""Ways of hiding something in a film of ours, and what a cut that only skips leaves behind."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

from tests.helpers.counted_films import run_ffmpeg

Change = Callable[[bytes], bytes]
_CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"edts", b"dinf")


def box(kind: bytes, body: bytes) -> bytes:
    """A box of an MP4."""
    return struct.pack(">I4s", 8 + len(body), kind) + body


def boxes(raw: bytes, start: int = 0, end: int | None = None) -> list[tuple[bytes, int, int]]:
    """Kind, place and size of every box, those in others included."""
    found, at = [], start
    while at + 8 <= (len(raw) if end is None else end):
        size, kind = struct.unpack_from(">I4s", raw, at)
        found.append((kind, at, size))
        if kind in _CONTAINERS:
            found += boxes(raw, at + 8, at + size)
        at += size
    return found


def first(raw: bytes, kind: bytes) -> tuple[int, int]:
    """Place and size of the first box of a kind."""
    return next((at, size) for found, at, size in boxes(raw) if found == kind)


def added(raw: bytes, inside: bytes, more: bytes) -> bytes:
    """A film with a box put at the end of each box around it; its offsets follow."""
    at, size = first(raw, inside)
    end = at + size
    grown = bytearray(raw[:end] + more + raw[end:])
    for kind, place, length in boxes(raw):
        if kind in _CONTAINERS and place <= at and end <= place + length:
            grown[place : place + 4] = struct.pack(">I", length + len(more))
    mdat = first(raw, b"mdat")[0]
    return moved(bytes(grown), len(more)) if end <= mdat else bytes(grown)


def moved(raw: bytes, by: int) -> bytes:
    """A film whose sample tables point further on."""
    grown = bytearray(raw)
    for kind, at, _size in boxes(raw):
        if kind == b"stco":
            (count,) = struct.unpack_from(">I", raw, at + 12)
            for number in range(count):
                place = at + 16 + 4 * number
                (offset,) = struct.unpack_from(">I", raw, place)
                struct.pack_into(">I", grown, place, offset + by)
    return bytes(grown)


def put(raw: bytes, kind: bytes, at: int, said: bytes) -> bytes:
    """A film with bytes of a box overwritten."""
    place = first(raw, kind)[0] + 8 + at
    return raw[:place] + said + raw[place + len(said) :]


def _in_mdat(raw: bytes, said: bytes) -> bytes:
    """Bytes at the start of the stored data that no table names."""
    at, size = first(raw, b"mdat")
    grown = (
        raw[:at] + struct.pack(">I", size + len(said)) + raw[at + 4 : at + 8] + said + raw[at + 8 :]
    )
    return moved(grown, len(said))


def _behind_mdat(raw: bytes, said: bytes) -> bytes:
    at, size = first(raw, b"mdat")
    return raw[:at] + struct.pack(">I", size + len(said)) + raw[at + 4 : at + size] + said


def _over_sound(raw: bytes, said: bytes) -> bytes:
    """Bytes in the midst of what is stored as pictures."""
    at, size = first(raw, b"mdat")
    middle = at + size // 2
    return raw[:middle] + said + raw[middle + len(said) :]


def _handler(raw: bytes, said: bytes) -> bytes:
    at, size = first(raw, b"hdlr")
    body = raw[at + 8 : at + 32] + said + b"\0"
    shift = 8 + len(body) - size
    grown = bytearray(raw[:at] + box(b"hdlr", body) + raw[at + size :])
    for kind, place, length in boxes(raw):
        if kind in _CONTAINERS and place <= at < place + length:
            grown[place : place + 4] = struct.pack(">I", length + shift)
    return moved(bytes(grown), shift)


def _sei(raw: bytes, said: bytes) -> bytes:
    """Words in the place of x264's own, which stand in the first picture."""
    at = raw.index(b"x264 - core")
    return raw[:at] + said + raw[at + len(said) :]


def hidden(said: bytes) -> dict[str, Change]:
    """Films of ours that carry `said`, by how."""
    return {
        "a box behind": lambda raw: raw + box(b"free", said),
        "bytes behind": lambda raw: raw + said,
        "an unknown box": lambda raw: raw + box(b"note", said),
        "a uuid box": lambda raw: raw + box(b"uuid", bytes(16) + said),
        "an unknown box in a track": lambda raw: added(raw, b"trak", box(b"note", said)),
        "user data": lambda raw: added(raw, b"moov", box(b"udta", box(b"\xa9cmt", said))),
        "user data of a track": lambda raw: added(raw, b"trak", box(b"udta", box(b"name", said))),
        "a place": lambda raw: added(raw, b"moov", box(b"udta", box(b"\xa9xyz", said))),
        "metadata": lambda raw: added(raw, b"moov", box(b"meta", said)),
        "empty room in a track": lambda raw: added(raw, b"minf", box(b"free", said)),
        "a handler's name": lambda raw: _handler(raw, said),
        "the encoder's name": lambda raw: put(
            raw, b"stsd", 8 + 8 + 42, bytes([len(said[:31])]) + said[:31].ljust(31, b"\0")
        ),
        "the encoder's words": lambda raw: _sei(raw, said),
        "stored data that nothing uses": lambda raw: _in_mdat(raw, said),
        "stored data at the end": lambda raw: _behind_mdat(raw, said),
    }  # fmt: skip


def over_stored(raw: bytes, said: bytes) -> bytes:
    """Bytes in the midst of what is stored as pictures and sound."""
    return _over_sound(raw, said)


TOLD: dict[str, Change] = {
    "when it was made": lambda raw: put(raw, b"mvhd", 4, struct.pack(">I", 3_800_000_000)),
    "when a track was made": lambda raw: put(raw, b"tkhd", 8, struct.pack(">I", 3_800_000_000)),
    "when the media was made": lambda raw: put(raw, b"mdhd", 4, struct.pack(">I", 3_800_000_000)),
    "a language": lambda raw: put(raw, b"mdhd", 20, b"\x15\xc7"),
}
"""Films that tell something without words."""


def cut_by_skipping(folder: Path, film: Path) -> Path:
    """A copied clip: an edit list hides what was recorded before the cut."""
    made = folder / "skipped.mp4"
    run_ffmpeg("-ss", "1.3", "-i", str(film), "-t", "1", "-c", "copy", "-map_metadata", "-1",
               "-fflags", "+bitexact", "-movflags", "+faststart", str(made))  # fmt: skip
    return made
