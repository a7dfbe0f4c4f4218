"""`never_show`: what must never be shown, found wherever and however it was typed.

An address, a number, and a name that is not a word always count, in any capitals. A name that is
also a word (Will, Rose, May) may be meant as either: where it has a capital, and in scripts without
capitals everywhere, it waits until a person says that it names nobody; in small letters it is a
notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from vigsite.case.case_file import CaseFile
from vigsite.case.faults import KeyPath, Report, Source
from vigsite.case.name_standing import (
    Guarded,
    Standing,
    has_capital,
    is_word_or_article,
    standing_of,
    without_titles,
)
from vigsite.case.texts import texts_of
from vigsite.language.abbreviations import SAME
from vigsite.language.function_words import function_words
from vigsite.language.name_dates import date_of, is_month
from vigsite.language.name_forms import (
    LETTER,
    VOWELS,
    apart,
    cases,
    inflected,
    prefixes,
    together,
    without_article,
)
from vigsite.language.name_matching import SPACELESS, fold, spans_of
from vigsite.language.name_near import PARTS
from vigsite.language.name_near import near as looks_like
from vigsite.language.name_words import (
    CALENDAR,
    KIN,
    NO_NAMES,
    PLACES,
    PLACES_AND_SURNAMES,
    TITLES,
)
from vigsite.language.readings import readings, seamed
from vigsite.language.sentences import sentence_at

_LETTERS = 2
"""Letters that a part of an entry has at least."""
_PART = 4
"""Letters that a part of an entry must have to count by itself."""
_SURE_STEM = 5
"""Letters of a stem whose inflected forms are taken for no other words."""
_MOST_LINES = 6
_OF_PLACES = re.compile(r"[\d«»„“”\"]")
"""What an address or the name of a nursery or school has, and no person's name."""
_NAMING = {"called", "pseudonym", "contact"}
"""Fields that name somebody whatever they say."""
_TOGETHER_BEFORE = ("mr", "mrs", "ms", "miss", "dr", "prof", "family", "familie", "the")
_TOGETHER_BEHIND = ("family", "familie", "house", "home", "school")
"""What is written together with a name in small letters too: mrsokafor, okaforfamily."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a text holds something."""

    entry: str
    word: str
    """As it is written there."""
    start: int
    standing: Standing
    part: str = ""
    """The entry or its part of which that is a form; nothing if it only looks like it."""

    @property
    def end(self) -> int:
        """Where it ends, if nothing stands within it."""
        return self.start + len(self.word)


@dataclass(frozen=True, slots=True)
class NeverShow:
    """All entries of a case."""

    guarded: tuple[Guarded, ...]
    called: frozenset[str] = frozenset()
    """Folded words by which the pages call somebody."""

    def hits(self, text: str, *, names: bool = False) -> list[Hit]:
        """What a text holds, the worst of each entry and place; `names` for a text that names
        somebody whatever it says."""
        ways = dict.fromkeys((read, tuple(at)) for read, at in readings(text))
        found: dict[tuple[str, int], Hit] = {}
        for guarded in self.guarded:
            for read, at in ways:
                for start, end, standing in _spans(guarded, read, names=names):
                    place = at[start]
                    key = (guarded.entry, place)
                    if key not in found or found[key].standing < standing:
                        found[key] = Hit(
                            guarded.entry, read[start:end], place, standing, fold(guarded.text)
                        )
        told = [hit for hit in found.values() if hit.standing is not Standing.NEAR]
        near = [hit for hit in found.values() if hit.standing is Standing.NEAR]
        near += [
            Hit(guarded.entry, text[start:end], start, Standing.NEAR)
            for guarded in self.guarded
            if not guarded.titled
            for start, end in looks_like(
                guarded.text, text, word=guarded.word, language=guarded.language
            )
            if not {*_words(text[start:end])} & self.called
        ]
        said = {hit.entry for hit in told}
        return _without_parts(
            [*told, *(hit for hit in dict.fromkeys(near) if hit.entry not in said)]
        )

    def waiting_in(self, texts: Iterable[str]) -> dict[str, list[str]]:
        """Sentences that a person has to read, each with the entries that it may name."""
        found: dict[str, list[str]] = {}
        for text in texts:
            for hit in self.hits(text):
                if hit.standing is Standing.WAITS:
                    entries = found.setdefault(sentence_at(text, hit.start), [])
                    if hit.entry not in entries:
                        entries.append(hit.entry)
        return found


