"""Killed or out of room at any call that changes the disk: the old or the new, each whole."""

from __future__ import annotations

import contextlib
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.faults.ffmpegs import stub
from tests.faults.forks import Ended
from tests.faults.scene import Scene
from tests.faults.scenes import SCENES
from tests.faults.strace import (
    CALLS,
    KILLED,
    NO_ROOM,
    SWAP,
    Point,
    attached,
    logging,
    need_strace,
    reached,
)

EVERY = {**dict.fromkeys(CALLS, 1), "write": 3}
"""Every how many-th call is tried with --soak."""
SAMPLE = {
    KILLED: {"rename": 2, "fsync": 1, "unlink": 1},
    NO_ROOM: {"rename": 1, "write": 1},
}
"""How many calls of each kind are tried without, spread evenly from the last back."""


def spread(numbers: list[int], count: int) -> list[int]:
    """So many of them, evenly, the last among them."""
    step = max(1, len(numbers) // max(1, count))
    return numbers[::-1][::step][:count]


def points(found: dict[str, list[int]], soak: bool) -> list[Point]:
    """Where a thread is struck, in any order: a run that is broken off has seen of everything."""
    chosen = [
        Point(call, number, fault)
        for call in CALLS
        for fault in (KILLED, NO_ROOM)
        for number in (
            found[call][:: EVERY[call]] if soak else spread(found[call], SAMPLE[fault].get(call, 0))
        )
    ]
    if not soak:  # between the two renames of a swap is the one instant without anything in place
        chosen += [Point("rename", number, KILLED) for number in found[SWAP][-1:]]
    random.Random(8).shuffle(chosen)
    return chosen


def judged(stage: Scene, point: Point, done: Ended) -> str:
    """What a fault left is whole, and the next run mends it."""
    whole = stage.whole()
    assert "torn" not in whole.values(), f"{point}: {whole}"
    if point.fault == KILLED:
        assert done.status == -9, f"{point}: {done}"
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
    tried = points(reached(log), soak)
    for number, point in enumerate(tried, 1):
        stage.restore()
        outcome = judged(stage, point, stage.struck(point))
        found.update([f"{point.call} {point.fault}", outcome])
        if soak:
            print(command, f"{number}/{len(tried)}", point, outcome, flush=True)
    assert found["mended"] > 1
    print(command, dict(found))


def run_traced(stage: Scene, folder: Path, options: Callable[[str], Sequence[str]]) -> Ended:
    """Runs the work with strace at each of its threads but the first, from when a clip is made."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    waits = f'touch "{folder}/begun"; while [ ! -e "{folder}/go" ]; do sleep 0.02; done'
    slow = stub(folder, f'case "$*" in *libx264*) {waits};; esac\nexec "{{real}}" "$@"')
    pid = stage.forks.begin(stage.work, stage.root, slow)
    while not (folder / "begun").exists():
        time.sleep(0.02)
    with contextlib.ExitStack() as tracing:
        for thread in sorted(Path(f"/proc/{pid}/task").iterdir()):
            if thread.name != str(pid):
                tracing.enter_context(attached(options(thread.name), int(thread.name)))
        (folder / "go").touch()
        return stage.forks.end(pid)


def _at(point: Point, _thread: str) -> list[str]:
    return point.options


def test_a_thread_that_makes_clips_is_struck_at_every_point(
    stage: Scene, tmp_path: Path, soak: bool
) -> None:
    """What it takes into the cache is whole or not there, and the next run makes it again."""
    need_strace()
    done = run_traced(stage, tmp_path / "run", lambda thread: logging(tmp_path / f"calls-{thread}"))
    assert done.status == 0, done.err
    logs = [reached(log) for log in tmp_path.glob("calls-*")]
    (maker,) = [log for log in logs if log["rename"]]  # the others only listen and watch
    found: Counter[str] = Counter()
    for point in points(maker, True) if soak else [Point("rename", maker["rename"][-1], KILLED)]:
        stage.restore()
        done = run_traced(stage, tmp_path / "run", partial(_at, point))
        found.update([f"{point.call} {point.fault}", judged(stage, point, done)])
    print("thread", dict(found))
