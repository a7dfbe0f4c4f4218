"""Who agreed to what, on a day, and which moments an edition therefore admits.

The rules (docs/case-format.md): missing means no; `until` is the last day; `withdrawn` counts
from that day and beats every grant of the same person and purpose that is not newer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vigsite.case.case import Case, Moment
from vigsite.case.case_file import Consent, KeepsakeParts, Person
from vigsite.case.editions import Edition, Purpose
from vigsite.case.withdrawn_file import Withdrawal


class Standing(StrEnum):
    """How a person stands to a purpose on a day."""

    AGREED = "agreed"
    NEVER_ASKED = "has not agreed"
    NOT_YET = "has not agreed yet"
    ENDED = "agreed only until"
    WITHDRAWN = "took the agreement back on"


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer to one purpose on one day."""

    standing: Standing
    day: dt.date | None = None
    """The day the standing turns on, where there is one."""

    @property
    def agreed(self) -> bool:
        """Whether it is a yes."""
        return self.standing is Standing.AGREED

    def sentence(self, called: str) -> str:
        """`Rowan's sister has not agreed`, `Mum agreed only until 2026-03-01`."""
        if self.standing is Standing.NOT_YET:
            return f"{called} agrees only from {self.day}"
        return f"{called} {self.standing}" + (f" {self.day}" if self.day else "")


def answer(ledger: Sequence[Consent], person: str, purpose: Purpose, on: dt.date) -> Answer:
    """What the ledger says of `person` and `purpose` on the day `on`."""
    lines = [line for line in ledger if line.person == person and purpose in line.purposes]
    grants = [(line.given, line.until) for line in lines if line.given]
    taken_back = max((w for line in lines if (w := line.withdrawn) and w <= on), default=None)
    standing = [
        (given, until) for given, until in grants if taken_back is None or given > taken_back
    ]
    if any(given <= on and (until is None or on <= until) for given, until in standing):
        return Answer(Standing.AGREED)
    if taken_back and not standing:
        return Answer(Standing.WITHDRAWN, taken_back)
    ended = [until for _, until in standing if until and until < on]
    if ended:
        return Answer(Standing.ENDED, max(ended))
    later = [given for given, _ in standing if given > on]
    return Answer(Standing.NOT_YET, min(later)) if later else Answer(Standing.NEVER_ASKED)


def ends_of(line: Consent) -> list[dt.date]:
    """Return the first days on which what a line of the ledger gave holds no more."""
    after = line.until and line.until + dt.timedelta(1)
    return [day for day in (line.withdrawn, after) if day]


def last_day(
    ledger: Sequence[Consent], person: str, purpose: Purpose, on: dt.date
) -> dt.date | None:
    """Of a yes on the day `on`: the last day it holds as things are written; None for no end."""
    mine = [line for line in ledger if line.person == person and purpose in line.purposes]
    ends = {line.until for line in mine if line.until}
    ends |= {line.withdrawn - dt.timedelta(1) for line in mine if line.withdrawn}
    for day in sorted(end for end in ends if end >= on):
        if not answer(mine, person, purpose, day + dt.timedelta(1)).agreed:
            return day
    return None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Who is in the family, and who agreed to what: all that consent needs of case.yml."""

    people: Mapping[str, Person]
    lines: Sequence[Consent]
    """Those of case.yml and, for persons, of withdrawn.yml."""
    withdrawn: Sequence[Withdrawal] = ()
    """All that withdrawn.yml holds."""

    def refusals(
        self, shows: Iterable[str], edition: Edition, on: dt.date, also: Iterable[Purpose] = ()
    ) -> tuple[str, ...]:
        """Why a picture of these people may not enter an edition; empty when it may.

        `also` names purposes that all of them must have agreed to besides the edition's own.
        """
        found = []
        for person in sorted(shows):
            known = self.people.get(person)
            if known is None:
                found.append(f"{person!r} is no longer in case.yml")
                continue
            for purpose in (Purpose(edition), *also):
                given = answer(self.lines, person, purpose, on)
                if not given.agreed:
                    besides = f" ({purpose})" if purpose in also else ""
                    found.append(given.sentence(known.called) + besides)
                    break
        return tuple(found)


_BEFORE = "(named there before; `vigsite preview` asks whether they are in it)"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A moment that consent keeps out of an edition, and why."""

    moment: Moment
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Admission:
    """What one edition may hold on one day."""

    edition: Edition
    moments: tuple[Moment, ...]
    left_out: tuple[LeftOut, ...]
    held: str = ""
    """Why nothing of the edition may be built although people agreed; empty when it may."""
    also: tuple[Purpose, ...] = ()
    """What everybody in it agreed to besides the edition's own purpose."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to build."""
        return bool(self.held) or not self.moments

    @property
    def names(self) -> tuple[str, ...]:
        """The admitted moments, by name."""
        return tuple(moment.name for moment in self.moments)

    @property
    def _reasons(self) -> str:
        return "; ".join(dict.fromkeys(reason for out in self.left_out for reason in out.reasons))

    def why_empty(self) -> str:
        """Why there is nothing to build, and what to do."""
        if self.held:
            return self.held
        if self.left_out:
            return f"not agreed yet ({self._reasons}); write under consent in case.yml who agreed"
        return "no moments yet; mark them in a cycle.yml"

    def why_left_out(self) -> str:
        """`2 moments left out of the keepsake: Rowan's sister has not agreed`; empty if none."""
        if not self.left_out or self.empty:
            return ""
        count = len(self.left_out)
        noun = "moment" if count == 1 else "moments"
        return f"{count} {noun} left out of the {self.edition.called}: {self._reasons}"


