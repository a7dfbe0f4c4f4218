"""Killed or out of room at any call that changes the disk: the old site or the new one, whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.faults.scene import Scene, command
from tests.faults.strace import CALLS, Point, injecting, need_strace, reached, tracing

FAULTS = ("signal=SIGKILL", "error=ENOSPC")
SPARSE = {
    "rename": 1,
    "mkdir": 60,
    "write": 15,
    "fsync": 16,
    "unlink": 32,
    "unlinkat": 24,
    "rmdir": 6,
}
"""Every how many-th is tried; with --soak each, of writes every third."""
FULL = {**dict.fromkeys(CALLS, 1), "write": 3}


def points(stage: Scene, tmp_path: Path, every: dict[str, int]) -> list[Point]:
    log = tmp_path / "calls"
    done = stage.run(tracing(command(*stage.work), log))
    assert done.status == 0, done.err
    found = reached(log)
    assert all(found[call] for call in CALLS), "a kind of call was not seen at all"
    return [
        Point(call, number, fault)
        for call in CALLS
        for number in found[call][:: every[call]]
        for fault in FAULTS
    ]


def test_the_old_site_or_the_new_one_is_whole_at_every_point(
    stage: Scene, tmp_path: Path, soak: bool
) -> None:
    """The next run brings the new one and leaves no temporary file."""
    need_strace()
    found: Counter[str] = Counter()
    for point in points(stage, tmp_path, FULL if soak else SPARSE):
        stage.restore()
        done = stage.run(injecting(command(*stage.work), point))
        whole = stage.whole()
        assert "torn" not in whole.values(), f"{point}: {whole}"
        if "SIGKILL" in point.fault:
            assert done.status == -9 or "ffmpeg ended" in done.err, f"{point}: {done}"  # its child
        elif done.status == 0:
            assert set(whole.values()) == {"new"}, f"{point}: {whole}"
        else:
            assert done.status == 1, f"{point}: {done}"
            assert done.err.strip() or point.call == "write", f"{point}: says nothing"
        stage.repaired()
        found[f"{point.call} {point.fault}"] += 1
    print(dict(found))
