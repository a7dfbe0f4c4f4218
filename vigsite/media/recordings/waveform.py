"""The outline of a sound: how loud it is, part by part, to be drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vigsite.errors import MediaError
from vigsite.media.recordings.probe import OPENING
from vigsite.media.recordings.recording import Recording

_MARGIN_US = 1_000_000
"""Read from this much earlier: sound comes in packets."""


def outline(
    path: Path, recording: Recording, begin_us: int, length_us: int, parts: int
) -> list[float]:
    """The loudest sample of each of so many parts of a stretch, from 0 to 1.

    `begin_us` counts from the first displayed frame. All zero where there is no sound. Raises
    MediaError when it cannot be read.
    """
    loudest = [0.0] * parts
    if recording.audio is None:
        return loudest
    import av

    begin_s = (recording.offset_us + begin_us) / 1e6
    try:
        with av.open(str(path), container_options=OPENING) as container:
            sound = container.streams[recording.audio]
            assert isinstance(sound, av.AudioStream)
            start_s = (container.start_time or 0) / 1e6
            early_us = round((start_s + begin_s) * 1e6) - _MARGIN_US
            if early_us > (container.start_time or 0):
                container.seek(early_us)
            for frame in container.decode(sound):
                at_s = (frame.time or 0.0) - start_s - begin_s
                if at_s * 1e6 >= length_us:
                    break
                _take(loudest, frame, at_s, length_us / 1e6)
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"The sound of {path.name} cannot be read: {error}") from error
    return loudest


def _take(loudest: list[float], frame: Any, at_s: float, length_s: float) -> None:
    """Notes how loud each sample of a frame is in the part it belongs to."""
    import av

    for mono in av.AudioResampler("fltp", "mono", frame.sample_rate).resample(frame):
        values = memoryview(bytes(mono.planes[0]))[: mono.samples * 4].cast("f")
        for place in range(0, mono.samples, 8):
            part = int((at_s + place / mono.sample_rate) / length_s * len(loudest))
            if 0 <= part < len(loudest):
                loudest[part] = max(loudest[part], abs(values[place]))
