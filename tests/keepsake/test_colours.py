"""Paper and film have the colours of the family's pages, and words stand out from white."""

from __future__ import annotations

import pytest

from tests.test_palettes import colours, contrast
from vigsite.keepsake.colours import light_colours
from vigsite.resources import PALETTES

READ_ON_WHITE = ("ink", "ink-soft", "one", "two-ink", "said-ink")


@pytest.mark.parametrize("palette", PALETTES)
def test_they_are_the_light_ones_of_the_pages(palette: str) -> None:
    assert light_colours(palette) == colours(palette, dark=False)


@pytest.mark.parametrize("palette", PALETTES)
def test_words_stand_out_from_white_paper(palette: str) -> None:
    found = light_colours(palette)
    assert min(contrast(found[name], "#ffffff") for name in READ_ON_WHITE) >= 4.5


def test_no_palette_is_the_first() -> None:
    assert light_colours("") == light_colours(PALETTES[0]) != light_colours("sea")
