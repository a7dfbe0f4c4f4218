"""What a container says to cut away from the stored pictures (`clap` of MP4 and MOV, Matroska's
PixelCrop): ffmpeg does it on its own, and PyAV does not tell of it."""

from __future__ import annotations

import re
from pathlib import Path

from vigsite.errors import MediaError
from vigsite.media import ffmpeg
from vigsite.media.recordings.mp4_edit_lists import may_cut_away
from vigsite.media.recordings.recording import FORMATS, Margins

_STREAM = re.compile(r"^  Stream #0:(\d+)", re.MULTILINE)
_CROPPING = re.compile(r"^\s+Frame Cropping: (\d+)/(\d+)/(\d+)/(\d+)", re.MULTILINE)


def margins_of(path: Path, container: str, stream: int) -> Margins | None:
    """Return what is cut away of a film's pictures; None where nothing is.

    `container` is its name in FFmpeg. An ffmpeg that does not tell of it does not cut it away
    either, and without one no clip is made. Source: FFmpeg, libavformat/dump.c.
    """
    if not (
        container.startswith("matroska") or (container.startswith("mov") and may_cut_away(path))
    ):
        return None
    options = ("-format_whitelist", FORMATS, "-protocol_whitelist", "file")
    try:
        _, *streams = _STREAM.split(ffmpeg.about(ffmpeg.program(), path, options))
    except MediaError:
        return None
    for number, about in zip(streams[::2], streams[1::2], strict=True):
        if int(number) == stream and (found := _CROPPING.search(about)):
            sides = tuple(map(int, found.groups()))
            return Margins(*sides) if any(sides) else None
    return None
