"""How long a server lets a family look, held against what everybody agrees to now.

Nobody is at hand on the day an agreement ends, and whoever shortens one in case.yml may not think
of the server. So every command that reads the case tells, until `vigsite host` has put it right;
nothing here changes anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.consent import allowed_until, turning_days
from vigsite.case.editions import Edition, Purpose
from vigsite.errors import VigsiteError
from vigsite.hosting.families import letter_left, read_register
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import last_open
from vigsite.protection.allowed import Allowance
from vigsite.records.case_folder import Records
from vigsite.records.record import HostedSite, Site
from vigsite.terminal.quoting import in_shell


@dataclass(frozen=True, slots=True)
class Door:
    """What a folder for a server holds to let a family in."""

    site: Site
    target: Path
    """Where what they see lies, or lay."""
    out: Path
    """The folder that `vigsite host` wrote."""
    last_day: dt.date
    slug: str
    """The family's random name there."""
    name: str
    """What the register there calls the family."""
    letter: str
    """A sentence on its letter with the passphrase; empty when none lies about."""
    fault: str
    """What is wrong with the register there; empty when nothing is."""


def doors(records: Records) -> Iterator[Door]:
    """Every way in that was made for this case and is still there, also where the site is gone."""
    seen = set()
    for site in (*records.sites(), *records.taken_away()):
        target = records.target(site)
        around = Tree.around(target) if Purpose.HOSTING in site.also else None
        if around is None or target in seen:
            continue
        seen.add(target)
        tree, slug = around
        if last_day := last_open(tree, slug):
            name, letter, fault = _in_register(tree, slug, records)
            yield Door(site, target, tree.out, last_day, slug, name, letter, fault)


def _in_register(tree: Tree, slug: str, records: Records) -> tuple[str, str, str]:
    """Return what a family is called in the register of a server's folder, its letter, a fault."""
    try:
        register = read_register(tree.register)
    except VigsiteError as error:  # taking away must go on
        return records.case_dir.name, "", str(error)
    for name, one in (register.families if register else {}).items():
        if one.slug == slug:
            return name, letter_left(one.letter), ""
    return records.case_dir.name, "", ""


@dataclass(frozen=True, slots=True)
class LostServer:
    """A server that may let the family in, of whose folder here too little is left to end that."""

    hosted: HostedSite
    why: str
    name: str
    case_dir: Path

    def __str__(self) -> str:
        out, slug = self.hosted.out, self.hosted.slug
        return (
            f"a server may let the family look until {self.hosted.until}, but {self.why}. Bring "
            f"{out} back as it was, then end it: vigsite host --out {in_shell(out)} "
            f"--revoke {self.name}, then copy that folder to the server. Or delete on the server "
            f"all that is named {slug}, then say so: vigsite record "
            f"{in_shell(self.case_dir)} --looked"
        )


def lost_servers(records: Records, today: dt.date) -> list[LostServer]:
    """Return the servers that the record knows, and that the folder made for them tells less of."""
    found, case_id = [], records.known().id
    for one in records.known().hosted:
        why = "" if one.until < today else _why_lost(Tree(Path(one.out)), one, case_id)
        if why:
            found.append(LostServer(one, why, records.case_dir.name, records.case_dir))
    return found


def _why_lost(tree: Tree, hosted: HostedSite, case_id: str) -> str:
    """Say what is wrong with a family in a folder for a server; empty if nothing, or it ended."""
    slug, is_open = hosted.slug, last_open(tree, hosted.slug) is not None
    if hosted.ended:
        return "access was ended before, and an older copy brought it back" if is_open else ""
    try:
        register = read_register(tree.register)
    except VigsiteError as error:
        return str(error).rstrip(".")
    if register is None:
        return f"{tree.register} is gone, which tells whose address is which"
    ids = {one.id for one in register.families.values() if one.slug == slug}
    if slug in register.ended or (is_open and not ids.isdisjoint(("", case_id))):
        return ""
    if ids.isdisjoint(("", case_id)):
        how = "gives its address to another family" if ids else "does not know that any more"
        return f"{tree.register} {how}"
    return f"the passwords in {tree.server} are gone"


