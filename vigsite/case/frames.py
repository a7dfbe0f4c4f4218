"""Fingerprints of a recording's frames: they tell the same film again in another file.

A fingerprint holds no picture. Its `exact` part is a hash of the decoded frame, the same wherever
the film was only copied. Its `moved` part survives another size, rate and compression: on a grid of
8 x 8 cells, which became brighter or darker around that instant, in three steps. What stays where
it was (the room) leaves nothing in it, so another film of the same room differs.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from vigsite.case.fields import refuse
from vigsite.case.timecode import Span, format_time, parse_time

CELLS = 8
"""Cells in a row, and rows."""
STEPS = (1, 2, 4)
"""Grey levels of 256 by which a cell has to change, for one bit each."""
AROUND_MS = 1000
"""How far around a stretch frames count, so that a short one has enough of them."""
_ALIKE = 0.65
"""Of the same film at least 0.83 was measured where it moves, of another at most 0.57."""
_ENOUGH_BITS = 40
_ENOUGH_FRAMES = 4
_BIN_MS = 40
_NEAR_MS = 50
"""As far apart may two frames be that are compared: films have different rates."""


@dataclass(frozen=True, slots=True)
class FramePrint:
    """The fingerprint of one frame."""

    time_ms: int
    exact: str
    """64 bits of a hash of its pixels; empty for a picture of one colour."""
    moved: int | None
    """Bit (2 * cell + darker) * 3 + step; None at the ends of a film."""

    @classmethod
    def read(cls, text: str) -> FramePrint:
        """Return what `str` wrote. Raises ValueError."""
        time, exact, moved = text.split()
        bits = None if moved == "-" else int(moved, 16)
        return cls(parse_time(time), exact.strip("-"), bits)

    def __str__(self) -> str:
        moved = "-" if self.moved is None else f"{self.moved:x}"
        return f"{format_time(self.time_ms)} {self.exact or '-'} {moved}"


def _frame_print(value: Any) -> FramePrint:
    try:
        return FramePrint.read(value)
    except (AttributeError, ValueError):
        raise refuse("is not a fingerprint of a frame") from None


WrittenPrint = Annotated[
    FramePrint, PlainValidator(_frame_print), WithJsonSchema({"type": "string"})
]
"""A time, 64 bits and up to 384 bits in hexadecimal; `-` where there are none."""


def moved_between(before: Sequence[float], after: Sequence[float]) -> int:
    """Return what `moved` holds, of two grids of grey levels."""
    found = 0
    for cell, (old, new) in enumerate(zip(before, after, strict=True)):
        place = (2 * cell + (new < old)) * len(STEPS)
        for step, least in enumerate(STEPS):
            found |= (abs(new - old) >= least) << (place + step)
    return found


def shift_between(kept: Sequence[FramePrint], seen: Sequence[FramePrint]) -> int | None:
    """Return by how many milliseconds `seen` shows what was `kept` later; None if it does not.

    `seen` are all frames of a stretch, by their times.
    """
    exact = {one.exact: one.time_ms for one in kept if one.exact}
    shifts = [one.time_ms - exact[one.exact] for one in seen if one.exact in exact]
    if shifts:
        return Counter(shifts).most_common(1)[0][0]
    moving = [one for one in kept if one.moved is not None]
    known = [one for one in seen if one.moved is not None]
    bins = {(other.time_ms - one.time_ms) // _BIN_MS for one in moving for other in known}
    times = [one.time_ms for one in known]
    best, found = _ALIKE, None
    for shift in sorted(number * _BIN_MS for number in bins):
        if (alike := _alike(moving, known, times, shift)) >= best:
            best, found = alike, shift
    return found


def _alike(
    kept: Sequence[FramePrint], seen: Sequence[FramePrint], times: Sequence[int], shift: int
) -> float:
    """Return the part of the bits of both, at a shift, that both have."""
    common = either = frames = 0
    for one in kept:
        wanted = one.time_ms + shift
        after = bisect.bisect_left(times, wanted)
        near = min(range(max(0, after - 1), min(after + 1, len(times))),
                   key=lambda at: abs(times[at] - wanted))  # fmt: skip
        if abs(times[near] - wanted) <= _NEAR_MS:
            old, new = one.moved or 0, seen[near].moved or 0
            common += (old & new).bit_count()
            either += (old | new).bit_count()
            frames += 1
    return common / either if frames >= _ENOUGH_FRAMES and either >= _ENOUGH_BITS else 0


def shifted(span: Span, shift_ms: int) -> Span | None:
    """Return where a stretch lies in the other file; None when that begins after it."""
    start, end = span.start_ms + shift_ms - _NEAR_MS, span.end_ms + shift_ms + _NEAR_MS
    return Span(max(0, start), end) if end > 0 else None
