"""`vigsite present`: the deck of the shared review, from a server on this machine alone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.build import attempt, build_one, complain
from vigsite.cli.echo import echo
from vigsite.cli.here import or_this_one
from vigsite.cli.options import how_to_build

if TYPE_CHECKING:
    from vigsite.building.request import Built, Wish
    from vigsite.cli.screen import Screen
    from vigsite.errors import VigsiteError


@click.command()
@click.argument("case", required=False, type=click.Path(path_type=Path), callback=or_this_one)
@how_to_build
@click.option("--watch", is_flag=True, help="Build again whenever a file of the case is saved.")
@click.option(
    "--cycle",
    metavar="CYCLE",
    help="Where the deck opens: a cycle's folder or number; without it at the newest.",
)
@click.option(
    "--port",
    default=0,
    metavar="NUMBER",
    type=click.IntRange(0, 65535),
    help="The port of the address; without it a free one is found.",
)
@click.option("--open/--no-open", "open_", default=True, help="Whether to open the browser.")
def present(
    case: Path,
    out: Path,
    quality: str | None,
    share: bool,
    hardware: bool,
    jobs: int,
    verbose: bool,
    watch: bool,
    cycle: str | None,
    port: int,
    open_: bool,
) -> None:
    """Show the deck of the shared review in the browser.

    Builds what changed first. The deck comes from this machine and can be seen on this machine
    alone, at an address that nobody can guess. Stop with Ctrl-C. CASE may be left out in the
    case's own folder, and where there is one case only.
    """
    from vigsite.building.request import Wish
    from vigsite.case.editions import Edition
    from vigsite.cli.screen import screen
    from vigsite.records.site_folders import SHARE

    wish = Wish((Edition.REVIEW,), out, quality or "usual", hardware, jobs, share=share)
    with screen() as shown:
        built, status = build_one(case, wish, shown, verbose)
    if built is None:
        raise click.exceptions.Exit(status)
    for sentence in _sayings(built):
        echo(sentence, err=True)
    if files := built.sites.get(SHARE):
        echo(f"{built.slug}: files for the meeting's player are in {files}")
    from vigsite.building.open_case import records_of
    from vigsite.commands.present import place_in_deck
    from vigsite.local_server.server import presented

    site = built.sites[Edition.REVIEW]
    records = records_of(case)
    moments = next((one.moments for one in records.sites() if records.target(one) == site), {})
    place = place_in_deck(moments, cycle)
    try:
        with presented(site, port, place, watched=watch) as presentation:
            echo(f"{built.slug}: the deck is at {presentation.address}")
            echo("Only this machine can see it. Stop with Ctrl-C.")
            if open_:
                click.launch(presentation.opening_address)
            if watch:
                _watch(_Rebuild(case, wish, verbose, site, _sayings(built)))
            _wait_while_there(site)
    except KeyboardInterrupt:
        echo("\nStopped. The address does not work any more.", err=True)


def _wait_while_there(site: Path) -> None:
    """Until Ctrl-C. Raises VigsiteError when the site was taken away; a swap is no such thing."""
    from vigsite.errors import VigsiteError

    missed = 0
    while missed < 3:
        time.sleep(0.5)
        missed = 0 if site.is_dir() else missed + 1
    raise VigsiteError(f"{site} is not there any more, so the deck is not shown any more.")


def _watch(rebuild: _Rebuild) -> None:
    from vigsite.case.load import find_case
    from vigsite.local_server.watch import rebuild_on_change

    echo("Whatever you save in the case, the deck shows soon after.")
    rebuild_on_change(find_case(rebuild.case), rebuild)


@dataclass(slots=True)
class _Rebuild:
    """Builds again, and says only what is new."""

    case: Path
    wish: Wish
    verbose: bool
    site: Path
    said: list[str]

    def __call__(self) -> bool:
        """False when another vigsite is at work on the case, so that this one has to wait.

        Raises what the build raised when there is nothing left to show.
        """
        from vigsite.case.editions import Edition
        from vigsite.cli.screen import screen
        from vigsite.errors import Busy, VigsiteError

        with screen() as shown:
            try:
                built = attempt(self.case, self.wish, shown, self.verbose)
            except Busy:
                return False
            except (VigsiteError, OSError) as error:
                if not self.site.is_dir():  # taken away: somebody no longer agrees
                    raise
                self._complain(error, shown)
                return True
        for sentence in _sayings(built):
            if sentence not in self.said:
                echo(sentence, err=True)
        self.said = _sayings(built)
        if Edition.REVIEW not in built.unchanged:
            echo(f"{built.slug}: built again; the deck shows it now.")
        return True

    def _complain(self, error: VigsiteError | OSError, shown: Screen) -> None:
        from vigsite.errors import VigsiteError

        if isinstance(error, VigsiteError):
            complain(error, self.case, shown, self.verbose)
        else:
            shown.say(f"{error.filename or self.case}: {error.strerror or error}.")
        shown.say("The deck stays as it was until that is mended and saved.")


def _sayings(built: Built) -> list[str]:
    notices = [f"Note: {notice}" for notice in built.notices]
    return notices + [f"{built.slug}: {sentence}" for sentence in built.sentences]
