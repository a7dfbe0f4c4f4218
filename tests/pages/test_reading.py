"""English pages read at the age of nine to eleven: Flesch and Kincaid's grade is 6 or lower.

The measure needs 100 words or more of whole sentences to mean anything, so headings and buttons
do not count. Grade 4 is read at nine to ten, grade 6 at eleven.
"""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from vigsite.pages.words import CATALOGUES

GRADE = 6.0
WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*", re.IGNORECASE)


def syllables(word: str) -> int:
    """How many syllables an English word has: its groups of vowels, without the silent ones."""
    spoken = re.sub(r"[^a-z]", "", word.lower())
    if re.search(r"[^td]ed$|[^sxzcgh]es$|[^cs]hes$", spoken):
        spoken = spoken[:-2]
    elif spoken.endswith("e") and not re.search(r"[^aeiouy]le$", spoken):
        spoken = spoken[:-1]
    groups = re.findall(r"[aeiouy]+", spoken)
    apart = re.findall(r"(?<![ct])ia|(?<![cst])io|[aeiouy]ing$", spoken)
    return max(1, len(groups) + len(apart))


def grade(text: str) -> float:
    """Flesch and Kincaid's grade (1975)."""
    sentences = len(re.findall(r"[a-z][^.!?]*[.!?]", text, re.IGNORECASE))
    words = WORD.findall(text)
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def prose() -> str:
    """The whole sentences of the English catalogue."""
    with (CATALOGUES / "vigsite.pot").open("rb") as file:
        template = read_po(file)
    texts = [m.id if isinstance(m.id, str) else m.id[1] for m in template if m.id]
    said = " ".join(text for text in texts if re.search(r"[.!?]$", text))
    return re.sub(r"%\(\w+\)[ds]|\{\w+\}", "Jo", said)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "the you they these take filmed looked made moved tried clips smiles eye through here"),
        (2, "moment pages happens special wanted ended faces table picture question away only"),
        (2, "copies given because other delete going saying little people again always agreed any"),
        (3, "internet together everyone another remember family principle interview radio"),
        (4, "information conversation intervention practitioner"),
        (5, "opportunity university"),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_known_texts_have_their_known_grades() -> None:
    easy = "The cat sat on the mat. The dog ran to it. They sat in the sun and were glad."
    hard = (
        "Practitioners systematically investigate communication patterns, subsequently formulating "
        "comprehensive recommendations concerning intervention."
    )
    assert grade(easy) < 1
    assert grade(hard) > 18


def test_the_pages_are_easy_to_read() -> None:
    said = prose()
    assert len(WORD.findall(said)) >= 200
    assert grade(said) <= GRADE


def test_no_sentence_is_long() -> None:
    sentences = re.split(r"(?<=[.!?]) ", prose())
    assert len(sentences) > 30
    assert [sentence for sentence in sentences if len(WORD.findall(sentence)) > 20] == []
