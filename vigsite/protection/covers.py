"""Covers held against one another: whether some hide all that another one hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vigsite.case.timecode import Span
from vigsite.protection.same_seconds import CROPPED, UNKNOWN, touches
from vigsite.records.record import CoveredSpan

_EXACT = 0.005
"""Of a picture's side: places that differ by less are the same."""


def is_bare(
    shown: Iterable[Span], covers: Iterable[CoveredSpan], wanted: CoveredSpan, *, in_it: bool
) -> bool:
    """Return whether stretches that have these covers show something that another cover hides.

    Of another file of the film (not `in_it`) the times may be others, and of a cover of before
    kinds were kept nothing tells which it was; there it counts that anything of the kind is there.
    """
    shown = tuple(shown)
    alike = [one for one in covers if one.kind in (wanted.kind, UNKNOWN) or wanted.kind == UNKNOWN]
    if not alike or not in_it or wanted.kind == UNKNOWN:
        return not alike and (not in_it or touches(shown, [(wanted.start_ms, wanted.end_ms)]))
    hiding = [one for one in alike if _hides(one, wanted)]
    shared = ((max(one.start_ms, wanted.start_ms), min(one.end_ms, wanted.end_ms)) for one in shown)
    return any(not _within(start, end, hiding) for start, end in shared if start < end)


def _hides(cover: CoveredSpan, wanted: CoveredSpan) -> bool:
    """Return whether a cover hides what another one of its kind hides, while both are there.

    A crop hides what lies outside of it. Where no place is known, the time alone counts.
    """
    if not cover.box or not wanted.box:
        return True
    start, end = max(cover.start_ms, wanted.start_ms), min(cover.end_ms, wanted.end_ms)
    outer, inner = (wanted, cover) if cover.kind == CROPPED else (cover, wanted)
    pairs = ((_box_at(outer, time), _box_at(inner, time)) for time in (start, end))
    return all(
        large[axis] <= small[axis] + _EXACT
        and large[axis] + large[axis + 2] >= small[axis] + small[axis + 2] - _EXACT
        for large, small in pairs
        for axis in (0, 1)
    )


def _box_at(cover: CoveredSpan, time_ms: int) -> list[float]:
    """Return the place of a cover at a time: it moves in a straight line."""
    share = (time_ms - cover.start_ms) / max(1, cover.end_ms - cover.start_ms)
    return [
        first + (last - first) * share
        for first, last in zip(cover.box[:4], cover.box[-4:], strict=True)
    ]


def _within(start: int, end: int, covers: Sequence[CoveredSpan]) -> bool:
    """Return whether covers leave nothing out of a stretch."""
    for cover in sorted(covers, key=lambda one: one.start_ms):
        if cover.start_ms <= start < cover.end_ms:
            start = cover.end_ms
    return start >= end
