"""A real Chromium that looks at built sites; it writes down every request and complaint."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import need

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-gpu", "--disable-quic"]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    need("Chromium", program is not None)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=QUIET + (["--no-sandbox"] if as_root else [])
        )
        yield browser
        browser.close()


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