def never_show(written: CaseFile) -> NeverShow:
    """Everything that case.yml forbids, and the parts that count by themselves.

    A part by which the pages call somebody does not: the family chose it.
    """
    called = [written.family.called, written.practitioner.called]
    called += [person.called for person in written.family.people.values()]
    shown = {word for text in called for word in _words(text)}
    found = []
    for entry in written.never_show:
        found.append(_guarded(entry, entry, written.language))
        found += _parts_of(entry, shown, written.language)
    return NeverShow(tuple(found), frozenset(shown))


def _parts_of(entry: str, shown: set[str], language: str) -> Iterator[Guarded]:
    """The parts of an entry that count by themselves; `shown` has words that pages call people."""
    parts = [re.sub(r"^[\W_]+|[\W_]+$", "", part) for part in PARTS.split(entry)]
    parts = [part for part in together(parts) if part]
    place = _is_place(entry, parts)
    words = [one for one in parts if one.isalpha()]
    core = [one for one in words if fold(one) not in PLACES]
    if place:  # 22 Park Road is Park Road, and Little Acorns Nursery Little Acorns
        street = any(map(str.isdigit, entry)) and any(fold(one) in SAME for one in words)
        for some in {" ".join(core), " ".join(words) if street or not core else ""} - {entry}:
            if " " in some:
                yield _guarded(entry, some, language, as_word=True)
        if street and (some := _with_number(entry)):
            one = _guarded(entry, some, language, as_word=some[0].isdigit())
            yield replace(one, of_place=True)
    silent = shown | NO_NAMES | KIN | TITLES | PLACES
    if place:
        silent |= CALENDAR | function_words(language)
    dated = place and date_of(entry) is not None
    for part in parts:
        plain = fold(part)
        if len(part) < _LETTERS or part == entry or (dated and is_month(plain)):
            continue
        if not plain.replace(" ", "").isalpha():
            continue
        short, small = len(part) < _PART, part[0].islower()
        if plain not in silent and not (short and small):
            one = _guarded(entry, part, language, as_word=place or short)
            yield replace(one, of_place=place)
        elif (
            part is parts[-1]
            and not place
            and plain in PLACES | KIN | TITLES
            and plain not in shown
        ):
            yield replace(_guarded(entry, part, language, as_word=True), titled=True)


def _with_number(entry: str) -> str:
    """Return the street of an address and its house number without what kind of street it is, or
    nothing: Ogrodowa 15, of ul. Ogrodowa 15/3."""
    words = re.findall(r"[^\W_]+(?:['’ʼ-][^\W_]+)*|,", entry)
    words = [one for one in words if fold(one) not in PLACES and fold(one) not in SAME]
    ahead = words[: words.index(",")] if "," in words else []
    if len({one[0].isdigit() for one in ahead}) > 1:  # 14 Station Road, Leeds
        words = ahead
    words = [one for one in words if one != ","]
    number = [one[0].isdigit() for one in words]
    first = next((at for at, digit in enumerate(number) if not digit), len(words))
    last = next((at for at in range(first, len(words)) if number[at]), len(words) - 1)
    kept = words[max(0, first - 1) : last + 1]
    return " ".join(kept) if first < len(words) and any(number[: last + 1]) else ""


def _is_place(entry: str, parts: Sequence[str]) -> bool:
    """Return whether an entry is an address, a nursery or a school, and not May Park or Dr Lane."""
    words = list(map(fold, parts))
    if _OF_PLACES.search(entry):
        return True
    named = words[0] in KIN | TITLES or not {*words[:-1]} & PLACES
    person = len(words) > 1 and named and words[-1] in PLACES_AND_SURNAMES
    return bool({*_words(entry)} & PLACES) and not person


