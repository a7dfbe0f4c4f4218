"""Photographs every page and every state of the deck, to be looked through before a change lands.

    python tools/screenshots.py /tmp/pictures [--only cycle] [--case long-words] [--zoom 200]
    python tools/screenshots.py /tmp/pictures --site sites/rowan/review

Builds the demo family in English and in Arabic and the cases of tests/helpers/extreme_cases.py
(drafts, in OUT/sites), photographs their editions narrow and wide, light and dark, tries the
palettes and the paper, and writes OUT/index.html to look through it all. Ends with what went wrong
on the way: console errors, requests that leave the folder, pages wider than the window. Needs
Chromium on the PATH and the `test` extra.
"""

from __future__ import annotations

import argparse
import html
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402  # after the path

from tests.browser.deck import STATES  # noqa: E402
from tests.helpers.extreme_cases import EXTREMES  # noqa: E402
from vigsite.case.case_file import PALETTES  # noqa: E402

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
PAPERS = {"A4": "210mm", "Letter": "8.5in"}


@dataclass
class Shoot:
    """One round of photographs."""

    browser: Browser
    out: Path
    only: str = ""
    zoom: float = 1.0
    wrong: list[str] = field(default_factory=list)

    def site(self, site: Path, name: str, schemes: tuple[str, ...] = SCHEMES) -> None:
        """Every page of a built edition, NAME/PAGE-WIDTH-SCHEME.png."""
        for width in SIZES:
            for scheme in schemes:
                page = self.window(width, scheme)
                for file in sorted(site.glob("*.html")):
                    if self.only in file.stem:
                        page.goto(file.as_uri())
                        _settle(page)
                        for state, shown in _states(page, file.stem):
                            self.take(shown, f"{name}/{state}-{width}-{scheme}")
                        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                            self.wrong.append(f"{name}/{file.name}: wider than {width} px")
                page.context.close()

    def palettes(self, site: Path) -> None:
        """One page in every palette and scheme."""
        for scheme in SCHEMES:
            page = self.window(1280, scheme)
            page.goto((site / "cycle-1.html").as_uri())
            for palette in PALETTES:
                page.evaluate(
                    "name => { document.documentElement.dataset.palette = name; }", palette
                )
                _settle(page)
                self.take(page, f"palettes/{palette}-1280-{scheme}")
            page.context.close()

    def paper(self, site: Path, name: str) -> None:
        """Every page as a PDF on A4 and Letter."""
        page = self.window(1280, "dark")
        (self.out / name).mkdir(parents=True, exist_ok=True)
        for file in sorted(site.glob("*.html")):
            if self.only in file.stem and file.stem != "deck":
                page.goto(file.as_uri())
                _settle(page)
                for paper in PAPERS:
                    page.pdf(
                        path=self.out / name / f"{file.stem}-{paper}.pdf",
                        format=paper,
                        print_background=True,
                    )
        page.context.close()

    def window(self, width: int, scheme: str) -> Page:
        """A page in a window of that width; zoomed as a browser does it, by a smaller viewport."""
        context = self.browser.new_context(
            viewport={"width": round(width / self.zoom), "height": round(SIZES[width] / self.zoom)},
            color_scheme="dark" if scheme == "dark" else "light",
            device_scale_factor=self.zoom,
        )
        page = context.new_page()
        page.on("console", lambda said: self._complain(said.text, said.type == "error"))
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on(
            "request",
            lambda asked: self._complain(
                f"asked for {asked.url}", not asked.url.startswith(("file:", "data:"))
            ),
        )
        return page

    def take(self, page: Page, name: str) -> None:
        """The whole page; of the deck, what the window shows."""
        path = self.out / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page="/deck" not in name)

    def _complain(self, what: str, is_one: bool = True) -> None:
        if is_one:
            self.wrong.append(what)


def _settle(page: Page) -> None:
    """Waits for lazy pictures and fonts."""
    page.evaluate("document.querySelectorAll('img').forEach((img) => { img.loading = 'eager'; })")
    page.evaluate("Promise.all([...document.images].map((img) => img.decode().catch(() => {})))")
    page.evaluate("document.fonts.ready")
    film = page.locator("video").count() > 0
    page.wait_for_timeout(800 if film else 150)  # until the browser's wheel of waiting is gone


