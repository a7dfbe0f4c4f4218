"""`vigsite purge`: deletes the films of a case, or all of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.echo import echo
from vigsite.cli.options import DO, OUT
from vigsite.terminal.quoting import in_shell
from vigsite.terminal.visible import visible

if TYPE_CHECKING:
    from vigsite.commands.purge import Purge

_PROMISES = (
    "What no program can promise: an SSD may keep deleted blocks for a while, and backups, copies "
    "and synchronised folders keep what they have. Delete there as well."
)


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--recordings", is_flag=True, help="The films; sites and packs stay as they are.")
@click.option("--all", "everything", is_flag=True, help="The whole case, and what was built of it.")
@click.option(
    "--looked",
    is_flag=True,
    help="With --all: finish, though something is out of reach; I saw to it myself.",
)
@OUT
@DO
def purge(
    case: Path, recordings: bool, everything: bool, looked: bool, out: Path, do: bool
) -> None:
    """Delete the films of CASE, or everything. Without --do it only tells.

    After --recordings the case can still be read, and its sites and packs stay; nothing can be
    made anew. After --all only deleted.yml is left, with the day, the kinds and their numbers.
    """
    import datetime as dt

    from vigsite.commands.purge import all_to_purge, films_to_purge, purge_all, purge_films
    from vigsite.errors import InputError

    if recordings == everything:
        raise InputError("Say what to delete: --recordings for the films, or --all for the case.")
    unfinished = False
    if not do:
        found = films_to_purge(case) if recordings else all_to_purge(case, out)
        echo(f"{found.slug}: this would delete, and has not yet:")
    else:
        today = dt.date.today()
        if recordings:
            found = purge_films(case, today)
        else:
            found = purge_all(case, out, today, looked=looked)
        unfinished = bool(found.unreachable) and not looked
        what = "its films are deleted" if recordings else "deleted"
        if unfinished:
            what = "deleted as far as it can be reached; not finished, see below"
        echo(f"{found.slug}: {what}.")
    _tell(found, everything, done=do)
    option = "--recordings" if recordings else "--all"
    if not do:
        echo(f"\nTo do it: vigsite purge {in_shell(case)} {option} --do")
    elif unfinished:
        echo(
            "\ncase.yml and record/ stay until what is out of reach is gone too. See to it, then "
            f"run the same again: vigsite purge {in_shell(case)} --all --do. If nothing of it can "
            "be reached any more, add --looked.",
            err=True,
        )
    elif everything:
        echo("\nWhat is left: deleted.yml, which names nobody.")
    left = found.perhaps_films if recordings else []
    if do and (found.unknown or unfinished or left):
        raise click.exceptions.Exit(1)


def _tell(found: Purge, everything: bool, *, done: bool) -> None:
    from vigsite.cli.withdraw import tell_out_of_reach

    if not done:
        from vigsite.erasure.private_media import said

        for kind, places in found.doomed.items():
            echo(f"  {kind}: {said(found.sizes()[kind])}")
            for place in places if kind in ("films", "sites", "packs") else ():
                echo(f"    {place}")
    if found.strangers:
        verb = "Goes along" if everything else "Not deleted"
        echo(f"\n{verb}, though no file of the case names it:")
        for path in found.strangers:
            echo(f"  {visible(str(path))}")
    if found.perhaps_films and not everything:
        echo(
            "This may show somebody, and needs you: is it a film? Then delete it yourself.",
            err=True,
        )
    if not everything:
        echo(
            "\nThe case can still be read, and its sites and packs stay. After this nothing can "
            "be cut from the films any more: no other moment, no other quality, no new pack."
        )
    tell_out_of_reach([*found.unreachable, *found.given], found.handed_over)
    if found.unknown:
        echo("\nThis needs you:", err=True)
    for sentence in found.unknown:
        echo(f"  {sentence}", err=True)
    echo(f"\n{_PROMISES}")
