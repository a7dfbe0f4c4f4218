"""The one place that prints: what comes from outside cannot mislead whoever reads it."""

from __future__ import annotations

import click

from vigsite.cli.started import as_started
from vigsite.terminal.visible import visible_lines


def echo(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Prints lines, with all that would order a terminal about or show nothing made visible."""
    click.echo(as_started(visible_lines(str(text))), err=err, nl=nl)
