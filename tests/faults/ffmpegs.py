"""Programs in ffmpeg's place that go wrong in one way, or let something happen beside them."""

from __future__ import annotations

from pathlib import Path

from vigsite.media import ffmpeg

VERSION = 'case "$*" in *-version*) exec "{real}" "$@";; esac\n'
"""Asked for its version, it answers as the real one does."""


def stub(folder: Path, does: str) -> dict[str, str]:
    """Variables that make vigsite use a shell script; `exec "{real}" "$@"` runs the real one."""
    script = folder / "ffmpeg-that-fails"
    real = ffmpeg.program()
    script.write_text("#!/bin/sh\n" + (VERSION + does).replace("{real}", real) + "\n", "utf-8")
    script.chmod(0o755)
    return {"VIGSITE_FFMPEG": str(script)}
