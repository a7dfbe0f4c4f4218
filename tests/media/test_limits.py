"""An ffmpeg that hangs, swells, crashes or stops short is ended or caught, with its last words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted, counted_film, pictures, read_number
from tests.helpers.families import Family
from tests.media.test_cuts import Films, Make, make
from vigsite.case.timecode import Span
from vigsite.errors import ProcessError
from vigsite.media import ffmpeg, job
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

ENDLESS = ["-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=1920x1080"]
TOLD = ["-progress", "pipe:1", "-nostats"]


def refused(arguments: list[str], folder: Path, limits: ffmpeg.Limits) -> str:
    started = time.monotonic()
    with pytest.raises(ProcessError) as error:
        ffmpeg.run(arguments, "The film", folder, ffmpeg.Stop(), limits)
    assert error.value.overstepped
    assert time.monotonic() - started < 15
    return str(error.value)


def test_one_that_takes_too_much_memory(tmp_path: Path) -> None:
    limits = ffmpeg.Limits(60, memory_bytes=40_000_000)
    arguments = [*ENDLESS, *TOLD, "-c:v", "libx264", "-f", "null", "-"]
    assert "took more than 40 MB of memory" in refused(arguments, tmp_path, limits)


def test_one_that_writes_too_much(tmp_path: Path) -> None:
    limits = ffmpeg.Limits(60, output_bytes=20_000_000)
    arguments = [*ENDLESS, *TOLD, "-c:v", "rawvideo", "out.nut"]
    assert "wrote more than 20 MB" in refused(arguments, tmp_path, limits)


def test_one_that_stands_still(tmp_path: Path) -> None:
    """It reads from a pipe into which nobody writes."""
    import os

    os.mkfifo(tmp_path / "nobody")
    limits = ffmpeg.Limits(60, still_s=1)
    arguments = ["-nostdin", "-v", "error", *TOLD, "-i", "nobody", "-f", "null", "-"]
    assert "stood still for 1 seconds" in refused(arguments, tmp_path, limits)


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("kill -SEGV $$", "ffmpeg ended with status"),
        (
            "exit 0",
            "Could not make the clip 1-tea/looks from film.mp4: its picture cannot be opened",
        ),
    ],
)
def test_one_that_crashes_or_makes_nothing_leaves_its_last_words(
    ash: Family, vigsite: Vigsite, tmp_path: Path, last: str, words: str
) -> None:
    """The site of last week stays, and no temporary file."""
    assert vigsite("build", ash.directory).status == 0
    site = tmp_path / "sites" / "ash" / "review" / "index.html"
    before = site.read_bytes()
    script = tmp_path / "failing-ffmpeg"
    script.write_text(
        f'#!/bin/sh\ncase "$*" in *-version*) exec "{ffmpeg.program()}" "$@";; esac\n'
        f'case "$*" in *ebur128*) exec "{ffmpeg.program()}" "$@";; esac\n'
        f'echo "the decoder met a dragon" >&2\n{last}\n'
    )
    script.chmod(0o755)
    ash.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:02.2")
    done = vigsite("build", ash.directory, VIGSITE_FFMPEG=str(script))
    assert done.status == 1
    assert words in done.err
    assert "the decoder met a dragon" in done.err
    assert site.read_bytes() == before
    assert list((ash.directory / ".vigsite" / "tmp").iterdir()) == []


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    """A film in which forty bytes between 1 and 2 seconds are wrong."""
    film = counted_film(tmp_path_factory.mktemp("damaged") / "film.mp4", "25", 4, gop=12)
    raw = bytearray(film.path.read_bytes())
    start, end = (raw.index(b"mdat") + len(raw) * part // 16 for part in (5, 6))
    for number in range(40):
        raw[start + number * (end - start) // 40] ^= 0x55
    film.path.write_bytes(raw)
    return film


def test_a_damaged_place_is_cut_all_the_same_and_said(
    ash: Family, vigsite: Vigsite, damaged: Counted, tmp_path: Path
) -> None:
    (ash.directory / "1-tea" / "film.mp4").write_bytes(damaged.path.read_bytes())
    ash.change("1-tea/cycle.yml", "stop_at: [0:01.5]", "stop_at: []")
    ash.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:00.5 - 0:02.5")
    done = vigsite("build", ash.directory)
    assert done.status == 0, done.err
    assert "film.mp4 is damaged at or near the clip 1-tea/looks" in done.err
    clip = tmp_path / "sites/ash/review/media/cycle-1-moment-1.mp4"
    told = [read_number(grey) for grey in pictures(clip)]
    assert len(told) == 51
    assert sum(number == 12 + place for place, number in enumerate(told)) > 15


def test_the_whole_rest_of_a_damaged_film_is_exact(damaged: Counted, make: Make) -> None:
    recording = probe(damaged.path)
    recipe = clip_recipe(recording, recording.cut(Span(3000, 3400)), Look(), FULL)
    told = [read_number(grey) for grey in pictures(make(recipe, damaged.path) / "clip.mp4")]
    assert told == list(range(75, 85))


def test_a_stopped_run_makes_no_still_either(tmp_path: Path, films: Films) -> None:
    from vigsite.errors import Cancelled

    stop = ffmpeg.Stop()
    stop.now()
    recording = probe(films("25").path)
    recipe = still_recipe(recording, recording.single(1000), Look(), FULL)
    with pytest.raises(Cancelled):
        job.make(recipe, films("25").path, tmp_path, "The still", stop)
    assert list(tmp_path.iterdir()) == []
