"""What looks like a name of `never_show` without being it: named in a notice, and let through.

A longer word that begins like it or holds it; one misspelt, in two words or cut short; its first
letters; what the name is called at home; the same name in the letters of another script.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import takewhile

from vigsite.language.dictionary import is_everyday_word
from vigsite.language.name_dates import date_of, like_date
from vigsite.language.name_forms import LETTER, VOWELS, without_article
from vigsite.language.name_matching import fold, spans_of
from vigsite.language.name_sounds import holds_sounds, sounds_like
from vigsite.language.name_words import CALENDAR, KIN, PLACES, TITLES, is_word
from vigsite.language.sentences import begins_sentence
from vigsite.language.short_names import (
    is_called_at_home,
    is_cut_diminutive,
    is_diminutive,
    is_pet_name,
)

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
_SERVANT = re.compile(
    rf"(?<!{LETTER})(?:عبد\s+|abd(?:[aeu](?:l|r|s|z|n))?[\s-]+(?:[aeu](?:l|r|s|z|n)[\s-])?){LETTER}+",
    re.IGNORECASE,
)
"""A name that begins with Abd and is written in two or three words."""
_ABBREVIATED = re.compile(
    rf"(?<!{LETTER})({LETTER}+)\."
    rf"|(?<!{LETTER})({LETTER}+)(?:[-‐‑]|['’](?={LETTER}{{4}}))({LETTER}+)"
)
_NUMBER = r"(?:nr|no|number|numer\w*|№|nº|номер\w*|رقم)\.?\s*"
_SCHOOL = (
    rf"(?<!{LETTER})(?:sp|zsp?|lo|ps|днз|здо|зош|сш|school|nursery|primary|ysgol|dugsi|iskuul"
    rf"|(?:szkol|przedszkol|zlob|liceu|школ|шкіл|сад|дитсад|ліце|гімнаж|гімназі|ясл|scol|gradinit|scoal"
    rf"|lice|ecole|colleg|lycee|escuel|colegi|مدرس|المدرس|روض|الروض|حضان|الحضان|اسكول){LETTER}*)"
    rf"(?:\s+{LETTER}+)?\W*"
)
"""Of folded text: a school and what kind of school it is, before its number."""
_ARABIC_ALIKE = str.maketrans("طصثضظذحق", "تسسدززهك")
"""Letters that sound alike to many, and are mixed up."""
_BEFORE_ARABIC = re.compile(r"^[وفبلك]{0,2}(?:ال|(?<=ل)ل)")
_ADDRESS = re.compile(r"[#@][\w.-]+|[\w.+-]+(?=@)|(?:https?://|www\.)\S+")
"""Where words are written together: hashtags, mail and web addresses."""
_TITLED = re.compile(
    rf"(?<!{LETTER})(?:mr|mrs|ms|miss|dr|pani?|пані?)\.?\s+({LETTER})(?![\w.'’])", re.IGNORECASE
)


def near(name: str, text: str, *, word: bool, language: str) -> Iterator[tuple[int, int]]:
    """Where something in a text looks like a name, or a part of one; `word` if it is also a word.

    Of a telephone number, its last digits.
    """
    if name.startswith("عبد "):
        name = name.replace(" ", "")
    digits = [letter for letter in name if letter.isdigit()]
    if digits and (date := date_of(name)):
        yield from like_date(date, text)
    elif len(digits) > _LONG and not any(map(str.isalpha, name)):
        ends = r"[\W_]*".join(digits[-_LONG:])
        yield from spans_of(text, re.compile(rf"(?<!\d)(?:\d[\W_]?){{0,2}}{ends}(?!\d)"))
    elif fold(name).isalpha():
        yield from _words_like(name, text, word=word, language=language)
        yield from _cut_short(fold(name), text)
        yield from _in_addresses(name, text)
    else:
        yield from _first_letters(name, text)
        yield from _written_together(name, text)
        yield from _cut_address(name, text)


def _words_like(name: str, text: str, *, word: bool, language: str) -> Iterator[tuple[int, int]]:
    plain, bare = fold(name), without_article(fold(name))
    if len(plain) >= _LONG:
        yield from spans_of(text, _in_two(plain))
    for found in (*_SERVANT.finditer(text), *_WORD.finditer(text)):
        other = re.sub(r"\W", "", fold(found[0]))
        raised = found[0][0] != found[0][0].lower()
        named = raised and not begins_sentence(text, found.start(), colon=False)
        if other == plain:
            continue
        if (
            any(
                _is_like(ours, theirs, raised=raised, named=named, word=word)
                and not (_has_beginning(ours, theirs) and is_everyday_word(found[0], language))
                for ours, theirs in ((plain, other), (bare, _BEFORE_ARABIC.sub("", other)))
            )
            or (named and found[0].istitle() and _is_beginning(plain, other, text[: found.start()]))
            or (named and is_called_at_home(plain, other, named=True, language=language))
            or (named and is_diminutive(plain, other))
            or sounds_like(name, other.title(), named=named)
        ):
            yield found.span()
        elif not is_word(other) and (
            is_called_at_home(plain, other, named=raised, language=language)
            or (raised and (is_pet_name(plain, other) or is_diminutive(plain, other)))
            or (raised and (_is_slip(plain, other) or is_cut_diminutive(plain, other)))
            or (raised and sounds_like(name, other.title(), named=True))
        ):  # a sentence begins with it, or it is written small
            short = raised and other.endswith(("y", "ie")) and not is_pet_name(plain, other)
            if short or not is_everyday_word(found[0], language):  # Billy, but not Happy
                yield found.span()


def _is_like(name: str, other: str, *, raised: bool, named: bool, word: bool) -> bool:
    stem = name.rstrip(VOWELS)
    if len(stem) < _FEW:
        return False
    short = len(stem) < _PART
    if len(name) >= _LONG:
        stem = stem[:-1]
    if short or (word and (name[0].upper() != name[0] or len(name) < _LONG)):
        counts = named
    else:
        counts = len(stem) >= _LONG - 1 or raised
    return (
        (counts and other.startswith(stem) and len(other) > len(stem))
        or (not word and len(name) >= _LONG - 1 and name in other)
        or (not word and not short and name != other and _levelled(name) == _levelled(other))
        or (named and not short and bool(difflib.get_close_matches(other, [name], cutoff=_ALMOST)))
    )


def _has_beginning(name: str, other: str) -> bool:
    """Return whether a word has only the first letters of a name (Серце, of Сергій)."""
    stem = name.rstrip(VOWELS)
    longer = len(name) >= _LONG and other.startswith(stem[:-1]) and not other.startswith(stem)
    return longer or len(stem) < _PART


def _is_slip(name: str, other: str) -> bool:
    """Return whether a folded word is a folded name with one slip: a letter more, less or another,
    or two exchanged; of a name of four letters only a doubled letter and two exchanged, since
    others are other names (Mary, Mark)."""
    if len(name) < _PART or name == other or abs(len(name) - len(other)) > 1:
        return False
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, other, strict=False))
    )
    ours, theirs = name[same:], other[same:]
    if ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]:
        return True
    if len(name) == _PART:
        return re.sub(r"(.)\1+", r"\1", name) == re.sub(r"(.)\1+", r"\1", other)
    return ours[1:] == theirs[1:] or ours[1:] == theirs or ours == theirs[1:]


def _is_beginning(name: str, other: str, before: str) -> bool:
    """Return whether a folded word is the beginning of a folded name: Gem, Tata Kowal."""
    if len(other) < _FEW or not name.startswith(other) or other in CALENDAR | KIN | TITLES:
        return False
    ahead = re.findall(rf"{LETTER}+", before)
    return not is_word(other) or bool(ahead and fold(ahead[-1]) in KIN | TITLES)


def _levelled(arabic: str) -> str:
    return arabic.translate(_ARABIC_ALIKE)


def _in_two(name: str) -> re.Pattern[str]:
    """What finds a folded name in two words, with a hyphen, or over the end of a line."""
    ways = (rf"{name[:cut]}(?:\s+|-){name[cut:]}" for cut in range(1, len(name) - 1))
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(ways)})(?!{LETTER})")


def _in_addresses(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a hashtag, mail or web address holds a name, or sounds like it."""
    plain = fold(name)
    stem = plain.rstrip(VOWELS) if len(plain) >= _LONG else plain
    for found in _ADDRESS.finditer(text):
        words = re.findall(rf"{LETTER}+", found[0])
        if (len(stem) >= _PART and stem in fold("".join(words))) or any(
            holds_sounds(name, one) or sounds_like(name, one.title(), named=False) for one in words
        ):
            yield found.span()


