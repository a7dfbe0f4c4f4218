"""Finished clips and stills, kept by what they were made from and how.

An entry is a folder named by its key: SHA-256 of the recording, the recipe's arguments and
ffmpeg's version. It appears whole or not at all, and is believed only while the hashes in its
`entry.json` hold.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from vigsite.files.atomic import delete, private_folder, rename, sync_tree, write_whole
from vigsite.files.identity import sha256, text_of


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache of one case, in its `.vigsite/cache/`."""

    folder: Path

    @staticmethod
    def key(recording_sha256: str, arguments: tuple[str, ...], ffmpeg_version: str) -> str:
        """The name of an entry."""
        said = json.dumps([recording_sha256, arguments, ffmpeg_version])
        return hashlib.sha256(said.encode()).hexdigest()

    def find(self, key: str, names: Collection[str]) -> Path | None:
        """The folder of an entry that is whole; a damaged one is deleted."""
        folder = self.folder / key
        if not folder.is_dir():
            return None
        try:
            hashes = json.loads(text_of(folder / "entry.json"))
            if set(hashes) == set(names) and all(
                sha256(folder / name) == hashes[name] for name in names
            ):
                return folder
        except (OSError, ValueError):
            pass
        delete(folder)
        return None

    def keep(self, key: str, made: Path, names: Collection[str]) -> Path:
        """Takes the finished files in `made` over as an entry.

        When another machine was quicker with the same, that entry stays.
        """
        hashes = {name: sha256(made / name) for name in names}
        write_whole(made / "entry.json", json.dumps(hashes))
        sync_tree(made)
        folder = private_folder(self.folder) / key
        if self.find(key, names) is None:
            try:
                rename(made, folder)
            except OSError:
                if self.find(key, names) is None:
                    raise
        return folder

    def hashes(self, keys: Collection[str]) -> set[str]:
        """SHA-256 of every file in these entries, as far as they are there."""
        found: set[str] = set()
        for key in keys:
            with contextlib.suppress(OSError, ValueError, AttributeError):
                listed = json.loads(text_of(self.folder / key / "entry.json"))
                found.update(listed.values())
        return found

    def keys(self) -> set[str]:
        """The names of all entries."""
        return {entry.name for entry in self.folder.iterdir()} if self.folder.is_dir() else set()

    def prune(self, wanted: Collection[str]) -> int:
        """Deletes every entry that is not wanted any more; says how many."""
        gone = 0
        for entry in list(self.folder.iterdir()) if self.folder.is_dir() else []:
            if entry.name not in wanted:
                delete(entry)
                gone += 1
        return gone


def hash_in(entry: Path, name: str) -> str:
    """SHA-256 of a file in an entry's folder, as it was when the entry was made."""
    hashes: dict[str, str] = json.loads(text_of(entry / "entry.json"))
    return hashes[name]
