"""Films in field pictures (AVCHD): a packet holds a field, a picture is two of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from tests.helpers.counted_films import pictures
from tests.helpers.covering_sample import FULL as FULL_GRID
from tests.media.field_pictures import field_film
from tests.media.input_films import numbers
from tests.media.test_cuts import Make, make
from tests.media.test_inputs_interlaced import combing
from vigsite.case.timecode import Span
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.field_pictures import second_fields
from vigsite.media.recordings.probe import probe

__all__ = ["make"]


@pytest.mark.parametrize("name", ["camera.MTS", "copied.mkv", "copied.mp4"])
def test_a_film_in_field_pictures_has_every_picture_once(
    tmp_path: Path, make: Make, name: str
) -> None:
    film = field_film(tmp_path / name, 40)
    with av.open(str(film)) as opened:
        assert sum(1 for packet in opened.demux(video=0) if packet.size) == 80
    recording = probe(film)
    assert (recording.rate, recording.constant, len(recording.frame_us)) == ("25", True, 40)
    for start, end in ((0, 200), (460, 1020)):
        cut = recording.cut(Span(start, end))
        clip = make(clip_recipe(recording, cut, Look(), FULL), film) / "clip.mp4"
        assert numbers(clip) == list(range(start // 40, -(-end // 40)))
        assert max(map(combing, pictures(clip))) < combing(pictures(film)[5]) / 10
    for time in (0, 20, 40, 479, 480, 500, 1599):
        recipe = still_recipe(recording, recording.single(time), Look(), FULL)
        assert numbers(make(recipe, film) / recipe.pictures[-1].name) == [time // 40]


@pytest.mark.parametrize(
    "rate", [24, 30, pytest.param(50, marks=FULL_GRID), pytest.param(60, marks=FULL_GRID)]
)
def test_field_pictures_at_other_rates(tmp_path: Path, make: Make, rate: int) -> None:
    film = field_film(tmp_path / "camera.MTS", 40, rate)
    recording = probe(film)
    assert (recording.rate, len(recording.frame_us)) == (str(rate), 40)
    cut = recording.cut(Span(200, 600))
    clip = make(clip_recipe(recording, cut, Look(), FULL), film) / "clip.mp4"
    assert numbers(clip) == list(range(cut.first, cut.first + cut.frames))
    assert abs(cut.frames - 0.4 * rate) < 2
    for time in (0, 210, 400, 640):
        frame = recording.single(time)
        recipe = still_recipe(recording, frame, Look(), FULL)
        assert numbers(make(recipe, film) / recipe.pictures[-1].name) == [time * rate // 1000]


FIRST = (0, True)
PAIRS = [FIRST, *((20 * n, False) for n in range(1, 6)), (120, True), (140, False), (160, False)]


@pytest.mark.parametrize(
    ("packets", "shown", "seconds"),
    [
        (PAIRS, [0, 40], {20, 60, 100, 140}),
        ([FIRST, (20, False), (120, False), (140, False), (40, False), (60, False)], [], {20, 140, 60}),
        ([one for one in PAIRS if one[0] != 60], [0, 40], {20, 100, 140}),
        ([one for one in PAIRS if one[0] != 40], [0, 60], {20, 80, 140}),
        ([(40 * n, n == 0) for n in range(6)], [0, 40, 80], set()),
        (PAIRS, [0, 20, 40], set()),
        ([FIRST, (40, False), (80, False), (100, False), (120, False)], [0, 40], {100}),
        ([(n, n == 0) for n in (0, 17, 33, 50, 67, 83)], [0, 33], {17, 50, 83}),
    ],
    ids=["pairs", "decoded first", "a second lost", "a first lost", "whole pictures", "a picture each",
         "whole and in fields", "rounded"],
)  # fmt: skip
def test_which_packets_are_second_fields(
    packets: list[tuple[int, bool]], shown: list[int], seconds: set[int]
) -> None:
    assert second_fields(packets, Fraction(20), shown) == seconds
