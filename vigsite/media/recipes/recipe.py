"""Recipes: the exact ffmpeg arguments for a clip with its posters, or a still with its sizes.

Pure functions: they compute, nothing runs. ffmpeg-python builds the filter graph. The recording
is written as `SOURCE` and outputs are bare names, so that a recipe's arguments are the same
wherever the case lies; together with the recording's hash they are the key of the cache.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import ffmpeg

from vigsite.media.recipes.cutting import cut_out, opened, sound_of, timed
from vigsite.media.recipes.hardware import hardware_options
from vigsite.media.recipes.options import JPEG_OPTIONS, command, jpeg, tagged
from vigsite.media.recipes.picture import (
    FOR_JPEG,
    FOR_VIDEO,
    Canvas,
    Colours,
    Look,
    canvas,
    shaped,
)
from vigsite.media.recordings.recording import Cut, Recording

SOURCE = "SOURCE"
CLIP = "clip.mp4"
STILL_WIDTHS = (480, 960, 1600)
POSTER_WIDTHS = (480, 960)
POSTER_FULL = 1280
MOST_RATE = 60
"""Frames a second of a clip. Films of phones with more (for slow motion) play badly in many
players; a clip shows every second or fourth picture of them, unless `slow` needs all."""
MOST_SIDE = 8192
"""Stills keep the size of the film, up to this."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How fine and how large. `benchmarks/media.py` shows what each costs and looks like."""

    preset: str
    crf: int
    long_side: int
    short_side: int
    rough: bool = False
    """For looking at the words: decoded without polish, sound as it is."""
    small_stills: bool = False
    """Whether stills are no larger than clips."""
    encoder: str = "libx264"

    @property
    def threads(self) -> int:
        """Of the encoder; part of what decides its bytes. With four it fills two cores."""
        return 1 if self.rough else 4

    @property
    def scaler(self) -> str:
        """As ffmpeg's `scale` names it."""
        return "fast_bilinear" if self.rough else "bicubic"


FULL = Quality("veryfast", 21, 1920, 1080)
FINE = Quality("veryfast", 18, 1920, 1080)
SHARE = Quality("veryfast", 21, 1280, 720, small_stills=True)
DRAFT = Quality("ultrafast", 30, 640, 360, rough=True, small_stills=True)
QUALITIES = {"usual": FULL, "draft": DRAFT, "fine": FINE, "share": SHARE}


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG a recipe makes."""

    name: str
    width: int
    height: int

    @property
    def fineness(self) -> int:
        """ffmpeg's `q:v`: 2 is the finest."""
        return 2 if self.name.startswith("still") else 3


@dataclass(frozen=True, slots=True)
class Clip:
    """The MP4 a recipe makes."""

    name: str
    width: int
    height: int
    frames: int
    exact: bool
    """Whether `frames` is exact; a variable rate made constant may be a frame off."""
    rate: Fraction
    """Frames a second."""
    sound: bool
    begins_us: int
    """When it begins, in the recording's time."""
    speed: Fraction
    """Playing speed; below 1 it is slow motion."""
    early_us: Fraction = Fraction(0)
    """By how much the recording's clock, which may tick in milliseconds, says a frame's time too
    early at most."""

    @property
    def length_ms(self) -> int:
        """How long it plays."""
        return round(self.frames * 1000 / self.rate)

    def played_ms(self, time_ms: int) -> int:
        """When it shows a time of the recording, in its own playing time; inside itself."""
        played = (time_ms - Fraction(self.begins_us, 1000)) / self.speed
        return min(self.length_ms, max(0, round(played)))

    def frozen_ms(self, time_ms: int) -> int:
        """The middle of the frame that is on screen at a time of the recording."""
        since = (time_ms * 1000 - self.begins_us + self.early_us) / 1_000_000 / self.speed
        frame = min(self.frames - 1, max(0, math.floor(since * self.rate)))
        return round((frame + Fraction(1, 2)) * 1000 / self.rate)


