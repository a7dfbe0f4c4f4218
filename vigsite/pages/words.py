"""Words and numbers of a language: catalogues by gettext, dates and direction by babel.

The words in the templates are English and stand for themselves where a catalogue lacks them.
Numbers are written in the digits 0 to 9 everywhere: that is what CLDR says for plain Arabic and
Urdu, and the deck and the browser's own controls write them so too.
"""

from __future__ import annotations

import datetime as dt
import gettext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from vigsite.pages.direction import Setting

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).parent.parent / "locales"
DOMAIN = "vigsite"
_CHECKED = "x-checked-by-native-speaker"


@dataclass(frozen=True, slots=True)
class Words:
    """How one edition speaks."""

    tag: str
    """BCP 47 tag, as in case.yml."""
    locale: Locale
    translations: gettext.NullTranslations

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        return str(self.locale.text_direction)

    @property
    def setting(self) -> Setting:
        """What its pages are to a text of another language."""
        return Setting(self.direction, _script(self.locale))

    @property
    def source(self) -> bool:
        """Whether it is English, which needs no catalogue."""
        return self.tag.lower().partition("-")[0] == "en"

    @property
    def translated(self) -> bool:
        """Whether the language has words of its own."""
        return self.source or isinstance(self.translations, gettext.GNUTranslations)

    @property
    def checked(self) -> bool:
        """Whether a native speaker has checked them, by the catalogue's own header."""
        said = str(self.translations.info().get(_CHECKED, ""))
        return self.source or said.lower().startswith("yes")

    def day(self, day: dt.date) -> str:
        """A date as people of this language write it."""
        from babel.dates import format_date

        return str(format_date(day, format="long", locale=self.locale))


def missing_words(tag: str) -> str:
    """A sentence when words of a language are missing or unchecked; empty when all is well."""
    words = words_for(tag)
    if not words.translated:
        return f"no words in {tag!r} yet: headings and buttons are English"
    found = []
    if missing := untranslated(tag):
        noun = "text of the pages is" if len(missing) == 1 else "texts of the pages are"
        found.append(f"{len(missing)} {noun} not in {tag!r} yet and stay English")
    if not words.checked:
        found.append(f"no native speaker has checked the words in {tag!r} yet")
    return "; ".join(found)


def untranslated(tag: str) -> list[str]:
    """The texts that pages in a language show in English, for want of its own."""
    words = _read_words(tag)
    if words.source:
        return []
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{DOMAIN}.pot").open("rb") as file:
        template = read_po(file)
    english = _English([])
    words.translations.add_fallback(english)
    for message in template:
        if isinstance(message.id, str):
            words.translations.gettext(message.id)
        else:
            words.translations.ngettext(message.id[0], message.id[1], 1)
    return [text for text in english.asked if text]


@lru_cache(maxsize=32)
def words_for(tag: str) -> Words:
    """The words of a language; a region's (fr-CA) come from its language, others are English."""
    return _read_words(tag)


def _read_words(tag: str) -> Words:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        try:
            locale = Locale.parse(tag.partition("-")[0])
        except (UnknownLocaleError, ValueError):
            locale = Locale("en")
    if locale.language == "en" and locale.territory is None:
        locale = Locale("en", "GB")
    catalogue = gettext.translation(
        DOMAIN, CATALOGUES, [str(locale), locale.language], fallback=True
    )
    return Words(tag, locale, catalogue)


class _English(gettext.NullTranslations):
    """Stands behind a catalogue and notes what it was asked for."""

    def __init__(self, asked: list[str]) -> None:
        super().__init__()
        self.asked = asked

    def gettext(self, message: str) -> str:
        self.asked.append(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.append(msgid1)
        return msgid1 if n == 1 else msgid2


def _script(locale: Locale) -> str:
    """The script that a language is written in."""
    from babel.core import get_global

    likely = get_global("likely_subtags").get(locale.language, "")
    found = [part for part in likely.split("_") if len(part) == 4]
    return locale.script or (found[0] if found else "Latn")
