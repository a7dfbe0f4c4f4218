"""Confirms what a person would have to look at, for tests of what comes after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from vigsite.building.examine import examine
from vigsite.case.load import load_case
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import DRAFT
from vigsite.protection.confirmations import keep_answer
from vigsite.protection.known_moments import ToConfirm
from vigsite.records.case_folder import Records


def confirm_all(directory: Path) -> None:
    """Says yes to every blurred, cropped or muted moment of a case, as it is now."""
    records = Records(directory.resolve())
    library = Library(records.folder / "recordings", records.scratch)
    found = examine(load_case(directory), library, DRAFT, "")
    assert found.report.faults == []
    with records.locked():
        for moment, plan in found.plan.moments.items():
            if plan.guard:
                asked = ToConfirm(plan.guard, plan.guard)
                keep_answer(records, moment, asked, yes=True, on=dt.date(2026, 1, 5))
