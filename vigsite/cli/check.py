"""`vigsite check`: says all that is wrong and what would be built; writes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from vigsite.cli.build import CASES


@click.command()
@CASES
@click.option(
    "--on",
    "on",
    metavar="DATE",
    help="Look ahead: what consent admits on that day, such as 2027-01-31.",
)
def check(cases: tuple[Path, ...], on: str | None) -> None:
    """Check cases: all faults at once, and what would be built. Writes nothing."""
    from vigsite.errors import VigsiteError
    from vigsite.foresee import foresee

    day = _day(on)
    status = 0
    for case in cases:
        try:
            seen = foresee(case, day)
        except VigsiteError as error:
            click.echo(str(error), err=True)
            status = max(status, error.exit_status)
            continue
        for fault in seen.faults:
            click.echo(str(fault), err=True)
        for notice in seen.notices:
            click.echo(f"Note: {notice}", err=True)
        for sentence in seen.sentences:
            click.echo(f"{seen.slug}: {sentence}")
        if seen.faults:
            noun = "fault" if len(seen.faults) == 1 else "faults"
            click.echo(f"{case}: {len(seen.faults)} {noun}.", err=True)
            status = 2
        else:
            click.echo(f"Then: vigsite build {case} --open")
    if status:
        raise click.exceptions.Exit(status)


def _day(on: str | None) -> dt.date | None:

    if on is None:
        return None
    try:
        day = dt.date.fromisoformat(on)
    except ValueError:
        raise click.BadParameter(
            f"found {on!r}; expected a date such as 2027-01-31", param_hint="--on"
        ) from None
    if day <= dt.date.today():
        raise click.BadParameter(
            f"{on} is not later than today; --on looks ahead only", param_hint="--on"
        )
    return day
