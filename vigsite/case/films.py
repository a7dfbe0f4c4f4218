"""The films of a cycle: which files are safe to open, below the case's own directory."""

from __future__ import annotations

import os
from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.cycle_model import CycleFile, Recording
from vigsite.case.faults import Report, Source


def safe_recordings(
    cycle: CycleFile, folder: Path, source: Source, report: Report, *, gone: bool
) -> dict[str, tuple[Path, Recording]]:
    """The recordings whose files are safe to open, by short name, with absolute paths.

    Where films were deleted on purpose (`gone`), one that is missing is no fault.
    """
    usable = {}
    for name, recording in cycle.recordings.items():
        key = ("recordings", name, "file")
        file = Path(recording.file)
        if (
            file.is_absolute()
            or ".." in file.parts
            or "\\" in recording.file
            or ":" in recording.file
        ):
            message = f"found {recording.file!r}; expected the name of a file beside cycle.yml"
            report.fault(source, key, message)
            continue
        path = folder / file
        steps = [folder.joinpath(*file.parts[: n + 1]) for n in range(len(file.parts))]
        if any(step.is_symlink() for step in steps):
            message = f"is {recording.file!r}, a link; copy the film itself beside cycle.yml"
            report.fault(source, key, message)
        elif not path.exists() and not gone:
            films = sorted(p.name for p in folder.iterdir() if p.is_file() and p.suffix != ".yml")
            there = f" There is: {', '.join(films[:5])}." if films else ""
            report.fault(source, key, f"is {recording.file!r}, but no such file is there.{there}")
        elif path.exists() and not path.is_file():
            report.fault(source, key, f"is {recording.file!r}, which is no regular file")
        else:
            usable[name] = (Path(os.path.abspath(path)), recording)
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
