"""What repeats stays within its two frames: none outside them is ever on screen."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import CountedSite, seen
from tests.browser.deck import film, frame, settle, shown_number, until
from tests.browser.test_deck_steps import RATES, log, presented
from tests.helpers.covering_sample import FULL

pytestmark = pytest.mark.alone

BAND = """() => { const band = document.querySelector('.vig-loop').getBoundingClientRect();
  const line = document.querySelector('.vig-time input').getBoundingClientRect();
  return [band.left - line.left, band.right - line.left, line.width]; }"""


@pytest.fixture(params=RATES)
def counted(
    laptop: BrowserContext,
    counted_site: Callable[[str], CountedSite],
    request: pytest.FixtureRequest,
) -> Iterator[tuple[Page, CountedSite]]:
    site = counted_site(request.param)
    look = seen(laptop, site.site)
    yield look.open("deck.html"), site
    assert look.quiet()


def to_frame(page: Page, wanted: int) -> None:
    """Goes there by steps."""
    while (now := frame(page)) != wanted:
        page.keyboard.press("." if now < wanted else ",")
    settle(page)


def loop(page: Page, start: int, end: int) -> None:
    to_frame(page, start)
    page.keyboard.press("[")
    to_frame(page, end)
    page.keyboard.press("]")


def set_speed(page: Page, speed: float) -> None:
    while (now := film(page, "playbackRate")) != speed:
        page.keyboard.press("-" if now > speed else "=")


LOOPS = {
    "25": [(20, 34, 2), (40, 44, 0.1), (60, 75, 1)],
    "30000/1001": [(0, 9, 1.5), (20, 34, 0.5), (10, 12, 1)],
}


@pytest.mark.parametrize(
    ("counted", "start", "end", "speed"),
    [
        pytest.param(rate, *loop, marks=() if loop in LOOPS[rate] else FULL)
        for rate in RATES
        for loop in [*LOOPS["25"], *LOOPS["30000/1001"]]
    ],
    indirect=["counted"],
)
def test_no_frame_outside_the_loop_is_ever_shown(
    counted: tuple[Page, CountedSite], start: int, end: int, speed: float
) -> None:
    page, site = counted
    loop(page, start, end)
    set_speed(page, speed)
    to_frame(page, start)
    log(page)
    page.keyboard.press("k")
    pictures, told, frames = set(), set(), []
    rounds = 0
    for _ in range(400):
        number = shown_number(page)
        assert number is not None
        pictures.add(number - site.first)
        told.add(frame(page))
        frames += presented(page, site)
        rounds = sum(after < before for before, after in itertools.pairwise(frames))
        if rounds >= 4 and (len(pictures) > 2 or end - start < 4):
            break
    assert rounds >= 4
    assert {start, end} <= set(frames)
    assert min(pictures | told) >= start
    assert max(pictures | told) <= end
    assert len(pictures) > 2 or end - start < 4
    assert film(page, "preservesPitch") is True


def test_it_is_shown_on_the_bar_and_cleared(counted: tuple[Page, CountedSite]) -> None:
    page, site = counted
    assert not page.locator(".vig-loop").is_visible()
    loop(page, 15, 30)
    left, right, width = page.evaluate(BAND)
    thumb, last = 14, site.frames - 1
    assert left == pytest.approx(thumb / 2 + 15 / last * (width - thumb), abs=1.5)
    assert right == pytest.approx(thumb / 2 + 30 / last * (width - thumb), abs=1.5)
    chip = page.get_by_role("button", name="Stop repeating")
    assert chip.is_visible()
    chip.click()
    assert not page.locator(".vig-loop").is_visible()
    page.keyboard.press("[")
    assert page.locator(".vig-loop").is_visible()
    page.keyboard.press("\\")
    assert not page.locator(".vig-loop").is_visible()


def test_either_edge_can_be_moved_and_the_menu_sets_them_too(
    counted: tuple[Page, CountedSite],
) -> None:
    page, site = counted
    loop(page, 15, 30)
    to_frame(page, 40)  # steps may leave the loop, or its end could not be moved
    page.keyboard.press("]")
    assert bounds(page) == [15, 40]
    to_frame(page, 45)
    page.keyboard.press("[")
    assert bounds(page) == [45, site.frames - 1]
    to_frame(page, 50)
    page.locator(".vig-tools summary").click()
    page.get_by_role("button", name="Repeat up to here").click()
    assert bounds(page) == [45, 50]
    to_frame(page, 5)
    page.keyboard.press("k")  # from outside it begins at its start
    until(page, "!document.querySelector('video').paused")
    for _ in range(5):
        page.wait_for_timeout(60)
        assert 45 <= frame(page) <= 50


def bounds(page: Page) -> list[int]:
    page.wait_for_timeout(700)  # until it is remembered
    kept = page.evaluate("history.state.vig.first")
    return [kept["from"], kept["to"]]
