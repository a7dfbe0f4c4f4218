"""`vigsite audit`: what a site or pack gives away."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from vigsite.case.editions import Edition
from vigsite.cli.echo import echo
from vigsite.cli.passphrase import REFUSED, STDIN, asked


@click.command()
@click.argument("place", metavar="DIR|ZIP|PAGE", type=click.Path(path_type=Path))
@click.option(
    "--case",
    "case",
    metavar="CASE",
    type=click.Path(path_type=Path),
    help="The case it was made from, to search for its private words too.",
)
@click.option(
    "--edition",
    type=click.Choice([edition.value for edition in Edition]),
    help="What it is, when the case does not know it (a copy, or built elsewhere).",
)
@STDIN
@REFUSED
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Also write a report: FILE.html, FILE.json or FILE.txt.",
)
def audit(
    place: Path,
    case: Path | None,
    edition: str | None,
    passphrase_stdin: bool,
    report: Path | None,
) -> None:
    """Look for anything that a site or pack must not give away.

    PAGE is a pack that is one page: a file that ends in .html.
    Private words in any encoding, hidden footage, places and dates inside films and pictures,
    addresses of other computers. With --case, also for that case's own secrets. Changes nothing.
    """
    from vigsite.audit.formats.zip import is_locked
    from vigsite.commands.audit import audit_place, remember_report
    from vigsite.errors import InputError
    from vigsite.files.atomic import write_whole

    if report is not None and report.suffix not in (".html", ".json", ".txt"):
        raise InputError(f"{report}: expected a name that ends in .html, .json or .txt.")
    if report is not None and place.is_dir() and report.resolve().is_relative_to(place.resolve()):
        raise InputError(f"{report} lies in {place} itself; write the report elsewhere.")
    if edition and case is None:
        raise InputError("--edition says what a case's site is; add --case.")
    there = passphrase_stdin or sys.stdin.isatty()
    locked = place.is_file() and place.suffix != ".html" and is_locked(place)
    passphrase = asked(stdin=passphrase_stdin) if locked and there else None
    found = audit_place(place, case, Edition(edition) if edition else None, passphrase)
    echo(found.as_text())
    if report is not None:
        write_whole(report, found.written(report.suffix), 0o600)
        if case is not None:
            remember_report(case, report)
        quotes = ". It quotes what must not be shown: delete it when it is read" if case else ""
        echo(f"Wrote {report}{quotes}")
    if found.findings:
        raise click.exceptions.Exit(1)
