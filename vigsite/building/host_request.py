"""What `vigsite host` is asked for, who watches it, and what a family has then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.building.request import Built, Wish
from vigsite.errors import VigsiteError


@dataclass(frozen=True, slots=True)
class Order:
    """What `vigsite host` is asked for."""

    out: Path
    cases: tuple[Path, ...] = ()
    revoke: tuple[str, ...] = ()
    """Cases, or only their names, since a case may be gone already."""
    until: dt.date | None = None
    settings: dict[str, str | int] = field(default_factory=dict)
    """Fields of Settings that were given; the others stay as they are."""
    letters: Path | None = None
    rotate: bool = False
    """Whether the named families get new passphrases."""
    same_family: tuple[str, ...] = ()
    """Names of which somebody says that the register's entry is that case's."""
    wish: Wish = field(default_factory=Wish)
    """How their sites are built."""

    @property
    def today(self) -> dt.date:
        """The day access begins and consent is asked for."""
        return self.wish.today or dt.date.today()


@dataclass(frozen=True, slots=True)
class Access:
    """What one family has now."""

    name: str
    address: str
    until: dt.date
    passphrase: str = ""
    """New ones only; it is written down nowhere."""
    letter: Path | None = None
    touched: bool = True
    """Whether anything of the family changed."""
    sentences: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """Who builds a site, who hears of it, and who hands over a passphrase."""

    build: Callable[[Path, Wish], Built]
    said: Callable[[str], None]
    failed: Callable[[Path, VigsiteError], None]
    hand_over: Callable[[Access], None]
