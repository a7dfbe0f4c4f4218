"""Probes a recording: which streams are the film, when each frame is on screen, how it is stored.

One demuxing pass by PyAV; a single picture is decoded, since only a decoded one tells its colours
for certain and which frame is displayed first. Only the demuxers vigsite supports may open a file:
a playlist named `.mp4` would otherwise read other files.
"""

from __future__ import annotations

import bisect
import contextlib
import itertools
import math
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigsite.errors import RecordingError
from vigsite.media.recordings.field_pictures import second_fields
from vigsite.media.recordings.frame_rate import steady
from vigsite.media.recordings.margins import margins_of
from vigsite.media.recordings.mp4_edit_lists import edits, without_index
from vigsite.media.recordings.no_film import COPY_AGAIN, what_it_is
from vigsite.media.recordings.orientation import layout_of, stored_of
from vigsite.media.recordings.recording import FORMATS, Recording, Stored

OPENING = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
"""How PyAV may open a recording."""

_STREAM_LEAD_US = 5_000_000
_NO_SEEK_US = 10**12
"""Program streams (MPG, VOB) are read from the start: seeks in them end anywhere."""

_PICTURE_CODECS = ("png", "bmp", "gif", "webp", "tiff")
_STREAMS = ("mpegts", "mpeg")
"""Formats without an index; ffmpeg shifts their times by the first stream it uses."""
_MOST_DOUBTFUL = 20
_PACKETS_TRIED = 40
"""Packets that are looked into to see whether each holds a picture."""
_VOP = b"\0\0\1\xb6"
"""What a picture of MPEG-4 part 2 begins with."""
_ENOUGH = 500
"""Packets of sound without any sound in them, after which it counts as one that cannot be read."""
_MOST_FRAMES = 4_000_000
_EDIT_SLACK_S = Fraction(1, 100)
"""Parts of an edit list may overlap by this, since their lengths are rounded."""
_FALLS_BACK = Fraction(1, 2)
"""Seconds that a clock may fall back."""
_MOST_PIXELS = 8192 * 8192
_BROKEN_OFF = Fraction(1)
"""Seconds that may be missing at the end before a film counts as broken off."""


