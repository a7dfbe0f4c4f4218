"""The table of `vigsite consent` fits any window and needs no colour."""

from __future__ import annotations

import pytest

from tests.conftest import Vigsite
from tests.helpers.families import Family

LONG = "Nanna Willoughby-Featherby"


@pytest.mark.parametrize("columns", [42, 80, 120])
def test_nothing_is_wider_than_the_window(quiet: Family, vigsite: Vigsite, columns: int) -> None:
    quiet.change("case.yml", "called: Nan,", f"called: {LONG},")
    done = vigsite("consent", "ash", COLUMNS=str(columns), FORCE_COLOR="1")
    assert done.status == 0, done.err
    assert max(map(len, done.out.splitlines())) <= columns
    assert "\x1b" not in done.out
    said = " ".join(done.out.split())
    assert f"{LONG} can be recognised in 1 moment: yes to review" in said
    assert "never asked" in said


def test_faults_are_told_and_the_rest_is_shown_all_the_same(
    quiet: Family, vigsite: Vigsite
) -> None:
    quiet.change("closing.yml", "learned", "lerned")
    done = vigsite("consent", "ash", COLUMNS="80")
    assert done.status == 2
    assert "did you mean learned?" in done.err
    assert "ash: 1 fault; mend them first." in done.err
    assert "review: 3 of 3 moments" in done.out


def test_a_later_day_is_said_with_the_table(quiet: Family, vigsite: Vigsite) -> None:
    quiet.change(
        "case.yml", "[review], given: 2026-01-05", "[review], given: 2026-01-05, until: 2098-01-01"
    )
    assert "yes until 2098-01-01" in vigsite("consent", "ash", COLUMNS="120").out
    later = vigsite("consent", "ash", "--on", "2099-01-01", COLUMNS="120").out
    assert "who agrees on 2099-01-01, as things are written now" in later
    assert "no, ended 2098-01-01" in later
