"""Photographs a built edition: every page and the states of the deck, narrow and wide.

    python tools/screenshots.py sites/rowan/review /tmp/pictures [--only deck] [--zoom 200]

Writes NAME-WIDTH-SCHEME.png, whole pages, and warns of console errors, requests that leave the
folder and pages wider than the window. Needs Chromium on the PATH and the `test` extra.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {390: 844, 1280: 800}
SCHEMES = ("light", "dark")


def photograph(site: Path, out: Path, only: str = "", zoom: int = 100) -> list[str]:
    """Writes the pictures into `out`; returns what went wrong on the way."""
    out.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        for width in SIZES:
            for scheme in SCHEMES:
                page = _open(browser, width, scheme, zoom / 100, wrong)
                for file in sorted(site.glob("*.html")):
                    if only in file.stem:
                        page.goto(file.as_uri())
                        _settle(page)
                        for name in _states(page, file.stem):
                            page.screenshot(
                                path=out / f"{name}-{width}-{scheme}.png",
                                full_page=not name.startswith("deck"),
                            )
                        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                            wrong.append(f"{file.name}: wider than {width} px")
                page.context.close()
        browser.close()
    return wrong


def _open(browser: Browser, width: int, scheme: str, zoom: float, wrong: list[str]) -> Page:
    """A page in a window of that width; zoomed as a browser does it, by a smaller viewport."""
    context = browser.new_context(
        viewport={"width": round(width / zoom), "height": round(SIZES[width] / zoom)},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=zoom * (2 if width < 600 else 1),
    )
    page = context.new_page()
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith(("file:", "data:"))
            else wrong.append(f"asked for {asked.url}")
        ),
    )
    return page


def _settle(page: Page) -> None:
    """Waits for lazy pictures and fonts."""
    page.evaluate("document.querySelectorAll('img').forEach((img) => { img.loading = 'eager'; })")
    page.evaluate("Promise.all([...document.images].map((img) => img.decode().catch(() => {})))")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(150)


def _states(page: Page, stem: str) -> Iterator[str]:
    """The page as it opens; of the deck, also what keys bring forth."""
    if stem != "deck":
        yield stem
        if stem == "index":
            page.locator(".vig-menu > summary").click()
            yield "index-menu"
        return
    for number in range(1, page.locator(".vig-slide").count() + 1):
        yield f"deck-{number:02d}"
        if number in (1, 3):
            for _ in range(2):
                page.keyboard.press("Enter")
            page.wait_for_timeout(400)  # until the words have come in
            yield f"deck-{number:02d}-two"
            for _ in range(6):
                page.keyboard.press("Enter")
            page.wait_for_timeout(400)
            yield f"deck-{number:02d}-told"
        page.keyboard.press("PageDown")
        page.wait_for_timeout(200)
    page.keyboard.press("?")
    yield "deck-help"


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="a built edition's folder")
    parser.add_argument("out", type=Path, help="where the pictures go")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--zoom", type=int, default=100, help="zoom of the browser in percent")
    asked = parser.parse_args()
    wrong = photograph(asked.site.absolute(), asked.out, asked.only, asked.zoom)
    if wrong:
        sys.exit("\n".join(dict.fromkeys(wrong)))


if __name__ == "__main__":
    main()
