"""What supervision calls people instead of their names, wherever a name was typed.

Names count as whole words (`names.py`), in any spelling. Three kinds count only where they begin
with a capital: names that are also words (Will, Rose, May), parts of a name below four letters, and
inflected forms, which are known for Polish, Romanian and languages in Cyrillic letters. Nicknames
nobody wrote down and most inflections cannot be known; `remarks` says what came near.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vigsite.case.case import Case
from vigsite.case.names import fold, pattern_of, replace_names, spans_of, with_spans

_LETTER = r"[^\W\d_]"
_ALSO_WORDS = frozenset(
    """
    al an angel april art august autumn bill chance chase daisy dawn don drew faith frank grace
    grant guy holly hope hunter ivy joy june lily mark may melody mercy miles olive page pat
    patience pearl penny poppy ray rich river rob robin rose ruby sky star storm sue summer sunny
    teddy violet wade will winter
    aunt auntie baby brother dad daddy gran grandad grandma grandpa granny mam mama maman mami mamma
    mum mummy nan nana nanny pa papa papi sister tata tato twins uncle
    aime blanche claire clement constant desire fleur pierre prudence reine
    alba alma blanca clara consuelo domingo dolores esperanza estrella leon luz mar mercedes nieves
    paz pilar rosa sol
    haf jagoda kalina mai malina non roza
    вера віра любов мир надежда надія роза слава
    """.split()  # noqa: SIM905  # a list of quoted words reads worse
)
"""Folded. A sentence that begins with such a word looks like the name and is changed all the same:
the safe side."""
_NO_NAMES = frozenset(
    """
    a al and bin bint da das de del della den der di die dos du e el en et family familie famille
    familia i la las le les los mac mr mrs ms miss dr of our the und van von y
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """.split()  # noqa: SIM905
)
"""Folded words that name nobody when they stand in a longer name."""
_BEFORE = {
    "ARABIC": r"[\u0648\u0641\u0628\u0644\u0643]{0,2}(?:\u0627\u0644)?",
    "HEBREW": "[\u05d5\u05d4\u05d1\u05dc\u05de\u05e9\u05db]{0,3}",
}
"""What is written together with the word behind it: and, to, with, the."""
_LATIN_ENDINGS = {
    "pl": "a ach ami e em iem ie o om owi u y i ę ą ów owie ze",
    "ro": "a ei e ii i o ă ăi ul ului",
}
_CYRILLIC_ENDINGS = (
    "а я у ю ы и і ї о е є ой ою ею єю ей ом ем єм ем ові еві єві ах ях ами ями ам ям ів"
)
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
_VOWELS = "aeiouyаяеєиіїоуюыйь"


@dataclass(frozen=True, slots=True)
class Known:
    """A name in one form, and what stands for it."""

    name: str
    other: str
    pattern: re.Pattern[str]
    """Of folded text."""
    capital: bool
    """Whether it counts only where it begins with a capital."""

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in a text."""
        for start, end in spans_of(text, self.pattern):
            if not self.capital or text[start] == text[start].upper():
                yield start, end


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """All names of a family; where two overlap, the earlier counts."""

    known: tuple[Known, ...]

    def replaced(self, text: str) -> str:
        """The text without names."""
        taken: list[tuple[int, int, str]] = []
        for one in self.known:
            for start, end in one.spans(text):
                if all(end <= before or start >= after for before, after, _ in taken):
                    first = _starts_sentence(text, start) and text[start] != text[start].lower()
                    other = one.other[:1].upper() + one.other[1:] if first else one.other
                    taken.append((start, end, other))
        return with_spans(text, taken)

    def named_in(self, texts: Iterable[str]) -> list[str]:
        """The names that texts still hold."""
        found = {one.name: None for text in texts for one in self.known if any(one.spans(text))}
        return list(found)

    @property
    def certain(self) -> tuple[str, ...]:
        """The names that must occur in no letter of the edition, in capitals or not."""
        return tuple(dict.fromkeys(one.name for one in self.known if not one.capital))

    def remarks(self, said: Sequence[str]) -> list[str]:
        """Sentences on what a person should read again in what an edition says."""
        found = []
        words = {fold(word) for text in said for word in re.findall(rf"{_LETTER}+", text)}
        for name in sorted({o.name for o in self.known if o.capital and fold(o.name) in words}):
            found.append(
                f"supervision: {name} is also a word, so it was replaced only where it begins with "
                "a capital; read the pages before you share them"
            )
        near = dict(sorted(self._near(said)))
        for word, name in near.items():
            found.append(
                f"supervision: {word} looks like a form of {name} and was left as it is; "
                "write it another way if it names somebody"
            )
        return found

    def _near(self, said: Iterable[str]) -> Iterator[tuple[str, str]]:
        stems = [(fold(o.name).rstrip(_VOWELS), o.name) for o in self.known]
        words = {
            word for text in said for word in re.findall(rf"{_LETTER}[\w\u0300-\u036f]+", text)
        }
        others = {word for o in self.known for word in o.other.split()}
        for word in words - others:
            for stem, name in stems:
                if len(stem) >= 4 and fold(word).startswith(stem) and word[0] != word[0].lower():
                    yield word, name
                    break


