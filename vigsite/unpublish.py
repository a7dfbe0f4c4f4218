"""Takes sites away that consent no longer allows. Technical faults never take a site away.

Only what vigsite built is ever deleted: a folder counts as a built site while it holds a clip or
still that the records name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vigsite.case.consent import Ledger
from vigsite.case.editions import Edition, Purpose
from vigsite.order import SHARE
from vigsite.publish import delete, recover
from vigsite.records import Records, Site

_NUMBERED = re.compile(r"\d{2,}(-\d+)?\.(mp4|jpg)")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What decides whether a built site may stay."""

    ledger: Ledger
    shows: Mapping[str, frozenset[str]]
    """Who can be recognised in each moment today, by the moment's name."""
    held: Mapping[Edition, str]
    """Why an edition is held back as a whole."""
    today: dt.date
    held_on_paper: str = ""
    """Why not even paper may be handed over."""

    def reasons(self, site: Site) -> str:
        """Why a site may not stay; empty when it may."""
        edition = Edition(site.edition)
        if held := (self.held_on_paper if site.paper else self.held.get(edition)):
            return held
        found: dict[str, None] = {}
        also = [Purpose(purpose) for purpose in site.also]
        for name, people in site.moments.items():
            shows = self.shows.get(name, frozenset(people))
            found |= dict.fromkeys(self.ledger.refusals(shows, edition, self.today, also))
        return "; ".join(found)


def unpublish(
    allowance: Allowance,
    records: Records,
    targets: Mapping[str, Path],
    also: Iterable[Purpose] = (),
) -> Iterator[str]:
    """Deletes every built site that holds what is not allowed today; yields a sentence for each.

    At `targets` also a site of this case that the records know nothing of, unless everybody in
    the family agreed, to the purposes in `also` too. Raises VigsiteError when something could not
    be deleted.
    """
    for site in records.sites():
        if reasons := allowance.reasons(site):
            yield from take_away(records, site, reasons)
    known = {records.target(site) for site in records.sites()}
    for name, target in targets.items():
        if target in known or not target.is_dir() or target.is_symlink():
            continue
        edition = Edition.REVIEW if name == SHARE else Edition(name)
        ours = records.owns(target.parent)
        everybody = allowance.ledger.people
        refused = allowance.ledger.refusals(everybody, edition, allowance.today, also)
        if ours and refused and looks_built(target):
            delete(target)
            yield f"{name} taken away from {target}: nothing tells any more whom it shows"


def looks_built(target: Path) -> bool:
    """Whether a folder that no record knows of is a site, or numbered files for a meeting."""
    if (target / "assets" / "vig").is_dir():
        return True
    names = [path.name for path in target.iterdir()] if target.is_dir() else []
    return bool(names) and all(_NUMBERED.fullmatch(name) for name in names)


def take_away(records: Records, site: Site, reasons: str) -> Iterator[str]:
    """Deletes one built site; yields what was done, if anything."""
    target = records.target(site)
    if site.given:
        if site.is_at(target):
            yield (
                f"{site.what} in {target} is no longer allowed ({reasons}). It was made for the "
                "family to take, so it was left there; handovers.yml tells what else is out there"
            )
        return
    if site.edition == Edition.KEEPSAKE:
        delete(records.film)  # it is cut from what is taken away
    if target.parent.is_dir():
        recover(target)
    if target.exists() and not target.is_symlink() and site.is_at(target):
        delete(target)
        there = ". Run `vigsite host` and copy, so that it ends on the server, too"
        yield f"{site.what} taken away from {target}: {reasons}{there if site.also else ''}"
    elif not target.parent.is_dir() and not (site.also and target.parent.parent.is_dir()):
        yield (
            f"{site.what} in {target} is no longer allowed ({reasons}), but that place cannot "
            "be reached now. If it is on a stick or another disk, connect it and build again"
        )
        return
    elif target.exists() or target.is_symlink():
        yield f"{target} is not the {site.what} that was built there, and was left alone"
    records.forget(site)


def no_longer_allowed(allowance: Allowance, records: Records) -> list[str]:
    """A sentence for every built site that `unpublish` would take away."""
    return [
        f"{site.what} in {records.target(site)} is no longer allowed: {reasons}"
        for site in records.sites()
        if (reasons := allowance.reasons(site)) and records.target(site).exists()
    ]
