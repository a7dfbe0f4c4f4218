"""Whether a pack that is as it was packed may still be handed over, as its case tells now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from vigsite.building.open_case import look_into
from vigsite.case.case_file import HandOver
from vigsite.case.load import REGISTER
from vigsite.erasure.another_family import another_family, packed_for_another
from vigsite.erasure.less_covered import less_covered_pack
from vigsite.protection.allowed import why_no_more


def why_kept_back(given: Path, pack: Path, packed: Sequence[HandOver], today: dt.date) -> str:
    """Say why a pack must not be handed over, and what to do; empty when it may be.

    `packed` are its lines in the register of the case. Raises InputError when there is no case, and
    CaseFaults when nobody can tell who agreed.
    """
    opened = look_into(given)
    case, records = opened.read.case, opened.records
    if packed_for_another(records, pack):
        return (
            f"{pack}: do not hand it over. It lies among the packs of another family; is "
            f"{opened.directory / REGISTER} that family's?"
        )
    if case and (why := another_family(records, case)):
        return f"{pack}: do not hand it over. {why}."
    if why := why_no_more(opened.read, records, packed, today):
        return f"{pack} may not be handed over any more: {why}. Delete it."
    if case and (why := less_covered_pack(case, records, opened.library, given, packed)):
        return (
            f"{pack}: do not hand it over; {why}. Pack again; if it was handed over, ask for it "
            "back."
        )
    return ""
