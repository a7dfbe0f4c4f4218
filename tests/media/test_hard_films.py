"""Films and boxes that once went wrong: each was found by somebody who tried to break a cut."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import (
    Counted,
    checkered_film,
    colours,
    pictures,
    read_number,
    run_ffmpeg,
    samples,
)
from tests.helpers.families import Family
from tests.media.test_cuts import Films, Make, box, cover, covered_part, cut_clip, make
from vigsite.media.recipes.picture import Look

__all__ = ["make"]


@pytest.fixture(scope="module")
def checkered(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    return checkered_film(tmp_path_factory.mktemp("checkered") / "film.mp4")


def test_a_moving_box_covers_its_place_from_the_very_first_frame(
    checkered: Counted, make: Make
) -> None:
    """It starts between two frames; the frame on screen then is covered where the box starts."""
    start, end = box("0", "0.2", "0.15", "0.2"), box("0.8", "0.6", "0.15", "0.2")
    look = Look(covers=(cover(0, 25, Fraction("0.03"), Fraction("0.9"), start, end),))
    folder, _ = cut_clip(checkered, 1000, 2000, make, look)
    plain, _ = cut_clip(checkered, 1000, 2000, make)
    pairs = [
        (colours(f / "clip.mp4")[0], colours(f / "poster-640.jpg")[0]) for f in (plain, folder)
    ]
    for before, after in zip(*pairs, strict=True):
        assert covered_part(before, after) == pytest.approx((0, 0.2, 0.15, 0.4), abs=0.02)
    last = colours(folder / "clip.mp4")[-1]
    assert covered_part(colours(plain / "clip.mp4")[-1], last) == pytest.approx(
        (0.8, 0.6, 0.95, 0.8), abs=0.02
    )


def test_a_box_over_all_of_an_odd_picture_leaves_no_column_sharp(
    tmp_path: Path, make: Make
) -> None:
    odd = tmp_path / "odd.mkv"
    run_ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=641x361:r=25:d=1,format=yuv444p"),
        *("-c:v", "libx264", "-profile:v", "high444", "-crf", "5", str(odd)),
    )
    whole = box("0", "0", "1", "1")
    look = Look(covers=(cover(0, 5, Fraction(0), Fraction("0.2"), whole, whole),))
    folder, recipe = cut_clip(Counted(odd, Fraction(25), 25), 0, 200, make, look)
    assert recipe.clip is not None
    assert (recipe.clip.width, recipe.clip.height) == (640, 360)
    for picture in pictures(folder / "clip.mp4"):
        assert np.abs(np.diff(picture.astype(int), axis=1)).max() < 40
        assert np.abs(np.diff(picture.astype(int), axis=0)).max() < 40


def test_a_tiny_box_is_one_colour(checkered: Counted, make: Make) -> None:
    tiny = box("0.5", "0.5", "0.01", "0.01")
    look = Look(covers=(cover(0, 5, Fraction(0), Fraction("0.2"), tiny, tiny),))
    plain = colours(cut_clip(checkered, 1000, 1200, make)[0] / "clip.mp4")[2]
    covered = colours(cut_clip(checkered, 1000, 1200, make, look)[0] / "clip.mp4")[2]
    assert covered_part(plain, covered) is not None
    assert np.ptp(covered[182:184, 322:326].astype(int)) < 90


def test_forty_boxes_cost_little(checkered: Counted, make: Make) -> None:
    """The linear graph takes a second; a chain of splits took over three minutes."""
    small = box("0.4", "0.4", "0.1", "0.1")
    covers = tuple(
        cover(n // 2, n // 2 + 1, Fraction(0), Fraction(1), small, small) for n in range(40)
    )
    _, recipe = cut_clip(checkered, 1000, 2000, make, Look(covers=covers))
    graph = recipe.arguments[recipe.arguments.index("-filter_complex") + 1]
    assert graph.count("split=") == 2


def test_a_mute_starts_to_the_millisecond(tmp_path: Path, make: Make) -> None:
    """Sound of 8,000 samples a second comes in frames of 128 ms; none may be heard on."""
    film = tmp_path / "phone.mp4"
    run_ffmpeg(
        *(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=320x240:r=25:d=3",
            "-f",
            "lavfi",
            "-i",
            "sine=f=400:d=3:r=8000",
        ),
        *("-c:v", "libx264", "-c:a", "aac", "-ar", "8000", str(film)),
    )
    look = Look(mutes=((Fraction("0.333"), Fraction("0.7")),))
    sound = np.abs(
        samples(cut_clip(Counted(film, Fraction(25), 75), 1000, 2000, make, look)[0] / "clip.mp4")
    )
    assert sound[int(0.345 * 48_000) : int(0.69 * 48_000)].max() < 0.01
    assert sound[int(0.2 * 48_000) : int(0.31 * 48_000)].max() > 0.03


def test_sound_that_ends_before_the_picture(tmp_path: Path, films: Films, make: Make) -> None:
    film = tmp_path / "short-sound.mp4"
    run_ffmpeg("-i", str(films("25").path), "-af", "atrim=end=2", "-c:v", "copy", str(film))
    counted = Counted(film, Fraction(25), 100)
    for start, heard in ((1520, True), (2520, False)):
        folder, recipe = cut_clip(counted, start, start + 1000, make)
        assert recipe.clip is not None
        assert recipe.clip.sound is heard
        assert [read_number(g) for g in pictures(folder / "clip.mp4")] == list(
            range(start // 40, start // 40 + 25)
        )
        if heard:
            assert len(samples(folder / "clip.mp4")) / 48_000 == pytest.approx(1.0, abs=0.03)


def test_a_blur_that_covers_no_picture_is_a_fault(ash: Family, vigsite: Vigsite) -> None:
    blur: dict[str, Any] = {"from": "0:01", "to": "0:01.9", "box": [0, 0, 1, 1]}
    ash.change(
        "1-tea/cycle.yml", "title: A smile", f"blur: [{blur}], title: A smile".replace("'", "")
    )
    done = vigsite("check", ash.directory)
    assert done.status == 2
    assert 'moment "smile": blur 1 covers no picture of this moment' in done.err
