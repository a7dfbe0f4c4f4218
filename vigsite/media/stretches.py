"""How a film's pictures are stored in a cut: colours, fields, shape or turn may change midway.

Joined films, broadcasts and meetings do that. A cut is looked at in several places; where those
differ, at every picture of it.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigsite.media.engines.pyav_stills import packets
from vigsite.media.recordings.orientation import layout_of, stored_of
from vigsite.media.recordings.probe import OPENING, frames_of, upright_size
from vigsite.media.recordings.recording import Cut, Recording, Stretch

_PLACES = 8
"""At most so many keyframes of a cut are looked at."""
_TOGETHER = 4
"""Pictures at each: whole pictures and woven ones may take turns."""
_NEVER_WOVEN = ("hevc", "vp8", "vp9", "av1")
"""Codecs that hold fields hardly ever, and large pictures."""
_SAYS_NO_SHAPE = ("mpegts", "mpeg", "dv")
"""Containers that leave the shape of pixels to the pictures."""
_SAME_SHAPE = Fraction(1, 100)
"""How far the shapes of two pictures may differ and still be one."""


def stretches_in(path: Path, recording: Recording, cut: Cut) -> list[Stretch]:
    """Return how the pictures of a cut are stored, from its first one on.

    Raises RecordingError for pictures that cannot be shown.
    """
    found = _seen(path, recording, cut, places=_PLACES)
    if len(found) > 1:
        found = _seen(path, recording, cut, places=cut.frames)
    if not found:
        return [Stretch(cut.first, recording.stored, recording.width, recording.height)]
    return [replace(found[0], first=cut.first), *found[1:]]


def _seen(path: Path, recording: Recording, cut: Cut, places: int) -> list[Stretch]:
    """The stretches that are seen at so many keyframes: one for each run of pictures alike.

    Half pictures among whole ones are no change: whole ones pass the filter as they are.
    """
    import av

    seen: list[Stretch] = []
    woven = recording.stored.interlaced
    with (
        contextlib.suppress(av.FFmpegError),
        av.open(str(path), container_options=OPENING) as container,
    ):
        for number, group in _groups(container, recording, cut, places):
            shown = [_stretch(f, recording, container, number) for f in _shown(group)]
            woven = woven or any(one.stored.interlaced for one in shown)
            seen += shown[:1]
    seen = [replace(one, stored=replace(one.stored, interlaced=woven)) for one in seen]
    begun = replace(recording.stored, interlaced=woven, layout=recording.layout)
    if all(one.stored == begun for one in seen):
        seen = [replace(one, stored=replace(begun, layout=None)) for one in seen]
    runs = itertools.groupby((one for one in seen if one.first >= 0), lambda one: one.stored)
    return [next(run) for _, run in runs]


def _stretch(frame: Any, recording: Recording, container: Any, number: int) -> Stretch:
    """How one picture is stored."""
    video = container.streams[recording.video]
    stored = replace(
        stored_of(frame, video), margins=recording.stored.margins, layout=layout_of(frame)
    )
    shape = _pixel_shape(container.format.name, video)
    width, height = upright_size(frame.width, frame.height, shape, stored)
    if abs(Fraction(width, height) * Fraction(recording.height, recording.width) - 1) < _SAME_SHAPE:
        width, height = recording.width, recording.height
    return Stretch(number, stored, width, height)


def _pixel_shape(container: str, video: Any) -> Fraction:
    """How wide a pixel is, of the picture just decoded where no container says it for them all."""
    codec = video.codec_context
    own = (
        codec.sample_aspect_ratio
        if container in _SAYS_NO_SHAPE or codec.name == "dvvideo"
        else None
    )
    return own or video.sample_aspect_ratio or Fraction(1)


def _groups(
    container: Any, recording: Recording, cut: Cut, places: int
) -> Iterator[tuple[int, list[Any]]]:
    """Packets at some keyframes of a cut, with the number of the keyframe.

    Before them come those with which the film is opened for the cut, numbered -1: ffmpeg makes its
    filters for them.
    """
    start_us = recording.frame_us[cut.first]
    end_us = start_us + cut.late_us + cut.length_us
    gap_us = max(1, cut.length_us // places)
    codec = container.streams[recording.video].codec_context
    most = 1 if codec.name in _NEVER_WOVEN else _TOGETHER
    groups: list[tuple[int, list[Any]]] = []
    wanted = False
    for packet, time_of in packets(container, recording, cut):
        if packet.pts is None or not packet.size:
            continue
        time_us = time_of(packet.pts)
        if min(time_us, time_of(packet.dts or packet.pts)) >= end_us:
            break
        if packet.is_keyframe and time_us < end_us:
            latest_us = groups[-1][0] if groups else start_us
            wanted = latest_us <= start_us or time_us >= latest_us + gap_us
            if len(groups) > 1 and time_us <= start_us:
                groups.pop()
            if wanted:
                groups.append((time_us, []))
        if wanted and len(groups[-1][1]) < most:
            groups[-1][1].append(packet)
    for place, (time_us, group) in enumerate(groups):
        opening = place == 0 and len(groups) > 1 and groups[1][0] <= start_us
        yield -1 if opening else recording.frame_nearest(time_us), group


def _shown(group: list[Any]) -> Iterator[Any]:
    """What packets in a row show if nothing comes after them.

    A decoder gives the last pictures before a change with the colours that come after it.
    """
    import av

    codec = group[0].stream.codec_context
    for packet in group:
        yield from frames_of(packet)
    with contextlib.suppress(av.FFmpegError):
        yield from (frame for frame in codec.decode(None) if not frame.is_corrupt)
    codec.flush_buffers()
