"""What another machine does with an errand: the same as this one, once, or nothing."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.ffmpegs import stub
from tests.helpers.counted_films import Counted
from vigsite.case.timecode import Span
from vigsite.errors import MediaError, ProcessError, VigsiteError
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.dask_worker import run_far, tools
from vigsite.media.job import Errand
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import DRAFT, clip_recipe
from vigsite.records.record import files_of


@pytest.fixture
def errand(films: Callable[[str], Counted], tmp_path: Path) -> Errand:
    film = films("25").path
    library = Library(tmp_path / "library", tmp_path / "tmp", keep=False)
    recording = library.probe(film)
    recipe = clip_recipe(recording, recording.cut(Span(1000, 1400)), Look(), DRAFT)
    bench = tmp_path / "tmp" / "bench"
    bench.mkdir(parents=True)
    sha = library.hash_of(film)
    return Errand("a" * 64, recipe, film, sha, "the clip", tmp_path / "cache", bench)


def test_an_errand_goes_through_a_wire_and_is_done_twice_without_harm(errand: Errand) -> None:
    errand = pickle.loads(pickle.dumps(errand))
    run_far(errand, tools())
    once = files_of(errand.cache)
    run_far(errand, tools())
    assert files_of(errand.cache) == once
    assert Cache(errand.cache).find(errand.key, errand.recipe.names)
    assert not list(errand.bench.iterdir())


def test_a_worker_that_comes_too_late_leaves_nothing(errand: Errand) -> None:
    """Its build is over, and what it was to make may have been withdrawn since."""
    errand.bench.rmdir()
    with pytest.raises(MediaError, match="same path"):
        run_far(errand, tools())
    assert not errand.cache.exists()
    assert not errand.bench.exists()


@pytest.mark.skipif(os.name == "nt", reason="its ffmpeg is a shell script")
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_whose_build_ends_meanwhile_leaves_nothing(
    errand: Errand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    ends = f'mv "{errand.bench}" "{tmp_path}/gone"'
    real = 'exec "{real}" "$@"'
    does = f"{real[5:]}; {ends}" if when == "after" else f"{ends}; {real}"
    monkeypatch.setenv(ffmpeg.NAMED_BY, stub(tmp_path, does)[ffmpeg.NAMED_BY])
    with pytest.raises(VigsiteError):
        run_far(errand, tools())
    assert not errand.cache.exists()
    assert not errand.bench.exists()


def test_a_worker_that_sees_another_film_refuses(errand: Errand) -> None:
    with pytest.raises(MediaError, match=r"sees another .*\.mp4"):
        run_far(replace(errand, sha256="0" * 64), tools())
    with pytest.raises(MediaError, match=r"Could not use .*gone"):
        run_far(replace(errand, recording=errand.bench / "gone.mp4"), tools())
    assert not errand.cache.exists()


def test_an_error_of_ffmpeg_goes_through_a_wire() -> None:
    error = ProcessError("Could not cut it", ["ffmpeg"], 9, "one\ntwo", overstepped=True)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code, again.last_lines) == (str(error), 9, ["one", "two"])
    assert again.overstepped
