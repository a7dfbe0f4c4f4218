"""Names are found however they are typed, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.language.name_matching import holds, replace_names

HELD = [
    ("O'Brien", "Mr O’Brien came"),
    ("Smith-Jones", "the Smith\u2011Jones house"),
    ("Okafor", "OKAFOR's"),
    ("Okafor", "the Okafors"),
    ("Okafor", "_Okafor_"),
    ("Okafor", "Oka\u200bfor"),
    ("Rákosi", "Ra\u0301ko\u00adsi"),
    ("Zoë", "Zoe laughs"),
    ("Zoe", "Zoe\u0308 laughs"),
    ("Anna", "Annas Lachen"),
    ("İpek", "ipek güldü"),
    ("Irmak", "ırmak"),
    ("12 Acacia Avenue", "at 12\u00a0 Acacia\nAvenue."),
    ("美咲", "美咲が笑った"),
    ("田中", "田中さん"),
]
NOT_HELD = [
    ("Ash", "Ashes wash"),
    ("Will", "willow"),
    ("Al", "Alan calls"),
    ("Rowan", "rowanberry"),
    ("", "x"),
]


@pytest.mark.parametrize(("name", "text"), HELD)
def test_a_name_is_found(name: str, text: str) -> None:
    assert holds(text, name)
    assert not holds(replace_names(text, {name: "X"}), name)


@pytest.mark.parametrize(("name", "text"), NOT_HELD)
def test_other_words_are_not(name: str, text: str) -> None:
    assert not holds(text, name)
    assert replace_names(text, {name: "X"}) == text


def test_longer_names_come_first_and_the_rest_of_a_word_stays() -> None:
    names = {"Rowan’s sister": "the sibling", "Rowan": "Ash"}
    text = "Rowan's sister saw Rowan's duck; ROWANS all."
    assert replace_names(text, names) == "the sibling saw Ash's duck; AshS all."


@given(st.text(max_size=60), st.text("abcABCéß田ا", min_size=1, max_size=3))
def test_a_replaced_name_is_gone_from_any_text(text: str, name: str) -> None:
    said = f"{text} {name} {text}"
    assert holds(said, name)
    assert not holds(replace_names(said, {name: "§"}), name)
