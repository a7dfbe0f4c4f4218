"""What supervision calls people instead of their names, wherever a name was typed.

Names count as whole words (`name_matching.py`), in any spelling. Three kinds count only where they
begin with a capital: names that are also words (Will, Rose, May), parts of a name below four
letters, and inflected forms, which are known for Polish, Romanian and languages in Cyrillic
letters. Nicknames nobody wrote down and most inflections cannot be known; `remarks` says what
came near.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vigsite.case.case import Case
from vigsite.language.name_forms import LETTER, VOWELS, inflected, name_pattern
from vigsite.language.name_matching import fold, replace_names, spans_of, with_spans
from vigsite.language.name_words import NO_NAMES, is_word


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
        words = {fold(word) for text in said for word in re.findall(rf"{LETTER}+", text)}
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
        stems = [(fold(o.name).rstrip(VOWELS), o.name) for o in self.known]
        words = {word for text in said for word in re.findall(rf"{LETTER}[\w\u0300-\u036f]+", text)}
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
    others = {called: other for called, other in others.items() if fold(called) != fold(other)}
    parts = {
        part: other
        for called, other in others.items()
        for part in _parts(called)
        if part not in others and fold(part) not in fold(other).split()
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
        Known(name, other, name_pattern(name), _only_capitals(name, whole=name in others))
        for name, other in names.items()
        if fold(name).strip()
    ]
    known.sort(key=lambda one: (one.name != called, -len(one.name)))
    others_forms = [
        Known(
            one.name,
            one.other,
            re.compile(rf"(?<!{LETTER}){forms.pattern}(?!{LETTER})"),
            capital=True,
        )
        for one in known
        if (forms := inflected(one.name, written.language))
    ]
    return Pseudonyms((*known, *others_forms))


def _parts(called: str) -> list[str]:
    """The words of a name that may stand for it alone, composed (NFC)."""
    found: list[str] = []
    for word in unicodedata.normalize("NFC", called).split():
        bare = re.sub(r"['’ʼ]s$", "", word.strip('.,;:!?()"“”„«»')).strip("'’")
        for part in (bare, *re.split(r"[-‐‑/&+]", bare)):
            letters = re.fullmatch(rf"(?:{LETTER}|['’ʼ-])+", part)
            if (
                letters
                and len(part) >= 2
                and part[0] == part[0].upper()
                and fold(part) not in NO_NAMES
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
    return is_word(name) or (not whole and len(name) < 4)


def _starts_sentence(text: str, start: int) -> bool:
    return bool(re.search(r"(?:^|[.!?…]\s+|\n)[\s\"'“”‘’„«(]*$", text[:start]))
