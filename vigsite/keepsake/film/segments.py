"""The film's picture in pieces: each scene by itself, and each cross-fade. Pure: nothing runs.

A piece is a closed part of one H.264 film: all are encoded with the same settings, and x264's
`stitchable` keeps their headers equal, so that pieces are put together without encoding anew. A
card is a piece of one second that is repeated. Since a piece depends on what it shows alone,
another word makes one piece and its two cross-fades anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from vigsite.keepsake.film.storyboard import JOIN, RATE, SETTLE, Card, Run, Scene, Still
from vigsite.media.recipes.options import command, tagged, with_inputs
from vigsite.media.recipes.recipe import Clip, Recipe
from vigsite.media.recordings.recording import FORMATS

NAME = "piece.mp4"
ZOOM = Fraction(5, 100)
"""How much nearer a move of `ZOOM_FRAMES` goes: little, so that no face leaves the picture."""
ZOOM_FRAMES = 180
_NEARLY = Fraction(12, 1000)
"""A picture whose shape differs by no more than that from the screen's fills it whole."""
_SPARE = 50
"""Frames of its last picture that are kept ready behind a clip."""
_STRIP_FOOT = 54
"""Pixels between a subtitle and the lower end of the screen."""


@dataclass(frozen=True, slots=True)
class Format:
    """How large the film is, and how it is encoded."""

    width: int = 1920
    height: int = 1080
    crf: int = 19
    preset: str = "veryfast"

    def fitted(self, width: int, height: int) -> tuple[int, int]:
        """The size, in even pixels, in which a picture is shown whole."""
        shape, screen = Fraction(width, height), Fraction(self.width, self.height)
        if abs(shape / screen - 1) <= _NEARLY:
            return self.width, self.height
        if shape > screen:
            return self.width, _even(self.width / shape)
        return _even(self.height * shape), self.height


FULL_HD = Format()


@dataclass(frozen=True, slots=True)
class Stage:
    """What all pieces of a film share: its format, its ground, and where its pictures lie."""

    format: Format
    ground: str
    """The colour beside a picture that does not fill the screen: `#f6f1e9`."""
    site: Path
    cards: Mapping[Card, Path]
    """The finished picture of every card."""
    strips: Mapping[Run, tuple[Path, ...]]
    """The finished pictures of a clip's subtitles."""

    def inputs(self, scene: Scene) -> tuple[Path, ...]:
        """The files a scene is made from; its subtitles behind its clip."""
        if isinstance(scene, Card):
            return (self.cards[scene],)
        if isinstance(scene, Still):
            return (self.site / scene.image.uri,)
        return (self.site / scene.clip.uri, *self.strips[scene])


@dataclass(frozen=True, slots=True)
class Piece:
    """What makes one piece, and how often it is shown."""

    recipe: Recipe
    inputs: tuple[Path, ...]
    """Files in the place of `IN0`, `IN1` … in the recipe's arguments."""
    uris: tuple[str, ...]
    """Addresses in the site of the pictures and clips that can be seen in it."""
    what: str
    times: int = 1

    @property
    def arguments(self) -> list[str]:
        """Arguments for the files at their places."""
        return with_inputs(self.recipe.arguments, self.inputs)


def pieces(scenes: Sequence[Scene], stage: Stage) -> list[Piece]:
    """All pieces of the film, in their order."""
    found = []
    for number, scene in enumerate(scenes):
        found.append(_alone(scene, number, stage))
        if number + 1 < len(scenes):
            found.append(_join(scene, scenes[number + 1], number, stage))
    return found


def _alone(scene: Scene, number: int, stage: Stage) -> Piece:
    inputs = stage.inputs(scene)
    frames = RATE if isinstance(scene, Card) else scene.frames
    picture = _shown(scene, 0, JOIN, frames, stage)
    times = scene.frames // frames
    what = f"scene {number + 1} of the film"
    still = isinstance(scene, Card)
    recipe = _recipe(picture, frames, stage.format, still=still)
    return Piece(recipe, inputs, scene.uris, what, times)


def _join(before: Scene, after: Scene, number: int, stage: Stage) -> Piece:
    leaving, coming = stage.inputs(before)[:1], stage.inputs(after)[:1]
    under = _shown(before, 0, JOIN + before.frames, JOIN, stage)
    over = _shown(after, 1, 0, JOIN, stage).filter("format", "yuva420p")
    over = over.filter("fade", "in", 0, JOIN, alpha=1)
    picture = tagged(ffmpeg.overlay(under, over, format="yuv420"), chroma_location="left")
    what = f"the cross-fade after scene {number + 1} of the film"
    recipe = _recipe(picture, JOIN, stage.format)
    return Piece(recipe, leaving + coming, before.uris + after.uris, what)


