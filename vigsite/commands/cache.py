"""What a case keeps between runs, how much of it is still used, and what can be deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vigsite.building.examine import examine
from vigsite.building.open_case import open_case
from vigsite.building.used_media import still_used
from vigsite.case.faults import CaseFaults
from vigsite.files.atomic import sweep
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.recipes.recipe import FULL


@dataclass(frozen=True, slots=True)
class Stock:
    """The finished clips and stills of one case, and other things that can be made again."""

    slug: str
    entries: int
    used: int
    size: int
    """In bytes."""
    used_size: int
    other_size: int
    """Of the film's pieces, contact sheets, previews and remains, in bytes."""
    sheets_elsewhere: tuple[Path, ...]
    """Contact sheets that a person had written to another place."""


def take_stock(
    given: Path, said: Callable[[str], None], *, prune: bool, today: dt.date | None = None
) -> Stock:
    """Counts what a case keeps; deletes what no moment uses when asked to.

    Sites that consent no longer allows go first; `said` is told of them.
    Raises CaseFaults when the case cannot be read whole, since then nothing tells what is used.
    """
    day = today or dt.date.today()
    with open_case(given, day, said, keep=False) as opened:
        records, library = opened.records, opened.library
        version = records.ffmpeg_version(ffmpeg.program(), ffmpeg.version)
        examined = examine(opened.read, library, FULL, version)
        if examined.case is None or examined.report.faults:
            raise CaseFaults(examined.report.faults)
        cache = Cache(records.folder / "cache")
        used = still_used(examined.case, examined, cache, library, version, day) & cache.keys()
        others = (records.scratch, records.contact_sheets, records.previews, records.film)
        stock = Stock(
            slug=records.case_dir.name,
            entries=len(cache.keys()),
            used=len(used),
            size=_size(cache.folder),
            used_size=sum(_size(cache.folder / key) for key in used),
            other_size=sum(_size(folder) for folder in others),
            sheets_elsewhere=tuple(one for one in records.sheets_elsewhere() if one.exists()),
        )
        if prune:
            cache.prune(used)
            for folder in others:
                sweep(folder)
        return stock


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
