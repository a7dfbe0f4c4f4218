"""How large pictures are on paper: inside their room, in their shape, never blurred."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.keepsake.album.paper import (
    GAP,
    LEAST_DPI,
    MM_PER_INCH,
    PAPERS,
    chosen,
    column_height,
    paper_for,
    row_width,
    rows,
)
from vigsite.pages.shown import Image, Picture

WIDE, TALL = (1920, 1080), (1080, 1920)
LYING, STANDING = PAPERS["a4"].turned.room, PAPERS["a4"].room


def picture(width: int, height: int) -> Picture:
    widths = [w for w in (480, 960) if w < width] + [width]
    return Picture(tuple(Image(f"{w}.jpg", w, max(1, height * w // width)) for w in widths))


sides = st.integers(120, 4000)
rooms = st.tuples(st.floats(60, 300), st.floats(60, 300))
strips = st.lists(st.builds(picture, sides, sides), min_size=1, max_size=13)


@given(strips, rooms)
def test_pictures_stay_in_their_room_and_shape(
    pictures: list[Picture], room: tuple[float, float]
) -> None:
    found = rows(pictures, room)
    sizes = [size for row in found for size in row]
    assert len(sizes) == len(pictures)
    assert max(row_width(row) for row in found) <= room[0] + 0.01
    assert column_height(found) <= room[1] + 0.01
    for (width, height), each in zip(sizes, pictures, strict=True):
        full = each.largest
        assert width / height == pytest.approx(full.width / full.height)
        assert full.width / (width / MM_PER_INCH) >= LEAST_DPI - 0.01


@pytest.mark.parametrize(
    ("count", "shape", "room", "expected"),
    [
        (1, WIDE, LYING, [1]),
        (2, WIDE, STANDING, [1, 1]),
        (2, TALL, LYING, [2]),
        (3, WIDE, LYING, [2, 1]),
        (3, TALL, LYING, [3]),
        (4, WIDE, LYING, [2, 2]),
        (7, WIDE, LYING, [3, 3, 1]),
    ],
)
def test_rows_suit_the_page(
    count: int, shape: tuple[int, int], room: tuple[float, float], expected: list[int]
) -> None:
    assert [len(row) for row in rows([picture(*shape)] * count, room)] == expected


def test_the_last_of_three_is_as_wide_as_the_two_before_it() -> None:
    above, below = rows([picture(*WIDE)] * 3, LYING)
    assert row_width(above) == pytest.approx(row_width(below))
    assert above[0][0] == pytest.approx((below[0][0] - GAP) / 2)


def test_the_page_lies_as_most_films_do() -> None:
    wide, tall = picture(*WIDE), picture(*TALL)
    assert paper_for("a4", [wide, wide, tall]) == PAPERS["a4"].turned
    assert paper_for("a5", [wide, tall, tall]) == PAPERS["a5"]
    assert paper_for("a5", []).width == 210


@pytest.mark.parametrize(("width", "expected"), [(40, 480), (80, 960), (81.5, 3840), (300, 3840)])
def test_no_more_pixels_than_paper_shows(width: float, expected: int) -> None:
    assert chosen(picture(3840, 2160), width).width == expected
