"""Every word that pages say by themselves: catalogues, templates and the theme's frame."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from vigsite.pages.words import CATALOGUES, DOMAIN, Words
from vigsite.resources import resource_root

_TEMPLATES = Path(__file__).parent / "templates"
_ELSEWHERE = ("Our film.mp4", "Our album.pdf", "START HERE.html", "For your phone")
"""Names of what lies beside the pages in a pack."""
_CODE = re.compile(r"\{#.*?#\}", re.S)


def own_words(words: Words) -> list[str]:
    """All of them, in English and in the language of `words`."""
    return [*_sources(), *_translated(str(words.locale), words.locale.language)]


@lru_cache(maxsize=1)
def _sources() -> tuple[str, ...]:
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{DOMAIN}.pot").open("rb") as file:
        found = [text for message in read_po(file) for text in _texts(message.id)]
    files = [*_TEMPLATES.glob("*.j2"), *(resource_root() / "theme").rglob("*.html")]
    found += [_CODE.sub(" ", file.read_text("utf-8")) for file in files]
    return (*found, *_ELSEWHERE)


@lru_cache(maxsize=8)
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
