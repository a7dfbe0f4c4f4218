"""Files that a case names: inside it, regular, no links."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from pathlib import Path

from vigsite.case.faults import KeyPath, Report, Source
from vigsite.case.validate import did_you_mean
from vigsite.files.identity import identity

_ENDINGS = r"(?: ?\(\d+\)| ?- ?copy| copy)?(?:\.(?:ya?ml|txt|docx?|rtf|odt|pages))*"
_DOCUMENTS = (".doc", ".docx", ".rtf", ".odt", ".pages")


def nearly(folder: Path, name: str) -> Path | None:
    """The file that was surely meant to be notes of that name: cycle.yml.txt, cycle.yaml, …"""
    stem = re.escape(name.removesuffix(".yml"))
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        near = re.fullmatch(f"{stem}{_ENDINGS}", file.name, re.IGNORECASE)
        if near and file.name != name and file.is_file():
            return file
    return None


def how_to_name(file: Path, name: str) -> str:
    """What to do with such a file."""
    if file.suffix.lower() in _DOCUMENTS:
        return f"save it as plain text (UTF-8) under the name {name}"
    return f"rename it to {name}"


def on_disk(folder: Path, name: str) -> str:
    """A file's name as the disk has it: signs such as ü have two spellings that look the same."""
    if os.path.lexists(folder / name) or not (folder / name).parent.is_dir():
        return name
    same = unicodedata.normalize("NFC", Path(name).name)
    for other in sorted((folder / name).parent.iterdir()):
        if unicodedata.normalize("NFC", other.name) == same:
            return Path(name).with_name(other.name).as_posix()
    return name


def named_file(
    name: str,
    folder: Path,
    what: str,
    key: KeyPath,
    source: Source,
    report: Report,
    *,
    gone: bool = False,
) -> Path | None:
    """The absolute path of a file that notes in `folder` name, safe to open; else None, a fault.

    `what` says what it should be: `film`. One that was deleted on purpose (`gone`) may be missing.
    """
    file = Path(name)
    if file.is_absolute() or ".." in file.parts or "\\" in name or ":" in name:
        beside = source.file.name
        report.fault(source, key, f"found {name!r}; expected the name of a file beside {beside}")
        return None
    file = Path(on_disk(folder, name))
    path = folder / file
    steps = [folder.joinpath(*file.parts[: n + 1]) for n in range(len(file.parts))]
    if any(step.is_symlink() for step in steps):
        message = f"is {name!r}, a link; copy the {what} itself beside {source.file.name}"
        report.fault(source, key, message)
    elif not path.exists() and not gone:
        near = sorted(p.name for p in folder.iterdir() if p.is_file() and p.suffix != ".yml")
        near = [other for other in near if not other.startswith(".")]
        there = f" There is: {', '.join(near[:5])}." if near else ""
        by_letters = {other.casefold(): other for other in near}
        by_stem = {Path(other).stem.casefold(): other for other in near}
        meant = by_letters.get(name.casefold()) or by_stem.get(name.casefold())
        guess = f"did you mean {meant}?" if meant else did_you_mean(name, near)
        there = f" {guess[:1].upper()}{guess[1:]}" if guess else there
        report.fault(source, key, f"is {name!r}, but no such file is there.{there}")
    elif path.exists() and not path.is_file():
        report.fault(source, key, f"is {name!r}, which is no regular file")
    else:
        found = Path(os.path.abspath(path))
        with contextlib.suppress(FileNotFoundError):
            report.files[found] = identity(found, follow=False)
        return found
    return None
