"""From one value to the words that would give it away."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from vigsite.audit.search.matcher import Secret, plain_words
from vigsite.language.name_matching import SPACELESS

RUN = 5
"""Words in a row that give a text away."""
_RUN_LETTERS = 10
_SPACELESS_RUN = 10
"""Characters in a row, where words stand without spaces."""
_RATED = ("rating", "ratings", "rated", "score", "scored", "baseline")
_SIGNS = (": ", " – ", " (")
_PUBLIC = {".mp4", ".jpg"}


def named(name: str, origin: str) -> list[Secret]:
    """A name as a whole, and each part of it that is a word of four letters or more."""
    parts = [part for part in re.split(r"[\s\-‐‑]+", name) if len(part) >= 4 and part.isalpha()]
    if [name] == parts:
        parts = []
    return [Secret(name, origin, name=True), *(Secret(part, origin, name=True) for part in parts)]


def cut_up(text: str, origin: str) -> list[Secret]:
    """A text as a whole, if it says enough, and every five words of it that stand in a row."""
    words = [word for word in text.split() if plain_words(word).strip()]
    letters = len(plain_words(text).replace(" ", ""))
    found = []
    if letters >= 8 or len(words) >= 3 or (len(words) == 1 and letters >= 5):
        found.append(Secret(" ".join(words), origin))
    for first in range(len(words) - RUN + 1):
        run = " ".join(words[first : first + RUN])
        if len(plain_words(run).replace(" ", "")) >= _RUN_LETTERS:
            found.append(Secret(run, origin))
    if SPACELESS.search(text):
        bare = "".join(text.split())
        for first in range(len(bare) - _SPACELESS_RUN + 1):
            found.append(Secret(bare[first : first + _SPACELESS_RUN], origin))
    return found


def filed(name: str, origin: str) -> list[Secret]:
    """A file's name, with and without its ending."""
    path = PurePosixPath(name)
    found = []
    if path.suffix.lower() not in _PUBLIC or len(plain_words(path.stem)) > 12:
        found.append(Secret(path.name, origin) if path.suffix else Secret(name, origin))
    if len(path.stem) >= 5:
        found.append(Secret(path.stem, origin))
    return [secret for secret in found if len(plain_words(secret.text).strip()) >= 5]


def dated(day: dt.date, written: str, origin: str) -> list[Secret]:
    """A day, as files write it, as the pages would, and as people do."""
    forms = (day.isoformat(), written, f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%Y%m%d}")
    return [Secret(form, origin) for form in dict.fromkeys(forms)]


def rated(value: int, about: tuple[str, str], origin: str) -> list[Secret]:
    """A rating beside its goal (`about`: short name, question) or by itself, and its chart."""
    goal, question = about
    return [
        Secret(f"{goal} {value}", origin),
        *(Secret(f"{question}{sign}{value}", origin, literal=True) for sign in _SIGNS),
        *(Secret(f"{word} {value}", origin) for word in _RATED),
        Secret(f"{value}/10", origin, literal=True),
        Secret(f"{value} out of 10", origin),
        Secret("vig-chart", origin, literal=True),
    ]
