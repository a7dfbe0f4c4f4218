"""Probes a recording: which streams are the film, when each frame is on screen, how it is stored.

One demuxing pass by PyAV; a single picture is decoded, since only a decoded one tells its colours
for certain and which frame is displayed first. Only the demuxers vigsite supports may open a file:
a playlist named `.mp4` would otherwise read other files.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigsite.errors import RecordingError
from vigsite.media.recording import FORMATS, Recording, Stored

OPENING = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
"""How PyAV may open a recording."""

_STREAM_LEAD_US = 5_000_000
_NO_SEEK_US = 10**12
"""Program streams (MPG, VOB) are read from the start: seeks in them end anywhere."""

USUAL_RATES = (
    *(Fraction(rate) for rate in (10, 12, 15, 20, 24, 25, 30, 48, 50, 60)),
    *(Fraction(rate, 1001) for rate in (24000, 30000, 60000)),
    Fraction(25, 2),
)
_STREAMS = ("mpegts", "mpeg")
"""Formats without an index; ffmpeg shifts their times by the first stream it uses."""
_MOST_FRAMES = 4_000_000
_FALLS_BACK = Fraction(1, 2)
"""Seconds that a clock may fall back."""
_MOST_PIXELS = 8192 * 8192
_LOOSE_END = 4
"""Pictures that may stand alone behind a hole at the end."""
_BROKEN_OFF = Fraction(1)
"""Seconds that may be missing at the end before a film counts as broken off."""
_COPY_AGAIN = "copy it again from the camera or phone"


def probe(path: Path) -> Recording:
    """Reads the packets of a recording.

    Raises RecordingError with a sentence that fits behind the file's name.
    """
    import av

    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):
            raise RecordingError("is no file")
        if seen.st_size == 0:
            raise RecordingError(f"is empty; {_COPY_AGAIN}")
        with av.open(str(path), container_options=OPENING) as container:
            return _read(container)
    except (av.FFmpegError, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and not isinstance(error, av.FFmpegError):
            raise RecordingError(f"cannot be read: {error.strerror}") from error
        if _without_index(path):
            raise RecordingError(
                "is only the first part of a film: its index, which comes last, is missing; "
                + _COPY_AGAIN
            ) from error
        raise RecordingError(
            f"is no film vigsite can open; {_COPY_AGAIN}, or save it there as MP4"
        ) from error


@dataclass(slots=True)
class _Packets:
    """What one pass over the packets gathers, in the ticks of their streams."""

    times: list[int] = field(default_factory=list)
    last: int = 0
    """When the last picture ends."""
    keys: list[int] = field(default_factory=list)
    early: int = 0
    """How much earlier to seek so that a keyframe's pictures do not begin after the mark: its own
    delay, and how far pictures refer back over it (an open GOP)."""
    decoded_last: int | None = None
    """Decoding time of the last picture; it never falls back in a film of one piece."""
    heard: tuple[int, int] | None = None
    """When the sound starts and ends."""
    first: Any = None
    """The first frame that is displayed."""

    def gather(self, container: Any, video: Any, audio: Any) -> None:
        """Reads every packet, decoding until a first picture comes."""
        pictures, delay = video.index, 0
        for packet in container.demux([s for s in (video, audio) if s is not None]):
            is_picture = packet.stream_index == pictures
            if is_picture and self.first is None:
                self.first = next(frames_of(packet), None)
            start = packet.pts
            if start is None or packet.size == 0 or packet.is_discard or packet.is_corrupt:
                continue
            end = start + (packet.duration or 0)
            if is_picture:
                self.times.append(start)
                self.last = max(self.last, end) if len(self.times) > 1 else end
                if packet.is_keyframe:
                    self.keys.append(start)
                    delay = start - (start if packet.dts is None else packet.dts)
                    self.early = max(self.early, delay)
                elif self.keys and start < self.keys[-1]:
                    self.early = max(self.early, delay + 1, self.keys[-1] - start)
                self._check(packet)
            elif self.heard is None:
                self.heard = (start, end)
            else:
                self.heard = (min(self.heard[0], start), max(self.heard[1], end))
        if self.first is not None and self.first.pts is not None:
            # Pictures that refer to a part before the file began are never displayed.
            self.times = [time for time in self.times if time >= self.first.pts]
        self.times.sort()

    def _check(self, packet: Any) -> None:
        """Refuses what cannot be a family's film. Raises RecordingError."""
        if len(self.times) > _MOST_FRAMES:
            raise RecordingError("claims more pictures than any camera films; it is damaged")
        if packet.dts is None:
            return
        back = 0 if self.decoded_last is None else self.decoded_last - packet.dts
        if back * packet.time_base > _FALLS_BACK:
            raise RecordingError(
                "has a clock that falls back midway, perhaps since two films were joined; "
                "use the two films, or save it as MP4"
            )
        self.decoded_last = packet.dts


