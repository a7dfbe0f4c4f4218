"""What a case keeps between runs, how much of it is still used, and what can be deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from vigsite.building.examine import Examined, examine
from vigsite.building.open_case import open_case
from vigsite.case.case import Case
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.faults import Report
from vigsite.errors import CaseFaults
from vigsite.files.atomic import sweep
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.library import Library
from vigsite.media.plan import plan_media
from vigsite.media.recipes.recipe import FULL, QUALITIES


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


def still_used(
    case: Case,
    examined: Examined,
    cache: Cache,
    library: Library,
    version: str,
    today: dt.date,
    editions: Collection[Edition] = tuple(Edition),
) -> set[str]:
    """The entries of the cache that a moment admitted to an edition uses, in any quality."""
    names = {name for edition in editions for name in admit(case, edition, today).names}
    wanted = {job.key for job in examined.plan.jobs(names)}
    for quality in QUALITIES.values():
        if cache.keys() <= wanted:
            break
        plan = plan_media(case, examined.probed, library, quality, version, Report())
        wanted |= {job.key for job in plan.jobs(names)}
    return wanted


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