def let_through(guarded: Guarded, texts: Iterable[str]) -> frozenset[str]:
    """Folded words of texts that are the entry or a form of it, and everyday words there."""
    return frozenset(
        fold(text[start:end])
        for text in texts
        for start, end, standing in _spans(guarded, text, names=False)
        if standing is not Standing.REFUSED
    )


def check_never_show(
    written: BaseModel, forbidden: NeverShow, source: Source, report: Report
) -> None:
    """A fault for each text that some edition may show and that holds what is forbidden.

    What may be something else is a notice, one for each word in all its forms.
    """
    noticed: dict[tuple[Standing, str], dict[tuple[KeyPath, str], str]] = defaultdict(dict)
    for path, text, editions in texts_of(written) if forbidden.guarded else ():
        for hit in forbidden.hits(text, names=path[-1] in _NAMING) if editions else ():
            if hit.standing is Standing.REFUSED:
                message = f"holds {hit.word!r}, which case.yml forbids (never_show); take it out"
                if fold(hit.word) != fold(hit.entry):
                    message = (
                        f"holds {hit.word!r}, a form or part of {hit.entry!r}, which case.yml "
                        "forbids (never_show); take it out"
                    )
                report.fault(source, path, message)
            elif hit.standing is not Standing.WAITS:
                word = hit.word.lower() if hit.standing is Standing.SMALL else hit.word
                noticed[hit.standing, hit.part or word].setdefault((path, hit.entry), word)
    for (standing, part), places in noticed.items():
        if standing is Standing.NEAR and (Standing.SMALL, part) in noticed:
            continue  # Waters, and Rose Waters
        paths = list(dict.fromkeys(path for path, _ in places))
        entries = " and ".join(dict.fromkeys(repr(entry) for _, entry in places))
        word = next(iter(places.values()))
        report.notice(source, paths[0], _notice(standing, word, entries, source, paths))


def _notice(
    standing: Standing, word: str, entries: str, source: Source, paths: Sequence[KeyPath]
) -> str:
    lines = dict.fromkeys(line for path in paths if (line := source.at(path, "").line))
    also = [str(line) for line in [*lines][1 : _MOST_LINES + 1]]
    more = f" (also in line {', '.join(also)}{' …' if len(lines) > _MOST_LINES + 1 else ''})"
    where = more if also else ""
    if standing is Standing.SMALL:
        return (
            f"holds {word!r} in small letters{where}; never_show has {entries}, which is also a "
            "word, so it was let through"
        )
    return (
        f"holds {word!r}{where}, which looks like {entries} of never_show and was let through; "
        "take it out if it names somebody"
    )


def _guarded(entry: str, text: str, language: str, *, as_word: bool = False) -> Guarded:
    words, before = _tokens(text), prefixes(text)
    caseless = all(letter.lower() == letter.upper() for letter in text)
    names = without_titles(text, text)  # Rose, of Granny Rose
    word = len(names) == 1 and (
        is_word_or_article(names[0][0])
        or (caseless and fold(text) in function_words(language) | TITLES)
    )
    word = as_word or (word and (caseless or has_capital(names)))
    if not word:
        words = [without_article(words[0]), *words[1:]]
    forms, unsure = list[str](), word
    ways = [_any_of(SAME.get(one) or cases(one)) for one in words]
    if word and (plain := without_article(words[0])) != words[0]:
        ways[0] = f"(?:{ways[0]}|(?<=لل){re.escape(plain)})"  # لل is the article behind ل
    bent = list(ways)
    for number, one in enumerate(words):
        known = inflected(one, language)
        if known:
            bent[number] = f"(?:{ways[number]}|{known.pattern})"
            unsure |= len(words) == 1 and len(one.rstrip(VOWELS)) < _SURE_STEM
            forms += known.forms if len(words) == 1 else []
    if len(words) == 1:
        forms += [start + words[0] for start in before if start]
    sure = not word and not before and len(words) == 1 and len(words[0]) >= _PART
    if sure:
        forms += [f"{ahead}{words[0]}" for ahead in _TOGETHER_BEFORE]
        forms += [f"{words[0]}{behind}" for behind in _TOGETHER_BEHIND]
    return Guarded(
        entry,
        text,
        word,
        tuple(dict.fromkeys(forms)),
        _pattern(text, ways, before, together=sure),
        _pattern(text, bent, before) if bent != ways else None,
        unsure,
        language,
    )