@dataclass(frozen=True, slots=True)
class Still:
    """What `pyav_stills.py` needs to make a still without ffmpeg."""

    recording: Recording
    cut: Cut
    look: Look
    drawn: Canvas


@dataclass(frozen=True, slots=True)
class Recipe:
    """Arguments for ffmpeg (without the program) and what they make."""

    arguments: tuple[str, ...]
    pictures: tuple[Picture, ...]
    clip: Clip | None = None
    still: Still | None = None
    """The same work for this process, where it can do it."""
    cores: int = 1
    """How many it keeps busy."""
    weight_ms: int = field(default=500, compare=False)
    """Roughly how much work it is, in milliseconds of film."""
    lenient: tuple[str, ...] = field(default=(), compare=False)
    """Arguments for a film with damaged data: pictures are placed by their times, and a missing
    one is filled by the one before it."""

    @property
    def names(self) -> list[str]:
        """Every file it makes."""
        return [p.name for p in self.pictures] + ([self.clip.name] if self.clip else [])


def clip_recipe(recording: Recording, cut: Cut, look: Look, quality: Quality) -> Recipe:
    """A clip and its posters from one decode."""
    strict = _clip(recording, cut, look, quality, lenient=False)
    return replace(strict, lenient=_clip(recording, cut, look, quality, lenient=True).arguments)


