"""A real Chromium that looks at built sites; it writes down every request and complaint."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.firefox import fox, tab
from tests.conftest import copy_demo, drafted, made_once
from tests.helpers.counted_films import Counted
from tests.helpers.extreme_cases import EXTREMES
from tests.helpers.families import family

__all__ = ["fox", "tab"]
CASES = ["rowan-ar", *EXTREMES]


@dataclass
class Seen:
    """A page that is being looked at."""

    page: Page
    site: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str) -> Page:
        """Opens a page of the site from `file://`."""
        self.page.goto((self.site / name).as_uri())
        return self.page

    def quiet(self) -> bool:
        """Whether nothing left the site and nothing was complained of."""
        outside = [
            url for url in self.requests if not url.startswith((self.site.as_uri(), "data:"))
        ]
        assert outside == []
        assert self.complaints == []
        return True


def seen(context: BrowserContext, site: Path) -> Seen:
    """A page that writes down what it asks for."""
    found = Seen(context.new_page(), site)
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on(
        "console",
        lambda said: (
            found.complaints.append(said.text) if said.type in ("error", "warning") else None
        ),
    )
    found.page.on("dialog", lambda dialog: found.complaints.append(f"dialog: {dialog.message}"))
    return found


@pytest.fixture
def laptop(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def deck(laptop: BrowserContext, demo_sites: Path) -> Iterator[Seen]:
    """The demo family's deck on a laptop; nothing may leave it or be complained of."""
    look = seen(laptop, demo_sites / "review")
    look.open("deck.html")
    yield look
    assert look.quiet()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every case's editions, in folders named after the case."""

    def build(folder: Path) -> None:
        arabic = folder / "rowan-ar"
        copy_demo(arabic)
        notes = arabic / "case.yml"
        notes.write_text(notes.read_text("utf-8").replace("language: en", "language: ar"), "utf-8")
        for name, write in EXTREMES.items():
            write(folder / name, "en")
        for name in CASES:
            drafted(folder, name)

    return made_once(tmp_path_factory, "look", build) / "sites"


@dataclass(frozen=True)
class CountedSite:
    """A built site whose first moment is a counted clip of three seconds."""

    site: Path
    fps: float
    first: int
    """The number on the clip's first frame."""
    frames: int
    stop: int
    """The marked frame, counted in the clip."""


@pytest.fixture(scope="session")
def counted_site(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> Callable[[str], CountedSite]:
    """Builds a family's site from a counted film of some rate, once for every rate."""
    built: dict[str, CountedSite] = {}

    def at(rate: str) -> CountedSite:
        if rate not in built:
            film = films(rate)
            folder = tmp_path_factory.mktemp("counted")
            ash = family(folder / "ash", film.path)
            ash.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:00.5 - 0:03.5")
            done = subprocess.run(
                [sys.executable, "-m", "vigsite", "build", "ash", "--edition", "review"],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            first = film.frame_at(500)
            built[rate] = CountedSite(
                folder / "sites" / "ash" / "review",
                float(film.rate),
                first,
                film.frame_at(3500) - first + (film.frame_at(3500) != 3.5 * film.rate),
                film.frame_at(1500) - first,
            )
        return built[rate]

    return at
