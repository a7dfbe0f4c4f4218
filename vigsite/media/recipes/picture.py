"""What is done to a picture: made upright, sized, brought to usual colours, covered, cropped.

Boxes are fractions of the upright, uncropped picture; covering comes before cropping. A picture is
anything with `filter`, `filter_multi_output` and `overlay`: a stream of ffmpeg-python, or a wire of
`pyav_stills.py`. So clips and stills are shaped by the same lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ffmpeg

from vigsite.case.fields import Box
from vigsite.media.recipes.sound import PLAIN_SOUND, Hearing
from vigsite.media.recordings.recording import Margins, Recording, Stored


@dataclass(frozen=True, slots=True)
class Cover:
    """A box made unrecognisable for a while of a cut, moving in a straight line."""

    from_s: Fraction
    """When it covers, in seconds from the cut's first frame: half-way between two frames."""
    until_s: Fraction
    start_s: Fraction
    """When it starts to move, in seconds from the cut's first frame."""
    end_s: Fraction
    box: Box
    to_box: Box
    whole: bool = False
    """Whether it covers every frame of the cut."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is done to a picture and its sound besides cutting."""

    covers: tuple[Cover, ...] = ()
    crop: Box | None = None
    speed: Fraction = Fraction(1)
    silent: bool = False
    mutes: tuple[tuple[Fraction, Fraction], ...] = ()
    """Stretches without sound, in seconds from the cut's first frame."""
    hearing: Hearing = PLAIN_SOUND


@dataclass(frozen=True, slots=True)
class Colours:
    """How colours are stored in what is made."""

    matrix: str
    """As `scale` names it."""
    zimg_matrix: str
    """As `zscale` names it."""
    range: str
    format: str


FOR_VIDEO = Colours("bt709", "709", "tv", "yuv420p")
FOR_JPEG = Colours("bt601", "470bg", "pc", "yuvj420p")
"""JPEG counts colours the way of BT.601 in full range, whatever the film's way was."""

_TONE_MAP = (
    ("zscale", {"transfer": "linear", "npl": 203}),
    ("format", {"pix_fmts": "gbrpf32le"}),
    ("zscale", {"primaries": "709"}),
    ("tonemap", {"tonemap": "mobius", "param": 0.5, "desat": 0, "peak": 10}),
)
"""From a high dynamic range to a usual one: white paper (203 nits, ITU-R BT.2408) stays white."""


_SAID_OF_LIGHT = {
    light: {"color_trc": transfer, "color_primaries": "bt2020", "colorspace": "bt2020nc"}
    for light, transfer in (("hlg", "arib-std-b67"), ("pq", "smpte2084"))
}
"""What pictures of high dynamic range say of themselves, as `setparams` names it."""
_ZIMG_MATRICES = {
    "bt709": "709",
    "bt601": "470bg",
    "fcc": "fcc",
    "smpte240m": "240m",
    "bt2020": "2020_ncl",
}
"""Matrices as `scale` and as `zscale` name them."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """How large the whole upright picture is drawn, and which part of it is kept; even pixels."""

    width: int
    height: int
    crop: tuple[int, int, int, int] | None
    """x, y, width, height."""
    scaler: str = "bicubic"
    """As ffmpeg's `scale` names it."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of what is kept."""
        return self.crop[2:] if self.crop else (self.width, self.height)


def canvas(
    recording: Recording, look: Look, long_side: int, short_side: int, scaler: str = "bicubic"
) -> Canvas:
    """The canvas whose kept part has at most these sides; never larger than the recording."""
    box = look.crop
    width = recording.width * (box.width if box else 1)
    height = recording.height * (box.height if box else 1)
    scale = min(
        Fraction(1),
        Fraction(long_side) / max(width, height),
        Fraction(short_side) / min(width, height),
    )
    whole = (_even(recording.width * scale), _even(recording.height * scale))
    return Canvas(*whole, _pixels(box, *whole) if box else None, scaler)


