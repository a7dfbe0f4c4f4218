"""Takes sites away that consent no longer allows. Technical faults never take a site away.

Only what vigsite built is ever deleted: a folder counts as a built site while it holds a clip or
still that the records name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from vigsite.case.consent import ends_of
from vigsite.case.editions import Edition, Purpose
from vigsite.case.load import Read
from vigsite.case.withdrawn import FILE as WITHDRAWN
from vigsite.erasure.another_family import refuse_another_family
from vigsite.erasure.less_covered import last_at
from vigsite.erasure.lost_withdrawals import newest_protections
from vigsite.erasure.private_media import finish
from vigsite.erasure.server_access import outstaying
from vigsite.errors import VigsiteError
from vigsite.files.atomic import delete, delete_whole, is_left_beside, left_beside, recover
from vigsite.media.library import Library
from vigsite.protection.allowed import Allowance, allowance_of
from vigsite.protection.known_case import remember_ends
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import usual_places
from vigsite.records.record import NOT_KNOWN, Site
from vigsite.records.site_folders import PACKS, SHARE, SITES, looks_built, places
from vigsite.terminal.quoting import in_shell

_NOBODY_KNOWS = "nothing tells any more whom it shows"


def abide(
    read: Read,
    records: Records,
    given: Path,
    today: dt.date,
    said: Callable[[str], None],
    targets: Mapping[str, Path] | None = None,
    also: Iterable[Purpose] = (),
    hosting: Path | None = None,
) -> Allowance | None:
    """What every command that writes does first: nothing disallowed stays; tells `said` what went.

    It also tells of servers that let a family look for longer than was agreed. `given` is the case
    as it was typed, `targets` are the places that this run may build at (the usual ones when left
    out), `hosting` is the one that is just being put right for a server. Gives what decided, None
    while faults leave that open. Raises VigsiteError as `unpublish` does, and when nobody has said
    whether the case is another family's now.
    """
    slug = records.case_dir.name
    if read.case:
        refuse_another_family(records, read.case)
    if allowance := allowance_of(read, records, today):
        remember_ends(records, allowance.ledger, today)
        usual = places(Path(SITES), slug) if targets is None else targets
        _remember_that_it_is_older(records, usual)
        for sentence in outstaying(allowance, records, given, hosting):
            said(f"{slug}: NOW: {sentence}")
        for sentence in unpublish(allowance, records, usual, also):
            said(f"{slug}: {sentence}")
    return allowance


def _remember_that_it_is_older(records: Records, targets: Mapping[str, Path]) -> None:
    """Note that a backup brought an older record back, as what lies beside the sites tells.

    Sites or packs of this case are not in it, or were made after a later change of what protects
    the moments. What was covered since is not in it either, so every moment waits for a look
    (ToConfirm).
    """
    record = records.known()
    known = {*map(records.target, (*record.sites, *record.taken_away)), *map(Path, record.begun)}
    sites = (one for one in targets.values() if one.is_dir() and records.owns(one.parent))
    made = (*filter(looks_built, sites), *unrecorded_packs(records))
    later = newest_protections(records, targets.values())
    if later > record.protections or (not record.begun_anew and not known.issuperset(made)):
        unsure = [replace(one, secret=NOT_KNOWN) for one in record.hosted]
        newest = max(later, record.protections)
        records.change(begun_anew=True, protections=newest, hosted=unsure)


def unpublish(
    allowance: Allowance,
    records: Records,
    targets: Mapping[str, Path],
    also: Iterable[Purpose] = (),
) -> Iterator[str]:
    """Deletes every built site that holds what is not allowed today; yields a sentence for each.

    At `targets` also a site of this case that the records know nothing of, unless everybody in
    the family agreed, to the purposes in `also` too; and what is left of a withdrawal. Raises
    VigsiteError when something could not be deleted, after all the rest was.
    """
    failed: list[str] = []
    for step in (
        *(partial(_enforce, allowance, records, site) for site in records.sites()),
        partial(_restored, allowance, records),
        partial(_renamed, allowance, records),
        partial(_unknown, allowance, records, targets, also),
        partial(finish, records, allowance.ledger.withdrawn),
    ):
        try:
            yield from step()
        except VigsiteError as error:
            failed.append(str(error))
    if failed:
        raise VigsiteError("\n".join(failed))


def _enforce(allowance: Allowance, records: Records, site: Site) -> Iterator[str]:
    if reasons := allowance.reasons(site):
        yield from take_away(records, site, reasons)


def _restored(allowance: Allowance, records: Records) -> Iterator[str]:
    for site, reasons in _back_again(allowance, records):
        target = records.target(site)
        _refuse_link(site.what, target, reasons)
        delete_whole(target)
        yield f"{site.what} was back at {target} and is taken away again: {reasons}"


def _back_again(allowance: Allowance, records: Records) -> Iterator[tuple[Site, str]]:
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


def _renamed(allowance: Allowance, records: Records) -> Iterator[str]:
    for site, beside, reasons in _under_other_names(allowance, records):
        delete_whole(beside)
        yield f"{site.what} was at {beside} under another name and is taken away: {reasons}"


def _under_other_names(allowance: Allowance, records: Records) -> Iterator[tuple[Site, Path, str]]:
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


def _unknown(
    allowance: Allowance,
    records: Records,
    targets: Mapping[str, Path],
    also: Iterable[Purpose],
) -> Iterator[str]:
    for name, target in _unrecorded(allowance, records, targets, also):
        _refuse_link(name, target, _NOBODY_KNOWS)
        delete_whole(target)
        yield f"{name} taken away from {target}: {_NOBODY_KNOWS}"


def _unrecorded(
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


def _refuse_link(what: str, target: Path, reasons: str) -> None:
    """A link in the place of what must go may hide it elsewhere; raises VigsiteError."""
    if target.is_symlink():
        raise VigsiteError(
            f"{target} is a link now, where {what} may not stay ({reasons}). vigsite deletes "
            "nothing behind a link: delete what is there yourself, then the link, and run this "
            "again. Until then it counts as not deleted."
        )


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
    _refuse_link(site.what, target, reasons)
    if target.exists() and site.is_at(target):
        delete_whole(target)
        there = ". Run `vigsite host` and copy, so that it ends on the server, too"
        yield f"{site.what} taken away from {target}: {reasons}{there if site.also else ''}"
    elif not target.parent.is_dir() and not (site.also and target.parent.parent.is_dir()):
        yield (
            f"{site.what} in {target} is no longer allowed ({reasons}), but that place cannot "
            "be reached now. If it is on a stick or another disk, connect it and build again"
        )
        return
    elif target.exists():
        yield f"{target} is not the {site.what} that was built there, and was left alone"
    records.forget(site)


def close_less_covered(
    name: str,
    read: Read,
    records: Records,
    library: Library,
    allowance: Allowance | None,
    target: Path,
) -> list[str]:
    """Take a site for a server away that is less covered than the notes ask for now.

    The address and its passphrase hold until it is hosted anew. Returns what to tell, also when the
    site was taken away for that before and waits; nothing when it may stay or is over.
    """
    bare = last_at(target, read.case, records, library) if read.case else None
    if bare is None or allowance is None or allowance.reasons(bare.site):
        return []
    gone = list(take_away(records, bare.site, bare.reasons)) if target.exists() else []
    wait = (
        f"its site was taken away, since {bare.reasons}. Address and passphrase hold. Look at it "
        f"(vigsite preview {in_shell(records.case_dir)}), then host it anew"
    )
    return [*(f"{name}: {sentence}" for sentence in gone), f"{name}: {wait}"]


@dataclass(frozen=True, slots=True)
class Disallowed:
    """Something built that may not stay, and lies where it can be deleted."""

    what: str
    target: Path
    reasons: str

    def __str__(self) -> str:
        return f"{self.what} in {self.target} is no longer allowed: {self.reasons}"


def no_longer_allowed(
    allowance: Allowance, records: Records, targets: Mapping[str, Path] | None = None
) -> list[Disallowed]:
    """All that `unpublish` would delete."""
    recorded = [(site, allowance.reasons(site)) for site in records.sites()]
    return [
        *(
            Disallowed(site.what, records.target(site), reasons)
            for site, reasons in [*recorded, *_back_again(allowance, records)]
            if reasons and stands(records.target(site)) and not site.given
        ),
        *(
            Disallowed(site.what, beside, reasons)
            for site, beside, reasons in _under_other_names(allowance, records)
            if beside not in {records.target(one) for one in records.taken_away()}
        ),
        *(
            Disallowed(site.what, remains, reasons)
            for site, reasons in recorded
            if reasons and not site.given
            for remains in left_beside(records.target(site))
        ),
        *(
            Disallowed(name, target, _NOBODY_KNOWS)
            for name, target in _unrecorded(allowance, records, targets or {})
        ),
    ]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A half-made site or pack of a run that was broken off: nothing tells whom it shows."""

    place: Path
    from_before: bool
    """Whether it is older than the last withdrawal or the last end of an agreement."""

    def __str__(self) -> str:
        return f"{self.place} was left by a run that was broken off, and may show anybody of it"


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
    renamed = [site for site, _beside, _why in _under_other_names(allowance, records)]
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
