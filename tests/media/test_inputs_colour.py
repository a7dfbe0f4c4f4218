"""Colours come through as they were filmed, however a film stores them."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import av
import pytest

from tests.helpers.counted_films import Counted
from tests.media import chart
from tests.media.test_cuts import Make, cut_clip, make
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

TRANSFERS = ["arib-std-b67", "smpte2084"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("charts")


@pytest.fixture(scope="module")
def hdr(folder: Path) -> dict[str, Path]:
    return {name: chart.hdr_film(folder / f"{name}.mp4", name) for name in TRANSFERS}


def clip_and_still(film: Path, make: Make) -> tuple[Path, Path]:
    made, _ = cut_clip(Counted(film, Fraction(25), 12), 40, 360, make)
    recording = probe(film)
    still = make(still_recipe(recording, recording.single(200), Look(), FULL), film)
    return made / "clip.mp4", still / f"still-{recording.width}.jpg"


def tagged_plainly(clip: Path) -> bool:
    """Whether a clip says that it is 8-bit 4:2:0 in BT.709, video range."""
    with av.open(str(clip)) as opened:
        said = opened.streams.video[0].codec_context
        context = (said.pix_fmt, said.color_primaries, said.color_trc, said.colorspace)
        return (*context, said.color_range) == ("yuv420p", 1, 1, 1, 1)


def within_bounds(found: chart.Seen) -> None:
    """Near what an SDR camera would have stored.

    A tone-map leaves room for highlights above 203 cd/m², so that the brightest third of the SDR
    chart has to give way a little: 0.85 of its luma allows a knee at 30 % of white (mobius 0.3
    gives 0.89) and refuses a curve that darkens everything (hable gives 0.65 of the mean). Nothing
    below the knee has a reason to change: 0.93 to 1.08 for the mean and darker steps refuses maps
    that take another white than 203 (100 gives 1.18, 400 gives 0.75). Untouched HDR has 0.2 to
    0.6 of the colours, a map that desaturates highlights 0.4 for light skin: 0.8 refuses both.
    """
    true = chart.TRUE
    assert 0.93 < (found.mean_y - 16) / (true.mean_y - 16) < 1.05
    for name in [*chart.GREYS, *chart.STRONG]:
        dark = true.y[name] < 16 + 219 * 0.5
        assert (0.93 if dark else 0.85) < found.light(name, true) < 1.08, name
    for name in chart.STRONG:
        assert 0.8 < found.strength(name, true) < 1.15, name
        assert found.turn(name, true) < 5, name
    for name in [*chart.GREYS, "black", "white"]:
        assert abs(found.c[name]) < 3, name
    steps = [found.y[name] for name in ["black", *chart.GREYS, "white"]]
    assert min(after - before for before, after in itertools.pairwise(steps)) > 6, steps
    assert steps[-2] < 230
    assert found.y["black"] < 19


@pytest.mark.parametrize("transfer", TRANSFERS)
def test_an_hdr_film_becomes_an_ordinary_one_in_its_own_colours(
    hdr: dict[str, Path], make: Make, transfer: str
) -> None:
    clip, still = clip_and_still(hdr[transfer], make)
    assert tagged_plainly(clip)
    within_bounds(chart.of_clip(clip))
    within_bounds(chart.of_jpeg(still))


def test_a_still_of_an_hdr_film_looks_like_its_clip(hdr: dict[str, Path], make: Make) -> None:
    for film in hdr.values():
        clip, still = clip_and_still(film, make)
        luma, chroma = chart.of_jpeg(still).apart(chart.of_clip(clip))
        assert luma < 3
        assert chroma < 3


@pytest.mark.parametrize("name", chart.STORED)
def test_colours_are_the_same_however_they_are_stored(folder: Path, make: Make, name: str) -> None:
    """Within 3 of 255, encodes and rounding included; the wrong matrix is off by 8 to 20, the
    wrong range by 16 at black and 20 at white."""
    film = chart.film(folder / name)
    clip, still = clip_and_still(film, make)
    assert tagged_plainly(clip)
    for found in (chart.of_clip(clip), chart.of_jpeg(still)):
        luma, chroma = found.apart(chart.TRUE)
        assert luma < 3
        assert chroma < 3.5
