"""The deck's tools: looking closer, the spotlight, side by side, all at a glance, reload."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Seen, seen
from tests.browser.deck import film, frame, opened, settle, slide, until

VIDEO = ".vig-slide:not([hidden]) video"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(350)  # until a picture that glides has arrived


def box(page: Page, selector: str = VIDEO) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return {name: float(found[name]) for name in ("x", "y", "width", "height")}


def scale(page: Page) -> float:
    """How many times the chip says that the picture is enlarged."""
    chip = page.locator('.vig-chip[data-do="whole"]')
    return float(chip.inner_text().split("×")[0]) if chip.is_visible() else 1.0


def centre(page: Page, selector: str = VIDEO) -> tuple[float, float]:
    at = box(page, selector)
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2


def shown(page: Page) -> list[str]:
    return [found.get_attribute("id") or "" for found in page.locator(".vig-slide:visible").all()]


def test_keys_look_closer_move_and_go_back(deck: Seen) -> None:
    page = deck.page
    whole = box(page)
    press(page, "z", "z")
    assert scale(page) == 2
    near = box(page)
    assert near["width"] == pytest.approx(2 * whole["width"], rel=0.02)
    press(page, "ArrowRight")
    assert slide(page) == "slide-1"
    assert box(page)["x"] < near["x"] - 50
    press(page, "ArrowDown")
    assert opened(page) == 0
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(350)
    at = box(page)
    assert at["x"] + at["width"] >= whole["x"] + whole["width"] - 2  # never past its edge
    press(page, "Shift+Z")
    assert scale(page) == 1.5
    press(page, "0")
    assert scale(page) == 1
    assert box(page) == pytest.approx(whole, abs=1)
    press(page, "ArrowRight")
    assert slide(page) == "slide-2"


def test_the_wheel_enlarges_where_the_pointer_is_also_while_it_plays(deck: Seen) -> None:
    page = deck.page
    at = box(page)
    x, y = at["x"] + at["width"] * 0.3, at["y"] + at["height"] * 0.4
    press(page, "k")
    page.mouse.move(x, y)
    page.mouse.wheel(0, -500)
    until(page, "document.querySelector('video').classList.contains('vig-close')")
    assert scale(page) > 1.5
    near = box(page)
    times = near["width"] / at["width"]
    assert near["x"] + times * (x - at["x"]) == pytest.approx(x, abs=2)
    assert near["y"] + times * (y - at["y"]) == pytest.approx(y, abs=2)
    assert film(page, "paused") is False
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=4)
    page.mouse.up()
    dragged = box(page)
    assert dragged["x"] == pytest.approx(near["x"] + 60, abs=2)
    assert film(page, "paused") is False  # a drag is no click
    page.locator('.vig-chip[data-do="whole"]').click()
    page.wait_for_timeout(350)
    assert scale(page) == 1


def test_of_several_stills_one_stands_alone_then_comes_closer(deck: Seen) -> None:
    page = deck.page
    press(page, "PageDown", "PageDown")
    stills = page.locator(".vig-slide:visible .vig-still")
    assert stills.count() == 3
    press(page, "2")
    assert [still.is_visible() for still in stills.all()] == [False, True, False]
    press(page, "z")
    assert scale(page) == 1.5
    press(page, "Escape")
    assert scale(page) == 1
    press(page, "Escape")
    assert all(still.is_visible() for still in stills.all())
    for number in range(3):
        stills.nth(number).click()
        page.wait_for_timeout(200)
        assert [still.is_visible() for still in stills.all()] == [n == number for n in range(3)]
        assert stills.nth(number).bounding_box()["width"] > 1200  # type: ignore[index]
        stills.nth(number).click()
        page.wait_for_timeout(200)


def light(page: Page) -> list[float]:
    """Middle and radius of the spotlight, in pixels."""
    style = page.locator(".vig-shade").get_attribute("style") or ""
    return [float(number) for number in re.findall(r"([\d.]+)px", style)]


def brightness(page: Page, x: float, y: float) -> float:
    """Of a small square of the screen, 0 to 255."""
    shot = page.screenshot(clip={"x": x - 4, "y": y - 4, "width": 8, "height": 8})
    return float(np.asarray(Image.open(io.BytesIO(shot)).convert("L")).mean())


def test_a_spotlight_dims_all_but_a_circle(deck: Seen) -> None:
    page = deck.page
    x, y = centre(page)
    aside = x - box(page)["width"] * 0.45
    lit, dim = brightness(page, x, y), brightness(page, aside, y)
    press(page, "s")
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    assert light(page)[:2] == pytest.approx([x, y], abs=1)
    assert brightness(page, x, y) == pytest.approx(lit, abs=4)
    assert brightness(page, aside, y) < dim * 0.6
    press(page, "ArrowRight", "ArrowRight", "ArrowUp")
    moved = light(page)
    assert moved[0] > x
    assert moved[1] < y
    press(page, "Shift+ArrowUp", "Shift+ArrowUp")
    assert light(page)[2] > moved[2]
    press(page, "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")
    assert light(page)[2] < moved[2]
    assert slide(page) == "slide-1"
    press(page, "k")  # it stays while the film plays
    until(page, "!document.querySelector('video').paused")
    assert page.locator(".vig-shade").is_visible()
    press(page, "Escape")
    assert not page.locator(".vig-shade").is_visible()


def test_two_moments_of_different_films_side_by_side(deck: Seen) -> None:
    page = deck.page
    press(page, "d")
    sheet = page.locator("dialog.vig-overview")
    assert sheet.is_visible()
    assert sheet.locator("a").nth(0).get_attribute("aria-disabled") == "true"
    sheet.locator("a").nth(5).click()
    page.wait_for_timeout(300)
    assert shown(page) == ["slide-1", "slide-6"]
    one, other = box(page, "#slide-1 video"), box(page, "#slide-6 video")
    assert one["x"] + one["width"] <= other["x"] + 1
    assert page.locator(".vig-place").inner_text() == "Moments 1 and 6"
    press(page, ".", ".")
    settle(page)
    assert [times(page, 1), times(page, 6)] == [2, 0]
    press(page, "x", ".")
    settle(page)
    assert [times(page, 1), times(page, 6)] == [2, 1]
    press(page, "z")
    assert box(page, "#slide-6 video")["width"] > other["width"] * 1.4
    assert box(page, "#slide-1 video") == pytest.approx(one, abs=1)
    press(page, "0", "p")
    until(page, both("!v.paused"))
    assert (
        page.evaluate(
            "[...document.querySelectorAll('video')].filter(v => !v.paused && !v.muted).length"
        )
        == 1
    )
    press(page, "p")
    until(page, both("v.paused"))
    press(page, "ArrowDown", "ArrowDown")
    assert page.locator("#slide-6 details[open]").count() == 2
    assert page.locator("#slide-1 details[open]").count() == 0
    press(page, "Escape")
    assert shown(page) == ["slide-6"]


def times(page: Page, number: int) -> int:
    """The frame that a moment's film stands at."""
    return int(
        page.evaluate(
            "n => { const v = document.querySelector(`#slide-${n} video`);"
            " const [a, b] = v.dataset.rate.split('/').map(Number);"
            " return Math.floor(v.currentTime * a / b + 0.05); }",
            number,
        )
    )


