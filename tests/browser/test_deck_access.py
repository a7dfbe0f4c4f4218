"""Axe looks at the deck in every state, narrow and wide, in both directions, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import seen
from tests.browser.deck import STATES, axe, until
from tests.helpers.covering_sample import covering


@pytest.mark.parametrize(
    ("width", "language", "scheme"), covering([390, 768, 1280], ["en", "ar"], ["light", "dark"])
)
def test_axe_finds_nothing_in_any_state(
    chromium: Browser, demo_sites: Path, sites: Path, width: int, language: str, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of its literals
        reduced_motion="reduce",  # what a key brings forth is there at once
    )
    site = demo_sites / "review" if language == "en" else sites / "rowan-ar" / "review"
    look = seen(context, site)
    page = look.open("deck.html")
    until(page, "document.querySelector('.vig-deck.vig-ready') !== null")
    assert axe(page) == []
    for _ in range(8):
        page.keyboard.press("Enter")
    states = {"told": (), **STATES, "menu": ()}
    for state, keys in states.items():
        for key in keys:
            page.keyboard.press(key)
        if state == "menu":
            page.locator(".vig-tools summary").click()
        page.wait_for_timeout(60)
        assert axe(page) == [], state
    context.close()


OVERLAPS = """(() => {
  const all = [...document.querySelectorAll('.vig-bar :is(button, a, summary, input, .vig-place)')]
    .filter(each => each.checkVisibility()).map(each => [each, each.getBoundingClientRect()]);
  const named = each => each.dataset.do || each.className || each.tagName;
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const out = all.filter(([, a]) => a.left < -1 || a.top < -1 || a.right > innerWidth + 1
    || a.bottom > innerHeight + 1).map(([each]) => named(each));
  return out.concat(all.flatMap(([one, a], at) => all.slice(at + 1)
    .filter(([, b]) => over(a, b)).map(([other]) => `${named(one)} over ${named(other)}`)));
})()"""
SIZES = [(320, 568), (390, 844), (768, 1024), (844, 390), (1280, 800)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_control_lies_over_another_or_outside(
    laptop: BrowserContext, demo_sites: Path, sites: Path, language: str
) -> None:
    """With a film, its words told, stills, side by side; also on a phone held sideways."""
    look = seen(laptop, demo_sites / "review" if language == "en" else sites / "rowan-ar/review")
    page = look.open("deck.html")
    states = {
        "film": (),
        "told": ("Enter",) * 8,
        "stills": ("PageDown", "PageDown"),
        "pair": ("d", "ArrowUp", "Enter"),
    }
    for state, keys in states.items():
        for key in keys:
            page.keyboard.press(key)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(OVERLAPS) == [], (state, width)
    assert look.quiet()
