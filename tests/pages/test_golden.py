"""The Markdown of the demo family, kept as files that anybody can read.

After a wanted change: `VIGSITE_WRITE_GOLDEN=1 python -m pytest tests/pages/test_golden.py`, then
read the difference.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vigsite.building.examine import examine
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import FULL
from vigsite.pages.markdown import Page, write_pages
from vigsite.pages.projection import project

GOLDEN = Path(__file__).parent / "golden"
ON = dt.date(2026, 10, 1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[Edition, list[Page]]:
    library = Library(tmp_path_factory.mktemp("known"), tmp_path_factory.mktemp("tmp"))
    examined = examine(load_case(ROOT / "cases" / "rowan"), library, FULL, "9")
    assert examined.case is not None
    assert examined.report.faults == []
    return {
        edition: write_pages(
            project(examined.case, admit(examined.case, edition, ON), examined.plan)
        )
        for edition in Edition
    }


@pytest.mark.parametrize("edition", [Edition.REVIEW, Edition.KEEPSAKE])
def test_the_pages_read_as_they_should(demo: dict[Edition, list[Page]], edition: Edition) -> None:
    folder = GOLDEN / edition.value
    if os.environ.get("VIGSITE_WRITE_GOLDEN"):
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.md"):
            file.unlink()
        for page in demo[edition]:
            (folder / page.uri).write_text(page.text, "utf-8", newline="\n")
    kept = {file.name: file.read_text("utf-8") for file in folder.glob("*.md")}
    assert {page.uri: page.text for page in demo[edition]} == kept


def test_supervision_names_nobody(demo: dict[Edition, list[Page]]) -> None:
    text = "\n".join(page.text for page in demo[Edition.SUPERVISION])
    assert "Ash" in text
    for name in ("Rowan", "Mum"):
        assert name not in text


def test_no_private_word_is_on_any_page(demo: dict[Edition, list[Page]]) -> None:
    import yaml

    private = []
    for file in (ROOT / "cases" / "rowan").glob("*/cycle.yml"):
        cycle = yaml.safe_load(file.read_text("utf-8"))
        private += [m["private"] for m in cycle["moments"] if "private" in m]
        private += [cycle["review"]["private"]] if "private" in cycle.get("review", {}) else []
    assert len(private) >= 2
    text = "\n".join(page.text for pages in demo.values() for page in pages)
    assert not [words for words in private if words in text]
    assert "Okafor" not in text
    assert "Acacia" not in text
