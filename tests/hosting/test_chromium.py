"""A real browser, with the passphrase: pages look right, a clip plays and can be sought in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.conftest import Launch
from tests.hosting.conftest import Hosting, ports
from tests.hosting.servers import DOMAIN, Serving


@pytest.fixture(scope="module")
def browser(launch: Launch) -> Iterator[Browser]:
    """Chromium, to which every family's host name is this machine."""
    browser = launch(f"--host-resolver-rules=MAP *.{DOMAIN} 127.0.0.1")
    yield browser
    browser.close()


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_clip_plays_and_seeks(
    browser: Browser, request: pytest.FixtureRequest, server: str
) -> None:
    """And no policy is broken on the way, and nothing asked for elsewhere."""
    hosting: Hosting = request.getfixturevalue(f"for_{server}")
    serving: Serving = request.getfixturevalue(f"{server}_running")
    assert serving.process.poll() is None
    address = hosting.register.settings.address(hosting.slug("ash"))
    context = browser.new_context(
        ignore_https_errors=True,
        http_credentials={"username": "family", "password": hosting.words["ash"]},
    )
    page = context.new_page()
    complaints: list[str] = []
    answers: list[tuple[int, str]] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda got: answers.append((got.status, got.url)))
    page.goto(address)
    page.goto(f"{address}cycle-1.html")
    clip = page.locator("video").first
    played = clip.evaluate(
        """async video => {
            video.muted = true;
            await video.play();
            await new Promise(done => video.addEventListener('timeupdate', done, {once: true}));
            video.pause();
            const sought = new Promise(done => video.addEventListener('seeked', done, {once: true}));
            video.currentTime = 2;
            await sought;
            return [video.currentTime, video.videoWidth, video.error && video.error.message];
        }"""
    )
    assert played == [2, 640, None]
    images = page.evaluate("Array.from(document.images, i => i.naturalWidth > 0 || !i.complete)")
    assert images
    assert all(images)
    fonts = "document.fonts.ready.then(all => Array.from(all).some(f => f.status === 'loaded'))"
    assert page.evaluate(fonts)
    assert {url.split("/")[2] for _, url in answers} == {address.split("/")[2]}
    assert {status for status, _ in answers} <= {200, 206, 401}
    assert [text for text in complaints if "401" not in text] == []
    context.close()


def test_the_other_familys_passphrase_shows_nothing(
    browser: Browser, for_nginx: Hosting, nginx_running: Serving
) -> None:
    assert ports(for_nginx)[0] == nginx_running.port
    context = browser.new_context(
        ignore_https_errors=True,
        http_credentials={"username": "family", "password": for_nginx.words["elm"]},
    )
    page = context.new_page()
    got = page.goto(for_nginx.register.settings.address(for_nginx.slug("ash")))
    assert got
    assert got.status == 401
    assert "Ash" not in page.content()
    context.close()
