"""Music for the film: a sound file that is looked at before anything is made with it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from vigsite.errors import RecordingError

FORMATS = "mov,mp3,wav,flac,ogg,aac"
"""The containers music may come in, as ffmpeg names them; no playlist is among them."""
OPENING = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
_SHORTEST_S = 5


def check_music(path: Path) -> None:
    """Raises RecordingError, with a sentence that fits behind the file's name, when it is unfit."""
    import av

    try:
        with av.open(str(path), container_options=OPENING) as opened:
            if not opened.streams.audio:
                raise RecordingError("holds no sound")
            stream = opened.streams.audio[0]
            next(opened.decode(stream))
            lasts = Fraction(opened.duration or 0, 1_000_000)
    except (av.FFmpegError, StopIteration, UnicodeDecodeError, OSError) as error:
        raise RecordingError(
            "is no music vigsite can open; save it as MP3, M4A, WAV, FLAC or OGG"
        ) from error
    if 0 < lasts < _SHORTEST_S:
        raise RecordingError(
            f"lasts {float(lasts):.1f} seconds; take a piece of at least {_SHORTEST_S}"
        )
