"""`vigsite record`: what vigsite remembers of a case, and what a person says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.echo import echo

if TYPE_CHECKING:
    from vigsite.commands.record import Remembered


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--looked",
    "answer",
    flag_value="looked",
    help="Something of it is not known any more; I looked for it myself. Go on without.",
)
@click.option(
    "--new-family",
    "answer",
    flag_value="new-family",
    help="This folder was copied, and is for another family from now on.",
)
@click.option(
    "--same-family",
    "answer",
    flag_value="same-family",
    help="Its people and films are others than before, and it is still the same family.",
)
@click.option(
    "--moved",
    "answer",
    flag_value="moved",
    help="This folder is the case now; the one it was copied from does not count any more.",
)
@click.option(
    "--clock-is-right",
    "answer",
    flag_value="clock",
    help="This computer's clock was ahead when the case was last used, and is right now.",
)
def record(case: Path, answer: str | None) -> None:
    """Show what is remembered of a case; answer questions.

    Where its sites and packs lie, what was confirmed, and what nobody knows. It is kept in the
    case's folder `record/`, which belongs in your backup. The options answer what vigsite asks
    when it cannot know something by itself; each is for one such question.
    """
    from vigsite.commands import record

    if answer is not None:
        answers = {
            "looked": (record.begin_anew, "what is known now counts"),
            "new-family": (
                record.begin_new_family,
                "it is a family of its own from now on. If handovers.yml here lists packs of the "
                "other family, delete that file",
            ),
            "same-family": (
                record.go_on_with_the_same_family,
                "it is the same family as before",
            ),
            "moved": (record.begin_here, "this folder is the one that counts"),
            "clock": (record.put_clock_right, "today counts"),
        }
        do, sentence = answers[answer]
        do(case)
        echo(f"{case}: {sentence}.")
    _show(record.remembered(case))


def _show(found: Remembered) -> None:
    known = found.record
    if not known.id:
        echo(f"{found.slug}: nothing is remembered yet.")
    else:
        echo(f"{found.slug}: case {known.id}, last used on {known.day}")
    for line in found.places:
        echo(f"  {line}")
    if known.taken_away:
        echo(f"  taken away before: {len(known.taken_away)}")
    if known.answers:
        echo(f"  answers to what `vigsite preview` showed: {len(known.answers)}")
    for sentence in found.open_questions:
        echo(f"NOW: {sentence}")
    if found.open_questions:
        raise click.exceptions.Exit(1)
