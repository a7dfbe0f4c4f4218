"""`vigsite add`: adds a cycle with its film."""

from __future__ import annotations

from pathlib import Path

import click

from vigsite.cli.echo import echo
from vigsite.terminal.quoting import in_shell


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("film", type=click.Path(path_type=Path))
@click.option("--setting", default="", help="Where and when, such as: Breakfast at home.")
@click.option(
    "--filmed",
    metavar="DATE",
    help="The day of the film. Without it: what the film itself tells, or else its file.",
)
@click.option("--top-up", is_flag=True, help="It is a top-up cycle.")
def add(case: Path, film: Path, setting: str, filmed: str | None, top_up: bool) -> None:
    """Add FILM to CASE as its next cycle.

    Copies the film, and writes a commented cycle.yml to start from.
    """
    import datetime as dt

    from vigsite.cli.screen import screen
    from vigsite.commands.add import add_film
    from vigsite.errors import InputError

    try:
        day = dt.date.fromisoformat(filmed) if filmed else None
    except ValueError:
        raise InputError(
            f"--filmed: found {filmed!r}; expected a date such as 2026-03-02."
        ) from None

    with screen() as shown:
        shown.title = film.name
        added = add_film(case, film, setting, day, shown.say, shown.step, top_up=top_up)
    for remark in added.remarks:
        echo(remark)
    if not added.told:
        echo(
            f"The film does not tell when it was recorded. {added.filmed} is the day of its file, "
            "which copying may have changed: correct `filmed` if it was another day."
        )
    echo(
        f"Added {added.folder}. Mark moments in {added.folder / 'cycle.yml'}, then: "
        f"vigsite check {in_shell(case)}"
    )
