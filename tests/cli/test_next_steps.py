"""Every command that a message prints or a page names is one that works, as it stands there."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from tests.conftest import ROOT, Vigsite
from tests.helpers.counted_films import Counted
from vigsite.cli import vigsite as group

_VALUE = "\x01"
"""Stands for a value that a message fills in."""
_CALL = re.compile(r"(`?)(?<![\w/.-])vigsite ([a-z][a-z-]*)((?: +[^\s`]+)*)")
_WORD = re.compile(rf"-.*|[A-Z]+\.*|\d.*|.*[/{_VALUE}:].*")
_OPTION = {"option": f"--all{_VALUE}"}
_SAFE = {
    *("self.name", "name", "door.name", "records.case_dir.name", "one.until", "option", "address"),
    *("case", "said", "self.hosted.until"),
}
"""What needs no quotes: names of cases, days, options; what was quoted before."""
_PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_HISTORY = {"decisions.md"}


def messages() -> Iterator[tuple[str, str, list[str]]]:
    """Each text of the code in which a command stands: where, the text, what it fills in."""
    for file in sorted((ROOT / "vigsite").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inside = {id(p) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for p in n.values}
        for node in ast.walk(tree):
            where = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if id(node) in docs and "cli" not in file.parts:
                continue
            if isinstance(node, ast.JoinedStr):
                values = [p for p in node.values if isinstance(p, ast.FormattedValue)]
                filled = [ast.unparse(p.value) for p in values]
                parts = [
                    p.value
                    if isinstance(p, ast.Constant)
                    else _OPTION.get(ast.unparse(getattr(p, "value", p)), _VALUE)
                    for p in node.values
                ]
                yield where, "".join(map(str, parts)), filled
            elif isinstance(node, ast.Constant) and id(node) not in inside:
                yield where, str(node.value), []


def calls(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each command in a text: where it stands, its name and words."""
    for found in _CALL.finditer(text):
        if not found[1] and found[2] not in group.commands:
            continue  # a sentence about vigsite
        words = found[3].split()
        if not found[1]:  # in a sentence, which goes on behind the command
            ended: list[str] = []
            for word in words:
                bare = word.rstrip(".,;:)\"'")
                if not _WORD.fullmatch(bare):
                    break
                ended.append(bare)
                if bare != word and not word.endswith(("'", '"')):
                    break
            words = ended
        yield found.start(), found[2], words


def parse(name: str, words: list[str]) -> None:
    """Fails on a command or option that is not there, and on words too many or too few."""
    assert name in group.commands, name
    words = [word if word == _VALUE else word.replace(f"--all{_VALUE}", "--all") for word in words]
    if words:
        group.commands[name].make_context(name, words)


MESSAGES = [(where, text, filled) for where, text, filled in messages() if next(calls(text), None)]


def test_there_are_messages_with_commands() -> None:
    assert len(MESSAGES) > 60


@pytest.mark.parametrize(("where", "text", "filled"), MESSAGES, ids=[one[0] for one in MESSAGES])
def test_a_command_in_a_message_is_one_and_quotes_what_it_fills_in(
    where: str, text: str, filled: list[str]
) -> None:
    for start, name, words in calls(text):
        parse(name, words)
        before = text[:start].count(_VALUE)
        for value in filled[before : before + "".join(words).count(_VALUE)]:
            assert value.startswith("in_shell(") or value in _SAFE, f"{where}: {value}"


def documented() -> Iterator[tuple[str, str]]:
    for page in _PAGES:
        if page.name in _HISTORY:
            continue
        blocks = page.read_text("utf-8").split("```")
        for number, block in enumerate(blocks):
            if number % 2:
                for line in block.splitlines():
                    if line.strip().startswith("vigsite "):
                        yield page.name, re.split(r" {2,}| #", line.strip())[0]
            else:
                for found in re.findall(r"`(vigsite [^`]+)`", block):
                    yield page.name, " ".join(found.split())


DOCUMENTED = sorted(set(documented()))


