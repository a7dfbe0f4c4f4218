"""Takes the fingerprints of decoded frames (`vigsite.case.frames`), around a stretch alone."""

from __future__ import annotations

import bisect
import hashlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

from vigsite.case.frames import AROUND_MS, CELLS, FramePrint, moved_between
from vigsite.case.timecode import Span
from vigsite.errors import RecordingError
from vigsite.media.engines.pyav_stills import decoded
from vigsite.media.recordings.orientation import upright
from vigsite.media.recordings.probe import OPENING
from vigsite.media.recordings.recording import Recording

_BESIDE_MS = 200
"""How long before and after an instant what moved is looked at."""
_DRAWN = 64
"""Pixels in a row of the small picture that cells are averages of."""
_EVERY_MS = 500
_MOST = 120
"""Fingerprints for a stretch."""


def frame_prints(path: Path, recording: Recording, span: Span) -> list[FramePrint]:
    """Return the fingerprints of every frame around a stretch. Raises RecordingError."""
    import av

    cut = recording.around(
        (span.start_ms + span.end_ms) // 2, span.length_ms // 2 + AROUND_MS + _BESIDE_MS
    )
    end_us = recording.begins_us(cut) + cut.length_us
    start_us = recording.begins_us(cut)
    try:
        with av.open(str(path), container_options=OPENING) as container:
            video: Any = container.streams[recording.video]
            video.thread_type = "AUTO"
            frames = takewhile(lambda one: one[0] < end_us, decoded(container, recording, cut))
            taken = sorted(_taken(one for one in frames if one[0] >= start_us))
    except (av.FFmpegError, OSError) as error:
        raise RecordingError(f"cannot be read at that place: {error}") from error
    return list(_prints(taken, span))


def some_of(prints: Sequence[FramePrint]) -> list[FramePrint]:
    """Return those to keep: one every half second, of a long stretch fewer."""
    if not prints:
        return []
    every = max(_EVERY_MS, (prints[-1].time_ms - prints[0].time_ms) // _MOST)
    kept = [prints[0]]
    for one in prints:
        if one.time_ms >= kept[-1].time_ms + every:
            kept.append(one)
    return kept


_Taken = tuple[int, str, list[float]]
"""Time in milliseconds, hash, and the grey levels of the cells."""


def _taken(frames: Iterator[tuple[int, Any]]) -> Iterator[_Taken]:
    from av.video.reformatter import VideoReformatter

    small = VideoReformatter()
    for time_us, frame in frames:
        drawn = _drawn(
            small.reformat(frame, width=_DRAWN, height=_DRAWN, format="gray8", interpolation="AREA")
        )
        darkest, brightest = drawn.getextrema()
        exact = _hash_of(frame) if brightest - darkest > 1 else ""
        for turn in upright(frame):
            drawn = drawn.transpose(_turns()[turn])
        small_picture = drawn.convert("F").reduce(_DRAWN // CELLS)
        cells = array("f", small_picture.tobytes()).tolist()
        yield -(-time_us // 1000), exact, cells


def _drawn(frame: Any) -> Any:
    from PIL import Image

    plane = frame.planes[0]
    return Image.frombytes("L", (_DRAWN, _DRAWN), bytes(plane), "raw", "L", plane.line_size)


def _turns() -> dict[str, Any]:
    """What undoes a display matrix, by ffmpeg's names."""
    from PIL.Image import Transpose

    return {
        "hflip": Transpose.FLIP_LEFT_RIGHT,
        "vflip": Transpose.FLIP_TOP_BOTTOM,
        "transpose=clock": Transpose.ROTATE_270,
        "transpose=cclock": Transpose.ROTATE_90,
        "transpose=cclock_flip": Transpose.TRANSPOSE,
        "transpose=clock_flip": Transpose.TRANSVERSE,
    }


def _hash_of(frame: Any) -> str:
    """Hash of the brightness as decoded, without what fills up its rows in memory."""
    plane, stored = frame.planes[0], frame.format
    bits = stored.components[0].bits if stored.is_planar else stored.padded_bits_per_pixel
    row = frame.width * -(-bits // 8)
    pixels, found = memoryview(plane), hashlib.blake2b(digest_size=8)
    for start in range(0, frame.height * plane.line_size, plane.line_size):
        found.update(pixels[start : start + row])
    return found.hexdigest()


def _prints(taken: Sequence[_Taken], span: Span) -> Iterator[FramePrint]:
    times = [time for time, _, _ in taken]

    def near(time: int) -> list[float] | None:
        at = bisect.bisect_left(times, time)
        places = [place for place in (at - 1, at) if 0 <= place < len(times)]
        place = min(places, key=lambda one: abs(times[one] - time))
        return taken[place][2] if abs(times[place] - time) <= _BESIDE_MS // 2 else None

    for time, exact, _ in taken:
        if span.start_ms - AROUND_MS <= time <= span.end_ms + AROUND_MS:
            before, after = near(time - _BESIDE_MS), near(time + _BESIDE_MS)
            moved = None if before is None or after is None else moved_between(before, after)
            yield FramePrint(time, exact, moved)