def _any_of(words: Sequence[str]) -> str:
    ways = "|".join(map(re.escape, words))
    return f"(?:{ways})" if len(words) > 1 else ways


def _pattern(
    text: str, words: Sequence[str], before: Sequence[str], *, together: bool = False
) -> re.Pattern[str]:
    """What finds words in folded text, whatever stands between them and beside them."""
    if len(words) > _SURE_STEM and all(word.isdigit() and len(word) == 1 for word in words):
        return _number_pattern(text, "".join(words))
    inner = r"[\W_]*".join(words)
    if SPACELESS.search(text):
        return re.compile(inner)
    first = rf"(?<!{LETTER})" if fold(text)[:1].isalpha() else r"(?<![^\W_])"
    last = rf"(?!{LETTER})" if fold(text)[-1:].isalpha() else r"(?![^\W_])"
    ahead = behind = ""
    if before:
        ahead = f"(?:{'|'.join(map(re.escape, before))})"
    elif together:
        ahead = f"(?:{'|'.join(_TOGETHER_BEFORE)})?"
        behind = f"(?:{'|'.join(_TOGETHER_BEHIND)})?"
    return re.compile(rf"{first}{ahead}(?P<name>{inner})(?='?s?{behind}{last})")


def _number_pattern(text: str, digits: str) -> re.Pattern[str]:
    """What finds a telephone number, with or without the code of its country."""
    gap = r"[\W_]*"
    numbers = [digits.lstrip("0") or digits]
    if text.strip().startswith(("+", "00")):  # a country has one to three digits
        numbers = [numbers[0][code:].lstrip("0") for code in (3, 2, 1)] + numbers
    ways = "|".join(gap.join(number) for number in numbers if len(number) > _SURE_STEM)
    code = rf"(?:(?:\+|00){gap}(?:\d{gap}){{1,3}}(?:\(?0\)?{gap})?|0{gap})?"
    return re.compile(rf"(?<![^\W_]){code}(?P<name>{ways})(?![^\W_])")


def _without_parts(hits: Sequence[Hit]) -> list[Hit]:
    """Hits but for those within a longer one of the same entry that is no gentler."""

    def is_part(one: Hit, of: Hit) -> bool:
        within = of.start <= one.start and one.end <= of.end and len(one.word) < len(of.word)
        return within and one.entry == of.entry and one.standing <= of.standing

    return [one for one in hits if not any(is_part(one, other) for other in hits)]


def _tokens(text: str) -> list[str]:
    """The runs of letters and digits of an entry, folded; of a number, its digits."""
    if not any(letter.isalpha() for letter in text):
        digits = [letter for letter in fold(text) if letter.isalnum()]
        if len(digits) > _SURE_STEM:
            return digits
    return _words(apart(seamed(text)[0])) or [fold(text).strip()]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _spans(guarded: Guarded, text: str, *, names: bool) -> Iterator[tuple[int, int, Standing]]:
    """Where an entry stands in a text, in any of its forms."""
    plain = list(spans_of(text, guarded.whole))
    bent = spans_of(text, guarded.inflected) if guarded.inflected else ()
    forms = [one for one in bent if all(one[1] <= first or one[0] >= end for first, end in plain)]
    for spans, form in ((plain, False), (forms, True)):
        for start, end in spans:
            standing = standing_of(guarded, text, start, end, names=names, form=form)
            if standing is not None:
                yield start, end, standing
