"""What is due: on a day, without writing anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.families import Family, as_another_family, family
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.commands.due import Due, what_is_due
from vigsite.records.case_folder import Records
from vigsite.records.record import Site
from vigsite.records.withdrawals import write_down

ON = dt.date(2026, 6, 15)
NAN = "- {person: nan, for: [review], given: 2026-01-05"


def due(of: Family, on: dt.date = ON) -> Due:
    before = sorted(of.directory.rglob("*"))
    found = what_is_due(of.directory, of.directory.parent / "sites", on)
    assert sorted(of.directory.rglob("*")) == before
    return found


def a_site(of: Family, edition: str, moment: str, people: list[str], form: str = "") -> Path:
    """A site as a build leaves and remembers it."""
    target = of.directory.parent / "sites" / "ash" / edition
    target.mkdir(parents=True)
    (target / "index.html").write_text("x")
    records = Records(of.directory.resolve())
    records.remember(Site(str(target), "", edition, "1", {}, {moment: people}, form))
    return target


def test_nothing_is_due_in_a_new_case(quiet: Family) -> None:
    found = due(quiet)
    assert (found.overdue, found.soon, found.faults) == ([], [], [])


@pytest.mark.parametrize(
    ("until", "said"),
    [("2026-07-15", True), ("2026-07-16", False), ("2026-06-15", True), ("2026-06-14", False)],
)
def test_agreements_that_end_in_the_next_thirty_days(quiet: Family, until: str, said: bool) -> None:
    quiet.change("case.yml", NAN, f"{NAN}, until: {until}")
    sentence = f"Nan agrees to review until {until}; ask again in time"
    assert (due(quiet).soon == [sentence]) == said
    assert due(quiet).overdue == []


def test_an_agreement_that_goes_on_by_another_line_does_not_end(quiet: Family) -> None:
    goes_on = f"{NAN}, until: 2026-07-01}}\n  - {{person: nan, for: [review], given: 2026-07-02"
    quiet.change("case.yml", NAN, goes_on)
    assert due(quiet).soon == []
    quiet.change("case.yml", "given: 2026-07-02", "given: 2026-07-03")
    assert due(quiet).soon == ["Nan agrees to review until 2026-07-01; ask again in time"]


@pytest.mark.parametrize(
    ("retention", "overdue", "soon"),
    [
        ("recordings: 2026-06-14", "the last day to keep the films was 2026-06-14: vigsite", ""),
        ("recordings: 2026-06-15", "", "the last day to keep the films is 2026-06-15; then"),
        ("recordings: 2026-08-01", "", ""),
        ("case: 2026-06-01", "the last day to keep the case was 2026-06-01: vigsite purge", ""),
        ("case: 2026-07-01", "", "the last day to keep the case is 2026-07-01; then: vigsite"),
    ],
)
def test_dates_of_keeping(quiet: Family, retention: str, overdue: str, soon: str) -> None:
    quiet.change("case.yml", "goals:", f"retention: {{{retention}}}\ngoals:")
    found = due(quiet)
    assert overdue in "".join(found.overdue)
    assert soon in "".join(found.soon)
    assert (bool(found.overdue), bool(found.soon)) == (bool(overdue), bool(soon))


def test_films_that_are_gone_need_no_date_and_films_that_came_back_do(quiet: Family) -> None:
    quiet.change("case.yml", "goals:", "retention: {recordings: 2026-06-01}\ngoals:")
    as_another_family(quiet.directory)
    line = Withdrawal.model_validate({"since": "2026-06-02", "films_of": ["1-tea"]})
    write_down(Records(quiet.directory), [line])
    assert (
        "1-tea: film.mp4 is there, although films were deleted on 2026-06-02"
        in (due(quiet).overdue[0])
    )
    (quiet.directory / "1-tea/film.mp4").unlink()
    assert due(quiet).overdue == []


def test_a_site_that_is_no_longer_allowed_is_due_at_once(quiet: Family) -> None:
    target = a_site(quiet, "keepsake", "1-tea/nan-too", ["nan"])
    (said,) = due(quiet).overdue
    assert said.startswith(f"keepsake in {target} is no longer allowed: Nan has not agreed")
    assert target.is_dir()


def test_what_lies_on_a_stick_is_the_familys_and_only_told(quiet: Family) -> None:
    target = a_site(quiet, "keepsake", "1-tea/nan-too", ["nan"], form="stick")
    found = due(quiet)
    assert found.overdue == []
    said = f"keepsake pack (stick) in {target}: made for the family to take, so it is theirs"
    assert found.soon == [f"not deleted: {said}"]


def test_a_withdrawal_that_was_only_written_down_is_due(quiet: Family) -> None:
    line = Withdrawal.model_validate({"since": "2026-06-02", "moment": "1-tea/looks"})
    write_down(Records(quiet.directory), [line])
    target = a_site(quiet, "review", "1-tea/looks", ["ash", "dad"])
    said = due(quiet).overdue
    assert f"review in {target} is no longer allowed: 1-tea/looks was withdrawn" in said[0]
    assert "a withdrawal is not finished" in said[1]


def test_a_deletion_that_was_broken_off_is_due(quiet: Family) -> None:
    (quiet.directory / "deleted.yml").write_text("deleted:\n  day: 2026-06-01\n")
    (said,) = due(quiet).overdue
    assert "begun on 2026-06-01, is not finished: vigsite purge" in said


def test_every_case_here_is_looked_at_and_the_status_tells(
    quiet: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    birch = family(tmp_path / "birch", tmp_path / "film")
    done = vigsite("due")
    assert done.status == 0, done.err
    assert done.out == "ash: nothing is due.\nbirch: nothing is due.\n"
    birch.change("case.yml", "goals:", "retention: {case: 2026-01-06}\ngoals:")
    done = vigsite("due")
    assert done.status == 1
    assert "birch: NOW: the last day to keep the case was 2026-01-06" in done.out
    quiet.change("case.yml", "role: child", "rol: child")
    assert vigsite("due").status == 2
    assert vigsite("due", cwd=quiet.directory / "1-tea").status == 2
