"""The deck as `vigsite present` shows it: over HTTP, and in the page that follows rebuilds."""

from __future__ import annotations

import functools
import http.server
import io
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import av
import pytest
from playwright.sync_api import BrowserContext, Frame, Page

from tests.browser.conftest import seen
from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted, Grey, read_number
from tests.helpers.families import Family, family
from vigsite.local_server.server import Presentation, presented

SLIDE = "[...document.querySelectorAll('.vig-slide')].find(s => !s.hidden)"


def until(where: Page | Frame, expression: str) -> None:
    """Waits for it; the page's own policy forbids Playwright's way of waiting, by `eval`."""
    page = where if isinstance(where, Page) else where.page
    for _ in range(200):
        if where.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {expression}")


def deck_in(page: Page) -> Frame:
    """The deck within the page around it, once it is there."""
    for _ in range(200):
        for frame in page.frames[1:]:
            if "/deck.html" in frame.url and frame.evaluate("document.readyState") == "complete":
                return frame
        page.wait_for_timeout(50)
    pytest.fail("the page around the deck holds no deck")


def shown(deck: Page | Frame) -> str:
    return str(deck.evaluate(f"{SLIDE}.id"))


def settle(deck: Page | Frame) -> None:
    until(deck, f"!{SLIDE}.querySelector('video')?.seeking")
    (deck if isinstance(deck, Page) else deck.page).wait_for_timeout(60)


def number_on_screen(page: Page, deck: Page | Frame) -> int | None:
    place = deck.locator("video").first.bounding_box()
    assert place is not None
    picture = page.screenshot(clip=place)
    with av.open(io.BytesIO(picture), "r") as opened:
        return read_number(cast("Grey", next(opened.decode(video=0)).to_ndarray(format="gray")))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Family:
    """A family whose film is counted; the first moment is two seconds of it."""
    made = family(tmp_path_factory.mktemp("present") / "ash", films("25").path)
    made.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:03.0")
    return made


@pytest.fixture
def site(case: Family, vigsite: Vigsite) -> Path:
    """Its review, built as it is now."""
    rebuild(case, vigsite)
    return case.directory.parent / "sites/ash/review"


def rebuild(case: Family, vigsite: Vigsite) -> None:
    done = vigsite("build", "ash", "--edition", "review", "--draft", cwd=case.directory.parent)
    assert done.status == 0, done.err


@pytest.fixture(params=["alone", "watched"])
def watched(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "watched")


@pytest.fixture
def presentation(site: Path, watched: bool) -> Iterator[Presentation]:
    with presented(site, watched=watched) as served:
        yield served


@pytest.fixture
def page(laptop: BrowserContext, site: Path, presentation: Presentation) -> Iterator[Page]:
    """The opened deck; at the end nothing was asked for elsewhere, and nothing complained."""
    look = seen(laptop, site)
    look.page.goto(presentation.opening_address)
    yield look.page
    root = presentation.address.rsplit("/", 1)[0]
    ours = (root, presentation.opening_address, "data:")
    assert [url for url in look.requests if not url.startswith(ours)] == []
    assert look.complaints == []


@pytest.fixture
def deck(page: Page, watched: bool) -> Page | Frame:
    return deck_in(page) if watched else page


def test_the_key_leads_to_the_deck_and_its_title(
    page: Page, deck: Page | Frame, presentation: Presentation
) -> None:
    assert page.url.split("#")[0] == presentation.address
    until(page, "document.title.includes('Ash and Dad')")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_step_is_a_frame_over_http_too(
    page: Page, deck: Page | Frame, films: Callable[[str], Counted]
) -> None:
    frame, chance = 0, random.Random(11)
    first = films("25").frame_at(1000)
    for _ in range(16):
        forward = frame < 3 or chance.random() < 0.6
        frame += 1 if forward else -1
        page.keyboard.press("." if forward else ",")
        settle(deck)
        assert number_on_screen(page, deck) == first + frame


