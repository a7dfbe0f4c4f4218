"""How a passphrase gets to a command: asked for, or by standard input; never among its words."""

from __future__ import annotations

import sys

import click

_KEPT = (
    "--passphrase is no option any more: your shell keeps a list of commands, and these words with "
    "it; delete that line there. Leave them out to be asked, or pipe them in with "
    "--passphrase-stdin."
)

STDIN = click.option(
    "--passphrase-stdin",
    is_flag=True,
    help="Read the passphrase of a locked zip from standard input instead of asking.",
)


def _refuse(_context: click.Context, _option: click.Parameter, words: str | None) -> None:
    from vigsite.errors import InputError

    if words is not None:
        raise InputError(_KEPT)


REFUSED = click.option(
    "--passphrase",
    hidden=True,
    expose_value=False,
    is_eager=True,
    callback=_refuse,
    help="Refused: the shell would keep the words.",
)
"""For whoever remembers it from before: what to do instead."""


def asked(*, stdin: bool) -> str:
    """The six words as the lock knows them, also when spaces were typed between them."""
    if stdin:
        typed = sys.stdin.readline()
    else:
        typed = str(click.prompt("Passphrase", hide_input=True, err=True))
    return "-".join(typed.lower().split())
