"""What was taken back: which moments stay out, and what the ledger makes of it.

A moment stays out while a line of withdrawn.yml names it, or names a part of the same recording
(by the hash of its content, or by its frames in another file) that it shows. So a new name, a
renamed or converted film, or an old cycle.yml from a backup brings nothing back. `agreed_again` in
cycle.yml lifts the lines of earlier days; a line that `lifts` another one, written by
`vigsite withdraw --undo`, ends that one at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from vigsite.case.case import Case, KeptOut, Moment
from vigsite.case.case_file import Consent
from vigsite.case.cycle_file import MomentEntry, Near
from vigsite.case.editions import Purpose
from vigsite.case.faults import Report, Source
from vigsite.case.frames import FramePrint, shifted
from vigsite.case.strict_yaml import read_notes
from vigsite.case.timecode import Span, format_time
from vigsite.case.validate import validate
from vigsite.case.withdrawn_file import Lifted, Withdrawal, WithdrawnFile
from vigsite.files.identity import sha256

FILE = "withdrawn.yml"
COPIES = (".vigsite", "record")
"""Folders of the case that hold a copy, in case the file gets lost or an old one comes back."""
HEAD = """\
# What was taken back in this case. Written by vigsite alone; lines are only ever added.
# Please leave this file as it is and keep it with the case: while it is here, no backup and no
# copied line brings back what a family has withdrawn.
withdrawn:
"""
_NO_LINES = re.compile(r"^withdrawn:[ \t]*\[[ \t]*\][ \t]*$", re.M)
"""An empty list, behind which no line can be added."""
_AROUND_A_STILL_MS = 500
"""Pictures so near to a withdrawn still show the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a moment lies in a recording."""

    name: str
    """The moment's name outside its cycle."""
    spans: tuple[Span, ...]
    recording: str = ""
    """SHA-256 of the recording; empty when nothing tells."""
    agreed_again: dt.date | None = None


def shown_spans(entry: MomentEntry) -> tuple[Span, ...]:
    """The stretches of its recording that a moment shows, or may show for a `near` still."""
    if entry.clip is not None:
        return (entry.clip,)
    if isinstance(entry.still, Near):
        around = entry.still
        return (Span(max(0, around.near - around.within), around.near + around.within + 1),)
    times = entry.stills or ([] if entry.still is None else [entry.still])
    return tuple(Span(time, time + 1) for time in times)


def withdrawn_spans(entry: MomentEntry) -> list[Span]:
    """The stretches that go with a withdrawn moment: of a still also its near neighbours."""
    if entry.clip is not None:
        return [entry.clip]
    return [_around(span) for span in shown_spans(entry)]


