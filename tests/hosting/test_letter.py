"""The letter: what is typed from it stands on one line, from left to right, in every language."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Launch, need
from tests.hosting.servers import there
from vigsite.pages.letter import Sender, letter
from vigsite.passphrase import word_list

ADDRESS = "https://mxtvajbe7uq3.films.of-a-large-trust.example.org/"
PASSPHRASE = "-".join([max(word_list(), key=len)] * 6)
PLACE = """e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const text = range.getBoundingClientRect(), box = e.getBoundingClientRect();
    return [range.getClientRects().length, text.left - box.left, box.right - text.right];
}"""


@pytest.fixture(scope="module")
def browser(launch: Launch) -> Iterator[Browser]:
    browser = launch()
    yield browser
    browser.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_typed_is_one_line_from_the_left(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    """Of the longest words there are, on a phone, a screen and paper; a break would be typed."""
    need("pdftotext", there("pdftotext"))
    file = tmp_path / "letter.html"
    sender = Sender(language, "Sam", "0113 496 0000")
    file.write_text(letter(sender, ADDRESS, PASSPHRASE, dt.date(2027, 3, 31)), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    for width, medium in ((390, "screen"), (1280, "screen"), (658, "print")):  # A4 in its margins
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=medium)  # type: ignore[arg-type]  # one of the two
        for text in (ADDRESS, "family", PASSPHRASE):
            lines, from_left, to_spare = page.get_by_text(text, exact=True).evaluate(PLACE)
            assert lines == 1
            assert abs(from_left) < 1
            assert to_spare >= 0, f"{text} runs out of its box at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.pdf(path=tmp_path / "letter.pdf", format="A4", prefer_css_page_size=False)
    page.close()
    said = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "letter.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for text in (ADDRESS, PASSPHRASE):
        assert any(text in line for line in said.splitlines()), said
    assert said.count("\f") == 1, "one sheet"
