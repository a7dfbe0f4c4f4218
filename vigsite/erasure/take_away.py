"""Takes sites away that consent no longer allows. Technical faults never take a site away.

Only what vigsite built is ever deleted: a folder counts as a built site while it holds a clip or
still that the records name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from vigsite.case.editions import Edition, Purpose
from vigsite.case.load import Read
from vigsite.erasure.another_family import refuse_another_family
from vigsite.erasure.less_covered import last_at
from vigsite.erasure.lost_withdrawals import newest_protections
from vigsite.erasure.private_media import finish
from vigsite.erasure.server_access import outstaying
from vigsite.erasure.still_there import (
    NOBODY_KNOWS,
    back_again,
    under_other_names,
    unrecorded,
    unrecorded_packs,
)
from vigsite.errors import VigsiteError
from vigsite.files.atomic import delete, delete_whole, recover
from vigsite.media.library import Library
from vigsite.protection.allowed import Allowance, allowance_of
from vigsite.protection.known_case import remember_ends
from vigsite.records.case_folder import Records
from vigsite.records.record import NOT_KNOWN, Site
from vigsite.records.site_folders import SITES, looks_built, places
from vigsite.terminal.quoting import in_shell


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
    for site, reasons in back_again(allowance, records):
        target = records.target(site)
        _refuse_link(site.what, target, reasons)
        delete_whole(target)
        yield f"{site.what} was back at {target} and is taken away again: {reasons}"


def _renamed(allowance: Allowance, records: Records) -> Iterator[str]:
    for site, beside, reasons in under_other_names(allowance, records):
        delete_whole(beside)
        yield f"{site.what} was at {beside} under another name and is taken away: {reasons}"


def _unknown(
    allowance: Allowance,
    records: Records,
    targets: Mapping[str, Path],
    also: Iterable[Purpose],
) -> Iterator[str]:
    for name, target in unrecorded(allowance, records, targets, also):
        _refuse_link(name, target, NOBODY_KNOWS)
        delete_whole(target)
        yield f"{name} taken away from {target}: {NOBODY_KNOWS}"


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
