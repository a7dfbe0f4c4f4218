"""The goals over time as inline SVG: quiet lines with a title, a description and a table beside."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 20, 26, 58


@dataclass(frozen=True, slots=True)
class Line:
    """One goal: a value 0-10 or None (not rated) for each column."""

    name: str
    values: tuple[int | None, ...]


def goals_chart(title: str, description: str, columns: list[str], lines: list[Line]) -> Markup:
    """An SVG of at least one line; a missing rating breaks the line."""
    parts = [
        f'<svg class="vig-chart" role="img" aria-labelledby="chart-title chart-text" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="chart-title">{escape(title)}</title>',
        f'<desc id="chart-text">{escape(description)}</desc>',
    ]
    for value in (0, 5, 10):
        y = _y(value)
        parts.append(
            f'<line class="grid" x1="{_LEFT}" y1="{y}" x2="{WIDTH - _RIGHT}" y2="{y}"/>'
            f'<text class="scale" x="{_LEFT - 10}" y="{y + 5}" text-anchor="end">{value}</text>'
        )
    for number, column in enumerate(columns):
        x = _x(number, len(columns))
        parts.append(
            f'<text class="scale" x="{x}" y="{HEIGHT - 12}" text-anchor="middle">'
            f"{escape(column)}</text>"
        )
    for number, line in enumerate(lines):
        parts.extend(_line(line, number, len(columns)))
    for number in range(len(columns)):
        parts.extend(_values(lines, number, len(columns)))
    parts.append("</svg>")
    return Markup("".join(parts))


def _line(line: Line, number: int, columns: int) -> list[str]:
    name = f"line-{number % 4 + 1}"
    run: list[str] = []
    runs: list[list[str]] = [run]
    marks = []
    for column, value in enumerate(line.values):
        if value is None:
            run = []
            runs.append(run)
            continue
        x, y = _x(column, columns), _y(value)
        run.append(f"{x},{y}")
        marks.append(_mark(number, x, y, name))
    drawn = [
        f'<polyline class="{name}" points="{" ".join(points)}"/>'
        for points in runs
        if len(points) > 1
    ]
    return drawn + marks


def _values(lines: list[Line], column: int, columns: int) -> list[str]:
    """The numbers of one column: the highest above its mark, the others below theirs."""
    rated = [(line.values[column], number) for number, line in enumerate(lines)]
    found: dict[int, int] = {}
    for value, number in rated:
        if value is not None:
            found.setdefault(value, number)
    x, highest = _x(column, columns), max(found, default=0)
    return [
        f'<text class="value line-{number % 4 + 1}" x="{x}" '
        f'y="{_y(value) + (-12 if value == highest else 22)}" text-anchor="middle">{value}</text>'
        for value, number in found.items()
    ]


def _mark(number: int, x: int, y: int, name: str) -> str:
    """Goals differ by shape as well as by colour."""
    if number % 2 == 0:
        return f'<circle class="{name}" cx="{x}" cy="{y}" r="6"/>'
    return f'<rect class="{name}" x="{x - 6}" y="{y - 6}" width="12" height="12" rx="2"/>'


def _x(column: int, columns: int) -> int:
    span = WIDTH - _LEFT - _RIGHT - 48
    return _LEFT + 24 + (round(span * column / (columns - 1)) if columns > 1 else span // 2)


def _y(value: int) -> int:
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (10 - value) / 10)
