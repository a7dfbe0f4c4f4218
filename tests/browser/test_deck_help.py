"""Whatever help names works: each row's keys are pressed, each gesture has its own test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Seen
from tests.browser.deck import film, frame, opened, settle, slide, until

SPELLED = {
    "←": "ArrowLeft",
    "→": "ArrowRight",
    "↑": "ArrowUp",
    "↓": "ArrowDown",
    "Page Down": "PageDown",
    "Page Up": "PageUp",
    "Space": "Space",
    "Esc": "Escape",
    "Enter": "Enter",
    "Home": "Home",
    "End": "End",
}
GESTURES = {"tap", "twice", "pinch", "wheel", "swipe", "up", "down"}
"""Shown to work by test_deck_tools.py."""
Look = Callable[[Page], object]


def visible(selector: str) -> Look:
    return lambda page: page.locator(selector).is_visible()


def transform(page: Page) -> object:
    return page.evaluate(
        "[...document.querySelectorAll('.vig-slide')].find(s => !s.hidden)"
        ".querySelector('video, img').style.transform"
    )


def shade(page: Page) -> object:
    return page.locator(".vig-shade").get_attribute("style")


def shown(page: Page) -> object:
    return page.locator(".vig-slide:visible").count()


ROWS: dict[str, tuple[list[str], Look]] = {
    "next": ([], slide),
    "previous": (["PageDown"], slide),
    "ends": (["PageDown"], slide),
    "reveal": ([], opened),
    "hide": (["Enter", "Enter"], opened),
    "all": ([], visible("dialog.vig-overview")),
    "beside": ([], visible("dialog.vig-overview")),
    "other": (["d", "ArrowRight", "Enter"], lambda p: p.locator(".vig-driven").get_attribute("id")),
    "both": (
        ["d", "ArrowRight", "Enter"],
        lambda p: p.evaluate("[...document.querySelectorAll('video')].every(v => v.paused)"),
    ),
    "play": ([], lambda p: film(p, "paused")),
    "step": (["l"], frame),
    "second": (["l", "l"], frame),
    "speed": ([], lambda p: film(p, "playbackRate")),
    "loop-from": (["l"], visible(".vig-loop")),
    "loop-to": (["l"], visible(".vig-loop")),
    "loop-off": (["l", "["], visible(".vig-loop")),
    "zoom": (["z"], transform),
    "pan": (["z", "z"], transform),
    "whole": (["z"], transform),
    "single": (["PageDown", "PageDown"], lambda p: p.locator(".vig-single").count()),
    "spot": ([], visible(".vig-shade")),
    "spot-move": (["s"], shade),
    "spot-size": (["s"], shade),
    "full": ([], lambda p: p.evaluate("document.fullscreenElement !== null")),
    "blank": ([], visible(".vig-blank")),
    "escape": (["s"], visible(".vig-shade")),
    "help": ([], visible("dialog.vig-help")),
}
"""For each row of help: what to press first, and what its keys then change."""
ELSEWHERE = {"subtitles": "a clip with captions", "speaker": "test_deck_speaker.py"}


def rows(page: Page) -> dict[str, list[str]]:
    return dict(
        page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('.vig-help tr[data-does]')].map(row =>"
            " [row.dataset.does, [...row.querySelectorAll('kbd')].map(key => key.textContent)]))"
        )
    )


def pressed(spelled: str) -> list[str]:
    """The key presses that a row's words mean."""
    if spelled == "1 … 9":
        return ["1", "2", "3"]
    if " " in spelled and spelled not in SPELLED:
        parts = spelled.split()
        if parts[0] == "Shift":
            return [f"Shift+{SPELLED.get(parts[1], parts[1])}"]
        return [SPELLED[part] for part in parts]
    return [SPELLED.get(spelled, spelled.lower() if len(spelled) == 1 else spelled)]


def test_help_names_every_command_and_no_other(deck: Seen) -> None:
    named = set(rows(deck.page))
    assert named == set(ROWS) | set(ELSEWHERE) | GESTURES


@pytest.mark.parametrize("row", sorted(ROWS))
def test_every_key_that_help_names_does_something(deck: Seen, row: str) -> None:
    page = deck.page
    before, look = ROWS[row]
    keys = [key for spelled in rows(page)[row] for key in pressed(spelled)]
    assert keys
    for key in keys:
        deck.open("deck.html")
        assert slide(page) == "slide-1"
        until(page, "document.querySelector('.vig-deck.vig-ready') !== null")
        until(page, "document.querySelector('video').readyState >= 1")
        for each in before:
            page.keyboard.press(each)
            page.wait_for_timeout(80)
        settle(page)
        was = look(page)
        page.keyboard.press(key)
        changed = False
        for _ in range(60):
            if look(page) != was:
                changed = True
                break
            page.wait_for_timeout(25)
        assert changed, f"{key} ({row})"


def test_subtitles_are_shown_and_hidden(deck: Seen) -> None:
    page = deck.page
    for _ in range(9):
        if page.evaluate(TRACKS) != "none":
            break
        page.keyboard.press("PageDown")
    assert page.evaluate(TRACKS) in ("hidden", "disabled", "showing")
    before = page.evaluate(TRACKS) == "showing"
    page.keyboard.press("c")
    assert (page.evaluate(TRACKS) == "showing") is not before
    page.keyboard.press("c")
    assert (page.evaluate(TRACKS) == "showing") is before


TRACKS = (
    "[...document.querySelectorAll('.vig-slide')].find(s => !s.hidden)"
    ".querySelector('video')?.textTracks[0]?.mode ?? 'none'"
)
