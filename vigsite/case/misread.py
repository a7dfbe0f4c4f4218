"""What can be read in two ways: vigsite takes one, and says so, since the other may be meant.

Nothing here is a fault: each notice names both readings, and how to write either without doubt.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel

from vigsite.case.cycle_file import Between, MomentEntry, Near
from vigsite.case.faults import KeyPath, Report, Source, Typed
from vigsite.case.fields import Reach, Text
from vigsite.case.texts import fields_of
from vigsite.case.timecode import Span, format_time, minutes_instead, parse_time, span_instead
from vigsite.case.validate import options

_QUOTES = {
    **{"“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«", "‹": "›", "‘": "’", "‚": "‘’"},
    **{"″": "″", "「": "」", "『": "』", "＂": "＂", "`": "`", "´": "´"},
}
"""Quotes that mean nothing to YAML, each with what closes it."""
_BULLET = re.compile(r"[•▪●○‣◦]")
_DASHES = re.compile(r"[–—*-]\s|-\w")
_FIGURES = re.compile(r"\d{1,3}")
_WHOLE_TIME = re.compile(r"(?:\d{1,3}:)*\d{1,6}")


def notice_misread(written: BaseModel, source: Source, report: Report) -> None:
    """A notice for each text of a file that somebody may have meant another way."""
    lists: dict[KeyPath, list[Typed]] = {}
    for place, text, info in fields_of(written):
        kinds = options(info.annotation)
        alone = isinstance(place[-1], int) and source.typed_at(place) is None
        path = place[:-1] if alone else place  # one text where a list may stand
        typed = source.typed_at(path)
        chosen = isinstance(text, Enum) or any(typing.get_origin(k) is Literal for k in kinds)
        if typed is None or chosen:
            continue
        prose = list[Text] in kinds
        shown = any(isinstance(tag, Reach) and tag.editions for tag in info.metadata)
        if message := _lost(typed) or (shown and _stays(typed, alone=prose and alone)):
            report.notice(source, path, message)
        elif typed.listed and typed.plain and (prose or typed.text[0] in _QUOTES):
            lists.setdefault(path[:-1], []).append(typed)
        elif typed.listed and path[:-1] in lists:  # the end of what a curly quote began
            lists[path[:-1]].append(typed)
    for path, entries in lists.items():
        if len(entries) > 1:
            report.notice(source, path, _parted(entries))


def _lost(typed: Typed) -> str:
    """Say what YAML takes for a remark and may belong to the text before it; else empty."""
    text, begins = typed.text, typed.remark.lstrip()
    spaces = len(typed.remark) - len(begins)
    apart = spaces > 1 and begins[1:2] in ("", " ", "#")
    if not begins or (apart if typed.plain else not begins[1:2].isdigit()):
        return ""
    whole = f"{text} {begins}".replace('"', "'")
    return (
        f"is read as {text!r}, and {begins!r} as a remark, which nobody sees; if it belongs to "
        f'the text, write "{whole}", if not, put two spaces before the # and one after it'
    )


def _stays(typed: Typed, *, alone: bool) -> str:
    """Say what stays on the page and may be meant for YAML; else empty.

    `alone` is a text that stands where a list may.
    """
    text = typed.text
    if not typed.plain or not text:
        return ""
    inside = text[1:-1]
    if text[-1] in _QUOTES.get(text[0], "") and len(text) > 2 and text[-1] not in inside:
        return (
            f"is read with its quotes, which stay on the page: {text}. If they are only there to "
            f'hold the text, write "{inside}", if the page is to show them, write "{text}"'
        )
    if text.count('"') % 2:
        return f'has a quote " without its other half, which stays on the page: {text!r}; mend it'
    if (_BULLET.search(text) if alone else _BULLET.match(text)) or (alone and _DASHES.match(text)):
        return (
            f"is read as one text, with what looks like the sign of a list in it: {text[:60]!r}; "
            "in a list each entry begins with a hyphen and a space, if it is one text put it in "
            '"quotes"'
        )
    return ""


def _parted(entries: Sequence[Typed]) -> str:
    listed = ", ".join(repr(one.text) for one in entries[:3]) + (", …" if len(entries) > 3 else "")
    whole = ", ".join(entry.text for entry in entries).strip("".join(_QUOTES)).replace('"', "'")
    each = ", ".join(f'"{entry.text}"' for entry in entries[:2])
    more = "" if len(entries) < 3 else ", …"
    return (
        f"is read as {len(entries)} texts, since commas part them: {listed}; if it is one, write "
        f'["{whole}"], if they are several, put quotes around each: [{each}{more}]'
    )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A time that may be meant otherwise."""

    path: KeyPath
    message: str
    steers: bool
    """Whether another picture, cover or sound goes out if it was meant otherwise."""


