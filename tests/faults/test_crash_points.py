"""Killed or out of room at any call that changes the disk: the old or the new, each whole."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.scene import Scene
from tests.faults.scenes import SCENES
from tests.faults.strace import (
    CALLS,
    KILLED,
    NO_ROOM,
    Point,
    Reached,
    logging,
    need_strace,
    reached,
)

EVERY = {**dict.fromkeys(CALLS, 1), "write": 3}
"""Every how many-th call is tried with --soak."""
SAMPLE = {
    "rename": 2, "link": 1, "fsync": 1, "unlink": 1, "unlinkat": 1, "rmdir": 1, "mkdir": 1, "write": 1,
}  # fmt: skip
"""How many calls of each kind are tried without, spread evenly from the last back."""


def spread(numbers: list[int], count: int) -> list[int]:
    """So many of them, evenly, the last among them."""
    step = max(1, len(numbers) // count)
    return numbers[::-1][::step][:count]


def points(found: Reached, soak: bool) -> Iterator[Point]:
    """Where the work is struck: in its first thread, and in those that make clips."""
    for path in found.finished[: None if soak else 1]:
        for fault in (KILLED, NO_ROOM):
            yield Point("rename", 1, fault, path=path, everywhere=True)
    for call in CALLS:
        for fault in (KILLED, NO_ROOM):
            first = found.first[call]
            for number in first[:: EVERY[call]] if soak else spread(first, SAMPLE[call]):
                yield Point(call, number, fault)
            for number in found.others[call][:: EVERY[call]] if soak else []:
                yield Point(call, number, fault, everywhere=True)


def strike(stage: Scene, point: Point) -> str:
    """What is there after a fault, and whether the next run mends it."""
    stage.restore()
    done = stage.struck(point)
    whole = stage.whole()
    assert "torn" not in whole.values(), f"{point}: {whole}"
    if point.fault == KILLED:
        killed = done.status == -9 or point.everywhere  # there it may be ffmpeg
        assert killed, f"{point}: {done}"
    elif done.status == 0:
        assert set(whole.values()) == {"new"}, f"{point}: {whole}"
    else:
        assert done.status == 1, f"{point}: {done}"
        assert done.err.strip() or point.call == "write", f"{point}: says nothing"
    return "mended" if stage.mends() else "mended before"


@pytest.mark.parametrize("command", SCENES)
def test_the_old_or_the_new_is_whole_at_every_point(
    command: str, scene_of: Callable[[str], Scene], tmp_path: Path, soak: bool
) -> None:
    """The next run brings the new and leaves no temporary file."""
    need_strace()
    stage, log = scene_of(command), tmp_path / "calls"
    done = stage.run(strace=logging(log))
    assert done.status == 0, done.err
    found: Counter[str] = Counter()
    tried = list(points(reached(log), soak))
    random.Random(8).shuffle(tried)  # a run that is broken off has seen something of everything
    for point in tried:
        outcome = strike(stage, point)
        if soak:
            print(command, f"{found.total() // 2 + 1}/{len(tried)}", point, outcome, flush=True)
        found[f"{point.call} {point.fault}"] += 1
        found[outcome] += 1
    assert found["mended"] > 1
    print(command, dict(found))
