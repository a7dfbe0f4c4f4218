"""`vigsite consent`: who agreed to what, and which moments that lets in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.echo import echo
from vigsite.cli.options import AHEAD, day_ahead

if TYPE_CHECKING:
    import datetime as dt

    from vigsite.case.consent_table import Explained
    from vigsite.case.load import Read
    from vigsite.records.case_folder import Records

_COLUMN = 11
"""Letters of the widest date, and a space."""


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@AHEAD
def consent(case: Path, on: str | None) -> None:
    """Show who agreed to what, and which moments that lets in.

    A table of people and purposes, what each edition goes without and why, and the lines that may
    not say what was meant. Writes nothing.
    """
    import datetime as dt

    from vigsite.building.open_case import look_into
    from vigsite.case.consent_table import explain

    day, opened = day_ahead(on), look_into(case)
    records, read = opened.records, opened.read
    for fault in read.report.faults:
        echo(str(fault), err=True)
    if read.case is not None:
        found = explain(read.case, day or dt.date.today())
        when = f"on {day}, as things are written now" if day else f"today, {dt.date.today()}"
        echo(f"{read.case.slug}: who agrees {when}\n")
        _show_table(found)
        echo()
        for sentence in found.moments:
            echo(_wrapped(sentence))
        if found.worth_knowing:
            echo("\nWorth knowing:")
        for sentence in found.worth_knowing:
            echo(_wrapped(f"- {sentence}"))
    for sentence in _hosted(case, records, read, day or dt.date.today()):
        echo(f"\nNOW: {sentence}")
    if read.report.faults:
        noun = "fault" if len(read.report.faults) == 1 else "faults"
        echo(f"{case}: {len(read.report.faults)} {noun}; mend them first.", err=True)
        raise click.exceptions.Exit(2)


def _hosted(given: Path, records: Records, read: Read, day: dt.date) -> list[str]:
    """What a server shows for longer than they agree to."""
    from vigsite.erasure.server_access import outstaying
    from vigsite.protection.allowed import allowance_of

    allowance = allowance_of(read, records, day)
    return list(outstaying(allowance, records, given)) if allowance else []


def _show_table(found: Explained) -> None:
    """People by purposes; below each other where the window is too narrow for that."""
    import shutil

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = shutil.get_terminal_size().columns
    if width < _COLUMN * (len(found.purposes) + 2):
        for called, cells in found.table.items():
            echo(called)
            for purpose, cell in zip(found.purposes, cells, strict=True):
                echo(f"  {purpose}: {cell}")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("", *found.purposes):
        table.add_column(heading, overflow="fold")
    for called, cells in found.table.items():
        table.add_row(Text(called), *(Text(cell) for cell in cells))
    plain = Console(width=width, color_system=None, highlight=False, legacy_windows=False)
    with plain.capture() as captured:
        plain.print(table)
    echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _wrapped(sentence: str) -> str:
    """A sentence in the width of the window, its further lines drawn in."""
    import shutil
    import textwrap

    indent = " " * (len(sentence) - len(sentence.lstrip()) + 4)
    width = max(40, shutil.get_terminal_size().columns - 1)
    return "\n".join(
        textwrap.wrap(
            sentence,
            width,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
    )
