"""What the editions of a case hold: which moments, what is said of them, what waits for a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

from vigsite.building.examine import Examined
from vigsite.building.meeting_files import LONG_SIDE
from vigsite.building.request import Built, Said, Wish
from vigsite.building.sites import sources_of
from vigsite.case.case import Case
from vigsite.case.consent import Admission, admit
from vigsite.case.editions import Edition, Purpose
from vigsite.erasure.take_away import take_away
from vigsite.errors import VigsiteError
from vigsite.media.library import Library
from vigsite.pages.projection import project
from vigsite.protection.known_case import as_noted
from vigsite.protection.known_moments import ToConfirm, to_confirm
from vigsite.protection.known_sentences import sentences_to_confirm
from vigsite.records.case_folder import Records
from vigsite.records.site_folders import SHARE


def admissions_of(
    case: Case,
    wish: Wish,
    today: dt.date,
    built: Built,
    records: Records,
    targets: dict[str, Path],
) -> list[Admission]:
    """The editions to build, with what they admit; says what is left out and why."""
    found = []
    for edition in wish.every_edition:
        admission = admit(case, edition, today, wish.also, and_on=wish.on, paper=wish.paper)
        if left_out := admission.why_left_out():
            built.sentences.append(left_out)
        if not admission.empty:
            found.append(admission)
            continue
        why = admission.why_empty()
        places = [targets[edition]] + ([targets[SHARE]] if edition is Edition.REVIEW else [])
        nothing_today = wish.on is None or admit(case, edition, today).empty
        for site in records.sites() if nothing_today else ():
            if records.target(site) in places:
                built.sentences += take_away(records, site, why)
        if edition in wish.editions:
            raise VigsiteError(f"{built.slug}: the {edition} cannot be built: {why}.")
        built.sentences.append(f"{edition}: {why}")
    return found


def to_look_at(
    case: Case, examined: Examined, wish: Wish, records: Records, library: Library
) -> dict[Edition, dict[str, ToConfirm]]:
    """What a person has to look at in each edition, by the moment's name.

    Also in what the notes alone would admit, were it not for somebody who was named before.
    """
    noted, record, today = as_noted(case), records.known(), wish.today or dt.date.today()
    admissions = (
        admit(noted, edition, today, wish.also, and_on=wish.on, paper=wish.paper)
        for edition in wish.every_edition
    )
    return {
        one.edition: to_confirm(examined.plan, one, record, case, today, library)
        for one in admissions
    }


def content_of(
    case: Case,
    admission: Admission,
    examined: Examined,
    wish: Wish,
    asked: dict[str, ToConfirm],
) -> Said:
    """What one edition says; `asked` are the moments in it that a person has to look at."""
    shown = project(case, admission, examined.plan, long_side_of(wish, admission))
    waits = asked | sentences_to_confirm(case, shown.texts)
    return Said(case, admission, shown, sources_of(admission, examined.plan), waits)


def stale_sites(
    case: Case, records: Records, built: Built, today: dt.date, but: Collection[Path]
) -> list[str]:
    """Sites of other editions or places that still hold a moment they would no longer get.

    Left out are those that are told of anyway.
    """
    found = []
    for site in records.sites():
        target = records.target(site)
        also = tuple(Purpose(purpose) for purpose in site.also)
        left = set(site.moments) - set(admit(case, Edition(site.edition), today, also).names)
        if left and target.exists() and target not in (*built.sites.values(), *but):
            again = "pack" if site.form else "host" if also else "build"
            found.append(f"{target} still holds a moment that was taken out; {again} it again")
    return found


def long_side_of(wish: Wish, admission: Admission) -> int | None:
    """The longer side of an edition's largest pictures."""
    return LONG_SIDE if wish.share and admission.edition is Edition.REVIEW else None
