"""What tests of the deck ask of a page: the moment in view, its film, the number on its picture."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, cast

import av
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from tests.helpers.counted_films import Grey, read_number

SHOWN = "(() => { const s = [...document.querySelectorAll('.vig-slide')].find(s => !s.hidden);"
DRIVEN = (
    "(() => { const all = [...document.querySelectorAll('.vig-slide')].filter(s => !s.hidden);"
    " const s = all.find(s => s.classList.contains('vig-driven')) ?? all[0];"
)

STATES = {
    "loop": (*(".", ".", "["), *["."] * 12, "]"),
    "closer": ("\\", "z", "z"),
    "spotlight": ("0", "s"),
    "choose": ("Escape", "d"),
    "pair": ("ArrowDown", "Enter"),
    "pair-closer": ("x", "z", "z"),
    "overview": ("0", "Escape", "o"),
    "help": ("Escape", "?"),
    "blank": ("Escape", "b"),
    "shown-again": ("b",),
}
"""States of the deck, one after the other, and the keys that lead from each to the next."""


def slide(page: Page) -> str:
    return str(page.evaluate(SHOWN + "return s.id })()"))


def film(page: Page, what: str) -> Any:
    return page.evaluate(DRIVEN + f"return s.querySelector('video').{what} }})()")


def opened(page: Page) -> int:
    return int(page.evaluate(DRIVEN + "return s.querySelectorAll('details[open]').length })()"))


def frame(page: Page) -> int:
    """The frame that the deck says it shows, counted from 0."""
    return int(page.locator(".vig-time input").input_value())


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Waits for it; the page's own policy forbids Playwright's way of waiting, by `eval`."""
    for _ in range(int(seconds * 50)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"never came true: {expression}")


SETTLED = (
    DRIVEN + "const v = s.querySelector('video'); if (!v) return true; if (v.seeking) return false;"
    " const [a, b] = v.dataset.rate.split('/').map(Number);"
    " const told = Number(document.querySelector('.vig-time input').value);"
    " return v.currentTime === 0 ? told === 0 : Math.abs(v.currentTime * a / b - told - 0.5) < 0.01; })()"
)


def settle(page: Page) -> None:
    """Waits until the driven film stands where the deck says, and the picture is on screen."""
    until(page, SETTLED)
    page.evaluate("new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))")
    page.wait_for_timeout(50)


PICTURE = """selector => {
  const shown = document.querySelector(selector), box = shown.getBoundingClientRect();
  const scale = Math.min(box.width / shown.width, box.height / shown.height);
  const width = shown.width * scale, height = shown.height * scale;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}"""


def shown_number(page: Page, selector: str = ".vig-slide:not([hidden]) video") -> int | None:
    """The number that the picture on screen tells."""
    place = page.evaluate(PICTURE, selector)
    place["height"] /= 4  # the number stands at the top
    picture = page.screenshot(clip=place)
    with av.open(io.BytesIO(picture), "r") as opened_:
        return read_number(cast("Grey", next(opened_.decode(video=0)).to_ndarray(format="gray")))


def axe(page: Page) -> list[Any]:
    """What axe finds wrong with the page as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Path(AXE_FILE_PATH).read_text("utf-8"))
    # What passes is long, and takes as long to fetch as to find: its number is enough.
    found = page.evaluate(
        "axe.run().then(({ passes, violations }) => ({ passes: passes.length, violations }))"
    )
    assert found["passes"] > 10
    return [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found["violations"]]
