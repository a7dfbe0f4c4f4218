"""A stick: full, pulled out, lying, or read-only; never half a pack that looks whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.mounts import mounted
from tests.helpers.mounts import pull as pull_out
from vigsite.errors import InputError, VigsiteError
from vigsite.keepsake.pack.manifest import MANIFEST, hashes_of, write_manifest
from vigsite.keepsake.pack.usb_stick import copy_pack, refuse_full, refuse_long


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    (folder / "site").mkdir(parents=True)
    for number in range(8):
        (folder / "site" / f"{number}.jpg").write_bytes(os.urandom(400_000))
    (folder / "START HERE.html").write_text("start")
    write_manifest(folder)
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB of its own."""
    with mounted(tmp_path / "stick", "size=12m") as place:
        yield place


def told(_share: float) -> None: ...


def staging(place: Path) -> Path:
    folder = place / ".pack.new-1"
    folder.mkdir()
    return folder


def test_what_was_copied_is_the_same_and_its_manifest_came_last(pack: Path, tmp_path: Path) -> None:
    shares: list[float] = []
    folder = staging(tmp_path)

    def watch(share: float) -> None:
        shares.append(share)
        there = len(list(folder.rglob("*.jpg")))
        assert not (folder / MANIFEST).exists() or there == 8

    copy_pack(pack, folder, watch)
    assert hashes_of(folder) == hashes_of(pack)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_a_stick_without_room_is_refused_before_anything_is_written(
    pack: Path, stick: Path
) -> None:
    refuse_full(pack, stick)
    (stick / "holiday.mov").write_bytes(b"x" * 3_000_000)
    with pytest.raises(InputError, match=r"has room for 10 MB, the pack needs 12 MB"):
        refuse_full(pack, stick)


def test_a_stick_that_fills_meanwhile_is_a_sentence(pack: Path, stick: Path) -> None:
    (stick / "other.mov").write_bytes(b"x" * 9_900_000)
    with pytest.raises(VigsiteError, match="The disk is full: make room"):
        copy_pack(pack, staging(stick), told)
    assert not (stick / ".pack.new-1" / MANIFEST).exists()


def test_a_stick_pulled_out_is_a_sentence(pack: Path, stick: Path) -> None:
    folder = staging(stick)

    def pull(share: float) -> None:
        if share > 0.2:
            pull_out(stick)

    with pytest.raises(VigsiteError, match="Was the stick pulled out"):
        copy_pack(pack, folder, pull)


def test_what_comes_back_changed_is_refused(pack: Path, tmp_path: Path) -> None:
    """As a worn-out stick does: it takes everything, and gives something else."""
    folder = staging(tmp_path)

    def wear(share: float) -> None:
        first = folder / "site" / "0.jpg"
        if 0.4 < share < 0.6 and first.exists():
            first.write_bytes(b"\0" + first.read_bytes()[1:])

    with pytest.raises(VigsiteError, match=r"site/0\.jpg did not come back"):
        copy_pack(pack, folder, wear)


def test_a_file_too_long_for_fat_is_refused(tmp_path: Path) -> None:
    for kind, longest in (("vfat", (1 << 32) - 1), ("exfat", 1 << 33), ("ext4", 1 << 33)):
        refuse_long(tmp_path, kind, longest)
    for kind in ("vfat", "msdos", "fat32"):  # as Linux, macOS and Windows call it
        with pytest.raises(InputError, match="cannot hold files of more than 4 GB"):
            refuse_long(tmp_path, kind, 1 << 32)
