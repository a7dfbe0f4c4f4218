"""Real films that went wrong: shown or refused in a sentence, in time, memory and room."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.forks import Forks
from tests.faults.scene import left_over
from tests.fuzz.mutations import mutated
from tests.helpers.counted_films import Counted, pictures, run_ffmpeg
from tests.helpers.families import family
from vigsite.records.record import files_of

CONTAINERS = {
    "film.mp4": ("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "12", "-c:a", "aac", "-movflags", "+faststart"),
    "film.mov": ("-c:v", "mpeg4", "-q:v", "5", "-c:a", "pcm_s16le", "-ac", "1", "-ar", "8000"),
    "film.mkv": ("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "12", "-c:a", "aac"),
    "film.webm": ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "12", "-c:a", "libopus", "-b:v", "200k"),
    "film.ts": ("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "12", "-c:a", "aac"),
    "film.MTS": ("-c:v", "mpeg2video", "-q:v", "6", "-c:a", "ac3", "-f", "mpegts", "-mpegts_m2ts_mode", "1"),
}  # fmt: skip
CI = ("film.mp4", "film.mkv", "film.ts")
MOST_MEMORY, MOST_ROOM = 400_000_000, 60_000_000
"""Bytes that our own process may hold, and that may lie below the folder of the case and sites."""


class Room:
    """How much lay in a folder at most."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most, self._turn = folder, 0, 0

    def look(self) -> None:
        self._turn += 1
        if self._turn % 10 == 1:
            there = (Path(at, name) for at, _, names in os.walk(self.folder) for name in names)
            self.most = max(self.most, sum(_size(path) for path in there))


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0


def sites(root: Path) -> dict[str, dict[str, str]]:
    there = root / "sites" / "ash"
    return {path.name: files_of(path) for path in there.glob("[!.]*") if path.is_dir()}


@pytest.mark.parametrize("name", CONTAINERS)
def test_films_that_went_wrong_end_with_a_site_or_a_sentence(
    name: str, forks: Forks, tmp_path: Path, films: Callable[[str], Counted], soak: bool
) -> None:
    """Of each that cannot be shown, the site that was there stays as it is."""
    if not soak and name not in CI:
        pytest.skip("more containers with --soak")
    root = tmp_path / "root"
    made = family(root / "cases" / "ash", None)
    made.change("1-tea/cycle.yml", "film.mp4", name)
    film, good = made.directory / "1-tea" / name, tmp_path / name
    run_ffmpeg("-i", str(films("25").path), "-s", "160x90", *CONTAINERS[name], str(good))
    film.write_bytes(good.read_bytes())
    done = forks.watch(["build", "cases/ash", "--draft"], root)
    assert done.status == 0, done.err
    ends: Counter[str] = Counter()
    wrong: list[str] = []
    longest, largest, room = 0.0, 0, Room(root)
    for number in range(60 if soak else 3):
        film.write_bytes(mutated(good.read_bytes(), f"{name} {number}"))
        before = sites(root)
        for command in (["check", "cases/ash"], ["build", "cases/ash", "--draft"]):
            done = forks.watch(command, root, meanwhile=room.look)
            longest, largest = max(longest, done.time_s), max(largest, done.memory_bytes)
            ends[f"{command[0]} {done.status}"] += 1
            faults = {
                "neither done nor refused": not done.sound,
                "names no film": done.status != 0 and name not in done.err,
                "takes too much memory": done.memory_bytes > MOST_MEMORY,
                "touches the old site": done.status != 0 and sites(root) != before,
                "leaves temporary files": left_over(root) != [],
            }
            wrong += [f"{name} {number}: {what}: {done}" for what, true in faults.items() if true]
        if done.status == 0:
            for clip in (root / "sites").rglob("*.mp4"):
                assert len(pictures(clip)) > 1, f"{number}: {clip}"
    print(
        name,
        dict(ends),
        f"longest {longest:.1f} s, memory {largest >> 20} MB, room {room.most >> 20} MB",
    )
    assert wrong == [], "\n".join(wrong)
    assert room.most < MOST_ROOM
