"""A case as vigsite knows it: what its notes say now, and what they said before.

A person who is taken out of `shows`, and an agreement whose end is taken out of case.yml, leave no
trace in the notes. The record has kept both, so every command that asks for consent reads the case
here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from vigsite.case.case import Case, Moment
from vigsite.case.case_file import Consent
from vigsite.case.consent import Ledger, ends_of
from vigsite.case.faults import Report, Source
from vigsite.case.load import Read, load_case
from vigsite.case.withdrawn import Place, ledger_lines, shown_spans
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.media.library import Library
from vigsite.protection.same_seconds import (
    after_a_lost_one,
    in_another_file,
    known_in,
    not_recognised,
    seen_by_itself,
    still_names,
    touches,
)
from vigsite.records.case_folder import Records
from vigsite.records.record import AgreementEnd, Record

NOBODY = frozenset[str]()


def library_of(
    records: Records,
    *,
    keep: bool = True,
    notes: bool = False,
    told: Callable[[str, float], None] | None = None,
) -> Library:
    """Return the recordings of a case; `keep`, `notes` and `told` are those of `Library`."""
    return Library(
        records.folder / "recordings", records.scratch, keep=keep, notes=notes, told=told
    )


def read_case(
    directory: Path, records: Records, library: Library, pending: Sequence[Withdrawal] = ()
) -> Read:
    """Return what `load_case` returns, with everything that the record adds to it.

    Raises StateFault when the record cannot be used.
    """
    read, record = load_case(directory, library, pending), records.known()
    if read.ledger is None:
        return read
    ended = _ended(read.ledger, record.ends)
    if ended:
        read = _with_lines(read, ended, directory)
    case = _with_people_named_before(read.case, record, library) if read.case else None
    return read._replace(case=case)


def as_noted(case: Case, names: Collection[str] | None = None) -> Case:
    """Return a case with those alone in it whom its notes name now, in these moments or in all."""
    return _with(
        case,
        {
            one.name: one.named_before if names is not None and one.name not in names else NOBODY
            for one in case.moments
        },
    )


def remember_ends(records: Records, ledger: Ledger, today: dt.date) -> None:
    """Add to the record which agreements of case.yml have ended. The caller holds the lock."""
    ends = records.known().ends
    known = {(one.person, one.purpose, one.day) for one in ends}  # their lines may be ours
    found = [
        AgreementEnd(line.person, purpose.value, day, line.withdrawn == day)
        for line in _noted(ledger)
        for day in ends_of(line)
        if day <= today
        for purpose in line.purposes
        if (line.person, purpose.value, day) not in known
    ]
    if found:
        records.change(ends=list(dict.fromkeys([*ends, *found])))


def _noted(ledger: Ledger) -> Sequence[Consent]:
    """Return the lines of case.yml, without the persons of withdrawn.yml behind them."""
    return ledger.lines[: len(ledger.lines) - len(ledger_lines(ledger.withdrawn))]


def _ended(ledger: Ledger, ends: Sequence[AgreementEnd]) -> list[AgreementEnd]:
    """Return the ends that case.yml told of once, and does not tell of any more.

    A line that was given since, or that names a later last day, takes the place of an end.
    """
    return [end for end in ends if not any(_tells_of(line, end) for line in _noted(ledger))]


def _tells_of(line: Consent, end: AgreementEnd) -> bool:
    if line.person != end.person or end.purpose not in line.purposes:
        return False
    if line.withdrawn == end.day or (line.given and line.given > end.day):
        return True
    return not end.withdrawn and (
        line.given == end.day or bool(line.until and line.until >= end.day - dt.timedelta(1))
    )


def _with_lines(read: Read, ended: Sequence[AgreementEnd], directory: Path) -> Read:
    assert read.ledger
    lines = [
        Consent.model_validate(
            {"person": one.person, "for": one.purpose, "withdrawn": f"{one.day}"}
        )
        for one in ended
    ]
    ledger = replace(read.ledger, lines=[*lines, *read.ledger.lines])
    source = read.case.source if read.case else Source(directory / "case.yml")
    for one in ended:
        _say(one, ledger, source, read.report)
    case = read.case and replace(
        read.case,
        written=read.case.written.model_copy(
            update={"consent": [*lines, *read.case.written.consent]}
        ),
    )
    return read._replace(ledger=ledger, case=case)


def _say(end: AgreementEnd, ledger: Ledger, source: Source, report: Report) -> None:
    called = ledger.people[end.person].called if end.person in ledger.people else end.person
    message = (
        f"does not tell any more that {called}'s agreement to {end.purpose} ended on {end.day}, as "
        "it did before, so that end still counts. Put the line back; or, if the family has agreed "
        "again, add a line with the day on which they did (given)"
    )
    report.notice(source, ("consent",), message)


def _with_people_named_before(case: Case, record: Record, library: Library) -> Case:
    if not record.moments:
        return case
    places = {moment.name: place_of(moment, library) for moment in case.moments}
    later = after_a_lost_one(record, places.values())
    found = {}
    for moment in case.moments:
        place = places[moment.name]
        same = known_in(record, place, seen_by_itself(moment.written, place, places))
        same += [o for o in later.get(place.recording, ()) if touches(place.spans, o.at.spans)]
        same += in_another_file(record, moment.recording, place, library)
        others = [one for one in case.moments if one.name != moment.name]
        # another one that is shown with these people: this one is without them on purpose
        same = [one for one in same if not still_names(others, one)]
        named = {person for one in same for person in one.people}
        found[moment.name] = frozenset(named) - moment.shows - not_recognised(record, place)
    return _with(case, found) if any(found.values()) else case


def place_of(moment: Moment, library: Library) -> Place:
    """Return where a moment lies now; of no recording when its film is not there."""
    film = moment.recording
    recording = library.hash_of(film) if film.is_file() else ""
    return Place(moment.name, shown_spans(moment.written), recording)


def _with(case: Case, named: dict[str, frozenset[str]]) -> Case:
    cycles = tuple(
        replace(
            cycle,
            moments=tuple(replace(one, named_before=named[one.name]) for one in cycle.moments),
        )
        for cycle in case.cycles
    )
    return replace(case, cycles=cycles)
