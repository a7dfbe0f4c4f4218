"""How the pages look: nothing spills over, the parent's words come first, print, weight, touch.

The demo family in Arabic, and the cases that a designer forgets (tests/helpers/extreme_cases.py).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CASES, seen
from tests.browser.deck import axe
from tests.helpers.covering_sample import FULL
from tests.helpers.extreme_cases import EXTREMES

WIDTHS = {195: 422, 320: 568, 390: 844, 768: 1024, 844: 390, 1280: 800, 1920: 1080}
"""195 is a phone at 200 %; 844 a phone held sideways."""


@contextmanager
def opened(chromium: Browser, site: Path, width: int = 1280, **more: object) -> Iterator[Page]:
    """A window on a site; whatever complains or leaves the site fails."""
    context = chromium.new_context(viewport={"width": width, "height": WIDTHS[width]}, **more)  # type: ignore[arg-type]  # its own options
    look = seen(context, site)
    try:
        yield look.page
        assert look.quiet()
    finally:
        context.close()


def pages(site: Path) -> list[Path]:
    """All but the deck, which has tests of its own."""
    found = sorted(page for page in site.glob("*.html") if page.stem != "deck")
    assert len(found) >= 5
    return found


@pytest.mark.parametrize("case", CASES)
def test_nothing_spills_over_at_any_width(chromium: Browser, sites: Path, case: str) -> None:
    site = sites / case / "review"
    with opened(chromium, site) as page:
        for file in pages(site):
            page.goto(file.as_uri())
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                where = (file.name, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, where
                assert page.evaluate(SPILLED) == [], where


SPILLED = """[...document.querySelectorAll(
    '.vig-moment, .vig-goal, .vig-pair, .vig-cover, .vig-journey a, .vig-keep a, .vig-felt')]
  .flatMap(card => [...card.children].filter(part => {
    const [own, whole] = [part.getBoundingClientRect(), card.getBoundingClientRect()];
    return own.bottom > whole.bottom + 1 || own.left < whole.left - 1 || own.right > whole.right + 1
      || part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline';
  }).map(part => part.outerHTML.slice(0, 80)))"""


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "light"),
        (768, "dark"),
        (1280, "light"),
        pytest.param(390, "dark", marks=FULL),
        pytest.param(768, "light", marks=FULL),
        pytest.param(1280, "dark", marks=FULL),
    ],
)
def test_axe_finds_nothing_in_arabic(
    chromium: Browser, sites: Path, width: int, scheme: str
) -> None:
    without_faults(chromium, sites / "rowan-ar" / "review", width, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_tablet(chromium: Browser, demo_sites: Path, scheme: str) -> None:
    without_faults(chromium, demo_sites / "review", 768, scheme)


@pytest.mark.parametrize("case", EXTREMES)
def test_axe_finds_nothing_in_extreme_cases(chromium: Browser, sites: Path, case: str) -> None:
    without_faults(chromium, sites / case / "review", 390, "light")


def without_faults(chromium: Browser, site: Path, width: int, scheme: str) -> None:
    """Axe asks for stylesheets itself, so what is asked for is not looked at here."""
    context = chromium.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of its literals
    )
    page = context.new_page()
    for file in pages(site):
        page.goto(file.as_uri())
        assert axe(page) == [], file.name
    context.close()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_parents_own_words_are_the_largest(
    chromium: Browser, demo_sites: Path, width: int
) -> None:
    with opened(chromium, demo_sites / "keepsake", width) as page:
        for number in range(1, 5):
            page.goto((demo_sites / "keepsake" / f"cycle-{number}.html").as_uri())
            said = sizes(page, ".vig-moment blockquote p")
            others = sizes(page, "main :is(h1, h2, h3, li, .vig-moment > p)")
            assert said
            assert others
            assert min(said) >= 1.3 * max(sizes(page, ".vig-moment > p"))
            assert min(said) >= max(others)
        page.goto((demo_sites / "keepsake" / "index.html").as_uri())
        body = max(sizes(page, "main > p"))
        assert min(sizes(page, "main blockquote p, .vig-journey q")) >= 1.25 * body
        assert min(sizes(page, "main p, main span, main li")) >= 16


def sizes(page: Page, selector: str) -> list[float]:
    found: list[float] = page.evaluate(
        "s => [...document.querySelectorAll(s)].map(e => parseFloat(getComputedStyle(e).fontSize))",
        selector,
    )
    return found


def test_what_the_parent_said_comes_right_below_the_picture(
    chromium: Browser, demo_sites: Path
) -> None:
    with opened(chromium, demo_sites / "keepsake", 390) as page:
        page.goto((demo_sites / "keepsake" / "cycle-1.html").as_uri())
        gaps = page.evaluate(
            """[...document.querySelectorAll('.vig-moment:has(blockquote)')].map(moment => {
              const at = name => moment.querySelector(name).getBoundingClientRect();
              return [at('blockquote').top - at('figure').bottom, at('h2').top - at('blockquote').bottom];
            })"""
        )
        assert len(gaps) == 3
        assert all(abs(above) < 1 <= below for above, below in gaps)


def test_in_arabic_everything_is_mirrored(chromium: Browser, sites: Path, demo_sites: Path) -> None:
    left = places(chromium, demo_sites / "review")
    right = places(chromium, sites / "rowan-ar" / "review")
    assert left.keys() == right.keys() == {"name", "menu", "picture", "path", "first", "last"}
    for name, middle in left.items():
        assert (middle < 640) == (right[name] > 640), name
        assert abs(middle - 640) > 20, name


def places(chromium: Browser, site: Path) -> dict[str, float]:
    """The middle of parts of the pages in a window of 1280 pixels."""
    with opened(chromium, site) as page:
        page.goto((site / "index.html").as_uri())
        found: dict[str, float] = page.evaluate(
            """(() => { const middle = s => { const r = document.querySelector(s).getBoundingClientRect();
              return (r.left + r.right) / 2; };
              const path = getComputedStyle(document.querySelector('.vig-journey li + li'), '::before');
              return { name: middle('.vig-mark'), menu: middle('.vig-menu'),
                picture: middle('.vig-journey img'),
                path: parseFloat(path.left) + (parseFloat(path.left) > 400 ? 640 : 0) }; })()"""
        )
        page.goto((site / "goals.html").as_uri())
        found |= page.evaluate(
            """(() => { const marks = [...document.querySelectorAll('.vig-chart')[1].querySelectorAll('circle')]
              .map(c => c.getBoundingClientRect().left), whole = document.querySelector('.vig-chart')
              .getBoundingClientRect(), middle = (whole.left + whole.right) / 2;
              return { first: 640 + marks[0] - middle, last: 640 + marks.at(-1) - middle }; })()"""
        )
    return found


@pytest.mark.parametrize(
    ("paper", "case"),
    [
        ("A4", "long-words"),
        ("Letter", "many-moments"),
        pytest.param("A4", "many-moments", marks=FULL),
        pytest.param("Letter", "long-words", marks=FULL),
    ],
)
def test_pages_print_light_without_controls(
    chromium: Browser, sites: Path, case: str, paper: str
) -> None:
    site = sites / case / "review"
    with opened(chromium, site, color_scheme="dark") as page:
        for file in pages(site):
            page.goto(file.as_uri())
            sheets = page.pdf(format=paper).count(b"/Type /Page\n")
            assert 1 <= sheets <= 16, file.name
        page.emulate_media(media="print", color_scheme="dark")
        page.set_viewport_size({"width": 640, "height": 900})
        for file in pages(site):
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 640, file.name
            for control in (".vig-menu", ".vig-pager", ".vig-action", ".vig-skip"):
                assert page.locator(f"{control}:visible").count() == 0, (file.name, control)
            ground = "getComputedStyle(document.body).backgroundColor"
            assert page.evaluate(ground) == "rgb(255, 255, 255)"
            ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
            assert max(map(int, re.findall(r"\d+", ink))) < 60


def test_on_paper_a_picture_is_whole_and_its_words_stay_with_it(
    chromium: Browser, demo_sites: Path
) -> None:
    with opened(chromium, demo_sites / "keepsake") as page:
        page.emulate_media(media="print")
        page.goto((demo_sites / "keepsake" / "cycle-1.html").as_uri())
        rules = page.evaluate(
            """[...document.querySelectorAll('.vig-moment, .vig-moment img, blockquote, .vig-moment figure,'
              + '.vig-moment > blockquote')].map(e => { const s = getComputedStyle(e);
              return [e.tagName, s.breakInside, s.breakAfter, s.breakBefore]; })"""
        )
        assert {tag for tag, *_ in rules} >= {"SECTION", "IMG", "BLOCKQUOTE", "FIGURE"}
        for tag, inside, after, _before in rules:
            assert inside == "avoid" or tag == "FIGURE"
            assert tag != "FIGURE" or after == "avoid"


def test_pages_are_light(sites: Path) -> None:
    for case in CASES:
        for file in pages(sites / case / "review"):
            page = file.read_text("utf-8")
            parts = re.findall(r'(?:stylesheet" href|script src)="([^"]+)"', page)
            assert parts == ["assets/vig/pages.css"]
            texts = [file.read_bytes(), *[(file.parent / part).read_bytes() for part in parts]]
            assert sum(len(gzip.compress(text)) for text in texts) < 30_000, (case, file.name)


@pytest.mark.parametrize(("width", "density"), [(390, 3), (1280, 1), (1920, 1)])
def test_the_browser_picks_pictures_that_are_sharp_and_not_too_large(
    chromium: Browser, sites: Path, width: int, density: int
) -> None:
    site = sites / "rowan-ar" / "review"
    with opened(chromium, site, width, device_scale_factor=density) as page:
        for file in pages(site):
            page.goto(file.as_uri())
            images = page.evaluate(PICKED)
            for image in images:
                wanted = min(image["shown"] * density, image["sizes"][-1])
                fitting = min(size for size in image["sizes"] if size >= wanted * 0.9)
                # One size more than needed is allowed: `sizes` is said before the page is laid out.
                near = [size for size in image["sizes"] if size >= fitting][:2]
                assert image["picked"] in near, (file.name, image)
                assert image["given"], image
            firsts = [image["eager"] for image in images]
            assert firsts.count(True) <= 1, file.name
            assert True not in firsts[1:], file.name


PICKED = """(async () => { const all = [...document.querySelectorAll('main img')];
  const eager = all.map(i => i.loading === 'eager' && i.fetchPriority === 'high');
  for (const i of all) { i.loading = 'eager'; await i.decode(); }
  return all.map((i, n) => ({ eager: eager[n], shown: i.getBoundingClientRect().width,
    given: i.hasAttribute('width') && i.hasAttribute('height') && i.hasAttribute('sizes'),
    sizes: i.srcset.split(', ').map(s => parseInt(s.split(' ')[1])),
    picked: parseInt(i.srcset.split(', ').find(s => i.currentSrc.endsWith(s.split(' ')[0])).split(' ')[1]),
  })); })()"""


def test_whatever_is_touched_is_large_enough(chromium: Browser, sites: Path) -> None:
    site = sites / "rowan-ar" / "keepsake"
    with opened(chromium, site, 390) as page:
        for file in pages(site):
            page.goto(file.as_uri())
            page.locator(".vig-menu > summary").click()
            small = page.evaluate(
                """[...document.querySelectorAll('a[href]:not(.vig-skip, video a), button, summary')].filter(e => {
                  const r = e.getBoundingClientRect(); return r.width < 44 || r.height < 43.5; })
                  .map(e => e.outerHTML.slice(0, 90))"""
            )
            assert small == [], file.name


def test_what_has_focus_is_seen_and_nothing_moves(chromium: Browser, demo_sites: Path) -> None:
    with opened(chromium, demo_sites / "keepsake", reduced_motion="reduce") as page:
        page.goto((demo_sites / "keepsake" / "index.html").as_uri())
        reached = set()
        for _ in range(10):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
            outline = page.evaluate(
                "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
            )
            assert outline[0] != "none"
            assert outline[1] >= 3
        assert len(reached) == 10
        moving = page.evaluate(
            """[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
              return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0; }).length"""
        )
        assert moving == 0


def test_empty_pages_are_kind(chromium: Browser, sites: Path) -> None:
    site = sites / "first-visit" / "review"
    with opened(chromium, site) as page:
        for name, words in {
            "seen": "fills as we look",
            "next": "We will write down here",
        }.items():
            page.goto((site / f"{name}.html").as_uri())
            assert words in page.locator("main").inner_text()
    assert not (sites / "first-visit" / "keepsake" / "seen.html").exists()
