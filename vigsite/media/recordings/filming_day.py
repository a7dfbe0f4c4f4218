"""The day on which a film says it was recorded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from vigsite.media.recordings.probe import OPENING

_LOCAL = "com.apple.quicktime.creationdate"
"""A phone's own clock, with its distance from UTC; the plain `creation_time` is UTC."""
_FIRST = dt.date(1990, 1, 1)
"""Earlier days are those of a clock that was never set (1904 and 1970 are the zeros of two)."""


def filmed_on(film: Path, today: dt.date) -> dt.date | None:
    """The day in a film's own metadata; None when it tells none, or none that can be true.

    The film must have been probed before. Source: QuickTime File Format, `mvhd` and `mdta` keys;
    both as FFmpeg names them.
    """
    import av

    try:
        with av.open(str(film), container_options=OPENING) as container:
            tags = {key.lower(): value for key, value in container.metadata.items()}
    except (av.FFmpegError, UnicodeDecodeError, OSError):
        return None
    for key in (_LOCAL, "creation_time", "date"):
        if (day := _day(tags.get(key, ""), as_written=key == _LOCAL)) and _FIRST <= day <= today:
            return day
    return None


def _day(text: str, *, as_written: bool) -> dt.date | None:
    """The day of a moment in time, as its own clock has it or else as this computer's has it."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is None or as_written:
        return moment.date()
    return moment.astimezone().date()
