"""What looks like a name of `never_show` without being it: named in a notice, and let through.

A longer word that begins like it or holds it; one misspelt, in two words or cut short; its first
letters; what the name is called at home; the same name in the letters of another script.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from anyascii import anyascii

from vigsite.case.name_forms import LETTER, VOWELS, prefixes, without_article
from vigsite.case.name_words import is_word
from vigsite.case.names import fold, spans_of
from vigsite.case.sentences import begins_sentence

PARTS = re.compile(r"[\s\-‐‑'’ʼ]+")
"""What stands between the parts of an entry."""
_FEW = 3
"""Letters of a stem, or sounds of a name, below which nothing looks like it."""
_PART = 4
"""Letters of a stem from which a word of any capitals may look like it."""
_LONG = 6
"""Letters of a name that may stand in two words, and digits at the end of a telephone number by
which it is known without its area."""
_ALMOST = 0.8
"""How like a name a word must be to be the same, misspelt: one letter of six."""
_WORD = re.compile(rf"{LETTER}[\w\u0300-\u036f\u00ad\u200b-\u200d]+")
_ABBREVIATED = re.compile(rf"(?<!{LETTER})({LETTER}+)\.|(?<!{LETTER})({LETTER}+)[-‐‑]({LETTER}+)")
_NUMBER = r"(?:nr|no|number|№|nº)\.?\s*"
_LETTERS_ALIKE = (
    (r"t?sch|tch|[csz]h|[csz]z|ts|tz", "c"),
    (r"[kg]h(?!$)|q|ck", "k"),
    (r"ph", "f"),
    (r"([dt])h", r"\1"),
    (r"x", "ks"),
    (r"p", "b"),
    (r"g", "h"),
    (r"[sz]", "c"),
    (r"[aeiouyjvw'`]|h$", ""),
    (r"(.)\1+", r"\1"),
)
"""What languages write for the same sound, one way in the place of the others; vowels go, since
Arabic and Hebrew do not write them."""


def near(name: str, text: str, *, word: bool) -> Iterator[tuple[int, int]]:
    """Where something in a text looks like a name, or a part of one; `word` if it is also a word.

    Of a telephone number, its last digits.
    """
    digits = [letter for letter in name if letter.isdigit()]
    if len(digits) > _LONG and not any(map(str.isalpha, name)):
        ends = r"[\W_]*".join(digits[-_LONG:])
        yield from spans_of(text, re.compile(rf"(?<!\d)(?:\d[\W_]?){{0,2}}{ends}(?!\d)"))
    elif fold(name).isalpha():
        yield from _words_like(name, text, word=word)
        yield from _cut_short(fold(name), text)
    else:
        yield from _first_letters(name, text)


def _words_like(name: str, text: str, *, word: bool) -> Iterator[tuple[int, int]]:
    plain, sounds = fold(name), _sounds(name)
    stem = plain.rstrip(VOWELS)
    if len(plain) >= _LONG:
        stem = stem[:-1]
        yield from spans_of(text, _in_two(plain))
    for found in _WORD.finditer(text):
        other = fold(found[0])
        named = found[0][0] != found[0][0].lower() and not begins_sentence(text, found.start())
        if other != plain and (
            (len(plain.rstrip(VOWELS)) >= _FEW and _is_like(plain, stem, found[0], named, word))
            or ((named or not is_word(other)) and other in _called_at_home(plain))
            or _is_transcribed(name, sounds, found[0], named=named)
        ):
            yield found.span()


def _is_like(name: str, stem: str, found: str, named: bool, word: bool) -> bool:
    other, short = fold(found), len(name.rstrip(VOWELS)) < _PART
    raised = found[0] != found[0].lower()
    counts = named if word or short else len(stem) >= _LONG - 1 or raised
    return (
        (counts and other.startswith(stem) and len(other) > len(stem))
        or (not word and len(name) >= _LONG - 1 and name in other)
        or (named and not short and bool(difflib.get_close_matches(other, [name], cutoff=_ALMOST)))
    )


def _in_two(name: str) -> re.Pattern[str]:
    """What finds a folded name in two words, or over the end of a line."""
    ways = (rf"{name[:cut]}\s+{name[cut:]}" for cut in range(2, len(name) - 1))
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(ways)})(?!{LETTER})")


@cache
def _called_at_home(name: str) -> frozenset[str]:
    """What English calls a folded first name in short, and what is called so in short."""
    from nicknames import NickNamer  # takes 0.1 s

    names = NickNamer()
    short = set(names.nicknames_of(name))
    shorter = {other for one in short for other in names.nicknames_of(one)}
    return frozenset(short | shorter | set(names.canonicals_of(name)))


def _script(text: str) -> str:
    return unicodedata.name(text[0], "").partition(" ")[0]


@cache
def _sounds(name: str) -> str:
    """The consonants of a name, as they are alike in all scripts; of Arabic without its article."""
    plain = fold(name)
    sounds = anyascii(without_article(plain) if prefixes(name) else plain).lower()
    for written, sound in _LETTERS_ALIKE:
        sounds = re.sub(written, sound, sounds)
    return sounds


def _is_transcribed(name: str, sounds: str, found: str, *, named: bool) -> bool:
    """Return whether a word is a name in the letters of another script.

    Where it stands does not matter: a word that sounds so is seldom one of the page's own.
    """
    if len(sounds) < _FEW or _script(name) == _script(found):
        return False
    if _sounds(found) == sounds:
        return len(sounds) > _FEW or found[0] == found[0].upper()
    return (
        named
        and len(sounds) > _FEW
        and bool(difflib.get_close_matches(_sounds(found), [sounds], cutoff=_ALMOST))
    )


def _cut_short(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a folded name is cut short: O., Oka., O-r."""
    for found in _ABBREVIATED.finditer(text):
        first, ahead, behind = (fold(part or "") for part in found.groups())
        raised = found[0][0] != found[0][0].lower() and found[0][:2] != "I."
        whole = len(first or ahead + behind) >= len(name)
        if raised and not whole and not (len(first) > 1 and is_word(first)):
            if first and name.startswith(first) and not _ends_sentence(text, found.end(), first):
                yield found.start(), found.end() - 1
            elif ahead and name.startswith(ahead) and name.endswith(behind):
                yield found.span()


def _ends_sentence(text: str, end: int, word: str) -> bool:
    """Return whether a full stop ends a sentence, and not the word before it."""
    return len(word) > 1 and not re.match(r"\s*[^\W\d_A-Z]", text[end:])


def _first_letters(entry: str, text: str) -> Iterator[tuple[int, int]]:
    """Where an entry of several words stands as its first letters (LAN, O-B), and a school as its
    number."""
    parts = [part for part in PARTS.split(entry) if part]
    if number := re.search(rf"{_NUMBER}(\d+)", entry, re.IGNORECASE):
        yield from spans_of(text, re.compile(rf"(?<!{LETTER}){_NUMBER}{number[1]}(?!\d)"))
    elif len(parts) > 1 and all(part[0].isalpha() and part[0].isupper() for part in parts):
        gap = r"[.\s]*[-‐‑]?\s*" if len(parts) >= _FEW else r"(?:\.\s*|\s*[-‐‑]\s*)"
        letters = gap.join(re.escape(part[0]) for part in parts)
        for found in re.finditer(rf"(?<!{LETTER}){letters}(?!{LETTER})", text):
            yield found.span()
