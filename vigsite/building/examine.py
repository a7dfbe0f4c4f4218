"""Checks a case against its recordings and plans its media. Used by check and build."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.faults import Report
from vigsite.case.load import Read
from vigsite.errors import FilmsDeleted, RecordingError
from vigsite.media.library import Library
from vigsite.media.plan import Plan, plan_media, probe_recordings
from vigsite.media.recipes.recipe import Quality
from vigsite.media.recordings.music import check_music
from vigsite.media.recordings.recording import Recording


def films_deleted(on: dt.date) -> str:
    """What it means that films were deleted on a day."""
    return (
        f"its films were deleted on {on} (with `vigsite purge`). Sites and packs that were "
        "made before stay as they are: open their pages. They cannot be made anew. For a new film, "
        "start a new case"
    )


@dataclass(frozen=True, slots=True)
class Examined:
    """A case with its plan and all that was found; both are partial while there are faults."""

    case: Case | None
    probed: dict[Path, Recording]
    plan: Plan
    report: Report


def examine(read: Read, library: Library, quality: Quality, ffmpeg_version: str) -> Examined:
    """Checks the moments of a case against its recordings.

    Raises FilmsDeleted when `vigsite purge` has deleted them.
    """
    case, report, _ = read
    if case is None:
        return Examined(None, {}, Plan({}), report)
    if case.films_deleted:
        raise FilmsDeleted(f"{case.slug}: {films_deleted(case.films_deleted)}")
    library.expect(case.files)
    probed = probe_recordings(case, library, report)
    if case.music is not None:
        try:
            with library.watched(case.music):
                check_music(case.music)
        except RecordingError as error:
            report.fault(case.source, ("film", "music"), f"names {case.music.name}, which {error}")
    plan = plan_media(case, probed, library, quality, ffmpeg_version, report)
    return Examined(case, probed, plan, report)
