"""The ledger against a tiny oracle: every day is looked at by itself, with sets alone."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from vigsite.case.case_file import Consent
from vigsite.case.consent import Standing, answer, last_day
from vigsite.case.editions import Purpose

START = dt.date(2026, 1, 1)
PURPOSES = [Purpose.REVIEW, Purpose.KEEPSAKE]
DAYS = range(14)
Line = tuple[str, list[Purpose], int | None, int | None, int | None]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    first = draw(st.none() | st.sampled_from(DAYS))
    length = draw(st.none() | st.integers(0, 6)) if first is not None else None
    taken = draw(st.none() | st.sampled_from(DAYS))
    return (
        draw(st.sampled_from(["mum", "rowan"])),
        draw(st.lists(st.sampled_from(PURPOSES), min_size=1, unique=True)),
        first,
        None if first is None or length is None else first + length,
        taken,
    )


def day(number: int | None) -> str | None:
    return None if number is None else str(START + dt.timedelta(number))


def written(ledger: list[Line]) -> list[Consent]:
    keys = ("given", "until", "withdrawn")
    return [
        Consent.model_validate(
            {"person": person, "for": purposes}
            | {key: text for key, number in zip(keys, dates, strict=True) if (text := day(number))}
        )
        for person, purposes, *dates in ledger
    ]


def says_yes(ledger: list[Line], person: str, purpose: Purpose, on: int) -> bool:
    """The oracle: an agreement counts from its day to its last; a withdrawal that has come makes
    every agreement given on its day or before it worthless."""
    mine = [line for line in ledger if line[0] == person and purpose in line[1]]
    worthless = {d for _, _, _, _, taken in mine if taken is not None and taken <= on
                 for d in range(taken + 1)}  # fmt: skip
    return any(
        first is not None
        and first not in worthless
        and on in range(first, (60 if until is None else until) + 1)
        for _, _, first, until, _ in mine
    )


@given(st.lists(lines(), max_size=5), st.sampled_from(["mum", "rowan"]), st.sampled_from(PURPOSES))
def test_every_day_has_the_answer_of_the_oracle(
    ledger: list[Line], person: str, purpose: Purpose
) -> None:
    consent = written(ledger)
    yes = [says_yes(ledger, person, purpose, on) for on in range(30)]
    for on in range(20):
        today = START + dt.timedelta(on)
        found = answer(consent, person, purpose, today)
        assert found.agreed == yes[on], (on, found)
        assert found.day is None or found.standing is not Standing.AGREED
        if found.standing in (Standing.ENDED, Standing.WITHDRAWN):
            assert found.day is not None
            assert found.day <= today
        if found.standing is Standing.NOT_YET:
            assert found.day is not None
            assert found.day > today
        if yes[on]:
            end = next((number for number in range(on, 29) if not yes[number + 1]), None)
            assert str(last_day(consent, person, purpose, today)) == str(day(end))


@given(st.lists(lines(), max_size=5), lines(), st.sampled_from(PURPOSES))
def test_a_withdrawal_more_never_makes_a_yes(
    ledger: list[Line], more: Line, purpose: Purpose
) -> None:
    person, purposes, _, _, taken = more
    longer = [*ledger, (person, purposes, None, None, taken)]
    for on in range(20):
        today = START + dt.timedelta(on)
        if answer(written(longer), "mum", purpose, today).agreed:
            assert answer(written(ledger), "mum", purpose, today).agreed
