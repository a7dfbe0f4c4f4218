"""Publishing: a file or site is old or new, never half, and a killed run is put right."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from vigsite.errors import VigsiteError
from vigsite.files import atomic


def site(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text)
    return folder


def test_a_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = site(tmp_path / "site", "old")
    staging = atomic.staging_for(target)
    (staging / "index.html").write_text("new")
    atomic.swap_in(staging, target)
    assert (target / "index.html").read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o700


def test_a_file_takes_the_place_of_the_old_one_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no instant at which neither is there."""
    target, real = tmp_path / "To keep.zip", os.replace
    target.write_text("old")
    staging = atomic.beside(target)
    staging.write_text("new")
    renamed: list[Path] = []

    def seen(source: Path, place: Path) -> None:
        renamed.append(place)
        real(source, place)

    monkeypatch.setattr(os, "replace", seen)
    atomic.swap_in(staging, target)
    assert renamed == [target]
    assert target.read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["To keep.zip"]


@pytest.mark.parametrize("new", ["file", "folder"])
def test_a_file_and_a_folder_take_each_others_place(tmp_path: Path, new: str) -> None:
    target = tmp_path / "pack"
    staging = atomic.beside(target)
    if new == "file":
        site(target, "old")
        staging.write_text("new")
    else:
        target.write_text("old")
        site(staging, "new")
    atomic.swap_in(staging, target)
    assert target.is_dir() == (new == "folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["pack"]


def test_killed_between_the_two_renames(tmp_path: Path) -> None:
    target = tmp_path / "site"
    site(tmp_path / ".site.old", "old")
    site(tmp_path / ".site.new-1234", "new")
    atomic.recover(target)
    assert (target / "index.html").read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_killed_after_the_swap(tmp_path: Path) -> None:
    target = site(tmp_path / "site", "new")
    site(tmp_path / ".site.old", "old")
    atomic.recover(target)
    assert (target / "index.html").read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_a_swap_that_fails_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = site(tmp_path / "site", "old")
    staging = atomic.staging_for(target)
    real = os.replace

    def refuse(source: Path, place: Path) -> None:
        if source == staging:
            raise PermissionError(13, "Permission denied")
        real(source, place)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(VigsiteError, match="Could not publish"):
        atomic.swap_in(staging, target)
    assert (target / "index.html").read_text() == "old"


def test_a_failed_deletion_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(VigsiteError, match="Could not delete"):
        atomic.delete(site(tmp_path / "site", "x"))


def test_what_a_killed_write_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    for name in (".notes.json.1a2b3c4d.part", "deeper/.a.yml.1a2b3c4d.part", "notes.json"):
        (tmp_path / name).write_text("x")
    atomic.sweep_parts(tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["deeper", "notes.json"]
    assert len(list((tmp_path / "deeper").iterdir())) == 1
    atomic.sweep_parts(tmp_path, below=True)
    assert list((tmp_path / "deeper").iterdir()) == []


def test_a_written_file_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "notes.json"
    atomic.write_whole(file, "old")
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(5, "I/O error")))
    with pytest.raises(VigsiteError, match=r"Could not write .*I/O error"):
        atomic.write_whole(file, "new")
    assert file.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.json"]
