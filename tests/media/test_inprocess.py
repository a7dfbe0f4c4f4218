"""A still made in this process is the one ffmpeg makes, blurred and cropped alike."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.counted_films import checkered_film, colours, run_ffmpeg
from tests.media.test_cuts import Films, box, cover
from vigsite.errors import MediaError
from vigsite.media import ffmpeg, job
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, SOURCE, Recipe, still_recipe
from vigsite.media.recordings.probe import probe

AREA = box("0.25", "0.3", "0.2", "0.4")
LOOKS = {
    "plain": Look(),
    "covered": Look(covers=(cover(0, 1, Fraction(0), Fraction(1), AREA, AREA),)),
    "cropped": Look(crop=box("0.2", "0.2", "0.5", "0.5")),
    "both": Look(
        covers=(
            cover(0, 1, Fraction(0), Fraction(1), AREA, box("0.4", "0.3", "0.2", "0.4")),
            cover(0, 1, Fraction(0), Fraction(1), box("0.7", "0", "0.2", "0.1"), AREA),
        ),
        crop=box("0.2", "0.2", "0.5", "0.5"),
    ),
}


def both_ways(recipe: Recipe, film: Path, folder: Path) -> tuple[Path, Path]:
    here, there = folder / "here", folder / "there"
    here.mkdir(parents=True)
    there.mkdir()
    assert recipe.still is not None
    job.make(recipe, film, here, "The test's still failed", ffmpeg.Stop())
    arguments = [str(film) if a == SOURCE else a for a in recipe.arguments]
    ffmpeg.run(arguments, "The test's still failed", there, ffmpeg.Stop(), ffmpeg.Limits(60))
    return here, there


@pytest.mark.parametrize("way", LOOKS)
@pytest.mark.parametrize("container", ["mp4", "MTS", "turned"])
def test_it_is_the_one_that_ffmpeg_makes(tmp_path: Path, way: str, container: str) -> None:
    film = tmp_path / "film.mp4"
    checkered_film(film, 3)
    if container == "MTS":
        run_ffmpeg("-i", str(film), "-c", "copy", "-f", "mpegts", str(tmp_path / "film.MTS"))
        film = tmp_path / "film.MTS"
    elif container == "turned":
        turned = tmp_path / "turned.mp4"
        run_ffmpeg("-display_rotation:v:0", "90", "-i", str(film), "-c", "copy", str(turned))
        film = turned
    recording = probe(film)
    recipe = still_recipe(recording, recording.single(2120), LOOKS[way], FULL)
    here, there = both_ways(recipe, film, tmp_path / "made")
    for made in recipe.pictures:
        one, other = colours(here / made.name)[0], colours(there / made.name)[0]
        assert one.shape == other.shape == (made.height, made.width, 3)
        assert np.abs(one.astype(int) - other).mean() < 1


def test_no_word_stands_in_a_still(tmp_path: Path, films: Films) -> None:
    """Only the segments a JPEG cannot do without: no comment, no APPn."""
    recording = probe(films("25").path)
    recipe = still_recipe(recording, recording.single(1000), Look(), FULL)
    here, _ = both_ways(recipe, films("25").path, tmp_path)
    for made in recipe.pictures:
        raw, at, kinds = (here / made.name).read_bytes(), 2, set()
        while raw[at + 1] != 0xDA:
            kinds.add(raw[at + 1])
            at += 2 + int.from_bytes(raw[at + 2 : at + 4])
        assert kinds <= {0xDB, 0xC0, 0xC4}


def test_a_film_that_was_cut_short_meanwhile(tmp_path: Path, films: Films) -> None:
    film = tmp_path / "film.mp4"
    run_ffmpeg("-i", str(films("25").path), "-c", "copy", "-movflags", "+faststart", str(film))
    recording = probe(film)
    recipe = still_recipe(recording, recording.single(3900), Look(), FULL)
    film.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    with pytest.raises(MediaError, match=r"The still failed: film\.mp4 has no picture"):
        job.make(recipe, film, tmp_path, "The still failed", ffmpeg.Stop())
