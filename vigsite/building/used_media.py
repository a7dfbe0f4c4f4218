"""Which finished clips and stills a case still uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from vigsite.building.examine import Examined
from vigsite.case.case import Case
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.faults import Report
from vigsite.keepsake.film.forget_withdrawn import forget
from vigsite.media.cache import Cache
from vigsite.media.library import Library
from vigsite.media.plan import plan_media
from vigsite.media.recipes.recipe import QUALITIES
from vigsite.records.case_folder import Records


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


def forget_unused(
    case: Case,
    examined: Examined,
    cache: Cache,
    library: Library,
    version: str,
    today: dt.date,
    records: Records,
) -> None:
    """Deletes what no admitted moment uses any more, pieces of the film included."""
    cache.prune(still_used(case, examined, cache, library, version, today))
    if records.film.is_dir():
        kept = still_used(case, examined, cache, library, version, today, [Edition.KEEPSAKE])
        forget(Cache(records.film), cache.hashes(kept))
