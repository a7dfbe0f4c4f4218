"""The letter with which a family opens its page: one sheet, in the family's own language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import jinja2

from vigsite.hosting.families import Register
from vigsite.hosting.settings import USER
from vigsite.pages.words import words_for
from vigsite.resources import PACKAGE

_TEMPLATES = PACKAGE / "pages" / "templates"


@dataclass(frozen=True, slots=True)
class Sender:
    """What a letter takes from the case: nobody's name in the family, and nothing of the films."""

    language: str
    practitioner: str
    contact: str


def letter(sender: Sender, address: str, passphrase: str, until: dt.date) -> str:
    """A whole page of HTML, to print; it asks for nothing from elsewhere."""
    words = words_for(sender.language)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    return environment.get_template("letter.html.j2").render(
        words=words,
        address=address,
        user=USER,
        passphrase=passphrase,
        until=until,
        practitioner=words.setting.within(sender.practitioner),
        contact=words.setting.within(sender.contact),
    )


def letter_place(name: str, folder: Path, register: Register) -> Path:
    """Return where a letter goes: over the family's own of before, and over no other file.

    A family of another folder for a server may have the same name.
    """
    own = register.families[name].letter if name in register.families else None
    number, place = 1, (folder / f"{name}.html").resolve()
    while place.exists() and str(place) != own:
        number += 1
        place = (folder / f"{name}-{number}.html").resolve()
    return place
