"""What was covered, cut away or muted by hand, and where a person has to look to confirm it.

A program can hold that a box is where the notes put it, not that the right face is below it.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from fractions import Fraction

from vigsite.case.fields import Box
from vigsite.media.recipes.picture import Cover, Look
from vigsite.media.recordings.recording import Cut, Recording

_WAY = "1"
"""Of covering, cropping and muting. Raised when any of them changes, so that all is looked at
again."""
_GAP_US = 1_000_000
"""Between two pictures to look at lies no more of a covered or cropped clip than this."""
_MOST = 40
"""Pictures of one clip; a long one gets wider gaps instead."""


def guard_of(recording_sha256: str, cuts: Sequence[tuple[Cut, Look]]) -> str:
    """Hash over what a person sees when looking at a moment, however finely it is encoded.

    Empty when nothing in it is covered, cut away or muted. A sequence of stills counts as a whole,
    since one that no box covers may show what the others hide.
    """
    if not any(guarded(look) for _, look in cuts):
        return ""
    return hashlib.sha256(what_is_seen(recording_sha256, cuts).encode()).hexdigest()


def what_is_seen(recording_sha256: str, cuts: Sequence[tuple[Cut, Look]]) -> str:
    """Return a text that differs when a person who looks at a moment sees or hears something else.

    However finely it is encoded: that does not change what a box covers.
    """
    seen = [
        (cut, look.covers, look.crop, look.speed, look.silent, look.mutes) for cut, look in cuts
    ]
    return repr((_WAY, recording_sha256, seen))


def guarded(look: Look) -> bool:
    """Whether anything is covered, cut away or muted."""
    return bool(look.covers or look.crop or look.silent or look.mutes)


def box_at(cover: Cover, since_s: Fraction) -> Box | None:
    """Where a box lies, so many seconds after the cut's first frame; None while there is none."""
    if not cover.from_s <= since_s <= cover.until_s:
        return None
    moved = (since_s - cover.start_s) / (cover.end_s - cover.start_s)
    share = min(Fraction(1), max(Fraction(0), moved))

    def between(start: Fraction, end: Fraction) -> Fraction:
        return start + (end - start) * share

    one, other = cover.box, cover.to_box
    return Box(
        between(one.x, other.x),
        between(one.y, other.y),
        between(one.width, other.width),
        between(one.height, other.height),
    )


def worth_a_look(
    recording: Recording, cut: Cut, look: Look, *, everywhere: bool = False
) -> dict[int, list[str]]:
    """Frames of the recording to look at, with what happens there; rising.

    First, middle and last; the frames before a box begins and after it ends, on which it would be
    missed; where it moves fastest; and so many between them that no gap is long.
    """
    first, last = cut.first, cut.first + cut.frames - 1
    found: dict[int, list[str]] = {}

    def mark(frame: int, what: str) -> None:
        if first <= frame <= last:
            found.setdefault(frame, []).append(what)

    mark(first, "first picture")
    if cut.frames == 1:
        return found
    mark((first + last) // 2, "middle")
    mark(last, "last picture")
    for number, cover in enumerate(look.covers, 1):
        name = f"box {number}" if len(look.covers) > 1 else "the box"
        inside = [f for f in range(first, last + 1) if box_at(cover, since(recording, cut, f))]
        if not inside:
            continue
        mark(inside[0] - 1, f"before {name} begins")
        mark(inside[0], f"{name} begins")
        mark(inside[-1], f"{name} ends")
        mark(inside[-1] + 1, f"after {name} has ended")
        if cover.box != cover.to_box:  # in a straight line, so it is everywhere as fast
            mark((inside[0] + inside[-1]) // 2, f"{name} on its way")
    if look.covers or look.crop or everywhere:
        _fill(found, recording, cut)
    return dict(sorted(found.items()))


def since(recording: Recording, cut: Cut, frame: int) -> Fraction:
    """Seconds from a cut's first frame to another one."""
    return Fraction(recording.frame_us[frame] - recording.frame_us[cut.first], 1_000_000)


def _fill(found: dict[int, list[str]], recording: Recording, cut: Cut) -> None:
    """Adds frames until no two neighbours are far apart."""
    gap_us = max(_GAP_US, cut.length_us // _MOST)
    marked = sorted(found)
    for start, end in itertools.pairwise(marked):
        length_us = recording.frame_us[end] - recording.frame_us[start]
        parts = -(-length_us // gap_us)
        for part in range(1, parts):
            frame = start + (end - start) * part // parts
            found.setdefault(frame, [])
