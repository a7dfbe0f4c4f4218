"""Probes a recording: which streams are the film, when each frame is on screen, how large it is.

One demuxing pass by PyAV reads no picture, only the packets' times; from them every mark is
snapped to a frame's own time. Only the demuxers vigsite supports may open a file, since a
playlist named `.mp4` would otherwise read other files.
"""

from __future__ import annotations

import bisect
import itertools
import json
import math
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigsite.case.timecode import Span
from vigsite.errors import RecordingError

FORMATS = "mov,matroska,mpegts,avi,mpeg,asf"
"""Demuxers that may open a recording, in ffmpeg's own names."""

LEAD_US = 5_000_000
NO_SEEK_US = 10**12
"""Program streams (MPG, VOB) are read from the start: seeks in them end anywhere."""

USUAL_RATES = (
    *(Fraction(rate) for rate in (10, 12, 15, 20, 24, 25, 30, 48, 50, 60)),
    *(Fraction(rate, 1001) for rate in (24000, 30000, 60000)),
    Fraction(25, 2),
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A run of whole frames of a recording."""

    first: int
    """Number of its first frame, counted in the recording from 0."""
    frames: int
    start_us: int
    """Time of the first frame, in microseconds as ffmpeg's `-ss` counts."""
    length_us: int
    """Until the frame after the last one."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What a probe found out. Times in microseconds from the first displayed frame."""

    video: int
    """Index of the film's stream."""
    audio: int | None
    """Index of its sound; None when it has none."""
    width: int
    """Upright width in square pixels, even."""
    height: int
    """Upright height in square pixels, even."""
    rate: str
    """Frames a second, as a fraction: its own when constant, else the nearest usual."""
    constant: bool
    offset_us: int
    """Time of the first displayed frame, counted from the start of the container."""
    frame_us: tuple[int, ...]
    """When each displayed frame comes on screen, rising."""
    end_us: int
    """When the last frame goes off screen."""
    sound_us: tuple[int, int] = (0, 0)
    """When the sound starts and ends."""
    lead_us: int = 0
    """How much earlier to seek: streams without an index (MTS) otherwise start after the mark."""
    origin_us: int = 0
    """Time of the container's start on its own clock; only where `lead_us` is not 0."""

    @property
    def duration_ms(self) -> int:
        """Length of the film in whole milliseconds."""
        return self.end_us // 1000

    def frame_at(self, time_ms: int) -> int:
        """The frame on screen at a time inside the film."""
        return max(0, bisect.bisect_right(self.frame_us, time_ms * 1000) - 1)

    def cut(self, span: Span) -> Cut:
        """The frames of [start, end): the one on screen at `start` to the last before `end`."""
        first = self.frame_at(span.start_ms)
        after = max(first + 1, bisect.bisect_left(self.frame_us, span.end_ms * 1000))
        return self._cut(first, after)

    def single(self, time_ms: int) -> Cut:
        """The one frame on screen at a time."""
        first = self.frame_at(time_ms)
        return self._cut(first, first + 1)

    def _cut(self, first: int, after: int) -> Cut:
        start = self.frame_us[first]
        end = self.frame_us[after] if after < len(self.frame_us) else self.end_us
        return Cut(first, after - first, self.offset_us + start, end - start)

    def has_sound(self, cut: Cut) -> bool:
        """Whether any sound lies in a cut."""
        start = cut.start_us - self.offset_us
        starts, ends = self.sound_us
        return self.audio is not None and start < ends and starts < start + cut.length_us

    def opened_us(self, cut: Cut) -> int:
        """Where ffmpeg seeks to for a cut; to the first frame it need not."""
        return 0 if cut.first == 0 else max(0, cut.start_us - self.lead_us)

    def mark_us(self, cut: Cut) -> int:
        """Time of a cut's first frame on the clock that ffmpeg's filters see."""
        if self.lead_us:
            return self.origin_us + cut.start_us
        return cut.start_us - self.opened_us(cut)

    def to_json(self) -> str:
        """Itself as JSON, to be remembered."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Recording:
        """Back from `to_json`. Raises ValueError or TypeError when it is something else."""
        found = json.loads(text)
        return cls(
            **{**found, "frame_us": tuple(found["frame_us"]), "sound_us": tuple(found["sound_us"])}
        )


def probe(path: Path) -> Recording:
    """Reads the packets of a recording.

    Raises RecordingError with a sentence that fits behind the file's name.
    """
    import av

    try:
        if path.stat().st_size == 0:
            raise RecordingError("is empty; copy it again from the camera or phone")
        with av.open(str(path), container_options={"format_whitelist": FORMATS}) as container:
            return _read(container)
    except (av.FFmpegError, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and not isinstance(error, av.FFmpegError):
            raise RecordingError(f"cannot be read: {error.strerror}") from error
        raise RecordingError(
            "is no film vigsite can open; copy it again from the camera or phone, "
            "or save it there as MP4"
        ) from error


def _read(container: Any) -> Recording:
    pictures = [s for s in container.streams.video if not (s.disposition & _attached_picture())]
    pictures = [s for s in pictures if s.codec_context is not None and s.width]
    if not pictures:
        raise RecordingError("holds no picture; is it a sound recording?")
    video = max(pictures, key=lambda s: bool(s.disposition & _default()))
    sounds = [s for s in container.streams.audio if s.codec_context is not None]
    audio = max(sounds, key=lambda s: bool(s.disposition & _default()), default=None)
    times: list[int] = []
    ends: list[int] = []
    keys: list[int] = []
    heard: list[Fraction] = []
    for packet in container.demux([s for s in (video, audio) if s is not None]):
        if packet.pts is None or packet.size == 0 or packet.is_discard:
            continue
        if packet.stream is audio:
            after = packet.pts + (packet.duration or 0)
            heard += [packet.pts * packet.time_base, after * packet.time_base]
            continue
        times.append(packet.pts)
        ends.append(packet.pts + (packet.duration or 0))
        if packet.is_keyframe:
            keys.append(packet.pts)
    if len(times) < 2:
        raise RecordingError("holds no film, at most a single picture")
    times.sort()
    base = video.time_base
    start = Fraction(container.start_time or 0, 1_000_000)
    first = times[0]
    gaps = sorted(after - before for before, after in itertools.pairwise(times))
    usual_gap = gaps[len(gaps) // 2]
    end = max(times[-1] + usual_gap if max(ends) <= times[-1] else max(ends), times[-1] + 1)
    constant, rate = _rate(times, base, video.average_rate)
    upright = _turned(video)
    lead = _lead(container.format.name, keys, max(ends), base)
    begin = first * base
    sound = (min(heard) - begin, max(heard) - begin) if heard else (Fraction(0), Fraction(0))
    sar = video.sample_aspect_ratio or Fraction(1)
    wide, high = round(video.width * sar), video.height
    return Recording(
        video=video.index,
        audio=audio.index if audio is not None else None,
        width=_even(high if upright else wide),
        height=_even(wide if upright else high),
        rate=str(rate),
        constant=constant,
        offset_us=_microseconds(first * base - start),
        frame_us=tuple(_microseconds((time - first) * base) for time in times),
        end_us=_microseconds((end - first) * base),
        sound_us=(_microseconds(sound[0]), _microseconds(sound[1])),
        lead_us=lead,
        origin_us=_microseconds(start) if lead else 0,
    )


def _lead(name: str, keys: list[int], end: int, base: Fraction) -> int:
    """How much earlier than the mark to seek, so that a whole picture comes before it."""
    if name == "mpegts":
        gaps = [after - before for before, after in itertools.pairwise([*sorted(keys), end])]
        return LEAD_US + _microseconds(max(gaps, default=0) * base)
    return NO_SEEK_US if name == "mpeg" else 0


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


def _rate(times: list[int], base: Fraction, stated: Fraction | None) -> tuple[bool, Fraction]:
    """Whether the frames keep step with one rate (within half a frame's tick), and that rate."""
    mean = Fraction(len(times) - 1) / ((times[-1] - times[0]) * base)
    named = sorted({rate for rate in (stated, *USUAL_RATES) if rate}, key=lambda r: abs(r - mean))
    slack = max(base, Fraction(1, 2000))
    for rate in (*named[:3], mean):
        if all(
            abs((time - times[0]) * base - number / rate) <= slack
            for number, time in enumerate(times)
        ):
            return True, rate
    gaps = sorted(after - before for before, after in itertools.pairwise(times))
    brisk = gaps[len(gaps) // 4] * base
    return False, min(USUAL_RATES, key=lambda rate: abs(rate - 1 / brisk))


def _turned(video: Any) -> bool:
    """Whether the picture stands on its side, so that upright swaps width and height."""
    for frame in video.container.decode(video) if _rewind(video) else ():
        return abs(int(frame.rotation)) % 180 == 90
    return False


def _rewind(video: Any) -> bool:
    video.container.seek(0)
    return True
