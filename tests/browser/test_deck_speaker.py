"""The speaker window: what comes next and what to ask, for the practitioner's eyes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Seen, seen
from tests.browser.deck import axe, frame, opened, settle, slide, until
from tests.conftest import Vigsite
from tests.helpers.families import Family


@pytest.fixture
def speaker(deck: Seen) -> tuple[Page, Page]:
    """The deck and its speaker window."""
    return deck.page, speaker_of(deck.page)


def speaker_of(page: Page) -> Page:
    with page.expect_popup() as opening:
        page.keyboard.press("w")
    window = opening.value
    until(window, "document.querySelector('.vig-speaker-place') !== null")
    return window


def text(window: Page) -> str:
    window.wait_for_timeout(120)
    return window.locator("body").inner_text()


def test_it_tells_the_place_the_words_and_what_comes(speaker: tuple[Page, Page]) -> None:
    page, window = speaker
    told = text(window)
    assert "Moment 1 of 9" in told
    assert "What do you notice here?" in told
    assert "You waited, and Rowan looked up" in told  # the practitioner may know it already
    assert not page.get_by_text("What do you notice here?").first.is_visible()
    assert window.locator(".vig-speaker-next img").evaluate("i => i.naturalWidth") > 100
    assert "Rowan called" not in window.locator(".vig-speaker-next").inner_text()
    assert re.search(r"\d{1,2}:\d\d", window.locator(".vig-speaker-clock").inner_text())
    assert window.locator("video").count() == 0
    assert axe(window) == []


def test_it_drives_the_deck_and_the_deck_drives_it(speaker: tuple[Page, Page]) -> None:
    page, window = speaker
    window.keyboard.press("PageDown")
    assert slide(page) == "slide-2"
    assert "Moment 2 of 9" in text(window)
    page.keyboard.press("PageUp")
    assert "Moment 1 of 9" in text(window)
    window.keyboard.press("Enter")
    assert opened(page) == 1
    assert window.locator(".vig-speaker-told").count() == 1
    window.keyboard.press(".")
    window.keyboard.press(".")
    settle(page)
    assert frame(page) == 2
    window.get_by_role("button", name="Play").click()
    until(page, "!document.querySelector('video').paused")
    window.keyboard.press("Space")
    until(page, "document.querySelector('video').paused")
    window.get_by_role("button", name="Blank").click()
    assert page.locator(".vig-blank").is_visible()
    window.keyboard.press("b")
    assert not page.locator(".vig-blank").is_visible()
    window.keyboard.down(".")
    window.wait_for_timeout(1200)
    window.keyboard.up(".")
    settle(page)
    stopped = frame(page)
    assert stopped > 8
    page.wait_for_timeout(300)
    assert frame(page) == stopped


def test_the_hour_runs_from_its_opening_and_can_begin_again(speaker: tuple[Page, Page]) -> None:
    _, window = speaker
    elapsed = window.locator(".vig-speaker-elapsed")
    window.wait_for_timeout(2300)
    shown = elapsed.inner_text()
    assert "0:02" <= shown < "1:00"
    window.get_by_role("button", name="Start from 0:00").click()
    assert elapsed.inner_text() < shown


def test_it_closes_with_the_deck(speaker: tuple[Page, Page]) -> None:
    page, window = speaker
    page.goto("about:blank")
    for _ in range(100):
        if window.is_closed():
            return
        page.wait_for_timeout(50)
    pytest.fail("the speaker window stays after the deck")


def test_closed_by_hand_the_deck_goes_on(speaker: tuple[Page, Page]) -> None:
    page, window = speaker
    window.close()
    page.wait_for_timeout(200)
    page.keyboard.press("PageDown")
    assert slide(page) == "slide-2"
    assert "Moment 2 of 9" in text(speaker_of(page))


def test_after_a_reload_a_key_brings_it_back_with_its_clock(speaker: tuple[Page, Page]) -> None:
    page, window = speaker
    window.wait_for_timeout(1500)
    page.reload()
    until(page, "document.querySelector('.vig-deck.vig-ready') !== null")
    again = next((w for w in page.context.pages if w != page and not w.is_closed()), None)
    again = again or speaker_of(page)
    again.wait_for_timeout(600)
    assert again.locator(".vig-speaker-elapsed").inner_text() != "0:00"


def test_nothing_private_and_no_film_a_second_time(
    laptop: BrowserContext, ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    done = vigsite("build", ash.directory, "--draft", "--edition", "review")
    assert done.status == 0, done.err
    look = seen(laptop, tmp_path / "sites" / "ash" / "review")
    page = look.open("deck.html")
    until(page, "document.querySelector('video').readyState >= 1")
    window = speaker_of(page)
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    for key in ("Enter", "k", "PageDown", "PageUp"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
        told = window.content()
        assert "What do you notice?" in told or "A smile" in told
        assert "supervision" not in told
        assert "Tired that day" not in told
    assert not [url for url in asked if url.endswith(".mp4")]
    assert window.locator("video, source").count() == 0
    assert look.quiet()


def test_where_windows_are_refused_it_says_so(deck: Seen) -> None:
    page = deck.page
    page.evaluate("window.open = () => null")
    page.keyboard.press("w")
    assert "window" in page.locator(".vig-note").inner_text().lower()
