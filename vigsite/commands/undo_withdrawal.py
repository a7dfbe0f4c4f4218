"""Ends a withdrawal that was a mistake, or that the family thought better of: by one more line.

Nothing is removed from withdrawn.yml: the new line says which one it lifts. cycle.yml plays no part
in it, so an old cycle.yml from a backup brings nothing back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from vigsite.building.open_case import OpenCase, look_into, open_to_write_down
from vigsite.case.faults import CaseFaults
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.erasure.private_media import finished, keep_finished
from vigsite.errors import InputError
from vigsite.records.handovers import handed_over
from vigsite.records.withdrawals import PERSON, write_down


@dataclass(frozen=True, slots=True)
class Undoing:
    """What ending a withdrawal means for a case, before or after it is done."""

    slug: str
    target: str
    lifted: tuple[Withdrawal, ...]
    """The lines that do not count any more."""
    line: str
    """What withdrawn.yml says of it: by whom, and when."""
    back: tuple[str, ...]
    """Moments that may be shown again."""
    still_out: tuple[str, ...]
    """A sentence for each moment that another line keeps out."""
    handed_over: tuple[str, ...]
    """A sentence for each pack that was made before."""


def foresee_undo(given: Path, target: str, by: str, now: dt.datetime) -> Undoing:
    """Return what it would mean; writes nothing. Raises InputError when nothing was withdrawn."""
    return _plan(look_into(given), target, by, now)[0]


def undo(given: Path, target: str, by: str, now: dt.datetime) -> Undoing:
    """Add the lines. `by` is who agreed again, `now` the local time.

    Raises InputError when nothing of that name is withdrawn, CaseFaults when the case cannot be
    read.
    """
    with open_to_write_down(given) as opened:
        found, lines = _plan(opened, target, by, now)
        records, read = opened.records, opened.read
        was_finished = read.ledger is not None and finished(records, read.ledger.withdrawn)
        write_down(records, lines)
        read = opened.read_again()
        if was_finished and read.ledger is not None:
            keep_finished(records, read.ledger.withdrawn)  # nothing is left to be deleted
    return found


def _plan(
    opened: OpenCase, target: str, by: str, now: dt.datetime
) -> tuple[Undoing, list[Withdrawal]]:
    before = opened.read
    if before.case is None or before.ledger is None:
        raise CaseFaults(before.report.faults)
    person = target.removeprefix(PERSON) if target.startswith(PERSON) else None
    lifted = [
        line
        for line in before.ledger.withdrawn
        if (line.person == person if person is not None else line.moment == target)
    ]
    if not lifted:
        there = [line.moment or f"{PERSON}{line.person}" for line in before.ledger.withdrawn
                 if line.moment or line.person]  # fmt: skip
        known = f"there is: {', '.join(dict.fromkeys(there))}" if there else "nothing is"
        raise InputError(f"{target} is not withdrawn; {known}.")
    lines = [
        Withdrawal.model_construct(
            since=now.date(), at=f"{now:%H:%M:%S}", moment=None, recording=None, spans=[],
            frames=[], person=None, films_of=[], lifts=line.named, by=by,
        )
        for line in lifted
    ]  # fmt: skip
    after = opened.read_again(lines)
    if after.case is None:
        raise CaseFaults(after.report.faults)
    shown = {moment.name for moment in after.case.moments}
    was_out = [out.moment.name for out in before.case.withdrawn]
    of_person = [
        m.name for m in after.case.moments if person is not None and person in m.recognisable
    ]
    still = tuple(
        f"{out.moment.name} stays out: it was withdrawn on {out.because.since}"
        + ("" if out.because.moment == out.moment.name else f" with {out.because.moment}")
        for out in after.case.withdrawn
        if out.moment.name == target
    )
    found = Undoing(
        opened.records.case_dir.name,
        target,
        tuple(lifted),
        f"{now:%Y-%m-%d %H:%M}, by {by}",
        tuple(dict.fromkeys([*(name for name in was_out if name in shown), *of_person])),
        still,
        tuple(handed_over(before.case)),
    )
    return found, lines
