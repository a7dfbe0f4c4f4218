"""Frames around a time of a recording, to choose a still from: an HTML page and a JPEG.

For the practitioner alone: it shows whatever was filmed, so it lies in the case's private folder
unless another place is named.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from vigsite.building.examine import films_deleted
from vigsite.building.handed_places import refuse_handed_place
from vigsite.building.open_case import open_case
from vigsite.case.case import Case, Cycle
from vigsite.case.faults import CaseFaults
from vigsite.case.timecode import Span, format_time, minutes_instead, parse_time
from vigsite.case.validate import did_you_mean
from vigsite.case.withdrawn import spans_withdrawn
from vigsite.erasure.private_media import stamp_of
from vigsite.errors import FilmsDeleted, InputError, RecordingError
from vigsite.files.atomic import delete, private_folder, staging_for, swap_in
from vigsite.files.private_mark import mark_files
from vigsite.media.library import Library
from vigsite.media.recordings.recording import Recording
from vigsite.media.recordings.remarks import remarks_on
from vigsite.media.recordings.sharpness import arrange
from vigsite.records.case_folder import SHEET_FILES, Records
from vigsite.resources import PACKAGE

_TEMPLATES = PACKAGE / "pages" / "templates"
_WIDTH = 480
PAGE, SHEET = SHEET_FILES


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame to choose."""

    time: str
    """The time to write in cycle.yml, rounded up to the millisecond on which it is on screen."""
    picture: str
    """As a `data:` address."""
    asked: bool
    """Whether it is on screen at the time that was asked for."""
    sharpest: bool


def make_contact_sheet(
    given: Path,
    cycle_name: str,
    time: str,
    of: str | None,
    within_ms: int,
    out: Path | None,
    said: Callable[[str], None],
    step: Callable[[str, float], None],
) -> Path:
    """Writes the page and the JPEG; returns the page. `step` is told how far a film is read.

    Sites that consent no longer allows go first; `said` is told of them.
    Raises InputError for a cycle, recording or time that is not there, and CaseFaults when the
    case cannot be read.
    """
    try:
        time_ms = parse_time(time)
    except ValueError as error:
        raise InputError(f"TIME: {error}.") from None
    if out:
        refuse_handed_place([out])
    with open_case(given, dt.date.today(), said, step=step) as opened:
        records, library, read = opened.records, opened.library, opened.read
    if read.case is None or read.ledger is None:  # nobody can tell what was withdrawn
        raise CaseFaults(read.report.faults)
    if read.case.films_deleted:
        raise FilmsDeleted(f"{read.case.slug}: {films_deleted(read.case.films_deleted)}")
    cycle = _cycle(read.case, cycle_name)
    path = read.case.directory / cycle.folder / cycle.written.recordings[_film(cycle, of)].file
    library.expect(read.case.files)
    try:
        recording = library.probe(path)
    except RecordingError as error:
        raise InputError(f"{path} {error}.") from error
    if time_ms >= recording.duration_ms:
        lasts = format_time(recording.duration_ms)
        raise InputError(
            f"TIME: {format_time(time_ms)} is after the end; {path.name} lasts {lasts}."
        )
    other_ms = minutes_instead(time)
    if other_ms is not None and other_ms < recording.duration_ms:
        said(
            f"TIME: {time} is read as {format_time(time_ms)}. If {format_time(other_ms)} is meant, "
            "write that."
        )
    with records.locked():
        name = f"{cycle.folder}-{format_time(time_ms).replace(':', 'm')}s"
        target = (out.resolve() if out else private_folder(records.contact_sheets)) / name
        _refuse_foreign(target, records)
        asked = Span(max(0, time_ms - within_ms), time_ms + within_ms + 1)
        taken_back = spans_withdrawn(read.case, path, asked, library)
        if out:
            records.remember_sheet(target)
        staging = staging_for(target)
        try:
            _write(staging, path, recording, library, time_ms, within_ms, taken_back)
            mark_files(staging, records.known().id, stamp_of(read.ledger.withdrawn))
            swap_in(staging, target)
        finally:
            delete(staging)
    return target / PAGE


def _write(
    folder: Path,
    path: Path,
    recording: Recording,
    library: Library,
    time_ms: int,
    within_ms: int,
    taken_back: Sequence[Span],
) -> None:
    cut = recording.around(time_ms, within_ms)
    with library.glimpses(path, recording, cut, _WIDTH) as (made, best):
        numbers, pictures = [], []
        for number, picture in made.items():
            ms = recording.time_of(number)
            if not any(span.start_ms <= ms < span.end_ms for span in taken_back):
                numbers.append(number)
                pictures.append(picture)
        if not numbers:
            raise InputError(
                f"TIME: all around {format_time(time_ms)} was withdrawn; look at another time."
            )
        frames = [
            Frame(
                format_time(recording.time_of(number)),
                "data:image/jpeg;base64," + base64.b64encode(picture.read_bytes()).decode(),
                number == recording.frame_at(time_ms),
                number == best,
            )
            for number, picture in zip(numbers, pictures, strict=True)
        ]
        sheet = arrange(pictures, [frame.time for frame in frames])
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    page = environment.get_template("contact_sheet.html.j2").render(
        frames=frames,
        film=path.name,
        asked=format_time(time_ms),
        sheet=SHEET,
        remarks=[f"{path.name} {remark}." for remark in remarks_on(recording)],
    )
    (folder / PAGE).write_text(page, encoding="utf-8")  # staged
    (folder / SHEET).write_bytes(sheet)  # staged


def _refuse_foreign(target: Path, records: Records) -> None:
    """Never replaces what is not a contact sheet, nor one of another family."""
    if any((place / "assets" / "vig").is_dir() for place in target.parents):
        raise InputError(
            f"{target.parent} lies in a site that may be handed on, and nothing is blurred in a "
            "contact sheet. Choose another --out."
        )
    if target.exists() and {entry.name for entry in target.iterdir()} - {PAGE, SHEET}:
        raise InputError(
            f"{target} holds other files, so nothing was put there. Choose another --out."
        )
    inside = target.is_relative_to(records.contact_sheets)
    if target.exists() and not inside and target not in records.sheets_elsewhere():
        raise InputError(
            f"{target} is a contact sheet that this case did not make, perhaps of another family, "
            "so nothing was put there. Choose another --out."
        )


def _cycle(case: Case, name: str) -> Cycle:
    """The cycle of that folder or number."""
    for cycle in case.cycles:
        if name.rstrip("/\\") in (cycle.folder, str(cycle.number)):
            return cycle
    there = ", ".join(cycle.folder for cycle in case.cycles) or "none yet"
    guess = did_you_mean(name, [cycle.folder for cycle in case.cycles])
    expected = guess or f"expected one of the cycles: {there}."
    raise InputError(f"CYCLE: found {name!r}; {expected}")


def _film(cycle: Cycle, of: str | None) -> str:
    films = list(cycle.written.recordings)
    if of is None and len(films) == 1:
        return films[0]
    if of in films:
        return str(of)
    found = f"found {of!r}" if of else f"{cycle.folder} has several recordings"
    raise InputError(f"--of: {found}; name one of: {', '.join(films)}.")