def _written_together(entry: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name of several words is one, and misspelt (Vandenberg)."""
    parts = [part for part in PARTS.split(fold(entry)) if part]
    joined = "".join(parts)
    if len(parts) > 1 and joined.isalpha() and len(joined) > _LONG:
        for found in _WORD.finditer(text):
            if found[0][0] != found[0][0].lower() and difflib.get_close_matches(
                fold(found[0]), [joined], cutoff=_ALMOST
            ):
                yield found.span()


def _cut_address(entry: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the street of an address is cut short beside its house number: Ogr. 15, 14 Stn Rd."""
    numbers = "|".join(re.findall(r"(?<!\w)\d+", entry))
    streets = [
        one
        for one in re.findall(rf"{LETTER}+", fold(entry))
        if len(one) > _PART and one not in PLACES
    ]
    if not numbers or not streets:
        return
    beside = rf"(?<!{LETTER})({LETTER}{{{_FEW},}})\.?\W{{1,2}}(?:{numbers})(?!\d)"
    behind = rf"(?<![\w.:])(?:{numbers})\W{{1,2}}({LETTER}{{{_FEW},}})(?!{LETTER})"
    for found in (*re.finditer(beside, text), *re.finditer(behind, text)):
        short = fold(found[1])
        if found[1][0] != found[1][0].lower() and any(
            short != street and short[0] == street[0] and _has_letters(street, short)
            for street in streets
        ):
            yield found.span()


def _has_letters(word: str, short: str) -> bool:
    """Return whether a word has the letters of another in their order."""
    letters = iter(word)
    return all(letter in letters for letter in short)


def _cut_short(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a folded name is cut short: O., Oka., O-r, Mrs O."""
    name = without_article(name)
    for found in _ABBREVIATED.finditer(text):
        first, ahead, behind = (fold(part or "") for part in found.groups())
        alone = not text[max(0, found.start() - 1) : found.start()].strip()
        letter = len(first) == 1 and alone and found[0][0].lower() == found[0][0].upper()
        raised = found[0][0] != found[0][0].lower() and found[0][:2] != "I."
        whole = len(first or ahead + behind) >= len(name)
        if (raised or letter) and not whole and not (len(first) > 1 and is_word(first)):
            if first and name.startswith(first) and not _ends_sentence(text, found.end(), first):
                yield found.start(), found.end() - 1
            elif ahead and name.startswith(ahead) and name.endswith((behind, behind[:-1] or "-")):
                yield found.span()
    for found in _TITLED.finditer(text):
        if found[1] != found[1].lower() and fold(found[1]) == name[0]:
            yield found.span()


def _ends_sentence(text: str, end: int, word: str) -> bool:
    """Return whether a full stop ends a sentence, and not the word before it."""
    return len(word) > 1 and not re.match(r"\s*[^\W\d_A-Z]", text[end:])


def _first_letters(entry: str, text: str) -> Iterator[tuple[int, int]]:
    """Where an entry of several words stands as its first letters (LAN, O-B), and a school as its
    number."""
    parts = [part for part in PARTS.split(entry) if part]
    if number := re.search(rf"(?:{_NUMBER}|{_SCHOOL})(\d+)", fold(entry)):
        ways = rf"(?<!{LETTER})(?:{_NUMBER}|{_SCHOOL}(?:{_NUMBER})?){number[1]}(?!\d)"
        yield from spans_of(text, re.compile(ways))
    elif len(parts) > 1 and all(part[0].isalpha() and part[0].isupper() for part in parts):
        gap = r"[.\s]*[-‐‑]?\s*" if len(parts) >= _FEW else r"(?:\.\s*|\s*[-‐‑]\s*)"
        letters = gap.join(re.escape(part[0]) for part in parts)
        for found in re.finditer(rf"(?<!{LETTER}){letters}(?!{LETTER})", text):
            yield found.span()
