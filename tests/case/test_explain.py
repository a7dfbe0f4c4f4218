"""What `vigsite consent` says: the table, what each lets in or keeps out, what may not be meant."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.helpers.families import Family
from vigsite.case.consent_table import Explained, explain
from vigsite.case.load import load_case
from vigsite.case.withdrawn import with_lines
from vigsite.case.withdrawn_file import Withdrawal

ON = dt.date(2026, 6, 15)
NAN = "- {person: nan, for: [review], given: 2026-01-05}"


def explained(of: Family, on: dt.date = ON) -> Explained:
    read = load_case(of.directory)
    assert read.case is not None
    assert read.report.faults == []
    return explain(read.case, on)


def test_the_table_has_a_row_for_each_person_and_the_usual_columns(quiet: Family) -> None:
    found = explained(quiet)
    assert found.purposes == ("review", "keepsake", "supervision", "hosting")
    assert found.table == {
        "Ash": ["yes", "yes", "yes", "never asked"],
        "Dad": ["yes", "yes", "yes", "never asked"],
        "Nan": ["yes", "never asked", "never asked", "never asked"],
    }
    assert found.worth_knowing == []


def test_each_edition_says_what_it_goes_without_and_each_person_what_they_keep_out(
    quiet: Family,
) -> None:
    said = explained(quiet).moments
    assert "review: 3 of 3 moments" in said
    assert "keepsake: 2 of 3 moments" in said
    assert "  without 1-tea/nan-too: Nan has not agreed" in said
    assert "hosting: 0 of the keepsake's 2 moments" in said
    assert (
        "Nan can be recognised in 1 moment: yes to review; "
        "keeps out of keepsake and supervision: 1-tea/nan-too"
    ) in said
    assert "Dad can be recognised in 3 moments: yes to review, keepsake and supervision" in said


CELLS = [
    ("given: 2026-01-05, until: 2026-06-15}", "yes until 2026-06-15"),
    ("given: 2026-01-05, until: 2026-06-14}", "no, ended 2026-06-14"),
    ("given: 2026-01-05, withdrawn: 2026-06-15}", "no since 2026-06-15"),
    ("given: 2026-01-05, withdrawn: 2026-06-16}", "yes until 2026-06-15"),
    ("given: 2026-06-16}", "agrees from 2026-06-16"),
]


@pytest.mark.parametrize(("line", "cell"), CELLS)
def test_a_cell_says_how_it_stands_and_since_or_until_when(
    quiet: Family, line: str, cell: str
) -> None:
    quiet.change("case.yml", "given: 2026-01-05}\n  - {person: ash", line + "\n  - {person: ash")
    assert explained(quiet).table["Dad"][0] == cell


SURPRISES = [
    (
        "- {person: nan, for: [review], given: 2026-03-01, withdrawn: 2026-03-01}",
        "case.yml:15: consent 3 is given on 2026-03-01, and taken back on the same day",
    ),
    (
        f"{NAN}\n  - {{person: nan, for: [review], withdrawn: 2026-01-05}}",
        "taken back on the same day: the withdrawal counts",
    ),
    ("- {person: nan, for: [review], given: 2026-07-01}", "holds only from 2026-07-01 on"),
    (
        "- {person: nan, for: [review], given: 2026-01-05, until: 2026-02-01}",
        "ended on 2026-02-01 (review); a new line, newly given, renews it",
    ),
    (
        "- {person: nan, for: [review], given: 2026-01-05, withdrawn: 2026-07-01}",
        "is taken back from 2026-07-01 on; until then it counts",
    ),
    (
        "- {person: nan, for: [review], withdrawn: 2026-01-05}",
        "takes back what was not given before; it is a no all the same",
    ),
    (
        "- {person: nan, for: [hosting], given: 2026-01-05}",
        "lets nothing be hosted: Nan has to agree to the keepsake as well",
    ),
]


@pytest.mark.parametrize(("line", "words"), SURPRISES)
def test_what_may_not_be_meant_so_is_said(quiet: Family, line: str, words: str) -> None:
    quiet.change("case.yml", NAN, line)
    assert [said for said in explained(quiet).worth_knowing if words in said]


def test_an_agreement_of_somebody_whom_nothing_shows_is_said(quiet: Family) -> None:
    quiet.change("1-tea/cycle.yml", "shows: [ash, dad, nan]", "shows: [ash, dad]")
    (said,) = explained(quiet).worth_knowing
    assert "consent 3 decides nothing yet: Nan can be recognised in no moment" in said


def test_another_purpose_gets_a_column_when_somebody_was_asked_for_it(quiet: Family) -> None:
    quiet.change("case.yml", NAN, NAN.replace("[review]", "[review, training]"))
    assert explained(quiet).purposes[-1] == "training"
    assert [row[-1] for row in explained(quiet).table.values()] == [
        "never asked",
        "never asked",
        "yes",
    ]


def test_what_is_held_back_is_said_with_the_edition(quiet: Family) -> None:
    quiet.change("case.yml", "goals:", "keepsake: {parts: hold}\ngoals:")
    assert "keepsake: 2 of 3 moments (held for now, as case.yml asks (keepsake: parts: hold))" in (
        explained(quiet).moments
    )


def test_what_was_withdrawn_is_said_with_its_day_and_its_way_back(quiet: Family) -> None:
    (quiet.directory / "withdrawn.yml").write_text(
        with_lines(
            "",
            [
                Withdrawal.model_validate({"since": "2026-04-01", "moment": "1-tea/looks"}),
                Withdrawal.model_validate({"since": "2026-04-02", "person": "dad"}),
            ],
        )
    )
    quiet.change("1-tea/cycle.yml", "title: A smile", "agreed_again: 2026-04-01, title: A smile")
    quiet.change(
        "1-tea/cycle.yml", "title: Ash looks", "agreed_again: 2026-04-01\n    title: Ash looks"
    )
    found = explained(quiet)
    assert found.table["Dad"] == ["no since 2026-04-02"] * 3 + ["no since 2026-04-02"]
    assert "withdrawn on 2026-04-01, so in none: 1-tea/looks" in found.moments
    assert found.worth_knowing == [
        "withdrawn.yml: Dad took back everything on 2026-04-02. To let them in again, write a new "
        "line under consent, given on a later day",
        "1-tea/looks: agreed_again is 2026-04-01, which is not later than the withdrawal of "
        "2026-04-01, so the moment stays out",
    ]
    line = "- {person: dad, for: [review], given: 2026-04-03}"
    quiet.change("case.yml", "consent:\n", f"consent:\n  {line}\n")
    assert explained(quiet).table["Dad"][:2] == ["yes", "no since 2026-04-02"]
