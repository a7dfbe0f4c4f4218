"""Which moments of the record show the seconds of a moment, whatever each of them is called."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vigsite.case.case import Moment
from vigsite.case.cycle_file import MomentEntry
from vigsite.case.fields import Box
from vigsite.case.frames import FramePrint, shifted
from vigsite.case.timecode import Span
from vigsite.case.withdrawn import Films, Place, shown_spans
from vigsite.records.record import CoveredSpan, KnownMoment, Record, RecordingSpans

MUTED = "muted"
CROPPED = "cropped"
UNKNOWN = "covered"
"""The kind of a cover of which the record does not tell more."""
_AROUND_A_STILL_MS = 200
"""Pictures so near to a still may show the same."""


def same_seconds(known: KnownMoment, place: Place) -> bool:
    """Return whether a place shows seconds of a moment that was seen before.

    One of another recording, or of none that is known, is known again by its name: the film may
    have been converted since.
    """
    if known.at.recording != place.recording:
        return known.name == place.name
    covered = [(one.start_ms, one.end_ms) for one in known.covered]
    return touches(place.spans, [*known.at.spans, *covered])


def touches(shown: Iterable[Span], spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether some stretches share anything with others, given in milliseconds."""
    shown = tuple(shown)
    return any(
        one.start_ms < end + margin and start - margin < one.end_ms
        for start, end in spans
        for margin in [_AROUND_A_STILL_MS if end - start <= 1 else 0]
        for one in shown
    )


def after_a_lost_one(
    record: Record, places: Iterable[Place]
) -> Mapping[str, Sequence[KnownMoment]]:
    """Return, for recordings first seen after one that no moment shows now, that one's moments.

    Whoever converts a film and names its moment or cycle anew leaves nothing else to know it by.
    """
    places = tuple(places)
    shown = dict.fromkeys(place.recording for place in places)
    there = {place.name for place in places if not place.recording}  # its film is not here now
    order = list(dict.fromkeys(one.at.recording for one in record.moments))
    found: dict[str, list[KnownMoment]] = {}
    for known in record.moments:
        lost = known.at.recording
        if lost in shown or known.name in there:
            continue
        before = order[: order.index(lost) + 1]
        for recording in filter(None, shown):
            if recording not in before:
                found.setdefault(recording, []).append(known)
    return found


def known_in(record: Record, place: Place, but: Container[str] = ()) -> list[KnownMoment]:
    """Return what the record knows of the seconds of a place, but for moments named in `but`."""
    return [one for one in record.moments if same_seconds(one, place) and one.name not in but]


def in_another_file(
    record: Record, film: Path, place: Place, films: Films
) -> Iterator[KnownMoment]:
    """Yield what the record knows of the seconds of a place from another file of its film.

    Its frames tell, where the record has kept their fingerprints.
    """
    for known in record.moments:
        if not known.frames or known.at.recording == place.recording or not film.is_file():
            continue
        prints = [FramePrint.read(one) for one in known.frames]
        shifts = (films.shift_in(film, span, prints) for span in place.spans)
        moved = [
            (there.start_ms, there.end_ms)
            for shift in shifts
            if shift is not None
            for start, end in known.at.spans
            for wide in [_AROUND_A_STILL_MS if end - start <= 1 else 0]
            if (there := shifted(Span(max(0, start - wide), end + wide), shift))
        ]
        if touches(place.spans, moved):
            yield known


def not_recognised(record: Record, place: Place) -> frozenset[str]:
    """Return whom a person has looked for in exactly this place, and not recognised."""
    at = RecordingSpans.of(place)
    return frozenset(
        person
        for one in record.moments
        if (one.at.recording, one.at.spans) == (at.recording, at.spans)
        for person in one.not_recognised
    )


def still_names(moments: Iterable[Moment], known: KnownMoment) -> bool:
    """Return whether a moment of that name is among these and names everybody still."""
    return any(one.name == known.name and one.shows.issuperset(known.people) for one in moments)


def seen_by_itself(entry: MomentEntry, place: Place, names: Iterable[str]) -> frozenset[str]:
    """Return the other moments that count for nothing in one that is covered.

    A person looks at that one by itself, whatever another moment of these seconds has.
    """
    return frozenset(names) - {place.name} if any(covered_spans(entry)) else frozenset()


def covered_spans(entry: MomentEntry) -> Iterator[CoveredSpan]:
    """Yield the seconds that the notes of a moment cover, crop or mute."""
    for blur in entry.blur:
        yield CoveredSpan("blurred", blur.start, blur.end, _place_of(blur.box, blur.to_box))
    whole = [(span.start_ms, span.end_ms) for span in shown_spans(entry)]
    if entry.crop:
        yield from (CoveredSpan(CROPPED, *ends, _place_of(entry.crop, None)) for ends in whole)
    if entry.mute is True:
        yield from (CoveredSpan(MUTED, *ends) for ends in whole)
    elif entry.mute:
        yield from (CoveredSpan(MUTED, mute.start, mute.end) for mute in entry.mute)


def covers_of(moments: Iterable[Moment]) -> dict[str, list[CoveredSpan]]:
    """Return what the notes cover, crop or mute in each of these moments, by its name."""
    return {moment.name: list(covered_spans(moment.written)) for moment in moments}


def _place_of(first: Box, last: Box | None) -> tuple[float, ...]:
    boxes = (first, last) if last else (first,)
    return tuple(
        round(float(side), 6) for one in boxes for side in (one.x, one.y, one.width, one.height)
    )
