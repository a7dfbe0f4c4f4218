"""How a film's pictures are stored, told from one decoded frame (PyAV) and its stream."""

from __future__ import annotations

import struct
from typing import Any

from vigsite.errors import RecordingError
from vigsite.media.recordings.recording import Stored

_TRANSFERS = {16: "pq", 18: "hlg"}
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020"}
_PRIMARIES = {9: "2020", 11: "smpte431", 12: "smpte432"}
_UNSPECIFIED = 2
_UNSAID, _FULL_RANGE = 0, 2
_HIGH_DEFINITION = (576, 1280)
"""A film with more lines, or as wide, that states no colour matrix means BT.709."""


def stored_of(frame: Any, video: Any) -> Stored:
    """How to read the pictures. Codes of transfer, primaries and matrix are those of ITU-T H.273.

    Raises RecordingError for Dolby Vision without a picture for other screens.
    """
    shorter, longer = sorted((frame.width, frame.height))
    large = shorter > _HIGH_DEFINITION[0] or longer >= _HIGH_DEFINITION[1]
    usual = "bt709" if large else "bt601"
    full = frame.color_range == _FULL_RANGE or (
        frame.color_range == _UNSAID and frame.format.name.startswith("yuvj")
    )
    dolby = _beside(frame, "DOVI_RPU_BUFFER") is not None
    if dolby and frame.color_trc == _UNSPECIFIED:
        raise RecordingError(
            "holds Dolby Vision without a picture for other screens (profile 5); "
            "save it on the phone as HDR or as a usual film"
        )
    light = _TRANSFERS.get(frame.color_trc, "")
    return Stored(
        upright=upright(frame),
        interlaced=video.codec_context.field_order > 1 or frame.interlaced_frame,
        light=light,
        primaries="" if light else _PRIMARIES.get(frame.color_primaries, ""),
        matrix=_MATRICES.get(frame.colorspace, usual),
        range="pc" if full else "tv",
    )


def layout_of(frame: Any) -> tuple[int, int, str]:
    """Width, height and pixel format; without the `j`, which says no more than the range does."""
    return frame.width, frame.height, frame.format.name.replace("yuvj", "yuv")


def _beside(frame: Any, name: str) -> Any:
    """What came along with a frame's pixels; None where PyAV does not know all kinds of it."""
    try:
        return frame.side_data.get(name)
    except ValueError:  # newer kinds, such as EXIF in every picture of an old camera
        return None


def upright(frame: Any) -> tuple[str, ...]:
    """The filters that undo a display matrix: right angles, each perhaps mirrored.

    The matrix takes a stored point (x, y) to (a x + c y, b x + d y), y pointing down.
    """
    found = _beside(frame, "DISPLAYMATRIX")
    if found is None:
        return ()
    a, b, _, c, d = struct.unpack("=9i", bytes(found))[:5]
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return (*(("hflip",) if a < 0 else ()), *(("vflip",) if d < 0 else ()))
    turns = {
        (True, False): "clock",
        (False, True): "cclock",
        (True, True): "cclock_flip",
        (False, False): "clock_flip",
    }
    return (f"transpose={turns[b > 0, c > 0]}",)
