"""What a page weighs, and that it takes no more than it shows at once."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vigsite.audit.formats.links import read_links

MOST = 60_000
"""Bytes of code, styles and markup of one page, each file packed by gzip; fonts and media apart."""
CODE = {".html", ".css", ".js", ".svg"}
ALONE = 480
"""Width in pixels up to which a picture needs no smaller brother."""
EDITIONS = ["review", "keepsake"]


def weight(site: Path, page: Path) -> dict[str, int]:
    """The page's own files and what they take over the wire."""
    references = read_links(site).references
    used, found = {page.relative_to(site).as_posix()}, set[str]()
    while used:
        found |= used
        used = {
            each.target.as_posix()
            for each in references
            if each.file.as_posix() in found
            and each.target is not None
            and each.target.suffix in CODE - {".html"}
        } - found
    return {name: len(gzip.compress((site / name).read_bytes(), 6)) for name in sorted(found)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_is_light(demo_sites: Path, edition: str) -> None:
    pages = sorted((demo_sites / edition).glob("*.html"))
    assert len(pages) >= 10
    for page in pages:
        files = weight(demo_sites / edition, page)
        kinds = [Path(name).suffix for name in files]
        assert set(kinds) >= {".html", ".css", ".svg"}
        assert kinds.count(".css") + kinds.count(".js") <= 3, "each is one more thing to ask for"
        assert sum(files.values()) < MOST, (page.name, files)


@dataclass
class Shown(HTMLParser):
    """The pictures and films of a page, each with the number of its figure."""

    figures: int = 0
    images: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    videos: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "figure":
            self.figures += 1
        elif tag == "img":
            self.images.append((self.figures, said))
        elif tag == "video":
            self.videos.append((self.figures, said))


def shown(page: Path) -> Shown:
    found = Shown()
    found.feed(page.read_text("utf-8"))
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_pictures_keep_their_place_and_wait_until_they_are_looked_at(
    demo_sites: Path, edition: str
) -> None:
    """Only the picture or figure that a page begins with is fetched at once."""
    seen = 0
    for page in (demo_sites / edition).glob("*.html"):
        figures = shown(page).images
        for _, image in figures:
            width, height = int(image["width"]), int(image["height"])
            assert width > 0
            assert height > 0
            if width > ALONE:
                sizes = [int(size) for size in re.findall(r" (\d+)w", image["srcset"])]
                assert len(sizes) > 1
                assert min(sizes) <= ALONE
                assert max(sizes) == width
                assert image["sizes"]
            seen += 1
        eager = [figure for figure, image in figures if image.get("loading") != "lazy"]
        assert len(set(eager)) <= 1, page.name
        assert eager in ([], [0]) or eager[0] == 1, page.name
    assert seen > 20


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_film_waits_behind_its_picture(demo_sites: Path, edition: str) -> None:
    """In the deck all posters but the first wait, too, until a script finds them near."""
    seen = 0
    for page in (demo_sites / edition).glob("*.html"):
        found = shown(page)
        for number, (figure, video) in enumerate(found.videos):
            pictures = [image["src"] for at, image in found.images if at == figure]
            if page.name == "deck.html":
                name = "data-poster" if number > 0 else "poster"
                pictures = [video[name]]
                assert len([each for each in video if "poster" in each]) == 1
            else:
                assert "poster" not in video
            assert len(pictures) == 1
            assert (demo_sites / edition / pictures[0]).is_file()
            assert video["preload"] == "none"
            assert int(video["width"]) > 0
            assert int(video["height"]) > 0
            assert "autoplay" not in video
            seen += 1
    assert seen > 5
