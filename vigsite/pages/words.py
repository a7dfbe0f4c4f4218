"""Words and numbers of a language: catalogues by gettext, dates and direction by babel.

The words in the templates are English and stand for themselves when a language has no catalogue.
"""

from __future__ import annotations

import datetime as dt
import gettext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "vigsite"


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
    def translated(self) -> bool:
        """Whether the language has its own catalogue; English needs none."""
        known = isinstance(self.translations, gettext.GNUTranslations)
        return known or self.tag.lower().partition("-")[0] == "en"

    def day(self, day: dt.date) -> str:
        """A date as people of this language write it."""
        from babel.dates import format_date

        return str(format_date(day, format="long", locale=self.locale))


def missing_words(tag: str) -> str:
    """A sentence when a language has no catalogue yet; empty when it has one."""
    if tag.lower().partition("-")[0] == "en" or words_for(tag).translated:
        return ""
    return f"no words in {tag!r} yet: headings and buttons are English"


def words_for(tag: str) -> Words:
    """The words of a language; English ones where it has no catalogue."""
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
