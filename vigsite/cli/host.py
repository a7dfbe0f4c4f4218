"""`vigsite host`: a folder for a server, with each family's site behind a passphrase."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.echo import echo
from vigsite.hosting.settings import Server

if TYPE_CHECKING:
    from vigsite.building.host_request import Access, Watch
    from vigsite.cli.screen import Screen


@click.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...", type=click.Path(path_type=Path))
@click.option(
    "--server",
    type=click.Choice([server.value for server in Server]),
    help="The server that is there.",
)
@click.option("--domain", metavar="NAME", help="Each family gets a host name below it.")
@click.option("--until", metavar="DATE", help="The last day of access, such as 2027-03-31.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that is made ready for the server.",
)
@click.option(
    "--letters",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a letter to print for each family with a new passphrase, instead of showing it.",
)
@click.option("--rotate", is_flag=True, help="Give the named families new passphrases.")
@click.option(
    "--revoke",
    multiple=True,
    metavar="CASE",
    help="End this family's access now; may be given several times.",
)
@click.option(
    "--same-family",
    multiple=True,
    metavar="NAME",
    help="Say that NAME is the family that was hosted here before, where vigsite asks.",
)
@click.option(
    "--server-folder",
    "folder",
    metavar="PATH",
    help="Where the folder lies on the server.  [/srv/vigsite]",
)
@click.option(
    "--certificate",
    metavar="PATH",
    help="On the server; for Caddy also `auto`.  [/etc/vigsite/tls/fullchain.pem]",
)
@click.option("--key", metavar="PATH", help="On the server.  [/etc/vigsite/tls/privkey.pem]")
@click.option("--https-port", type=click.IntRange(1, 65535), help="The server's port.  [443]")
@click.option("--http-port", type=click.IntRange(1, 65535), help="Without TLS.  [80]")
@click.option("--draft", is_flag=True, help="Small and fast, for a trial.")
@click.option("--jobs", default=0, type=click.IntRange(0, 64), help="Clips made at once.")
@click.option("-v", "--verbose", is_flag=True, help="Show every ffmpeg command, ready to paste.")
def host(
    cases: tuple[Path, ...],
    until: str | None,
    out: Path,
    letters: Path | None,
    rotate: bool,
    revoke: tuple[str, ...],
    same_family: tuple[str, ...],
    draft: bool,
    jobs: int,
    verbose: bool,
    **settings: str | int | None,
) -> None:
    """Make a folder for a server, on which families open their keepsake with a passphrase.

    It holds only moments whose people agreed to keepsake and hosting. Run it again to add
    families, bring what changed, or renew access: whoever is not named stays as they are, and
    whoever's last day is over goes. Server and domain need saying once. The server itself is yours
    (nginx or Caddy); README.txt in the folder says what goes where.
    """
    from vigsite.building.host_request import Order
    from vigsite.building.request import Wish
    from vigsite.cli.screen import screen
    from vigsite.commands.host import host as bring_about

    order = Order(
        out,
        cases,
        revoke,
        _day(until),
        {name: value for name, value in settings.items() if value is not None},
        letters,
        rotate,
        same_family,
        Wish(quality="draft" if draft else "usual", jobs=jobs),
    )
    failures: list[int] = []
    with screen() as shown:
        register = bring_about(order, _watch(shown, verbose, failures))
    echo(f"Hosted: {_counted(len(register.families))}. {out / 'README.txt'} says how to go on.")
    if failures:
        raise click.exceptions.Exit(failures[0])


def _day(text: str | None) -> dt.date | None:
    from vigsite.errors import InputError

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--until {text} is no day; write it as 2027-03-31.") from None


def _counted(count: int) -> str:
    return "1 family" if count == 1 else f"{count} families"


def _watch(shown: Screen, verbose: bool, failures: list[int]) -> Watch:
    from vigsite.building.host_request import Watch
    from vigsite.building.request import Built, Wish
    from vigsite.cli.build import attempt, complain
    from vigsite.errors import VigsiteError

    def build(case: Path, wish: Wish) -> Built:
        return attempt(case, wish, shown, verbose)

    def failed(case: Path, error: VigsiteError) -> None:
        failures.append(error.exit_status)
        complain(error, case, shown, verbose)

    return Watch(build, echo, failed, _hand_over)


def _hand_over(access: Access) -> None:
    for sentence in access.sentences:
        echo(f"{access.name}: {sentence}", err=True)
    state = "hosted" if access.touched else "unchanged, hosted"
    echo(f"{access.name}: {state} until {access.until} at {access.address}")
    if access.letter:
        echo(f"  letter to print: {access.letter} (delete it when it is printed)")
    elif access.passphrase:
        from vigsite.hosting.settings import USER

        echo(f"  user name:  {USER}\n  passphrase: {access.passphrase}")
        echo("  This is the only time it is shown; it is written down nowhere.")
