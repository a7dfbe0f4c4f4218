"""The chart of a question: numbers on a soft line, time running as the page reads, no verdict."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.pages.chart import MARK, goal_chart

SVG = "{http://www.w3.org/2000/svg}"
Rated = tuple[int | None, ...]


def chart(*values: int | None, mirrored: bool = False, labels: tuple[str, ...] = ()) -> ET.Element:
    columns = labels or ("Start", "Film 1", "Film 2", "One more film", *map(str, range(20)))
    return ET.fromstring(
        goal_chart(
            "How it felt",
            "A <description>",
            list(columns[: len(values)]),
            values,
            number=2,
            mirrored=mirrored,
        )
    )


def marks(of: ET.Element) -> list[tuple[int, int]]:
    return [(int(c.get("cx", "")), int(c.get("cy", ""))) for c in of.iter(f"{SVG}circle")]


def numbers(of: ET.Element) -> list[tuple[int, str]]:
    found = [t for t in of.iter(f"{SVG}text") if t.get("class") == "value"]
    return [(int(t.get("x", "")), t.text or "") for t in found]


def test_it_is_named_and_described() -> None:
    drawn = chart(3, 5)
    assert drawn.get("role") == "img"
    assert drawn.findtext(f"{SVG}title") == "How it felt"
    assert drawn.findtext(f"{SVG}desc") == "A <description>"
    ids = [part.get("id") for part in drawn.iter() if part.get("id")]
    assert drawn.get("aria-labelledby", "").split() == ids == ["chart-2-title", "chart-2-text"]


def test_nothing_is_drawn_but_the_numbers_a_line_and_the_labels() -> None:
    drawn = {part.tag.removeprefix(SVG) for part in chart(3, 5).iter()}
    assert drawn == {"svg", "title", "desc", "polyline", "circle", "text", "tspan"}


def test_a_missing_rating_breaks_the_line() -> None:
    drawn = chart(3, None, 5, 6)
    assert len(drawn.findall(f"{SVG}polyline")) == 1
    assert len(marks(drawn)) == 3


def test_no_line_leads_to_a_single_number() -> None:
    assert chart(None, 4).findall(f"{SVG}polyline") == []
    assert [text for _x, text in numbers(chart(None, 4))] == ["4"]


def test_higher_is_higher_up_and_later_further_on() -> None:
    (low_x, low_y), (high_x, high_y) = marks(chart(0, 10))
    assert low_y > high_y
    assert low_x < high_x


def test_time_runs_from_right_to_left_where_the_page_does() -> None:
    straight, turned = chart(1, None, 9), chart(1, None, 9, mirrored=True)
    width = float(straight.get("viewBox", "").split()[2])
    assert [(width - x, y) for x, y in marks(straight)] == marks(turned)
    assert [text for _x, text in numbers(turned)] == ["1", "9"]


@pytest.mark.parametrize("count", [1, 2, 5, 8, 12, 41])
def test_labels_keep_to_their_column(count: int) -> None:
    labels = ("Start", *[f"Film {number}" for number in range(1, count - 1)], "One more film")
    drawn = chart(*[5] * count, labels=labels[-count:])
    xs = [x for x, _y in marks(drawn)]
    pitch = xs[1] - xs[0] if count > 1 else 72
    lines = [span.text or "" for span in drawn.iter(f"{SVG}tspan")]
    assert " ".join(lines) == " ".join(labels[-count:])
    assert all(len(line) * 7 <= pitch for line in lines)


@given(st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=24), st.booleans())
def test_every_number_is_inside_the_drawing_and_none_hides_another(
    values: list[int | None], mirrored: bool
) -> None:
    drawn = chart(*values, mirrored=mirrored)
    width, height = map(float, drawn.get("viewBox", "").split()[2:])
    found = marks(drawn)
    assert len(found) == len([value for value in values if value is not None])
    assert all(MARK <= x <= width - MARK and MARK <= y <= height - MARK for x, y in found)
    assert all(math.dist(one, other) > 2 * MARK for one, other in combinations(found, 2))


def test_many_numbers_stand_in_rows_that_a_phone_can_show() -> None:
    drawn = chart(*[5] * 20)
    assert float(drawn.get("viewBox", "").split()[2]) <= 8 * 44
    places = marks(drawn)
    assert [len([y for _x, y in places if y == row]) for row in sorted({y for _, y in places})] == [
        *(7, 7, 6)
    ]
    assert len(drawn.findall(f"{SVG}polyline")) == 3
