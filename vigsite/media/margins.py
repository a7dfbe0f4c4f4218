"""What a container says to cut away from the stored pictures (`clap` of MP4 and MOV, Matroska's
PixelCrop): ffmpeg does it on its own, and PyAV does not tell of it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from vigsite.errors import ProcessError
from vigsite.media import ffmpeg
from vigsite.media.recording import FORMATS, Margins

_PATIENCE = ffmpeg.Limits(time_s=120)
_STREAM = re.compile(r"^  Stream #0:(\d+)", re.MULTILINE)
_CROPPING = re.compile(r"^\s+Frame Cropping: (\d+)/(\d+)/(\d+)/(\d+)", re.MULTILINE)


def margins_of(path: Path, stream: int) -> Margins | None:
    """Return what is cut away of a film's pictures; None where nothing is.

    An ffmpeg that does not tell of it does not cut it away either.
    """
    arguments = [
        *("-nostdin", "-hide_banner", "-v", "info", "-nostats"),
        *("-format_whitelist", FORMATS, "-protocol_whitelist", "file", "-i", str(path.absolute())),
        *("-map", f"0:{stream}", "-c", "copy", "-t", "0", "-f", "null", "-"),
    ]
    try:
        with tempfile.TemporaryDirectory() as folder:
            said = ffmpeg.run(
                arguments, f"Could not open {path.name}", Path(folder), ffmpeg.Stop(), _PATIENCE
            )
    except ProcessError:  # then no clip can be made of it, which says why
        return None
    _, *streams = _STREAM.split(said.partition("\nStream mapping:")[0])
    for number, about in zip(streams[::2], streams[1::2], strict=True):
        if int(number) == stream and (found := _CROPPING.search(about)):
            sides = tuple(map(int, found.groups()))
            return Margins(*sides) if any(sides) else None
    return None
