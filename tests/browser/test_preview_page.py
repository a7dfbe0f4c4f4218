"""The page to look at and confirm, in Chromium: readable, and asking nobody outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser.conftest import seen
from tests.browser.deck import axe
from tests.helpers.counted_films import Counted
from tests.helpers.families import family, guarded
from vigsite.commands.preview import make_preview


def test_the_page_is_accessible_and_asks_for_its_own_files_only(
    laptop: BrowserContext, tmp_path: Path, films: Callable[[str], Counted]
) -> None:
    made = guarded(family(tmp_path / "ash", films("25").path))
    page_file = make_preview(made.directory, everything=False, said=print).page
    assert page_file is not None
    look = seen(laptop, page_file.parent)
    page = look.page
    for width in (1280, 390):
        look.page.set_viewport_size({"width": width, "height": 800})
        page = look.open(page_file.name)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert axe(page) == []
    assert page.evaluate("document.querySelector('video').controls")
    unloaded = page.evaluate(
        "async () => { for (const i of document.images) { i.loading = 'eager'; await i.decode(); }"
        " return [...document.images].filter(i => !i.naturalWidth).length; }"
    )
    assert unloaded == 0
    assert look.requests
    assert look.quiet()
