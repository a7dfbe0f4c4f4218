"""The demo family's sites in Chromium, opened from `file://` as a parent opens them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import seen
from tests.browser.deck import axe
from tests.helpers.covering_sample import covering

EDITIONS = ["review", "keepsake"]


def pages(site: Path) -> list[str]:
    found = sorted(page.name for page in site.glob("*.html"))
    assert len(found) >= 10
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_request_leaves_the_site_and_nothing_complains(
    laptop: BrowserContext, demo_sites: Path, edition: str
) -> None:
    look = seen(laptop, demo_sites / edition)
    for name in pages(look.site):
        page = look.open(name)
        page.mouse.wheel(0, 20_000)
        page.wait_for_load_state()
        unloaded = page.evaluate(
            "async () => { for (const i of document.images) { i.loading = 'eager'; await i.decode(); }"
            " return [...document.images].filter(i => !i.naturalWidth).map(i => i.src); }"
        )
        assert unloaded == []
    assert look.requests
    assert look.quiet()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_clip_plays_to_its_end_and_seeks(
    laptop: BrowserContext, demo_sites: Path, edition: str
) -> None:
    look = seen(laptop, demo_sites / edition)
    played = 0
    for number in range(1, 5):
        page = look.open(f"cycle-{number}.html")
        for clip in page.query_selector_all("video"):
            ended = clip.evaluate(
                """async v => {
                  v.muted = true; v.playbackRate = 8;
                  await new Promise((done, fail) => {
                    v.onended = done; v.onerror = () => fail(v.error.message);
                    v.play().catch(fail); setTimeout(() => fail('took too long'), 15000); });
                  const length = v.duration;
                  await new Promise(done => { v.onseeked = done; v.currentTime = length / 2; });
                  return [length, v.currentTime, v.ended]; }"""
            )
            assert ended[0] > 3
            assert abs(ended[1] - ended[0] / 2) < 0.05
            played += 1
    assert played == (7 if edition == "review" else 6)
    assert look.quiet()


def test_captions_are_there_from_a_file(laptop: BrowserContext, demo_sites: Path) -> None:
    page = seen(laptop, demo_sites / "keepsake").open("cycle-3.html")
    cues = page.evaluate(
        """async () => { const v = document.querySelector('video:has(track)'), t = v.textTracks[0];
          t.mode = 'showing'; v.preload = 'auto';
          for (let i = 0; i < 100 && !(t.cues && t.cues.length); i++) await new Promise(d => setTimeout(d, 50));
          return [...t.cues].map(c => [c.startTime, c.endTime, c.text]); }"""
    )
    assert len(cues) == 3
    assert all(0 <= start < end < 9 and text for start, end, text in cues)


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_javascript_every_page_reads_and_plays(
    chromium: Browser, demo_sites: Path, edition: str
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    look = seen(context, demo_sites / edition)
    for name in pages(look.site):
        page = look.open(name)
        assert page.locator("h1").first.is_visible()
        assert len(page.locator("main").inner_text()) > 60
        for clip in page.query_selector_all("video"):
            assert clip.get_attribute("controls") is not None
    page = look.open("index.html")
    page.locator(".vig-menu summary").click()
    page.get_by_role("link", name="Bath time").first.click()
    assert page.title().startswith("Bath time")
    assert look.quiet()
    context.close()


@pytest.mark.parametrize(
    ("edition", "width", "scheme"), covering(EDITIONS, [390, 1280], ["light", "dark"])
)
def test_axe_finds_nothing(
    chromium: Browser, demo_sites: Path, edition: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    look = seen(context, demo_sites / edition)
    for name in pages(look.site):
        assert axe(look.open(name)) == [], name
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(chromium: Browser, demo_sites: Path, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    look = seen(context, demo_sites / "review")
    for name in pages(look.site):
        page = look.open(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    context.close()


def test_a_line_asks_to_unzip_only_when_the_stylesheet_is_missing(
    laptop: BrowserContext, demo_sites: Path, tmp_path: Path
) -> None:
    look = seen(laptop, demo_sites / "keepsake")
    assert not look.open("index.html").get_by_text("unzip the whole folder").is_visible()
    alone = tmp_path / "index.html"
    alone.write_bytes((demo_sites / "keepsake" / "index.html").read_bytes())
    look.page.goto(alone.as_uri())
    assert look.page.get_by_text("unzip the whole folder").is_visible()


def test_the_keepsake_has_neither_deck_nor_prompts(demo_sites: Path) -> None:
    review = "".join(p.read_text("utf-8") for p in (demo_sites / "review").glob("*.html"))
    keepsake = "".join(p.read_text("utf-8") for p in (demo_sites / "keepsake").glob("*.html"))
    assert "What do you notice here?" in review
    assert "What do you notice here?" not in keepsake
    assert "vig-chart" in review
    assert "vig-chart" not in keepsake
    assert not (demo_sites / "keepsake" / "deck.html").exists()
    assert not list((demo_sites / "keepsake" / "assets" / "vig").glob("deck*"))