def shaped(
    picture: Any,
    recording: Recording,
    look: Look,
    drawn: Canvas,
    colours: Colours,
    *,
    alone: bool = False,
) -> Any:
    """Pictures as stored in the film, made ready to be encoded.

    `alone` says that there is one picture only, so that its half pictures have no neighbours.
    """
    if recording.turns:
        picture = _stretch_by_stretch(picture, recording, drawn, colours)
    else:
        picture = _read(picture, recording.stored, drawn, colours, alone=alone)
    # What came along beside the pixels, such as captions, places and colour profiles, ends here.
    picture = picture.filter("sidedata", mode="delete").filter("setsar", 1)
    if look.covers:
        picture = _covered(picture, drawn, look.covers)
    if drawn.crop is not None:
        x, y, width, height = drawn.crop
        picture = picture.filter("crop", width, height, x, y)
    return picture


def _stretch_by_stretch(picture: Any, recording: Recording, drawn: Canvas, colours: Colours) -> Any:
    """Pictures of a cut in which they begin to be stored otherwise, each as it is stored."""
    bounds = [decimal(Fraction(us, 1_000_000)) for us, _ in recording.turns]
    ways = [recording.stored, *(stored for _, stored in recording.turns)]
    branches = picture.filter_multi_output("split", len(ways))
    parts = []
    for number, stored in enumerate(ways):
        span = {"start": bounds[number - 1]} if number else {}
        span |= {"end": bounds[number]} if number < len(bounds) else {}
        part = branches[number].filter("trim", **span)
        parts.append(_read(part, stored, drawn, colours, alone=False).filter("setsar", 1))
    return ffmpeg.filter(parts, "interleave", len(parts))


def _read(picture: Any, stored: Stored, drawn: Canvas, colours: Colours, *, alone: bool) -> Any:
    """Pictures that are stored in one way: whole, upright, sized, in the colours asked for."""
    if stored.layout is not None:
        # The filters are made for the first picture that is read; `scale` alone takes any other.
        width, height, pixels = stored.layout
        same = {"color_matrix": stored.matrix, "range": stored.range}
        kept = {f"{side}_{name}": value for side in ("in", "out") for name, value in same.items()}
        picture = picture.filter("scale", width, height, **kept).filter("format", pixels)
        if stored.light:
            picture = picture.filter("setparams", **_SAID_OF_LIGHT[stored.light])
    if stored.interlaced and alone:
        picture = picture.filter("estdif", mode="frame", deint="interlaced")
    elif stored.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    if stored.margins is not None:
        picture = _without(picture, stored.margins)
    for turn in stored.upright:
        name, _, value = turn.partition("=")
        picture = picture.filter(name, **({"dir": value} if value else {}))
    return _coloured(picture, stored, drawn, colours)


def _without(picture: Any, margins: Margins) -> Any:
    """Without what the container cuts away; colours are stored for every second pixel."""
    left, right, top, bottom = (
        side + side % 2 for side in (margins.left, margins.right, margins.top, margins.bottom)
    )
    return picture.filter("crop", f"iw-{left + right}", f"ih-{top + bottom}", left, top)


def _coloured(picture: Any, stored: Stored, drawn: Canvas, colours: Colours) -> Any:
    """Sized, and in the colours asked for."""
    if stored.primaries:
        return _narrowed(picture, stored, drawn, colours)
    if not stored.light:
        return picture.filter(
            "scale",
            drawn.width,
            drawn.height,
            flags=drawn.scaler,
            in_color_matrix=stored.matrix,
            in_range=stored.range,
            out_color_matrix=colours.matrix,
            out_range=colours.range,
        ).filter("format", colours.format)
    picture = picture.filter("scale", drawn.width, drawn.height, flags=drawn.scaler)
    for name, options in _TONE_MAP:
        picture = picture.filter(name, **options)
    return picture.filter(
        "zscale",
        transfer="709",
        matrix=colours.zimg_matrix,
        range=colours.range,
    ).filter("format", colours.format)