def outstaying(
    allowance: Allowance, records: Records, given: Path, but: Path | None = None
) -> Iterator[str]:
    """A sentence, with what to do, for each way in that is open longer than it should be.

    Left out are sites that may not stay at all, since `no_longer_allowed` names them, and the one
    at `but`, which is being put right.
    """
    today = allowance.today
    lost = lost_servers(records, today)
    for door in doors(records):
        if door.target == but:
            continue
        if door.fault and not lost:
            yield door.fault
        set_day = next((h.until for h in records.known().hosted if h.slug == door.slug), None)
        host, copy = (
            f"vigsite host --out {in_shell(door.out)}",
            "then copy that folder to the server",
        )
        place = door.target.parent
        if door.last_day < today:
            yield (
                f"the last day of access was {door.last_day}, and the films still lie in {place}, "
                f"perhaps on the server too. To take them away: {host}, {copy}"
            )
        elif set_day and door.last_day > set_day:
            yield (
                f"a server lets the family look until {door.last_day}, as in an older copy, but "
                f"{set_day} was the last day. To end it then: {host}, {copy}"
            )
        elif not door.target.is_dir():
            yield (
                f"what a server shows of it was taken away here, but may be open there until "
                f"{door.last_day}. To end it: {host} --revoke {door.name}, {copy}; or host the "
                "family anew, then copy"
            )
        elif not allowance.reasons(door.site) and (found := _too_long(allowance, door)):
            day, why = found
            yield (
                f"a server lets the family look until {door.last_day}, but {why}. To end it with "
                f"{day}: {host} {given} --until {day}, {copy}"
            )
    yield from map(str, lost)


def _too_long(allowance: Allowance, door: Door) -> tuple[dt.date, str] | None:
    """The last day on which all of it is still allowed, and why it is not on the next."""
    for day in turning_days(allowance.ledger.lines, allowance.today, door.last_day):
        if why := replace(allowance, today=day).reasons(door.site):
            return day - dt.timedelta(1), why
    return None


def last_allowed_day(
    allowance: Allowance, records: Records, tree: Tree, slug: str
) -> tuple[dt.date, str] | None:
    """Return the last day on which what a server shows is still allowed, and why no longer.

    None when it is until access ends anyway, and when it may not be shown today either.
    """
    for door in doors(records):
        shown = door.out == tree.out and door.target == tree.site(slug)
        if shown and door.last_day >= allowance.today and not allowance.reasons(door.site):
            return _too_long(allowance, door)
    return None


def agreed_until(
    case: Case | None, today: dt.date, until: dt.date, before: dt.date | None
) -> tuple[dt.date, list[str]]:
    """The last day of access that is asked for, or a sooner one on which an agreement ends.

    With what to tell about that; `before` is the last day that the family knows of, if any.
    """
    if case is None:
        return until, []  # the build says what is wrong
    day, why = allowed_until(case, Edition.KEEPSAKE, today, (Purpose.HOSTING,), until)
    if day == until:
        return until, []
    said = [
        f"access ends with {day}, not with {until}: {why}. If they agree to more, write it into "
        "case.yml and run this again; address and passphrase stay"
    ]
    if before and before > day:
        said.append(f"the letter says {before}: tell the family that access ends with {day}")
    return day, said


def on_servers(records: Records, today: dt.date) -> list[str]:
    """A sentence, with what to do, for each server that may go on showing what is deleted here."""
    open_ = (
        f"what a server may show until {door.last_day}. To end it: vigsite host "
        f"--out {in_shell(door.out)} --revoke {door.name}, then copy that folder to the server"
        for door in doors(records)
    )
    return [*open_, *map(str, lost_servers(records, today))]


def lying_about(records: Records, today: dt.date) -> list[str]:
    """Return a sentence for each letter with a passphrase and each report that still lies about."""
    lost = (letter_left(one.hosted.letter) for one in lost_servers(records, today))
    found = [*(door.letter for door in doors(records)), *lost]
    found += [
        f"the report of an audit in {report} quotes what must not be shown: delete that file"
        for report in records.known().reports
        if Path(report).exists()
    ]
    return [sentence for sentence in dict.fromkeys(found) if sentence]


def ending(records: Records, today: dt.date, soon: dt.date, given: Path) -> Iterator[str]:
    """A sentence for each way in that closes by itself between today and `soon`."""
    for door in doors(records):
        if today <= door.last_day <= soon and door.target.is_dir():
            yield (
                f"a server lets the family look until {door.last_day}; to go on: vigsite host "
                f"--out {in_shell(door.out)} {in_shell(given)} --until DATE"
            )
