"""Tries encoders for real: being listed by ffmpeg says nothing about the machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vigsite.errors import InputError, ProcessError
from vigsite.files.atomic import workspace
from vigsite.media import ffmpeg
from vigsite.media.recipes.hardware import ENCODERS, hardware_options

_FRAMES = 12


def works(encoder: str, scratch: Path, options: dict[str, Any] | None = None) -> bool:
    """Whether an encoder makes a film of a drawn one that can be opened and has every frame."""
    chosen = hardware_options(encoder, 21) if options is None else options
    spelled = [part for key, value in chosen.items() for part in (f"-{key}", str(value))]
    arguments = [
        *("-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=30"),
        *("-pix_fmt", "yuv420p", "-c:v", encoder, *spelled, "-frames:v", str(_FRAMES), "trial.mp4"),
    ]
    with workspace(scratch) as folder:
        try:
            what = f"Could not try {encoder}"
            ffmpeg.run(arguments, what, folder, ffmpeg.Stop(), ffmpeg.Limits(60))
        except ProcessError:
            return False
        return _frames_in(folder / "trial.mp4") == _FRAMES


def working(scratch: Path, encoders: Sequence[str] = ENCODERS) -> list[str]:
    """The hardware encoders that work on this machine, best first."""
    listed = set(ffmpeg.listed(ffmpeg.program(), "encoders").split())
    return [name for name in encoders if name in listed and works(name, scratch)]


def working_encoder(scratch: Path) -> str:
    """The encoder that `--hardware` means here. Raises InputError when none works."""
    found = working(scratch)
    if not found:
        raise InputError(
            "No hardware encoder works on this machine (`vigsite doctor` tries them). "
            "Leave --hardware away; nothing is lost but time."
        )
    return found[0]


def _frames_in(film: Path) -> int:
    import av

    try:
        with av.open(str(film)) as opened:
            return sum(1 for _ in opened.decode(video=0))
    except (av.FFmpegError, OSError, IndexError):
        return 0
