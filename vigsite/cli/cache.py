"""`vigsite cache`: what is kept between runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.build import CASES
from vigsite.cli.echo import echo
from vigsite.terminal.quoting import in_shell

if TYPE_CHECKING:
    from vigsite.commands.cache import Stock


@click.command()
@CASES
@click.option(
    "--prune",
    is_flag=True,
    help="Delete what no moment uses, and the contact sheets and previews in .vigsite.",
)
def cache(cases: tuple[Path, ...], prune: bool) -> None:
    """Show what is kept between runs, and delete what is unused.

    How much room finished clips and stills take. All of it can be made again from the recordings.
    What a withdrawn moment used is deleted by every build anyway.
    """
    from vigsite.commands.cache import take_stock
    from vigsite.errors import VigsiteError

    status = 0
    for case in cases:
        try:
            _say(take_stock(case, _complain, prune=prune), case, pruned=prune)
        except VigsiteError as error:
            echo(f"{error}\n{case}: nothing was deleted.", err=True)
            status = max(status, error.exit_status)
    if status:
        raise click.exceptions.Exit(status)


def _complain(sentence: str) -> None:
    echo(sentence, err=True)


def _say(stock: Stock, case: Path, *, pruned: bool) -> None:
    unused = stock.entries - stock.used
    idle = stock.size - stock.used_size + stock.other_size
    echo(
        f"{stock.slug}: {stock.entries} finished clips and stills, {_megabytes(stock.size)}; "
        f"{unused} of them no moment uses. Contact sheets, previews and remains: "
        f"{_megabytes(stock.other_size)}."
    )
    if pruned:
        echo(f"{stock.slug}: deleted {_megabytes(idle)}.")
        for sheet in stock.sheets_elsewhere:
            echo(f"{stock.slug}: the contact sheet in {sheet} stays; delete it yourself.")
    elif idle:
        prune = f"vigsite cache {in_shell(case)} --prune"
        echo(f"{stock.slug}: `{prune}` deletes {_megabytes(idle)}.")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
