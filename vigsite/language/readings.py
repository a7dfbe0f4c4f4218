"""How a text may be read: as it is, at its seams, across hyphens, with letters that stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARTED = re.compile(r"(?<=[^\W\d_])[-‐‑]\s+(?=[^\W\d_])")
"""A hyphen at the end of a line; a line's end is a space in most YAML."""
_APART = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .-]){2,}[^\W\d_](?![^\W_])")
"""A word whose letters stand apart: O K A F O R, O-K-A-F-O-R."""


def readings(text: str) -> Iterator[tuple[str, list[int]]]:
    """How a text may be read, each with the places that its characters have in it.

    As it is; with a space at every seam; with words whole that a hyphen parts at the end of a line;
    with words whole whose letters stand apart.
    """
    yield text, list(range(len(text)))
    yield seamed(text)
    parted = {place for found in _PARTED.finditer(text) for place in range(*found.span())}
    places = [place for place in range(len(text)) if place not in parted]
    yield "".join(text[place] for place in places), places
    parted = {place for found in _APART.finditer(text) for place in range(*found.span())}
    places = [place for place in range(len(text)) if place not in parted or text[place].isalpha()]
    yield "".join(text[place] for place in places), places


def seamed(text: str) -> tuple[str, list[int]]:
    """A text with a space at every seam inside a word (MrsOkafor, Okafor2019), and the place that
    each of its characters has in it."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if place and _is_seam(text[place - 1], letter, text[place + 1 : place + 2]):
            letters.append(" ")
            places.append(place)
        letters.append(letter)
        places.append(place)
    return "".join(letters), places


def _is_seam(before: str, letter: str, behind: str) -> bool:
    if before.isalpha() != letter.isalpha():
        return before.isalnum() and letter.isalnum()
    return letter.isupper() and (before.islower() or (before.isupper() and behind.islower()))
