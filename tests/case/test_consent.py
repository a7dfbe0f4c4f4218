"""The consent rules: missing means no, `until` is the last day, `withdrawn` counts at once."""

from __future__ import annotations

import datetime as dt

import pytest

from vigsite.case.case_file import Consent
from vigsite.case.consent import Standing, answer
from vigsite.case.editions import Purpose

ON = dt.date(2026, 6, 15)
GIVEN = {"given": "2026-01-01"}
TABLE: list[tuple[list[dict[str, str]], Standing, str | None]] = [
    ([], Standing.NEVER_ASKED, None),
    ([GIVEN], Standing.AGREED, None),
    ([{"given": "2026-06-15"}], Standing.AGREED, None),
    ([{"given": "2026-06-16"}], Standing.NOT_YET, "2026-06-16"),
    ([{**GIVEN, "until": "2026-06-15"}], Standing.AGREED, None),
    ([{**GIVEN, "until": "2026-06-14"}], Standing.ENDED, "2026-06-14"),
    ([{**GIVEN, "withdrawn": "2026-06-15"}], Standing.WITHDRAWN, "2026-06-15"),
    ([{**GIVEN, "withdrawn": "2026-06-16"}], Standing.AGREED, None),
    ([GIVEN, {"withdrawn": "2026-03-01"}], Standing.WITHDRAWN, "2026-03-01"),
    ([GIVEN, {"withdrawn": "2026-03-01"}, {"given": "2026-03-02"}], Standing.AGREED, None),
    (
        [GIVEN, {"withdrawn": "2026-03-01"}, {"given": "2026-03-01"}],
        Standing.WITHDRAWN,
        "2026-03-01",
    ),
    ([{"given": "2026-04-01"}, {**GIVEN, "withdrawn": "2026-03-01"}], Standing.AGREED, None),
    (
        [{**GIVEN, "until": "2026-02-01"}, {"given": "2026-05-01", "until": "2026-07-01"}],
        Standing.AGREED,
        None,
    ),
]


@pytest.mark.parametrize(("lines", "standing", "day"), TABLE)
def test_what_the_ledger_says(
    lines: list[dict[str, str]], standing: Standing, day: str | None
) -> None:
    ledger = [
        Consent.model_validate({"person": "mum", "for": ["keepsake"], **line}) for line in lines
    ]
    found = answer(ledger, "mum", Purpose.KEEPSAKE, ON)
    assert (found.standing, str(found.day) if found.day else None) == (standing, day)


def test_a_grant_is_for_its_person_and_purpose_alone() -> None:
    ledger = [Consent.model_validate({"person": "mum", "for": ["review"], **GIVEN})]
    assert answer(ledger, "mum", Purpose.REVIEW, ON).agreed
    assert not answer(ledger, "mum", Purpose.KEEPSAKE, ON).agreed
    assert not answer(ledger, "rowan", Purpose.REVIEW, ON).agreed


def test_a_withdrawal_of_one_purpose_leaves_the_others() -> None:
    ledger = [
        Consent.model_validate({"person": "mum", "for": ["review", "keepsake"], **GIVEN}),
        Consent.model_validate({"person": "mum", "for": ["keepsake"], "withdrawn": "2026-02-01"}),
    ]
    assert answer(ledger, "mum", Purpose.REVIEW, ON).agreed
    assert not answer(ledger, "mum", Purpose.KEEPSAKE, ON).agreed
