"""`vigsite due`: what has to be done about agreements, withdrawals and dates of keeping."""

from __future__ import annotations

from pathlib import Path

import click

from vigsite.cli.echo import echo
from vigsite.cli.here import cases_here, outside
from vigsite.cli.options import AHEAD, OUT, day_ahead


@click.command()
@click.argument("cases", nargs=-1, metavar="[CASE...]", type=click.Path(path_type=Path))
@OUT
@AHEAD
def due(cases: tuple[Path, ...], out: Path, on: str | None) -> None:
    """Show what has to be done now, and what ends soon.

    Sites and packs that are no longer allowed, agreements that end within 30 days, the last days
    to keep films and cases, withdrawals that were broken off. Without CASE: the one
    that this folder is, or else every case below `cases` or this folder, and what is left of cases
    that are gone. Writes nothing.
    Ends with status 1 when something has to be done now, so that a task that runs by itself can
    tell you.
    """
    import datetime as dt

    from vigsite.commands.due import what_is_due
    from vigsite.erasure.left_behind import left_behind
    from vigsite.errors import InputError, VigsiteError

    day = day_ahead(on) or dt.date.today()
    found = cases or cases_here()
    if not found:
        raise InputError("No case below `cases` or this folder; name one: vigsite due cases/maple")
    status = 0
    for case in found:
        try:
            one = what_is_due(case, outside(case, out), day)
        except VigsiteError as error:
            echo(str(error), err=True)
            status = max(status, error.exit_status)
            continue
        for fault in one.faults:
            echo(str(fault), err=True)
        for sentence in one.overdue:
            echo(f"{one.slug}: NOW: {sentence}")
        for sentence in one.soon:
            echo(f"{one.slug}: {sentence}")
        if not (one.overdue or one.soon or one.faults):
            echo(f"{one.slug}: nothing is due.")
        status = max(status, 2 if one.faults else 1 if one.overdue else 0)
    for sentence in [] if cases else left_behind(found, out):
        echo(f"NOW: {sentence}")
        status = max(status, 1)
    if status:
        raise click.exceptions.Exit(status)
