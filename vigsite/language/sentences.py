"""Where sentences begin and end, as far as a program can tell."""

from __future__ import annotations

import re

from vigsite.language.abbreviations import ABBREVIATIONS
from vigsite.language.name_matching import fold

_BEGINS = re.compile(
    r"(?:^|\n|[.!?…:؟۔][\"'”’»)\]]*\s+)[\s\"'“”‘’„«»(\[¿¡*_•–—-]*$|(?:^|\s)[\"'“‘„¿¡]+$|«\s*$"
)
"""Before what a sentence, or one that is quoted, begins with."""
_ENDS = re.compile(r"(?<=[.!?…؟۔])[\"'”’»)\]]*\s+|\n+")
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:[.-][^\W\d_]+)*$")
_LETTER_WORDS = frozenset({"i", "я"})
"""Words of one letter that a sentence may end with."""


def begins_sentence(text: str, start: int, *, colon: bool = True) -> bool:
    """Return whether what starts there may owe its capital to the beginning of a sentence.

    `colon` tells whether one begins behind a colon, too.
    """
    found = _BEGINS.search(text, 0, start)
    if not found:
        return False
    if found[0][:1] == ".":
        return not _is_abbreviated(text[: found.start()])
    return colon or found[0][:1] != ":"


def sentence_at(text: str, place: int) -> str:
    """The sentence around a place, its spaces levelled."""
    ends = [0, *(found.end() for found in _ENDS.finditer(text) if _is_end(text, found)), len(text)]
    first = max(end for end in ends if end <= place)
    last = min(end for end in ends if end > place)
    return " ".join(text[first:last].split())


def _is_end(text: str, found: re.Match[str]) -> bool:
    before, behind = text[: found.start()], text[found.end() : found.end() + 1]
    if "\n" in found[0] or not before.endswith("."):
        return True
    return not behind.islower() and not _is_abbreviated(before[:-1])


def _is_abbreviated(before: str) -> bool:
    """Return whether a full stop behind a text belongs to the last word, such as `Mrs`."""
    word = _LAST_WORD.search(before)
    last = fold(word[0]) if word else ""
    return last in ABBREVIATIONS or (len(last) == 1 and last not in _LETTER_WORDS)
