"""Recordings are hashed once, known again by their identity, and watched while they are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vigsite.errors import MediaError
from vigsite.fingerprint import sha256
from vigsite.media.library import Library


@pytest.fixture
def film(tmp_path: Path) -> Path:
    file = tmp_path / "film.mp4"
    file.write_bytes(b"one" * 1000)
    return file


def test_a_hash_is_remembered_between_runs(
    tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Library(tmp_path / "known", tmp_path / "tmp").hash_of(film) == sha256(film)
    monkeypatch.setattr("vigsite.media.library.sha256", lambda path: pytest.fail("hashed again"))
    assert len(Library(tmp_path / "known", tmp_path / "tmp").hash_of(film)) == 64


def test_a_replaced_film_of_same_size_and_time_is_noticed(tmp_path: Path, film: Path) -> None:
    library = Library(tmp_path / "known", tmp_path / "tmp")
    before, seen = library.hash_of(film), film.stat()
    film.write_bytes(b"two" * 1000)
    os.utime(film, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert Library(tmp_path / "known", tmp_path / "tmp").hash_of(film) == sha256(film) != before


def test_a_film_that_changes_while_it_is_read_is_an_error(tmp_path: Path, film: Path) -> None:
    library = Library(tmp_path / "known", tmp_path / "tmp")
    library.hash_of(film, anew=True)
    library.check_unchanged(film)
    film.write_bytes(b"three")
    with pytest.raises(MediaError, match=r"film.mp4 changed while it was being read"):
        library.check_unchanged(film)
    film.unlink()
    with pytest.raises(MediaError, match="changed"):
        library.check_unchanged(film)


def test_nothing_is_written_when_only_checking(tmp_path: Path, film: Path) -> None:
    Library(tmp_path / "known", tmp_path / "tmp", keep=False).hash_of(film)
    assert not (tmp_path / "known").exists()
