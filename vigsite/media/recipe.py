"""Recipes: the exact ffmpeg arguments for a clip with its posters, or a still with its sizes.

Pure functions: they compute, nothing runs. ffmpeg-python builds the filter graph. The recording
is written as `SOURCE` and outputs are bare names, so that a recipe's arguments are the same
wherever the case lies; together with the recording's hash they are the key of the cache.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import ffmpeg

from vigsite.media.recording import FORMATS, Cut, Recording
from vigsite.media.shape import Look, cropped_size, decimal, shaped

SOURCE = "SOURCE"
CLIP = "clip.mp4"
STILL_WIDTHS = (480, 960, 1600)
POSTER_WIDTHS = (480, 960)
POSTER_FULL = 1280
_TICK = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Quality:
    """How fine and how large."""

    preset: str
    crf: int
    long_side: int
    short_side: int


FULL = Quality("veryfast", 21, 1920, 1080)
DRAFT = Quality("ultrafast", 28, 854, 480)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG a recipe makes."""

    name: str
    width: int
    height: int


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

    @property
    def length_ms(self) -> int:
        """How long it plays."""
        return round(self.frames * 1000 / self.rate)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Arguments for ffmpeg (without the program) and what they make."""

    arguments: tuple[str, ...]
    pictures: tuple[Picture, ...]
    clip: Clip | None = None
    weight_ms: int = field(default=500, compare=False)
    """Roughly how much work it is, in milliseconds of film."""

    @property
    def names(self) -> list[str]:
        """Every file it makes."""
        return [p.name for p in self.pictures] + ([self.clip.name] if self.clip else [])


def clip_recipe(recording: Recording, cut: Cut, look: Look, quality: Quality) -> Recipe:
    """A clip and its posters from one decode."""
    film = _open(recording, cut)
    picture = shaped(film[str(recording.video)], recording, cut, look)
    width, height = _fitted(recording, look, quality)
    rate = Fraction(recording.rate) * look.speed
    exact = recording.constant
    length = Fraction(cut.length_us, 1_000_000)
    frames = cut.frames if exact else max(1, round(length / look.speed * rate))
    posters = [*_smaller(width, POSTER_WIDTHS), min(width, POSTER_FULL)]
    branches = picture.filter_multi_output("split", 1 + len(posters))
    moving = _timed(_for_video(branches[0], width, height), rate, look.speed, exact)
    streams = [moving]
    sound = recording.has_sound(cut) and not look.silent and look.speed >= Fraction(1, 2)
    if sound:
        streams.append(_sound(film[str(recording.audio)], recording, cut, look))
    outputs = [ffmpeg.output(*streams, CLIP, **_mp4_options(quality, frames, sound))]
    pictures = []
    for number, small in enumerate(posters, 1):
        first = branches[number].filter("trim", end_frame=1)
        poster = _sized("poster", small, width, height)
        outputs.append(_jpeg(first, poster))
        pictures.append(poster)
    clip = Clip(CLIP, width, height, frames, exact, rate, sound)
    weight_ms = max(500, cut.length_us // 1000)
    return Recipe(_arguments(recording, outputs), tuple(pictures), clip, weight_ms)


def still_recipe(recording: Recording, cut: Cut, look: Look, quality: Quality) -> Recipe:
    """A still in full size and its smaller sizes from one decode."""
    film = _open(recording, cut)
    picture = shaped(film[str(recording.video)], recording, cut, look)
    width, height = cropped_size(recording, look)
    if quality is DRAFT:
        width, height = _fitted(recording, look, quality)
    widths = [*_smaller(width, STILL_WIDTHS), width]
    branches = picture.filter_multi_output("split", len(widths))
    pictures = [_sized("still", small, width, height) for small in widths]
    outputs = [_jpeg(branches[number], made) for number, made in enumerate(pictures)]
    return Recipe(_arguments(recording, outputs), tuple(pictures))


def _open(recording: Recording, cut: Cut) -> Any:
    opened = recording.opened_us(cut)
    options: dict[str, Any] = {"format_whitelist": FORMATS}
    if opened > 0:
        options["ss"] = _seconds(opened)
    options["t"] = _seconds(cut.start_us - opened + cut.length_us + 500_000)
    return ffmpeg.input(SOURCE, **options)


def _seconds(microseconds: int) -> str:
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def _fitted(recording: Recording, look: Look, quality: Quality) -> tuple[int, int]:
    """Width and height of the clip: even, upright, at most as large as the quality says."""
    width, height = cropped_size(recording, look)
    scale = min(
        Fraction(1),
        Fraction(quality.long_side, max(width, height)),
        Fraction(quality.short_side, min(width, height)),
    )
    return max(2, 2 * math.floor(width * scale / 2)), max(2, 2 * math.floor(height * scale / 2))


def _smaller(full: int, wanted: tuple[int, ...]) -> list[int]:
    """The sizes worth making below the full one."""
    return [width for width in wanted if width < full]


def _sized(stem: str, small: int, width: int, height: int) -> Picture:
    return Picture(f"{stem}-{small}.jpg", small, max(1, round(height * small / width)))


def _for_video(picture: Any, width: int, height: int) -> Any:
    return (
        picture.filter("scale", width, height, out_range="tv", out_color_matrix="bt709")
        .filter("format", "yuv420p")
        .filter(
            "setparams", range="tv", color_primaries="bt709", color_trc="bt709", colorspace="bt709"
        )
    )


def _timed(picture: Any, rate: Fraction, speed: Fraction, exact: bool) -> Any:
    """A constant rate: every frame kept when the recording has one, else the nearest usual."""
    if exact:
        picture = picture.filter("settb", f"{rate.denominator}/{rate.numerator}")
        picture = picture.filter("setpts", "N")
    elif speed != 1:
        picture = picture.filter("setpts", f"PTS/({decimal(speed)})")
    return picture.filter("fps", f"{rate.numerator}/{rate.denominator}")


def _sound(sound: Any, recording: Recording, cut: Cut, look: Look) -> Any:
    """The cut's sound, as long as its picture; silence where the film has none."""
    if mark_us := recording.mark_us(cut):
        mark = _seconds(mark_us)
        sound = sound.filter("atrim", start=mark).filter("asetpts", f"PTS-{mark}/TB")
    sound = sound.filter("aresample", 48000, **{"async": 1, "first_pts": 0}).filter("apad")
    sound = sound.filter("atrim", end=_seconds(cut.length_us))
    if look.mutes:  # the filter decides once a frame: frames of 1 ms keep it to the mark
        sound = sound.filter("asetnsamples", n=48, p=0)
    for start, end in look.mutes:
        enable = f"between(t,{decimal(start - _TICK)},{decimal(end)})"
        sound = sound.filter("volume", 0, enable=enable)
    if look.speed != 1:
        sound = sound.filter("atempo", decimal(look.speed))
    return sound.filter("aformat", channel_layouts="stereo")


