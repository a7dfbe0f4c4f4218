"""`vigsite withdraw`: takes back a moment, or everything a person agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.echo import echo
from vigsite.cli.options import DO, OUT
from vigsite.terminal.quoting import in_shell

if TYPE_CHECKING:
    from vigsite.commands.withdraw import Withdrawing


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("target", metavar="MOMENT|person:NAME")
@click.option(
    "--undo",
    is_flag=True,
    help="It was a mistake, or was agreed to again: it may be shown again from now on.",
)
@click.option("--by", metavar="WHOM", help="With --undo: who agreed to it again.")
@OUT
@DO
def withdraw(case: Path, target: str, undo: bool, by: str | None, out: Path, do: bool) -> None:
    """Take back a moment, or all that a person agreed to. Without --do it only tells.

    MOMENT is named like 1-breakfast/looks-up, a person like person:rowan. It is written into
    withdrawn.yml first, so that no backup brings it back. Then every site and pack that holds it
    is deleted, and all finished clips, contact sheets and temporary files of the case. Your own
    files stay as they are.
    """
    import datetime as dt

    from vigsite.errors import InputError

    if undo != bool(by and by.strip()):
        raise InputError(
            "Say who agreed to it again: --undo --by Mum, for example. --by goes with --undo alone."
        )
    if undo and by:
        _undo(case, target, " ".join(by.split()), do=do)
        return
    from vigsite.commands.withdraw import foresee_withdrawal
    from vigsite.commands.withdraw import withdraw as withdraw_it

    today = dt.date.today()
    if not do:
        found = foresee_withdrawal(case, target, out, today)
        echo(f"{found.slug}: this would take back {found.what}. Nothing is done yet.")
        _tell(found)
        echo("\nWould be deleted:")
        for one in found.doomed:
            echo(f"  {one.what}: {one.target}")
        echo(f"  finished clips, contact sheets, temporary files: {_said(found)}")
        _tell_the_rest(found, case)
        echo(f"\nTo do it: vigsite withdraw {in_shell(case)} {in_shell(target)} --do")
        return
    found = withdraw_it(case, target, out, today, echo)
    verb = "is withdrawn" if found.lines else "was withdrawn before"
    echo(f"{found.slug}: {found.what} {verb}{_what_is_left(found)}")
    _tell(found)
    _tell_the_rest(found, case)
    echo(f"\nThen, for what is still agreed to: vigsite build {in_shell(case)}")
    if found.nearby or found.unreachable:
        raise click.exceptions.Exit(1)


def _undo(case: Path, target: str, by: str, *, do: bool) -> None:
    import datetime as dt

    from vigsite.commands.undo_withdrawal import foresee_undo, undo

    found = (undo if do else foresee_undo)(case, target, by, dt.datetime.now())
    days = ", ".join(str(line.since) for line in found.lifted)
    if do:
        echo(
            f"{found.slug}: {target} is not withdrawn any more (withdrawn on {days}). "
            f"withdrawn.yml has one more line for it: {found.line}."
        )
    else:
        echo(
            f"{found.slug}: this would end the withdrawal of {target} ({days}). Nothing is done "
            "yet."
        )
    if found.back:
        echo(f"May be shown again, as far as everybody in it agrees: {', '.join(found.back)}.")
    for sentence in found.still_out:
        echo(f"{sentence}.")
    echo(
        "Sites and packs that were deleted do not come back, nor does what was on a server: build, "
        "pack and host anew."
    )
    if do:
        echo(f"\nThen: vigsite build {in_shell(case)}")
    else:
        echo(
            f"\nTo do it: vigsite withdraw {in_shell(case)} {in_shell(target)} --undo "
            f"--by {in_shell(by)} --do"
        )


def _what_is_left(found: Withdrawing) -> str:
    """How the sentence ends that says that something is withdrawn."""
    if found.nearby:
        return ". What vigsite knows of is deleted; this is not, and needs you:"
    if found.unreachable:
        return ". What can be reached is deleted; the rest is named below, and stays to be done."
    if found.nothing_known:
        return (
            ". vigsite remembers no site, pack or contact sheet of this case; what was built by "
            "another computer it does not know."
        )
    but = " but what was made for the family, named below" if found.given else ""
    return f", and nothing of it is left in reach{but}."


def _tell(found: Withdrawing) -> None:
    """What is shown nowhere any more."""
    for sentence in found.nearby:
        echo(f"  {sentence}", err=True)
    if found.moments:
        echo(f"Shown nowhere after this: {', '.join(found.moments)}.")
    if found.along:
        echo(
            f"{', '.join(found.along)}: goes along, since it shows some of the same seconds. To "
            "keep the rest of it, give it other times in cycle.yml first."
        )
    for note in found.notes:
        echo(f"Note: {note}.")


def _tell_the_rest(found: Withdrawing, case: Path) -> None:
    """What is out of reach, and what stays."""
    tell_out_of_reach([*found.unreachable, *found.given], found.handed_over)
    echo(
        "\nNot touched: the film and your notes; the film itself goes with `vigsite purge "
        f"{in_shell(case)} --recordings`. Copies that somebody made, backups and what a disk "
        "keeps of deleted files cannot be reached from here."
    )


def tell_out_of_reach(unreachable: Sequence[str], handed_over: Sequence[str]) -> None:
    """What is not deleted, and why."""
    if unreachable:
        echo("\nNot deleted:")
    for sentence in unreachable:
        echo(f"  {sentence}")
    if handed_over:
        echo("\nPacked before, as handovers.yml says. What was handed over cannot be called")
        echo("back; ask whoever has it to delete it:")
    for sentence in handed_over:
        echo(f"  {sentence}")


def _said(found: Withdrawing) -> str:
    from vigsite.erasure.private_media import said

    return said(found.remains)
