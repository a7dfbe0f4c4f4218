"""Over 300 notes that try to run, to break out or to turn a page round, in a real Chromium.

Nothing runs, nothing leaves its element, nothing is asked for, and every text comes back as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from tests.browser.conftest import Seen, seen
from tests.conftest import ROOT, drafted
from tests.helpers.counted_films import Counted
from tests.helpers.hostile_notes import ALL, CYCLES, PAYLOADS, SOME, hostile_case
from vigsite.pages.direction import settled

TAGS = frozenset(
    """
    A BDI BLOCKQUOTE BODY BR BUTTON CAPTION DESC DETAILS DIALOG DIV FIGCAPTION FIGURE H1 H2 H3 HEAD
    HEADER HTML IMG INPUT KBD LI LINK MAIN META NAV NOSCRIPT OL P PATH Q SCRIPT SECTION SMALL SOURCE SPAN
    STRONG SUMMARY SVG TABLE TBODY TD TEMPLATE TH TITLE TR TRACK UL VIDEO
    """.split()  # noqa: SIM905  # a list of quoted words reads worse
)
MARKS = re.compile("[\u2068\u2069]")
"""A text within a sentence stands between these."""
OURS = (ROOT / "theme" / "assets" / "vig" / "deck-first.js").read_text("utf-8").strip()
"""The one script that stands in a page itself."""
FOREIGN = """ours => {
  const found = [];
  for (const e of document.querySelectorAll('*')) {
    if (e.tagName === 'SCRIPT' && e.textContent.trim() !== ours && !/^assets\\/vig\\/[a-z-]+\\.js$/.test(e.getAttribute('src') || ''))
      found.push('script');
    for (const { name, value } of e.attributes) {
      if (/^on|^style$|^srcdoc$|^ping$|action$/i.test(name)) found.push(`${e.tagName} ${name}=${value}`);
      if (/^(href|src|poster|srcset|xlink:href)$/.test(name)
          && !/^(#|[a-z0-9-]+\\.html|assets\\/|media\\/|data:text\\/vtt;base64,)/.test(value))
        found.push(`${e.tagName} ${name}=${value}`);
    }
  }
  return found;
}"""


def typed(texts: list[str]) -> list[str]:
    """As pages show it: runs of white space are one, marks of direction are in order."""
    return [" ".join(settled(text).split()) for text in texts]


def shown(page: Page, what: str) -> list[str]:
    """The texts of elements."""
    texts: list[str] = page.eval_on_selector_all(what, "found => found.map(e => e.textContent)")
    return [" ".join(text.split()) for text in texts]


@dataclass
class Visit:
    """A look at all pages of a site, and all that happened meanwhile."""

    look: Seen
    moves: list[str] = field(default_factory=list)
    opened: int = 0

    def open(self, name: str) -> Page:
        self.opened += 1
        return self.look.open(name)


@pytest.fixture(scope="module")
def texts(request: pytest.FixtureRequest) -> list[str]:
    """What the notes hold."""
    return ALL if request.config.getoption("--soak") else SOME


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted], texts: list[str]
) -> Path:
    """The family's sites."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile_case(folder / "elm", films("25").path, texts)
    return drafted(folder, "elm")


@pytest.fixture
def visit(laptop: BrowserContext, hostile: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Fails when anything ran, was asked for or moved the page."""
    made = Visit(seen(laptop, hostile / request.param))
    main = made.look.page.main_frame

    def moved(frame: Frame) -> None:
        place = frame.url.partition("#")[0]  # the deck's own places are no other page
        if frame == main and made.moves[-1:] != [place]:
            made.moves.append(place)

    made.look.page.on("framenavigated", moved)
    yield made
    assert made.look.quiet()
    assert len(made.moves) == made.opened
    assert all(url.startswith(made.look.site.as_uri()) for url in made.moves)


def test_there_are_enough_of_every_kind() -> None:
    assert len(set(ALL)) == len(ALL) >= 300
    assert all(len(payloads) >= 8 for payloads in PAYLOADS.values())


@pytest.mark.parametrize("visit", ["review", "keepsake"], indirect=True)
def test_nothing_runs_and_nothing_leaves_its_element(visit: Visit) -> None:
    names = sorted(path.name for path in visit.look.site.glob("*.html"))
    assert len(names) >= 9
    for name in names:
        page = visit.open(name)
        assert {
            tag.upper()
            for tag in page.evaluate("[...document.querySelectorAll('*')].map(e => e.tagName)")
        } <= TAGS
        assert page.evaluate(FOREIGN, OURS) == []
        assert (
            page.evaluate("[...document.body.children].filter(e => e.tagName === 'MAIN').length")
            == 1
        )
        policies = page.locator("meta[http-equiv]")
        assert policies.count() == 1
        policy = policies.get_attribute("content") or ""
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 3000)


@pytest.mark.parametrize("visit", ["review", "keepsake"], indirect=True)
def test_every_text_comes_back_as_typed(visit: Visit, texts: list[str]) -> None:
    per_cycle = -(-len(texts) // CYCLES)
    said = 0
    for number in range(1, CYCLES + 1):
        page = visit.open(f"cycle-{number}.html")
        titles = texts[(number - 1) * per_cycle : number * per_cycle]
        assert shown(page, ".vig-moment h2") == typed([*titles, texts[number]])
        assert shown(page, ".vig-stills img") == [""] * len(titles)
        alts = page.eval_on_selector_all(".vig-stills img", "found => found.map(e => e.alt)")
        assert [" ".join(alt.split()) for alt in alts] == typed(titles)
        principles = [f"Principles: {text}" for text in typed(texts)[: len(titles)]]
        assert [MARKS.sub("", text) for text in shown(page, ".vig-analysis p")] == [
            MARKS.sub("", text) for text in principles
        ]
        assert shown(page, ".vig-review .vig-part li") == typed([*texts, *texts])
        assert shown(page, ".vig-review blockquote p") == typed(texts)
        said += len(shown(page, ".vig-moment blockquote p"))
        cues = page.evaluate(
            """async () => { const t = document.querySelector('track').track; t.mode = 'hidden';
              document.querySelector('video').preload = 'auto';
              for (let i = 0; i < 100 && !(t.cues && t.cues.length); i++) await new Promise(d => setTimeout(d, 50));
              return [...t.cues].map(c => c.getCueAsHTML().textContent); }"""
        )
        assert [" ".join(cue.split()) for cue in cues] == typed(
            texts[number * 20 : number * 20 + 20]
        )
    assert said == 2 * len(texts)
    page = visit.open("goals.html")
    assert set(typed(texts)) <= set(shown(page, "blockquote"))
    page = visit.open("next.html")
    assert set(typed(texts)) <= set(shown(page, "li"))


@pytest.mark.parametrize("visit", ["review"], indirect=True)
def test_nor_in_the_deck_and_its_speaker_window(visit: Visit, texts: list[str]) -> None:
    page = visit.open("deck.html")
    page.wait_for_selector(".vig-bar")
    with page.expect_popup() as opened:
        page.keyboard.press("w")
    window = opened.value
    window.on("dialog", lambda dialog: visit.look.complaints.append(dialog.message))
    window.on(
        "console",
        lambda line: visit.look.complaints.append(line.text) if line.type == "error" else None,
    )
    for _ in range(8):
        for _ in range(4):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
    assert {
        tag.upper()
        for tag in window.evaluate("[...document.querySelectorAll('*')].map(e => e.tagName)")
    } <= TAGS
    for key in ("o", "Escape", "?", "Escape"):
        page.keyboard.press(key)
    assert set(typed(texts)) <= set(shown(page, "summary + h2"))
    assert set(typed(texts)) <= set(shown(page, ".vig-reveal-prompt > :not(summary)"))


@pytest.mark.parametrize("visit", ["keepsake"], indirect=True)
def test_a_mark_of_direction_turns_nothing_around_it(visit: Visit) -> None:
    """The practitioner's name ends what it never began, and never ends what it begins."""
    page = visit.open("about.html")
    assert "\u202e" in page.inner_text("main")
    places = page.evaluate(
        """() => { const found = [], range = document.createRange();
          for (const p of document.querySelectorAll('main p')) {
            const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
            for (let node; (node = walk.nextNode());)
              for (const word of ['made these', 'pages with', 'with you', 'reach', 'here:', 'any time', 'something']) {
                const at = node.data.indexOf(word);
                if (at < 0) continue;
                range.setStart(node, at); range.setEnd(node, at + 1);
                const first = range.getBoundingClientRect().x;
                range.setStart(node, at + word.length - 1); range.setEnd(node, at + word.length);
                found.push([word, first < range.getBoundingClientRect().x]); } }
          return found; }"""
    )
    assert len(places) >= 6
    assert all(forward for _word, forward in places), places


def test_the_policy_stops_what_would_get_through(chromium: Browser, hostile: Path) -> None:
    """Even if a text broke out: the browser refuses it and asks nobody."""
    context = chromium.new_context()
    look = seen(context, hostile / "keepsake")
    page = look.open("index.html")
    page.evaluate(
        """() => { document.body.insertAdjacentHTML('beforeend',
          '<img src=https://evil.example/p.png onerror=window.ran=1><iframe src=https://evil.example></iframe>');
          const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert len([line for line in look.complaints if "Content Security Policy" in line]) >= 3
    context.close()
