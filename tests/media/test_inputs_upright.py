"""Pictures come out upright, in square pixels and whole, however they lie in the film."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.counted_films import Counted, Grey, pictures, read_number, run_ffmpeg
from tests.media import input_films
from tests.media.test_cuts import Films, Make, cut_clip, make
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

WAYS = [pytest.param(*way, id=f"{way[0]}{way[1]}") for way in input_films.STORED]
ROUND = {
    "pal.mpg": ("720x576", "64/45", ("-c:v", "mpeg2video", "-q:v", "2"), (1024, 576)),
    "square-pal.mp4": ("720x576", "16/15", input_films.QUICK, (768, 576)),
    "hdv.MTS": ("720x540", "4/3", (*input_films.QUICK, "-f", "mpegts"), (960, 540)),
    "narrow.mkv": ("640x360", "3/4", input_films.QUICK, (480, 360)),
}
SIZES = {
    "641x361": (640, 360),
    "3840x2160": (1920, 1080),
    "2160x3840": (1080, 1920),
    "2560x1080": (1920, 810),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("upright")


def still_of(film: Path, time_ms: int, make: Make) -> Path:
    recording = probe(film)
    made = make(still_recipe(recording, recording.single(time_ms), Look(), FULL), film)
    return made / f"still-{recording.width}.jpg"


def apart(one: Grey, other: Grey) -> float:
    return float(np.abs(one.astype(int) - other).mean())


@pytest.mark.parametrize(("rotation", "mirrored"), WAYS)
def test_a_film_on_its_side_or_mirrored_is_put_upright(
    folder: Path, films: Films, make: Make, rotation: str, mirrored: str
) -> None:
    """As ffmpeg itself puts it upright when it is left to its own devices."""
    film = folder / f"{rotation}{mirrored}.mp4"
    input_films.turned(film, films("25").path, rotation, mirrored)
    seen = folder / f"seen-{rotation}{mirrored}.mkv"
    run_ffmpeg("-i", str(film), "-frames:v", "20", "-c:v", "libx264", "-qp", "0", str(seen))
    reference = pictures(seen)
    assert [read_number(grey) for grey in reference] == list(range(20))
    made, _ = cut_clip(Counted(film, Fraction(25), 25), 200, 400, make)
    for number, grey in enumerate(pictures(made / "clip.mp4"), 5):
        assert read_number(grey) == number
        assert apart(grey, reference[number]) < 4
    for poster in made.glob("poster-*.jpg"):
        assert read_number(pictures(poster)[0]) == 5
    still = pictures(still_of(film, 480, make))[0]
    assert apart(still, reference[12]) < 6
    assert read_number(still) == 12


@pytest.mark.parametrize("name", ROUND)
def test_a_circle_stays_round(folder: Path, make: Make, name: str) -> None:
    """Within 1 % of the height: the pixels of the film are wider or narrower than high."""
    size, sar, stored, upright = ROUND[name]
    film = input_films.circle(folder / name, size, sar, stored)
    made, recipe = cut_clip(Counted(film, Fraction(25), 12), 0, 200, make)
    assert recipe.clip is not None
    assert (recipe.clip.width, recipe.clip.height) == upright
    shown = [pictures(made / "clip.mp4")[2], pictures(still_of(film, 120, make))[0]]
    for grey in shown:
        assert grey.shape == (upright[1], upright[0])
        white = grey > 125
        wide, high = (np.flatnonzero(white.any(axis=axis)).size for axis in (0, 1))
        assert abs(wide - high) <= 0.01 * grey.shape[0]
        assert high == pytest.approx(0.8 * upright[1], rel=0.02)


@pytest.mark.parametrize("size", SIZES)
def test_pictures_of_any_size_fit_the_clip_and_keep_their_shape(
    folder: Path, films: Callable[[str], Counted], make: Make, size: str
) -> None:
    """At most 1080p, even, and the picture's proportions within a pixel; a still keeps its size."""
    wide, high = (int(part) for part in size.split("x"))
    film = folder / f"{size}.mkv"
    graph = f"scale={wide}:{high}:flags=neighbor,setsar=1" + (",format=yuv444p" if wide % 2 else "")
    input_films.encoded(
        film, films("25").path, "-t", "0.6", "-vf", graph, *input_films.QUICK, "-an"
    )
    made, recipe = cut_clip(Counted(film, Fraction(25), 15), 200, 400, make)
    assert recipe.clip is not None
    assert (recipe.clip.width, recipe.clip.height) == SIZES[size]
    shown = pictures(made / "clip.mp4")
    assert {grey.shape for grey in shown} == {SIZES[size][::-1]}
    still = pictures(still_of(film, 240, make))[0]
    assert still.shape == (high - high % 2, wide - wide % 2)
    for grey, number in [*zip(shown, range(5, 10), strict=True), (still, 6)]:
        assert stretched_number(grey) == number


def stretched_number(grey: Grey) -> int | None:
    """The number in a picture that was stretched: cells are as high as the picture is."""
    rows = np.linspace(0, grey.shape[0] - 1, round(grey.shape[1] * 9 / 16)).round().astype(int)
    return read_number(grey[rows])
