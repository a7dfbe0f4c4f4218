"""Films that begin to be stored otherwise midway, as joined ones, broadcasts and meetings do: each
picture is read as it is stored, before the change, after it, and in a clip across it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers.counted_films import colours, counted_film, pictures, read_number, run_ffmpeg
from tests.media import input_films
from tests.media.input_films import numbers
from tests.media.test_cuts import Make, make
from tests.media.test_inputs_interlaced import combing
from vigsite.case.timecode import Span
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe
from vigsite.media.recordings.recording import Recording

__all__ = ["make"]

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "8", "-bf", "2", "-g", "30")
CHANGE = 25
"""The number of the first picture that is stored otherwise."""
HLG = "zscale=tin=709:pin=709:min=709:rin=limited:t=arib-std-b67:p=2020:m=2020_ncl:npl=203"


@dataclass(frozen=True)
class Changing:
    """How pictures are stored at first, and then."""

    kind: str
    """Of the container."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    close: float = 4
    """How near the pictures come to the drawn ones, of 255 in the mean."""


def filtered(filters: str, *options: str) -> tuple[str, ...]:
    """Filters and encoder options of one piece."""
    return (filters, *options)


PLAIN = filtered("format=yuv420p")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
TAGGED = "format=yuv420p,setparams=color_primaries=bt709"
CHANGES = {
    "to full range": Changing(
        *("ts", PLAIN, filtered("scale=out_range=pc,format=yuv420p", "-color_range", "pc"), 2)
    ),
    "to limited range": Changing(
        "mp4", filtered(f"scale=out_range=pc,{TAGGED}", *HEVC), filtered(TAGGED, *HEVC)
    ),
    "matrix": Changing(
        *("ts", filtered("scale=out_color_matrix=bt709,format=yuv420p", "-colorspace", "bt709")),
        filtered("scale=out_color_matrix=bt601,format=yuv420p", "-colorspace", "smpte170m"),
    ),
    "light": Changing(
        *("mp4", PLAIN),
        filtered(
            f"{HLG},format=yuv420p10le",
            *(
                "-color_trc",
                "arib-std-b67",
                "-color_primaries",
                "bt2020",
                "-colorspace",
                "bt2020nc",
            ),
        ),
        close=30,
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("changing")


@pytest.fixture(scope="module")
def base(folder: Path) -> Path:
    return counted_film(folder / "base.mp4", "25", 2).path


def changing(folder: Path, name: str, base: Path) -> Path:
    """A film that changes at picture 25 of 50."""
    change, parts = CHANGES[name], []
    for number, (filters, *options) in enumerate((change.before, change.after)):
        part = folder / f"{name}-{number}.ts"
        chosen = f"select='{'gte' if number else 'lt'}(n,{CHANGE})',setpts=N/25/TB,{filters}"
        parts.append(input_films.encoded(part, base, "-an", "-vf", chosen, *X264, *options))
    return input_films.joined(folder / f"{name}.{change.kind}", *parts)


def clip_and_still(
    film: Path, start: int, end: int, make: Make, folder: Path
) -> tuple[Path, Path, Recording]:
    """What a build makes of these times: a clip, a still of its last picture, and how it read."""
    recording, library = probe(film), Library(folder / "recordings", folder)
    cut, single = recording.cut(Span(start, end)), recording.single(end - 1)
    seen = library.in_cut(film, recording, cut)
    clip = make(clip_recipe(seen, cut, Look(), FULL), film) / "clip.mp4"
    recipe = still_recipe(library.in_cut(film, recording, single), single, Look(), FULL)
    return clip, make(recipe, film) / recipe.pictures[-1].name, seen


@pytest.mark.parametrize("name", CHANGES)
def test_each_picture_is_read_as_it_is_stored(
    folder: Path, tmp_path: Path, base: Path, make: Make, name: str
) -> None:
    film, drawn = changing(folder, name, base), colours(base)
    clip, still, _ = clip_and_still(film, 720, 1360, make, tmp_path)
    marked = range(720 // 40, 1360 // 40)
    assert [numbers(clip), numbers(still)] == [list(marked), [marked[-1]]]
    for number, picture in zip(
        [*marked, marked[-1]], [*colours(clip), *colours(still)], strict=True
    ):
        bound = CHANGES[name].close if number >= CHANGE else 4
        assert apart(picture, drawn[number]) < bound, number


def apart(picture: Any, drawn: Any) -> float:
    """How far a picture is from the drawn one in the mean, without the number on it."""
    assert picture.shape == drawn.shape
    return float(np.abs(picture[70:].astype(int) - drawn[70:]).mean())


def test_pictures_that_begin_to_lie_on_their_side(
    folder: Path, tmp_path: Path, base: Path, make: Make
) -> None:
    upright = input_films.encoded(folder / "upright.ts", base, "-an", *X264)
    lying = input_films.encoded(
        *(folder / "lying.ts", base, "-an", "-vf", "transpose=clock", *X264, "-g", "1"),
        *("-bsf:v", "h264_metadata=aud=insert:display_orientation=insert:rotate=90"),
    )
    film = input_films.joined(folder / "turn.ts", upright, lying)
    _, still, seen = clip_and_still(film, 2400, 2800, make, tmp_path)
    assert (seen.width, seen.height) == (640, 360)
    [number] = numbers(still)
    assert number is not None
    assert apart(colours(still)[0], colours(base)[number]) < 4


def test_a_moment_after_a_change_of_shape_has_the_new_shape(
    folder: Path, tmp_path: Path, base: Path, make: Make
) -> None:
    """Across the change both are drawn in the shape of the first, where boxes mean the same."""
    square = input_films.encoded(
        folder / "square.ts", base, "-an", "-vf", "scale=360:360,setsar=1", *X264
    )
    wide = input_films.encoded(folder / "wide.ts", base, "-an", *X264)
    film = input_films.joined(folder / "shapes.ts", wide, square)
    for start, end, size in ((1600, 2400, (640, 360)), (2600, 3000, (360, 360))):
        clip, still, seen = clip_and_still(film, start, end, make, tmp_path)
        assert (seen.width, seen.height) == size
        assert {grey.shape for grey in pictures(clip)} == {size[::-1]}
        assert [grey.shape for grey in pictures(still)] == [(360, 360)]


def test_a_film_that_goes_on_interlaced_has_no_combs(
    folder: Path, tmp_path: Path, make: Make
) -> None:
    _, graph = input_films.fields_source(2)
    pieces = {
        "whole.ts": ("select='not(mod(n\\,2))*lt(n\\,50)'", ()),
        "woven.ts": (
            "select='gte(n\\,50)',interlace=scan=tff:lowpass=0,setfield=tff",
            ("-flags", "+ildct+ilme", "-x264-params", "tff=1"),
        ),
    }
    for piece, (weave, options) in pieces.items():
        run_ffmpeg(
            *("-filter_complex", f"{graph},{weave},setpts=N/25/TB[v]", "-map", "[v]", "-r", "25"),
            *(*X264, *options, str(folder / piece)),
        )
    film = input_films.joined(folder / "weave.ts", *(folder / piece for piece in pieces))
    assert not probe(film).stored.interlaced
    stored = max(combing(grey) for grey in pictures(film)[CHANGE:])
    assert stored > 1
    for start in (720, 1400):
        clip, still, _ = clip_and_still(film, start, start + 480, make, tmp_path)
        shown = pictures(clip)
        assert [read_number(grey) for grey in shown] == list(range(start // 40, start // 40 + 12))
        assert max(combing(grey) for grey in [*shown, *pictures(still)]) < stored / 20 + 0.3


def test_ordinary_films_are_cut_as_before(folder: Path, tmp_path: Path, base: Path) -> None:
    """What was made of them stays in the cache, and what was confirmed stays confirmed."""
    recording = probe(base)
    for span in (Span(0, 40), Span(300, 1900)):
        cut = recording.cut(span)
        assert Library(tmp_path / "recordings", tmp_path).in_cut(base, recording, cut) == recording
    assert Fraction(recording.rate) == 25
