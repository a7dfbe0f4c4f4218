"""Every frame at its time: variable rates, hidden starts, other clocks, open groups of pictures."""

from __future__ import annotations

import bisect
import itertools
import random
from fractions import Fraction
from pathlib import Path

import av
import pytest

from tests.helpers.counted_films import counted_film, pictures, read_number, run_ffmpeg
from tests.media import input_films
from tests.media.input_films import numbers, stored_numbers, times_of
from tests.media.test_cuts import Films, Make, cut_clip, make
from vigsite.case.timecode import Span
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, Clip, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

UNEVEN = {
    "switching": ("60", "gte(n,120)+not(mod(n,4))", "PTS"),
    "dropping": ("30", "not(eq(mod(n,7),3))*not(between(n,70,80))", "PTS"),
    "trembling": ("30", "not(eq(mod(n,37),5))", "PTS+400*sin(N*1.7)+gt(N,0)*500"),
}
"""From 15 to 60 frames a second at 2 s; frames left out, eleven of them in a row; both unsteady."""
SPANS = [(0, 700), (1500, 2500), (2210, 2690), (1967, 1968)]
OPEN = {
    "x264.mp4": (
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-x264-params",
        "open-gop=1:scenecut=0:repeat-headers=1",
    ),
    "x265.mp4": (
        *("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1"),
        *("-x265-params", "log-level=none:scenecut=0:b-adapt=0:open-gop=1"),
    ),
}
GOP = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("time")


@pytest.fixture(scope="module")
def base(folder: Path) -> Path:
    return counted_film(folder / "base.mp4", "25", 4).path


@pytest.fixture(scope="module", params=UNEVEN)
def uneven(request: pytest.FixtureRequest, folder: Path) -> Path:
    rate, kept, shifted = UNEVEN[request.param]
    base = counted_film(folder / f"base-{request.param}.mp4", rate, 4).path
    return input_films.uneven(folder / f"{request.param}.mp4", base, kept, shifted)


@pytest.fixture(scope="module", params=OPEN)
def open_gop(request: pytest.FixtureRequest, folder: Path, base: Path) -> Path:
    codec = ("-crf", "16", "-g", str(GOP), "-bf", "3", "-c:a", "copy")
    return input_films.encoded(folder / request.param, base, *OPEN[request.param], *codec)


def gaps(clip: Path) -> set[float]:
    return {round(b - a, 5) for a, b in itertools.pairwise(times_of(clip))}


def clip_of(film: Path, start: int, end: int, make: Make) -> tuple[list[int | None], Clip, Path]:
    """The numbers in a clip, what it says it is, and its folder."""
    recording = probe(film)
    recipe = clip_recipe(recording, recording.cut(Span(start, end)), Look(), FULL)
    assert recipe.clip is not None
    made = make(recipe, film)
    return numbers(made / "clip.mp4"), recipe.clip, made


def still_of(film: Path, time_ms: int, make: Make) -> int | None:
    recording = probe(film)
    made = make(still_recipe(recording, recording.single(time_ms), Look(), FULL), film)
    return read_number(pictures(made / f"still-{recording.width}.jpg")[0])


@pytest.mark.parametrize(("start", "end"), SPANS)
def test_a_variable_rate_keeps_its_times(uneven: Path, make: Make, start: int, end: int) -> None:
    """Each picture of the clip is one on screen within half a frame of its time, none goes back,
    and the first and the last are those at the marks."""
    on, told = times_of(uneven), numbers(uneven)
    first = bisect.bisect_right(on, start / 1000) - 1
    last = max(first, bisect.bisect_left(on, end / 1000) - 1)
    found, clip, made = clip_of(uneven, start, end, make)
    assert (found[0], found[-1]) == (told[first], told[last])
    assert read_number(pictures(made / "poster-640.jpg")[0]) == told[first]
    assert len(gaps(made / "clip.mp4")) <= 1
    assert len(found) == clip.frames
    off = [*on[1:], 99.0]
    half = float(1 / clip.rate / 2) + 0.001
    shown = [told.index(number) for number in found]
    assert shown == sorted(shown)
    for number, frame in enumerate(shown):
        time = on[first] + float(number / clip.rate)
        assert on[frame] - half <= time <= off[frame] + half, (number, told[frame])


def test_a_still_of_a_variable_rate_is_the_frame_on_screen(uneven: Path, make: Make) -> None:
    on, told = times_of(uneven), numbers(uneven)
    for time in (70, 2049):
        assert still_of(uneven, time, make) == told[bisect.bisect_right(on, time / 1000) - 1]


