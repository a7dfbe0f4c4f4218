"""The manifest of a pack: the SHA-256 of each of its files, as `sha256sum` writes and checks it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from vigsite.files.atomic import write_whole
from vigsite.files.identity import opened, sha256_of
from vigsite.terminal.visible import visible

MANIFEST = "MANIFEST.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What Windows and macOS leave in folders that somebody looked at."""


def write_manifest(folder: Path) -> str:
    """Writes the manifest of all that lies in `folder`; its own SHA-256."""
    text = manifest_text(hashes_of(folder))
    write_whole(folder / MANIFEST, text)
    return hashlib.sha256(text.encode()).hexdigest()


def manifest_text(hashes: Mapping[str, str]) -> str:
    """A line for each file, in the order of their names."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def hashes_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder`, by address; links, pipes and devices marked as such."""
    found = {}
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in [*files, *links]:
            path = Path(place, name)
            address = path.relative_to(folder).as_posix()
            found[address] = _hash(path)
    return found


def _hash(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "a link"
    if not stat.S_ISREG(mode):
        return "no plain file"
    with opened(path) as file:
        return sha256_of(file, path)


def faults(manifest: bytes, there: Mapping[str, str]) -> list[str]:
    """What is not as the manifest has it, a sentence each; `there` holds what is there now."""
    expected: dict[str, str] = {}
    found = []
    text = manifest.decode("utf-8", "replace")
    if not text.endswith("\n"):
        found.append(f"{MANIFEST}: its end is missing or changed")
    for number, line in enumerate(text.split("\n")[:-1], 1):
        read = _LINE.fullmatch(line)
        if read is None or read[2] in expected:
            found.append(f"{MANIFEST}: line {number} was changed")
        else:
            expected[read[2]] = read[1]
    present = {
        name: known
        for name, known in there.items()
        if name != MANIFEST and name.rsplit("/", 1)[-1] not in _DROPPINGS
    }
    found += [f"{visible(name)}: is missing" for name in sorted(expected.keys() - present.keys())]
    found += [
        f"{visible(name)}: was not packed" for name in sorted(present.keys() - expected.keys())
    ]
    found += [
        f"{visible(name)}: was changed"
        for name in sorted(expected.keys() & present.keys())
        if expected[name] != present[name]
    ]
    return found
