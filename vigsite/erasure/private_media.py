"""Pictures and sound that lie below a case's `.vigsite/`, whatever made them, and their deletion.

All of it can be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vigsite.case.withdrawn import written_line
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.errors import VigsiteError
from vigsite.files.atomic import delete, write_whole
from vigsite.files.identity import text_of
from vigsite.records.case_folder import SHEET_FILES, Records
from vigsite.records.disposable import media_below


@dataclass(frozen=True, slots=True)
class Stretch:
    """How much lies in some places."""

    files: int
    size: int
    """In bytes."""


def remains(records: Records) -> list[Path]:
    """What is to be deleted, each a file or a whole folder: below `.vigsite/` all but words."""
    places = [*records.sheets_elsewhere(), *records.doomed_sheets()]
    sheets = (sheet / name for sheet in places for name in SHEET_FILES)
    return [*media_below(records.folder), *(file for file in sheets if file.is_file())]


def measure(places: Sequence[Path]) -> Stretch:
    """Files and bytes in these places; nothing behind a link is counted."""
    files = size = 0
    for place in places:
        walked = os.walk(place) if place.is_dir() and not place.is_symlink() else []
        names = [Path(at, name) for at, _, found in walked for name in found] or [place]
        for path in names:
            seen = path.lstat()
            files, size = files + 1, size + seen.st_size
    return Stretch(files, size)


def delete_all(places: Sequence[Path], how: Callable[[Path], None] = delete) -> None:
    """Deletes each place, also when another cannot be deleted; then raises VigsiteError."""
    failed = []
    for place in places:
        try:
            if place.is_symlink():
                failed.append(
                    f"{place} is a link to {os.readlink(place)}, and vigsite deletes nothing "
                    "behind a link. Delete what is there yourself, then the link."
                )
            else:
                how(place)
        except VigsiteError as error:
            failed.append(str(error))
    if failed:
        raise VigsiteError("\n".join(failed))


def unfinished(records: Records, withdrawn: Sequence[Withdrawal]) -> bool:
    """Whether something was withdrawn, and not all media below `.vigsite/` deleted since."""
    return any(line.moment or line.person for line in withdrawn) and not finished(
        records, withdrawn
    )


def finished(records: Records, withdrawn: Sequence[Withdrawal]) -> bool:
    """Return whether all media below `.vigsite/` were deleted since the last of these lines.

    Contact sheets that could not be reached then and can be now are still to be deleted.
    """
    if any(sheet.exists() for sheet in records.doomed_sheets()):
        return False
    try:
        known = json.loads(text_of(records.swept))
        return bool(known["withdrawn"] == stamp_of(withdrawn))
    except (OSError, ValueError, TypeError, KeyError):
        return False


def keep_finished(records: Records, withdrawn: Sequence[Withdrawal]) -> None:
    """Remember that nothing is left to be deleted of what these lines withdraw."""
    write_whole(records.swept, json.dumps({"withdrawn": stamp_of(withdrawn)}))


def finish(records: Records, withdrawn: Sequence[Withdrawal]) -> Iterator[str]:
    """Deletes all media below `.vigsite/` if a withdrawal is unfinished; yields what it did."""
    if not unfinished(records, withdrawn):
        return
    places = remains(records)
    found = measure(places)
    delete_all(places)
    records.forget_sheets()
    keep_finished(records, withdrawn)
    if found.files:
        yield (
            f"finished clips, contact sheets and temporary files deleted ({said(found)}), since "
            "something was withdrawn; the next build makes anew what is still shown"
        )


def said(found: Stretch) -> str:
    """`3 files, 1.2 MB`."""
    noun = "file" if found.files == 1 else "files"
    return f"{found.files} {noun}, {found.size / 1e6:.1f} MB"


def stamp_of(withdrawn: Iterable[Withdrawal]) -> str:
    """Return a hash over the moments and persons that lines withdraw."""
    lines = sorted({written_line(line) for line in withdrawn if line.moment or line.person})
    return hashlib.sha256("".join(lines).encode()).hexdigest()
