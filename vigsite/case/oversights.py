"""What is easily overlooked in a case, and stops nothing: a film twice, a film left aside, days
that cannot be right, a cycle without moments."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from vigsite.case.case import Cycle
from vigsite.case.case_file import CaseFile
from vigsite.case.faults import KeyPath, Report, Source
from vigsite.terminal.quoting import in_shell

_FILMS = (
    *(".3gp", ".asf", ".avi", ".dv", ".flv", ".m2t", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4"),
    *(".mpeg", ".mpg", ".mts", ".mxf", ".ogv", ".qt", ".ts", ".vob", ".webm", ".wmv"),
)
"""How names of films end."""


def notice_oversights(
    directory: Path,
    written: CaseFile,
    source: Source,
    cycles: Sequence[Cycle],
    hash_of: Callable[[Path], str],
    report: Report,
) -> None:
    """A notice for each; films are compared by their content where they are of one size."""
    music = {directory / written.film.music} if written.film.music else set()
    _aside(directory, music, "case.yml", report)
    for cycle in cycles:
        folder = directory / cycle.folder
        named = {folder / recording.file for recording in cycle.written.recordings.values()}
        _aside(folder, named, "cycle.yml", report)
        if not cycle.written.moments and any(other.written.moments for other in cycles):
            report.notice(cycle.source, (), "has no moments yet, so its film is shown nowhere")
    _films_twice(directory, cycles, hash_of, report)
    _days(written, source, cycles, report)


def _aside(folder: Path, named: set[Path], notes: str, report: Report) -> None:
    """A film in a folder that its notes do not name."""
    for file in sorted(folder.iterdir()):
        film = file.suffix.lower() in _FILMS and not file.name.startswith(".")
        if film and file not in named and file.is_file():
            message = f"is not named in {notes}, so nothing is shown of it"
            use = "name it there under `recordings`"
            if notes == "case.yml":
                use = f"make it a cycle: vigsite add {in_shell(folder)} {in_shell(file)}"
            report.notice(Source(file), (), f"{message}; take it away, or {use}")


def _films_twice(
    directory: Path, cycles: Sequence[Cycle], hash_of: Callable[[Path], str], report: Report
) -> None:
    """One film under two names, as when a cycle's folder was copied or a film added again."""
    sizes: dict[int, list[tuple[Path, Cycle]]] = {}
    for cycle, name, film in _films(directory, cycles, report):
        size = film.stat().st_size
        for other, where in sizes.get(size, ()):
            if other == film or hash_of(other) == hash_of(film):
                beside = f"{where.folder}/{other.relative_to(directory / where.folder)}"
                message = f"is the same film as {beside}; if that is a mistake, take one away"
                report.notice(cycle.source, ("recordings", name, "file"), message)
                break
        sizes.setdefault(size, []).append((film, cycle))


def _films(
    directory: Path, cycles: Sequence[Cycle], report: Report
) -> Iterator[tuple[Cycle, str, Path]]:
    """The films that are safe to open."""
    for cycle in cycles:
        for name, recording in cycle.written.recordings.items():
            film = directory / cycle.folder / recording.file
            if Path(os.path.abspath(film)) in report.files and film.is_file():
                yield cycle, name, film


def _days(written: CaseFile, source: Source, cycles: Sequence[Cycle], report: Report) -> None:
    """Days that are still to come, and films that are not in the order of their cycles."""
    today = dt.date.today()
    days: list[tuple[Source, KeyPath, dt.date]] = [
        (source, ("goals", name, "since"), goal.since) for name, goal in written.goals.items()
    ]
    for number, line in enumerate(written.consent):
        if line.withdrawn and line.withdrawn > today:
            message = (
                f"is {line.withdrawn}, still to come, so until then they agree; correct it if it "
                "is mistyped"
            )
            report.notice(source, ("consent", number, "withdrawn"), message)
    for cycle in cycles:
        days.append((cycle.source, ("filmed",), cycle.written.filmed))
        if cycle.written.review is not None:
            days.append((cycle.source, ("review", "held"), cycle.written.review.held))
    for place, path, day in days:
        if day > today:
            report.notice(place, path, f"is {day}, still to come; correct it if it is mistyped")
    for before, after in pairwise(cycles):
        if after.written.filmed < before.written.filmed:
            message = (
                f"is {after.written.filmed}, before {before.folder} was filmed on "
                f"{before.written.filmed}; correct the day, or renumber the folders"
            )
            report.notice(after.source, ("filmed",), message)
