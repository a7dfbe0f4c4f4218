"""Moments as vigsite has seen them, and what of their protection has vanished since.

A box that was deleted from the notes leaves no trace in them, nor does a person who was taken out
of `shows`. So `build` and `preview`, and what begins with a build, remember what was covered and
who was named, by recording and seconds: another name of the moment does not lose it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vigsite.case.case import Case, Moment
from vigsite.case.consent import Admission, Ledger, answer
from vigsite.case.editions import Edition, Purpose
from vigsite.case.withdrawn import Place, shown_spans
from vigsite.errors import RecordingError
from vigsite.media.library import Library
from vigsite.media.plan import MomentPlan, Plan
from vigsite.media.recipes.hand_edits import what_is_seen
from vigsite.protection.covers import is_bare
from vigsite.protection.same_seconds import (
    MUTED,
    after_a_lost_one,
    covered_spans,
    in_another_file,
    known_in,
    seen_by_itself,
    still_names,
)
from vigsite.records.case_folder import Records
from vigsite.records.record import CoveredSpan, KnownMoment, Record, RecordingSpans


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """What a person has to look at in one moment."""

    guard: str
    """Hash over all that is to be confirmed; another cover, person or second gives another."""
    covers: str = ""
    """The part of it that asks for the covers alone (`hand_edits.py`); empty without covers."""
    vanished: str = ""
    """What protected it before and does not any more, for messages; empty if nothing."""
    doubtful: str = ""
    """What of its times may be meant otherwise, for messages; empty if nothing."""
    may_name: str = ""
    """Of a sentence: what it may name, of `never_show`; empty for a moment."""
    at: RecordingSpans | None = None
    """Where the moment lies; None for a sentence."""
    state: int = 0
    """How often its protections were seen to change (`KnownMoment.changes`)."""
    unnamed: frozenset[str] = frozenset()
    """Who was named in these seconds before and is not now, if that is asked about."""
    others: frozenset[str] = frozenset()
    """The guards of the same moment in other editions, where less or more is asked."""
    place: str = ""
    """Of a sentence: its file and line, `1-tea/cycle.yml:14`; empty where no file has it."""

    @property
    def where(self) -> str:
        """Its place in brackets, for messages."""
        return f" ({self.place})" if self.place else ""


def remember_moments(
    records: Records, plan: Plan, case: Case, on: dt.date, library: Library
) -> None:
    """Add to the record what the notes say of each moment now. The caller holds the lock."""
    record = records.known()
    before, ledger = record.moments, Ledger(case.written.family.people, case.written.consent)
    known = {(one.name, repr(one.at)): one for one in before}
    for name, planned in plan.moments.items():
        moment = planned.moment
        at = RecordingSpans.of(_place(planned))
        earlier = known.get((name, repr(at)))
        people = {*moment.shows, *(earlier.people if earlier else ())}
        covered = [*(earlier.covered if earlier else ()), *covered_spans(moment.written)]
        state = _state(moment)
        other = earlier is not None and earlier.state not in ("", state)
        known[name, repr(at)] = KnownMoment(
            name,
            at,
            sorted(people),
            list(dict.fromkeys(covered)),
            [one for one in (earlier.not_recognised if earlier else []) if one not in moment.shows],
            (earlier.only_in if earlier else []) or _only_in(moment),
            state,
            (earlier.changes if earlier else 0) + other,
            (earlier.frames if earlier else []) or _frames(planned, ledger, on, library),
        )
    if list(known.values()) != before:
        records.change(moments=list(known.values()), protections=record.protections + 1)


def to_confirm(
    plan: Plan, noted: Admission, record: Record, case: Case, on: dt.date, library: Library
) -> dict[str, ToConfirm]:
    """Return what a person has to look at in an edition, by the moment's name.

    `noted` is what the edition admits by the notes alone. A moment needs a look when it is covered,
    cropped or muted; when it was and is not any more; when a time of it may be meant otherwise; and
    when somebody who was named as recognisable in these seconds is not named now and has not
    agreed, on the day `on`, to the edition, to the keepsake and to what `noted` asks for besides.
    The seconds count, whatever a moment is called. After a record was lost, and with it what was
    covered, every moment needs a look.
    """
    purposes = (Purpose.KEEPSAKE, Purpose(noted.edition), *noted.also)
    ledger = Ledger(case.written.family.people, case.written.consent)
    found, noted_now = {}, [planned.moment for planned in plan.moments.values()]
    at = {name: _place(planned) for name, planned in plan.moments.items()}
    later = after_a_lost_one(record, at.values())
    for name in noted.names if not noted.empty else ():
        planned, place = plan.moments[name], at[name]
        written = planned.moment.written
        same = known_in(record, place, seen_by_itself(written, place, at))
        same += in_another_file(record, planned.moment.recording, place, library)
        lost = later.get(planned.recording, ())
        vanished = ["nobody knows any more whether it was covered"] if record.begun_anew else []
        uncovered = _bare(planned, same)
        vanished += _uncovered(planned, uncovered)
        own = [one for one in same if one.name == name or one.name not in plan.moments]
        vanished += _let_in(noted.edition, own)
        gone = (_shows(planned, span, in_it=False) for one in lost for span in one.covered)
        if not vanished and any(gone):
            vanished.append("a film with covered seconds is gone, and this may be the same film")
        people = {person for one in same for person in one.people}
        people |= {
            person for one in lost if not still_names(noted_now, one) for person in one.people
        }
        unnamed = frozenset(people - planned.moment.shows)
        asked_about = _unnamed(unnamed, ledger, on, purposes)
        vanished += asked_about
        if vanished or planned.doubtful:
            cuts = [(job.cut, job.look) for job in planned.jobs]
            doubts = (planned.doubtful,) if planned.doubtful else ()
            places = sorted(repr(span) for span in uncovered if span.box)
            seen = (what_is_seen(planned.recording, cuts), vanished, *doubts, *places)
            guard = hashlib.sha256(repr(seen).encode()).hexdigest()
            found[name] = ToConfirm(
                guard,
                planned.guard,
                "; ".join(vanished),
                planned.doubtful,
                at=RecordingSpans.of(place),
                state=max((one.changes for one in same if one.name == name), default=0),
                unnamed=unnamed if asked_about else frozenset(),
            )
        elif planned.guard:
            found[name] = ToConfirm(planned.guard, planned.guard)
    return found


def _place(planned: MomentPlan) -> Place:
    written = planned.moment.written
    return Place(planned.moment.name, shown_spans(written), planned.recording)


def _state(moment: Moment) -> str:
    """Return a mark of what protects a moment by the notes: covers, people, editions."""
    covers = sorted(map(repr, covered_spans(moment.written)))
    seen = (covers, sorted(moment.shows), sorted(moment.editions))
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _frames(planned: MomentPlan, ledger: Ledger, on: dt.date, library: Library) -> list[str]:
    moment = planned.moment
    refused = ledger.refusals(moment.shows, Edition.KEEPSAKE, on)
    if not (planned.guard or refused or _only_in(moment)):
        return []
    try:
        return list(map(str, library.frames(moment.recording, shown_spans(moment.written))))
    except RecordingError:  # then it shows nothing either
        return []


def _only_in(moment: Moment) -> list[str]:
    return [] if moment.editions.issuperset(Edition) else sorted(moment.editions)


def _let_in(edition: Edition, same: Sequence[KnownMoment]) -> list[str]:
    """Say that these seconds were kept out of an edition that admits them now."""
    before = [one.only_in for one in same if one.only_in and edition not in one.only_in]
    return [f"it was for {' and '.join(one)} alone before" for one in before[:1]]


def _bare(planned: MomentPlan, same: Sequence[KnownMoment]) -> list[CoveredSpan]:
    """Return what was covered, cropped or muted in the seconds of a moment and is not any more."""
    found = {
        span: None
        for one in same
        for span in one.covered
        if planned.moment.clip or span.kind != MUTED
        if _shows(planned, span, in_it=one.at.recording == planned.recording)
    }
    return list(found)


def _shows(planned: MomentPlan, before: CoveredSpan, *, in_it: bool) -> bool:
    written = planned.moment.written
    return is_bare(shown_spans(written), covered_spans(written), before, in_it=in_it)


def _uncovered(planned: MomentPlan, bare: Sequence[CoveredSpan]) -> list[str]:
    """Say what a moment does not cover, crop or mute any more."""
    left = {span.kind for span in covered_spans(planned.moment.written)}
    return [
        f"seconds of it were {kind} before, and "
        + ("not all of them are so, or in the same place" if kind in left else "it is not")
        for kind in dict.fromkeys(span.kind for span in bare)
    ]


def _unnamed(
    people: Iterable[str], ledger: Ledger, on: dt.date, purposes: Sequence[Purpose]
) -> list[str]:
    """Say who was named in these seconds and is not now, if one of them has not agreed."""
    gone = sorted(people)

    def agreed(person: str) -> bool:
        lines = ledger.lines
        known = person in ledger.people
        return known and all(answer(lines, person, what, on).agreed for what in purposes)

    if all(map(agreed, gone)):
        return []
    called = [ledger.people[one].called if one in ledger.people else one for one in gone]
    verb = "was" if len(called) == 1 else "were"
    return [f"{', '.join(called)} {verb} named in its seconds before and may not be recognisable"]
