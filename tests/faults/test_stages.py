"""Told to end, or killed, at any stage; and what was finished before is damaged afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.arrange import struck, with_ffmpeg
from tests.faults.scene import Scene
from tests.faults.scenes import SCENES
from tests.faults.strace import KILLED, Point, need_strace

STAGES = {
    "begins": ("mkdir", 1),
    "reads the case": ("fsync", 2),
    "makes clips": ("", 0),
    "writes pages": ("write", 12),
    "puts files together": ("mkdir", 20),
    "flushes a finished site": ("fsync", 30),
    "swaps it in": ("rename", 7),
    "deletes the old": ("unlinkat", 20),
}
"""What a build does at its k-th call of a kind, as strace showed; the clips are ffmpeg's."""
KILLS = {"build": 70, "pack": 30, "host": 60, "withdraw": 60}
"""How many random kills of each command are tried with --soak."""


@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("doing", STAGES)
def test_told_to_end_at_any_stage(
    doing: str, sent: str, stage: Scene, tmp_path: Path, soak: bool
) -> None:
    """Both are tried at each with --soak, and one of them in turn without."""
    turn = list(STAGES).index(doing) % 2 == (sent == "SIGINT")
    if not (turn or soak):
        pytest.skip("the other signal's turn; both with --soak")
    call, number = STAGES[doing]
    if call:
        arrange = struck(call, number, f"signal={sent}", onwards=False)
    else:
        short = sent.removeprefix("SIG")
        arrange = with_ffmpeg(f'kill -{short} $PPID; exec "{{real}}" "$@"')
    with arrange(stage, tmp_path) as differently:
        done = differently.run(stage)
    assert done.status == 130, done
    assert "Stopped; what was built before is untouched" in done.err
    assert "torn" not in stage.whole().values()
    stage.mends()


@pytest.mark.parametrize("command", SCENES)
def test_killed_at_any_time(command: str, scene_of: Callable[[str], Scene], soak: bool) -> None:
    """The old or the new is whole, and the next run mends what was left."""
    stage, chance = scene_of(command), random.Random(command)
    began = time.monotonic()
    assert stage.run().status == 0
    lasts_s = time.monotonic() - began
    found: Counter[str] = Counter()
    while found["killed"] < (KILLS[command] if soak else 1) and found["ended"] < 500:
        stage.restore()
        pid = stage.forks.begin(stage.work, stage.root, {})
        time.sleep(chance.random() * lasts_s)
        os.kill(pid, signal.SIGKILL)
        done = stage.forks.end(pid)
        whole = stage.whole()
        assert "torn" not in whole.values(), whole
        assert done.status == -9 or set(whole.values()) == {"new"}
        found["killed" if done.status == -9 else "ended"] += 1
        found["left something"] += bool(stage.left_over())
        found["new, once mended" if "new" in whole.values() else "old, until mended"] += 1
        stage.repaired()
    print(command, dict(found))


@pytest.mark.parametrize(
    ("number", "arguments"),
    [
        (3, ("add", "cases/ash", "cases/ash/1-tea/film.mp4", "--filmed", "2026-03-01")),
        (3, ("contact-sheet", "cases/ash", "1-tea", "0:01.0")),
        (5, ("contact-sheet", "cases/ash", "1-tea", "0:01.0", "--out", "sheets")),
    ],
    ids=["add", "contact-sheet", "contact-sheet --out"],
)
def test_what_another_command_left_is_swept_by_the_next_build(
    number: int, arguments: tuple[str, ...], stage: Scene
) -> None:
    """A half-added film, and frames to choose from, do not stay about."""
    need_strace()
    done = stage.run(arguments, Point("fsync", number, KILLED).options)
    assert done.status == -9
    assert any(".new-" in left for left in stage.left_over())
    stage.repaired()


@pytest.mark.parametrize("damage", ["flipped", "emptied"])
def test_a_damaged_cache_is_made_again(damage: str, stage: Scene) -> None:
    stage.repaired()
    clips = list(stage.case.directory.rglob("cache/*/clip.mp4"))
    assert clips
    for clip in clips:
        raw = bytearray(clip.read_bytes())
        raw[len(raw) // 2] ^= 1
        clip.write_bytes(b"" if damage == "emptied" else bytes(raw))
    shutil.rmtree(stage.root / "sites")
    stage.repaired()