def test_keys_full_screen_and_wake_lock_work(page: Page, deck: Page | Frame) -> None:
    """Without a click first: the frame has the focus."""
    page.keyboard.press("End")
    until(deck, f"{SLIDE}.id === 'slide-3'")
    page.keyboard.press("f")
    until(deck, "document.fullscreenElement !== null")
    page.keyboard.press("f")
    until(deck, "document.fullscreenElement === null")
    assert deck.evaluate("navigator.wakeLock.request('screen').then(lock => !lock.released)")
    until(deck, "matchMedia('(min-width: 1200px)').matches && innerHeight > 700")


def test_a_window_of_its_own_can_be_written_into(page: Page, deck: Page | Frame) -> None:
    """As the speaker window is: empty, filled by its opener, and talking to it."""
    with page.expect_popup() as opened:
        deck.evaluate(
            "() => { const w = window.open('', 'speaker', 'popup');"
            "w.document.title = 'For you'; w.document.body.textContent = 'What next';"
            "window.heard = []; addEventListener('message', m => window.heard.push(m.data)); }"
        )
    popup = opened.value
    assert popup.title() == "For you"
    assert popup.evaluate("opener !== null && opener.document.title.includes('Ash')")
    popup.evaluate("opener.postMessage('next', '*')")
    until(deck, "window.heard.includes('next')")
    popup.close()


@pytest.mark.parametrize("watched", [True])
def test_a_rebuild_shows_and_the_place_stays(
    page: Page, deck: Frame, case: Family, vigsite: Vigsite
) -> None:
    page.keyboard.press("ArrowRight")
    until(deck, f"{SLIDE}.id === 'slide-2'")
    deck.evaluate("window.before = true")
    case.change("1-tea/cycle.yml", "A smile", "A smile for Dad")
    rebuild(case, vigsite)
    until(page, "!frames[0].before && frames[0].document.readyState === 'complete'")
    again = deck_in(page)
    assert "A smile for Dad" in str(again.evaluate(f"{SLIDE}.textContent"))
    assert shown(again) == "slide-2"
    page.keyboard.press("ArrowRight")  # the keys are still the deck's
    until(again, f"{SLIDE}.id === 'slide-3'")


@pytest.mark.parametrize("watched", [True])
def test_without_a_rebuild_nothing_is_loaded_again(
    page: Page, deck: Frame, case: Family, vigsite: Vigsite
) -> None:
    deck.evaluate("window.before = true")
    case.change("1-tea/cycle.yml", "Tired that day.", "Tired.")
    rebuild(case, vigsite)
    page.wait_for_timeout(1500)
    assert deck.evaluate("window.before") is True


@pytest.fixture
def other_page(tmp_path: Path, laptop: BrowserContext) -> Iterator[Page]:
    """A page from another port of this machine, such as another user's."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Elsewhere</title>", "utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    look = laptop.new_page()
    look.goto(f"http://127.0.0.1:{server.server_port}/")
    yield look
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_page_cannot_look_in_even_if_it_knew_the_address(
    other_page: Page, presentation: Presentation
) -> None:
    root = presentation.address.rsplit("/", 1)[0]
    got = other_page.evaluate(
        """async ([root, page]) => {
          const found = {};
          found.fetch = await fetch(page).then(() => 'read', () => 'refused');
          found.blind = await fetch(root + '/deck.html', {mode: 'no-cors'}).then(() => 'read', () => 'refused');
          const load = (tag, src) => new Promise(done => {
            const one = document.createElement(tag);
            one.onload = one.onloadedmetadata = () => done('read'); one.onerror = () => done('refused');
            one.src = src; document.body.append(one); });
          found.image = await load('img', root + '/assets/vig/icon.svg');
          found.film = await load('video', root + '/media/cycle-1-moment-1.mp4');
          found.script = await load('script', root + '/assets/vig/deck.js');
          const frame = document.createElement('iframe');
          await new Promise(done => { frame.onload = done; frame.src = page; document.body.append(frame); });
          found.frame = frame.contentWindow.length;
          const opened = window.open(page); await new Promise(d => setTimeout(d, 1500));
          found.handle = opened.closed;
          return found; }""",
        [root, presentation.address],
    )
    assert got == {
        "fetch": "refused",
        "blind": "refused",
        "image": "refused",
        "film": "refused",
        "script": "refused",
        "frame": 0,
        "handle": True,  # the two windows know nothing of one another
    }
