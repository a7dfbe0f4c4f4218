"""Moments as vigsite has seen them, and what of their protection has vanished since.

A box that was deleted from the notes leaves no trace in them, nor does a person who was taken out
of `shows`. So `build` and `preview`, and what begins with a build, remember what was covered and
who was named, by recording and seconds: another name of the moment does not lose it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vigsite.case.case import Moment
from vigsite.case.consent import Ledger, answer
from vigsite.case.editions import Purpose
from vigsite.case.withdrawn import Place, shown_spans
from vigsite.media.guard import what_is_seen
from vigsite.media.plan import MomentPlan, Plan
from vigsite.record import CoveredSpan, KnownMoment, Record, RecordingSpans
from vigsite.records import Records

MUTED = "muted"
_AROUND_A_STILL_MS = 200
"""Pictures so near to a covered still may show the same."""


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """What a person has to look at in one moment."""

    guard: str
    """Hash over all that is to be confirmed; another cover, person or second gives another."""
    covers: str = ""
    """The part of it that asks for the covers alone (`media/guard.py`); empty without covers."""
    vanished: str = ""
    """What protected it before and does not any more, for messages; empty if nothing."""
    doubtful: str = ""
    """What of its times may be meant otherwise, for messages; empty if nothing."""
    may_name: str = ""
    """Of a sentence: what it may name, of `never_show`; empty for a moment."""


def remember_moments(records: Records, plan: Plan) -> None:
    """Add to the record what the notes say of each moment now. The caller holds the lock."""
    before = records.known().moments
    known = {(one.name, repr(one.at)): one for one in before}
    for name, planned in plan.moments.items():
        moment = planned.moment
        at = RecordingSpans.of(Place(name, shown_spans(moment.written), planned.recording))
        earlier = known.get((name, repr(at)))
        people = {*moment.shows, *(earlier.people if earlier else ())}
        covered = dict.fromkeys([*(earlier.covered if earlier else ()), *_covers(moment)])
        known[name, repr(at)] = KnownMoment(name, at, sorted(people), list(covered))
    if list(known.values()) != before:
        records.change(moments=list(known.values()))


def to_confirm(
    plan: Plan,
    names: Iterable[str],
    record: Record,
    ledger: Ledger,
    on: dt.date,
    also: Iterable[Purpose] = (),
) -> dict[str, ToConfirm]:
    """Return what a person has to look at, by the moment's name, of these moments.

    A moment needs a look when it is covered, cropped or muted; when it was and is not any more;
    when a time of it may be meant otherwise;
    and when somebody who was named as recognisable in these seconds is not named now and has not
    agreed, on the day `on`, to the keepsake and to what is in `also`. The seconds count, whatever
    a moment is called. After a record was lost, and with it what was covered, every moment needs
    a look.
    """
    found = {}
    after = _recordings_after_a_lost_one(plan, record)
    for name in names:
        planned = plan.moments[name]
        same = [one for one in record.moments if _same_seconds(one, planned)]
        if planned.guard:  # looked at by itself, whatever another moment of these seconds has
            others = plan.moments.keys() - {name}
            same = [one for one in same if one.name not in others]
        vanished = ["nobody knows any more whether it was covered"] if record.begun_anew else []
        vanished += _uncovered(planned, same)
        if planned.recording in after and not planned.guard and not vanished:
            vanished.append("a film with covered seconds is gone, and this may be the same film")
        vanished += _unnamed(planned.moment, same, ledger, on, (Purpose.KEEPSAKE, *also))
        if vanished or planned.doubtful:
            cuts = [(job.cut, job.look) for job in planned.jobs]
            doubts = (planned.doubtful,) if planned.doubtful else ()
            seen = (what_is_seen(planned.recording, cuts), vanished, *doubts)
            guard = hashlib.sha256(repr(seen).encode()).hexdigest()
            lost = "; ".join(vanished)
            found[name] = ToConfirm(guard, planned.guard, lost, planned.doubtful)
        elif planned.guard:
            found[name] = ToConfirm(planned.guard, planned.guard)
    return found


def _recordings_after_a_lost_one(plan: Plan, record: Record) -> set[str]:
    """Return the recordings that were first seen after one with covers which no moment shows now.

    Whoever converts a film and names its moment or cycle anew leaves nothing else to know it by.
    """
    shown = {planned.recording for planned in plan.moments.values()}
    order = list(dict.fromkeys(one.at.recording for one in record.moments))
    covered = {one.at.recording for one in record.moments if one.covered} - shown
    lost = [place for place, recording in enumerate(order) if recording in covered]
    known = order[: lost[0] + 1] if lost else [*order, *shown]
    return shown.difference(known)


def _uncovered(planned: MomentPlan, same: Sequence[KnownMoment]) -> list[str]:
    """Say what was covered, cropped or muted in the seconds of a moment that has no cover now."""
    if planned.guard:
        return []
    kinds = {
        span.kind: None
        for one in same
        for span in one.covered
        if one.at.recording != planned.recording
        or _touches(planned, [(span.start_ms, span.end_ms)])
        if planned.moment.clip or span.kind != MUTED
    }
    return [f"seconds of it were {kind} before, and it is not" for kind in kinds]


def _unnamed(
    moment: Moment,
    same: Sequence[KnownMoment],
    ledger: Ledger,
    on: dt.date,
    purposes: Sequence[Purpose],
) -> list[str]:
    """Say who was named in these seconds and is not now, if one of them has not agreed."""
    gone = sorted({person for one in same for person in one.people} - moment.shows)

    def agreed(person: str) -> bool:
        lines = ledger.lines
        known = person in ledger.people
        return known and all(answer(lines, person, what, on).agreed for what in purposes)

    if all(map(agreed, gone)):
        return []
    called = [ledger.people[one].called if one in ledger.people else one for one in gone]
    verb = "was" if len(called) == 1 else "were"
    return [f"{', '.join(called)} {verb} named in its seconds before and may not be recognisable"]


def _same_seconds(known: KnownMoment, planned: MomentPlan) -> bool:
    """Return whether a moment shows seconds of one that was seen before.

    One of another recording, or of none that is known, is known again by its name: the film may
    have been converted since.
    """
    if known.at.recording != planned.recording:
        return known.name == planned.moment.name
    return _touches(planned, known.at.spans)


def _touches(planned: MomentPlan, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether a moment shows any of these stretches, in milliseconds, of its recording."""
    return any(
        shown.start_ms < end + margin and start - margin < shown.end_ms
        for start, end in spans
        for margin in [_AROUND_A_STILL_MS if end - start <= 1 else 0]
        for shown in shown_spans(planned.moment.written)
    )


def _covers(moment: Moment) -> Iterator[CoveredSpan]:
    """Yield the seconds that the notes cover, crop or mute."""
    written = moment.written
    for blur in written.blur:
        yield CoveredSpan("blurred", blur.start, blur.end)
    whole = [(span.start_ms, span.end_ms) for span in shown_spans(written)]
    if written.crop:
        yield from (CoveredSpan("cropped", *ends) for ends in whole)
    if written.mute is True:
        yield from (CoveredSpan(MUTED, *ends) for ends in whole)
    elif written.mute:
        yield from (CoveredSpan(MUTED, mute.start, mute.end) for mute in written.mute)