def both(so: str) -> str:
    return f"[1, 6].every(n => {{ const v = document.querySelector(`#slide-${{n}} video`); return {so}; }})"


def test_a_picture_beside_a_film(deck: Seen) -> None:
    page = deck.page
    press(page, "d")
    page.locator("dialog.vig-overview a").nth(6).click()
    page.wait_for_timeout(300)
    assert shown(page) == ["slide-1", "slide-7"]
    press(page, "ArrowRight")
    assert shown(page) == ["slide-2", "slide-7"]
    page.locator('.vig-chip[data-do="beside"]').click()
    assert shown(page) == ["slide-2"]


def test_all_at_a_glance_gives_nothing_away(deck: Seen) -> None:
    page = deck.page
    press(page, "o")
    sheet = page.locator("dialog.vig-overview")
    assert sheet.locator("a:visible").count() == 9
    assert "You waited, and Rowan looked up" not in sheet.inner_text()
    press(page, "ArrowRight", "Enter")
    assert slide(page) == "slide-2"
    press(page, "Enter", "Enter", "Enter", "o")  # its title is told now
    assert "Rowan called, and you looked up" in sheet.inner_text()
    press(page, "o")
    assert not sheet.is_visible()


def test_a_reload_goes_on_where_it_was(deck: Seen) -> None:
    page = deck.page
    press(
        page,
        "PageDown",
        "Enter",
        "Enter",
        "l",
        ".",
        ".",
        "[",
        ".",
        ".",
        ".",
        ".",
        "]",
        ",",
        "z",
        "s",
    )
    press(page, "-")
    settle(page)
    before = state(page)
    assert before["frame"] == 30
    page.wait_for_timeout(600)
    page.reload()
    until(page, "document.querySelector('.vig-deck.vig-ready') !== null")
    settle(page)
    assert state(page) == before
    assert page.locator('.vig-chip[data-do="loop-off"]').is_visible()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""
    kept = page.evaluate("JSON.stringify(history.state)")
    assert not re.search(r"[A-Za-z]{12,}|Rowan", kept)


