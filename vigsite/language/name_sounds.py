"""The same name in the letters of another script, known by its consonants."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache

from anyascii import anyascii

from vigsite.language.name_forms import prefixes, without_article
from vigsite.language.name_matching import fold

_FEW = 3
"""Consonants of a name below which only the capital of a word tells that it may be one."""
_ALMOST = 0.8
_ALIKE = (
    (r"t?sch|tch|[csz]h|[csz]z|ts|tz", "c"),
    (r"[kg]h(?!$)|q|ck", "k"),
    (r"ph", "f"),
    (r"x", "ks"),
    (r"p", "b"),
    (r"g", "h"),
    (r"[sz]", "c"),
    (r"[aeiouyvw'`]|h$", ""),
    (r"(.)\1+", r"\1"),
)
"""What languages write for the same sound, one way in the place of the others; vowels go, since
Arabic and Hebrew do not write them."""


@cache
def sounds(name: str) -> frozenset[str]:
    """The consonants of a name, as they are alike in all scripts; of Arabic without its article.

    Several, since English th is t, d or s elsewhere, and j is a vowel to some and soft g to others.
    """
    plain = fold(name)
    letters = anyascii(without_article(plain) if prefixes(name) else plain).lower()
    found = set()
    for th in "tdc":
        for soft, j in ((letters, r"j"), (re.sub(r"g(?=[eiy])", "j", letters), r"(?!)")):
            read = re.sub(j, "", re.sub(r"[td]h", th, soft))
            for written, sound in _ALIKE:
                read = re.sub(written, sound, read)
            found.add(read)
    return frozenset(found)


def is_of_other_script(name: str, found: str) -> bool:
    """Return whether a word is written in another script than a name."""
    return _script(name) != _script(found)


def sounds_like(name: str, found: str, *, named: bool) -> bool:
    """Return whether a word of another script is a name, as far as its consonants tell.

    `named` tells whether it is written as a name; where a longer one stands does not matter: a
    word that sounds so is seldom one of the page's own.
    """
    if not is_of_other_script(name, found):
        return False
    ours, theirs = sounds(name), sounds(found)
    if same := ours & theirs:
        length = max(map(len, same))
        raised = found[0] == found[0].upper()
        return length > _FEW or (length == _FEW and raised) or (length > 1 and named)
    return named and any(
        len(one) > _FEW and difflib.get_close_matches(one, theirs, cutoff=_ALMOST) for one in ours
    )


def holds_sounds(name: str, found: str) -> bool:
    """Return whether a longer word of another script, such as a hashtag, holds a name."""
    return is_of_other_script(name, found) and any(
        len(one) > _FEW and one in other for one in sounds(name) for other in sounds(found)
    )


def _script(text: str) -> str:
    return unicodedata.name(text[0], "").partition(" ")[0]
