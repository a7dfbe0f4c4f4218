"""Axe looks at the deck in every state, narrow and wide, in both directions, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import seen
from tests.browser.deck import STATES, axe, until


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_axe_finds_nothing_in_any_state(
    chromium: Browser, demo_sites: Path, sites: Path, width: int, language: str, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of its literals
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
        page.wait_for_timeout(450)  # until what they bring forth has come in
        assert axe(page) == [], state
    context.close()
