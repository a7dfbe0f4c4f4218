"""What becomes of an entry of `never_show` where it stands: refused, asked, told, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from vigsite.language.dictionary import is_everyday_word, is_surname
from vigsite.language.name_dates import is_month
from vigsite.language.name_forms import LETTER, without_article
from vigsite.language.name_matching import fold
from vigsite.language.name_words import (
    ARABIC_PARTICLES,
    CALENDAR,
    KIN,
    KINDS_OF_PLACES,
    TITLES,
    is_word,
)
from vigsite.language.sentences import begins_sentence

_LETTERS = 2
"""Letters that a part of an entry has at least."""
_QUOTES = "\"'“”„«»‘"
_OF_MONTHS = re.compile(
    r"\b(?:in|since|last|next|until|till|early|mid|late|every|during|\d+(?:st|nd|rd|th)?(?: of)?)"
    r"[\s-]+$",
    re.IGNORECASE,
)
"""What stands before a month, and seldom before somebody of that name."""
_AUXILIARY = re.compile(
    r"(?:will|may)\s+(?:i|you|he|she|it|we|they|this|that|there|the|an?|my|your|his|her|our|their)\b",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(
    rf"(?<!{LETTER})(?:(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})\.?"
    r"|يا|عايله|ال|خاندان)\s+$",
    re.IGNORECASE,
)
"""A title, or a word for a family, in folded text."""
_A_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_WORD_ENDS = re.compile(rf"['’]?s?(?!{LETTER})")
_FAMILY_BEHIND = re.compile(
    r"['’]?s?\s+(?:family|household|sisters|brothers|twins)\b", re.IGNORECASE
)


class Standing(IntEnum):
    """What becomes of a text that holds an entry, the gentlest first."""

    NEAR = 0
    """It only begins like the entry, or holds it inside a longer word: a notice."""
    SMALL = 1
    """The entry is also a word, and stands in small letters: a notice."""
    WAITS = 2
    """No program can tell; a person has to."""
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class Guarded:
    """One entry, or a part of one that counts by itself."""

    entry: str
    text: str
    word: bool
    """Whether it is also a word, so that it counts only where it is written as a name."""
    forms: tuple[str, ...]
    """Its inflected forms and those with prefixes, folded; of single words alone."""
    whole: re.Pattern[str]
    inflected: re.Pattern[str] | None
    unsure: bool
    """Whether inflected forms may be other words."""
    language: str
    """That of the case."""
    of_place: bool = False
    """Whether it is a part of an address, a nursery or a school."""
    titled: bool = False
    """Whether it names somebody only behind a title, such as Park of May Park."""

    @property
    def part(self) -> bool:
        """Whether it is a part of an entry."""
        return self.text != self.entry

    @property
    def article(self) -> bool:
        """Whether it is an Arabic word with its article."""
        plain = fold(self.text)
        return without_article(plain) != plain

    @property
    def capital(self) -> bool:
        """Whether its script has capitals."""
        return any(letter.lower() != letter.upper() for letter in self.text)


def standing_of(
    guarded: Guarded, text: str, start: int, end: int, *, names: bool, form: bool
) -> Standing | None:
    """What becomes of an entry, or a `form` of it, where it stands; None if that is not told.

    `names` is a text that names somebody whatever it says.
    """
    found = text[start:end]
    if guarded.titled:
        return _titled_standing(text, start, end)
    weak = (guarded.unsure or is_word(found)) if form else guarded.word and not names
    if not weak and (names or not _is_dictionary_word(guarded, text, start, end)):
        bare = guarded.article and not names and _is_bare(text, start)
        return Standing.WAITS if bare else Standing.REFUSED  # an adjective: Egyptian, of المصري
    if found.lower() == found.upper():
        return _caseless_standing(guarded, text, start, end)
    return _cased_standing(guarded, text, start, end, form=form and is_word(found))


def _cased_standing(
    guarded: Guarded, text: str, start: int, end: int, *, form: bool
) -> Standing | None:
    """What becomes of a name that may be a word; `form` if its form is another word, too."""
    found = text[start:end]
    words = without_titles(guarded.text, found)
    first = start + words[0].start()
    if len(words) > 1 and any(one.start() and one[0] != one[0].lower() for one in words):
        return Standing.REFUSED  # Park Road, на проспекті Перемоги
    if text[first] != text[first].lower():
        known = _is_dictionary_word(guarded, text, start, end)
        if begins_sentence(text, first):
            return _first_standing(guarded, text, start, known=known, form=form)
        month = fold(found) in CALENDAR and _OF_MONTHS.search(text, 0, start)
        return (Standing.NEAR if month else Standing.WAITS) if known else Standing.REFUSED
    if guarded.of_place and is_word(guarded.text):
        return None  # a little cup, and Little Acorns Nursery
    return Standing.NEAR if guarded.part else Standing.SMALL


def _first_standing(
    guarded: Guarded, text: str, start: int, *, known: bool, form: bool
) -> Standing:
    """What becomes of a name that is also a word, at the beginning of a sentence.

    Ale is a form of Ala, Park a part of Park Road, and both begin other sentences.
    """
    part = known and guarded.part and text[start - 1 : start] not in {*_QUOTES}
    return Standing.NEAR if form or part or _AUXILIARY.match(text, start) else Standing.WAITS


def _caseless_standing(guarded: Guarded, text: str, start: int, end: int) -> Standing:
    """What becomes of a name that is also a word, in a script without capitals."""
    plain = fold(guarded.text)
    kind = plain.removeprefix("ال") in KINDS_OF_PLACES or is_month(plain)
    if guarded.of_place and (kind or is_word_or_article(plain)):
        return Standing.NEAR
    if not guarded.article and not _is_bare(text, start):
        return Standing.NEAR  # the light, and a girl called Light
    particle = text[start:end] in ARABIC_PARTICLES and text[start:end] != guarded.text
    if particle and not _TITLE_BEFORE.search(fold(text[:start])):
        return Standing.NEAR  # على, which some type for علي
    return Standing.WAITS


def _titled_standing(text: str, start: int, end: int) -> Standing | None:
    """What becomes of a surname that is also a kind of place, or of relative."""
    if _TITLE_BEFORE.search(fold(text[:start])) or _FAMILY_BEHIND.match(text, end):
        return Standing.WAITS
    raised = text[start].lower() != text[start] and not begins_sentence(text, start)
    return Standing.NEAR if raised and fold(text[start:end]) not in KIN | TITLES else None


def _is_dictionary_word(guarded: Guarded, text: str, start: int, end: int) -> bool:
    """Return whether what stands there is a word of the language, and not only a name."""
    apart = not text[start - 1 : start].isalpha() and _WORD_ENDS.match(text, end)
    if not guarded.capital:
        return is_word_or_article(guarded.text) or guarded.word
    found = text[start:end]
    names = without_titles(guarded.text, guarded.text)
    if not apart or not has_capital(names):
        return False
    words = without_titles(guarded.text, found)
    if len(words) != len(names):  # written together
        return False
    if all(is_word(one[0]) for one in names):
        return True
    return not is_surname(guarded.text) and all(
        len(one[0]) > _LETTERS and is_everyday_word(one[0], guarded.language) for one in words
    )


def has_capital(words: Sequence[re.Match[str]]) -> bool:
    """Return whether the first of some words has a capital, as a name has."""
    return bool(words) and words[0][0][0] != words[0][0][0].lower()


def without_titles(entry: str, found: str) -> list[re.Match[str]]:
    """The words of an entry as it was found, but for titles and words for relatives.

    Those of the entry tell which they are: found is it in any form.
    """
    words = list(_A_WORD.finditer(found))
    named = [fold(one[0]) not in KIN | TITLES for one in _A_WORD.finditer(entry)]
    if len(named) != len(words):
        return words
    return [one for one, is_name in zip(words, named, strict=True) if is_name] or words


def is_word_or_article(text: str) -> bool:
    """Return whether a text is also a word, in Arabic perhaps with its article."""
    return is_word(text) or is_word(fold(text).removeprefix("ال"))


def _is_bare(text: str, start: int) -> bool:
    """Return whether an Arabic word has no article where it stands."""
    return not fold(text[max(0, start - 2) : start]).endswith(("ال", "لل"))
