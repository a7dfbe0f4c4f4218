"""What of a case may not stand any more and still does, and where; nothing here deletes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vigsite.case.consent import ends_of
from vigsite.case.editions import Edition, Purpose
from vigsite.case.withdrawn import FILE as WITHDRAWN
from vigsite.files.atomic import is_left_beside, left_beside
from vigsite.protection.allowed import Allowance
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import usual_places
from vigsite.records.record import Site
from vigsite.records.site_folders import PACKS, SHARE, looks_built

NOBODY_KNOWS = "nothing tells any more whom it shows"


@dataclass(frozen=True, slots=True)
class Disallowed:
    """Something built that may not stay, and lies where it can be deleted."""

    what: str
    target: Path
    reasons: str

    def __str__(self) -> str:
        return f"{self.what} in {self.target} is no longer allowed: {self.reasons}"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A half-made site or pack of a run that was broken off: nothing tells whom it shows."""

    place: Path
    from_before: bool
    """Whether it is older than the last withdrawal or the last end of an agreement."""

    def __str__(self) -> str:
        return f"{self.place} was left by a run that was broken off, and may show anybody of it"


def back_again(allowance: Allowance, records: Records) -> Iterator[tuple[Site, str]]:
    """Sites that were taken away and are back, from a backup perhaps, with why they may not."""
    for site in records.taken_away():
        target = records.target(site)
        if not target.exists() or not (reasons := allowance.reasons(site)):
            continue
        known = [one for one in records.sites() if records.target(one) == target]
        goes = any(allowance.reasons(one) for one in known)
        if (
            site.is_back_at(target)
            and not goes
            and not any(one.is_back_at(target) for one in known)
        ):
            yield site, reasons


def under_other_names(allowance: Allowance, records: Records) -> Iterator[tuple[Site, Path, str]]:
    """Sites that somebody renamed or copied beside their place, with why they may not stay."""
    known = {records.target(site) for site in records.sites()}
    found: set[Path] = set()
    for site in [*records.sites(), *records.taken_away()]:
        folder, reasons = records.target(site).parent, allowance.reasons(site)
        if site.given or not reasons or not records.owns(folder):
            continue
        for beside in sorted(folder.iterdir()):
            named = beside.name.startswith(".") or beside in known | found
            if not named and not beside.is_symlink() and site.is_back_at(beside):
                found.add(beside)
                yield site, beside, reasons


def unrecorded(
    allowance: Allowance,
    records: Records,
    targets: Mapping[str, Path],
    also: Iterable[Purpose] = (),
) -> Iterator[tuple[str, Path]]:
    """Sites of this case that no record knows of, and that may show what is not allowed."""
    moments_withdrawn = any(line.moment for line in allowance.ledger.withdrawn)
    known = {records.target(site) for site in records.sites()}
    for name, target in targets.items():
        if target in known or not target.is_dir():
            continue
        edition = Edition.REVIEW if name == SHARE else Edition(name)
        ours = records.owns(target.parent)
        everybody = allowance.ledger.people
        refused = allowance.ledger.refusals(everybody, edition, allowance.today, also)
        if ours and (refused or moments_withdrawn) and looks_built(target):
            yield name, target
    people = allowance.ledger.people
    if moments_withdrawn or allowance.ledger.refusals(people, Edition.KEEPSAKE, allowance.today):
        yield from (("pack", pack) for pack in unrecorded_packs(records))


def unrecorded_packs(records: Records) -> list[Path]:
    """Packs of this case in their usual place that no record knows of."""
    folder = Path(PACKS).resolve() / records.case_dir.name
    known = {records.target(site) for site in records.sites()}
    inside = sorted(folder.iterdir()) if records.owns(folder) else []
    return [
        path
        for path in inside
        if path not in known
        and not path.name.startswith(".")
        and (path.suffix in (".zip", ".html") or any(path.glob("*.zip")) or _has_manifest(path))
    ]


def _has_manifest(pack: Path) -> bool:
    return (pack / "MANIFEST.sha256").is_file()