def _states(page: Page, stem: str) -> Iterator[tuple[str, Page]]:
    """The page as it opens; of the deck, also what keys bring forth, and its speaker window."""
    if stem != "deck":
        yield stem, page
        if stem == "index":
            page.locator(".vig-menu > summary").click()
            yield "index-menu", page
        return
    for number in range(1, min(page.locator(".vig-slide").count(), 12) + 1):
        yield f"deck-{number:02d}", page
        if number in (1, 3):
            for words, times in (("two", 2), ("told", 6)):
                _press(page, *["Enter"] * times)
                yield f"deck-{number:02d}-{words}", page
        _press(page, "PageDown")
    _press(page, "Home")
    for state, keys in STATES.items():
        _press(page, *keys)
        yield f"deck-{state}", page
    with page.expect_popup() as opening:
        page.keyboard.press("w")
    speaker = opening.value
    speaker.set_viewport_size({"width": 960, "height": 720})
    speaker.wait_for_timeout(800)
    yield "deck-speaker", speaker
    speaker.close()


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(400)  # until what they bring forth has come in


def sites(folder: Path, only: str) -> Iterator[tuple[str, Path]]:
    """The demo family in two directions and the extreme cases, built: names and their editions."""
    cases = folder / "cases"
    for name in ("rowan-en", "rowan-ar", *EXTREMES):
        if only not in name:
            continue
        case = cases / name
        if name in EXTREMES:
            for made in (case, folder / "sites" / name):
                shutil.rmtree(made, ignore_errors=True)
            EXTREMES[name](case, "en")
        else:
            shutil.copytree(
                ROOT / "cases" / "rowan",
                case,
                ignore=shutil.ignore_patterns(".vigsite"),
                dirs_exist_ok=True,
            )
            notes = case / "case.yml"
            language = f"language: {name[-2:]}"
            notes.write_text(notes.read_text("utf-8").replace("language: en", language), "utf-8")
        command = ["build", str(case), "--draft", "--out", str(folder / "sites")]
        subprocess.run([sys.executable, "-m", "vigsite", *command], cwd=ROOT, check=True)
        yield name, folder / "sites" / name


def contact_page(out: Path) -> None:
    """OUT/index.html: all pictures, small, each folder in its own section."""
    parts = [
        '<!doctype html><meta charset="utf-8"><title>Pictures to look through</title>',
        "<style>body{font:16px/1.4 system-ui;margin:1rem;background:#888;color:#000}",
        "div{display:flex;flex-wrap:wrap;gap:1rem;align-items:start}figure{margin:0}",
        "img{display:block;max-height:40rem;max-width:24rem}a{color:#000}</style>",
    ]
    folders = sorted({file.parent for file in out.glob("**/*.png")} - {out})
    for folder in folders:
        parts.append(f"<h2>{html.escape(str(folder.relative_to(out)))}</h2><div>")
        for file in sorted(folder.glob("*.png")):
            address = html.escape(file.relative_to(out).as_posix())
            parts.append(
                f'<figure><a href="{address}"><img loading="lazy" src="{address}" alt=""></a>'
                f"<figcaption>{html.escape(file.stem)}</figcaption></figure>"
            )
        parts.append("</div>")
        sheets = sorted(folder.glob("*.pdf"))
        links = [f'<a href="{s.relative_to(out).as_posix()}">{s.stem}</a>' for s in sheets]
        parts.append(f"<p>{' · '.join(links)}</p>" if links else "")
    (out / "index.html").write_text("\n".join(parts), "utf-8")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="where the pictures go")
    parser.add_argument("--site", type=Path, help="only this edition, already built")
    parser.add_argument("--case", default="", help="only cases whose name holds this")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--zoom", type=int, default=100, help="zoom of the browser in percent")
    asked = parser.parse_args()
    out = asked.out.absolute()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        shoot = Shoot(browser, out, asked.only, asked.zoom / 100)
        if asked.site:
            shoot.site(asked.site.absolute(), asked.site.name)
        else:
            for name, editions in sites(out, asked.case):
                demo = name.startswith("rowan")
                for edition in ("review", "keepsake"):
                    shoot.site(
                        editions / edition, f"{name}-{edition}", SCHEMES if demo else SCHEMES[:1]
                    )
                shoot.paper(editions / "review", f"{name}-review")
                if name == "rowan-en" and not asked.only:
                    shoot.palettes(editions / "keepsake")
        browser.close()
    contact_page(out)
    sys.stdout.write(f"Look through {out / 'index.html'}\n")
    if shoot.wrong:
        sys.exit("\n".join(dict.fromkeys(shoot.wrong)))


if __name__ == "__main__":
    main()