def around_stills(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same of stretches that a site remembers: what is one instant long was a still."""
    return tuple(_around(s) if s.end_ms - s.start_ms <= 1 else s for s in spans)


def _around(span: Span) -> Span:
    wide = _AROUND_A_STILL_MS
    return Span(max(0, span.start_ms - wide), span.end_ms + wide)


class Films(Protocol):
    """Knows the recordings of a case; asked only when that decides."""

    def hash_of(self, path: Path) -> str:
        """SHA-256 of a recording."""

    def shift_in(self, path: Path, span: Span, frames: Sequence[FramePrint]) -> int | None:
        """By how many milliseconds it shows these frames later, if around a stretch; else None."""


class OnlyHashed:
    """Knows recordings by their hashes alone."""

    def hash_of(self, path: Path) -> str:
        """SHA-256 of a recording."""
        return sha256(path)

    def shift_in(self, _path: Path, _span: Span, _frames: Sequence[FramePrint]) -> int | None:
        """None."""
        return None


def keeping_out(
    withdrawn: Iterable[Withdrawal],
    place: Place,
    spans_of: Callable[[Withdrawal], Iterable[Span]],
) -> Withdrawal | None:
    """The newest line that keeps a moment out.

    `spans_of` tells where what a line took back lies in the moment's recording; it is asked only
    when that decides.
    """
    found = [
        line
        for line in withdrawn
        if line.moment is not None
        and not (place.agreed_again and place.agreed_again > line.since)
        and (line.moment == place.name or _overlap(spans_of(line), place.spans))
    ]
    return max(found, key=lambda line: line.since, default=None)


def sort_out(
    moments: Sequence[Moment],
    withdrawn: Sequence[Withdrawal],
    films: Films,
    source: Source,
    report: Report,
) -> tuple[tuple[Moment, ...], list[KeptOut]]:
    """The moments that may be shown, and those that were withdrawn; a notice for each of these."""
    staying, out = [], []
    for moment in moments:
        film, written = moment.recording, moment.written
        place = Place(moment.name, shown_spans(written), agreed_again=written.agreed_again)
        spans_of = partial(withdrawn_in, film=film, asked=place.spans, films=films)
        because = keeping_out(withdrawn, place, spans_of)
        if because is None:
            staying.append(moment)
            continue
        out.append(KeptOut(moment, because))
        copied = film.is_file() and films.hash_of(film) != because.recording
        report.notice(source, moment.key_path, _says_withdrawn(moment, because, copied))
    return tuple(staying), out


def withdrawn_in(
    line: Withdrawal, film: Path, asked: Sequence[Span], films: Films
) -> Iterator[Span]:
    """Yield where what a line took back lies in a recording, as far as stretches of it tell."""
    if not line.recording or not (line.frames or _overlap(line.spans, asked)):
        return
    if not film.is_file():
        return
    if films.hash_of(film) == line.recording:
        yield from line.spans
        return
    for stretch in asked if line.frames else ():
        if (shift := films.shift_in(film, stretch, line.frames)) is not None:
            yield from filter(None, (shifted(span, shift) for span in line.spans))


def _says_withdrawn(moment: Moment, because: Withdrawal, copied: bool) -> str:
    if moment.name == because.moment:
        return (
            f"was withdrawn on {because.since} and is left out everywhere; you may take it out "
            "here. A new moment needs another id"
        )
    known = ", known again by its pictures in another file of the same film" if copied else ""
    return (
        f"shows a part of what was withdrawn on {because.since} as {because.moment}{known}, so it "
        "is left out everywhere; take it out, or give it other times"
    )


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(
        one.start_ms < other.end_ms and other.start_ms < one.end_ms
        for one in some
        for other in others
    )


def notice_without_frames(withdrawn: Iterable[Withdrawal], directory: Path, report: Report) -> None:
    """A notice when lines tell nothing of their frames, as those of earlier versions."""
    moments = [line for line in withdrawn if line.moment is not None]
    known = {line.moment for line in moments if line.frames}
    if names := sorted({line.moment or "" for line in moments} - known):
        first = f"{names[0]} is" if len(names) == 1 else f"{names[0]} and {len(names) - 1} more are"
        message = (
            f"{first} known by name and file only, so another copy of the film would not be known "
            "again; while the film is there, withdraw it once more"
        )
        report.notice(Source(directory / FILE), (), message)


def spans_withdrawn(case: Case, film: Path, asked: Span, films: Films) -> list[Span]:
    """Stretches of a recording that were withdrawn and not agreed to again, around one of it."""
    lines = not_agreed_again(case, case.taken_back)
    return [span for line in lines for span in withdrawn_in(line, film, [asked], films)]


def not_agreed_again(case: Case, lines: Iterable[Withdrawal]) -> list[Withdrawal]:
    """Return those of the lines whose moment was not agreed to again later."""
    again = {moment.name: moment.written.agreed_again for moment in case.moments}
    return [
        line for line in lines if not ((day := again.get(line.moment or "")) and day > line.since)
    ]


def ledger_lines(withdrawn: Iterable[Withdrawal]) -> list[Consent]:
    """The withdrawals of persons as lines of the ledger: every purpose, from that day on."""
    return [
        Consent.model_validate(
            {"person": line.person, "for": list(Purpose), "withdrawn": line.since.isoformat()}
        )
        for line in withdrawn
        if line.person is not None
    ]


def standing(lines: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    """Return the lines that count: those that no other line lifts."""
    lines = tuple(lines)
    lifted = [line.lifts for line in lines if line.lifts is not None]
    return tuple(line for line in lines if line.lifts is None and line.named not in lifted)


def read_withdrawn(directory: Path, report: Report) -> tuple[Withdrawal, ...] | None:
    """Return every line, also those of the copies; None when a file cannot be read whole.

    A file that is damaged could hide a withdrawal, so it is a fault.
    """
    found: dict[str, Withdrawal] = {}
    for file in (directory / FILE, *(directory / folder / FILE for folder in COPIES)):
        if not file.exists() and not file.is_symlink():
            continue
        before = len(report.faults)
        tree = read_notes(file, file, report)
        lines = validate(WithdrawnFile, *tree, report)[0] if tree else None
        if lines is None or len(report.faults) > before:
            message = (
                "is written by vigsite alone and holds what was withdrawn; "
                "put it back as it was, from your newest backup"
            )
            report.fault(Source(file), (), message)
            return None
        found |= {written_line(line): line for line in lines.withdrawn}
    return tuple(sorted(found.values(), key=lambda line: line.since))


def marks_of(directory: Path, salt: str) -> list[str] | None:
    """Return a mark for each withdrawal of a case, by which its line is known to be missing later.

    Nobody can tell from a mark what was withdrawn. None when a file cannot be read whole.
    """
    found = read_withdrawn(directory, Report())
    if found is None:
        return None
    lines = (line for line in found if line.lifts is None)
    return [
        hashlib.sha256(f"{salt} {written_line(line)}".encode()).hexdigest()[:16] for line in lines
    ]


def written_line(line: Withdrawal) -> str:
    """One line as it stands in the file."""
    parts = [f"since: {line.since}"]
    parts += _texts(line, "at", "moment", "recording", "person")
    if line.spans:
        spans = (f"{format_time(s.start_ms)} - {format_time(s.end_ms)}" for s in line.spans)
        parts.append(f"spans: [{', '.join(spans)}]")
    if line.frames:
        parts.append(f"frames: [{', '.join(map(str, line.frames))}]")
    if line.films_of:
        parts.append(f"films_of: {json.dumps(line.films_of)}")
    if line.lifts:
        lifted = [f"since: {line.lifts.since}", *_texts(line.lifts, "at", "moment", "person")]
        parts.append(f"lifts: {{{', '.join(lifted)}}}")
    parts += _texts(line, "by")
    return f"  - {{{', '.join(parts)}}}\n"


def _texts(line: Withdrawal | Lifted, *keys: str) -> list[str]:
    """Return those of the keys that are there, with their values in quotes."""
    values = {key: getattr(line, key) for key in keys}
    return [
        f"{key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
        if value is not None
    ]


def with_lines(text: str, lines: Sequence[Withdrawal]) -> str:
    """The file's text with lines added at its end."""
    before = _NO_LINES.sub("withdrawn:", text) or HEAD
    before += "" if before.endswith("\n") else "\n"
    return before + "".join(map(written_line, lines))
