"""Names in a pack: short, in the family's language, and fit for every device."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.keepsake.pack.file_names import LONGEST, are_distinct, names_for, safe_name
from vigsite.pages.words import words_for

LANGUAGES = ["en", "ar", "cy", "es", "fr", "pl", "ro", "so", "uk", "ur"]
WINDOWS = set('<>:"/\\|?*')


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("For your phone", "For your phone"),
        ("À garder", "À garder"),
        ("A\u0300 garder", "À garder"),
        ("Our: film?", "Our film"),
        ("..hidden. ", "hidden"),
        ("two\nlines", "two lines"),
        ("\u202eturned", "turned"),
        ("CON", "otherwise"),
        ("nul.txt", "otherwise"),
        ("Com1", "otherwise"),
        ("LPT³", "otherwise"),
        ("Conditions", "Conditions"),
        ("???", "otherwise"),
        ("", "otherwise"),
    ],
)
def test_a_text_becomes_a_name(text: str, name: str) -> None:
    assert safe_name(text, "otherwise") == name


@given(st.text())
def test_any_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text, "otherwise")
    assert name
    assert name == name.strip(" .")
    assert not WINDOWS & set(name)
    assert all(unicodedata.category(character)[0] != "C" for character in name)
    assert len(name) <= LONGEST
    assert unicodedata.is_normalized("NFC", name)
    assert len(f"{name}.html".encode()) <= 255


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_names_of_its_own_that_differ(language: str) -> None:
    names = names_for(words_for(language))
    beside = [names.start, names.phone, names.film, names.album, names.site, "MANIFEST.sha256"]
    assert are_distinct(beside)
    assert (names.start == "START HERE.html") == (language == "en")
    assert all(len(name) < 60 for name in beside)


def test_capitals_and_kinds_of_accents_do_not_make_a_name_another() -> None:
    assert not are_distinct(["Film", "FILM"])
    assert not are_distinct(["\u00e9", "e\u0301"])
    assert not are_distinct(["straße", "STRASSE"])
    assert are_distinct(["Film", "Filme"])
