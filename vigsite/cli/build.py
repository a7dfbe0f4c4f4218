"""`vigsite build`: from cases to sites."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.case.editions import Edition
from vigsite.cli.echo import echo
from vigsite.cli.here import or_here, outside
from vigsite.cli.options import day_ahead, how_to_build

if TYPE_CHECKING:
    from vigsite.building.request import Built, Wish
    from vigsite.cli.screen import Screen
    from vigsite.errors import VigsiteError

CASES = click.argument(
    "cases", nargs=-1, metavar="[CASE]...", type=click.Path(path_type=Path), callback=or_here
)


@click.command()
@CASES
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice([*(edition.value for edition in Edition), "all"]),
    help="Which edition; may be given several times. Without it: review and keepsake.",
)
@how_to_build
@click.option(
    "--on",
    "on",
    metavar="DATE",
    help="Look ahead: only what is allowed today and still on that day, such as 2027-01-31.",
)
@click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    help="Let the workers of a Dask scheduler make clips and stills (docs/cluster.md).",
)
@click.option("--open", "open_", is_flag=True, help="Open the first site in the browser.")
def build(
    cases: tuple[Path, ...],
    editions: tuple[str, ...],
    out: Path,
    quality: str | None,
    share: bool,
    hardware: bool,
    jobs: int,
    on: str | None,
    executor: str | None,
    open_: bool,
    verbose: bool,
) -> None:
    """Build the sites of one or more cases.

    Without CASE: the one that this folder is, or else every case below `cases` or this folder.
    """
    from vigsite.building.request import Wish
    from vigsite.cli.screen import Screen, screen
    from vigsite.errors import VigsiteError
    from vigsite.media.dask_cluster import cluster_at

    if executor and hardware:
        raise click.UsageError(
            "--hardware is for this machine alone, and --executor for others; leave one away"
        )
    chosen = (
        tuple(Edition) if "all" in editions else tuple(Edition(e) for e in dict.fromkeys(editions))
    )
    wish = Wish(chosen, out, quality or "usual", hardware, jobs, on=day_ahead(on), share=share)
    built: list[Built] = []
    failed: dict[Path, VigsiteError] = {}
    status = 0
    _refuse_twins(cases)
    with screen() as shown, cluster_at(executor) as cluster:
        wish = replace(wish, cluster=cluster)
        for case in cases:
            try:
                built.append(attempt(case, wish, shown, verbose))
            except VigsiteError as error:
                failed[case] = error
                status = error.exit_status if status in (0, 2) else status
                if len(cases) > 1:
                    shown.say(f"{case} is not built; why is said at the end.")
    for one in built:
        _report(one)
    for case, why in failed.items():
        complain(why, case, Screen(), verbose)
    if failed and len(cases) > 1:
        names = ", ".join(map(str, failed))
        echo(f"Not built: {names}. The others are done: {_counted(len(built))}.", err=True)
    if open_ and (first := next((p for one in built for p in one.sites.values()), None)):
        click.launch((first / "index.html").as_uri())
    if status:
        raise click.exceptions.Exit(status)


def _counted(cases: int) -> str:
    return "1 case" if cases == 1 else f"{cases} cases"


def _refuse_twins(cases: Sequence[Path]) -> None:
    """Two cases of one name would be written to the same place."""
    from vigsite.errors import InputError

    places: dict[str, Path] = {}
    for case in cases:
        name, real = case.resolve().name, case.resolve()
        if places.setdefault(name, real) != real:
            raise InputError(
                f"Two of these cases are named {name}: {places[name]} and {real}. "
                "Build them one after the other, with different --out."
            )


def build_one(case: Path, wish: Wish, shown: Screen, verbose: bool) -> tuple[Built | None, int]:
    """Builds one case; a failure is said and does not stop the others."""
    from vigsite.errors import VigsiteError

    try:
        return attempt(case, wish, shown, verbose), 0
    except VigsiteError as error:
        complain(error, case, shown, verbose)
        return None, error.exit_status


def attempt(case: Path, wish: Wish, shown: Screen, verbose: bool) -> Built:
    """Builds one case, unless nothing changed since the last time."""
    from vigsite.building.request import Watcher
    from vigsite.building.unchanged import recall

    wish = replace(wish, out=outside(case, wish.out))
    shown.title = case.resolve().name
    commands = shown.say if verbose else None
    watcher = Watcher(shown.say, shown.planned, shown.told, commands, shown.step)
    if answer := recall(case, wish):
        return answer
    from vigsite.commands.build import build_case

    return build_case(case, wish, watcher)


def complain(error: VigsiteError, case: Path, shown: Screen, verbose: bool) -> None:
    """Says why a case was not built."""
    from vigsite.case.faults import CaseFaults
    from vigsite.errors import ProcessError

    shown.say(str(error))
    if isinstance(error, CaseFaults):
        count = len(error.faults)
        noun = "fault" if count == 1 else "faults"
        shown.say(f"{case}: {count} {noun}; nothing was built, what was built before stays.")
    if verbose and isinstance(error, ProcessError):
        shown.say("\n".join(error.last_lines))


def _report(one: Built) -> None:
    from vigsite.records.site_folders import SHARE

    for notice in one.notices:
        echo(f"Note: {notice}", err=True)
    for name, site in one.sites.items():
        place = _short(site)
        state = "unchanged" if name in one.unchanged else "built"
        if name == SHARE:
            echo(f"{one.slug}: files for the meeting's player {state}, in {place}")
        else:
            echo(f"{one.slug}: {name} {state}. Open {place / 'index.html'}")
    for sentence in one.sentences:
        echo(f"{one.slug}: {sentence}")


def _short(place: Path) -> Path:
    """As seen from here, when it lies below."""
    with contextlib.suppress(ValueError):
        return place.relative_to(Path.cwd())
    return place