@pytest.mark.parametrize("kind", ["ts", "mp4", "mkv"])
def test_pictures_that_change_their_size_are_all_there(
    folder: Path, base: Path, make: Make, kind: str
) -> None:
    """Old Zoom films do: 640 x 360 up to frame 49, then 480 x 270; the clip keeps one size."""
    film = folder / f"two-sizes.{kind}"
    if not film.exists():
        input_films.of_two_sizes(film, base)
    for start, end in ((400, 800), (1600, 2400), (2600, 3000)):
        found, clip, made = clip_of(film, start, end, make)
        assert found == list(range(start // 40, end // 40))
        assert (clip.width, clip.height) == (640, 360)
        assert {grey.shape for grey in pictures(made / "clip.mp4")} == {(360, 640)}
    assert still_of(film, 1960, make) == 49
    assert still_of(film, 2000, make) == 50


@pytest.mark.parametrize(
    ("name", "shift"),
    [("five.mp4", "5"), ("five.mkv", "5"), ("hour.ts", "3600"), ("five.mov", "5")],
)
def test_a_clock_that_does_not_start_at_nought(
    folder: Path, base: Path, make: Make, name: str, shift: str
) -> None:
    film = input_films.encoded(folder / name, base, "-c", "copy", "-output_ts_offset", shift)
    for start in (0, 1920):
        found, _, _ = clip_of(film, start, start + 320, make)
        assert found == list(range(start // 40, start // 40 + 8))
        assert still_of(film, start, make) == start // 40


@pytest.mark.parametrize("hidden", [7, 33])
def test_what_an_edit_list_hides_stays_hidden(
    folder: Path, base: Path, make: Make, hidden: int
) -> None:
    """A phone's own trim keeps pictures before its mark in the file; time 0 is the first shown."""
    film = folder / f"trimmed-{hidden}.mp4"
    time = f"{hidden * 0.04:.3f}"
    if not film.exists():
        run_ffmpeg("-ss", time, "-i", str(base), "-c", "copy", str(film))
    assert min(number for number in stored_numbers(film) if number is not None) < hidden
    for start in (0, 40, 600):
        found, _, made = clip_of(film, start, start + 400, make)
        assert found == list(range(hidden + start // 40, hidden + start // 40 + 10))
        assert stored_numbers(made / "clip.mp4") == found
        assert still_of(film, start, make) == hidden + start // 40


def keyframes(film: Path) -> list[int]:
    """The numbers of a film's keyframes."""
    with av.open(str(film)) as opened:
        keys = [p for p in opened.demux(opened.streams.video[0]) if p.is_keyframe and p.size]
        return [round(p.pts * p.time_base * 25) for p in keys if p.pts is not None]


def test_open_groups_of_pictures_are_cut_exactly(open_gop: Path, make: Make) -> None:
    """Right before, at and after keyframes, and at random places."""
    keys = keyframes(open_gop)
    assert len(keys) >= 4
    frames = [keys[1] - 1, keys[1], keys[1] + 1, keys[2] - 2, keys[2]]
    for first in [*frames, *random.Random(5).sample(range(1, 90), 2)]:
        found, _, _ = clip_of(open_gop, first * 40, first * 40 + 240, make)
        assert found == list(range(first, first + 6))
    for first in frames[:3]:
        assert still_of(open_gop, first * 40 + 20, make) == first


def test_a_stream_that_begins_in_the_middle_of_another(
    folder: Path, open_gop: Path, make: Make
) -> None:
    """Its first pictures refer to some that were never copied; time 0 is the first whole one."""
    film = folder / f"{open_gop.stem}-middle.ts"
    if not film.exists():
        input_films.cut_from_the_middle(film, open_gop, 2)
    begins = keyframes(open_gop)[2]
    for first in (0, 1, 26):
        found, _, _ = clip_of(film, first * 40, first * 40 + 240, make)
        assert found == list(range(begins + first, begins + first + 6))
        assert still_of(film, first * 40, make) == begins + first


def test_a_constant_film_with_b_frames_anywhere(films: Films, make: Make) -> None:
    for start in random.Random(7).sample(range(3600), 5):
        found, recipe = cut_clip(films("25"), start, start + 250, make)
        assert recipe.clip is not None
        after = -(-(start + 250) // 40)
        assert numbers(found / "clip.mp4") == list(range(start // 40, after))
        assert recipe.clip.rate == Fraction(25)
