"""The films of a cycle: which files are safe to open, below the case's own directory."""

from __future__ import annotations

from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.cycle_model import CycleFile, Recording
from vigsite.case.faults import Report, Source
from vigsite.case.files import named_file


def safe_recordings(
    cycle: CycleFile, folder: Path, source: Source, report: Report, *, gone: bool
) -> dict[str, tuple[Path, Recording]]:
    """The recordings whose files are safe to open, by short name, with absolute paths.

    Where films were deleted on purpose (`gone`), one that is missing is no fault.
    """
    usable = {}
    for name, recording in cycle.recordings.items():
        key = ("recordings", name, "file")
        path = named_file(recording.file, folder, "film", key, source, report, gone=gone)
        if path is not None:
            usable[name] = (path, recording)
    return usable


def films_of(case: Case) -> list[tuple[Path, str]]:
    """Every recording that the case names, once, with the folder of its cycle."""
    return list(
        dict.fromkeys(
            (case.directory / cycle.folder / recording.file, cycle.folder)
            for cycle in case.cycles
            for recording in cycle.written.recordings.values()
        )
    )
