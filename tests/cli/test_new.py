"""Names of people and settings, whatever their script, and two people of one name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from vigsite.case.load import load_case
from vigsite.case.starter_files import short_name
from vigsite.cli import vigsite as group
from vigsite.errors import InputError

SHORT = {
    "Układanka": "ukladanka",
    "Zażółć": "zazolc",
    "Łukasz": "lukasz",
    "Straße": "strasse",
    "Bath time": "bath-time",
    "Siân": "sian",
    "Оксана": "oksana",
    "Ελένη": "eleni",
    "王伟": "wangwei",
    "Đorđe": "dorde",
    "Bjørn": "bjorn",
    "2nd child": "p-2nd-child",
    "محمد": "child",
    "נועה": "child",
    "أم Ali": "child",
    "…": "child",
}


@pytest.mark.parametrize(("typed", "short"), SHORT.items())
def test_a_name_of_any_script_gives_a_readable_short_name_or_the_role(
    typed: str, short: str
) -> None:
    found = short_name(typed, otherwise="child")
    assert found == short
    assert re.fullmatch(r"[a-z][a-z0-9-]*", found)


def started(at: Path, *arguments: str, answers: str = "") -> dict[str, dict[str, str]]:
    """The people of a new case."""
    given = ("new", str(at / "maple"), "--called", "Us", "--practitioner", "Sam", "--contact", "x")
    done = CliRunner().invoke(group, [*given, *arguments], input=answers, standalone_mode=False)
    if done.exception:
        raise done.exception
    people = yaml.safe_load((at / "maple/case.yml").read_text("utf-8"))["family"]["people"]
    assert load_case(at / "maple").report.faults == []
    return dict(people)


def test_people_whose_letters_give_no_name_are_named_by_their_roles(tmp_path: Path) -> None:
    people = started(tmp_path, *("--child", "محمد", "--child", "نور", "--parent", "فاطمة"),
                     *("--person", "جدة=grandparent"))  # fmt: skip
    assert {name: one["role"] for name, one in people.items()} == {
        "child": "child",
        "child-2": "child",
        "parent": "parent",
        "grandparent": "grandparent",
    }


def test_two_people_of_one_name_are_refused_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Two people are called ash.*such as: ash \(parent\)"):
        started(tmp_path, "--child", "Ash", "--parent", " ash")
    assert not (tmp_path / "maple/case.yml").exists()


def test_two_people_of_one_name_are_asked_about(tmp_path: Path) -> None:
    people = started(tmp_path, answers="Ash\nAsh\n\n\nash\nDad Ash\n")
    assert {name: one["called"] for name, one in people.items()} == {
        "ash": "Ash",
        "dad-ash": "Dad Ash",
    }


def test_a_setting_without_plain_letters_names_no_person(tmp_path: Path) -> None:
    assert short_name("وقت الشاي") == "film"
