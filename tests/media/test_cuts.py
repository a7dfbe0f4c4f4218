"""Clips and stills of counted films: every frame tells which one it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers.counted_films import (
    WIDTH,
    Counted,
    checkered_film,
    colours,
    counted_film,
    pictures,
    read_number,
    run_ffmpeg,
    samples,
)
from vigsite.case.fields import Box
from vigsite.case.timecode import Span
from vigsite.errors import MediaError
from vigsite.media import ffmpeg, job
from vigsite.media.engines.verify import verify
from vigsite.media.recipes.picture import Cover, Look
from vigsite.media.recipes.recipe import DRAFT, FULL, Recipe, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

Films = Callable[[str], Counted]
Make = Callable[[Recipe, Path], Path]
PLAIN = Look()
RATES = ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001"]
MARKS = [(0, 400), (40, 41), (333, 1001), (1000, 2000), (1967, 2503), (2100, 4000)]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Runs a recipe, verifies what it made, and gives the folder."""
    made = iter(range(1000))

    def run(recipe: Recipe, film: Path) -> Path:
        folder = tmp_path / f"made-{next(made)}"
        folder.mkdir()
        job.make(recipe, film, folder, "The test's cut failed", ffmpeg.Stop())
        verify(recipe, folder, "the test's cut")
        return folder

    return run


