"""The chart of the goals: a missing rating breaks the line, no number hides another."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from vigsite.pages.chart import Line, goals_chart

SVG = "{http://www.w3.org/2000/svg}"


def chart(*lines: Line) -> ET.Element:
    columns = ["Start", "Film 1", "Film 2", "Film 3"][: len(lines[0].values)]
    return ET.fromstring(goals_chart("How it felt", "A <description>", columns, list(lines)))


def values(of: ET.Element) -> list[tuple[int, int, str]]:
    found = [t for t in of.iter(f"{SVG}text") if t.get("class", "").startswith("value")]
    return [(int(t.get("x", "")), int(t.get("y", "")), t.text or "") for t in found]


def test_it_is_named_and_described() -> None:
    drawn = chart(Line("Meals", (3, 5)))
    assert drawn.get("role") == "img"
    assert drawn.findtext(f"{SVG}title") == "How it felt"
    assert drawn.findtext(f"{SVG}desc") == "A <description>"


def test_a_missing_rating_breaks_the_line() -> None:
    drawn = chart(Line("Meals", (3, None, 5, 6)))
    assert len(drawn.findall(f"{SVG}polyline")) == 1
    assert len(drawn.findall(f"{SVG}circle")) == 3


def test_higher_is_higher_up() -> None:
    low, high = values(chart(Line("Meals", (0, 10))))
    assert low[1] > high[1]
    assert low[0] < high[0]


@pytest.mark.parametrize("other", range(11))
def test_no_number_hides_another(other: int) -> None:
    found = values(chart(Line("Meals", (5, 5)), Line("Bed", (other, 5))))
    first = [y for x, y, _ in found if x == found[0][0]]
    assert len(found) == (2 if other == 5 else 3)
    assert len(first) == 1 or abs(first[0] - first[1]) >= 14