def _narrowed(picture: Any, stored: Stored, drawn: Canvas, colours: Colours) -> Any:
    """Colours that reach beyond BT.709 brought into it; what lies outside is cut off."""
    picture = picture.filter("scale", drawn.width, drawn.height, flags=drawn.scaler)
    picture = picture.filter(
        "zscale",
        transferin="709",
        primariesin=stored.primaries,
        matrixin=_ZIMG_MATRICES[stored.matrix],
        rangein=stored.range,
        transfer="linear",
    )
    picture = picture.filter("format", pix_fmts="gbrpf32le").filter("zscale", primaries="709")
    return picture.filter(
        "zscale", transfer="709", matrix=colours.zimg_matrix, range=colours.range
    ).filter("format", colours.format)


def _covered(picture: Any, drawn: Canvas, covers: tuple[Cover, ...]) -> Any:
    """A patch of at most 6 x 6 colours over each box: nothing below it can be restored.

    All patches come from one split: a chain of splits doubles ffmpeg's work with every box.
    """
    branches = picture.filter_multi_output("split", 1 + len(covers))
    shown = branches[0]
    for number, cover in enumerate(covers, 1):
        width = _even_up(max(cover.box.width, cover.to_box.width) * drawn.width, drawn.width)
        height = _even_up(max(cover.box.height, cover.to_box.height) * drawn.height, drawn.height)
        x = _path(
            (cover.box.x + cover.box.width / 2) * drawn.width - Fraction(width, 2),
            (cover.to_box.x + cover.to_box.width / 2) * drawn.width - Fraction(width, 2),
            drawn.width - width,
            cover,
        )
        y = _path(
            (cover.box.y + cover.box.height / 2) * drawn.height - Fraction(height, 2),
            (cover.to_box.y + cover.to_box.height / 2) * drawn.height - Fraction(height, 2),
            drawn.height - height,
            cover,
        )
        patch = branches[number].filter("crop", width, height, x, y)
        patch = patch.filter("scale", _cells(width), _cells(height), flags="area")
        patch = patch.filter("scale", width, height, flags="bicubic")
        enable = f"between(t,{decimal(cover.from_s)},{decimal(cover.until_s)})"
        shown = shown.overlay(patch, x=x, y=y, enable=enable)
    return shown


def _cells(pixels: int) -> int:
    """How many colours stay across a patch: at most six, each at least eight pixels wide."""
    return max(1, min(6, pixels // 8))


def _even(pixels: Fraction) -> int:
    return max(2, 2 * math.floor(pixels / 2))


def _even_up(wanted: Fraction, most: int) -> int:
    """Four pixels more than wanted, even, but not more than there is: positions are rounded."""
    return min(2 * math.ceil(wanted / 2) + 4, most)


def _path(start: Fraction, end: Fraction, most: int, cover: Cover) -> str:
    """An even position that moves from `start` to `end`, as an expression of the time `t`."""
    start = min(max(start, Fraction(0)), Fraction(most))
    end = min(max(end, Fraction(0)), Fraction(most))
    if start == end:
        return str(2 * math.floor(start / 2))
    pace = (end - start) / (cover.end_s - cover.start_s)
    moved = f"(clip(t,{decimal(cover.start_s)},{decimal(cover.end_s)})-{decimal(cover.start_s)})"
    return f"2*floor(({decimal(start)}+({decimal(pace)})*{moved})/2)"


def _pixels(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """x, y, width, height of a box in whole, even pixels, not larger than asked."""
    x, y = 2 * round(box.x * width / 2), 2 * round(box.y * height / 2)
    return (
        x,
        y,
        _even(min(box.width * width, Fraction(width - x))),
        _even(min(box.height * height, Fraction(height - y))),
    )


def decimal(value: Fraction) -> str:
    """A number as ffmpeg reads it."""
    return f"{float(value):.6f}"
