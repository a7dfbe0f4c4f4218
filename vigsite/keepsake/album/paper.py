"""Paper for an album: its sizes, and how large a picture may be on it.

Millimetres throughout. A picture keeps its proportions and all its pixels; it is shown no larger
than `LEAST_DPI` allows, since a small film printed large is a blur.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vigsite.pages.shown import Image, Picture

MM_PER_INCH = 25.4
LEAST_DPI = 150
"""Below it, a print looks soft from arm's length."""
ENOUGH_DPI = 300
"""Above it, no eye and hardly a printer sees more."""
GAP = 3.0
"""Between the pictures of a sequence."""
PaperName = Literal["a4", "a5"]
Size = tuple[float, float]
"""Width and height."""
Rows = tuple[tuple[Size, ...], ...]
"""The sizes of a moment's pictures, row by row."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page, its margins and the size of its letters."""

    width: float
    height: float
    inner: float
    """Where the pages are bound."""
    outer: float
    top: float
    bottom: float
    letters: float
    """In points."""

    @property
    def room(self) -> Size:
        """Width and height between the margins."""
        return self.width - self.inner - self.outer, self.height - self.top - self.bottom

    @property
    def turned(self) -> Paper:
        """The same, the long side across."""
        return replace(self, width=self.height, height=self.width)


PAPERS: dict[PaperName, Paper] = {
    "a4": Paper(210, 297, inner=20, outer=16, top=16, bottom=18, letters=12),
    "a5": Paper(148, 210, inner=15, outer=11, top=11, bottom=14, letters=9.5),
}


def paper_for(name: PaperName, pictures: Sequence[Picture]) -> Paper:
    """A page that lies as most of the films do."""
    wide = sum(picture.largest.width >= picture.largest.height for picture in pictures)
    paper = PAPERS[name]
    return paper.turned if wide * 2 >= len(pictures) else paper


def rows(pictures: Sequence[Picture], room: Size) -> Rows:
    """Puts a moment's pictures into a room, in their order, as large as they go.

    Of three, the last one is as wide as the two before it: what came of them. Unless all would be
    much smaller for it, as pictures that were filmed upright are on a page that lies.
    """
    images = [picture.largest for picture in pictures]
    found = [_columns(images, room, columns) for columns in range(1, len(images) + 1)]
    best = max(found, key=lambda each: min(wide * high for row in each for wide, high in row))
    if len(images) == 3:
        climb = _pair_and_one(images, room)
        return climb if _area(climb) > 0.7 * _area(best) else best
    return best


def _area(found: Rows) -> float:
    return sum(wide * high for row in found for wide, high in row)


def row_width(row: Sequence[Size]) -> float:
    """With the gaps between its pictures."""
    return sum(wide for wide, _ in row) + GAP * (len(row) - 1)


def column_height(found: Rows) -> float:
    """Of all rows, with the gaps between them."""
    return sum(max(high for _, high in row) for row in found) + GAP * (len(found) - 1)


def _columns(images: Sequence[Image], room: Size, columns: int) -> Rows:
    down = -(-len(images) // columns)
    cell = ((room[0] - GAP * (columns - 1)) / columns, (room[1] - GAP * (down - 1)) / down)
    sizes = [size(image, cell) for image in images]
    return tuple(tuple(sizes[at : at + columns]) for at in range(0, len(sizes), columns))


def _pair_and_one(images: Sequence[Image], room: Size) -> Rows:
    first, second, last = images
    pair = 1 / (first.width / first.height + second.width / second.height)
    tallness = pair + last.height / last.width
    whole = min(room[0], (room[1] - GAP) / tallness)
    below = size(last, (whole, room[1]))
    high = (below[0] - GAP) * pair
    return (size(first, (below[0], high)), size(second, (below[0], high))), (below,)


def size(image: Image, room: Size) -> Size:
    """As large as a room and the film's pixels allow."""
    most = image.width / LEAST_DPI * MM_PER_INCH
    width = min(room[0], room[1] * image.width / image.height, most)
    return width, width * image.height / image.width


def chosen(picture: Picture, width: float) -> Image:
    """The smallest of a picture's sizes that has enough pixels for a width; else the largest."""
    enough = width / MM_PER_INCH * ENOUGH_DPI
    return next((image for image in picture.images if image.width >= enough), picture.largest)