def cut_clip(
    film: Counted, start: int, end: int, make: Make, look: Look = PLAIN, quality: Any = FULL
) -> tuple[Path, Recipe]:
    recording = probe(film.path)
    recipe = clip_recipe(recording, recording.cut(Span(start, end)), look, quality)
    return make(recipe, film.path), recipe


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(("start", "end"), MARKS)
def test_a_clip_holds_the_marked_frames_and_no_other(
    films: Films, make: Make, rate: str, start: int, end: int
) -> None:
    """First = the frame on screen at the start; last = the last one before the end."""
    film = films(rate)
    folder, _ = cut_clip(film, start, end, make)
    numbers = [read_number(grey) for grey in pictures(folder / "clip.mp4")]
    first = int(start * film.rate / 1000)
    after = -int(-(end * film.rate) // 1000)
    assert numbers == list(range(first, max(after, first + 1)))


@pytest.mark.parametrize("rate", RATES)
def test_a_still_is_the_very_frame_on_screen(films: Films, make: Make, rate: str) -> None:
    film = films(rate)
    recording = probe(film.path)
    for time in [0, 33, 34, *random.Random(1).sample(range(3990), 4)]:
        folder = make(still_recipe(recording, recording.single(time), Look(), FULL), film.path)
        assert read_number(pictures(folder / "still-640.jpg")[0]) == film.frame_at(time)
        assert read_number(pictures(folder / "still-480.jpg")[0]) == film.frame_at(time)


def test_anywhere_in_a_film_with_one_keyframe(tmp_path: Path, make: Make) -> None:
    """Messengers write keyframes ten seconds apart and more."""
    film = counted_film(tmp_path / "long.mp4", "30000/1001", 16, gop=100_000)
    recording = probe(film.path)
    for start in random.Random(2).sample(range(15_000), 5):
        span = Span(start, start + 300)
        made = make(clip_recipe(recording, recording.cut(span), PLAIN, FULL), film.path)
        after = -int(-(span.end_ms * film.rate) // 1000)
        expected = list(range(film.frame_at(start), after))
        assert [read_number(grey) for grey in pictures(made / "clip.mp4")] == expected
        still = make(still_recipe(recording, recording.single(start), PLAIN, FULL), film.path)
        assert read_number(pictures(still / "still-640.jpg")[0]) == film.frame_at(start)


def test_posters_are_the_clips_first_frame(films: Films, make: Make) -> None:
    folder, recipe = cut_clip(films("25"), 1000, 2000, make)
    assert [p.name for p in recipe.pictures] == ["poster-480.jpg", "poster-640.jpg"]
    assert {read_number(pictures(folder / p.name)[0]) for p in recipe.pictures} == {25}


@pytest.mark.parametrize("rate", RATES)
def test_sound_stays_with_its_picture_at_both_ends(films: Films, make: Make, rate: str) -> None:
    """The clicks of seconds 1 and 3, near both ends, within 20 ms of where the picture is."""
    film = films(rate)
    folder, recipe = cut_clip(film, 940, 3060, make)
    assert recipe.clip is not None
    starts = film.frame_at(940) / film.rate
    sound = np.abs(np.diff(samples(folder / "clip.mp4"), n=2))  # a click is what is high
    ends = [(0, 0.15, 1 - starts), (len(sound) / 48_000 - 0.15, None, 3 - starts)]
    for begin, end, true in ends:
        from_, to = int(begin * 48_000), int(end * 48_000) if end else None
        click = begin + int(np.argmax(sound[from_:to])) / 48_000
        assert abs(click - true) < 0.020
    assert abs(len(sound) / 48_000 - recipe.clip.length_ms / 1000) < 0.025


@pytest.mark.parametrize(("speed", "sound"), [("0.5", True), ("0.25", False)])
def test_slow_motion_keeps_every_frame(films: Films, make: Make, speed: str, sound: bool) -> None:
    folder, recipe = cut_clip(films("25"), 1000, 2000, make, Look(speed=Fraction(speed)))
    assert recipe.clip is not None
    assert recipe.clip.length_ms == 1000 / float(speed)
    assert recipe.clip.sound is sound
    assert [read_number(g) for g in pictures(folder / "clip.mp4")] == list(range(25, 50))


def test_a_muted_stretch_is_silent_and_the_rest_is_not(films: Films, make: Make) -> None:
    look = Look(mutes=((Fraction("0.3"), Fraction("0.7")),))
    sound = samples(cut_clip(films("25"), 1000, 2000, make, look)[0] / "clip.mp4")
    assert np.abs(sound[int(0.33 * 48_000) : int(0.67 * 48_000)]).max() < 0.001
    assert np.abs(sound[int(0.8 * 48_000) : int(0.95 * 48_000)]).max() > 0.05


def test_a_clip_muted_as_a_whole_carries_no_sound_at_all(films: Films, make: Make) -> None:
    folder, recipe = cut_clip(films("25"), 1000, 2000, make, Look(silent=True))
    assert recipe.clip is not None
    assert not recipe.clip.sound
    with pytest.raises(IndexError):
        samples(folder / "clip.mp4")


def box(x: str, y: str, width: str, height: str) -> Box:
    return Box(Fraction(x), Fraction(y), Fraction(width), Fraction(height))


def cover(first: int, after: int, start: Fraction, end: Fraction, at: Box, to: Box) -> Cover:
    """A box over frames [first, after) of a cut of 25 frames a second."""
    return Cover(Fraction(2 * first - 1, 50), Fraction(2 * after - 1, 50), start, end, at, to)


def covered_part(plain: Any, covered: Any) -> tuple[float, float, float, float] | None:
    """Where two pictures differ: left, top, right, bottom as fractions."""
    where = np.abs(plain.astype(int) - covered).mean(axis=2) > 60
    if not where.any():
        return None
    rows, columns = np.flatnonzero(where.any(axis=1)), np.flatnonzero(where.any(axis=0))
    high, wide = where.shape
    return columns[0] / wide, rows[0] / high, (columns[-1] + 1) / wide, (rows[-1] + 1) / high


@pytest.fixture(scope="module")
def checkered(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    return checkered_film(tmp_path_factory.mktemp("checkered") / "film.mp4")


def both(film: Counted, look: Look, make: Make) -> Iterator[tuple[Any, Any]]:
    plain = colours(cut_clip(film, 1000, 2000, make)[0] / "clip.mp4")
    covered = colours(cut_clip(film, 1000, 2000, make, look)[0] / "clip.mp4")
    yield from zip(plain, covered, strict=True)


def test_a_blur_hides_its_box_while_it_lasts_and_nothing_else(
    checkered: Counted, make: Make
) -> None:
    still = box("0.5", "0.5", "0.25", "0.25")
    look = Look(covers=(cover(5, 20, Fraction("0.2"), Fraction("0.8"), still, still),))
    for number, (plain, covered) in enumerate(both(checkered, look, make)):
        found = covered_part(plain, covered)
        if 5 <= number < 20:
            assert found == pytest.approx((0.5, 0.5, 0.75, 0.75), abs=0.015), number
        else:
            assert found is None, number


def test_a_blur_moves_in_a_straight_line(checkered: Counted, make: Make) -> None:
    start, end = box("0.1", "0.5", "0.2", "0.3"), box("0.7", "0.2", "0.2", "0.3")
    look = Look(covers=(cover(0, 25, Fraction(0), Fraction(1), start, end),))
    for number, (plain, covered) in enumerate(both(checkered, look, make)):
        x, y = 0.1 + 0.6 * number / 25, 0.5 - 0.3 * number / 25
        assert covered_part(plain, covered) == pytest.approx((x, y, x + 0.2, y + 0.3), abs=0.015)


def test_what_a_blur_hid_cannot_be_read_any_more(films: Films, make: Make) -> None:
    """The number below a box is gone from every frame and from the posters."""
    over_code = box("0", "0", "1", "0.2")
    look = Look(covers=(cover(0, 25, Fraction(0), Fraction(1), over_code, over_code),))
    folder, recipe = cut_clip(films("25"), 1000, 2000, make, look)
    read = [read_number(grey) for grey in pictures(folder / "clip.mp4")]
    assert sum(found == true for found, true in zip(read, range(25, 50), strict=True)) <= 1
    assert all(read_number(pictures(folder / p.name)[0]) != 25 for p in recipe.pictures)


def test_a_blur_is_where_it_was_asked_on_a_film_on_its_side(
    tmp_path: Path, checkered: Counted, make: Make
) -> None:
    turned = tmp_path / "turned.mp4"
    run_ffmpeg("-display_rotation:v:0", "90", "-i", str(checkered.path), "-c", "copy", str(turned))
    corner = box("0.6", "0.7", "0.3", "0.2")
    look = Look(covers=(cover(0, 25, Fraction(0), Fraction(1), corner, corner),))
    for plain, covered in both(Counted(turned, Fraction(25), 100), look, make):
        assert plain.shape == (640, 360, 3)
        assert covered_part(plain, covered) == pytest.approx((0.6, 0.7, 0.9, 0.9), abs=0.025)


def test_a_blur_is_where_it_was_asked_after_a_crop(checkered: Counted, make: Make) -> None:
    """Boxes count in the uncropped picture: blur comes before crop."""
    corner, half = box("0.5", "0.5", "0.25", "0.25"), box("0.5", "0.5", "0.5", "0.5")
    hidden = cover(0, 25, Fraction(0), Fraction(1), corner, corner)
    plain = colours(cut_clip(checkered, 1000, 1200, make, Look(crop=half))[0] / "clip.mp4")[2]
    look = Look(covers=(hidden,), crop=half)
    covered = colours(cut_clip(checkered, 1000, 1200, make, look)[0] / "clip.mp4")[2]
    assert covered_part(plain, covered) == pytest.approx((0, 0, 0.5, 0.5), abs=0.025)


def test_a_crop_shows_the_part_that_was_asked_for(films: Films, make: Make) -> None:
    look = Look(crop=box("0", "0", "1", "0.5"))
    folder, recipe = cut_clip(films("25"), 1000, 1400, make, look)
    assert recipe.clip is not None
    assert (recipe.clip.width, recipe.clip.height) == (640, 180)
    assert [read_number(g, WIDTH) for g in pictures(folder / "clip.mp4")] == list(range(25, 35))


def test_a_variable_rate_becomes_a_constant_one(tmp_path: Path, films: Films, make: Make) -> None:
    uneven = tmp_path / "uneven.mp4"
    run_ffmpeg(
        *("-i", str(films("30").path), "-vf", "select='not(eq(mod(n,7),3))'", "-fps_mode", "vfr"),
        *("-c:v", "libx264", "-c:a", "copy", str(uneven)),
    )
    recording = probe(uneven)
    assert (recording.constant, recording.rate) == (False, "30")
    recipe = clip_recipe(recording, recording.cut(Span(1000, 2000)), Look(), FULL)
    folder = make(recipe, uneven)
    numbers = [read_number(grey) for grey in pictures(folder / "clip.mp4")]
    assert numbers[0] == 30
    assert 29 <= len(numbers) <= 31


@pytest.mark.parametrize("start", [80, 1000, 2800, 3600])
def test_a_camcorders_stream_without_an_index_is_cut_exactly(
    tmp_path: Path, films: Films, make: Make, start: int
) -> None:
    """Its clock starts at 1.04 s, and a plain seek would land after the mark."""
    stream = tmp_path / "camcorder.MTS"
    run_ffmpeg(
        *("-i", str(films("25").path), "-c", "copy", "-f", "mpegts"),
        *("-mpegts_m2ts_mode", "1", "-output_ts_offset", "1.04", str(stream)),
    )
    film = Counted(stream, Fraction(25), 100)
    folder, _ = cut_clip(film, start, start + 320, make)
    numbers = [read_number(grey) for grey in pictures(folder / "clip.mp4")]
    assert numbers == list(range(start // 40, start // 40 + 8))
    recording = probe(stream)
    still = make(still_recipe(recording, recording.single(start), Look(), FULL), stream)
    assert read_number(pictures(still / "still-640.jpg")[0]) == start // 40
    if start == 2800:  # the click of second 3
        loudest = int(np.argmax(np.abs(samples(folder / "clip.mp4")))) / 48_000
        assert loudest == pytest.approx(0.2, abs=0.02)


def test_a_draft_is_smaller_and_holds_the_same_frames(
    films: Films, make: Make, tmp_path: Path
) -> None:
    big = tmp_path / "big.mp4"
    run_ffmpeg(
        "-i",
        str(films("25").path),
        "-vf",
        "scale=1280:720:flags=neighbor",
        "-c:v",
        "libx264",
        str(big),
    )
    folder, recipe = cut_clip(Counted(big, Fraction(25), 100), 1000, 1400, make, quality=DRAFT)
    assert recipe.clip is not None
    assert (recipe.clip.width, recipe.clip.height) == (640, 360)
    assert [read_number(g) for g in pictures(folder / "clip.mp4")] == list(range(25, 35))


def test_the_same_recipe_makes_the_same_bytes(films: Films, make: Make) -> None:
    one, recipe = cut_clip(films("25"), 1000, 1600, make)
    two, _ = cut_clip(films("25"), 1000, 1600, make)
    for name in recipe.names:
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_a_result_that_is_too_short_is_refused(films: Films, make: Make, tmp_path: Path) -> None:
    folder, recipe = cut_clip(films("25"), 1000, 2000, make)
    run_ffmpeg(
        "-i", str(folder / "clip.mp4"), "-frames:v", "20", "-c", "copy", str(tmp_path / "short.mp4")
    )
    (tmp_path / "short.mp4").replace(folder / "clip.mp4")
    with pytest.raises(MediaError, match="20 frames instead of 25"):
        verify(recipe, folder, "the clip")