def frames_of(packet: Any) -> Iterator[Any]:
    """The frames a packet completes; none where its data cannot be read."""
    import av

    with contextlib.suppress(av.FFmpegError):
        yield from (frame for frame in packet.decode() if not frame.is_corrupt)


def _read(container: Any) -> Recording:
    pictures = [s for s in container.streams.video if not (s.disposition & _attached_picture())]
    pictures = [s for s in pictures if s.codec_context is not None and s.width]
    if not pictures:
        raise RecordingError("holds no picture; is it a sound recording?")
    video = max(pictures, key=lambda s: bool(s.disposition & _default()))
    if video.width * video.height > _MOST_PIXELS:
        raise RecordingError("claims a picture larger than any camera films; it is damaged")
    sounds = [s for s in container.streams.audio if s.codec_context is not None]
    audio = max(sounds, key=lambda s: bool(s.disposition & _default()), default=None)
    read = _Packets()
    read.gather(container, video, audio)
    if read.first is None or len(read.times) < 2:
        raise RecordingError("holds no film, at most a single picture")
    codec = video.codec_context
    by_decoding = container.format.name in ("avi", "asf") and codec.name in ("h264", "hevc")
    if by_decoding and codec.has_b_frames:  # these containers know no other order
        raise RecordingError("keeps its pictures in another order than shown; save it as MP4")
    base = video.time_base
    times, constant, rate = _steady(read.times, base, video.average_rate)
    tick = 1_000_000 * base.numerator
    start = Fraction(container.start_time or 0, 1_000_000)
    gaps = sorted(after - before for before, after in itertools.pairwise(times))
    usual_gap = gaps[len(gaps) // 2]
    last = read.last if len(times) == len(read.times) else 0
    end = max(times[-1] + usual_gap if last <= times[-1] else last, times[-1] + 1)
    stored = _stored(read.first, video)
    lead = _lead(container.format.name, read, base)
    if not _lands(container, video, read):
        lead = _NO_SEEK_US
    begin = times[0] * base
    sound = (begin, begin)
    if audio is not None and read.heard is not None:
        sound = (read.heard[0] * audio.time_base, read.heard[1] * audio.time_base)
    sar = video.sample_aspect_ratio or Fraction(1)
    wide, high = round(video.width * sar), video.height
    if any(name.startswith("transpose") for name in stored.upright):
        wide, high = high, wide
    return Recording(
        video=video.index,
        audio=audio.index if audio is not None else None,
        width=_even(wide),
        height=_even(high),
        rate=str(rate),
        constant=constant,
        offset_us=max(0, _microseconds(begin - start)),
        frame_us=tuple((time - times[0]) * tick // base.denominator for time in times),
        end_us=_microseconds(end * base - begin),
        stored=stored,
        sound_us=(_microseconds(sound[0] - begin), _microseconds(sound[1] - begin)),
        stated_us=_broken_off(container, video, audio, max(end * base, sound[1]) - start),
        lead_us=lead,
        origin_us=_microseconds(start) if container.format.name in _STREAMS else None,
    )


def _broken_off(container: Any, video: Any, audio: Any, read: Fraction) -> int:
    """How long the file says it lasts when that is more than could be read; else 0."""
    if container.format.name in _STREAMS or not container.duration:
        return 0  # their lengths are only guessed from the part that is there
    stated = Fraction(container.duration, 1_000_000)
    tracks = [s.duration * s.time_base for s in (video, audio) if s is not None and s.duration]
    if tracks:
        stated = min(stated, max(tracks))
    return _microseconds(stated) if stated > read + _BROKEN_OFF else 0


def _lead(name: str, read: _Packets, base: Fraction) -> int:
    """How much earlier than the mark to seek, so that all its picture refers to comes before it."""
    if name == "mpegts":
        gaps = [b - a for a, b in itertools.pairwise([*sorted(read.keys), read.last])]
        return _STREAM_LEAD_US + _microseconds(max(gaps, default=0) * base)
    if name == "mpeg":
        return _NO_SEEK_US
    return _microseconds(read.early * base) + 1000 if read.early else 0


def _lands(container: Any, video: Any, read: _Packets) -> bool:
    """Whether decoding can start at what the file calls keyframes.

    In films that refresh bit by bit (intra refresh) it cannot; they are read from the start.
    """
    if container.format.name in _STREAMS:
        return True
    keys = sorted(read.keys)
    for key in {keys[len(keys) // 2], keys[-1]} if len(keys) > 1 else ():
        container.seek(key, stream=video)
        frames = (f for p in container.demux(video) for f in frames_of(p) if f.pts is not None)
        first = next(frames, None)
        if first is None or first.pts > key:
            return False
    return True


def _even(pixels: int) -> int:
    """Colours are stored for every second pixel, so that an odd last one would escape a box."""
    return max(2, pixels - pixels % 2)


def _attached_picture() -> Any:
    from av.stream import Disposition

    return Disposition.attached_pic


def _default() -> Any:
    from av.stream import Disposition

    return Disposition.default


def _microseconds(seconds: Fraction) -> int:
    return math.floor(seconds * 1_000_000)


def _steady(
    times: list[int], base: Fraction, stated: Fraction | None
) -> tuple[list[int], bool, Fraction]:
    """The frames to use, whether they keep step with one rate, and that rate.

    A copy that broke off may end in a few pictures with holes between them, since pictures are not
    stored in the order of display; they are left away if the rest is steady.
    """
    for dropped in range(min(_LOOSE_END, len(times) - 2) + 1):
        kept = times[: len(times) - dropped]
        constant, rate = _rate(kept, base, stated)
        if constant:
            return kept, True, rate
    return (times, *_rate(times, base, stated))


def _rate(times: list[int], base: Fraction, stated: Fraction | None) -> tuple[bool, Fraction]:
    """Whether the frames keep step with one rate (within half a frame's tick), and that rate."""
    mean = Fraction(len(times) - 1) / ((times[-1] - times[0]) * base)
    named = sorted({rate for rate in (stated, *USUAL_RATES) if rate}, key=lambda r: abs(r - mean))
    slack = max(base, Fraction(1, 2000))
    for rate in (*named[:3], mean):
        # (time - first) * base - number / rate, times both denominators: whole numbers are quick
        tick, step = base.numerator * rate.numerator, rate.denominator * base.denominator
        most = min(slack, 1 / (4 * rate)) * base.denominator * rate.numerator
        if all(
            abs((time - times[0]) * tick - number * step) <= most
            for number, time in enumerate(times)
        ):
            return True, rate
    gaps = sorted(after - before for before, after in itertools.pairwise(times))
    brisk = gaps[len(gaps) // 4] * base
    return False, min(USUAL_RATES, key=lambda rate: abs(rate - 1 / brisk))


_TRANSFERS = {16: "pq", 18: "hlg"}
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020"}
_UNSPECIFIED = 2
_FULL_RANGE = 2
_HIGH_DEFINITION = (576, 1280)
"""A film with more lines, or as wide, that states no colour matrix means BT.709."""


def _stored(frame: Any, video: Any) -> Stored:
    """How to read the pictures. Codes of transfer and matrix are those of ITU-T H.273."""
    shorter, longer = sorted((video.width, video.height))
    large = shorter > _HIGH_DEFINITION[0] or longer >= _HIGH_DEFINITION[1]
    usual = "bt709" if large else "bt601"
    full = frame.color_range == _FULL_RANGE or frame.format.name.startswith("yuvj")
    dolby = _beside(frame, "DOVI_RPU_BUFFER") is not None
    if dolby and frame.color_trc == _UNSPECIFIED:
        raise RecordingError(
            "holds Dolby Vision without a picture for other screens (profile 5); "
            "save it on the phone as HDR or as a usual film"
        )
    return Stored(
        upright=_upright(frame),
        interlaced=video.codec_context.field_order > 1 or frame.interlaced_frame,
        light=_TRANSFERS.get(frame.color_trc, ""),
        matrix=_MATRICES.get(frame.colorspace, usual),
        range="pc" if full else "tv",
    )


def _beside(frame: Any, name: str) -> Any:
    """What came along with a frame's pixels; None where PyAV does not know all kinds of it."""
    try:
        return frame.side_data.get(name)
    except ValueError:  # newer kinds, such as EXIF in every picture of an old camera
        return None


def _upright(frame: Any) -> tuple[str, ...]:
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


def _without_index(path: Path) -> bool:
    """Whether a file is an MP4 or MOV whose boxes end before its index (`moov`) came."""
    try:
        with path.open("rb") as file:
            kinds: list[bytes] = []
            while len(head := file.read(8)) == 8 and len(kinds) < 100:
                size, kind = struct.unpack(">I4s", head)
                if size == 1:
                    size = struct.unpack(">Q", file.read(8))[0] - 8
                if size < 8:
                    break
                kinds.append(kind)
                file.seek(size - 8, 1)
    except (OSError, struct.error):
        return False
    return b"mdat" in kinds and b"ftyp" in kinds[:1] and b"moov" not in kinds