def state(page: Page) -> dict[str, Any]:
    return {
        "slide": slide(page),
        "words": opened(page),
        "frame": frame(page),
        "scale": scale(page),
        "speed": film(page, "playbackRate"),
        "spot": page.locator(".vig-shade").is_visible(),
    }


def test_right_to_left_the_deck_is_mirrored(laptop: BrowserContext, sites: Path) -> None:
    look = seen(laptop, sites / "rowan-ar" / "review")
    page = look.open("deck.html")
    assert page.evaluate("document.dir") == "rtl"
    press(page, "ArrowLeft")
    assert slide(page) == "slide-2"
    press(page, "ArrowRight")
    assert slide(page) == "slide-1"
    press(page, "PageDown")
    assert slide(page) == "slide-2"
    forth = box(page, '.vig-bar [data-do="next"]')
    back = box(page, '.vig-bar [data-do="previous"]')
    assert forth["x"] < back["x"]
    line = box(page, ".vig-time")  # film runs from left to right everywhere
    page.mouse.click(line["x"] + line["width"] * 0.9, line["y"] + line["height"] / 2)
    settle(page)
    assert frame(page) > 50
    press(page, "z", "z")
    near = box(page)
    press(page, "ArrowRight")  # the arrows move over the picture as they point
    assert box(page)["x"] < near["x"]
    assert look.quiet()


class Fingers:
    """Touches, as Chromium's own input hears them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._input = page.context.new_cdp_session(page)

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._input.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    def tap(self, x: float, y: float) -> None:
        self.send("touchStart", (x, y))
        self.send("touchEnd")

    def move(self, *paths: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """Each finger from one point to another."""
        self.send("touchStart", *(start for start, _ in paths))
        for step in range(1, 9):
            part = step / 8
            self.send(
                "touchMove",
                *((sx + (ex - sx) * part, sy + (ey - sy) * part) for (sx, sy), (ex, ey) in paths),
            )
        self.send("touchEnd")
        self._page.wait_for_timeout(450)


@pytest.fixture
def tablet(chromium: Browser, demo_sites: Path) -> Iterator[tuple[Page, Fingers]]:
    context = chromium.new_context(
        viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True
    )
    look = seen(context, demo_sites / "review")
    page = look.open("deck.html")
    yield page, Fingers(page)
    assert look.quiet()
    context.close()


def test_fingers_do_what_help_says(tablet: tuple[Page, Fingers]) -> None:
    page, fingers = tablet
    x, y = centre(page)
    fingers.tap(x, y)
    until(page, "!document.querySelector('video').paused")
    page.wait_for_timeout(400)
    fingers.tap(x, y)
    until(page, "document.querySelector('video').paused")
    page.wait_for_timeout(400)
    fingers.tap(x, y)
    fingers.tap(x + 4, y)
    page.wait_for_timeout(600)
    assert scale(page) == 2.5
    assert film(page, "paused") is True
    near = box(page)
    fingers.move(((x, y), (x - 80, y - 30)))
    assert box(page)["x"] == pytest.approx(near["x"] - 80, abs=3)
    assert slide(page) == "slide-1"
    fingers.tap(x, y)
    fingers.tap(x, y)
    page.wait_for_timeout(600)
    assert scale(page) == 1
    fingers.move(((x + 100, y), (x - 100, y)))
    assert slide(page) == "slide-2"
    fingers.move(((x - 100, y), (x + 100, y)))
    assert slide(page) == "slide-1"
    fingers.move(((x, y + 60), (x, y - 60)))
    assert opened(page) == 1
    fingers.move(((x, y - 60), (x, y + 60)))
    assert opened(page) == 0
    fingers.move(((x - 40, y), (x - 120, y)), ((x + 40, y), (x + 120, y)))
    assert scale(page) == pytest.approx(3, abs=0.3)
    fingers.move(((x - 120, y), (x - 10, y)), ((x + 120, y), (x + 10, y)))
    assert scale(page) == 1
    press(page, "s")
    fingers.move(((x, y), (x + 60, y + 40)))
    assert light(page)[:2] == pytest.approx([x + 60, y + 40], abs=3)
