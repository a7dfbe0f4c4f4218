"""`vigsite new`: starts a case."""

from __future__ import annotations

from pathlib import Path

import click

from vigsite.cli.echo import echo
from vigsite.terminal.quoting import in_shell


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--called", help="What pages call the family, such as: Rowan and Mum.")
@click.option(
    "--child", "children", multiple=True, help="A child's name; may be given several times."
)
@click.option(
    "--parent", "parents", multiple=True, help="A parent's name; may be given several times."
)
@click.option(
    "--person",
    "others",
    multiple=True,
    metavar="NAME=ROLE",
    help="Anybody else, such as: Nan=grandparent.",
)
@click.option("--practitioner", help="Your name, as pages use it.")
@click.option("--contact", help="How the family reaches you.")
@click.option(
    "--language",
    default="en",
    show_default=True,
    help="Language of the pages, such as en, cy or ar.",
)
@click.option("--question", default="", help="The first helping question, in the parent's words.")
def new(
    directory: Path,
    called: str | None,
    children: tuple[str, ...],
    parents: tuple[str, ...],
    others: tuple[str, ...],
    practitioner: str | None,
    contact: str | None,
    language: str,
    question: str,
) -> None:
    """Start a case in DIR, with a commented case.yml.

    Asks for what is not given.
    """
    import datetime as dt
    import re

    from vigsite.building.open_case import records_of
    from vigsite.case.deletion_record import FILE as DELETED
    from vigsite.case.starter_files import ROLES, case_text, short_name
    from vigsite.case.validate import did_you_mean
    from vigsite.errors import InputError
    from vigsite.files.atomic import private_folder, write_whole
    from vigsite.language.languages import tag_near
    from vigsite.language.name_matching import fold

    if not re.fullmatch(r"[a-z][a-z0-9-]*", directory.name):
        raise InputError(
            f"{directory.name!r} cannot name a case: use small letters, digits and hyphens, and "
            "no person's name. Such as: cases/maple"
        )
    if (directory / "case.yml").exists():
        raise InputError(
            f"{directory} is a case already. `vigsite add {in_shell(directory)} FILM` adds a film."
        )
    if (directory / DELETED).exists():
        raise InputError(
            f"{directory} is the name of a case that was deleted, as {DELETED} there says. Choose "
            "another name for the new case."
        )
    called = called or click.prompt("What should pages call the family (such as: Rowan and Mum)")
    asked = not (children or parents or others)
    if asked:
        children = _asked("Children, by the names they use, with commas between")
        parents = _asked("Parents or carers, with commas between")
        others = _asked("Others in the films, such as Nan=grandparent, with commas between")
        question = question or click.prompt("A helping question", default="", show_default=False)
    practitioner = practitioner or click.prompt("Your name")
    contact = contact or click.prompt("How the family reaches you (e-mail or telephone)")
    people: dict[str, tuple[str, str]] = {}
    pairs = [(name, "child") for name in children] + [(name, "parent") for name in parents]
    for other in others:
        name, _, role = other.partition("=")
        pairs.append((name.strip(), role.strip() or "relative"))
        if pairs[-1][1] not in ROLES:
            raise InputError(
                f"--person {other}: found the role {pairs[-1][1]!r}; "
                f"{did_you_mean(pairs[-1][1], ROLES) or 'expected one of ' + ', '.join(ROLES)}"
            )
    for typed, role in pairs:
        name = typed.strip()
        if not name:
            raise InputError("A name is empty; write it behind --child, --parent or --person.")
        if fold(name) in (fold(one) for one, _ in people.values()):
            name = _another(name, role, people, asked=asked)
        people[short_name(name, list(people), role)] = (name, role)
    if not people:
        raise InputError("Nobody was named; give at least one --child or --parent.")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        near = tag_near(language)
        guess = f" Did you mean {near}?" if near else ""
        raise InputError(
            f"--language: found {language!r}; expected a tag such as en, cy or pt-BR.{guess}"
        )
    text = case_text(called, people, practitioner, contact, language, question, dt.date.today())
    write_whole(private_folder(directory) / "case.yml", text)
    with records_of(directory).locked():
        pass  # from its first day on the case has an id
    echo(f"Started {directory / 'case.yml'}. Open it, and write down who agreed to what.")
    echo(f"Then: vigsite add {in_shell(directory)} FILM")


def _another(same: str, role: str, people: dict[str, tuple[str, str]], *, asked: bool) -> str:
    """Another name for a second person of one name: pages and messages tell them apart by it."""
    from vigsite.errors import InputError
    from vigsite.language.name_matching import fold

    if not asked:
        raise InputError(
            f"Two people are called {same}, and pages could not tell them apart; give the second "
            f"another name, such as: {same} ({role})"
        )
    taken = {fold(one) for one, _ in people.values()}
    name = same
    while fold(name) in taken:
        name = str(click.prompt(f"Two are called {same}. What do pages call the {role}")).strip()
    return name


def _asked(what: str) -> tuple[str, ...]:
    answer = click.prompt(what, default="", show_default=False)
    return tuple(name.strip() for name in answer.split(",") if name.strip())
