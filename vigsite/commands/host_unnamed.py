"""Families that `vigsite host` is not asked to host now: what they agree to no more goes, too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from vigsite.building.host_request import Order, Watch
from vigsite.building.open_case import open_case
from vigsite.case.faults import CaseFaults
from vigsite.erasure.end_access import (
    refuse_unknown_address,
)
from vigsite.erasure.lost_withdrawals import older_record, refuse_lost_withdrawals
from vigsite.erasure.neighbours import refuse_withdrawn_nearby
from vigsite.erasure.server_access import last_allowed_day
from vigsite.erasure.take_away import close_less_covered
from vigsite.errors import VigsiteError
from vigsite.files.atomic import recover
from vigsite.hosting.families import Hosted, Register
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import (
    flush,
    known_hash,
    last_open,
    open_until,
    shut_out,
)
from vigsite.protection.allowed import Allowance
from vigsite.records.case_folder import Records
from vigsite.records.record_file import id_in
from vigsite.terminal.quoting import in_shell


def take_away_elsewhere(
    register: Register, tree: Tree, cases: dict[str, Path], order: Order, watch: Watch
) -> Iterator[str]:
    """Take away what families that are not named agree to no more, where their cases can be read.

    A task that copies the folder every night would go on showing it. Yields the names of those
    whose site waits to be made anew (`close_less_covered`).
    """
    for name, one in register.families.items():
        case = Path(one.case)
        if name in cases or not one.case or not one.id:  # of before cases had ids
            continue
        try:
            if id_in(case) != one.id:
                raise VigsiteError(_not_asked(name, one, tree))
            first = partial(_hold_first, name, one, register, tree, watch, order.today)
            site = tree.site(one.slug)
            with open_case(case, order.today, watch.said, hosting=site, first=first) as opened:
                read, records, allowance = opened.read, opened.records, opened.allowance
                if allowance is None:
                    raise CaseFaults(read.report.faults)
                closed = close_less_covered(name, read, records, opened.library, allowance, site)
                if closed or read.report.faults:
                    yield name
                for sentence in closed:
                    watch.said(sentence)
                _bring_forward(name, one, records, allowance, register, tree, watch)
                if read.case:
                    refuse_withdrawn_nearby(read.case, records, opened.library, order.today)
                if read.report.faults:  # nobody can tell what the notes cover now
                    raise CaseFaults(read.report.faults)
        except VigsiteError as error:
            watch.failed(case, error)


def _hold_first(
    name: str,
    one: Hosted,
    register: Register,
    tree: Tree,
    watch: Watch,
    today: dt.date,
    records: Records,
) -> None:
    """Hold a family to its last day, once it is sure whose record this is and how old."""
    refuse_unknown_address(name, one, records, tree, just_here=True)
    refuse_lost_withdrawals(records, ())
    if why := older_record(records):
        raise VigsiteError(why)
    _hold_to_last_day(name, one, records, register, tree, watch, today)


def _not_asked(name: str, one: Hosted, tree: Tree) -> str:
    return (
        f"{name}: its case is not in {one.case} any more, or its record cannot be read, so nobody "
        "can tell whether the family still agrees. Put it back, or host it from where it is now; "
        f"or end its access: vigsite host --out {in_shell(tree.out)} --revoke {in_shell(name)}"
    )


def _hold_to_last_day(
    name: str,
    one: Hosted,
    records: Records,
    register: Register,
    tree: Tree,
    watch: Watch,
    today: dt.date,
) -> None:
    """Let a family in no longer than its case knows, whatever an older copy brought back."""
    known = (hosted.until for hosted in records.known().hosted if hosted.slug == one.slug)
    days = [day for day in (one.until, *known) if day]
    is_open, server = last_open(tree, one.slug), register.settings.server
    if not days or is_open is None or is_open <= min(days):
        return
    day = one.until = min(days)
    secret = known_hash(tree, server, one.slug)
    shut_out(tree, one.slug)
    if day >= today:
        open_until(tree, server, one.slug, secret, today, day)
    flush(tree)
    register.keep()
    watch.said(
        f"{name}: access was open until {is_open}, as in an older copy, and ends with {day} now."
    )


def _bring_forward(
    name: str,
    one: Hosted,
    records: Records,
    allowance: Allowance,
    register: Register,
    tree: Tree,
    watch: Watch,
) -> None:
    """End access sooner when an agreement ends before the last day that was set."""
    found = last_allowed_day(allowance, records, tree, one.slug)
    hosted = next((h for h in records.known().hosted if h.slug == one.slug), None)
    if not found or not hosted or not one.until:
        return
    day, why = found
    server = register.settings.server
    records.remember_hosted(replace(hosted, until=day))
    open_until(tree, server, one.slug, known_hash(tree, server, one.slug), allowance.today, day)
    flush(tree)
    one.until = day
    register.keep()
    watch.said(f"{name}: access ends with {day} now: {why}. Tell the family.")


def over(
    register: Register, today: dt.date, cases: dict[str, Path], waiting: Collection[str], tree: Tree
) -> Iterator[tuple[str, str]]:
    """Families with nothing more to see, and why, unless they are renewed now.

    Nor is it over for those whose site waits to be made anew.
    """
    for name, one in list(register.families.items()):
        if name in cases:
            continue
        if one.until and one.until < today:
            yield name, "the last day of access is over; the site was taken away."
            continue
        if tree.family(one.slug).is_dir():
            recover(tree.site(one.slug))
        if name not in waiting and not tree.site(one.slug).is_dir():
            yield name, "the site was taken away before, so nobody has access any more."
