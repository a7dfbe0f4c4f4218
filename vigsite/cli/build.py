"""`vigsite build`: from cases to sites."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vigsite.cli.screen import Screen
    from vigsite.order import Built, Wish

CASES = click.argument(
    "cases", nargs=-1, required=True, metavar="CASE...", type=click.Path(path_type=Path)
)


@click.command()
@CASES
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(["review", "keepsake", "supervision", "all"]),
    help="Which edition; may be given several times. Without it: review and keepsake.",
)
@click.option(
    "--out",
    default="sites",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the sites go, as OUT/CASE/EDITION.",
)
@click.option(
    "--draft", "quality", flag_value="draft", help="Small and fast, to look at the words."
)
@click.option("--fine", "quality", flag_value="fine", help="Finer clips; half as large again.")
@click.option("--share", "quality", flag_value="share", help="Clips of 720p, for sharing a screen.")
@click.option(
    "--hardware",
    is_flag=True,
    help="Encode clips with this machine's own encoder; `vigsite doctor` says if it has one.",
)
@click.option(
    "--jobs",
    default=0,
    type=click.IntRange(0, 64),
    help="Clips made at once; 0 lets the number of cores decide.",
)
@click.option("--open", "open_", is_flag=True, help="Open the first site in the browser.")
@click.option("-v", "--verbose", is_flag=True, help="Show every ffmpeg command, ready to paste.")
def build(
    cases: tuple[Path, ...],
    editions: tuple[str, ...],
    out: Path,
    quality: str | None,
    hardware: bool,
    jobs: int,
    open_: bool,
    verbose: bool,
) -> None:
    """Build the sites of one or more cases."""
    from vigsite.case.editions import Edition
    from vigsite.cli.screen import screen
    from vigsite.order import Wish

    chosen = (
        tuple(Edition) if "all" in editions else tuple(Edition(e) for e in dict.fromkeys(editions))
    )
    wish = Wish(chosen, out, quality or "usual", hardware, jobs)
    built: list[Built] = []
    failed: list[str] = []
    status = 0
    _refuse_twins(cases)
    with screen() as shown:
        for case in cases:
            one, worse = _one(case, wish, shown, verbose)
            status = worse if status in (0, 2) and worse else status
            if one is not None:
                built.append(one)
            else:
                failed.append(str(case))
    for one in built:
        _report(one)
    if failed and len(cases) > 1:
        click.echo(f"Not built: {', '.join(failed)}. The others are done.", err=True)
    if open_ and (first := next((p for one in built for p in one.sites.values()), None)):
        click.launch((first / "index.html").as_uri())
    if status:
        raise click.exceptions.Exit(status)


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


def _one(case: Path, wish: Wish, shown: Screen, verbose: bool) -> tuple[Built | None, int]:
    """Builds one case; a failure is said and does not stop the others."""
    from vigsite.errors import CaseFaults, ProcessError, VigsiteError
    from vigsite.order import Watcher
    from vigsite.unchanged import recall

    shown.title = case.name
    watcher = Watcher(shown.say, shown.planned, shown.told, shown.say if verbose else None)
    try:
        if answer := recall(case, wish):
            return answer, 0
        from vigsite.build import build_case

        return build_case(case, wish, watcher), 0
    except CaseFaults as faults:
        count = len(faults.faults)
        noun = "fault" if count == 1 else "faults"
        shown.say(
            f"{faults}\n{case}: {count} {noun}; nothing was built, what was built before stays."
        )
        return None, faults.exit_status
    except VigsiteError as error:
        shown.say(str(error))
        if verbose and isinstance(error, ProcessError):
            shown.say("\n".join(error.last_lines))
        return None, error.exit_status


def _report(one: Built) -> None:
    for notice in one.notices:
        click.echo(f"Note: {notice}", err=True)
    for edition, site in one.sites.items():
        page = site / "index.html"
        with contextlib.suppress(ValueError):
            page = page.relative_to(Path.cwd())
        state = "unchanged" if edition in one.unchanged else "built"
        click.echo(f"{one.slug}: {edition} {state}. Open {page}")
    for sentence in one.sentences:
        click.echo(f"{one.slug}: {sentence}")
