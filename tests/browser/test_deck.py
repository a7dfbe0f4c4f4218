"""The deck, from `file://`: one moment at a time, picture first, words by and by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Seen, seen
from tests.browser.deck import SHOWN, film, opened, settle, slide, until


def test_at_first_a_still_picture_and_no_word(deck: Seen) -> None:
    page = deck.page
    assert slide(page) == "slide-1"
    assert page.locator(".vig-slide:visible").count() == 1
    assert film(page, "paused") is True
    assert film(page, "currentTime") < 0.05
    assert opened(page) == 0
    assert not page.get_by_role("heading", name="You waited, and Rowan looked up").is_visible()
    assert not page.get_by_text("I never knew I did that.").is_visible()
    assert not page.get_by_text("What do you notice here?").first.is_visible()


def test_only_what_is_near_is_asked_for(deck: Seen) -> None:
    """The first moment and the one after it; the others when somebody goes there, or prints."""
    page = deck.page

    def asked() -> list[str]:
        names = [url.rsplit("/", 1)[1] for url in deck.requests if "/media/" in url]
        return sorted({re.sub(r"(moment-\d+).*", r"\1", name) for name in names})

    until(page, "document.readyState === 'complete' && document.fonts.check('1em \"Vig Serif\"')")
    until(page, "[...document.querySelectorAll('video')].slice(0, 2).every(v => v.readyState > 0)")
    assert asked() == ["cycle-1-moment-1", "cycle-1-moment-2"]
    assert film(page, "preload") == "metadata"
    page.keyboard.press("End")
    until(page, SHOWN + "return s.querySelector('video').readyState > 0 })()")
    assert asked() == ["cycle-1-moment-1", "cycle-1-moment-2", "cycle-4-moment-1"]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('video')].every(v => v.poster)")


def test_without_javascript_all_moments_are_there_with_their_pictures(
    chromium: Browser, demo_sites: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = seen(context, demo_sites / "review").open("deck.html")
    for number in range(1, 10):
        picture = page.locator(f"#slide-{number} > figure :is(img, video[poster])").first
        picture.scroll_into_view_if_needed()
        assert picture.is_visible()
        film_ = page.locator(f"#slide-{number} video")
        if film_.count():
            over, under = film_.bounding_box(), picture.bounding_box()
            assert over == pytest.approx(under, abs=1)
    context.close()


NAMES = "[...document.querySelectorAll('.vig-deck *')].flatMap(e => [e.ariaLabel, e.alt]).join('|')"


def test_no_name_of_a_film_or_picture_gives_its_title_away(deck: Seen) -> None:
    page = deck.page
    titles = page.locator(".vig-slide h2").all_text_contents()
    assert len(set(titles)) == 9
    assert [title for title in titles if title in page.evaluate(NAMES)] == []
    for _ in range(3):  # two questions, then the title
        page.keyboard.press("Enter")
    assert [title for title in titles if title in page.evaluate(NAMES)] == titles[:1]


@pytest.mark.parametrize(("on", "back"), [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp")])
def test_keys_and_clicker_go_from_moment_to_moment(deck: Seen, on: str, back: str) -> None:
    page = deck.page
    places = []
    for key in (on, on, back, "End", on, "Home", back):
        page.keyboard.press(key)
        places.append(slide(page))
    assert places == [f"slide-{n}" for n in (2, 3, 2, 9, 9, 1, 1)]


def test_words_come_one_after_another_and_go_again(deck: Seen) -> None:
    page = deck.page
    counts = []
    for key in ("ArrowDown", "Enter", "r", "ArrowUp", "Shift+R", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        counts.append(opened(page))
    assert counts == [1, 2, 3, 2, 1, 0, 0]
    page.keyboard.press("r")
    assert page.get_by_text("What do you notice here?").first.is_visible()
    heading = page.get_by_role("heading", name="You waited, and Rowan looked up")
    assert not heading.is_visible()
    page.keyboard.press("r")
    page.keyboard.press("r")
    assert heading.is_visible()
    assert not page.get_by_text("I never knew I did that.").is_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert opened(page) == 0


def test_it_plays_pauses_and_stops_at_the_marks(deck: Seen) -> None:
    """Marked at 2.9 s and 5.4 s of the clip: it stops there by itself and holds that frame."""
    page = deck.page
    page.keyboard.press("Space")
    until(page, SHOWN + "return s.querySelector('video').currentTime > 0.3 })()")
    page.keyboard.press("k")
    assert film(page, "paused") is True
    before = film(page, "currentTime")
    assert before < 2
    for stop in (2.9, 5.4):
        page.keyboard.press("k")
        until(
            page,
            SHOWN
            + f"const v = s.querySelector('video'); return v.paused && v.currentTime > {stop - 0.3} }})()",
        )
        settle(page)
        assert int(film(page, "currentTime") * 25) == int(stop * 25 + 1e-6)


def test_paused_and_played_at_once_it_plays(deck: Seen) -> None:
    """The browser tells of the pause only after the second key: it is not taken for another."""
    page = deck.page
    page.keyboard.press("k")
    until(page, SHOWN + "return s.querySelector('video').currentTime > 0.3 })()")
    page.evaluate("""for (const type of ['keydown', 'keyup', 'keydown', 'keyup'])
      document.activeElement.dispatchEvent(new KeyboardEvent(type, { key: 'k', bubbles: true }))""")
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    assert film(page, "paused") is False


def test_seconds_speeds_and_the_rest_of_the_keys(deck: Seen) -> None:
    page = deck.page
    page.keyboard.press("l")
    settle(page)
    assert 0.9 < film(page, "currentTime") < 1.1
    page.keyboard.press("j")
    settle(page)
    assert film(page, "currentTime") < 0.1
    rates = []
    for key in "-----===":
        page.keyboard.press(key)
        rates.append(film(page, "playbackRate"))
    assert rates == [0.75, 0.5, 0.25, 0.1, 0.1, 0.25, 0.5, 0.75]
    assert film(page, "preservesPitch") is True
    page.keyboard.press("b")
    assert page.locator(".vig-blank").is_visible()
    page.keyboard.press("b")
    assert not page.locator(".vig-blank").is_visible()
    page.keyboard.press("?")
    help_ = page.locator("dialog.vig-help")
    assert help_.is_visible()
    assert len(help_.locator("kbd").all()) >= 20
    page.keyboard.press("Escape")
    assert not help_.is_visible()
    page.keyboard.press("f")
    until(page, "document.fullscreenElement !== null")
    page.keyboard.press("f")
    until(page, "document.fullscreenElement === null")
    page.keyboard.press("Control+b")
    assert not page.locator(".vig-blank").is_visible()


def test_every_button_is_named_and_works_by_touch(chromium: Browser, demo_sites: Path) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    look = seen(context, demo_sites / "review")
    page = look.open("deck.html")
    for name in (
        "Next moment",
        "Previous moment",
        "Show more",
        "Hide again",
        "One frame on",
        "Slower",
    ):
        page.get_by_role("button", name=name).first.tap()
    assert slide(page) == "slide-1"
    settle(page)
    assert abs(film(page, "currentTime") - 1.5 / 25) < 0.005
    for button in page.get_by_role("button").all():
        if button.is_visible():
            assert (button.get_attribute("aria-label") or button.inner_text()).strip()
    assert look.quiet()
    context.close()