def _shown(scene: Scene, source: int, first: int, frames: int, stage: Stage) -> Any:
    """Frames of a scene from input `source` on; the first one lies `first` after it came up."""
    if isinstance(scene, Card):
        return _held(_fit(_opened_picture(source), scene, stage), frames)
    if isinstance(scene, Still):
        held = _held(_fit(_opened_picture(source), scene, stage), frames)
        return _timed(tagged(_moved(held, scene, first), chroma_location="left"))
    # A clip begins when its cross-fade is over, and its last picture stays: none of it is veiled.
    clip = ffmpeg.input(f"IN{source}", threads=1, **_CLIP)
    if first == 0:
        return _held(_fit(clip.video.filter("trim", end_frame=1), scene, stage), frames)
    video = clip.video.filter("fps", RATE, start_time=0)
    video = video.filter("tpad", stop=_SPARE, stop_mode="clone").filter(
        "trim", end_frame=scene.shown
    )
    video = video.filter("tpad", stop=SETTLE + JOIN, stop_mode="clone")
    start = first - JOIN
    video = video.filter("trim", start_frame=start, end_frame=start + frames)
    video = _timed(_fit(video, scene, stage))
    if start == 0:
        for number, (on, off, _line) in enumerate(scene.lines, source + 1):
            video = _subtitled(video, number, on, off, stage)
    return video


_CLIP = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}


def _opened_picture(source: int) -> Any:
    return ffmpeg.input(f"IN{source}", threads=1, protocol_whitelist="file").video


def _fit(picture: Any, scene: Scene, stage: Stage) -> Any:
    """A whole picture on the ground of the film, in the film's colours."""
    form = stage.format
    colours = {"out_color_matrix": "bt709", "out_range": "tv", "flags": "bicubic"}
    if isinstance(scene, Card):
        size = (form.width, form.height)
    else:
        shown = scene.image if isinstance(scene, Still) else scene.clip
        size = form.fitted(shown.width, shown.height)
    picture = picture.filter("scale", *size, **colours).filter("setsar", 1)
    picture = tagged(picture.filter("format", "yuv420p"), chroma_location="left")
    if size == (form.width, form.height):
        return picture
    x, y = (form.width - size[0]) // 4 * 2, (form.height - size[1]) // 4 * 2
    return picture.filter("pad", form.width, form.height, x, y, stage.ground)


def _held(picture: Any, frames: int) -> Any:
    """A single picture for some frames."""
    return _timed(picture.filter("loop", loop=frames - 1, size=1, start=0))


def _timed(picture: Any) -> Any:
    """Frames one after the other; the clock first, since fractions of a tick are cut off."""
    return picture.filter("settb", f"1/{RATE}").filter("setpts", "N")


def _moved(picture: Any, still: Still, first: int) -> Any:
    """A slow, steady move towards the middle or away.

    `perspective` moves by parts of a pixel; `zoompan` and `crop` by whole ones, so that they jerk.
    """
    whole = still.frames + 2 * JOIN
    most = ZOOM / 2 * Fraction(whole - 1, ZOOM_FRAMES)
    step = most / (whole - 1)
    now = f"({float(step):.9f}*(on+{first}))"
    inset = now if still.nearer else f"({float(most):.9f}-{now})"
    left, top = f"W*{inset}", f"H*{inset}"
    corners = {
        **{"x0": left, "y0": top, "x1": f"W-{left}", "y1": top},
        **{"x2": left, "y2": f"H-{top}", "x3": f"W-{left}", "y3": f"H-{top}"},
    }
    return picture.filter("perspective", **corners, interpolation="cubic", eval="frame")


def _subtitled(video: Any, source: int, start: int, end: int, stage: Stage) -> Any:
    strip = _opened_picture(source)
    wide = stage.format.width
    strip = strip.filter("scale", wide, -2, out_color_matrix="bt709", out_range="tv")
    foot = _STRIP_FOOT * stage.format.height // 1080
    place = {"x": 0, "y": f"H-h-{foot}", "format": "yuv420", "eof_action": "repeat"}
    when = f"between(n,{start},{end - 1})"
    return tagged(ffmpeg.overlay(video, strip, **place, enable=when), chroma_location="left")


def _recipe(picture: Any, frames: int, form: Format, *, still: bool = False) -> Recipe:
    """The piece of a picture; of one that stands `still`, all fineness goes to its first frame.

    Else its edges would get finer and finer within each second, and fall back when it begins anew.
    """
    stitched = f"stitchable=1:keyint={RATE}:min-keyint={RATE}:scenecut=0:open-gop=0"
    crf = form.crf
    if still:
        stitched, crf = f"{stitched}:ipratio=10:mbtree=0", form.crf + 19
    options: dict[str, Any] = {
        **({"tune": "stillimage"} if still else {}),
        **{"c:v": "libx264", "preset": form.preset, "crf": crf, "profile:v": "high"},
        **{"level:v": "4.0", "threads": 1, "a53cc": 0, "x264-params": stitched},
        **{"frames:v": frames, "fps_mode": "passthrough", "flags:v": "+bitexact"},
        **{"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact"},
        **{"video_track_timescale": RATE * 512, "f": "mp4"},
    }
    made = Clip(NAME, form.width, form.height, frames, True, Fraction(RATE), False, 0, Fraction(1))
    arguments = command(ffmpeg.output(picture, NAME, **options))
    return Recipe(arguments, (), made, weight_ms=frames * 1000 // RATE)


def _even(size: Fraction) -> int:
    return max(2, round(size / 2) * 2)
