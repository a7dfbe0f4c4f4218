"""What is due in a case: what consent no longer allows, what ends soon, what was to be deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.building.open_case import look_into
from vigsite.case.case import Case
from vigsite.case.consent import Ledger, answer, last_day
from vigsite.case.deletion_record import begun_on
from vigsite.case.editions import Purpose
from vigsite.case.faults import Fault
from vigsite.case.recordings import films_of
from vigsite.erasure.another_family import another_family
from vigsite.erasure.earlier_hosting import hosted_under_another_id
from vigsite.erasure.end_access import mixed_up
from vigsite.erasure.less_covered import less_covered
from vigsite.erasure.lost_withdrawals import lost_withdrawals, older_record
from vigsite.erasure.nearby import (
    copies_nearby,
    copies_of_deleted_films,
    unknown_places,
)
from vigsite.erasure.neighbours import cases_that_show, withdrawn_nearby
from vigsite.erasure.private_media import unfinished
from vigsite.erasure.server_access import ending, lying_about, outstaying
from vigsite.erasure.still_there import (
    in_their_hands,
    left_by_killed_runs,
    moved_away,
    no_longer_allowed,
    out_of_reach,
)
from vigsite.protection.allowed import allowance_of
from vigsite.records.gone_record import is_gone, what_is_unknown
from vigsite.records.site_folders import places
from vigsite.terminal.quoting import in_shell

SOON_DAYS = 30


@dataclass(slots=True)
class Due:
    """What is due in one case."""

    slug: str
    overdue: list[str] = field(default_factory=list)
    """What has to be done now, with the command that does it."""
    soon: list[str] = field(default_factory=list)
    """What comes in the next days, and what nobody but the family can do."""
    faults: list[Fault] = field(default_factory=list)
    """What keeps the rest from being told."""


def what_is_due(given: Path, out: Path, on: dt.date) -> Due:
    """What is due on the day `on`. Reads only. Raises InputError when it is no case."""
    if begun := begun_on(given):
        again = f"vigsite purge {in_shell(given)} --all --do"
        return Due(given.name, [f"its deletion, begun on {begun}, is not finished: {again}"])
    opened = look_into(given)
    records, library, read = opened.records, opened.library, opened.read
    due = Due(records.case_dir.name, faults=read.report.faults)
    if allowance := allowance_of(read, records, on):
        for one in no_longer_allowed(allowance, records, places(out, due.slug)):
            due.overdue.append(f"{one}. To take it away: vigsite build {in_shell(given)}")
        for left in left_by_killed_runs(allowance, records):
            told = due.overdue if left.from_before else due.soon
            told.append(f"{left}. To delete it: vigsite build {in_shell(given)}")
        due.overdue += outstaying(allowance, records, given)
        due.overdue += [f"not deleted: {said}" for said in out_of_reach(allowance, records)]
        due.overdue += moved_away(allowance, records)
        due.soon += [f"not deleted: {said}" for said in in_their_hands(allowance, records)]
        due.overdue += copies_nearby(allowance, records)
    bare = less_covered(read.case, records, library, given, allowance)
    due.overdue += [str(one) for one in bare if one.is_urgent]
    due.soon += [str(one) for one in bare if not one.is_urgent]
    due.overdue += mixed_up(records)
    due.overdue += copies_of_deleted_films(records)
    due.overdue += [*unknown_places(records), *hosted_under_another_id(records)]
    due.overdue += lost_withdrawals(records, places(out, due.slug).values())
    if why := older_record(records, places(out, due.slug).values()):
        due.overdue.append(why)
    if read.ledger is not None:
        if unfinished(records, read.ledger.withdrawn):
            go_on = f"vigsite build {in_shell(given)}"
            due.overdue.append(f"a withdrawal is not finished. To go on: {go_on}")
        due.soon += _agreements(read.ledger, on)
    due.overdue += cases_that_show(read, records, library, on)
    if read.case:
        due.overdue += withdrawn_nearby(read.case, records, library, on)
        if why := another_family(records, read.case):
            due.overdue.append(why)
    if is_gone(records.case_dir):
        due.overdue.append(what_is_unknown(records.case_dir))
    if twice := records.found_twice():
        due.overdue.append(twice)
    due.soon += ending(records, on, on + dt.timedelta(SOON_DAYS), given)
    due.soon += lying_about(records, on)
    if read.case is not None:
        _retention(read.case, given, on, due)
    return due


def _agreements(ledger: Ledger, on: dt.date) -> Iterator[str]:
    """Agreements that hold on a day, and end in the days after it."""
    for person, known in ledger.people.items():
        ends: dict[dt.date, list[str]] = {}
        for purpose in Purpose:
            if answer(ledger.lines, person, purpose, on).agreed:
                day = last_day(ledger.lines, person, purpose, on)
                if day and day <= on + dt.timedelta(SOON_DAYS):
                    ends.setdefault(day, []).append(purpose)
        for day, purposes in sorted(ends.items()):
            yield f"{known.called} agrees to {', '.join(purposes)} until {day}; ask again in time"


def _retention(case: Case, given: Path, on: dt.date, due: Due) -> None:
    kept, soon = case.written.retention, on + dt.timedelta(SOON_DAYS)
    command = f"vigsite purge {in_shell(given)}"
    films = [film for film, _ in films_of(case) if film.is_file()]
    deleted = {folder: line.since for line in case.taken_back for folder in line.films_of}
    for film, folder in films_of(case):
        if folder in deleted and film.is_file():
            said = f"{folder}: {film.name} is there, although films were deleted on"
            due.overdue.append(f"{said} {deleted[folder]}: {command} --recordings")
    for what, day, option in (
        ("keep the films", kept.recordings if films else None, "--recordings"),
        ("keep the case", kept.case, "--all"),
    ):
        if day and day < on:
            due.overdue.append(f"the last day to {what} was {day}: {command} {option}")
        elif day and day <= soon:
            due.soon.append(f"the last day to {what} is {day}; then: {command} {option}")
