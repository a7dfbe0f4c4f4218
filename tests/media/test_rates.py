"""Every rate a camera films at, in containers with fine and with coarse clocks, exact to the frame:
clip, cover, still, nearest still, contact sheet, preview and the family's film."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted, counted_film, pictures, read_number
from tests.helpers.covering_sample import FULL as WHOLE_GRID
from tests.helpers.families import family, guarded
from tests.media import input_films
from tests.media.input_films import numbers
from tests.media.test_cuts import make
from vigsite.case.cycle_file import Blur
from vigsite.case.timecode import Span
from vigsite.media import ffmpeg, job
from vigsite.media.library import Library
from vigsite.media.plan import cover_of
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, Recipe, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

RATES = (
    *("10", "12", "15", "24000/1001", "24", "25"),
    *("30000/1001", "30", "50", "60000/1001", "60"),
)
X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-bf", "2", "-g", "40")
MJPEG = ("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le")
HOLDERS = {
    "motion.avi": MJPEG,
    "xvid.avi": ("-an", "-c:v", "mpeg4", "-q:v", "3", "-bf", "0", "-g", "30"),
    "coarse.mov": (*MJPEG, "-video_track_timescale", "rate"),
    "coarse.mp4": (*X264, "-c:a", "aac", "-video_track_timescale", "rate"),
    "fine.mp4": (*X264, "-c:a", "aac", "-video_track_timescale", "90000"),
    "milliseconds.mkv": (*X264, "-c:a", "flac"),
    "stream.ts": (*X264, "-c:a", "aac"),
}
SPANS = ((0, 700), (1234, 2345), (2500, 4000))

Holding = Callable[[str, str], Counted]


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Holding:
    """A counted film of four seconds at a rate, in a container."""
    folder, drawn = tmp_path_factory.mktemp("rates"), dict[str, Counted]()

    def at(rate: str, holder: str) -> Counted:
        stem = rate.replace("/", "-")
        if rate not in drawn:
            drawn[rate] = counted_film(folder / f"{stem}.mp4", rate, 4)
        base, film = drawn[rate], folder / f"{stem}-{holder}"
        clock = str(Fraction(rate).numerator)
        arguments = [clock if word == "rate" else word for word in HOLDERS[holder]]
        if not film.exists():
            input_films.encoded(film, base.path, *arguments)
        return Counted(film, base.rate, base.frames)

    return at


def strictly(recipe: Recipe, film: Path, folder: Path) -> Path:
    """What a recipe makes of a film in which nothing is damaged."""
    folder.mkdir()
    assert not job.make(recipe, film, folder, "The test's cut", ffmpeg.Stop()).damaged
    return folder


def _grid() -> list[Any]:
    """Every rate in two containers, every container at three rates; all of it with `--soak`."""
    names, rows = list(HOLDERS), []
    for number, rate in enumerate(RATES):
        chosen = {names[number % len(names)], names[(number + 3) % len(names)]}
        for holder in names:
            rows.append(pytest.param(rate, holder, marks=() if holder in chosen else WHOLE_GRID))
    return rows


@pytest.mark.parametrize(("rate", "holder"), _grid())
def test_every_picture_is_the_marked_one(
    holding: Holding, tmp_path: Path, rate: str, holder: str
) -> None:
    film = holding(rate, holder)
    recording = probe(film.path)
    assert (recording.rate, len(recording.frame_us)) == (str(film.rate), film.frames)
    for start, end in SPANS:
        cut = recording.cut(Span(start, end))
        marked = list(range(cut.first, cut.first + cut.frames))
        assert abs(marked[0] - film.frame_at(start)) <= 1 >= abs(len(marked) - cut.frames)
        plain = strictly(clip_recipe(recording, cut, Look(), FULL), film.path, tmp_path / f"{end}")
        assert numbers(plain / "clip.mp4") == marked
        assert numbers(plain / "poster-640.jpg") == marked[:1]
    _covers_its_frames(film, tmp_path)
    for time in (0, 1499, 3900):
        recipe = still_recipe(recording, recording.single(time), Look(), FULL)
        still = strictly(recipe, film.path, tmp_path / f"still-{time}")
        assert numbers(still / "still-640.jpg") == [recording.frame_at(time)]
    around = recording.around(1700, 300)
    library = Library(tmp_path / "recordings", tmp_path)
    with library.glimpses(film.path, recording, around, 480) as (small, _):
        told = {number: read_number(pictures(one)[0]) for number, one in small.items()}
    assert told == {one: one for one in range(around.first, around.first + around.frames)}


def _covers_its_frames(film: Counted, folder: Path) -> None:
    """A cover over the numbers hides those from `from` until `until`, and no other."""
    recording = probe(film.path)
    cut = recording.cut(Span(1000, 2000))
    blur = Blur.model_validate({"box": ["0", "0", "1", "0.2"], "from": "0:01.3", "to": "0:01.7"})
    hidden = recording.cut(Span(1300, 1700))
    cover = cover_of(blur, recording, cut)
    assert cover is not None
    recipe = clip_recipe(recording, cut, Look(covers=(cover,)), FULL)
    made = strictly(recipe, film.path, folder / "covered")
    after = hidden.first + hidden.frames
    told = dict(enumerate(numbers(made / "clip.mp4"), cut.first))
    shown = {frame for frame, number in told.items() if number == frame}
    bare = {*told} - {*range(hidden.first, after)}
    assert bare <= shown
    assert len(shown - bare) <= 1  # six colours may happen to tell a number


@pytest.mark.parametrize(
    ("rate", "holder"),
    [
        pytest.param(rate, [*HOLDERS][number % len(HOLDERS)],
                     marks=() if rate == "12" else WHOLE_GRID)
        for number, rate in enumerate(RATES, 1)
    ],
)  # fmt: skip
def test_the_preview_and_the_familys_film_show_the_marked_pictures(
    holding: Holding, tmp_path: Path, vigsite: Vigsite, rate: str, holder: str
) -> None:
    film, made = holding(rate, holder), family(tmp_path / "cases/ash", None)
    shutil.copyfile(film.path, made.directory / "1-tea" / holder)
    made.change("1-tea/cycle.yml", "film.mp4", holder)
    guarded(made)
    cut = probe(film.path).cut(Span(1000, 2000))
    looked = vigsite("preview", made.directory, "--yes", "1-tea/looks", "--yes", "1-tea/smile")
    assert looked.status == 0, looked.err
    page = made.directory / ".vigsite/preview/look"
    pairs = sorted(page.glob("1-1-*-filmed.jpg"))
    assert len(pairs) >= 6
    for filmed in pairs:
        published = page / filmed.name.replace("filmed", "published")
        (number,) = {read_number(pictures(path)[0]) for path in (filmed, published)}
        assert number in range(cut.first, cut.first + cut.frames)
    packed = vigsite("pack", made.directory, "--draft")
    assert packed.status == 0, packed.err
    told = set(map(read_number, pictures(tmp_path / "packs/ash/To keep/Our film.mp4")))
    marked = [*range(cut.first, cut.first + cut.frames)]
    assert cut.first in told
    assert marked[-1] in told or film.rate > 25
    assert len(told.intersection(marked)) >= min(len(marked), 24)  # it has 25 a second
    assert told.isdisjoint({cut.first - 2, cut.first - 1, marked[-1] + 1, marked[-1] + 2})