def pseudonyms(case: Case) -> Pseudonyms:
    """What supervision calls each name the family uses, longest names first."""
    written, nouns = case.written, case.framework.roles
    people = written.family.people.values()
    others = {p.called: p.pseudonym or f"the {nouns.get(p.role, p.role)}" for p in people}
    parts = {
        part: other
        for called, other in others.items()
        for part in _parts(called)
        if part not in others
    }
    called = written.family.called
    whole = {} if _all_named(called, {**parts, **others}) else {called: ", ".join(others.values())}
    rest = {
        part: "the family"
        for part in (_parts(called) if whole else ())
        if len(part) >= 4 and part not in others and part not in parts
    }
    names = {**rest, **parts, **others, **whole}
    known = [
        Known(name, other, _pattern(name), _only_capitals(name, whole=name in others))
        for name, other in names.items()
        if fold(name).strip()
    ]
    known.sort(key=lambda one: (one.name != called, -len(one.name)))
    language = written.language.partition("-")[0].lower()
    inflected = [
        Known(one.name, one.other, pattern, capital=True)
        for one in known
        if (pattern := _inflected(one.name, language))
    ]
    return Pseudonyms((*known, *inflected))


def _parts(called: str) -> list[str]:
    """The words of a name that may stand for it alone, composed (NFC)."""
    found: list[str] = []
    for word in unicodedata.normalize("NFC", called).split():
        bare = re.sub(r"['’ʼ]s$", "", word.strip('.,;:!?()"“”„«»')).strip("'’")
        for part in (bare, *re.split(r"[-‐‑/&+]", bare)):
            letters = re.fullmatch(rf"(?:{_LETTER}|['’ʼ-])+", part)
            if (
                letters
                and len(part) >= 2
                and part[0] == part[0].upper()
                and fold(part) not in _NO_NAMES
            ):
                found.append(part)
                if len(part) > 4 and part.endswith("s"):
                    found.append(part[:-1])
    return list(dict.fromkeys(found))


def _all_named(called: str, names: dict[str, str]) -> bool:
    """Whether the family's name is made of its people's names alone, such as Rowan and Mum."""
    rest = replace_names(called, dict.fromkeys(sorted(names, key=len, reverse=True), ""))
    return not any(word[0] != word[0].lower() for word in rest.split())


def _only_capitals(name: str, *, whole: bool) -> bool:
    if name[0] == name[0].lower():  # written small, or in a script without capitals
        return False
    return fold(name) in _ALSO_WORDS or (not whole and len(name) < 4)


def _pattern(name: str) -> re.Pattern[str]:
    """What finds a name in folded text, also beside digits, and behind what some scripts write
    together with it."""
    first = next((letter for letter in fold(name) if letter.isalpha()), "")
    before = _BEFORE.get(unicodedata.name(first, "").partition(" ")[0]) if first else None
    if before is None:
        return re.compile(pattern_of(name).pattern.replace(r"[^\W_]", _LETTER))
    words = r"\s+".join(re.escape(word) for word in fold(name).split())
    return re.compile(rf"(?<!{_LETTER}){before}(?P<name>{words})(?!{_LETTER})")


def _inflected(name: str, language: str) -> re.Pattern[str] | None:
    """What finds its inflected forms in folded text; None where they are not known."""
    endings = _LATIN_ENDINGS.get(language, _CYRILLIC_ENDINGS if language in _CYRILLIC else "")
    plain = fold(name)
    stem = plain.rstrip(_VOWELS)
    if not endings or len(plain) < 3 or len(stem) < 2 or not re.fullmatch(rf"{_LETTER}+", plain):
        return None
    stems = {stem, plain, plain[:-1] if plain[-1] in _VOWELS else plain}
    if language == "pl" and re.search(r"e[kcln]$", plain):  # Olek, Olka
        stems.add(plain[:-2] + plain[-1])
    for end, softened in _SOFTENED.get("uk" if language in _CYRILLIC else language, ()):
        if stem.endswith(end):
            stems.add(stem.removesuffix(end) + softened)
    some = "|".join(re.escape(one) for one in sorted(stems, key=len, reverse=True))
    ends = "|".join(sorted({fold(end) for end in endings.split()}, key=len, reverse=True))
    return re.compile(rf"(?<!{_LETTER})(?:{some})(?:{ends})(?!{_LETTER})")


def _starts_sentence(text: str, start: int) -> bool:
    return bool(re.search(r"(?:^|[.!?…]\s+|\n)[\s\"'“”‘’„«(]*$", text[:start]))
