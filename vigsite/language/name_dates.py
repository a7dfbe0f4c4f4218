"""A date of `never_show` (a child's birthday) written in another form: 12.3.2019, 12 March, marzec.

Months have the names of all languages on offer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from vigsite.language.name_matching import fold, spans_of

_LANGUAGES = (
    "en",
    "cy",
    "pl",
    "ro",
    "uk",
    "ru",
    "ar",
    "ar_LB",
    "ar_DZ",
    "ar_MA",
    "ur",
    "so",
    "fr",
    "es",
)
_FIGURES = re.compile(r"(?<!\d)(\d{4}|\d{1,2})\W{1,2}(\d{1,2})\W{1,2}(\d{4}|\d{1,2})(?!\d)")
_OTHER_WORDS = frozenset({"may", "march", "mars", "mai", "ionawr"})
"""Folded names of months that say nothing by themselves, since they are other words."""
_LONG = 4
"""Letters of the name of a month that counts by itself."""
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()  # noqa: SIM905
_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
""".split()  # noqa: SIM905
_ENDING = r"(?:st|nd|rd|th|er|-?(?:го|е))?\.?"
"""What may stand behind the number of a day."""


def date_of(entry: str) -> dt.date | None:
    """Return the date that an entry has, in figures or with the name of its month; else None."""
    plain = fold(entry)
    if found := _FIGURES.search(plain):
        first, month, last = found.groups()
        year, day = (first, last) if len(first) == 4 else (last, first)
        return _date(year, month, day) or _date(year, day, month)
    for number in range(1, 13):
        names = _any_of(_names(number))
        before = re.search(rf"(\d{{1,2}}){_ENDING}\W*(?:of |de )?{names}\W+(\d{{4}})", plain)
        behind = re.search(rf"{names}\W+(\d{{1,2}}){_ENDING}\W+(\d{{4}})", plain)
        if found := before or behind:
            return _date(found[2], str(number), found[1])
    return None


def is_month(word: str) -> bool:
    """Return whether a folded word is the name of a month."""
    return any(word in _names(number) for number in range(1, 13))


def like_date(date: dt.date, text: str) -> Iterator[tuple[int, int]]:
    """Where a text has a date in any form, also without its year, or its month alone."""
    yield from spans_of(text, _pattern(date))


@cache
def _pattern(date: dt.date) -> re.Pattern[str]:
    day, month = f"0?{date.day}", f"0?{date.month}"
    year = f"(?:{date.year}|{date.year % 100:02d})"
    gap, names = r"\W{1,2}", _any_of(_names(date.month))
    alone = [one for one in _names(date.month) if len(one) >= _LONG and one not in _OTHER_WORDS]
    spoken, roman = _spoken(date.day), _ROMAN[date.month - 1]
    ways = [
        rf"{day}{gap}{month}{gap}{year}",
        rf"{month}{gap}{day}{gap}{year}",
        rf"{date.year}{gap}{month}{gap}{day}",
        rf"{day}[./]{month}(?![.:]?\d)",
        rf"{day}{_ENDING}\W{{0,2}}(?:of |de )?{names}(?:\W{{1,2}}{year})?",
        rf"{names}\W{{1,2}}(?:the )?(?:{day}{_ENDING}|{spoken}(?!-))(?:\W{{1,2}}{year})?",
        rf"(?<!-){spoken}(?: of)? {names}(?:\W{{1,2}}{year})?",
        rf"{day}{gap}{roman}{gap}{year}",
        rf"{names}\W{{1,2}}{date.year}",
        _any_of(frozenset(alone)),
    ]
    return re.compile(rf"(?<![\w.:])(?:{'|'.join(ways)})(?!\w)")


def _spoken(day: int) -> str:
    """What matches the number of a day in English words: twelfth, twenty-first."""
    if day <= len(_ORDINALS):
        return rf"(?<!twenty )(?<!thirty ){_ORDINALS[day - 1]}"
    tens, one = divmod(day, 10)
    ahead = "twenty" if tens == 2 else "thirty"
    return rf"{ahead}[ -]?{_ORDINALS[one - 1]}" if one else f"{ahead.removesuffix('y')}ieth"


def _date(year: str, month: str, day: str) -> dt.date | None:
    number = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None


def _any_of(names: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True)) or '(?!)'})"


@cache
def _names(month: int) -> frozenset[str]:
    """The folded names of a month, long and short."""
    from babel.dates import get_month_names

    found = [
        get_month_names(width, context, language)[month]
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
    ]
    return frozenset(name for one in found if (name := fold(one).rstrip(".")) and name.isalpha())
