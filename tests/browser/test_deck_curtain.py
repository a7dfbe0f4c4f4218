"""A page too busy to pause its film still shows no frame behind a stop: a curtain falls by itself."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any, cast

import av
import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import CountedSite, seen
from tests.browser.deck import PICTURE, frame, settle, shown_number, until
from tests.helpers.counted_films import Grey, read_number

pytestmark = pytest.mark.alone

BUSY = """([from, ms]) => { const v = document.querySelector('video');
  const [a, b] = v.dataset.rate.split('/').map(Number); window.busy = 0;
  const look = (_n, m) => {
    if (Math.floor(m.mediaTime * a / b + 0.05) < from) return v.requestVideoFrameCallback(look);
    const end = performance.now() + ms;
    while (performance.now() < end) window.busy++;
  };
  v.requestVideoFrameCallback(look); }"""
WITHOUT = "Element.prototype.animate = () => ({ cancel() {} })"


def filmed(page: Page, act: Callable[[], None]) -> list[int]:
    """The numbers of all pictures that the compositor shows, also while the page is busy."""
    shots: list[bytes] = []
    session = page.context.new_cdp_session(page)

    def shot(told: dict[str, Any]) -> None:
        shots.append(base64.b64decode(told["data"]))
        session.send("Page.screencastFrameAck", {"sessionId": told["sessionId"]})

    session.on("Page.screencastFrame", shot)
    session.send("Page.startScreencast", {"format": "png"})
    act()
    session.send("Page.stopScreencast")
    place = page.evaluate(PICTURE, ".vig-slide:not([hidden]) video")
    top, left = round(place["y"]), round(place["x"])
    bottom, right = round(top + place["height"] / 4), round(left + place["width"])
    numbers = []
    for data in shots:
        with av.open(io.BytesIO(data), "r") as opened:
            whole = next(opened.decode(video=0)).to_ndarray(format="gray")
        number = read_number(cast("Grey", whole[top:bottom, left:right]))
        if number is not None:
            numbers.append(number)
    return numbers


@pytest.mark.parametrize("curtain", [True, False], ids=["curtain", "without"])
def test_a_busy_page_shows_no_frame_behind_the_stop(
    laptop: BrowserContext, counted_site: Callable[[str], CountedSite], curtain: bool
) -> None:
    """Busy for 0.8 s from eight frames before the stop; without the curtain the film runs on."""
    site = counted_site("25")
    look = seen(laptop, site.site)
    page = look.open("deck.html")
    if not curtain:
        page.evaluate(WITHOUT)
    page.evaluate(BUSY, [site.stop - 8, 800])

    def play() -> None:
        page.keyboard.press("k")
        until(page, "window.busy > 0 && document.querySelector('video').paused")
        settle(page)
        page.wait_for_timeout(400)  # the curtain has risen

    shown = [number - site.first for number in filmed(page, play)]
    print(curtain, site.stop, shown)
    assert len(shown) > 8
    assert (max(shown) > site.stop) is not curtain
    assert shown_number(page) == site.first + site.stop
    assert frame(page) == site.stop
    assert page.locator("canvas").count() == 0
    assert look.quiet()
