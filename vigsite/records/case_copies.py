"""Whether the case of a folder lies in another folder as well, as a copy does.

Looked at are the folder where the record last was, and the folders beside the case.
"""

from __future__ import annotations

import os
from pathlib import Path

from vigsite.case.withdrawn import COPIES, FILE
from vigsite.errors import VigsiteError
from vigsite.files.atomic import is_left_beside
from vigsite.records.record import Record, Site
from vigsite.records.record_file import id_in, read_record
from vigsite.terminal.quoting import in_shell


def found_twice(record: Record, case_dir: Path) -> str:
    """Say that another folder holds the same case, and what to do; empty if none is found."""
    before = Path(record.case)
    beside = sorted(path for path in case_dir.parent.iterdir() if path.is_dir())
    for folder in dict.fromkeys((before, *beside)):
        if folder == case_dir or not (folder / "case.yml").is_file() or folder.samefile(case_dir):
            continue
        if is_same_case(record, folder, unclear_counts=folder == before):
            return _twice(case_dir, folder, is_copy=before != case_dir)
    return ""


def cases_around(case_dir: Path) -> list[Path]:
    """Return the other cases around a case: beside it, and in the folders beside their folder.

    Also what is left of one, if it tells what was withdrawn.
    """
    parent = case_dir.parent
    folders = _folders_in(parent)
    if len(parent.parts) > 2:  # else a whole disk would be looked through
        beside = _folders_in(parent.parent)
        folders += [*beside, *(one for folder in beside for one in _folders_in(folder))]
    signs = ("case.yml", FILE, *(f"{folder}/{FILE}" for folder in COPIES))
    return [
        folder
        for folder in dict.fromkeys(folders)
        if folder != case_dir and any(os.path.isfile(folder / sign) for sign in signs)
    ]


def what_is_taken_back(case_dir: Path) -> bytes:
    """Return what changes when something is withdrawn in a case, or that is undone."""
    return b"\0".join(_bytes_of(case_dir / folder / FILE) for folder in ("", *COPIES))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.is_file() else b""
    except OSError:
        return b"unreadable"


def _folders_in(folder: Path) -> list[Path]:
    """Return the folders in one, but for links and what vigsite itself is making or deleting."""
    try:
        with os.scandir(folder) as found:
            inside = sorted(one.name for one in found if one.is_dir(follow_symlinks=False))
    except OSError:
        return []
    return [folder / name for name in inside if not is_left_beside(name)]


def is_same_case(record: Record, folder: Path, *, unclear_counts: bool = False) -> bool:
    """Return whether the case in another folder is the one of this record.

    By the id, else by a site that both have built. `unclear_counts` answers for a case of which
    nothing is known.
    """
    if record.id and (found := id_in(folder)):
        return found == record.id
    try:
        other = read_record(folder)
    except VigsiteError:
        return unclear_counts
    if other is None or not (other.sites or other.taken_away or other.id):
        return unclear_counts and bool(record.sites or record.taken_away)
    return bool(_built(record) & _built(other))


def _built(record: Record) -> set[tuple[str, str]]:
    sites: list[Site] = [*record.sites, *record.taken_away]
    return {(site.path, site.stamp) for site in sites}


def _twice(case_dir: Path, other: Path, *, is_copy: bool) -> str:
    copy = case_dir if is_copy else other
    moved = ""
    if is_copy and other.parent != case_dir.parent:
        moved = f", or to go on in this one: vigsite record {in_shell(case_dir)} --moved"
    return (
        f"{case_dir} and {other} hold the same case, as a copy does, and vigsite cannot know which "
        "of them is meant: neither is built, packed or hosted. The same family? Move "
        f"{copy} away from here, or delete it{moved}. Another family? Then say so: vigsite record "
        f"{in_shell(copy)} --new-family."
    )
