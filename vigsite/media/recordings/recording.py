"""A recording as a probe found it: when each frame is on screen, how large, in which colours.

Pure values. Every mark is snapped to a frame's own time here; `probe.py` reads them from a file.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from vigsite.case.timecode import Span

FORMATS = "mov,matroska,mpegts,avi,mpeg,asf,dv,flv"
"""Demuxers that may open a recording, in ffmpeg's own names."""

UNPACKING = "mpeg4_unpack_bframes"
"""FFmpeg's bitstream filter for packed films. Without it, what a decoder makes of them after a seek
depends on whether it has read the film's beginning."""
_STAYS_US = 100_000
"""A frame on screen for longer than this is cut at the marks, not at its own ends."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A run of whole frames of a recording."""

    first: int
    """Number of its first frame, counted in the recording from 0."""
    frames: int
    start_us: int
    """Time of the first frame, in microseconds as ffmpeg's `-ss` counts."""
    length_us: int
    """From its begin until the frame after the last one."""
    late_us: int = 0
    """How long the first frame had been on screen when the cut begins: a frame that stays for
    long in a film of variable rate would bring along sound from before the mark."""


@dataclass(frozen=True, slots=True)
class Margins:
    """How many pixels of a stored picture are cut away at each side, before it is turned."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Stored:
    """How the stored pictures have to be read to look right."""

    upright: tuple[str, ...] = ()
    """ffmpeg filters that turn or mirror them, such as `transpose=clock`."""
    interlaced: bool = False
    """Whether they hold two half pictures of different instants."""
    light: str = ""
    """`hlg` or `pq` when it is a picture of high dynamic range; empty for a usual one."""
    primaries: str = ""
    """As ffmpeg's `zscale` names them when they reach beyond BT.709, such as Display P3."""
    margins: Margins | None = None
    """What the container says to cut away."""
    matrix: str = "bt709"
    """Colour matrix, stated or else usual for the size, as ffmpeg's `scale` names it."""
    range: str = "tv"
    """`pc` where black is 0 and white 255."""
    layout: tuple[int, int, str] | None = None
    """Width, height and pixel format as decoded, in a cut with pictures that are stored otherwise
    than the film's first one."""

    @classmethod
    def of_json(cls, found: dict[str, Any]) -> Stored:
        """Back from JSON. Raises TypeError or KeyError when it is something else."""
        margins, layout = found["margins"], found["layout"]
        found = {**found, "upright": tuple(found["upright"])}
        found["margins"] = margins and Margins(**margins)
        found["layout"] = layout and tuple(layout)
        return cls(**found)

    @property
    def made_here(self) -> bool:
        """Whether PyAV can make a still of it: it has no `zscale`."""
        return not (self.light or self.primaries)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of pictures that are stored in one way."""

    first: int
    """Number of its first picture, counted in the recording."""
    stored: Stored
    width: int
    """Upright width in square pixels, even."""
    height: int
    """Upright height in square pixels, even."""

    @classmethod
    def of_json(cls, found: dict[str, Any]) -> Stretch:
        """Back from JSON. Raises TypeError or KeyError when it is something else."""
        return cls(**{**found, "stored": Stored.of_json(found["stored"])})


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
    stored: Stored = Stored()
    """How its first picture is stored; `in_cut` tells of others."""
    layout: tuple[int, int, str] = (0, 0, "")
    """Width, height and pixel format of the first picture, as decoded."""
    sound_us: tuple[int, int] = (0, 0)
    """When the sound starts and ends."""
    stated_us: int = 0
    """How long it says it lasts, when the file breaks off before that; else 0."""
    lead_us: int = 0
    """How much earlier to seek: some films otherwise start after the mark."""
    origin_us: int | None = None
    """Time of the container's start on its own clock, where ffmpeg is to count by that."""

    unheard: bool = False
    """Whether it has a sound, but none that can be read."""
    ambisonic: bool = False
    """Whether its sound is a field around the camera, of which the first channel is all of it."""
    packed: bool = False
    """Whether a packet may hold two pictures, one to be shown later (DivX and Xvid in AVI)."""
    turns: tuple[tuple[int, Stored], ...] = ()
    """When its pictures are stored otherwise from then on, in microseconds from the begin of the
    one cut that it is used for; none in most films."""

    @property
    def duration_ms(self) -> int:
        """Length of the film in whole milliseconds."""
        return self.end_us // 1000

    def frame_at(self, time_ms: int) -> int:
        """The frame on screen at a time inside the film."""
        return max(0, bisect.bisect_right(self.frame_us, time_ms * 1000) - 1)

    def frame_nearest(self, time_us: int) -> int:
        """The frame that comes on screen nearest to a time in microseconds."""
        after = bisect.bisect_right(self.frame_us, time_us)
        around = range(max(0, after - 1), min(after + 1, len(self.frame_us)))
        return min(around, key=lambda frame: abs(self.frame_us[frame] - time_us))

    def time_of(self, frame: int) -> int:
        """The first whole millisecond at which a frame is on screen: typed, it means that frame."""
        return -(-self.frame_us[frame] // 1000)

    def early_us(self, cut: Cut) -> Fraction:
        """How much too early a frame's time is at most, counted from the cut's first frame.

        Of a constant rate, in containers whose clock ticks once a millisecond.
        """
        if not self.constant:
            return Fraction(0)
        first, length_us = self.frame_us[cut.first], 1_000_000 / Fraction(self.rate)
        after = self.frame_us[cut.first : cut.first + cut.frames]
        return max(number * length_us - (time - first) for number, time in enumerate(after))

    def cut(self, span: Span) -> Cut:
        """The frames of [start, end): the one on screen at `start` to the last before `end`."""
        first = self.frame_at(span.start_ms)
        after = max(first + 1, bisect.bisect_left(self.frame_us, span.end_ms * 1000))
        cut = self._cut(first, after)
        if self.constant:
            return cut
        late = span.start_ms * 1000 - self.frame_us[first]
        late = late if late > _STAYS_US else 0
        begin, last = self.frame_us[first] + late, self.frame_us[after - 1]
        marked = max(span.end_ms, span.start_ms + 1) * 1000
        end = min(self._off(after - 1), max(marked, last + _STAYS_US, begin + _STAYS_US))
        return replace(cut, late_us=late, length_us=end - begin)

    def whole_frames(self, span: Span) -> Span:
        """From when its first frame comes on screen until its last goes off."""
        cut = self.cut(span)
        off = self._off(cut.first + cut.frames - 1)
        return Span(self.frame_us[cut.first] // 1000, -(-off // 1000))

    def single(self, time_ms: int) -> Cut:
        """The one frame on screen at a time."""
        first = self.frame_at(time_ms)
        return self._cut(first, first + 1)

    def around(self, time_ms: int, within_ms: int) -> Cut:
        """The frames on screen not further from a time than that."""
        first = self.frame_at(max(0, time_ms - within_ms))
        return self._cut(first, self.frame_at(time_ms + within_ms) + 1)

    def _cut(self, first: int, after: int) -> Cut:
        start = self.frame_us[first]
        return Cut(first, after - first, self.offset_us + start, self._off(after - 1) - start)

    def _off(self, frame: int) -> int:
        """When a frame goes off screen."""
        after = frame + 1
        return self.frame_us[after] if after < len(self.frame_us) else self.end_us

    def begins_us(self, cut: Cut) -> int:
        """When a cut begins, from the first displayed frame."""
        return self.frame_us[cut.first] + cut.late_us

    def bounds_us(self, first: int, after: int) -> tuple[int, int]:
        """Half-way to the frames before and behind [first, after): between them is only these."""
        return self._bounds(first, after, quarters=2)

    def trimmed_us(self, first: int, after: int) -> tuple[int, int]:
        """The same for ffmpeg's `trim`, which rounds a time to the film's own clock.

        That may tick once a frame, so it is three quarters of the way to the frame that a bound
        is to let in, or to keep out; half-way it would go either way.
        """
        return self._bounds(first, after, quarters=3)

    def _bounds(self, first: int, after: int, quarters: int) -> tuple[int, int]:
        """Part of the way from the frame before to the first, and from the last to the next."""
        times, less = self.frame_us, 4 - quarters
        lower = times[0] - 1_000_000
        if first:
            lower = (less * times[first - 1] + quarters * times[first]) // 4
        last = times[after - 1]
        upper = max(self.end_us, last + 1)
        if after < len(times):
            upper = (less * last + quarters * times[after]) // 4
        return lower, upper

    def in_cut(self, cut: Cut, stretches: Sequence[Stretch]) -> Recording:
        """Itself as its pictures are stored in a cut, which begins with the first stretch.

        Each is drawn in the shape of the first: a box has to mean the same part of them all.
        """
        begin, *others = stretches
        turns = [
            (self.trimmed_us(one.first, one.first + 1)[0] - self.frame_us[cut.first], one.stored)
            for one in others
        ]
        return replace(
            self,
            width=begin.width,
            height=begin.height,
            stored=begin.stored,
            turns=tuple(turns),
        )

    def has_sound(self, cut: Cut) -> bool:
        """Whether any sound lies in a cut."""
        start = self.begins_us(cut)
        starts, ends = self.sound_us
        return self.audio is not None and start < ends and starts < start + cut.length_us

    def opened_us(self, cut: Cut) -> int:
        """Where ffmpeg seeks to for a cut; to the first frame it need not.

        It is a frame's own time: ffmpeg rounds it to the film's clock and counts from there."""
        early_us = cut.start_us - self.lead_us - self.offset_us
        if cut.first == 0 or early_us <= 0:
            return 0
        return self.offset_us + self.frame_us[bisect.bisect_right(self.frame_us, early_us) - 1]

    def mark_us(self, cut: Cut) -> int:
        """Time of a cut's first frame on the clock that ffmpeg's filters see."""
        if self.origin_us is not None:
            return self.origin_us + cut.start_us
        return cut.start_us - self.opened_us(cut)

    def to_json(self) -> str:
        """Itself as JSON, to be remembered."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Recording:
        """Back from `to_json`. Raises ValueError or TypeError when it is something else."""
        found = json.loads(text)
        found["stored"] = Stored.of_json(found["stored"])
        found["layout"], found["turns"] = tuple(found["layout"]), ()
        found["frame_us"] = tuple(found["frame_us"])
        found["sound_us"] = tuple(found["sound_us"])
        return cls(**found)
