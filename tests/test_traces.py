"""What the tests look for is found in what broke off too: a killed command leaves such."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted, run_ffmpeg
from tests.helpers.film_traces import frames_below, frames_in


@pytest.fixture(scope="module")
def clip(films: Callable[[str], Counted], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A film that can be read from its beginning on, as those of a site can."""
    made = tmp_path_factory.mktemp("traces") / "clip.mp4"
    run_ffmpeg("-i", str(films("25").path), "-c", "copy", "-movflags", "+faststart", str(made))
    return made.read_bytes()


def test_all_frames_are_seen(clip: bytes) -> None:
    assert frames_in(clip) == set(range(100))


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
def test_a_film_that_breaks_off_shows_what_is_left_of_it(clip: bytes, share: float) -> None:
    assert set(range(20)) <= frames_in(clip[: int(len(clip) * share)]) < set(range(100))


def test_a_film_that_has_only_just_begun_shows_nothing(clip: bytes) -> None:
    assert frames_in(clip[:64]) == set()


def test_a_zip_that_breaks_off_shows_what_is_left_of_it(clip: bytes, tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as written:
        written.writestr("a.txt", "words")
        written.writestr("clip.mp4", clip)
    raw = whole.read_bytes()
    torn = tmp_path / "torn.zip"
    torn.write_bytes(raw[: len(raw) * 7 // 10])
    found = frames_below(tmp_path)
    assert set(found) == set(range(100))
    assert [where.partition(".zip")[2][0] for where in found[10]] == ["@", "!"]
