"""Every sentence that pages, decks and packs say by themselves, from the catalogues."""

from __future__ import annotations

import re
from functools import lru_cache

from vigsite.pages.words import CATALOGUES, DOMAIN, Words

_ELSEWHERE = (
    *("Our film.mp4", "Our album.pdf", "START HERE.html", "For your phone"),
    "one-two-three-four-five-six",
)
"""Names of what lies beside the pages in a pack, and the example of a passphrase in its note."""


def own_sentences(words: Words) -> tuple[str, ...]:
    """Every sentence that pages, packs and decks say by themselves; `|` is what is filled in."""
    return (*_messages(), *_ELSEWHERE, *_translated(str(words.locale), words.locale.language))


def every_sentence() -> tuple[str, ...]:
    """The same in every language that there is."""
    languages = sorted(path.name for path in CATALOGUES.iterdir() if path.is_dir())
    found = [text for language in languages for text in _translated(language, language)]
    return (*_messages(), *_ELSEWHERE, *found)


@lru_cache(maxsize=1)
def _messages() -> tuple[str, ...]:
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{DOMAIN}.pot").open("rb") as file:
        return tuple(text for message in read_po(file) for text in _texts(message.id))


@lru_cache(maxsize=32)
def _translated(locale: str, language: str) -> tuple[str, ...]:
    from babel.messages.mofile import read_mo

    for name in (locale, language):
        file = CATALOGUES / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
        if file.is_file():
            with file.open("rb") as opened:
                return tuple(text for message in read_mo(opened) for text in _texts(message.string))
    return ()


def _texts(message: str | list[str] | tuple[str, ...] | None) -> list[str]:
    parts = [message] if isinstance(message, str) else list(message or ())
    return [re.sub(r"%\(\w+\)[sd]|\{\w+\}", "|", part) for part in parts if part]
