"""Who is hosted: kept in one file that cannot open anything by itself.

It holds the names of cases, their random addresses and days; hashes of passphrases lie in the
password files alone, and a passphrase lies nowhere.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vigsite.errors import InputError
from vigsite.hosting.settings import Server, Settings
from vigsite.publish import write_whole

_FORMAT = 1
_SLUG = re.compile(r"[a-z0-9]{6,32}")
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without those that look like others on paper: l, o, 0 and 1."""


@dataclass(slots=True)
class Hosted:
    """One family."""

    slug: str
    """Its random name on the server."""
    since: str
    """The day it was first hosted."""
    until: str = ""
    """The last day of access; empty while there has been none."""
    handed: bool = False
    """Whether somebody was shown the passphrase that holds; if not, the next run makes another."""

    @property
    def last_day(self) -> dt.date | None:
        """The last day of access, if there is one."""
        return dt.date.fromisoformat(self.until) if self.until else None


@dataclass(slots=True)
class Register:
    """All families of one folder, by the names of their cases."""

    path: Path
    settings: Settings
    families: dict[str, Hosted] = field(default_factory=dict)

    def keep(self) -> None:
        """Writes it down."""
        known: dict[str, Any] = {"vigsite-hosting": _FORMAT, "server": asdict(self.settings)}
        known["families"] = {name: asdict(one) for name, one in sorted(self.families.items())}
        write_whole(self.path, json.dumps(known, indent=1) + "\n", 0o600)

    def new_slug(self) -> str:
        """A name that nobody can guess and no family has."""
        taken = {one.slug for one in self.families.values()}
        while True:
            slug = secrets.choice(_LETTERS[:23]) + "".join(
                secrets.choice(_LETTERS) for _ in range(11)
            )
            if slug not in taken:
                return slug


def read_register(path: Path) -> Register | None:
    """What was kept; None when there is nothing. Raises InputError when it cannot be read."""
    if not path.exists():
        return None
    try:
        known = json.loads(path.read_text("utf-8"))
        if known["vigsite-hosting"] != _FORMAT:
            raise ValueError("it is of another version of vigsite")
        server = Server(known["server"].pop("server"))
        families = {name: Hosted(**one) for name, one in known["families"].items()}
        for one in families.values():
            _ = one.last_day  # a day that is none is a ValueError
            if not _SLUG.fullmatch(one.slug):  # it becomes a path, and what is there is deleted
                raise ValueError(f"{one.slug!r} is no random name")
        return Register(path, Settings(server, **known["server"]), families)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"{path} cannot be read ({error}). It tells which family has which address: bring it "
            "back from a copy, or choose another --out and host everybody anew."
        ) from error