def admit(
    case: Case,
    edition: Edition,
    on: dt.date,
    also: tuple[Purpose, ...] = (),
    *,
    and_on: dt.date | None = None,
    paper: bool = False,
) -> Admission:
    """The moments that `edition` admits on the day `on`, and on every day until `and_on`;
    with `paper`, to print them. Everybody in them must have agreed to what is in `also` besides."""
    ledger = Ledger(case.written.family.people, case.written.consent)
    days = turning_days(case.written.consent, on, and_on or on)
    admitted, left_out = [], []
    for moment in case.moments:
        if edition not in moment.editions:
            continue
        reasons = [
            why if why in ledger.refusals(moment.shows, edition, day, also) else f"{why} {_BEFORE}"
            for day in days
            for why in ledger.refusals(moment.recognisable, edition, day, also)
        ]
        if reasons:
            left_out.append(LeftOut(moment, tuple(dict.fromkeys(reasons))))
        else:
            admitted.append(moment)
    held = _held(case, edition, paper)
    return Admission(edition, tuple(admitted), tuple(left_out), held, also)


def allowed_until(
    case: Case, edition: Edition, on: dt.date, also: tuple[Purpose, ...], latest: dt.date
) -> tuple[dt.date, str]:
    """The last day, at most `latest`, on which all that `edition` admits on the day `on` still is.

    With why it is none later; empty when it is `latest`.
    """
    lines = case.written.consent
    ledger = Ledger(case.written.family.people, lines)
    moments = admit(case, edition, on, also).moments
    for day in turning_days(lines, on, latest):
        why = [
            why for one in moments for why in ledger.refusals(one.recognisable, edition, day, also)
        ]
        if why:
            return day - dt.timedelta(1), "; ".join(dict.fromkeys(why))
    return latest, ""


def turning_days(ledger: Sequence[Consent], first: dt.date, last: dt.date) -> list[dt.date]:
    """The first day and the last, and those between on which an agreement no longer holds."""
    over = {line.until + dt.timedelta(1) for line in ledger if line.until and line.until < last}
    over |= {line.withdrawn for line in ledger if line.withdrawn}
    return sorted({first, last, *(day for day in over if first <= day <= last)})


def _held(case: Case, edition: Edition, paper: bool) -> str:
    if not edition.is_kept:
        return ""
    match case.written.keepsake.parts:
        case KeepsakeParts.HOLD:
            return "held for now, as case.yml asks (keepsake: parts: hold)"
        case KeepsakeParts.PRINT if not paper:
            return "on paper only, as case.yml asks (keepsake: parts: print)"
        case _:
            return ""
