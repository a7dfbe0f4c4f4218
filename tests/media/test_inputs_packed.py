"""Packed films (DivX, Xvid): the marked picture, wherever the film is opened."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.helpers.counted_films import counted_film, pictures, read_number
from tests.helpers.covering_sample import FULL as FULL_GRID
from tests.media.input_films import numbers
from tests.media.packed_film import packed_film
from tests.media.test_cuts import Make, make
from vigsite.case.timecode import Span
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return counted_film(tmp_path_factory.mktemp("packed") / "base.mp4", "25", 2).path


@pytest.mark.parametrize(
    ("between", "marked_throughout"),
    [(1, False), (1, True), (2, False)],
    ids=["first", "all", "two"],
)
def test_a_packed_film_shows_the_marked_pictures(
    tmp_path: Path, base: Path, make: Make, between: int, marked_throughout: bool
) -> None:
    film = packed_film(tmp_path / "old.avi", base, between, marked_throughout=marked_throughout)
    recording = probe(film)
    assert (recording.rate, len(recording.frame_us)) == ("25", 50)
    for start, end in ((0, 120), (520, 800), (1480, 1720)):
        recipe = clip_recipe(recording, recording.cut(Span(start, end)), Look(), FULL)
        assert numbers(make(recipe, film) / "clip.mp4") == list(range(start // 40, end // 40))
    late = clip_recipe(recording, recording.cut(Span(1480, 2000)), Look(), FULL)
    first, again = ((make(late, film) / "clip.mp4").read_bytes() for _ in range(2))
    assert first == again
    for frame in (0, 1, 2, *range(22, 28), 48, 49):
        recipe = still_recipe(recording, recording.single(frame * 40), Look(), FULL)
        assert numbers(make(recipe, film) / "still-640.jpg") == [frame]
    library = Library(tmp_path / "recordings", tmp_path)
    with library.glimpses(film, recording, recording.around(1000, 120), 320) as (small, _):
        assert {n: read_number(pictures(one)[0]) for n, one in small.items()} == {
            number: number for number in range(22, 29)
        }


@pytest.mark.parametrize(
    "rate",
    [
        "24000/1001",
        *(pytest.param(rate, marks=FULL_GRID) for rate in ("12", "15", "30000/1001", "30")),
    ],
)
def test_packed_films_at_other_rates(tmp_path: Path, make: Make, rate: str) -> None:
    film = counted_film(tmp_path / "base.mp4", rate, 2)
    packed = packed_film(tmp_path / "old.avi", film.path, 1, marked_throughout=False)
    recording = probe(packed)
    assert (Fraction(recording.rate), len(recording.frame_us)) == (Fraction(rate), film.frames)
    for start, end in ((0, 200), (1100, 1700)):
        cut = recording.cut(Span(start, end))
        clip = make(clip_recipe(recording, cut, Look(), FULL), packed) / "clip.mp4"
        assert numbers(clip) == list(range(cut.first, cut.first + cut.frames))
        assert abs(cut.first - film.frame_at(start)) <= 1
    for time in (0, 480, 1220, 1800):
        recipe = still_recipe(recording, recording.single(time), Look(), FULL)
        assert numbers(make(recipe, packed) / "still-640.jpg") == [recording.frame_at(time)]
