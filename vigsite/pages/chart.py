"""How one question felt over time, as inline SVG: a soft line through the numbers themselves.

No grid, no axis and no colour that judges. Each question has a chart of its own, so that nothing
is compared and nothing overlaps. It shrinks where it must.
"""

from __future__ import annotations

from html import escape

from markupsafe import Markup

HEIGHT = 120
"""Of the part with the numbers."""
MARK = 17
"""Radius of a number's circle."""
LETTER, LINE = 7, 18
"""Width of a letter and height of a line of the labels; their font is 14 units."""
MOST_COLUMNS = 8
"""In a row; more are drawn in further rows below, so that a phone need not shrink them away."""
SCALE = 1.25
"""Pixels a unit on a laptop; a phone shrinks the drawing to its width, to about a pixel a unit."""


def goal_chart(
    title: str,
    description: str,
    columns: list[str],
    values: tuple[int | None, ...],
    *,
    number: int = 1,
    mirrored: bool = False,
) -> Markup:
    """An SVG of 0-10 or None (not rated) for each column; a missing rating breaks the line.

    `number` keeps its ids apart from those of the page's other charts; `mirrored` lets time run
    from right to left.
    """
    rows = -(-max(1, len(columns)) // MOST_COLUMNS)
    in_row = -(-len(columns) // rows)
    pitch = max(44, min(72, 320 // max(1, in_row)))
    width = pitch * in_row
    labels = [_wrapped(column, pitch) for column in columns]
    row_height = HEIGHT + 10 + LINE * max(len(lines) for lines in labels)
    height = rows * row_height
    order = range(in_row)[::-1] if mirrored else range(in_row)
    places = [
        (round(pitch * (order[number % in_row] + 0.5)), number // in_row * row_height)
        for number in range(len(columns))
    ]
    points = [
        None if value is None else (x, top + _y(value))
        for (x, top), value in zip(places, values, strict=True)
    ]
    runs = [run for row in range(rows) for run in _runs(points[row * in_row :][:in_row])]
    parts = [
        f'<svg class="vig-chart" role="img" '
        f'aria-labelledby="chart-{number}-title chart-{number}-text" '
        f'width="{width * SCALE:g}" height="{height * SCALE:g}" viewBox="0 0 {width} {height}" '
        f'xmlns="http://www.w3.org/2000/svg">',
        f'<title id="chart-{number}-title">{escape(title)}</title>',
        f'<desc id="chart-{number}-text">{escape(description)}</desc>',
        *(_path(run) for run in runs),
        *(
            _mark(*point, value)
            for point, value in zip(points, values, strict=True)
            if point is not None and value is not None
        ),
        *(_label(x, top, lines) for (x, top), lines in zip(places, labels, strict=True)),
        "</svg>",
    ]
    return Markup("".join(parts))


def _runs(points: list[tuple[int, int] | None]) -> list[list[tuple[int, int]]]:
    """Neighbours that a line may join."""
    runs: list[list[tuple[int, int]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _path(run: list[tuple[int, int]]) -> str:
    return f'<polyline points="{" ".join(f"{x},{y}" for x, y in run)}"/>'


def _mark(x: int, y: int, value: int) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="{MARK}"/>'
        f'<text class="value" x="{x}" y="{y + 6}" text-anchor="middle">{value}</text>'
    )


def _label(x: int, top: int, lines: list[str]) -> str:
    spans = "".join(
        f'<tspan x="{x}" y="{top + HEIGHT + LINE * (number + 1)}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="when" text-anchor="middle">{spans}</text>'


def _wrapped(label: str, room: float) -> list[str]:
    """A label in lines that fit; a word is never parted."""
    lines: list[str] = []
    for word in label.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len(longer) * LETTER <= room - 4:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _y(value: int) -> int:
    return round(MARK + 2 + (HEIGHT - 2 * MARK - 4) * (10 - value) / 10)
