"""What a pack is asked for, and what it answers. Light: imports no library."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vigsite.building.request import Built, Wish
from vigsite.records.site_folders import PACKS

if TYPE_CHECKING:
    from vigsite.case.case_file import Form


@dataclass(frozen=True, slots=True)
class PackWish:
    """What a pack is asked for."""

    form: Form
    build: Wish
    """How and where the keepsake is built that it is made from."""
    out: Path = Path(PACKS)
    stick: Path | None = None
    """The drive or folder it is copied to."""
    whom: str | None = None


@dataclass(slots=True)
class Packed:
    """What was made."""

    slug: str
    target: Path
    sha256: str = ""
    """As in the register."""
    size: int = 0
    unchanged: bool = False
    passphrase: str = ""
    """Of a locked pack, for the terminal alone."""
    contents: tuple[str, ...] = ()
    """Names of what lies in it."""
    sentences: list[str] = field(default_factory=list)
    built: Built | None = None
