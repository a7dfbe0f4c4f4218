"""`vigsite verify`: whether a pack still is what was packed."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("pack", type=click.Path(path_type=Path), metavar="DIR|ZIP")
@click.option(
    "--passphrase-stdin",
    is_flag=True,
    help="Read the passphrase of a locked zip from standard input instead of asking.",
)
def verify(pack: Path, passphrase_stdin: bool) -> None:
    """Read a pack again and say what was changed.

    Every file of it: what is missing, added or different.
    """
    from vigsite.keepsake.verify import verify_pack

    def asked() -> str:
        if passphrase_stdin:
            typed = sys.stdin.readline()
        else:
            typed = str(click.prompt("Passphrase", hide_input=True, err=True))
        return "-".join(typed.lower().split())  # also when spaces were typed between the words

    verdict = verify_pack(pack, asked)
    for fault in verdict.faults[:20]:
        click.echo(f"{pack}: {fault}", err=True)
    if verdict.faults:
        more = len(verdict.faults) - 20
        click.echo(
            (f"and {more} more. " if more > 0 else "")
            + f"{pack} is not what was packed. Do not hand it over; pack again.",
            err=True,
        )
        raise click.exceptions.Exit(1)
    count = f"{verdict.files} file" + ("" if verdict.files == 1 else "s")
    click.echo(f"{pack}: {count}, all as they were packed.")
    click.echo(f"  SHA-256 {verdict.sha256}; the case's handovers.yml has the same, if it is ours.")
