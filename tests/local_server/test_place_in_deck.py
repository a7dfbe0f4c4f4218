"""The deck opens at the newest cycle, as the home page's button does, or at the one that is named."""

from __future__ import annotations

import pytest

from vigsite.commands.present import place_in_deck
from vigsite.errors import InputError

MOMENTS = ("1-tea/looks", "1-tea/smile", "2-bath/a", "10-story/b", "10-story/c")
PLACES = {
    None: "#slide-4",
    "1": "#slide-1",
    "2": "#slide-3",
    "2-bath": "#slide-3",
    "2-bath/": "#slide-3",
    "10": "#slide-4",
}


@pytest.mark.parametrize(("cycle", "place"), PLACES.items())
def test_a_cycle_is_found_by_its_folder_or_number(cycle: str | None, place: str) -> None:
    assert place_in_deck(MOMENTS, cycle) == place


def test_a_cycle_that_the_deck_does_not_show_is_told_with_those_it_shows() -> None:
    with pytest.raises(InputError, match=r"--cycle: found '3'; the deck shows 1-tea, 2-bath, 10-"):
        place_in_deck(MOMENTS, "3")
    with pytest.raises(InputError, match=r"--cycle: found '2-bat'; did you mean 2-bath\?$"):
        place_in_deck(MOMENTS, "2-bat")
    assert place_in_deck((), None) == ""