def doubtful_times(
    moment: MomentEntry, here: KeyPath, source: Source, lasts_ms: int
) -> list[Doubt]:
    """Return the times of a moment of which both readings lie in its film, or in its clip.

    `here` is the moment's place in its file, `lasts_ms` how long its film is.
    """
    return list(_doubtful(moment, here, source, Span(0, lasts_ms)))


def _doubtful(moment: MomentEntry, here: KeyPath, source: Source, film: Span) -> Iterator[Doubt]:
    clip = source.typed_at((*here, "clip"))
    if moment.clip and clip and (other := span_instead(clip.text)) and film.holds(other):
        yield Doubt((*here, "clip"), _two(clip.text, _spelled(moment.clip), _spelled(other)), True)
    bounds = moment.clip or film
    for path, read, within, steers in _times(moment, here, source, bounds):
        typed = source.typed_at(path)
        other_ms = minutes_instead(typed.text) if typed else None
        if typed and other_ms is not None and within.start_ms <= other_ms < within.end_ms:
            message = _two(typed.text, format_time(read), format_time(other_ms))
            yield Doubt(path, message, steers)
    yield from _commas(moment, here, source, film)


def _times(
    moment: MomentEntry, here: KeyPath, source: Source, bounds: Span
) -> Iterator[tuple[KeyPath, int, Span, bool]]:
    """Each single time of a moment: its place, what it is read as, where it has to lie."""
    if isinstance(moment.still, Near):
        yield (*here, "still", "near"), moment.still.near, bounds, True
    elif moment.still is not None:
        yield (*here, "still"), moment.still, bounds, True
    for number, time in enumerate(moment.stills or ()):
        yield (*here, "stills", number), time, bounds, True
    for number, time in enumerate(moment.stop_at):
        place: KeyPath = (*here, "stop_at", number)
        yield place if source.typed_at(place) else place[:-1], time, bounds, False
    mutes = moment.mute if isinstance(moment.mute, list) else []
    stretches: dict[str, Sequence[Between]] = {
        "blur": moment.blur,
        "mute": mutes,
        "captions": moment.captions,
    }
    for key, found in stretches.items():
        for number, stretch in enumerate(found):
            for end, time in (("from", stretch.start), ("to", stretch.end)):
                within = Span(bounds.start_ms, bounds.end_ms + 1)
                yield (*here, key, number, end), time, within, key != "captions"


def _commas(moment: MomentEntry, here: KeyPath, source: Source, film: Span) -> Iterator[Doubt]:
    """`[2:01,4, 2:02,2]`: four times, or two with a decimal comma."""
    places = [(*here, "stills", number) for number in range(len(moment.stills or ()))]
    entries = [typed for place in places if (typed := source.typed_at(place))]
    for one, after in pairwise(entries):
        whole = _WHOLE_TIME.fullmatch(one.text) and _FIGURES.fullmatch(after.text)
        if whole and after.listed and (after.glued or ":" in one.text):
            meant = parse_time(f"{one.text}.{after.text}")
            if meant < film.end_ms:
                two = ", ".join(format_time(parse_time(entry.text)) for entry in (one, after))
                both = f"{one.text},{after.text}"
                yield Doubt(
                    (*here, "stills"), _two(both, f"two times, {two}", format_time(meant)), True
                )
                return


def _two(typed: str, read: str, other: str) -> str:
    return f"is typed {typed!r} and read as {read}, but may mean {other}; write the one you mean"


def _spelled(span: Span) -> str:
    return f"{format_time(span.start_ms)} - {format_time(span.end_ms)}"
