"""Takes back a moment, or everything a person agreed to: written down first, then deleted.

The line in withdrawn.yml comes first. Killed at any instant after it, every later command keeps
the moment out, and the next that writes goes on deleting; `vigsite due` lists what is left.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vigsite.building.open_case import OpenCase, look_into, open_to_take_away
from vigsite.case.case import Case, Moment
from vigsite.case.consent import Ledger
from vigsite.case.faults import CaseFaults, Report
from vigsite.case.frames import FramePrint
from vigsite.case.load import Read
from vigsite.case.recordings import films_of
from vigsite.case.validate import did_you_mean
from vigsite.case.withdrawn import (
    Place,
    around_stills,
    read_withdrawn,
    withdrawn_spans,
)
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.erasure.another_family import another_family
from vigsite.erasure.earlier_hosting import hosted_under_another_id
from vigsite.erasure.less_covered import less_covered
from vigsite.erasure.lost_withdrawals import lost_withdrawals, mark_withdrawals, older_record
from vigsite.erasure.nearby import (
    copies_nearby,
    lost_hand_overs,
    unknown_places,
)
from vigsite.erasure.neighbours import cases_that_show
from vigsite.erasure.private_media import Stretch, measure, remains
from vigsite.erasure.server_access import outstaying
from vigsite.erasure.still_there import (
    Disallowed,
    in_their_hands,
    moved_away,
    no_longer_allowed,
    out_of_reach,
)
from vigsite.erasure.take_away import unpublish
from vigsite.errors import InputError, RecordingError, VigsiteError
from vigsite.files.atomic import delete
from vigsite.media.library import Library
from vigsite.protection.allowed import Allowance, allowance_of
from vigsite.protection.same_seconds import touches
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import is_gone, what_is_unknown
from vigsite.records.handovers import handed_over
from vigsite.records.places import clean_up
from vigsite.records.site_folders import places
from vigsite.records.withdrawals import PERSON, write_down


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """What a withdrawal means for a case, before or after it is done."""

    slug: str
    what: str
    """What is taken back: `the moment 1-tea/looks`, `everything that Ash agreed to`."""
    lines: tuple[Withdrawal, ...]
    """What withdrawn.yml gets; none when it holds that already."""
    moments: tuple[str, ...]
    """Every moment that is shown nowhere after that."""
    along: tuple[str, ...]
    """Those of them that go with the named one, since they show some of the same seconds."""
    doomed: tuple[Disallowed, ...]
    """Sites and packs that are deleted."""
    remains: Stretch
    """Finished clips, contact sheets and temporary files that are deleted."""
    unreachable: tuple[str, ...]
    """A sentence for each thing that is not deleted, since it is not there now."""
    given: tuple[str, ...]
    """A sentence for each pack that is not deleted, since it is the family's."""
    handed_over: tuple[str, ...]
    """A sentence for each pack of the register that holds one of the moments."""
    notes: tuple[str, ...] = ()
    """What to know besides."""
    nearby: tuple[str, ...] = ()
    """A sentence for each thing that shows it, or may, and that only a person can delete."""
    nothing_known: bool = False
    """Whether vigsite remembers no site, pack or contact sheet of the case at all."""


@dataclass(frozen=True, slots=True)
class _Plan:
    shown: Withdrawing
    allowance: Allowance
    read: Read


def foresee_withdrawal(given: Path, target: str, out: Path, today: dt.date) -> Withdrawing:
    """What withdrawing `target` would delete; writes nothing.

    `target` is a moment's name or `person:NAME`. Raises InputError when there is no such thing,
    and CaseFaults when nobody can tell who agreed to what.
    """
    return _plan(look_into(given), target, out, today).shown