@pytest.mark.parametrize(("page", "line"), DOCUMENTED, ids=[f"{p} {c}" for p, c in DOCUMENTED])
def test_a_documented_command_is_one(page: str, line: str) -> None:
    _, name, *words = shlex.split(line.replace("\\", "/"))
    if words[:1] and words[0].startswith("--"):  # it speaks of the option
        known = {option for each in group.commands[name].params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= known
    else:
        parse(name, words)


def steps(said: str) -> list[list[str]]:
    """The commands that a run tells to go on with, as a shell splits them."""
    lines = re.findall(r"(?:Then|To do it|then)[^:\n]*:\s+(vigsite .+?)\.?$", said, re.MULTILINE)
    return [shlex.split(line)[1:] for line in lines]


def test_each_next_step_works_as_printed_also_where_paths_have_spaces(
    vigsite: Vigsite, tmp_path: Path, films: Callable[[str], Counted]
) -> None:
    film = tmp_path / "films of May" / "it's tea.mp4"
    film.parent.mkdir()
    os.link(films("25").path, film)
    place = "our 'cases' & more"
    first = vigsite("new", f"{place}/maple", "--called", "Ash", "--child", "Ash", "--parent", "Dad",
                    "--practitioner", "Sam", "--contact", "sam@example.org")  # fmt: skip
    [step] = steps(first.out)
    assert step == ["add", f"{place}/maple", "FILM"]
    added = vigsite(*step[:-1], film, "--setting", "Tea")
    [step] = steps(added.out)
    case, cycle = (tmp_path / place / "maple" / file for file in ("case.yml", "1-tea/cycle.yml"))
    case.write_text(case.read_text().replace("  # - {person", "  - {person"))
    notes = re.sub(r"\n# ( .*)", r"\n\1", cycle.read_text().partition("# review:")[0])
    cycle.write_text(re.sub(r"\n +(caption|parent_said): .*", "", notes))
    checked = vigsite(*step)
    assert checked.status == 0, checked.err
    [step] = steps(checked.out)
    assert step == ["build", f"{place}/maple", "--open"]
    parse(step[0], step[1:])
    told = vigsite("withdraw", f"{place}/maple", "1-tea/looks-up")
    [step] = steps(told.out)
    done = vigsite(*step)
    assert done.status == 0, done.err
    [step] = steps(done.out)
    assert step == ["build", f"{place}/maple"]
    back = vigsite("withdraw", f"{place}/maple", "1-tea/looks-up", "--undo", "--by", "Mum's sister")
    [step] = steps(back.out)
    assert vigsite(*step).status == 0
    told = vigsite("purge", f"{place}/maple", "--all")
    [step] = steps(told.out)
    assert vigsite(*step).status in (0, 1)


def run(*words: str, cwd: Path, path: str) -> str:
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_program_is_named_as_it_was_started(tmp_path: Path) -> None:
    """By its own name only where the shell would find it."""
    here, away = Path(sys.executable).parent, os.defpath
    assert "`vigsite new maple`" in run(sys.executable, "-m", "vigsite", "check", "maple",
                                        cwd=tmp_path, path=str(here))  # fmt: skip
    told = run(sys.executable, "-m", "vigsite", "check", "maple", cwd=tmp_path, path=away)
    found = re.search(r"`(.* new maple)`", told)
    assert found
    again = run(*shlex.split(found[1]), "--called", "Ash", "--child", "Ash", "--practitioner", "Sam",
                "--contact", "x", cwd=tmp_path, path=away)  # fmt: skip
    begins = f"{shlex.quote(sys.executable)} -m vigsite"
    assert f"Then: {begins} add maple FILM" in again
    told = run(sys.executable, "-m", "vigsite", "--help", cwd=tmp_path, path=away)
    assert f"Start with: {begins} build cases/rowan" in " ".join(told.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "."), "`vigsite new cases/maple` starts one"),
        (("check", "My Family"), "`vigsite new cases/maple` starts one"),
        (("check", "cases/birch"), "`vigsite new cases/birch` starts one"),
    ],
)
def test_a_case_is_only_told_to_be_started_where_it_can_be(
    vigsite: Vigsite, arguments: tuple[str, ...], words: str
) -> None:
    assert words in vigsite(*arguments).err


def test_empty_and_missing_notes_are_told_what_can_be_done(
    quiet_case: Path, vigsite: Vigsite
) -> None:
    (quiet_case / "1-tea/cycle.yml").write_text("")
    assert "cycle.yml: is empty; put it back from a backup, or" in vigsite("check", quiet_case).err
    (quiet_case / "1-tea/cycle.yml").unlink()
    assert "take its folder away and add the film again" in vigsite("check", quiet_case).err
    (quiet_case / "case.yml").write_text("# nothing\n")
    said = vigsite("check", quiet_case).err
    [line] = re.findall(r"or delete it and start anew: (vigsite .*)", said)
    (quiet_case / "case.yml").unlink()
    named = ("--called", "A", "--child", "B", "--practitioner", "C", "--contact", "D")
    assert vigsite(*shlex.split(line)[1:], *named).status == 0


@pytest.fixture
def quiet_case(tmp_path: Path) -> Path:
    from tests.helpers.families import family

    film = tmp_path / "film"
    film.write_bytes(b"not looked at here")
    return family(tmp_path / "cases" / "ash", film).directory


def test_the_readmes_cycle_is_the_one_that_its_own_add_makes() -> None:
    from vigsite.case.starter_files import short_name

    text = (ROOT / "README.md").read_text("utf-8")
    [line] = re.findall(r"^vigsite add .*?(?=  |$)", text, re.MULTILINE)
    options = group.commands["add"].make_context("add", shlex.split(line)[2:]).params
    made = f"1-{short_name(options['setting'])}"
    assert f"cases/maple {made} " in text
    assert set(re.findall(r"cases/maple (\d-[a-z-]+)", text)) == {made}


def test_every_command_has_a_page() -> None:
    assert all(isinstance(command, click.Command) for command in group.commands.values())
    told = {line.split()[1] for page, line in DOCUMENTED if page == "README.md"}
    assert set(group.commands) - told <= {"record", "doctor", "cache"}
