"""What is done to a cut's picture before it is sized: made upright, covered, cropped.

Boxes are fractions of the upright, uncropped picture; covering comes before cropping.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ffmpeg

from vigsite.case.fields import Box
from vigsite.media.recording import Cut, Recording


@dataclass(frozen=True, slots=True)
class Cover:
    """A box made unrecognisable in frames [first, after) of a cut, moving in a straight line."""

    first: int
    after: int
    start_s: Fraction
    """When it starts to move, in seconds from the cut's first frame."""
    end_s: Fraction
    box: Box
    to_box: Box


@dataclass(frozen=True, slots=True)
class Look:
    """What is done to a picture and its sound besides cutting."""

    covers: tuple[Cover, ...] = ()
    crop: Box | None = None
    speed: Fraction = Fraction(1)
    silent: bool = False
    mutes: tuple[tuple[Fraction, Fraction], ...] = ()
    """Stretches without sound, in seconds from the cut's first frame."""


_SLACK_US = 2_000
"""A frame's time may lie this much before the mark it was snapped to."""


def shaped(picture: Any, recording: Recording, cut: Cut, look: Look) -> Any:
    """The upright picture, covered and cropped, its first frame at 0."""
    if mark_us := recording.mark_us(cut):
        start = Fraction(mark_us - _SLACK_US, 1_000_000)
        picture = picture.filter("trim", start=decimal(start))
    picture = picture.filter("trim", end_frame=cut.frames).filter("setpts", "PTS-STARTPTS")
    picture = picture.filter("scale", recording.width, recording.height).filter("setsar", 1)
    if look.covers:
        picture = _covered(picture, recording, look.covers)
    if look.crop is not None:
        x, y, width, height = _pixels(look.crop, recording)
        picture = picture.filter("crop", width, height, x, y)
    return picture


def _covered(picture: Any, recording: Recording, covers: tuple[Cover, ...]) -> Any:
    """A patch of at most 6 x 6 colours over each box: nothing below it can be restored.

    All patches come from one split: a chain of splits doubles ffmpeg's work with every box.
    """
    branches = picture.filter_multi_output("split", 1 + len(covers))
    shown = branches[0]
    for number, cover in enumerate(covers, 1):
        width = _even_up(
            max(cover.box.width, cover.to_box.width) * recording.width, recording.width
        )
        height = _even_up(
            max(cover.box.height, cover.to_box.height) * recording.height, recording.height
        )
        x = _path(
            (cover.box.x + cover.box.width / 2) * recording.width - Fraction(width, 2),
            (cover.to_box.x + cover.to_box.width / 2) * recording.width - Fraction(width, 2),
            recording.width - width,
            cover,
        )
        y = _path(
            (cover.box.y + cover.box.height / 2) * recording.height - Fraction(height, 2),
            (cover.to_box.y + cover.to_box.height / 2) * recording.height - Fraction(height, 2),
            recording.height - height,
            cover,
        )
        patch = branches[number].filter("crop", width, height, x, y)
        patch = patch.filter("scale", _cells(width), _cells(height), flags="area")
        patch = patch.filter("scale", width, height, flags="bicubic")
        enable = f"between(n,{cover.first},{cover.after - 1})"
        shown = ffmpeg.overlay(shown, patch, x=x, y=y, enable=enable)
    return shown


def _cells(pixels: int) -> int:
    """How many colours stay across a patch: at most six, each at least four pixels wide."""
    return max(1, min(6, pixels // 4))


def _even_up(wanted: Fraction, most: int) -> int:
    """Two pixels more than wanted, even, but not more than there is."""
    return min(2 * math.ceil(wanted / 2) + 2, most - most % 2)


def _path(start: Fraction, end: Fraction, most: int, cover: Cover) -> str:
    """An even position that moves from `start` to `end`, as an expression of the time `t`."""
    start = min(max(start, Fraction(0)), Fraction(most))
    end = min(max(end, Fraction(0)), Fraction(most))
    if start == end:
        return str(2 * math.floor(start / 2))
    pace = (end - start) / (cover.end_s - cover.start_s)
    moved = f"(clip(t,{decimal(cover.start_s)},{decimal(cover.end_s)})-{decimal(cover.start_s)})"
    return f"2*floor(({decimal(start)}+({decimal(pace)})*{moved})/2)"


def _pixels(box: Box, recording: Recording) -> tuple[int, int, int, int]:
    """x, y, width, height of a box in whole, even pixels, not larger than asked."""
    x = 2 * round(box.x * recording.width / 2)
    y = 2 * round(box.y * recording.height / 2)
    width = max(
        2, 2 * math.floor(min(box.width * recording.width, Fraction(recording.width - x)) / 2)
    )
    height = max(
        2, 2 * math.floor(min(box.height * recording.height, Fraction(recording.height - y)) / 2)
    )
    return x, y, width, height


def cropped_size(recording: Recording, look: Look) -> tuple[int, int]:
    """Width and height that a crop leaves, in pixels."""
    if look.crop is None:
        return recording.width, recording.height
    return _pixels(look.crop, recording)[2:]


def decimal(value: Fraction) -> str:
    """A number as ffmpeg reads it."""
    return f"{float(value):.6f}"
