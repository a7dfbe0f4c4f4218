"""Words of one language on pages of another: their direction and script, so that browsers set them
right and a screen reader does not read them in the wrong voice.

A family's own words may be Arabic on an English page, a name Latin on an Urdu one, a telephone
number anywhere. Where a text fits its page, nothing is added.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from vigsite.pages.escape import one_line, paragraphs, quote

_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "HANGUL": "Hang",
    "HEBREW": "Hebr",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "LATIN": "Latn",
    "MALAYALAM": "Mlym",
    "MYANMAR": "Mymr",
    "SINHALA": "Sinh",
    "SYRIAC": "Syrc",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "THAANA": "Thaa",
    "THAI": "Thai",
    "TIFINAGH": "Tfng",
}
"""How Unicode's names of letters begin, and ISO 15924's code of that script."""
_TOGETHER = {"Hani": {"Jpan", "Hant", "Hans", "Kore"}, "Hang": {"Kore"}}
"""The scripts of languages (as CLDR names them) that a script of letters belongs to."""
_FIRST_STRONG, _END = "\u2068", "\u2069"
_MARKS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Unicode's names of the invisible marks that set a direction."""
_OPENERS = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u202d": "\u202c",
    "\u202e": "\u202c",
} | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_CLOSERS = frozenset(_OPENERS.values())


@dataclass(frozen=True, slots=True)
class Setting:
    """The page that a text stands on."""

    direction: str
    """ltr or rtl."""
    script: str
    """ISO 15924: Latn."""

    def attributes(self, text: str) -> str:
        """`dir` where a text does not run as the page does, `lang` where its script differs."""
        turned = ' dir="auto"' if self.turns(text) else ""
        return turned + self._lang(text)

    def heading(self, text: str) -> Markup:
        """A text as a Markdown heading's."""
        attributes = self.attributes(text)
        return Markup(one_line(text) + (f" {{:{attributes} }}" if attributes else ""))

    def inline(self, text: str) -> Markup:
        """A text among others, in Markdown or HTML."""
        if not self.attributes(text):
            return Markup(one_line(text))
        return Markup(f"<bdi{self._lang(text)}>{one_line(text)}</bdi>")

    def paragraphs(self, text: str) -> Markup:
        """A text of several lines."""
        return self._each(paragraphs(text), text)

    def quote(self, text: str) -> Markup:
        """Somebody's own words."""
        return self._each(quote(text), text, "> ")

    def within(self, text: str) -> str:
        """A text inside a sentence or an attribute: kept apart by invisible characters."""
        return f"{_FIRST_STRONG}{text}{_END}" if self.turns(text) else text

    def _each(self, blocks: Markup, text: str, start: str = "") -> Markup:
        """Every paragraph of what was made of a text, with its attributes."""
        attributes = self.attributes(text)
        if not attributes:
            return blocks
        between = f"\n{start.rstrip()}\n"
        own = f"\n{start}{{:{attributes} }}"
        return Markup(between.join(f"{block}{own}" for block in blocks.split(between)))

    def _lang(self, text: str) -> str:
        script = self.other_script(text)
        return f' lang="und-{script}"' if script else ""

    def other_script(self, text: str) -> str:
        """The script of a text, where it is not the page's; else empty."""
        script = script_of(text)
        same = not script or script == self.script or self.script in _TOGETHER.get(script, ())
        return "" if same else script

    def turns(self, text: str) -> bool:
        """Whether the page's direction would move parts of the text about."""
        kinds = [unicodedata.bidirectional(character) for character in text]
        left, right = "L" in kinds, "R" in kinds or "AL" in kinds
        if any(kind in _MARKS for kind in kinds):
            return True
        if self.direction == "ltr":
            return right
        return left or (not right and any(kind in ("EN", "AN") for kind in kinds))


def direction_of(text: str) -> str:
    """ltr or rtl, by its first letter that has a direction; ltr when it has none."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return {"R": "rtl", "AL": "rtl"}.get(
        next((k for k in kinds if k in ("L", "R", "AL")), ""), "ltr"
    )


def script_of(text: str) -> str:
    """The script that most letters of a text are in; empty when it has none that we know."""
    found: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            first = unicodedata.name(character, "").partition(" ")[0]
            if first in _SCRIPTS:
                found[_SCRIPTS[first]] += 1
    return found.most_common(1)[0][0] if found else ""


def settled(text: str) -> str:
    """`text` with its invisible marks of direction in order, line by line.

    Whatever a line opens it closes, and it closes nothing else: otherwise a mark in a title would
    turn the words around it round as well. Nothing that can be seen is changed.
    """
    if not any(mark in text for mark in (*_OPENERS, *_CLOSERS)):
        return text
    return "\n".join(_settled(line) for line in text.split("\n"))


def _settled(line: str) -> str:
    kept: list[str] = []
    open_: list[str] = []
    """The closers that are still to come."""
    for character in line:
        if character in _OPENERS:
            open_.append(_OPENERS[character])
        elif character in _CLOSERS:
            if character not in open_ or (character != open_[-1] and character == "\u202c"):
                continue  # closes nothing, or something outside of an isolate
            while open_.pop() != character:  # an isolate's end also ends what was begun in it
                pass
        kept.append(character)
    return "".join(kept) + "".join(reversed(open_))
