"""A step is a frame: the number burnt into the picture on screen is the one the deck tells."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import CountedSite, Seen, seen
from tests.browser.deck import SETTLED, film, frame, settle, shown_number, until
from tests.helpers.covering_sample import FULL
from vigsite.local_server.server import presented as presenting

RATES = ["25", "30000/1001"]
STEPS = 36
"""At each rate; all 200 with `--soak`."""
SPEEDS = {"25": [0.1, 0.5, 1, 2], "30000/1001": [0.25, 0.75, 1.5]}
RESTED = "window.played > 0 && document.querySelector('video').paused"


@pytest.fixture
def steps(request: pytest.FixtureRequest) -> int:
    """How many are tried."""
    return 200 if request.config.getoption("--soak") else STEPS


@pytest.fixture(params=RATES)
def counted(
    laptop: BrowserContext,
    counted_site: Callable[[str], CountedSite],
    request: pytest.FixtureRequest,
) -> Iterator[tuple[Seen, CountedSite]]:
    site = counted_site(request.param)
    look = seen(laptop, site.site)
    look.open("deck.html")
    yield look, site
    assert look.quiet()


def right(page: Page, site: CountedSite) -> int:
    """The frame on screen, which must be the one that the deck tells."""
    until(page, SETTLED)
    told = frame(page)
    shown: int | None = None
    for _ in range(60):  # a busy machine may paint late
        if (shown := shown_number(page)) == site.first + told:
            break
        page.wait_for_timeout(50)
    assert shown == site.first + told
    return told


def test_steps_holds_and_jumps_all_show_the_right_frame(
    counted: tuple[Seen, CountedSite], steps: int
) -> None:
    look, site = counted
    page, chance, at = look.page, random.Random(7), 0
    last, second = site.frames - 1, round(site.fps)
    bar = page.locator(".vig-time input").bounding_box()
    assert bar is not None
    for _ in range(steps):
        move = chance.choices(
            [",", ".", "j", "l", "hold ,", "hold .", "bar"], [30, 40, 6, 6, 6, 6, 6]
        )[0]
        if move == "bar":
            page.mouse.click(
                bar["x"] + chance.random() * bar["width"], bar["y"] + bar["height"] / 2
            )
        elif move.startswith("hold"):
            page.keyboard.down(move[-1])
            page.wait_for_timeout(chance.uniform(50, 700))
            page.keyboard.up(move[-1])
        else:
            page.keyboard.press(move)
        now = right(page, site)
        by = {",": -1, ".": 1, "j": -second, "l": second}.get(move)
        if by is not None:
            assert now == max(0, min(last, at + by)), move
        at = now


@pytest.mark.parametrize("rate", RATES)
def test_over_http_steps_show_the_right_frame(
    laptop: BrowserContext, counted_site: Callable[[str], CountedSite], rate: str, steps: int
) -> None:
    site, chance, at = counted_site(rate), random.Random(11), 0
    with presenting(site.site) as presentation:
        page = laptop.new_page()
        page.set_viewport_size({"width": 640, "height": 480})
        page.goto(presentation.address)
        for _ in range(steps):
            move = chance.choices([",", ".", "j", "l"], [30, 40, 6, 6])[0]
            page.keyboard.press(move)
            by = {",": -1, ".": 1}.get(move) or round(site.fps) * (-1 if move == "j" else 1)
            at = max(0, min(site.frames - 1, at + by))
            assert right(page, site) == at, move
        page.close()


@pytest.mark.alone
def test_a_held_key_scrubs_without_queueing_and_the_last_place_wins(
    counted: tuple[Seen, CountedSite],
) -> None:
    look, site = counted
    page = look.page
    page.evaluate(
        """() => { const v = document.querySelector('video'); window.busy = 0; window.seen = [];
          const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime');
          Object.defineProperty(v, 'currentTime', { get() { return own.get.call(v); },
            set(t) { if (v.seeking) window.busy++; own.set.call(v, t); } });
          const look = (_n, m) => { window.seen.push(m.mediaTime); v.requestVideoFrameCallback(look); };
          v.requestVideoFrameCallback(look); }"""
    )
    page.keyboard.down(".")
    page.wait_for_timeout(1800)
    page.keyboard.up(".")
    stopped = right(page, site)
    assert 15 < stopped < 45
    assert page.evaluate("window.busy") == 0
    shown = page.evaluate("window.seen")
    assert len(shown) > 8
    assert shown == sorted(shown)
    page.wait_for_timeout(300)
    assert right(page, site) == stopped


@pytest.mark.alone
def test_a_held_button_scrubs_too_and_a_click_is_one_step(
    counted: tuple[Seen, CountedSite],
) -> None:
    look, site = counted
    page = look.page
    button = page.get_by_role("button", name="One frame on")
    button.click()
    assert right(page, site) == 1
    button.hover()
    page.mouse.down()
    page.wait_for_timeout(1300)
    page.mouse.up()
    stopped = right(page, site)
    assert stopped > 8
    page.keyboard.down("l")
    page.wait_for_timeout(900)
    page.keyboard.up("l")
    assert right(page, site) > stopped + site.fps


@pytest.mark.alone
@pytest.mark.parametrize(
    ("counted", "speed"),
    [
        pytest.param(rate, speed, marks=() if speed in SPEEDS[rate] else FULL)
        for rate in RATES
        for speed in sorted([*SPEEDS["25"], *SPEEDS["30000/1001"]])
    ],
    indirect=["counted"],
)
def test_it_stops_at_the_mark_at_every_speed_and_holds(
    counted: tuple[Seen, CountedSite], speed: float
) -> None:
    look, site = counted
    page = look.page
    for _ in range(site.stop - 6 if speed < 1 else 2):
        page.keyboard.press(".")
    settle(page)
    for _ in range(7):
        if film(page, "playbackRate") != speed:
            page.keyboard.press("-" if film(page, "playbackRate") > speed else "=")
    log(page)
    play(page)
    until(page, RESTED, seconds=20)
    assert film(page, "preservesPitch") is True
    assert right(page, site) == site.stop
    assert max(presented(page, site)) == site.stop
    page.wait_for_timeout(400)
    assert right(page, site) == site.stop


@pytest.mark.alone
def test_it_stops_there_again_after_seeking_back_and_after_a_loop(
    counted: tuple[Seen, CountedSite],
) -> None:
    look, site = counted
    page = look.page
    play(page)
    stops(page, site)
    page.keyboard.press("j")
    play(page)
    stops(page, site)
    page.keyboard.press("j")
    page.keyboard.press("[")
    for _ in range(2):
        page.keyboard.press("l")
    settle(page)
    page.keyboard.press("]")
    log(page)
    page.keyboard.press("k")
    page.wait_for_timeout(2800)
    assert film(page, "paused") is False or frame(page) != site.stop  # it repeats over the mark
    assert max(presented(page, site)) > site.stop
    page.keyboard.press("\\")
    page.keyboard.press("k")
    settle(page)
    while frame(page) >= site.stop:
        page.keyboard.press("j")
        settle(page)
    play(page)
    stops(page, site)


def play(page: Page) -> None:
    """Presses the key; the film may rest again before anybody looks."""
    page.evaluate(
        "() => { window.played = 0;"
        " document.querySelector('video').addEventListener('play', () => window.played++); }"
    )
    page.keyboard.press("k")


def stops(page: Page, site: CountedSite) -> None:
    """It plays, and comes to rest at the mark."""
    until(page, RESTED)
    assert right(page, site) == site.stop


LOG = """() => { const v = document.querySelector('video'); window.presented = [];
  const look = (_n, m) => { window.presented.push(m.mediaTime); v.requestVideoFrameCallback(look); };
  v.requestVideoFrameCallback(look); }"""


def log(page: Page) -> None:
    """Writes down every frame that the browser presents from now on."""
    page.evaluate(LOG)


def presented(page: Page, site: CountedSite) -> list[int]:
    """The frames since `log`, counted in the clip."""
    return [int(time * site.fps + 0.05) for time in page.evaluate("window.presented.splice(0)")]
