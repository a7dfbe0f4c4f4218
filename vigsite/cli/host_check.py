"""`vigsite host-check`: proves that a server shows a family's site to that family alone."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import click

from vigsite.cli.echo import echo

if TYPE_CHECKING:
    from vigsite.hosting.checks.check import Report

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")


@click.command("host-check")
@click.argument("url")
@click.option("--user", default="family", show_default=True, help="The user name of the letter.")
@click.option(
    "--passphrase-stdin",
    is_flag=True,
    help="Read the passphrase from standard input; a second line is the other family's.",
)
@click.option("--other-url", metavar="URL", help="Another family's address on the same server.")
@click.option(
    "--other-user", default="family", show_default=True, help="The other one's user name."
)
@click.option("--gone", is_flag=True, help="Prove that access has ended.")
@click.option(
    "--never",
    multiple=True,
    metavar="PATH",
    help="A path that was planted on the server and must not be served, such as a link.",
)
@click.option("--at", default="", metavar="ADDRESS", help="Ask the machine at this address.")
@click.option(
    "--authority",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The certificate of a private authority.",
)
@click.option(
    "--http-port",
    default=80,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Where the server answers without TLS.",
)
def host_check(
    url: str,
    user: str,
    passphrase_stdin: bool,
    other_url: str | None,
    other_user: str,
    gone: bool,
    never: tuple[str, ...],
    at: str,
    authority: Path | None,
    http_port: int,
) -> None:
    """Ask a server everything a stranger might try, and report what should not be.

    It asks the address you name and no other: about 450 requests, 600 at most, in half a minute to
    a minute, 4 minutes at most. Ask for leave first when the server is not yours. The passphrase
    goes only to a server with a valid certificate.
    """
    from vigsite.errors import InputError
    from vigsite.hosting.checks.check import check_gone, check_host
    from vigsite.hosting.checks.client import Place
    from vigsite.hosting.checks.target import Other, Target

    host, port = _host_of(url)
    lines = sys.stdin.read().splitlines() if passphrase_stdin else []
    if not gone and not (lines and lines[0].strip()):
        raise InputError(
            "The check logs in as the family would: give the passphrase on standard input and add "
            "--passphrase-stdin."
        )
    other = None
    if other_url is not None:
        other_host, other_port = _host_of(other_url)
        if len(lines) < 2 or other_port != port or other_host == host:
            raise InputError(
                "--other-url is another family on the same server and port; its passphrase is the "
                "second line of standard input."
            )
        other = Other(other_host, (other_user, lines[1].strip()))
    if authority is not None and not authority.is_file():  # a pipe would be waited for
        raise InputError(f"--authority: {authority} is no plain file.")
    place = Place(host, port, http_port, at, str(authority or ""))
    passphrase = lines[0].strip() if lines else ""
    target = Target(place, (user, passphrase), other, tuple(map(_path, never)))
    watching = sys.stderr.isatty()
    check = check_gone if gone else check_host
    report = check(target, lambda step: echo(f"{step} ...", err=True) if watching else None)
    _print(report, f"https://{place.named}/", other is not None or gone)
    if report.findings:
        raise click.exceptions.Exit(1)


def _host_of(url: str) -> tuple[str, int]:
    from vigsite.errors import InputError

    if "@" in url:  # and is not repeated
        raise InputError(
            "The address must hold neither user name nor passphrase: your shell keeps a list of "
            "commands. Use --user and --passphrase-stdin."
        )
    wrong = InputError(f"{url} is no family's address; write it as https://NAME.example.org/")
    if not url.isprintable() or any(one in url for one in " []"):
        raise wrong
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii").removesuffix(".")
        port = 443 if parts.port is None else parts.port
    except ValueError:
        raise wrong from None
    extra = parts.path not in ("", "/") or parts.query or parts.fragment
    if parts.scheme != "https" or not _NAME.fullmatch(host) or extra or not port:
        raise wrong
    return host, port


def _path(planted: str) -> str:
    """As it is asked for: what a request cannot hold is written with %."""
    return "/" + quote(planted.lstrip("/"), safe="/%:;,?&=@+$!*'()~[]\\")


def _print(report: Report, address: str, with_other: bool) -> None:
    echo(f"{address}: {report.total} facts looked at, with {report.requests} requests.")
    for topic, count in report.held.items():
        echo(f"  {topic}: {count} hold")
    for note in report.notes:
        echo(f"Note: {note}")
    if not with_other:
        echo("Note: with --other-url also a second family's passphrase is tried.")
    for finding in report.findings:
        echo(f"FOUND {finding}")
    if report.findings:
        echo(f"{len(report.findings)} should not be. docs/hosting.md says what each means.")
    else:
        echo("Nothing found that should not be.")
