"""Times in a recording: text at the edges, whole milliseconds inside.

A time counts from the first displayed video frame of its recording. A span [start, end) is
half-open: the frame on screen at `end` no longer belongs to it.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass

_SECONDS = re.compile(r"(\d{1,6})(?:[.,](\d{1,9}))?$")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,9}))?$")
_MINUTES = re.compile(r"(\d{1,3})[.,]([0-5]\d)$")
_BETWEEN = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]|\bto\b)\s*", re.IGNORECASE)

EXPECTED_TIME = "expected a time such as 41.2, 1:05 or 1:02:03.5"
EXPECTED_SPAN = "expected a start and an end such as 0:41.2 - 0:48.0"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a recording, [start_ms, end_ms)."""

    start_ms: int
    """First instant, in milliseconds from the first displayed frame."""
    end_ms: int
    """First instant no longer inside."""

    @property
    def length_ms(self) -> int:
        """Length in milliseconds."""
        return self.end_ms - self.start_ms

    def holds(self, inner: Span) -> bool:
        """Whether `inner` lies wholly inside."""
        return self.start_ms <= inner.start_ms and inner.end_ms <= self.end_ms


def parse_time(text: str) -> int:
    """Milliseconds of a typed time: `41.2`, `1:05`, `1:05.250`, `1:02:03.5`; a comma will do.

    Raises ValueError with what was found and what was expected. Digits past the millisecond are
    rounded to the nearest.
    """
    typed = text.strip()
    if match := _SECONDS.match(typed):
        hours, minutes, seconds, fraction = 0, 0, int(match[1]), match[2]
    elif match := _CLOCK.match(typed):
        hours, minutes, seconds, fraction = (
            int(match[1] or 0),
            int(match[2]),
            int(match[3]),
            match[4],
        )
        if seconds > 59 or (match[1] and minutes > 59):
            raise ValueError(f"found {typed!r}; minutes and seconds after a colon go up to 59")
    else:
        several = re.search(r"\d[,;]\s+\d", typed)
        listed = f"; several stand in brackets: [{typed}]" if several else ""
        raise ValueError(f"found {typed!r}; {EXPECTED_TIME}{listed}")
    milliseconds = round(int(fraction) * 1000 / 10 ** len(fraction)) if fraction else 0
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds


def parse_span(text: str) -> Span:
    """The span of a typed range: `A - B`, `A – B` or `A to B`.

    Raises ValueError when it is no range, or when it ends before it starts.
    """
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 2 or not all(parts):
        raise ValueError(f"found {text.strip()!r}; {EXPECTED_SPAN}")
    span = Span(parse_time(parts[0]), parse_time(parts[1]))
    if span.length_ms <= 0:
        found = f"found {text.strip()!r}, which ends before it starts"
        short = _shortened(parts[0], parts[1], span.start_ms)
        raise ValueError(f"{found}; {short or 'swap the two times'}")
    return span


def _shortened(start: str, end: str, start_ms: int) -> str:
    """What was meant where an end leaves the minutes out (1:05-12) or is typed 1.12; else empty."""
    minutes = start.rpartition(":")[0]
    seconds = re.match(r"(\d{1,2})(?!\d)(.*)", end)
    tries = [f"{minutes}:{seconds[1]:0>2}{seconds[2]}"] if minutes and seconds else []
    tries += [end.replace(",", ":").replace(".", ":")]
    for text in tries:
        with contextlib.suppress(ValueError):
            if parse_time(text) > start_ms:
                return f"did you mean {start} - {text}?"
    return ""


def minutes_instead(text: str) -> int | None:
    """What 7.20 means to who takes the point for a colon: 7:20; None where that cannot be meant.

    One figure or three behind the point (41.2, 7.200) are no seconds of a minute.
    """
    match = _MINUTES.match(text.strip())
    return (int(match[1]) * 60 + int(match[2])) * 1000 if match else None


def span_instead(text: str) -> Span | None:
    """What 1.05 - 2.15 means to who takes points for colons; None where that cannot be meant."""
    ends = _BETWEEN.split(text.strip())
    others = [minutes_instead(end) for end in ends]
    if len(ends) != 2 or others == [None, None]:
        return None
    start, end = (
        other if other is not None else parse_time(f"{end}:00" if end.isdecimal() else end)
        for end, other in zip(ends, others, strict=True)
    )
    return Span(start, end) if start < end else None


def format_time(milliseconds: int) -> str:
    """The shortest usual writing of a time, at least to the tenth: `9:58.2`, `1:02:03.0`."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f"{rest:03d}".rstrip("0") or "0"
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}.{fraction}"
    return f"{minutes}:{seconds:02d}.{fraction}"
