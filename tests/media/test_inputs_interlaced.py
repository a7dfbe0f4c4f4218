"""An interlaced film becomes a progressive one: no combs, forward motion, every frame."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers.counted_films import (
    HEIGHT,
    WIDTH,
    Counted,
    Grey,
    pictures,
    read_number,
    run_ffmpeg,
)
from tests.media import input_films
from tests.media.test_cuts import Make, cut_clip, make
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

STARTS = [0, 1040, 2560]


@pytest.fixture(scope="module", params=input_films.INTERLACED)
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return input_films.interlaced(tmp_path_factory.mktemp("woven") / request.param)


def bar_rows(grey: Grey) -> Any:
    """The rows in which the bar moves, without their edges."""
    tall = grey.shape[0] / HEIGHT
    part = slice(int((input_films.BAR.start + 10) * tall), int((input_films.BAR.stop - 10) * tall))
    return grey[part].astype(float)


def combing(grey: Grey) -> float:
    """How much each line differs from the mean of the lines above and below it.

    0 for an upright bar in a progressive picture; 2.6 where a white bar on dark grey moved by
    4 of 640 pixels between the fields.
    """
    rows = bar_rows(grey)
    return float(np.abs(rows[1:-1] - (rows[:-2] + rows[2:]) / 2).mean())


def bar_at(grey: Grey) -> float:
    """Where the bar's left edge is, in pixels of the picture 640 wide that it was drawn on."""
    line = bar_rows(grey).mean(axis=0)
    threshold = (line.min() + line.max()) / 2
    after = int(np.argmax(line > threshold))
    share = (threshold - line[after - 1]) / (line[after] - line[after - 1])
    return float((after - 1 + share) * WIDTH / grey.shape[1])


@pytest.mark.parametrize("start", STARTS)
def test_a_camcorders_fields_become_whole_pictures(film: Path, make: Make, start: int) -> None:
    """A twentieth of the combing that is stored, and the bar where the film had it.

    It moves 4 pixels a field: a picture may show either field of its frame, but all the same one.
    """
    made, recipe = cut_clip(Counted(film, Fraction(25), 75), start, start + 400, make)
    assert recipe.clip is not None
    shown = pictures(made / "clip.mp4")
    first = start // 40
    assert [read_number(grey) for grey in shown] == list(range(first, first + 10))
    woven = float(np.mean([combing(grey) for grey in pictures(film)[first : first + 10]]))
    assert woven > 1
    left = max(combing(grey) for grey in shown)
    assert left < woven / 20 + 0.3
    ahead = [bar_at(grey) - 20 - 8 * number for number, grey in enumerate(shown, first)]
    assert min(ahead) > -1
    assert max(ahead) < 5
    assert max(ahead) - min(ahead) < 1.5


def test_a_still_and_a_poster_have_no_combs_either(film: Path, make: Make) -> None:
    recording = probe(film)
    still = make(still_recipe(recording, recording.single(1000), Look(), FULL), film)
    posters, recipe = cut_clip(Counted(film, Fraction(25), 75), 1000, 1200, make)
    full = recipe.pictures[-1]
    woven = combing(pictures(film)[25])
    for picture in (
        still / f"still-{recording.width}.jpg",
        posters / full.name,
    ):
        grey = pictures(picture)[0]
        assert read_number(grey) == 25
        left = combing(grey)
        assert left < woven / 20 + 0.3


def test_slow_motion_goes_forward_and_shows_every_frame(film: Path, make: Make) -> None:
    look = Look(speed=Fraction(1, 2))
    made, recipe = cut_clip(Counted(film, Fraction(25), 75), 1000, 1400, make, look)
    assert recipe.clip is not None
    assert recipe.clip.length_ms == 800
    shown = pictures(made / "clip.mp4")
    places = [bar_at(grey) for grey in shown]
    assert all(after - before > -0.5 for before, after in itertools.pairwise(places))
    assert sorted({number for grey in shown if (number := read_number(grey))}) == list(
        range(25, 35)
    )


def test_a_progressive_film_is_left_alone(tmp_path: Path, make: Make) -> None:
    """Fine lines stay fine: a deinterlacer would soften every second one."""
    film = tmp_path / "lines.mp4"
    lines = "geq=lum='if(mod(Y\\,2)\\,200\\,60)':cb=128:cr=128"
    run_ffmpeg(
        *("-f", "lavfi", "-i", f"color=black:s=320x240:r=25:d=0.6,{lines}"),
        *("-c:v", "libx264", "-crf", "4", str(film)),
    )
    made, _ = cut_clip(Counted(film, Fraction(25), 15), 120, 320, make)
    for grey in pictures(made / "clip.mp4"):
        assert np.abs(np.diff(grey.astype(int), axis=0)).mean() > 120
