"""`vigsite contact-sheet`: frames to choose a still from."""

from __future__ import annotations

from pathlib import Path

import click

from vigsite.cli.echo import echo
from vigsite.terminal.quoting import in_shell


@click.command("contact-sheet")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("cycle")
@click.argument("time")
@click.option("--of", metavar="NAME", help="Which recording, when the cycle has several.")
@click.option(
    "--within",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.04, 5),
    help="Seconds to either side.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Another place than the case's private folder.",
)
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
def contact_sheet(
    case: Path, cycle: str, time: str, of: str | None, within: float, out: Path | None, open_: bool
) -> None:
    """Show the frames around a time, to choose a still from.

    For example: vigsite contact-sheet cases/rowan 1-breakfast 0:12.4 --open
    """
    from vigsite.cli.screen import screen
    from vigsite.commands.contact_sheet import make_contact_sheet

    with screen() as shown:
        shown.title = case.name
        within_ms = round(within * 1000)
        page = make_contact_sheet(case, cycle, time, of, within_ms, out, shown.say, shown.step)
    echo(f"Choose from {page}")
    echo(f"All on one picture: {page.with_suffix('.jpg')}")
    prune = f"`vigsite cache {in_shell(case)} --prune`"
    echo(f"Then write its time in cycle.yml. {prune} deletes contact sheets.")
    if open_:
        click.launch(page.as_uri())
