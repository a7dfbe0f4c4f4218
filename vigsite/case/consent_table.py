"""Who agreed to what, on a day, in plain words, and which moments that lets in or keeps out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from vigsite.case.case import Case
from vigsite.case.case_file import Consent
from vigsite.case.consent import Standing, admit, answer, last_day
from vigsite.case.editions import Edition, Purpose

_ALWAYS = (Purpose.REVIEW, Purpose.KEEPSAKE, Purpose.SUPERVISION, Purpose.HOSTING)


@dataclass(frozen=True, slots=True)
class Explained:
    """The ledger of a case on a day."""

    purposes: tuple[Purpose, ...]
    """The columns: the usual ones, and others that somebody was asked for."""
    table: dict[str, list[str]]
    """What stands in the columns, by what pages call the person."""
    moments: list[str]
    """How many moments each edition gets, and what each person lets in or keeps out."""
    worth_knowing: list[str]
    """Lines that may not say what was meant, with file and line."""


def explain(case: Case, on: dt.date) -> Explained:
    """All that consent decides on the day `on`."""
    asked = {purpose for line in _in_case_yml(case) for purpose in line.purposes}
    purposes = tuple(p for p in Purpose if p in _ALWAYS or p in asked)
    table = {
        person.called: [in_words(case, name, purpose, on) for purpose in purposes]
        for name, person in case.written.family.people.items()
    }
    moments = [*_editions(case, on), *_persons(case, on)]
    return Explained(purposes, table, moments, list(_worth_knowing(case, on)))


def in_words(case: Case, person: str, purpose: Purpose, on: dt.date) -> str:
    """`yes`, `yes until 2027-01-04`, `no since 2026-03-01`, `never asked` ..."""
    ledger = case.written.consent
    found = answer(ledger, person, purpose, on)
    match found.standing:
        case Standing.AGREED:
            end = last_day(ledger, person, purpose, on)
            return f"yes until {end}" if end else "yes"
        case Standing.WITHDRAWN:
            return f"no since {found.day}"
        case Standing.ENDED:
            return f"no, ended {found.day}"
        case Standing.NOT_YET:
            return f"agrees from {found.day}"
        case _:
            return "never asked"


def _editions(case: Case, on: dt.date) -> Iterator[str]:
    for edition in Edition:
        admission = admit(case, edition, on)
        possible = len(admission.moments) + len(admission.left_out)
        held = f" ({admission.held})" if admission.held else ""
        yield f"{edition}: {len(admission.moments)} of {_moments(possible)}{held}"
        for out in admission.left_out:
            yield f"  without {out.moment.name}: {'; '.join(out.reasons)}"
        if edition.is_kept:
            yield from _hosting(case, admission.names, on)
    for kept_out in case.withdrawn:
        yield f"withdrawn on {kept_out.because.since}, so in none: {kept_out.moment.name}"


def _hosting(case: Case, kept: tuple[str, ...], on: dt.date) -> Iterator[str]:
    """Hosted is of the keepsake what everybody in it agreed to host."""
    why: dict[str, str] = {}
    for moment in case.moments:
        for person in sorted(moment.recognisable) if moment.name in kept else ():
            found = answer(case.written.consent, person, Purpose.HOSTING, on)
            if not found.agreed:
                why.setdefault(moment.name, found.sentence(case.called(person)))
    yield f"hosting: {len(kept) - len(why)} of the keepsake's {_moments(len(kept))}"
    for name, reason in why.items():
        yield f"  without {name}: {reason}"


def _persons(case: Case, on: dt.date) -> Iterator[str]:
    for person, known in case.written.family.people.items():
        mine = [moment for moment in case.moments if person in moment.recognisable]
        if not mine:
            yield f"{known.called} can be recognised in no moment"
            continue
        lets_in, keeps_out = [], []
        stopped: dict[str, None] = {}
        for edition in Edition:
            names = [moment.name for moment in mine if edition in moment.editions]
            if not names:
                continue
            if answer(case.written.consent, person, Purpose(edition), on).agreed:
                lets_in.append(edition)
            else:
                keeps_out.append(edition)
                stopped |= dict.fromkeys(names)
        said = [f"yes to {_listed(lets_in)}"] if lets_in else []
        if keeps_out:
            said.append(f"keeps out of {_listed(keeps_out)}: {', '.join(stopped)}")
        yield f"{known.called} can be recognised in {_moments(len(mine))}: {'; '.join(said)}"


def _listed(editions: list[Edition]) -> str:
    return " and ".join(filter(None, [", ".join(editions[:-1]), editions[-1]]))


def _worth_knowing(case: Case, on: dt.date) -> Iterator[str]:
    for number, line in enumerate(_in_case_yml(case)):
        for message in _about(case, line, on):
            yield str(case.source.at(("consent", number), message))
    for taken in case.taken_back:
        if taken.person is None:
            continue
        known = case.written.family.people.get(taken.person)
        called = known.called if known else f"{taken.person!r}, whom case.yml no longer has,"
        yield (
            f"withdrawn.yml: {called} took back everything on {taken.since}. To let them in again, "
            "write a new line under consent, given on a later day"
        )
    for out in case.withdrawn:
        if again := out.moment.written.agreed_again:
            yield (
                f"{out.moment.name}: agreed_again is {again}, which is not later than the "
                f"withdrawal of {out.because.since}, so the moment stays out"
            )


def _about(case: Case, line: Consent, on: dt.date) -> Iterator[str]:
    """What may surprise about one line of the ledger."""
    known = case.written.family.people.get(line.person)
    called = known.called if known else line.person
    same = [
        other
        for other in case.written.consent
        if other.person == line.person and set(other.purposes) & set(line.purposes)
    ]
    if line.given and any(other.withdrawn == line.given for other in same):
        yield (
            f"is given on {line.given}, and taken back on the same day: the withdrawal counts. "
            "If they agreed after that, write it as a new line with a later day"
        )
    if line.given and line.given > on:
        yield f"holds only from {line.given} on"
    if line.withdrawn and line.withdrawn > on:
        yield f"is taken back from {line.withdrawn} on; until then it counts"
    if line.until and line.until < on:
        ended = [
            purpose
            for purpose in line.purposes
            if answer(case.written.consent, line.person, purpose, on).standing is Standing.ENDED
        ]
        if ended:
            yield f"ended on {line.until} ({', '.join(ended)}); a new line, newly given, renews it"
    if line.withdrawn and not any(o.given and o.given <= line.withdrawn for o in same):
        yield "takes back what was not given before; it is a no all the same"
    if line.given and not any(line.person in moment.recognisable for moment in case.moments):
        yield f"decides nothing yet: {called} can be recognised in no moment"
    if Purpose.HOSTING in line.purposes and line.given and line.given <= on:
        hosting, keepsake = (
            answer(case.written.consent, line.person, purpose, on).agreed
            for purpose in (Purpose.HOSTING, Purpose.KEEPSAKE)
        )
        if hosting and not keepsake:
            yield f"lets nothing be hosted: {called} has to agree to the keepsake as well"


def _in_case_yml(case: Case) -> list[Consent]:
    """The ledger without the lines that come from withdrawn.yml, which stand behind it."""
    added = sum(line.person is not None for line in case.taken_back)
    return case.written.consent[: len(case.written.consent) - added]


def _moments(count: int) -> str:
    return f"{count} moment" + ("" if count == 1 else "s")
