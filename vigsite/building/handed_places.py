"""Places that somebody else gets whole: folders for a server, and packs that were made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from vigsite.errors import InputError
from vigsite.hosting.folder import Tree
from vigsite.keepsake.pack.manifest import MANIFEST


def refuse_handed_place(places: Iterable[Path]) -> None:
    """Raise InputError for a place inside a folder for a server or a pack: it would go along."""
    for place in places:
        for folder in (place.resolve(), *place.resolve().parents):
            if Tree(folder).register.is_file():
                what = "which is copied to a server"
            elif (folder / MANIFEST).is_file():
                what = "a pack that is handed over"
            else:
                continue
            raise InputError(f"{place} lies in {folder}, {what}; choose another place.")
