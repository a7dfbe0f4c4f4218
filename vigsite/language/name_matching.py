"""Finding names in text, however they are typed there.

Both sides are folded: no accents, no case, one kind of apostrophe, hyphen and space, nothing
invisible. A name counts as a whole word, also with an `s` behind it (Annas, Okafors); where words
stand without spaces between them (Chinese, Japanese, Thai …) it counts anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

_APOSTROPHES = dict.fromkeys("’‘ʼʻ`´′＇", "'")
_HYPHENS = dict.fromkeys("‐‑‒–—−﹣－", "-")
_ARABIC = {"ة": "ه", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ـ": ""}
"""Letters that are typed for one another: by habit, or on the keyboard of another country; and the
one that only stretches a word."""
_ALIKE = {**_APOSTROPHES, **_HYPHENS, **_ARABIC, "ı": "i", "ø": "o", "ł": "l", "đ": "d"}
_ASCII_SPACE = re.compile(r"\s")
SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


def fold(text: str) -> str:
    """`text` as names are compared."""
    if text.isascii():  # most text is, and folds at once
        return _ASCII_SPACE.sub(" ", text.lower()).replace("`", "'")
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each character becomes; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if (digit := unicodedata.decimal(character, -1)) >= 0:  # of any script
            self[code] = str(digit)
            return self[code]
        plain = unicodedata.normalize("NFKD", _ALIKE.get(character, character)).casefold()
        kept = (one for one in plain if unicodedata.category(one) not in ("Mn", "Cf"))
        self[code] = "".join(" " if one.isspace() else _ALIKE.get(one, one) for one in kept)
        return self[code]


_FOLDED = _Folded()


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place it has in `text`."""
    if text.isascii():
        return fold(text), list(range(len(text)))
    parts = [_FOLDED[ord(character)] for character in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


def pattern_of(name: str) -> re.Pattern[str]:
    """What finds a name in folded text."""
    words = r"\s+".join(re.escape(word) for word in fold(name).split())
    if SPACELESS.search(name):
        return re.compile(words)
    return re.compile(rf"(?<![^\W_]){words}(?='?s?(?![^\W_]))")


def holds(text: str, name: str) -> bool:
    """Whether a text holds a name."""
    return bool(fold(name).strip()) and bool(pattern_of(name).search(fold(text)))


def spans_of(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where a pattern of folded text stands in a text; its group `name`, if it has one."""
    folded, places = _folded(text)
    group = "name" if "name" in pattern.groupindex else 0
    for found in pattern.finditer(folded):
        start, end = places[found.start(group)], places[found.end(group) - 1] + 1
        while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Cf"):
            end += 1
        yield start, end


def replace_names(text: str, others: Mapping[str, str]) -> str:
    """`text` with each name of `others` replaced; earlier names win where they overlap."""
    taken: list[tuple[int, int, str]] = []
    for name, other in others.items():
        for start, end in spans_of(text, pattern_of(name)) if fold(name).strip() else ():
            if all(end <= before or start >= after for before, after, _ in taken):
                taken.append((start, end, other))
    return with_spans(text, taken)


def with_spans(text: str, others: Iterable[tuple[int, int, str]]) -> str:
    """`text` with each stretch, given by start and end, replaced."""
    for start, end, other in sorted(others, reverse=True):
        text = text[:start] + other + text[end:]
    return text
