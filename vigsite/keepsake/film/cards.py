"""The film's cards and subtitles as sheets to be set: 1920 x 1080, one pt a pixel."""

from __future__ import annotations

import re
from pathlib import Path

from vigsite.keepsake.colours import light_colours
from vigsite.keepsake.film.storyboard import Card
from vigsite.keepsake.typeset import Sheet, Speech
from vigsite.pages.shown import Subtitle

_LONG_WORD = re.compile(r"[^\W\d_]{20,}")
_SOFT_HYPHEN = "\u00ad"


def card_sheet(card: Card, speech: Speech, palette: str, site: Path) -> Sheet:
    """A card with its words, colours and picture."""
    pictures = {}
    shown = None
    if card.picture is not None:
        pictures["picture.jpg"] = site / card.picture.uri
        shown = ("picture.jpg", card.picture.width, card.picture.height)

    def say(text: str) -> dict[str, str]:
        return speech.say(_LONG_WORD.sub(_breakable, text))

    given = {
        "kind": card.kind,
        "colours": light_colours(palette),
        "heading": say(card.heading),
        "over": say(card.over),
        "under": say(card.under),
        "text": say(card.text),
        "said": [say(words) for words in card.said],
        "picture": shown,
    }
    return Sheet("card", speech, given, pictures)


def subtitle_sheet(line: Subtitle, speech: Speech) -> Sheet:
    """What is said in a clip."""
    return Sheet("subtitle", speech, {"text": speech.say(line.text)})


def _breakable(word: re.Match[str]) -> str:
    """A very long word with soft hyphens; without them the whole card would have to be tiny."""
    return _SOFT_HYPHEN.join(word[0][at : at + 8] for at in range(0, len(word[0]), 8))