def withdraw(
    given: Path, target: str, out: Path, today: dt.date, said: Callable[[str], None]
) -> Withdrawing:
    """Withdraws `target`; tells `said` what was deleted.

    Raises VigsiteError when something could not be deleted: it is withdrawn all the same.
    """
    with open_to_take_away(given) as opened:
        records, plan = opened.records, _plan(opened, target, out, today)
        write_down(records, plan.shown.lines)
        delete(records.swept)  # whoever asks again has perhaps put a backup back
        targets = places(out, records.case_dir.name)
        moved = moved_away(plan.allowance, records)
        mark_withdrawals(records, targets.values())
        clean_up(records, targets)
        for sentence in outstaying(plan.allowance, records, given):
            said(f"NOW: {sentence}")
        for sentence in unpublish(plan.allowance, records, targets):
            said(sentence)
        for bare in less_covered(plan.read.case, records, opened.library, given, plan.allowance):
            said(f"NOW: {bare}")
        left = no_longer_allowed(plan.allowance, records, targets)
        if still := [*(str(one.target) for one in left), *map(str, remains(records))]:
            raise VigsiteError(f"Withdrawn, but this is still there: {', '.join(still)}.")
        return replace(
            plan.shown,
            nearby=tuple(_nearby(plan, opened)),
            unreachable=(*moved, *out_of_reach(plan.allowance, records)),
            given=tuple(in_their_hands(plan.allowance, records)),
        )


def _names_before(records: Records, lines: Sequence[Withdrawal]) -> set[str]:
    """Return under which names the withdrawn seconds were ever built: packs go by these."""
    record = records.known()
    return {
        name
        for site in (*record.sites, *record.taken_away)
        for name, at in site.sources.items()
        for line in lines
        if line.recording and at.recording == line.recording and touches(line.spans, at.spans)
    }


def _nearby(plan: _Plan, opened: OpenCase) -> list[str]:
    """Return what only a person can see to: copies nearby, and what nobody knows."""
    records = opened.records
    found = copies_nearby(plan.allowance, records)
    found += cases_that_show(plan.read, records, opened.library, plan.allowance.today)
    found += [*unknown_places(records), *hosted_under_another_id(records)]
    found += lost_withdrawals(records)
    found += filter(None, [older_record(records)])
    found += lost_hand_overs(records)
    if is_gone(records.case_dir):
        found.append(what_is_unknown(records.case_dir))
    if twice := records.found_twice():
        found.append(twice)
    return found


def _plan(opened: OpenCase, target: str, out: Path, today: dt.date) -> _Plan:
    now, records, library = opened.read, opened.records, opened.library
    if now.case is None or now.ledger is None:
        raise CaseFaults(now.report.faults)
    if why := another_family(records, now.case):
        raise VigsiteError(why)
    person = target.removeprefix(PERSON) if target.startswith(PERSON) else None
    if person is not None:
        what, lines, named = _person(now.case, now.ledger, records, person, today)
    else:
        what, lines, named = _moment(now, records, library, target, today)
    lines = [_told_apart(line, opened.directory) for line in lines]
    then = opened.read_again(lines)
    allowance = allowance_of(then, records, today)
    if then.case is None or allowance is None:
        raise CaseFaults(then.report.faults)
    before = {out.moment.name for out in now.case.withdrawn}
    along = [
        out.moment.name
        for out in then.case.withdrawn
        if out.moment.name not in before and out.moment.name not in named
    ]
    shown = Withdrawing(
        records.case_dir.name,
        what,
        tuple(lines),
        (*named, *along),
        tuple(along),
        tuple(no_longer_allowed(allowance, records, places(out, records.case_dir.name))),
        measure(remains(records)),
        (*moved_away(allowance, records), *out_of_reach(allowance, records)),
        tuple(in_their_hands(allowance, records)),
        tuple(handed_over(now.case, {*named, *along, *_names_before(records, lines)})),
        tuple(_notes(now.case, person, today)),
        nothing_known=not any((records.sites(), records.taken_away(), records.sheets_elsewhere())),
    )
    plan = _Plan(shown, allowance, then)
    return replace(plan, shown=replace(shown, nearby=tuple(_nearby(plan, opened))))


def _told_apart(line: Withdrawal, directory: Path) -> Withdrawal:
    """Return the line with its time when the file has one of the same day for the same.

    The clock alone does not tell two of the same second apart, nor two of an hour that it had
    twice; a line that is lifted already would then lift the new one too.
    """
    written = read_withdrawn(directory, Report()) or ()
    same = [one.named for one in written if one.lifts is None]
    now = f"{dt.datetime.now():%H:%M:%S}"
    times = (None, now, *(f"{now} ({count})" for count in range(2, len(same) + 2)))
    tries = (line.model_copy(update={"at": at}) for at in times)
    return next(one for one in tries if one.named not in same)


