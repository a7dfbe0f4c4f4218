"""What people type cannot meddle with the frame around it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.families import Family


@pytest.mark.parametrize("title", ["Content", "Vig controls", "Slide 1", "Moment 1", "Part"])
def test_a_title_never_takes_an_id_that_the_theme_uses(
    ash: Family, vigsite: Vigsite, tmp_path: Path, title: str
) -> None:
    ash.change("1-tea/cycle.yml", "title: Ash looks up", f"title: {title}")
    ash.change("1-tea/cycle.yml", "setting: Tea at home", f"setting: {title}")
    assert vigsite("build", ash.directory, "--draft").status == 0
    for page in (tmp_path / "sites/ash/review").glob("*.html"):
        ids = Counter(re.findall(r'\bid="([^"]+)"', page.read_text("utf-8")))
        assert [name for name, count in ids.items() if count > 1] == [], page.name


@pytest.mark.parametrize("language", ["he", "de", "pt-BR", "xx"])
def test_a_language_without_words_builds_in_its_direction_and_says_so(
    ash: Family, vigsite: Vigsite, tmp_path: Path, language: str
) -> None:
    ash.change("case.yml", "goals:", f"language: {language}\ngoals:")
    done = vigsite("build", ash.directory, "--draft")
    assert done.status == 0, done.err
    assert f"no words in '{language}' yet: headings and buttons are English" in done.out
    page = (tmp_path / "sites/ash/keepsake/index.html").read_text("utf-8")
    direction = "rtl" if language == "he" else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in page
