"""All that a person has to look at or to read before anything leaves the house.

One answer for `check`, `build` and `preview`, whichever editions they are about.
"""

from __future__ import annotations

import datetime as dt

from vigsite.case.case import Case
from vigsite.case.consent import Ledger, admit
from vigsite.case.editions import Edition, Purpose
from vigsite.known_moments import ToConfirm, to_confirm
from vigsite.known_sentences import sentences_to_confirm
from vigsite.media.plan import Plan
from vigsite.pages.project import project
from vigsite.record import Record


def all_asked(case: Case, plan: Plan, record: Record, on: dt.date) -> dict[str, ToConfirm]:
    """Return it for every edition that there may be on a day, moments by name, then sentences."""
    admissions = [admit(case, edition, on) for edition in Edition]
    admitted = {name for one in admissions for name in one.names}
    names = [moment.name for moment in case.moments if moment.name in admitted]
    ledger = Ledger(case.written.family.people, case.written.consent)
    hosted = any(Purpose.HOSTING in line.purposes for line in ledger.lines)
    asked = to_confirm(plan, names, record, ledger, on, (Purpose.HOSTING,) if hosted else ())
    for admission in admissions:
        if not admission.empty:
            asked |= sentences_to_confirm(case, project(case, admission, plan).texts)
    return asked