def probe(path: Path, told: Callable[[float], None] | None = None) -> Recording:
    """Reads the packets of a recording; `told` is told what share of it was read.

    Raises RecordingError with a sentence that fits behind the file's name.
    """
    import av

    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):
            raise RecordingError("is no file")
        if seen.st_size == 0:
            raise RecordingError(f"is empty; {COPY_AGAIN}")
        with av.open(str(path), container_options=OPENING) as container:
            if container.format.name.startswith("mov"):
                _check_edits(path)
            return _read(path, container, told)
    except (av.FFmpegError, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and not isinstance(error, av.FFmpegError):
            raise RecordingError(f"cannot be read: {error.strerror}") from error
        if without_index(path):
            raise RecordingError(
                "is only the first part of a film: its index, which comes last, is missing; "
                + COPY_AGAIN
            ) from error
        raise RecordingError(what_it_is(path)) from error


def _check_edits(path: Path) -> None:
    """Raises RecordingError when an edit list shows pictures twice, out of order or with pauses.

    ffmpeg 9 and PyAV 18 place the pictures of such lists differently from one another.
    """
    for listed in edits(path):
        parts = listed[1:] if listed and listed[0].start_s is None else listed
        shown = Fraction(0)
        for part in parts:
            if part.start_s is None or part.start_s < shown - _EDIT_SLACK_S or part.rate != 1:
                raise RecordingError(
                    "shows its pictures in another order than it holds them, as some edited films "
                    "do; export it anew as MP4 and use that"
                )
            shown = part.start_s + part.length_s


@dataclass(slots=True)
class _Meter:
    """Tells how far reading has come, a hundred times at most."""

    told: Callable[[float], None] | None = None
    size: int = 1
    percent: int = 0

    def at(self, place: int | None) -> None:
        """Reading has come to this byte, if anybody knows."""
        percent = min(100, 100 * (place or 0) // self.size)
        if self.told is not None and percent > self.percent:
            self.percent = percent
            self.told(percent / 100)


@dataclass(slots=True)
class _Packets:
    """What one pass over the packets gathers, in the ticks of their streams."""

    meter: _Meter = field(default_factory=_Meter)
    times: list[int] = field(default_factory=list)
    order: list[tuple[int, bool]] = field(default_factory=list)
    """The same as they come to be decoded, and whether each is a keyframe."""
    shown: list[int] = field(default_factory=list)
    """Times of the first pictures of an interlaced film, as decoded."""
    packed: bool = False
    """Whether a packet holds two pictures."""
    doubtful: list[int] = field(default_factory=list)
    """Times of packets that the container calls corrupt; a decoder may make pictures of them."""
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
    sounding: Any = None
    """A frame of its sound."""
    tried: int = 0
    """Packets of sound from which one was sought."""

    def gather(self, container: Any, video: Any, audio: Any) -> None:
        """Reads every packet, decoding until a first picture comes."""
        pictures, delay = video.index, 0
        for packet in container.demux([s for s in (video, audio) if s is not None]):
            self.meter.at(packet.pos)
            is_picture = packet.stream_index == pictures
            if is_picture and (self.first is None or self._tries_fields(video)):
                for frame in frames_of(packet):
                    self.first = self.first or frame
                    self.shown += [] if frame.pts is None else [frame.pts]
            start = packet.pts
            if start is None or packet.size == 0 or packet.is_discard:
                continue
            end = start + (packet.duration or 0)
            if is_picture and packet.is_corrupt:
                self.doubtful.append(start)
            elif is_picture:
                self.times.append(start)
                self._look_into(packet, video.codec_context.name)
                self.last = max(self.last, end) if len(self.times) > 1 else end
                if packet.is_keyframe:
                    self.keys.append(start)
                    delay = start - (start if packet.dts is None else packet.dts)
                    self.early = max(self.early, delay)
                elif self.keys and start < self.keys[-1]:
                    self.early = max(self.early, delay + 1, self.keys[-1] - start)
                self._check(packet)
            elif self.heard is None:
                self._listen(packet)
                self.heard = (start, end)
            else:
                self._listen(packet)
                self.heard = (min(self.heard[0], start), max(self.heard[1], end))
        if seconds := self._second_fields(video):
            self.times = [time for time in self.times if time not in seconds]
            self.keys = [time for time in self.keys if time not in seconds]
        if self.first is not None and self.first.pts is not None:
            # Pictures that refer to a part before the file began are never displayed.
            self.times = [time for time in self.times if time >= self.first.pts]
        self.times.sort()

    def _look_into(self, packet: Any, codec: str) -> None:
        """Notes where a packet comes, and whether it holds more than one picture."""
        self.order.append((packet.pts, packet.is_keyframe))
        if codec == "mpeg4" and len(self.order) < _PACKETS_TRIED:
            self.packed = self.packed or bytes(packet).count(_VOP) > 1

    def _tries_fields(self, video: Any) -> bool:
        """Whether to go on decoding, to see if each packet holds but a field."""
        return len(self.order) < _PACKETS_TRIED and self._may_have_fields(video)

    def _may_have_fields(self, video: Any) -> bool:
        woven = self.first is not None and self.first.interlaced_frame
        return woven and video.codec_context.name == "h264"

    def _second_fields(self, video: Any) -> set[int]:
        """Times of packets that hold the second half of a picture."""
        rate = video.codec_context.framerate
        if not rate or not self._may_have_fields(video):
            return set()
        return second_fields(self.order, 1 / (2 * rate * video.time_base), self.shown)

    def _listen(self, packet: Any) -> None:
        """Tries to decode sound until some comes, or too much came in vain."""
        if self.sounding is None and self.tried < _ENOUGH:
            self.tried += 1
            self.sounding = next(frames_of(packet), None)

    @property
    def unheard(self) -> bool:
        """Whether there is sound, but none of it can be read."""
        return self.sounding is None and self.tried > 0

    @property
    def ambisonic(self) -> bool:
        """Whether the sound is a field around the camera."""
        return self.sounding is not None and "ambisonic" in self.sounding.layout.name

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


def alone(container: Any, index: int) -> Any:
    """Returns a stream of a file of which nothing else is read: what is missing of its sound, in a
    copy that broke off, would end the reading."""
    from av.stream import Discard

    for stream in container.streams:
        if stream.index != index:
            stream.discard = Discard.all
    return container.streams[index]


def frames_of(packet: Any) -> Iterator[Any]:
    """The frames a packet completes; none where its data cannot be read."""
    import av

    with contextlib.suppress(av.FFmpegError):
        yield from (frame for frame in packet.decode() if not frame.is_corrupt)


def _read(path: Path, container: Any, told: Callable[[float], None] | None) -> Recording:
    pictures = [s for s in container.streams.video if not (s.disposition & _attached_picture())]
    pictures = [s for s in pictures if s.codec_context is not None and s.width]
    if not pictures:
        raise RecordingError("holds no picture; is it a sound recording?")
    moving = [s for s in pictures if not _is_single(s)] or pictures
    video = max(moving, key=lambda s: bool(s.disposition & _default()))
    if video.width * video.height > _MOST_PIXELS:
        raise RecordingError("claims a picture larger than any camera films; it is damaged")
    sounds = list(container.streams.audio)
    readable = [s for s in sounds if s.codec_context is not None]
    audio = max(readable, key=lambda s: bool(s.disposition & _default()), default=None)
    read = _gathered(path, container, video, audio, told)
    if read.unheard:
        audio = None
    if read.first is None or len(set(read.times)) < 2:
        raise RecordingError("holds no film, at most a single picture")
    read.times = sorted({*read.times, *_decodable(path, video.index, read)})
    codec = video.codec_context
    by_decoding = container.format.name in ("avi", "asf") and codec.name in ("h264", "hevc")
    if by_decoding and codec.has_b_frames:  # these containers know no other order
        raise RecordingError("keeps its pictures in another order than shown; save it as MP4")
    base = video.time_base
    times, constant, rate = steady(read.times, base, video.average_rate)
    tick = 1_000_000 * base.numerator
    start = Fraction(container.start_time or 0, 1_000_000)
    gaps = sorted(after - before for before, after in itertools.pairwise(times))
    usual_gap = gaps[len(gaps) // 2]
    last = read.last if len(times) == len(read.times) else 0
    end = max(times[-1] + usual_gap if last <= times[-1] else last, times[-1] + 1)
    margins = margins_of(path, container.format.name, video.index)
    stored = replace(stored_of(read.first, video), margins=margins)
    begin = times[0] * base
    sound = (begin, begin)
    if audio is not None and read.heard is not None:
        sound = (read.heard[0] * audio.time_base, read.heard[1] * audio.time_base)
    sar = video.sample_aspect_ratio or Fraction(1)
    width, height = upright_size(video.width, video.height, sar, stored)
    lead = _lead(container.format.name, read, base)
    if not _lands(path, video.index, read):
        lead = _NO_SEEK_US
    return Recording(
        video=video.index,
        audio=audio.index if audio is not None else None,
        width=width,
        height=height,
        rate=str(rate),
        constant=constant,
        offset_us=max(0, _microseconds(begin - start)),
        frame_us=tuple((time - times[0]) * tick // base.denominator for time in times),
        end_us=_microseconds(end * base - begin),
        stored=stored,
        layout=layout_of(read.first),
        sound_us=(_microseconds(sound[0] - begin), _microseconds(sound[1] - begin)),
        stated_us=_broken_off(container, video, audio, max(end * base, sound[1]) - start),
        lead_us=lead,
        unheard=audio is None and bool(sounds),
        packed=read.packed,
        ambisonic=audio is not None and read.ambisonic,
        origin_us=_microseconds(start) if container.format.name in _STREAMS else None,
    )


def _gathered(
    path: Path,
    container: Any,
    video: Any,
    audio: Any,
    told: Callable[[float], None] | None,
) -> _Packets:
    """All packets; where the sound breaks off before the pictures do, also those behind it."""
    import av

    read = _Packets(_Meter(told, path.stat().st_size))
    read.gather(container, video, audio)
    read.meter.at(read.meter.size)
    end = read.last * Fraction(video.time_base) - Fraction(container.start_time or 0, 1_000_000)
    if audio is None or not _broken_off(container, video, audio, end):
        return read
    with av.open(str(path), container_options=OPENING) as again:
        silent = _Packets(heard=read.heard, sounding=read.sounding, tried=read.tried)
        silent.gather(again, alone(again, video.index), None)
    return silent if len(silent.times) > len(read.times) else read


def _decodable(path: Path, index: int, read: _Packets) -> Iterator[int]:
    """The times of packets called corrupt that ffmpeg makes pictures of, as at the seam of two
    pieces that were joined. Of a few alone: a film with many is damaged."""
    import av

    for time in read.doubtful[:_MOST_DOUBTFUL]:
        before = read.keys[max(0, bisect.bisect_left(read.keys, time) - 1)] if read.keys else time
        with av.open(str(path), container_options=OPENING) as container:
            video = alone(container, index)
            container.seek(before, stream=video)
            frames = (frame for packet in container.demux(video) for frame in frames_of(packet))
            shown = (f.pts for f in frames if f.pts is not None and f.pts >= time)
            if next(shown, None) == time:
                yield time


def _is_single(video: Any) -> bool:
    """Return whether a track says that it holds one picture, such as a cover, and no film."""
    return video.frames == 1 or video.codec_context.name in _PICTURE_CODECS


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


def _lands(path: Path, index: int, read: _Packets) -> bool:
    """Whether seeking ends where decoding can start, at keyframes and between them.

    In films that refresh bit by bit (intra refresh) it does not, nor where an index names pictures
    that are no keyframes; such films are read from the start. The file is opened anew for each
    question: a demuxer that has read it knows keyframes that the index does not name.
    """
    import av

    keys = sorted(read.keys)
    for place in {len(keys) // 2, len(keys) - 1} if len(keys) > 1 else ():
        gap = bisect.bisect_right(read.times, keys[place])
        behind = read.times[gap : bisect.bisect_left(read.times, ([*keys, read.last])[place + 1])]
        for time in (keys[place], *behind[len(behind) // 2 :][:1]):
            with av.open(str(path), container_options=OPENING) as container:
                if container.format.name in _STREAMS:
                    return True
                video = alone(container, index)
                container.seek(time, stream=video)
                if not _starts_whole(container.demux(video), time):
                    return False
    return True


def _starts_whole(packets: Iterator[Any], time: int) -> bool:
    """Whether the first packet is a keyframe, and gives a picture not later than a time."""
    for number, packet in enumerate(packets):
        if number == 0 and not packet.is_keyframe:
            return False
        for frame in frames_of(packet):
            if frame.pts is not None:
                return bool(frame.pts <= time)
    return False


def upright_size(wide: int, high: int, sar: Fraction, stored: Stored) -> tuple[int, int]:
    """Return the size of pictures once they are upright and their pixels square; even numbers."""
    if (margins := stored.margins) is not None:
        wide -= margins.left + margins.right
        high -= margins.top + margins.bottom
    wide = round(wide * sar)
    if any(name.startswith("transpose") for name in stored.upright):
        wide, high = high, wide
    return _even(wide), _even(high)


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