def _mp4_options(quality: Quality, frames: int, sound: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "c:v": "libx264",
        "preset": quality.preset,
        "crf": quality.crf,
        "profile:v": "high",
        "g": 15,
        "threads": 4,
        "frames:v": frames,
        "fps_mode": "passthrough",
        "flags:v": "+bitexact",
        "map_metadata": -1,
        "map_chapters": -1,
        "fflags": "+bitexact",
        "movflags": "+faststart",
        "f": "mp4",
    }
    if sound:
        options |= {"c:a": "aac", "b:a": "128k", "flags:a": "+bitexact"}
    return options


def _jpeg(picture: Any, made: Picture) -> Any:
    """JPEG counts colours the way of BT.601 in full range, whatever the film's way was."""
    sized = picture.filter(
        "scale", made.width, made.height, flags="lanczos", out_range="pc", out_color_matrix="bt601"
    ).filter("format", "yuvj420p")
    return ffmpeg.output(
        sized,
        made.name,
        **{
            "c:v": "mjpeg",
            "q:v": 2 if made.name.startswith("still") else 3,
            "frames:v": 1,
            "update": 1,
            "map_metadata": -1,
            "flags:v": "+bitexact",
            "fflags": "+bitexact",
            "threads": 1,
            "f": "image2",
        },
    )


def _arguments(recording: Recording, outputs: list[Any]) -> tuple[str, ...]:
    merged = ffmpeg.merge_outputs(*outputs) if len(outputs) > 1 else outputs[0]
    if recording.lead_us:
        merged = merged.global_args("-copyts")  # its own clock tells which frame is which
    merged = merged.global_args("-nostdin", "-hide_banner", "-v", "error", "-xerror", "-n")
    told = merged.global_args("-abort_on", "empty_output", "-progress", "pipe:1", "-nostats")
    return tuple(str(argument) for argument in ffmpeg.get_args(told))
