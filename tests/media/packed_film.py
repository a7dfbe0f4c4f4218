"""Packs pictures the way of DivX and Xvid in AVI: a packet holds a picture and one that is shown
before it, and a placeholder without any picture comes in the place of the latter."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av

from tests.helpers.counted_films import run_ffmpeg

_VOP = b"\0\0\1\xb6"
_MARK = b"\0\0\1\xb2DivX503b1393p"
"""What an encoder writes to say that it packs."""
_PLACEHOLDER = _VOP + b"\x50\x4f"
"""A P picture without content: type, no second passed, marker, time, marker, `vop_coded` 0."""
_INTRA, _BETWEEN = 0, 2


def _kind(picture: bytes) -> int:
    return picture[picture.index(_VOP) + 4] >> 6


def _packets(pictures: list[bytes], *, marked_throughout: bool) -> Iterator[tuple[bytes, bool]]:
    """The pictures in packets, each with whether it is a keyframe."""
    waiting = False
    for number, picture in enumerate(pictures):
        if _kind(picture) == _BETWEEN:
            continue
        between = []
        for following in pictures[number + 1 :]:
            if _kind(following) != _BETWEEN:
                break
            between.append(following)
        data, is_key = picture, _kind(picture) == _INTRA
        if is_key and (marked_throughout or not waiting):
            data = data.replace(_VOP, _MARK + _VOP, 1)
        waiting = True
        yield data + b"".join(between[:1]), is_key
        for single in between[1:]:
            yield single, False
        if between:
            yield _PLACEHOLDER, False


def packed_film(path: Path, base: Path, between: int, *, marked_throughout: bool) -> Path:
    """A film with so many pictures between two others. Encoders say that they pack at the first
    picture, or at each from which all can be decoded."""
    plain = path.with_name(f"plain-{path.name}")
    run_ffmpeg(
        *("-i", str(base), "-an", "-c:v", "mpeg4", "-q:v", "3", "-bf", str(between), "-g", "12"),
        *("-flags", "+bitexact", "-vtag", "DIVX", str(plain)),
    )
    with av.open(str(plain)) as reading, av.open(str(path), "w") as writing:
        source = reading.streams.video[0]
        stream = writing.add_stream_from_template(source)
        assert source.average_rate is not None
        tick = 1 / Fraction(source.average_rate)
        pictures = [bytes(packet) for packet in reading.demux(video=0) if packet.size]
        packets = _packets(pictures, marked_throughout=marked_throughout)
        for number, (data, is_key) in enumerate(packets):
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, tick
            packet.pts = packet.dts = number
            packet.is_keyframe = is_key
            writing.mux(packet)
    return path
