"""Options that several commands have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_OUT = click.option(
    "--out",
    default="sites",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the sites go, as OUT/CASE/EDITION.",
)
_SHARE = click.option(
    "--share",
    is_flag=True,
    help="For a shared screen: the deck at 1080p, and 720p files for the meeting's own player.",
)
_HOW_TO_ENCODE = (
    click.option(
        "--draft", "quality", flag_value="draft", help="Small and fast, to look at the words."
    ),
    click.option("--fine", "quality", flag_value="fine", help="Finer clips; half as large again."),
    click.option(
        "--hardware",
        is_flag=True,
        help="Encode clips with this machine's own encoder; `vigsite doctor` says if it has one.",
    ),
    click.option(
        "--jobs",
        default=0,
        type=click.IntRange(0, 64),
        help="Clips made at once; 0 lets the number of cores decide.",
    ),
    click.option(
        "-v", "--verbose", is_flag=True, help="Show every ffmpeg command, ready to paste."
    ),
)


OUT = click.option(
    "--out",
    default="sites",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to look for sites as well, besides the places that are remembered.",
)
AHEAD = click.option(
    "--on",
    "on",
    metavar="DATE",
    help="Look ahead: as it will be on that day, such as 2027-01-31.",
)
DO = click.option("--do", "do", is_flag=True, help="Do it; without this it is only told.")


def day_ahead(on: str | None) -> dt.date | None:
    """The day behind `--on`. Raises BadParameter unless it is later than today."""
    if on is None:
        return None
    try:
        day = dt.date.fromisoformat(on)
    except ValueError:
        raise click.BadParameter(
            f"found {on!r}; expected a date such as 2027-01-31", param_hint="--on"
        ) from None
    if day <= dt.date.today():
        raise click.BadParameter(
            f"{on} is not later than today; --on looks ahead only", param_hint="--on"
        )
    return day


def how_to_build(command: Command) -> Command:
    """Where sites go, how fine the clips are, and how they are made."""
    return _OUT(how_to_encode(_SHARE(command)))


def how_to_encode(command: Command) -> Command:
    """How fine the clips are, and how they are made."""
    for option in reversed(_HOW_TO_ENCODE):
        command = option(command)
    return command
