"""Times as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.case.timecode import Span, format_time, parse_span, parse_time

TYPED = {
    "41.2": 41_200,
    "0": 0,
    "7": 7_000,
    " 41,25 ": 41_250,
    "1:05": 65_000,
    "01:05": 65_000,
    "1:05.5": 65_500,
    "0:41.2": 41_200,
    "12:04.001": 724_001,
    "59:59.999": 3_599_999,
    "75:10": 4_510_000,
    "1:02:03.5": 3_723_500,
    "1.0004": 1_000,
    "1.0006": 1_001,
}
REFUSED = [
    "",
    "abc",
    "-1",
    "1:5",
    "1:60",
    "1:61:00",
    "1:2:3:4",
    "1.2.3",
    "0x10",
    "1e3",
    "½",
    "1:05 pm",
]


@pytest.mark.parametrize(("text", "milliseconds"), TYPED.items())
def test_typed_times_are_read(text: str, milliseconds: int) -> None:
    assert parse_time(text) == milliseconds


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_time_is_refused_with_what_was_found(text: str) -> None:
    with pytest.raises(ValueError, match="found") as refused:
        parse_time(text)
    assert repr(text.strip()) in str(refused.value)


@given(st.integers(0, 10**9))
def test_a_written_time_reads_back(milliseconds: int) -> None:
    assert parse_time(format_time(milliseconds)) == milliseconds


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        milliseconds = parse_time(text)
    except ValueError:
        milliseconds = 0
    assert milliseconds >= 0


@pytest.mark.parametrize(
    "text",
    ["0:41.2 - 0:48.0", "0:41.2-0:48", "41.2 – 48", "0:41.2 — 48.0", "41,2 to 0:48", "41.2 TO 48"],
)
def test_ranges_are_read(text: str) -> None:
    assert parse_span(text) == Span(41_200, 48_000)


@pytest.mark.parametrize(
    "text", ["0:48 - 0:41", "0:41 - 0:41", "0:41", "0:41 - ", "- 0:41", "1 - 2 - 3", ""]
)
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="found"):
        parse_span(text)


@given(st.integers(0, 10**7), st.integers(1, 10**6))
def test_a_written_range_reads_back(start: int, length: int) -> None:
    span = Span(start, start + length)
    assert parse_span(f"{format_time(span.start_ms)} - {format_time(span.end_ms)}") == span


def test_the_shortest_usual_writing() -> None:
    assert [format_time(t) for t in (0, 598_200, 724_000, 3_723_500)] == [
        "0:00.0",
        "9:58.2",
        "12:04.0",
        "1:02:03.5",
    ]
