"""Films whose copy broke off: the good part is usable, and what is lost is said."""

from __future__ import annotations

import re
import shutil
import struct
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import counted_film
from tests.helpers.families import Family
from tests.media import input_films
from tests.media.input_films import numbers
from tests.media.test_cuts import Make, make
from vigsite.case.timecode import Span
from vigsite.errors import RecordingError
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

CYCLE = "1-tea/cycle.yml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken")


@pytest.fixture(scope="module")
def whole(folder: Path) -> Path:
    """Four seconds whose index comes first, as phones and messengers write it."""
    return counted_film(folder / "w.mp4", "25", 4, gop=12, extra=("-movflags", "+faststart")).path


@pytest.fixture(scope="module")
def short(folder: Path, whole: Path) -> Path:
    return input_films.broken_off(folder / "short.mp4", whole)


def exact(film: Path, start: int, end: int, make: Make) -> None:
    recording = probe(film)
    recipe = clip_recipe(recording, recording.cut(Span(start, end)), Look(), FULL)
    told = numbers(make(recipe, film) / "clip.mp4")
    assert told == list(range(start // 40, end // 40))
    still = make(still_recipe(recording, recording.single(start), Look(), FULL), film)
    assert numbers(still / f"still-{recording.width}.jpg") == [start // 40]


def test_what_is_left_of_a_film_is_cut_exactly(short: Path, make: Make) -> None:
    found = probe(short)
    assert found.stated_us == pytest.approx(4_000_000, abs=100_000)
    assert 1_500_000 < found.end_us < 3_000_000
    exact(short, 1000, 1400, make)
    last = found.duration_ms // 40 * 40 - 40
    exact(short, last - 400, last, make)


def test_pictures_count_where_all_of_the_sound_is_lost(folder: Path, make: Make) -> None:
    """A copy that broke off before the first packet of sound still holds its pictures."""
    base = counted_film(folder / "base-apart.mp4", "25", 4).path
    film = input_films.encoded(folder / "apart.mp4", base, "-c", "copy", "-movflags", "faststart")
    data = bytearray(film.read_bytes())
    sound = data.index(b"soun", data.index(b"moov"))
    places = data.index(b"stco", sound) + 8
    (count,) = struct.unpack_from(">I", data, places)
    for at in range(places + 4, places + 4 + 4 * count, 4):  # as if they lay behind the end
        struct.pack_into(">I", data, at, struct.unpack_from(">I", data, at)[0] + len(data))
    film.write_bytes(data)
    assert probe(film).end_us == 4_000_000
    exact(film, 3000, 3400, make)


def test_a_whole_film_states_nothing_else(whole: Path) -> None:
    assert probe(whole).stated_us == 0


def test_without_its_index_a_film_is_refused_as_a_part_of_one(folder: Path) -> None:
    base = counted_film(folder / "index-last.mp4", "25", 4).path
    assert base.read_bytes().index(b"moov") > base.stat().st_size // 2
    with pytest.raises(RecordingError, match=r"only (the first )?part of a film"):
        probe(input_films.broken_off(folder / "no-index.mp4", base))


@pytest.mark.parametrize("name", ["camera.MTS", "camera.ts", "camera.mkv", "camera.avi"])
def test_what_is_left_of_a_stream_is_cut_exactly(
    folder: Path, whole: Path, make: Make, name: str
) -> None:
    container = ("-f", "mpegts", "-mpegts_m2ts_mode", "1") if name.endswith("MTS") else ()
    video = ("-c:v", "mpeg4", "-q:v", "3", "-g", "12", "-an") if name.endswith("avi") else ()
    base = input_films.encoded(folder / name, whole, "-c", "copy", *video, *container)
    film = input_films.broken_off(folder / f"short-{name}", base)
    lasts = probe(film).duration_ms
    assert 1800 < lasts < 3000
    exact(film, 1000, 1400, make)
    exact(film, 0, 200, make)
    last = lasts // 40 * 40 - 120
    exact(film, last - 200, last, make)


def test_a_moment_in_the_lost_part_is_a_fault_that_says_where_the_copy_ends(
    ash: Family, vigsite: Vigsite, short: Path
) -> None:
    shutil.copyfile(short, ash.directory / "1-tea" / "film.mp4")
    ash.change(CYCLE, "still: 0:03.0", "still: 0:03.2")
    done = vigsite("check", ash.directory)
    assert done.status == 2
    said = " ".join(done.err.split())
    assert 'moment "nan-too": still' in said
    assert re.search(r"breaks off (at|after) 0:02", said), said
    assert "0:04" in said
    built = vigsite("build", ash.directory, "--draft")
    assert built.status == 2
    assert "breaks off" in built.err


def test_a_copy_that_broke_off_is_said_even_where_nothing_is_lost(
    ash: Family, vigsite: Vigsite, short: Path
) -> None:
    shutil.copyfile(short, ash.directory / "1-tea" / "film.mp4")
    ash.change(CYCLE, "still: 0:02.5", "still: 0:01.5")
    ash.change(CYCLE, "still: 0:03.0", "still: 0:01.8")
    done = vigsite("check", ash.directory)
    assert done.status == 0, done.err
    assert re.search(r"breaks off (at|after) 0:02", " ".join((done.out + done.err).split()))
    built = vigsite("build", ash.directory, "--draft")
    assert built.status == 0, built.err
    assert "breaks off" in built.out + built.err
