"""The last look before publishing refuses what must not be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigsite.errors import SiteError
from vigsite.site.inspect import inspect

FORBIDDEN = ["Featherstone", "12 Acacia Avenue"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "cycle-1-moment-1.mp4").write_bytes(b"x")
    (tmp_path / "index.html").write_text('<a href="media/cycle-1-moment-1.mp4">Acacia feathers</a>')
    return tmp_path


def look(site: Path) -> None:
    inspect(site, FORBIDDEN, ["media/cycle-1-moment-1.mp4"])


def test_a_clean_site_passes(site: Path) -> None:
    look(site)


@pytest.mark.parametrize(
    "page",
    [
        "<p>Featherstone</p>",
        "<p>FEATHERSTONE’s</p>",
        "<p>Feather<b>stone</b></p>",
        "<p>Feather&shy;stone</p>",
        "<p>&#70;eatherstone</p>",
        "<p>Feather\u200bstone</p>",
        '<p title="at 12 Acacia Avenue">x</p>',
        "<p>12  Acacia\nAvenue</p>",
        "<!-- Featherstone -->",
        '<track src="data:text/vtt;base64,V0VCVlRUCgpGZWF0aGVyc3RvbmU=">',
        "<p>Fea\u0301therstone</p>",
        "<p>the Featherstones</p>",
    ],
)
def test_a_word_that_must_never_be_shown_is_found(site: Path, page: str) -> None:
    (site / "page.html").write_text(page, "utf-8")
    with pytest.raises(SiteError, match="must never be shown"):
        look(site)


def test_a_word_in_a_file_name_is_found(site: Path) -> None:
    (site / "media" / "featherstone.jpg").write_bytes(b"x")
    with pytest.raises(SiteError, match="must never be shown"):
        look(site)


@pytest.mark.parametrize(
    "name", ["notes.yml", "page.md", "x.js.map", ".hidden", "film.mov", "a.html~"]
)
def test_other_kinds_of_files_are_refused(site: Path, name: str) -> None:
    (site / name).write_text("x")
    with pytest.raises(SiteError, match="does not belong into a site"):
        look(site)


def test_a_link_is_refused(site: Path) -> None:
    (site / "more.html").symlink_to(site / "index.html")
    with pytest.raises(SiteError, match="is a link"):
        look(site)


def test_media_of_no_admitted_moment_are_refused(site: Path) -> None:
    (site / "media" / "cycle-1-moment-2.mp4").write_bytes(b"x")
    with pytest.raises(SiteError, match="belongs to no admitted moment"):
        look(site)


def test_missing_media_are_noticed(site: Path) -> None:
    (site / "media" / "cycle-1-moment-1.mp4").unlink()
    with pytest.raises(SiteError, match="is missing"):
        look(site)
