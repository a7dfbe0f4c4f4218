"""`vigsite verify`: whether a pack agrees with its own list, and whether the register has it."""

from __future__ import annotations

from pathlib import Path

import click

from vigsite.cli.echo import echo
from vigsite.cli.passphrase import REFUSED, STDIN, asked


@click.command()
@click.argument("pack", type=click.Path(path_type=Path), metavar="DIR|ZIP|PAGE")
@click.option(
    "--case",
    metavar="CASE",
    type=click.Path(path_type=Path),
    help="The case it was packed from, to compare it with handovers.yml there.",
)
@STDIN
@REFUSED
def verify(pack: Path, case: Path | None, passphrase_stdin: bool) -> None:
    """Read a pack again and say what was changed.

    Every file of it is compared with the list that the pack brings: what is missing, added or
    different. Whoever changes a pack can change its list too; so with --case it is also looked up
    in the case's register, handovers.yml, and what was withdrawn since is said. A pack that is one
    page brings no list and needs --case.
    """
    import datetime as dt

    from vigsite.commands.verify import why_kept_back
    from vigsite.keepsake.pack.verify import verify_pack
    from vigsite.records.handovers import packed_as

    verdict = verify_pack(pack, lambda: asked(stdin=passphrase_stdin), listed=case is None)
    for fault in verdict.faults[:20]:
        echo(f"{pack}: {fault}", err=True)
    if verdict.faults:
        more = len(verdict.faults) - 20
        echo(
            (f"and {more} more. " if more > 0 else "")
            + f"{pack} does not agree with its own list. Do not hand it over; pack again.",
            err=True,
        )
        raise click.exceptions.Exit(1)
    count = f"{verdict.files} file" + ("" if verdict.files == 1 else "s")
    if case is None:
        echo(f"{pack}: {count}; the pack agrees with its own list.")
        echo(
            f"  SHA-256 {verdict.sha256}. Whether that is what was packed, the register knows: add "
            "--case CASE."
        )
        return
    register, lines = packed_as(case, verdict.sha256, verdict.forms)
    if not lines:
        echo(
            f"{pack}: no line of {register} has this pack, SHA-256 {verdict.sha256}. It was packed "
            "from another case, or it and its list were changed since. Do not hand it over; pack "
            "again, or name the case that it was packed from.",
            err=True,
        )
        raise click.exceptions.Exit(1)
    days = " and ".join(dict.fromkeys(str(one.when) for one in lines))
    echo(f"{pack}: {count}, as packed on {days}, as {register} has it.")
    echo(f"  SHA-256 {verdict.sha256}")
    if why := why_kept_back(case, pack, lines, dt.date.today()):
        echo(why, err=True)
        raise click.exceptions.Exit(1)
