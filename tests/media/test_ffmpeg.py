"""Running ffmpeg: what goes wrong is said in a sentence, with its last words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from vigsite.errors import Cancelled, MediaError, ProcessError
from vigsite.media import ffmpeg

FOREVER = [
    "-nostdin",
    "-v",
    "error",
    "-re",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=s=64x64:d=600",
    "-f",
    "null",
    "-",
]


def test_a_failure_carries_command_status_and_last_words(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="Could not try") as failed:
        ffmpeg.run(
            ["-nostdin", "-v", "error", "-i", "nothing.mp4", "o.mp4"],
            "Could not try",
            tmp_path,
            ffmpeg.Stop(),
            ffmpeg.Limits(20),
        )
    assert failed.value.code != 0
    assert "nothing.mp4" in failed.value.command
    assert "No such file" in failed.value.last_lines[-1]


def test_one_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="longer than 1 seconds"):
        ffmpeg.run(FOREVER, "The film", tmp_path, ffmpeg.Stop(), ffmpeg.Limits(1))


def test_one_that_is_stopped_ends_at_once(tmp_path: Path) -> None:
    stop = ffmpeg.Stop()
    threading.Timer(0.5, stop.now).start()
    with pytest.raises(Cancelled):
        ffmpeg.run(FOREVER, "The film", tmp_path, stop, ffmpeg.Limits(30))


def test_a_named_ffmpeg_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ffmpeg.NAMED_BY, "no-such-ffmpeg")
    with pytest.raises(MediaError, match="names 'no-such-ffmpeg'"):
        ffmpeg.program()
