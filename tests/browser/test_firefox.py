"""The demo family's sites and the deck in Firefox ESR: from `file://`, and as `present` serves them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.firefox import Firefox
from tests.conftest import Vigsite
from tests.helpers.counted_films import CELL, HEIGHT, WIDTH, read_number
from tests.helpers.covering_sample import FULL
from tests.helpers.families import Family
from vigsite.local_server.server import presented

STEPS = 200
SLIDE = "[...document.querySelectorAll('.vig-slide')].find(s => !s.hidden)"
VIDEO = f"{SLIDE}.querySelector('video')"
WAYS = ["file", "http"]


@contextmanager
def reached(site: Path, way: str) -> Iterator[str]:
    """The address of a site, without a slash at the end."""
    if way == "file":
        yield site.as_uri()
        return
    with presented(site) as presentation:
        yield presentation.address.rsplit("/", 1)[0]


def test_a_page_cannot_read_its_neighbours(tab: Firefox, demo_sites: Path, tmp_path: Path) -> None:
    """So this Firefox is as strict as people's own, and its listener hears requests."""
    (tmp_path / "page.html").write_text('<!doctype html><img src="http://127.0.0.1:18999/a.png">')
    (tmp_path / "words.txt").write_text("words")
    tab.do("open", (tmp_path / "page.html").as_uri())
    read = "fetch('words.txt').then(() => 'read it', fault => fault.name)"
    assert tab.evaluate(read) == "TypeError"
    requests, complaints = list[str](), list[str]()
    for _ in range(100):
        seen = tab.do("seen")
        requests += seen["requests"]
        complaints += seen["complaints"]
        if requests and complaints:
            break
        time.sleep(0.05)
    assert "http://127.0.0.1:18999/a.png" in requests
    assert "Cross-Origin Request Blocked" in complaints[0]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("edition", ["review", "keepsake"])
def test_every_page_loads_quietly(tab: Firefox, demo_sites: Path, edition: str, way: str) -> None:
    pages = sorted(page.name for page in (demo_sites / edition).glob("*.html"))
    assert len(pages) >= 10
    with reached(demo_sites / edition, way) as address:
        for name in pages:
            tab.do("open", f"{address}/{name}")
            unloaded = tab.evaluate(
                "(async () => { for (const i of document.images) { i.loading = 'eager'; await i.decode(); }"
                " return [...document.images].filter(i => !i.naturalWidth).map(i => i.src); })()"
            )
            assert unloaded == []
            place = "getComputedStyle(document.querySelector('.vig-skip')).position"
            assert tab.evaluate(place) in ("absolute", "fixed")
        assert tab.quiet(address)


@pytest.fixture(params=WAYS)
def deck(tab: Firefox, demo_sites: Path, request: pytest.FixtureRequest) -> Iterator[Firefox]:
    with reached(demo_sites / "review", request.param) as address:
        tab.do("open", f"{address}/deck.html")
        yield tab
        assert tab.quiet(address)


def slide(tab: Firefox) -> str:
    return str(tab.evaluate(f"{SLIDE}.id"))


def settle(tab: Firefox) -> None:
    """Until the seek has ended and what it shows has been drawn."""
    tab.until(f"!{VIDEO} || !{VIDEO}.seeking")
    tab.evaluate("new Promise(drawn => setTimeout(() => requestAnimationFrame(drawn), 60))")


def test_keys_turn_to_the_moments_and_a_reload_keeps_the_place(deck: Firefox) -> None:
    assert slide(deck) == "slide-1"
    assert deck.evaluate(f"{VIDEO}.paused && {VIDEO}.currentTime === 0")
    places = []
    for key in ("ArrowRight", "PageDown", "ArrowLeft", "End", "Home", "PageUp", "End"):
        deck.press(key)
        places.append(slide(deck))
    assert places == [f"slide-{n}" for n in (2, 3, 2, 9, 1, 1, 9)]
    time.sleep(0.6)  # browsers refuse frequent changes of the history, so a deck may wait with them
    deck.do("reload")
    assert slide(deck) == "slide-9"
    assert deck.evaluate("localStorage.length + sessionStorage.length") == 0


def test_keys_reveal_words_slow_down_blank_and_help(deck: Firefox) -> None:
    opened = []
    for key in ("ArrowDown", "Enter", "r", "ArrowUp", "Shift+R", "ArrowUp"):
        deck.press(key)
        opened.append(deck.evaluate(f"{SLIDE}.querySelectorAll('details[open]').length"))
    assert opened == [1, 2, 3, 2, 1, 0]
    rates = []
    for key in "-----===":
        deck.press(key)
        rates.append(deck.evaluate(f"{VIDEO}.playbackRate"))
    assert rates == [0.75, 0.5, 0.25, 0.1, 0.1, 0.25, 0.5, 0.75]
    assert deck.evaluate(f"{VIDEO}.preservesPitch")
    for hidden in (False, True):
        deck.press("b")
        assert deck.evaluate("document.querySelector('.vig-blank').hidden") is hidden
    for open_, key in ((True, "?"), (False, "Escape")):
        deck.press(key)
        assert deck.evaluate("document.querySelector('dialog.vig-help').open") is open_


