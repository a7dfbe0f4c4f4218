"""The cache: entries are whole, believed only while their hashes hold, and pruned."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigsite.media.cache import Cache

NAMES = ["clip.mp4", "poster-480.jpg"]


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    made = tmp_path / "made"
    made.mkdir()
    for name in NAMES:
        (made / name).write_bytes(name.encode() * 100)
    cache = Cache(tmp_path / "cache")
    cache.keep("a" * 64, made, NAMES)
    return cache


def test_a_whole_entry_is_found(cache: Cache) -> None:
    folder = cache.find("a" * 64, NAMES)
    assert folder is not None
    assert (folder / "clip.mp4").read_bytes().startswith(b"clip.mp4")


@pytest.mark.parametrize("damage", ["flip", "empty", "missing", "list"])
def test_a_damaged_entry_is_deleted_and_not_believed(cache: Cache, damage: str) -> None:
    clip = cache.folder / ("a" * 64) / "clip.mp4"
    if damage == "flip":
        raw = bytearray(clip.read_bytes())
        raw[50] ^= 1
        clip.write_bytes(raw)
    elif damage == "empty":
        clip.write_bytes(b"")
    elif damage == "missing":
        clip.unlink()
    else:
        (clip.parent / "entry.json").write_text("{")
    assert cache.find("a" * 64, NAMES) is None
    assert not clip.parent.exists()


def test_other_names_are_another_entry(cache: Cache) -> None:
    assert cache.find("a" * 64, [*NAMES, "still.jpg"]) is None


def test_what_is_not_wanted_is_pruned(cache: Cache) -> None:
    assert cache.prune({"a" * 64}) == 0
    assert cache.prune({"b" * 64}) == 1
    assert list(cache.folder.iterdir()) == []


def test_the_key_covers_source_recipe_and_ffmpeg() -> None:
    keys = {
        Cache.key("s", ("-ss", "1"), "9"),
        Cache.key("t", ("-ss", "1"), "9"),
        Cache.key("s", ("-ss", "2"), "9"),
        Cache.key("s", ("-ss", "1"), "8"),
    }
    assert len(keys) == 4
