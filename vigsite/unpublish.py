"""Takes sites away that consent no longer allows. Technical faults never take a site away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from vigsite.case.case import Case
from vigsite.case.consent import admit, refusals
from vigsite.case.fields import Edition
from vigsite.publish import delete
from vigsite.records import Records, Site, edition_of


def unpublish(case: Case, records: Records, today: dt.date) -> list[str]:
    """Deletes every built site that holds a moment consent does not admit today.

    Returns a sentence for each. Raises VigsiteError when something could not be deleted.
    """
    said = []
    for site, reasons in list(_refused(case, records, today)):
        target = records.target(site)
        if target.exists():
            delete(target)
            said.append(f"{case.slug}: {site.edition} taken away from {target}: {reasons}")
        records.forget(site)
    return said


def no_longer_allowed(case: Case, records: Records, today: dt.date) -> list[str]:
    """A sentence for every built site that `unpublish` would take away."""
    return [
        f"{site.edition} in {records.target(site)} is no longer allowed: {reasons}"
        for site, reasons in _refused(case, records, today)
    ]


def _refused(case: Case, records: Records, today: dt.date) -> Iterator[tuple[Site, str]]:
    for site in records.sites():
        edition = edition_of(site)
        reasons = _reasons(case, site, edition, today) if edition else ()
        if reasons:
            yield site, "; ".join(reasons)


def _reasons(case: Case, site: Site, edition: Edition, today: dt.date) -> tuple[str, ...]:
    if held := admit(case, edition, today).held:
        return (held,)
    current = {moment.name: moment for moment in case.moments}
    found: dict[str, None] = {}
    for name, people in site.moments.items():
        shows = current[name].shows if name in current else frozenset(people)
        found |= dict.fromkeys(refusals(case, shows, edition, today))
    return tuple(found)