def test_it_plays_and_pauses(deck: Firefox) -> None:
    deck.press(" ")
    deck.until(f"{VIDEO}.currentTime > 0.3")
    deck.press("k")
    settle(deck)
    assert deck.evaluate(f"{VIDEO}.paused")
    assert deck.evaluate(f"{VIDEO}.videoWidth") > 0
    assert deck.evaluate(f"{VIDEO}.error") is None


def shown_number(tab: Firefox) -> int | None:
    """The number that the picture on screen tells, wherever the player lays it in its box."""
    x, y, width, height = tab.evaluate(
        f"(() => {{ const b = {VIDEO}.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }})()"
    )
    scale = min(width / WIDTH, height / HEIGHT)
    x, y = x + (width - WIDTH * scale) / 2, y + (height - HEIGHT * scale) / 2
    return read_number(tab.picture(x, y, WIDTH * scale, 2 * CELL * scale))


@pytest.mark.parametrize(
    ("rate", "way"),
    [
        ("25", "http"),
        ("30000/1001", "file"),
        pytest.param("25", "file", marks=FULL),
        pytest.param("30000/1001", "http", marks=FULL),
    ],
)
def test_every_step_shows_the_right_frame_and_a_stop_holds_it(
    tab: Firefox,
    ash: Family,
    vigsite: Vigsite,
    tmp_path: Path,
    films: Callable[[str], Any],
    rate: str,
    way: str,
) -> None:
    """Steps of one frame and of a second, by chance; then it plays on to its mark at 0.5 s."""
    (ash.directory / "1-tea/film.mp4").write_bytes(films(rate).path.read_bytes())
    ash.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:03.0")
    assert vigsite("build", ash.directory).status == 0
    first = films(rate).frame_at(1000)
    last = films(rate).frame_at(3000 - 1) - first
    frame, chance, wrong = 0, random.Random(7), []
    with reached(tmp_path / "sites/ash/review", way) as address:
        tab.do("open", f"{address}/deck.html")
        for step in range(STEPS):
            key = chance.choice(",,,,....jl")
            by = {",": -1, ".": 1}.get(key) or round(films(rate).rate) * (-1 if key == "j" else 1)
            frame = max(0, min(frame + by, last))
            tab.press(key)
            tab.until(f"!{VIDEO}.seeking")
            shown: int | None = None
            for _ in range(40):  # a busy machine may paint late
                if (shown := shown_number(tab)) == first + frame:
                    break
                time.sleep(0.05)
            else:
                wrong.append((step, key, first + frame, shown))
        assert wrong == []
        tab.press("j", "j", " ")
        tab.until(f"!{VIDEO}.paused")
        tab.until(f"{VIDEO}.paused")
        settle(tab)
        assert shown_number(tab) == films(rate).frame_at(1500)
        loops(tab, first)
        assert tab.quiet(address)


PRESENTED = f"""(() => {{ const v = {VIDEO}; window.presented = [];
  const look = (_n, m) => {{ presented.push(m.mediaTime); v.requestVideoFrameCallback(look); }};
  v.requestVideoFrameCallback(look); }})()"""


def loops(tab: Firefox, first: int) -> None:
    """From the second frame to the tenth, three times: none outside is ever on screen.

    A frame that a busy page presents behind the curtain is not.
    """
    tab.press("\\", "j", "j", ".", "[", *["."] * 8, "]", ",")
    settle(tab)
    tab.evaluate(PRESENTED)
    tab.press(" ")
    again = "presented.filter((time, at) => time < presented[at - 1]).length > 2"
    pictures: set[int | None] = set()
    for _ in range(200):
        pictures.add(shown_number(tab))
        if len(pictures) > 2 and tab.evaluate(again):
            break
    else:
        raise AssertionError(f"it does not repeat: {pictures}")
    tab.press(" ")
    assert pictures <= {first + frame for frame in range(1, 10)}
    times = tab.evaluate("presented")
    above, below = map(int, tab.evaluate(f"{VIDEO}.dataset.rate").split("/"))
    assert {1, 9} <= {int(time * above / below + 0.05) for time in times}


def test_the_speaker_window_shows_drives_and_closes_with_the_deck(deck: Firefox) -> None:
    here = there = max(deck.do("open_tabs"))
    deck.press("ArrowRight", "w")
    for _ in range(100):
        if (there := max(deck.do("open_tabs"))) != here:
            break
        time.sleep(0.05)
    assert there != here
    deck.do("turn", there)
    deck.until("document.body && document.body.innerText.includes('2')")
    assert deck.evaluate("document.querySelectorAll('video').length") == 0
    prompts = deck.evaluate("document.body.innerText")
    deck.press("ArrowRight")
    deck.until("document.body.innerText.includes('3')")
    assert deck.evaluate("document.body.innerText") != prompts
    deck.do("turn", here)
    assert slide(deck) == "slide-3"
    deck.press("ArrowLeft")
    deck.do("turn", there)
    deck.until("document.body.innerText.includes('2')")
    assert "For supervision" not in deck.evaluate("document.documentElement.outerHTML")
    deck.do("turn", here)
    deck.do("open", "about:blank")
    for _ in range(100):
        if there not in deck.do("open_tabs"):
            return
        time.sleep(0.05)
    pytest.fail("the speaker window stays after the deck")
