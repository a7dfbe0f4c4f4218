"""Which moments a line of withdrawn.yml keeps out, whatever they are called."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.families import Family
from vigsite.case.cycle_file import MomentEntry
from vigsite.case.faults import Report
from vigsite.case.load import load_case
from vigsite.case.timecode import Span
from vigsite.case.withdrawn import (
    OnlyHashed,
    Place,
    keeping_out,
    read_withdrawn,
    shown_spans,
    with_lines,
    withdrawn_in,
    withdrawn_spans,
)
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.records.record import RecordingSpans

LINE = Withdrawal.model_validate(
    {"since": "2026-03-01", "moment": "1-tea/looks", "recording": "f" * 64, "spans": ["1.0 - 2.0"]}
)
OTHER_FILM = "e" * 64
TABLE = [
    ("1-tea/looks", (5000, 6000), OTHER_FILM, None, True),
    ("1-tea/other", (0, 1000), LINE.recording, None, False),
    ("1-tea/other", (0, 1001), LINE.recording, None, True),
    ("1-tea/other", (1999, 3000), LINE.recording, None, True),
    ("1-tea/other", (2000, 3000), LINE.recording, None, False),
    ("1-tea/other", (1200, 1300), LINE.recording, None, True),
    ("1-tea/other", (0, 9000), LINE.recording, None, True),
    ("1-tea/other", (1000, 2000), OTHER_FILM, None, False),
    ("1-tea/looks", (1000, 2000), LINE.recording, "2026-03-01", True),
    ("1-tea/looks", (1000, 2000), LINE.recording, "2026-03-02", False),
    ("1-tea/looks", (1000, 2000), LINE.recording, "2026-02-28", True),
]


@pytest.mark.parametrize(("name", "ends", "film", "again", "out"), TABLE)
def test_what_a_line_keeps_out(
    name: str, ends: tuple[int, int], film: str, again: str | None, out: bool
) -> None:
    day = dt.date.fromisoformat(again) if again else None
    place = Place(name, (Span(*ends),), agreed_again=day)
    there = LINE.spans if film == LINE.recording else []
    assert (keeping_out([LINE], place, lambda _line: there) is LINE) == out
    assert RecordingSpans.of(place).place(name) == place


def test_a_film_is_looked_at_only_when_that_decides(tmp_path: Path) -> None:
    class Never(OnlyHashed):
        def hash_of(self, path: Path) -> str:
            raise AssertionError

    film = tmp_path / "film"
    film.write_bytes(b"never read")

    def spans_of(line: Withdrawal) -> Iterator[Span]:
        return withdrawn_in(line, film, place.spans, Never())

    for name, out in (("1-tea/looks", LINE), ("1-tea/other", None)):
        place = Place(name, (Span(5000, 6000),))
        assert keeping_out([LINE], place, spans_of) is out


@given(
    st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 4000)), min_size=1, max_size=3),
    st.sampled_from(["clip", "still", "stills", "near"]),
)
def test_a_moment_that_is_withdrawn_keeps_itself_out_under_any_name(
    times: list[tuple[int, int]], kind: str
) -> None:
    (start, length), *_ = times
    seconds = start / 1000
    how = {
        "clip": f"{seconds} - {(start + length) / 1000}",
        "still": str(seconds),
        "stills": [str(at / 1000) for at, _ in times],
        "near": {"near": str(seconds), "within": "0.5"},
    }[kind]
    key = "still" if kind == "near" else kind
    entry = MomentEntry.model_validate({"id": "a", "title": "A", key: how})
    line = LINE.model_copy(update={"spans": withdrawn_spans(entry)})
    report = Report()
    text = with_lines("", [line])
    place = Place("b", shown_spans(entry))
    assert keeping_out(_read_back(text, report), place, lambda line: line.spans)
    assert report.faults == []


def _read_back(text: str, report: Report) -> tuple[Withdrawal, ...]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "withdrawn.yml").write_text(text, "utf-8")
        found = read_withdrawn(Path(folder), report)
    assert found is not None
    return found


def test_the_file_is_only_added_to_and_reads_back_as_it_was_written() -> None:
    person = Withdrawal.model_validate({"since": "2026-03-02", "person": "ash"})
    films = Withdrawal.model_validate({"since": "2026-03-03", "films_of": ["1-tea", "2-bath"]})
    first = with_lines("", [LINE])
    whole = with_lines(first.rstrip("\n"), [person, films])
    assert whole.startswith(first)
    assert _read_back(whole, Report()) == (LINE, person, films)


@pytest.mark.parametrize(
    ("old", "new"),
    [("since", "sinse"), ("2026-03-01", "yesterday"), ("withdrawn:", "- withdrawn"), ("{", "[")],
)
def test_a_damaged_file_is_a_fault_and_leaves_open_who_agreed(
    quiet: Family, old: str, new: str
) -> None:
    (quiet.directory / "withdrawn.yml").write_text(with_lines("", [LINE]).replace(old, new))
    read = load_case(quiet.directory)
    assert read.ledger is None
    assert "put it back as it was" in "".join(str(fault) for fault in read.report.faults)


def test_the_copy_counts_when_the_file_is_lost(quiet: Family) -> None:
    (quiet.directory / ".vigsite").mkdir()
    (quiet.directory / ".vigsite" / "withdrawn.yml").write_text(with_lines("", [LINE]))
    read = load_case(quiet.directory)
    assert read.case is not None
    assert [out.moment.name for out in read.case.withdrawn] == ["1-tea/looks"]
    assert read.case.cycles[0].moments[0].name == "1-tea/smile"


def test_the_films_order_may_still_name_what_was_withdrawn(quiet: Family) -> None:
    (quiet.directory / "withdrawn.yml").write_text(with_lines("", [LINE]))
    quiet.change("case.yml", "goals:", "film: {order: [1-tea/smile, 1-tea/looks]}\ngoals:")
    assert load_case(quiet.directory).report.faults == []
