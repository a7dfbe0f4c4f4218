"""`vigsite doctor`: what this machine can do."""

from __future__ import annotations

import click

from vigsite.cli.echo import echo


@click.command()
def doctor() -> None:
    """Show what this machine can do, and try a real encode. Writes nothing that stays."""
    from vigsite.commands.doctor import diagnose

    healthy = True
    for finding in diagnose():
        mark = "ok     " if finding.good else "PROBLEM"
        echo(f"{mark} {finding.what}: {finding.found}")
        if not finding.good:
            healthy = False
            echo(f"        {finding.advice}")
    if not healthy:
        raise click.exceptions.Exit(1)
