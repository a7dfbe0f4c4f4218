"""Films that went wrong by a seed: flipped, cut, exchanged, mostly where heads and indexes lie."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from random import Random

ODD = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE)
PACKET = 188
"""Bytes of a packet of MPEG-TS."""
_HOLDS_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"udta"}


def boxes(raw: bytes, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Place and size of every box of an MP4, those inside others too."""
    end, found, at = len(raw) if end is None else end, [], start
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", raw, at)
        if size < 8 or at + size > end:
            break
        found.append((at, size))
        if kind in _HOLDS_BOXES:
            found += boxes(raw, at + 8, at + size)
        at += size
    return found


def heads(raw: bytes) -> list[range]:
    """Where heads and indexes lie in a film."""
    if raw[4:8] == b"ftyp":
        found = [range(at, at + size) for at, size in boxes(raw) if raw[at + 4 : at + 8] != b"mdat"]
        return [*found, *(range(place.start, place.start + 8) for place in found)]
    if raw[:4] == b"\x1a\x45\xdf\xa3":
        clusters = [at for at in range(len(raw)) if raw.startswith(b"\x1f\x43\xb6\x75", at)]
        ends = [range(0, clusters[0]), range(max(0, len(raw) - 400), len(raw))]
        return ends * 3 + [range(at, min(len(raw), at + 40)) for at in clusters]
    first = raw.index(b"\x47")
    step = PACKET if raw[first + PACKET] == 0x47 else PACKET + 4
    packets = range(first, len(raw) - step, step)
    tables = [
        range(at, at + step) for at in packets if not raw[at + 1] & 0x0F or raw[at + 1] & 0x40
    ]
    return tables + [range(at, at + 24) for at in packets]


def place(raw: Sequence[int], chance: Random, wheres: list[range]) -> int:
    """Somewhere, four times in five in a head."""
    where = chance.choice(wheres) if chance.random() < 0.8 else range(len(raw))
    return min(chance.randrange(where.start, max(where.start + 1, where.stop)), len(raw) - 1)


def _flip(raw: bytearray, at: int, chance: Random) -> None:
    raw[at] ^= 1 << chance.randrange(8)


def _odd(raw: bytearray, at: int, chance: Random) -> None:
    size = chance.choice([1, 2, 4, 8])
    value = chance.choice(ODD) & (256**size - 1)
    raw[at : at + size] = value.to_bytes(size, "big")


def _noise(raw: bytearray, at: int, chance: Random) -> None:
    size = chance.randint(1, 64)
    raw[at : at + size] = chance.randbytes(size)


def _zeros(raw: bytearray, at: int, chance: Random) -> None:
    size = min(chance.choice([4, 40, 400, 4000]), len(raw) - at)
    raw[at : at + size] = bytes(size)


def _cut(raw: bytearray, at: int, _chance: Random) -> None:
    del raw[max(at, 64) :]


def _gap(raw: bytearray, at: int, chance: Random) -> None:
    del raw[at : at + chance.choice([1, 8, 100, 5000])]


def _twice(raw: bytearray, at: int, chance: Random) -> None:
    piece = raw[at : at + chance.choice([8, 188, 3000])]
    raw[at:at] = piece * chance.randint(1, 3)


def _exchanged(raw: bytearray, at: int, chance: Random) -> None:
    other, size = chance.randrange(len(raw)), chance.choice([4, 8, 188, 1000])
    low, high = sorted((at, other))
    size = min(size, high - low, len(raw) - high)
    raw[low : low + size], raw[high : high + size] = raw[high : high + size], raw[low : low + size]


def _boxes_exchanged(raw: bytearray, at: int, chance: Random) -> None:
    """Two boxes take one another's size, or kind; in other films any two words."""
    there = [place for place, _ in boxes(bytes(raw))] or [at, chance.randrange(len(raw) - 8)]
    one, other = chance.choice(there), chance.choice(there)
    shift = chance.choice([0, 4])
    for a, b in ((one + shift, other + shift),):
        raw[a : a + 4], raw[b : b + 4] = raw[b : b + 4], raw[a : a + 4]


KINDS: tuple[Callable[[bytearray, int, Random], None], ...] = (
    _flip, _flip, _odd, _odd, _odd, _noise, _zeros, _cut, _gap, _twice, _exchanged, _boxes_exchanged,
)  # fmt: skip


def mutated(raw: bytes, seed: str) -> bytes:
    """The film, changed at one to six places as the seed says."""
    chance, film, wheres = Random(seed), bytearray(raw), heads(raw)
    for _ in range(chance.choice([1, 1, 2, 3, 6])):
        if len(film) > 100:
            chance.choice(KINDS)(film, place(film, chance, wheres), chance)
    return bytes(film)