def _person(
    case: Case, ledger: Ledger, records: Records, person: str, today: dt.date
) -> tuple[str, list[Withdrawal], list[str]]:
    """What to call it, the line to write, and the moments in which the person is recognised."""
    people = ledger.people
    if person not in people:
        guess = did_you_mean(person, people) or f"expected one of {', '.join(people)}"
        raise InputError(f"{PERSON}{person}: case.yml names nobody so; {guess}")
    named = [moment.name for moment in case.moments if person in moment.recognisable]
    for site in records.sites():
        named += [name for name, shows in site.moments.items() if person in shows]
    what = f"everything that {people[person].called} agreed to"
    last = max((line.since for line in ledger.withdrawn if line.person == person), default=None)
    newest = max(
        (line.given for line in ledger.lines if line.person == person and line.given),
        default=dt.date.min,
    )
    known = last is not None and (last == today or newest <= last)
    line = Withdrawal.model_validate({"since": str(today), "person": person})
    return what, [] if known else [line], list(dict.fromkeys(named))


def _moment(
    now: Read, records: Records, library: Library, name: str, today: dt.date
) -> tuple[str, list[Withdrawal], list[str]]:
    """What to call it, the line to write, and the moment's name."""
    assert now.case is not None
    what = f"the moment {name}"
    earlier = [line for line in now.case.taken_back if line.moment == name]
    if earlier and not any(moment.name == name for moment in now.case.moments):
        line = earlier[-1]
        place = Place(name, tuple(line.spans), line.recording or "")
        known_again = any(one.frames for one in earlier)
        film = None if known_again else _film_of(place, now.case, library)
        return what, [_line_of(place, film, library, today)] if film else [], [name]
    for moment in (*now.case.moments, *(out.moment for out in now.case.withdrawn)):
        if moment.name == name:  # one that went along with another gets a line of its own
            return what, [_line(moment, records, library, today)], [name]
    for site in records.sites():
        if name in site.moments:
            place = replace(site.place(name), spans=around_stills(site.place(name).spans))
            film = _film_of(place, now.case, library)
            return what, [_line_of(place, film, library, today)], [name]
    known = [moment.name for moment in now.case.moments]
    if now.report.faults and name not in known:
        raise CaseFaults(now.report.faults)
    ending = [other for other in known if other.endswith(f"/{name}")]
    guess = f"did you mean {ending[0]}?" if ending else did_you_mean(name, known)
    there = guess or f"there is: {', '.join(known) or 'none'}"
    raise InputError(
        f"{name}: no such moment; {there} A moment is named like 1-breakfast/looks-up, a person "
        "like person:rowan."
    )


def _line(moment: Moment, records: Records, library: Library, today: dt.date) -> Withdrawal:
    film, spans = moment.recording, tuple(withdrawn_spans(moment.written))
    if film.is_file():
        return _line_of(Place(moment.name, spans, library.hash_of(film)), film, library, today)
    known = (site.place(moment.name).recording for site in records.sites())
    recording = next(filter(None, known), "")
    return _line_of(Place(moment.name, spans, recording), None, library, today)


def _film_of(place: Place, case: Case, library: Library) -> Path | None:
    """The recording of a place, while it is there."""
    films = (film for film, _folder in films_of(case) if place.recording and film.is_file())
    return next((film for film in films if library.hash_of(film) == place.recording), None)


def _line_of(place: Place, film: Path | None, library: Library, today: dt.date) -> Withdrawal:
    """The line to write: with a film, as wide as whole frames, and with fingerprints of them."""
    line = Withdrawal.model_validate({"since": str(today), "moment": place.name})
    spans, frames = list(place.spans), list[FramePrint]()
    if film is not None:
        with contextlib.suppress(RecordingError):  # then it shows nothing either
            probed = library.probe(film)  # a neighbour may share a frame that no mark names
            spans = [probed.whole_frames(span) for span in spans]
            frames = library.frames(film, spans)
    known = {"recording": place.recording, "spans": spans, "frames": frames}
    return line.model_copy(update=known if place.recording else {})


def _notes(case: Case, person: str | None, today: dt.date) -> list[str]:
    return [
        f"case.yml has a line for {case.called(person)} that is given on {line.given}, later than "
        "today: it will count from then on. Take it out if it is not meant any more"
        for line in case.written.consent
        if person is not None and line.person == person and line.given and line.given > today
    ]