def stands(target: Path) -> bool:
    """Whether anything is at a place, a link that leads nowhere too."""
    return target.exists() or target.is_symlink()


def no_longer_allowed(
    allowance: Allowance, records: Records, targets: Mapping[str, Path] | None = None
) -> list[Disallowed]:
    """All that `unpublish` would delete."""
    recorded = [(site, allowance.reasons(site)) for site in records.sites()]
    return [
        *(
            Disallowed(site.what, records.target(site), reasons)
            for site, reasons in [*recorded, *back_again(allowance, records)]
            if reasons and stands(records.target(site)) and not site.given
        ),
        *(
            Disallowed(site.what, beside, reasons)
            for site, beside, reasons in under_other_names(allowance, records)
            if beside not in {records.target(one) for one in records.taken_away()}
        ),
        *(
            Disallowed(site.what, remains, reasons)
            for site, reasons in recorded
            if reasons and not site.given
            for remains in left_beside(records.target(site))
        ),
        *(
            Disallowed(name, target, NOBODY_KNOWS)
            for name, target in unrecorded(allowance, records, targets or {})
        ),
    ]


def left_by_killed_runs(allowance: Allowance, records: Records) -> list[LeftOver]:
    """Return every half-made site or pack beside the places that the record or a marker tells."""
    record = records.known()
    targets = [*map(records.target, (*record.sites, *record.taken_away)), *map(Path, record.begun)]
    found = [one for target in targets for one in left_beside(target)]
    for folder in filter(records.owns, usual_places(records.case_dir)):
        found += [one for one in sorted(folder.iterdir()) if is_left_beside(one.name)]
    ended = _last_end(allowance, records)
    return [LeftOver(one, one.lstat().st_mtime < ended) for one in dict.fromkeys(found)]


def _last_end(allowance: Allowance, records: Records) -> float:
    """Return when something was last withdrawn or an agreement ended, in seconds since 1970."""
    withdrawn = records.case_dir / WITHDRAWN
    days = [
        day for line in allowance.ledger.lines for day in ends_of(line) if day <= allowance.today
    ]
    ends = [dt.datetime.combine(day, dt.time()).timestamp() for day in days]
    return max([0.0, *ends, *([withdrawn.stat().st_mtime] if withdrawn.is_file() else [])])


def in_their_hands(allowance: Allowance, records: Records) -> list[str]:
    """Return a sentence for every pack that may not be made any more and is the family's now."""
    return [
        f"{site.what} in {records.target(site)}: made for the family to take, so it is theirs"
        for site in records.sites()
        if site.given and allowance.reasons(site)
    ]


def moved_away(allowance: Allowance, records: Records) -> list[str]:
    """Return a sentence for everything that may not stay and is not where it was made."""
    renamed = [site for site, _beside, _why in under_other_names(allowance, records)]
    return [
        f"{site.what} was made in {records.target(site)} and is not there any more. If somebody "
        "moved it, delete it where it is now"
        for site in records.sites()
        if not site.given and allowance.reasons(site) and records.target(site).parent.is_dir()
        if not stands(records.target(site)) and not left_beside(records.target(site))
        if site not in renamed
    ]


def out_of_reach(allowance: Allowance, records: Records) -> list[str]:
    """Return a sentence for everything that may not stay and cannot be reached now."""
    found = []
    for site in records.sites():
        target = records.target(site)
        reasons = allowance.reasons(site)
        if reasons and not site.given and not target.parent.is_dir():
            server = ". A server may show it, too: end that there" if site.also else ""
            found.append(f"{site.what} in {target}: {reasons}. Connect that stick or disk{server}")
    withdrawn = any(line.moment or line.person for line in allowance.ledger.withdrawn)
    sheets = [*records.doomed_sheets(), *(records.sheets_elsewhere() if withdrawn else ())]
    found += [
        f"contact sheet in {sheet}. Connect that stick or disk"
        for sheet in dict.fromkeys(sheets)
        if not sheet.parent.is_dir()
    ]
    return found