def _clip(recording: Recording, cut: Cut, look: Look, quality: Quality, *, lenient: bool) -> Recipe:
    film = opened(SOURCE, recording, cut, rough=quality.rough)
    drawn = canvas(recording, look, quality.long_side, quality.short_side, quality.scaler)
    rate, every = Fraction(recording.rate) * look.speed, 1
    exact = recording.constant
    marked = cut_out(film, recording, cut)
    if exact and rate > MOST_RATE:
        every = math.ceil(rate / MOST_RATE)
        marked, rate = marked.filter("framestep", every), rate / every
    picture = shaped(marked, recording, look, drawn, FOR_VIDEO)
    width, height = drawn.size
    length = Fraction(cut.length_us, 1_000_000)
    frames = -(-cut.frames // every) if exact else max(1, round(length / look.speed * rate))
    posters = [*_smaller(width, POSTER_WIDTHS), min(width, POSTER_FULL)]
    branches = picture.filter_multi_output("split", 1 + len(posters))
    by_number = exact and not lenient
    streams = [timed(tagged(branches[0]), cut, rate, look.speed, by_number=by_number)]
    sound = recording.has_sound(cut) and not look.silent and look.speed >= Fraction(1, 2)
    if sound:
        streams.append(sound_of(film[str(recording.audio)], recording, cut, look))
    begins_us = recording.begins_us(cut)
    early_us = recording.early_us(cut)
    clip = Clip(CLIP, width, height, frames, exact, rate, sound, begins_us, look.speed, early_us)
    outputs = [ffmpeg.output(*streams, CLIP, **_mp4_options(quality, clip))]
    pictures = [_sized("poster", small, width, height) for small in posters]
    for number, poster in enumerate(pictures, 1):
        first = branches[number].filter("trim", end_frame=1)
        outputs.append(jpeg(picture_in(first, poster, FOR_JPEG), poster.name, poster.fineness))
    cores, weight_ms = min(2, quality.threads), max(500, cut.length_us // 1000)
    arguments = _arguments(recording, outputs, lenient=lenient)
    return Recipe(arguments, tuple(pictures), clip, None, cores, weight_ms)


def still_recipe(recording: Recording, cut: Cut, look: Look, quality: Quality) -> Recipe:
    """A still in full size and its smaller sizes from one decode."""
    film = opened(SOURCE, recording, cut, rough=quality.rough)
    sides = (MOST_SIDE, MOST_SIDE)
    if quality.small_stills:
        sides = (quality.long_side, quality.short_side)
    drawn = canvas(recording, look, *sides, quality.scaler)
    picture = shaped(cut_out(film, recording, cut), recording, look, drawn, FOR_JPEG, alone=True)
    width, height = drawn.size
    widths = [*_smaller(width, STILL_WIDTHS), width]
    branches = picture.filter_multi_output("split", len(widths))
    pictures = [_sized("still", small, width, height) for small in widths]
    outputs = [
        jpeg(picture_in(branches[number], made), made.name, made.fineness)
        for number, made in enumerate(pictures)
    ]
    here = recording.stored.made_here
    still = Still(recording, cut, look, drawn) if here else None
    return Recipe(_arguments(recording, outputs), tuple(pictures), still=still)


def glimpses_recipe(recording: Recording, cut: Cut, look: Look, width: int) -> Recipe:
    """Every frame of a cut as a small picture, to choose from.

    Each file is named after its time in microseconds from the cut's first frame, so that one that
    cannot be read leaves a hole and moves no other. `pictures` has one, for the size of them all.
    """
    film = opened(SOURCE, recording, cut, rough=False)
    drawn = canvas(recording, look, width, width)
    picture = shaped(cut_out(film, recording, cut), recording, look, drawn, FOR_JPEG)
    options = {**JPEG_OPTIONS, "q:v": 3, "frames:v": cut.frames, "fps_mode": "passthrough"}
    options |= {"frame_pts": 1, "enc_time_base": "1:1000000"}
    output = ffmpeg.output(picture.filter("settb", "AVTB"), "%d.jpg", **options)
    arguments = _arguments(recording, [output], lenient=True)
    return Recipe(arguments, (Picture("%d.jpg", *drawn.size),))


def _smaller(full: int, wanted: tuple[int, ...]) -> list[int]:
    """The sizes worth making below the full one."""
    return [width for width in wanted if width < full]


def _sized(stem: str, small: int, width: int, height: int) -> Picture:
    return Picture(f"{stem}-{small}.jpg", small, max(1, round(height * small / width)))


def picture_in(picture: Any, made: Picture, colours: Colours | None = None) -> Any:
    """A picture in its final size, and in other colours where they are given."""
    options = {"flags": "lanczos"}
    if colours is None:
        return picture.filter("scale", made.width, made.height, **options)
    options |= {"out_range": colours.range, "out_color_matrix": colours.matrix}
    picture = picture.filter("scale", made.width, made.height, **options)
    return picture.filter("format", colours.format)


_SMALL_LINES = 360
"""Up to here a clip is enlarged on every screen, so that losses show; finer costs it little."""


def _mp4_options(quality: Quality, clip: Clip) -> dict[str, Any]:
    crf, preset = quality.crf, quality.preset
    lines = min(clip.width, clip.height)
    if not quality.rough and lines <= _SMALL_LINES:
        crf, preset = crf - 9, "medium"
    elif not quality.rough and lines < 720:
        crf -= 4
    if quality.encoder == "libx264":
        encoder = {"preset": preset, "crf": crf, "threads": quality.threads, "a53cc": 0}
    else:
        encoder = hardware_options(quality.encoder, crf)
    options: dict[str, Any] = {
        "c:v": quality.encoder,
        **encoder,
        "profile:v": "high",
        "g": 15,
        "frames:v": clip.frames,
        "fps_mode": "passthrough",
        "flags:v": "+bitexact",
        "map_metadata": -1,
        "map_chapters": -1,
        "fflags": "+bitexact",
        "movflags": "+faststart",
        "f": "mp4",
    }
    if clip.sound:
        options |= {"c:a": "aac", "b:a": "128k", "flags:a": "+bitexact"}
    return options


def _arguments(
    recording: Recording, outputs: list[Any], *, lenient: bool = False
) -> tuple[str, ...]:
    merged = ffmpeg.merge_outputs(*outputs) if len(outputs) > 1 else outputs[0]
    if recording.origin_us is not None:
        merged = merged.global_args("-copyts")  # its own clock tells which frame is which
    return command(merged, lenient=lenient)
