"""The film's cards and subtitles as sheets to be set: 1920 x 1080, one pt a pixel."""

from __future__ import annotations

from pathlib import Path

from vigsite.keepsake.colours import light_colours
from vigsite.keepsake.storyboard import Card
from vigsite.keepsake.typeset import Sheet, Speech
from vigsite.pages.edition import Subtitle

STRIP = (1920, 300)
"""Pixels of a subtitle's picture."""


def card_sheet(card: Card, speech: Speech, palette: str, site: Path) -> Sheet:
    """A card with its words, colours and picture."""
    pictures = {}
    shown = None
    if card.picture is not None:
        pictures["picture.jpg"] = site / card.picture.uri
        shown = ("picture.jpg", card.picture.width, card.picture.height)
    given = {
        "kind": card.kind,
        "colours": light_colours(palette),
        "heading": speech.say(card.heading),
        "over": speech.say(card.over),
        "under": speech.say(card.under),
        "text": speech.say(card.text),
        "said": [speech.say(words) for words in card.said],
        "picture": shown,
    }
    return Sheet("card", speech, given, pictures)


def subtitle_sheet(line: Subtitle, speech: Speech) -> Sheet:
    """What is said in a clip."""
    return Sheet("subtitle", speech, {"text": speech.say(line.text)})
