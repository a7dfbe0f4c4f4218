"""The films of a cycle: which files are safe to open, below the case's own directory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from vigsite.case.case import Case, Cycle
from vigsite.case.case_file import CaseFile
from vigsite.case.cycle_file import CycleFile, Recording
from vigsite.case.faults import Report, Source
from vigsite.case.named_files import named_file, on_disk


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


def as_on_disk(cycle: CycleFile, folder: Path) -> CycleFile:
    """The notes with the names of films as the disk spells them (`files.on_disk`)."""
    named = {
        name: recording.model_copy(update={"file": on_disk(folder, recording.file)})
        for name, recording in cycle.recordings.items()
    }
    return cycle.model_copy(update={"recordings": named})


def films_of(case: Case) -> list[tuple[Path, str]]:
    """Every recording that the case names, once, with the folder of its cycle."""
    return list(
        dict.fromkeys(
            (case.directory / cycle.folder / recording.file, cycle.folder)
            for cycle in case.cycles
            for recording in cycle.written.recordings.values()
        )
    )


def safe_music(
    written: CaseFile,
    directory: Path,
    cycles: Sequence[Cycle],
    hash_of: Callable[[Path], str],
    source: Source,
    report: Report,
) -> Path | None:
    """The sound file for the film, safe to open; None when there is none."""
    name, key = written.film.music, ("film", "music")
    if name is None or name.lower() == "none":
        return None
    music = named_file(name, directory, "sound file", key, source, report)
    if music is not None and _is_film(music, cycles, hash_of):
        report.fault(source, key, f"is {name!r}, a film of this case; expected music")
        return None
    return music


def _is_film(music: Path, cycles: Sequence[Cycle], hash_of: Callable[[Path], str]) -> bool:
    """Whether it lies among the films of a cycle, or is a copy of one: people would be heard."""
    if any(music.parent.name == cycle.folder for cycle in cycles):
        return True
    films = {moment.recording for cycle in cycles for moment in cycle.moments}
    size = music.stat().st_size
    alike = [film for film in films if film.is_file() and film.stat().st_size == size]
    return bool(alike) and hash_of(music) in map(hash_of, alike)
