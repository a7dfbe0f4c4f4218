"""`vigsite preview`: look at what no program can judge, covers and names, and confirm it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.echo import echo
from vigsite.terminal.quoting import in_shell

if TYPE_CHECKING:
    from vigsite.commands.preview import Asked, Preview


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Also what you have confirmed already.")
@click.option(
    "--open/--no-open",
    "open_",
    default=None,
    help="Open the page in the browser; on a terminal it is opened anyway.",
)
@click.option(
    "--yes",
    "right",
    multiple=True,
    metavar="MOMENT",
    help="Confirm a moment without being asked, such as 1-breakfast/letter-aside; or a sentence.",
)
@click.option(
    "--no", "wrong", multiple=True, metavar="MOMENT", help="Say that a moment is not right yet."
)
def preview(
    case: Path, everything: bool, open_: bool | None, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    """Look at what was blurred, cropped or muted, and confirm it.

    No program sees whether the right face lies below a box. So this shows every such moment, as it
    was filmed and as it will be published, and asks you. What nobody has confirmed is not packed
    and not hosted. Another box, crop, mute or mark asks again. A time that may be meant otherwise
    (7.20, which is read as 7.2 seconds) is shown and asked, too.

    It also asks about each sentence with a name of never_show which is a word, too ("Rose petals").
    Another sentence asks again.
    """
    from vigsite.cli.screen import screen
    from vigsite.commands.preview import make_preview

    with screen() as shown:
        shown.title = case.name
        made = make_preview(
            case,
            everything=everything or bool(wrong),
            said=shown.say,
            planned=shown.planned,
            told=shown.told,
        )
    slug = made.records.case_dir.name
    _refuse_unknown(made, right, wrong)
    if not made.asked:
        echo(f"{slug}: {_nothing(len(made.confirmed), len(made.read))}")
        return
    there = sys.stdin.isatty() and sys.stdout.isatty()
    if made.page is not None:
        echo(f"{slug}: look at {made.page}")
        if open_ or (open_ is None and there and not (right or wrong)):
            click.launch(made.page.as_uri())
    given = {**dict.fromkeys(right, "y"), **dict.fromkeys(wrong, "n")}
    waits = 0
    for one in made.asked:
        said = given.get(one.name) or (_ask(one) if there and not given else "later")
        if said == "later" and one.name in made.confirmed | made.read:
            echo(f"{one.name} ({one.done}): confirmed before, and still is")
        elif said == "later":
            waits += 1
            echo(f"{one.name} ({one.done}): waits for your answer")
        else:
            made.answer(one, yes=said == "y")
            _answered(one, yes=said == "y")
    if waits:
        echo("Answer on a terminal, or with --yes and --no and what is named here.")
    elif made.page is not None:
        echo(f"`vigsite cache {in_shell(case)} --prune` deletes the page and its pictures.")


def _ask(one: Asked) -> str:
    right = "does it name nobody" if one.what.may_name else "is everything hidden that must be"
    if one.what.doubtful:
        right = f"is this what you mean, and {right}"
    question = f"{one.name} ({one.done}): {right}? yes, no or later"
    choice = click.Choice(["y", "yes", "n", "no", "later"])
    said = str(click.prompt(question, type=choice, default="later", show_choices=False))
    return "later" if said == "later" else said[0]


def _answered(one: Asked, *, yes: bool) -> None:
    if yes:
        echo(f"{one.name}: confirmed, as it is now ({one.done})")
    elif one.what.may_name:
        echo(f"{one.name}: not confirmed. Write it another way")
    else:
        folder = one.name.partition("/")[0]
        echo(f"{one.name}: not confirmed. Change it in {folder}/cycle.yml, then look again")


def _nothing(confirmed: int, read: int) -> str:
    said = []
    if confirmed:
        said.append("1 moment is" if confirmed == 1 else f"{confirmed} moments are")
    if read:
        said.append("1 sentence is" if read == 1 else f"{read} sentences are")
    if not said:
        return (
            "no moment is blurred, cropped, muted or doubtful, and no sentence may name anybody of "
            "never_show, so there is nothing to confirm"
        )
    return f"{' and '.join(said)} confirmed, and none waits. Look again with --all"


def _refuse_unknown(made: Preview, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    from vigsite.errors import InputError

    there = [one.name for one in made.asked]
    for option, names in (("--yes", right), ("--no", wrong)):
        for name in names:
            if name not in there and name not in made.confirmed | made.read:
                named = ", ".join(there) or "none"
                raise InputError(f"{option}: found {name!r}; these wait for a look: {named}.")
    if both := sorted({*right} & {*wrong}):
        raise InputError(f"{both[0]} is named with --yes and with --no; leave one out.")
