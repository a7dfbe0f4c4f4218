"""Recordings are hashed once, known again by their identity, and watched while they are read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted
from tests.helpers.families import Family
from vigsite.commands.add import add_film
from vigsite.commands.check import foresee
from vigsite.errors import MediaError
from vigsite.files.identity import sha256
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


def refuses_to_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, whoever reads a film fails the test."""
    for reading in ("sha256", "sha256_of", "probe", "stretches_in"):
        monkeypatch.setattr(
            f"vigsite.media.library.{reading}", lambda *_, **__: pytest.fail("read again")
        )


def test_what_check_learnt_of_a_film_is_remembered(
    ash: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, float] = {}
    first = foresee(ash.directory, None, told.__setitem__)
    assert told == {"reading film.mp4": 1.0, "looking through film.mp4": 1.0}
    refuses_to_read_again(monkeypatch)
    assert foresee(ash.directory, None).sentences == first.sentences
    monkeypatch.undo()
    film = ash.directory / "1-tea" / "film.mp4"
    seen = film.stat()
    film.write_bytes(bytes(seen.st_size))
    os.utime(film, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    [fault] = foresee(ash.directory, None).faults
    assert "names film.mp4, which is no film" in fault.message


def test_check_says_the_same_where_it_may_write_nothing(ash: Family) -> None:
    elsewhere = ash.directory.parent / "beech"
    shutil.copytree(ash.directory, elsewhere)
    (elsewhere / ".vigsite").write_text("in the way")
    assert foresee(elsewhere, None).sentences == foresee(ash.directory, None).sentences
    assert (elsewhere / ".vigsite").read_text() == "in the way"


def test_add_tells_how_far_it_is_and_remembers_the_film(
    ash: Family, films: Callable[[str], Counted], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, float]] = []
    added = add_film(
        *(ash.directory, films("25").path, "", None, lambda _: None),
        *(lambda what, share: told.append((what, share)),),
        top_up=False,
    )
    assert told == sorted(told, key=lambda one: (one[0] != "looking through it", one[1]))
    assert {what for what, share in told if share == 1} == {"looking through it", "copying it"}
    [film] = [path for path in added.folder.iterdir() if path.suffix == ".mp4"]
    refuses_to_read_again(monkeypatch)
    known = Library(ash.directory / ".vigsite" / "recordings", ash.directory, keep=False)
    assert known.probe(film).rate == "25"
