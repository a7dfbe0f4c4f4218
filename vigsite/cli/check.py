"""`vigsite check`: says all that is wrong and what would be built; changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from vigsite.cli.build import CASES
from vigsite.cli.echo import echo
from vigsite.cli.options import AHEAD, day_ahead
from vigsite.terminal.quoting import in_shell


@click.command()
@CASES
@AHEAD
def check(cases: tuple[Path, ...], on: str | None) -> None:
    """Check cases: all faults at once, and what would be built. Changes nothing.

    Without CASE: the one that this folder is, or else every case below `cases` or this folder.
    """
    from vigsite.cli.screen import screen
    from vigsite.commands.check import foresee
    from vigsite.errors import VigsiteError

    day = day_ahead(on)
    status = 0
    for case in cases:
        try:
            with screen() as shown:
                shown.title = case.name
                seen = foresee(case, day, shown.step)
        except VigsiteError as error:
            echo(str(error), err=True)
            status = max(status, error.exit_status)
            continue
        for fault in seen.faults:
            echo(str(fault), err=True)
        for notice in seen.notices:
            echo(f"Note: {notice}", err=True)
        for sentence in seen.sentences:
            echo(f"{seen.slug}: {sentence}")
        if seen.faults:
            noun = "fault" if len(seen.faults) == 1 else "faults"
            echo(f"{case}: {len(seen.faults)} {noun}.", err=True)
            status = 2
        elif seen.first:
            echo(f"{seen.slug}: {seen.first}")
        elif seen.can_be_built:
            echo(f"Then: vigsite build {in_shell(case)} --open")
    if status:
        raise click.exceptions.Exit(status)
