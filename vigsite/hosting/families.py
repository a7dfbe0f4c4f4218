"""Who is hosted: kept in one file that cannot open anything by itself.

It holds the names and ids of cases, their random addresses and days; hashes of passphrases lie in
the password files alone, and a passphrase lies nowhere.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from vigsite.errors import InputError
from vigsite.files.atomic import sweep_parts
from vigsite.files.state_file import StateFile
from vigsite.hosting.settings import Settings

_VERSION = 2
"""Since 2 each family has the id of its case; before, its name alone."""
_SLUG = re.compile(r"[a-z0-9]{6,32}")
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without those that look like others on paper: l, o, 0 and 1."""


def _day_or_none(value: object) -> object:
    """Return None for an empty text, as version 1 wrote it."""
    return value or None


@dataclass(slots=True)
class Hosted:
    """One family."""

    slug: str
    """Its random name on the server."""
    since: dt.date
    """The day it was first hosted."""
    until: Annotated[dt.date | None, BeforeValidator(_day_or_none)] = None
    """The last day of access; None while there has been none."""
    handed: bool = False
    """Whether somebody was shown the passphrase that holds; if not, the next run makes another."""
    id: str = ""
    """The id of its case; empty in files of before ids, until its case was asked."""
    letter: str = ""
    """Where its letter with the passphrase was written, absolute; empty when it was shown."""
    case: str = ""
    """Where its case lies, absolute; empty in older files."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The file."""

    server: Settings
    families: dict[str, Hosted] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Register:
    """All families of one folder, by the names of their cases."""

    path: Path
    settings: Settings
    families: dict[str, Hosted] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    """Random names of families whose access was ended."""

    def keep(self) -> None:
        """Write it down."""
        sweep_parts(self.path.parent)
        families = dict(sorted(self.families.items()))
        _file(self.path).write(_Kept(self.settings, families, self.ended))

    def name_of(self, case_id: str) -> str:
        """Return the name under which the case with this id is hosted; empty when it is not."""
        return next((name for name, one in self.families.items() if one.id == case_id), "")

    def rename(self, name: str, new: str) -> None:
        """Keep a family under another name, since its case has it now."""
        self.families[new] = self.families.pop(name)

    def new_slug(self) -> str:
        """Return a name that nobody can guess and no family has."""
        taken = {*self.ended, *(one.slug for one in self.families.values())}
        while True:
            slug = secrets.choice(_LETTERS[:23]) + "".join(
                secrets.choice(_LETTERS) for _ in range(11)
            )
            if slug not in taken:
                return slug


def read_register(path: Path) -> Register | None:
    """Return what was kept; None when there is nothing. Raises StateFault."""
    file = _file(path)
    try:
        kept = file.read()
    except InputError as error:  # a domain or path that would break a configuration
        raise file.fault(str(error)) from error
    if kept is None:
        return None
    for one in kept.families.values():
        if not _SLUG.fullmatch(one.slug):  # it becomes a path, and what is there is deleted
            raise file.fault(f"{one.slug!r} is not a random name")
    return Register(path, kept.server, kept.families, kept.ended)


def letter_left(letter: str) -> str:
    """Say that the letter with a passphrase still lies where it was written; empty if not."""
    if not letter or not Path(letter).exists():
        return ""
    return f"its letter with the passphrase still lies in {letter}: delete that file"


def _file(path: Path) -> StateFile[_Kept]:
    remedy = (
        "It tells which family has which address: bring it back from a copy, or choose another "
        "--out and host everybody anew."
    )
    return StateFile(path, _Kept, _VERSION, remedy, key="vigsite-hosting")
