"""Every form in which a name may be written: beside digits, behind prefixes, inflected.

Forms are known for Polish, Romanian and languages in Cyrillic letters; in Arabic and Hebrew letters
the short words that are written together with a name are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from vigsite.language.name_matching import fold, pattern_of

LETTER = r"[^\W\d_]"
VOWELS = "aeiouyаяеєиіїоуюыйь"
_BEFORE = {
    "ARABIC": ("وفبلك", 2, ("", "ال")),
    "HEBREW": ("והבלמשכ", 3, ("",)),
}
"""What is written together with the word behind it (and, to, with, the): letters, how many of them
at most, and what may stand between them and the word."""
_ARABIC_CASES = (("ابو", "ابي", "ابا"), ("اخو", "اخي", "اخا"))
_SERVANTS = ("عبد", "عبدال")
"""What begins a name that the next word ends."""
_LATIN_ENDINGS = {
    "pl": "a ach ami e em iem ie o om owi u y i ę ą ów owie ze",
    "ro": "a ei e ii i o ă ăi ul ului lui",
}
_CYRILLIC_ENDINGS = (
    "а я у ю ы и і ї о е є ой ою ею єю ей ом ем єм ем ові еві єві ах ях ами ями ам ям ів"
)
_SURNAME_ENDINGS = {
    "pl": "ego emu iego iemu iej im imi ich ej ym ymi ych owa owej ową ówna ówny",
    "ro": "ule ilor lor",
    "uk": "ого ому им ім ими их ої ій ая ую",
}
"""Of longer stems alone: beside a short one they make other words."""
_CYRILLIC = frozenset({"uk", "ru", "be", "bg", "sr", "mk"})
_SOFTENED = {
    "pl": (
        ("t", "ci"),
        ("d", "dzi"),
        ("k", "c"),
        ("g", "dz"),
        ("r", "rz"),
        ("l", "l"),
        ("ch", "sz"),
    ),
    "uk": (("к", "ц"), ("г", "з"), ("х", "с")),
}
"""Folded ends of a stem, and what they become before some endings (Marta, Marcie)."""
_HARD = ("k", "g")
"""Ends of a Polish stem that become others before e and y, never before i."""
_LONG_STEM = 4
_CONSONANT = rf"[^\W\d_{VOWELS}]"


@dataclass(frozen=True, slots=True)
class Inflected:
    """The inflected forms of one word, folded."""

    stems: tuple[str, ...]
    """The longest first."""
    endings: tuple[str, ...]
    other_words: tuple[str, ...] = ()
    """What begins like a form and is none: Idzie, of Iga, whose dative is Idze."""

    @property
    def pattern(self) -> str:
        """What matches any of the forms in folded text, boundaries aside."""
        none = f"(?!{_any_of(self.other_words)})" if self.other_words else ""
        return f"{none}(?:{_any_of(self.stems)})(?:{_any_of(self.endings)})"

    @property
    def forms(self) -> list[str]:
        """All of them."""
        found = [stem + ending for stem, ending in product(self.stems, self.endings)]
        return [one for one in found if not one.startswith(self.other_words)]


def name_pattern(name: str) -> re.Pattern[str]:
    """What finds a name in folded text, also beside digits, and behind what some scripts write
    together with it."""
    if not (before := prefixes(name)):
        return re.compile(pattern_of(name).pattern.replace(r"[^\W_]", LETTER))
    words = r"\s+".join(re.escape(word) for word in fold(name).split())
    return re.compile(rf"(?<!{LETTER})(?:{_any_of(before)})(?P<name>{words})(?!{LETTER})")


def without_article(word: str) -> str:
    """Return an Arabic word without its article, which `prefixes` brings back in every form."""
    bare = word.removeprefix("ال")
    return bare if len(bare) > _SHORT_STEM else word


def cases(word: str) -> tuple[str, ...]:
    """Return a folded word and what Arabic grammar makes of the first word of a name (أبو زيد)."""
    return next((forms for forms in _ARABIC_CASES if word in forms), (word,))


def together(parts: Sequence[str]) -> list[str]:
    """Return the parts of a name, of which عبد and what it serves are one (عبد الله)."""
    found: list[str] = []
    for part in parts:
        if found and found[-1] in _SERVANTS:
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def apart(name: str) -> str:
    """Return a name with what it serves as a word of its own (عبد الله, of عبدالله)."""
    return re.sub(r"(?<!\w)عبد(?=ال)", "عبد ", name)


def prefixes(name: str) -> tuple[str, ...]:
    """What the script of a name writes together with it, nothing among it; empty for others."""
    first = next((letter for letter in fold(name) if letter.isalpha()), "")
    known = _BEFORE.get(unicodedata.name(first, "").partition(" ")[0]) if first else None
    if known is None:
        return ()
    letters, most, articles = known
    runs = ("".join(run) for count in range(most + 1) for run in product(letters, repeat=count))
    return tuple(run + article for run in runs for article in articles)


_SHORT_STEM = 3
"""Letters of what is left without its article, and may be another word."""
POLISH_SURNAME = re.compile(r"(?:[sc]k[ia]|dzk[ia]|czyk|czak|wicz|niak)$")
"""How surnames end that are Polish in any country."""


def inflected(word: str, language: str) -> Inflected | None:
    """The inflected forms of a word; None where they are not known."""
    language = language.partition("-")[0].lower()
    plain = fold(word)
    cyrillic = unicodedata.name(plain[:1], "").startswith("CYRILLIC")
    kind = "uk" if cyrillic or language in _CYRILLIC else language
    endings = _CYRILLIC_ENDINGS if kind == "uk" else _LATIN_ENDINGS.get(kind, "")
    if not endings and POLISH_SURNAME.search(plain):  # whatever language the family's pages have
        kind, endings = "pl", _LATIN_ENDINGS["pl"]
    stem = plain.rstrip(VOWELS)
    if not endings or len(plain) < 3 or len(stem) < 2 or not re.fullmatch(rf"{LETTER}+", plain):
        return None
    if len(stem) >= _LONG_STEM:
        endings += f" {_SURNAME_ENDINGS[kind]}"
    stems = {stem, plain, plain[:-1] if plain[-1] in VOWELS else plain}
    bare = [""] if len(stem) > _LONG_STEM else []  # Mickiewicz, of a street called Mickiewicza
    stems |= _shifted(kind, stem)
    none = {stem + soft for soft in "яює"} if cyrillic and plain[-1] == "а" else set[str]()
    for end, softened in _SOFTENED.get(kind, ()):
        if stem.endswith(end):
            stems.add(stem.removesuffix(end) + softened)
            if kind == "pl" and end in _HARD:
                none.add(f"{stem.removesuffix(end)}{softened}i")
    found = _longest_first({*bare, *map(fold, endings.split())})
    return Inflected(_longest_first(stems), found, _longest_first(none))


def _shifted(kind: str, stem: str) -> set[str]:
    """Stems whose last vowel changes, or goes, before an ending (Львів, Львова; Olek, Olka)."""
    found = set[str]()
    if kind == "uk":  # folded, ї is і and й is и
        if shift := re.search(rf"і({_CONSONANT}+)$", stem):
            found |= {stem[: shift.start()] + vowel + shift[1] for vowel in "оеє"}
        if stem == "швец":  # Швець, Шевця
            found.add("шевц")
        elif shift := re.search(r"([еоє])([цкнрл])$", stem):
            found.add(stem[: shift.start()] + ("и" if shift[1] == "є" else "") + shift[2])
    elif kind == "pl":
        if shift := re.search(r"(?:i?e|io)([kclnr])$", stem):
            bare = stem[: shift.start()]
            hard = re.sub(r"c$", "t", re.sub(r"(r|d)z$", r"\1", bare))
            found |= {one + shift[1] + soft for one in (bare, hard) for soft in ("", "i")}
        if shift := re.search(r"a([bdg])$", stem):  # Gołąb, Gołębia; folded, ą is a
            bent = stem[: shift.start()] + "e" + shift[1]
            found |= {bent, bent + "i"}
    return found


def _any_of(parts: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, _longest_first(parts)))


def _longest_first(parts: set[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))
