"""All that a person has to look at or to read before anything leaves the house.

One answer for `check`, `build` and `preview`, whichever editions they are about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from vigsite.case.case import Case
from vigsite.case.consent import admit
from vigsite.case.editions import Edition, Purpose
from vigsite.media.library import Library
from vigsite.media.plan import Plan
from vigsite.pages.projection import project
from vigsite.protection.known_case import as_noted
from vigsite.protection.known_moments import ToConfirm, to_confirm
from vigsite.protection.known_sentences import sentences_to_confirm
from vigsite.records.record import Record


def all_asked(
    case: Case, plan: Plan, record: Record, on: dt.date, library: Library
) -> dict[str, ToConfirm]:
    """Return it for every edition that there may be on a day, moments by name, then sentences.

    Also of moments that only somebody who was named before keeps out.
    """
    noted = as_noted(case)
    admissions = [admit(noted, edition, on) for edition in Edition]
    hosted = any(Purpose.HOSTING in line.purposes for line in case.written.consent)
    also = (Purpose.HOSTING,) if hosted else ()
    found: dict[str, ToConfirm] = {}
    for one in admissions:
        asked = to_confirm(plan, replace(one, also=also), record, case, on, library)
        found |= {name: _of_both(found, name, what) for name, what in asked.items()}
    moments = {one.name: found[one.name] for one in case.moments if one.name in found}
    for admission in admissions:
        if not admission.empty:
            moments |= sentences_to_confirm(case, project(noted, admission, plan).texts)
    return moments


def _of_both(found: Mapping[str, ToConfirm], name: str, new: ToConfirm) -> ToConfirm:
    """Return what is asked of a moment in several editions, as one question."""
    before = found.get(name)
    if before is None or before.guard == new.guard:
        return before or new
    most, other = (before, new) if len(before.vanished) > len(new.vanished) else (new, before)
    return replace(most, others=most.others | other.others | {other.guard})
