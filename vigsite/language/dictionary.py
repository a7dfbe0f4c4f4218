"""Which words are everyday words of a language: the dictionaries of `simplemma`.

They are asked about a word that would be refused as a name, and about nothing else, since a large
one takes seconds to read: Polish 3.5, Ukrainian 0.7, English 0.2. There is none for Urdu and
Somali, and none is asked in scripts without capitals, where it would let every name through.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from vigsite.language.name_forms import POLISH_SURNAME
from vigsite.language.name_matching import fold

if TYPE_CHECKING:
    from simplemma.strategies import DictionaryLookupStrategy

_CYRILLIC = ("uk", "ru")
"""Languages that are asked about a word in Cyrillic letters, whatever the case's language."""
_WITH_ALL_NAMES = frozenset({"pl", "uk", "ru"})
"""Dictionaries that have each word as a surname as well; those of other languages have names with a
capital alone, so a word that they have with one is a name."""
_UKRAINIAN_SURNAME = re.compile(r"(?:енко|чук|щук|[сц]ьк(?:ии|а))$")
"""How folded surnames end that such a dictionary has as words."""
_NAMES = frozenset(
    map(
        fold,
        """
        jess jo josh lola mick roger warren
        blanka bogdan daniel duda filip gajda kaczmarek marek mazur nowak wiktor wiktoria wójcik
        артем бойко максим марко поліна
        """.split(),  # noqa: SIM905  # a list of quoted words reads worse
    )
)
"""Folded: words to a dictionary, names to everybody."""


def is_everyday_word(word: str, language: str) -> bool:
    """Return whether a word, in any capitals, is one of a language (a BCP 47 tag), and no name."""
    base = language.partition("-")[0].lower()
    small = unicodedata.normalize("NFC", word).lower()
    if not small.isalpha() or is_surname(small):
        return False
    languages: tuple[str, ...] = (base,)
    if unicodedata.name(small[0], "").startswith("CYRILLIC"):
        languages = tuple(dict.fromkeys((base, *_CYRILLIC)))
    spelled = dict.fromkeys((small, small.replace("ё", "е")))
    return any(_has(one, language) for one in spelled for language in languages)


def is_surname(word: str) -> bool:
    """Return whether a word is a surname by its ending, or to everybody."""
    plain = fold(word)
    by_ending = POLISH_SURNAME.search(plain) or _UKRAINIAN_SURNAME.search(plain)
    return bool(by_ending) or plain in _NAMES


@cache
def _has(small: str, language: str) -> bool:
    words = _dictionaries()
    try:
        lemma = words.exact_lemma(small, language)
    except ValueError:  # no dictionary
        return False
    if not lemma or lemma[0] != lemma[0].lower():
        return False
    return language in _WITH_ALL_NAMES or not words.exact_lemma(small.capitalize(), language)


@cache
def _dictionaries() -> DictionaryLookupStrategy:
    from simplemma.strategies import (  # takes 0.1 s
        DictionaryLookupStrategy,
        StreamDictionaryFactory,  # a dict of Polish takes 370 MB
    )

    return DictionaryLookupStrategy(StreamDictionaryFactory())
