"""What comes from outside shows all that is in it, and stays readable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.terminal.visible import visible, visible_lines

SHOWN = {
    "order to the terminal": ("a\x1b[2Jb", r"a\x1b[2Jb"),
    "its short form": ("a\x9b2Jb", r"a\x9b2Jb"),
    "line break": ("a\nb: all is well", r"a\nb: all is well"),
    "return to the line's start": ("bad\rgood", r"bad\rgood"),
    "other line breaks": ("a\u2028b\u2029c\x85d", r"a\u2028b\u2029c\x85d"),
    "turned order": ("Dad\u202egpj.exe", r"Dad\u202egpj.exe"),
    "isolates and marks": ("\u2066a\u2069\u200e\u061c", r"\u2066a\u2069\u200e\u061c"),
    "unseen letters": ("a\u200bb\ufeffc\xadd\u3164e", r"a\u200bb\ufeffc\xadd\u3164e"),
    "joiner in a Latin name": ("Oka\u200dfor", r"Oka\u200dfor"),
    "what is no text": ("a\udcffb", r"a\udcffb"),
    "letters in tags": ("a\U000e0041", r"a\U000e0041"),
}


@pytest.mark.parametrize(("outside", "shown"), SHOWN.values(), ids=SHOWN)
def test_what_cannot_be_seen_is_spelled(outside: str, shown: str) -> None:
    assert visible(outside) == shown


@pytest.mark.parametrize(
    "text",
    [
        "مريم وأمها.mp4",
        "می\u200cخواهم",  # Persian: the joiner belongs to the word
        "क्\u200dष",  # Hindi: to the letter
        "שלום, Ann!",
        "Zoë, Śniadanie, Кухня, 朝ごはん",
        "👩\u200d👧 \u2764\ufe0f",
        "a\\n stays",
    ],
)
def test_every_script_stays_readable(text: str) -> None:
    assert visible(text) == text


def test_lines_of_ours_stay_lines() -> None:
    assert visible_lines("one\n  two\r\x1b") == "one\n  two\\r\\x1b"


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_that_orders_or_turns_is_left(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in shown)
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not turning & {unicodedata.bidirectional(one) for one in shown}
