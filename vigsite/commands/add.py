"""From a film to a cycle of a case: a copy of it, with a commented cycle.yml beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vigsite.building.examine import films_deleted
from vigsite.building.open_case import OpenCase, open_case
from vigsite.case.case import Case
from vigsite.case.faults import CaseFaults
from vigsite.case.load import find_case
from vigsite.case.recordings import films_of
from vigsite.case.starter_files import cycle_text, next_cycle_folder, short_name
from vigsite.erasure.neighbours import cases_with_film
from vigsite.errors import FilmsDeleted, InputError, RecordingError
from vigsite.files.atomic import could_not, delete, staging_for, swap_in
from vigsite.files.identity import changed, identity, opened, sha256, sha256_of
from vigsite.media.recordings.filming_day import filmed_on
from vigsite.media.recordings.probe import probe
from vigsite.media.recordings.remarks import remarks_on

_OF_THEM = (
    "If it is that family's, delete the new folder: nothing else would notice that it is here."
)


@dataclass(frozen=True, slots=True)
class Added:
    """A new cycle."""

    folder: Path
    filmed: dt.date
    told: bool
    """Whether anybody told that day, the film itself or who added it; else it is the file's."""
    remarks: tuple[str, ...]
    """What is worth saying of the film, in sentences."""


def add_film(
    given: Path,
    film: Path,
    setting: str,
    filmed: dt.date | None,
    said: Callable[[str], None],
    step: Callable[[str, float], None],
    *,
    top_up: bool,
) -> Added:
    """Adds a film as the next cycle. Sites that consent no longer allows go first; `said` is told.
    `step` is told what it is at, and which share of that is done.

    Raises InputError when the film cannot be used, CaseFaults when case.yml has faults, and
    VigsiteError when it could not be copied; then nothing is left of it.
    """
    directory = find_case(given)
    if not film.is_file():
        raise InputError(f"{film}: no such film. Name the file as it lies on this computer.")
    film = film.resolve()
    try:
        seen = identity(film)
        recording = probe(film, partial(step, "looking through it"))
    except RecordingError as error:
        raise InputError(f"{film} {error}.") from error
    today = dt.date.today()
    known = filmed or filmed_on(film, today)
    day = known or dt.date.fromtimestamp(film.stat().st_mtime)
    source = "as you said" if filmed else "from the film" if known else "of the file"
    with open_case(given, today, said) as this:
        case = _readable(this)
        people = list(case.written.family.people)
        remarks = [*_same_film(case, film), *_day_remarks(case, day)]
        usual = "top-up" if top_up else "film"
        slug = short_name(setting, otherwise=usual) if setting else usual
        folder = directory / next_cycle_folder(directory, slug)
        suffix = film.suffix.lower()
        name = slug + (suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ".mp4")
        staging = staging_for(folder)
        try:
            with opened(film, seen) as reading, (staging / name).open("xb") as writing:  # staged
                sha = sha256_of(reading, film, partial(step, "copying it"), writing)
            text = cycle_text(name, day, source, setting, people, recording.duration_ms, top_up)
            (staging / "cycle.yml").write_text(text, encoding="utf-8")  # staged
            if identity(film, follow=False) != seen:
                raise changed(film)
            swap_in(staging, folder)
            this.library.learn(folder / name, sha, recording)
            others = cases_with_film(this.records.case_dir, folder / name, sha, this.library)
            remarks += [f"{other} has this film, too. {_OF_THEM}" for other in others]
        except OSError as error:
            raise could_not("copy the film to", folder, error) from error
        finally:
            delete(staging)
    remarks = [*(f"{name} {remark}." for remark in remarks_on(recording)), *remarks]
    return Added(folder, day, known is not None, tuple(remarks))


def _same_film(case: Case, film: Path) -> Iterator[str]:
    """Say where the case has the same film already."""
    size = film.stat().st_size
    for other, folder in films_of(case):
        if other.is_file() and other.stat().st_size == size and sha256(other) == sha256(film):
            yield (
                f"The case has this film already, as {folder}/{other.name}. If it was added twice "
                "by mistake, delete the new folder."
            )


def _day_remarks(case: Case, day: dt.date) -> Iterator[str]:
    """Say where the day cannot be right."""
    last = max(case.cycles, key=lambda cycle: cycle.number, default=None)
    if day > dt.date.today():
        yield f"It was filmed on {day}, still to come; correct `filmed` if it is mistyped."
    elif last is not None and day < last.written.filmed:
        yield (
            f"It was filmed on {day}, before the film of {last.folder} ({last.written.filmed}); "
            "correct `filmed`, or renumber the folders."
        )


def _readable(this: OpenCase) -> Case:
    """The case, whose case.yml has no fault and whose films were not deleted."""
    read = this.read
    mine = [fault for fault in read.report.faults if fault.file == this.directory / "case.yml"]
    if read.case is None or mine:
        raise CaseFaults(mine or read.report.faults)
    if read.case.films_deleted:
        raise FilmsDeleted(f"{read.case.slug}: {films_deleted(read.case.films_deleted)}")
    return read.case
