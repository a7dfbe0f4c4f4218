"""Reads what versions before `record/` remembered of a case, in files of its `.vigsite/`.

They are read until the first command that writes has taken them over into the record. A backup of
`.vigsite/` may bring them back; then they are taken over once more.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from vigsite.files.atomic import delete, rename
from vigsite.files.state_file import StateFile
from vigsite.records.record import Answer, CoveredSpan, KnownMoment, Record, Site

Item = TypeVar("Item")
_FILES = ("sites.json", "taken-away.json", "begun.json", "sheets-elsewhere.json",
          "confirmed.jsonl", "day.txt")  # fmt: skip
_REMEDY = (
    "It tells what was built of this case and where. Bring it back from a backup; if there is "
    "none, look for sites and packs of this family yourself, then run `vigsite record CASE "
    "--looked`."
)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Any of those files; each holds one of the lists."""

    case: str = ""
    sites: list[Site] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of confirmed.jsonl."""

    guard: str
    moment: str
    answer: str
    on: dt.date


def earlier_record(folder: Path) -> Record | None:
    """Return what the files below `folder`, a case's `.vigsite/`, hold; None when there are none.

    Its `id` is empty. Raises StateFault when one of them cannot be used.
    """
    sites = _read(folder / "sites.json", _Earlier)
    gone = _read(folder / "taken-away.json", _Earlier)
    begun = _read(folder / "begun.json", _Earlier)
    sheets = _read(folder / "sheets-elsewhere.json", _Earlier, lambda found: {"sheets": found})
    answers = _answers(folder / "confirmed.jsonl")
    day = _day(folder / "day.txt")
    if not any((sites, gone, begun, sheets, answers, day)):
        return None
    where = [found.case for found in (sites, gone, begun) if found and found.case]
    standing = sites.sites if sites else []
    taken_away = gone.sites if gone else []
    return Record(
        "",
        where[0] if where else str(folder.parent),
        day,
        sites=standing,
        taken_away=taken_away,
        begun=begun.begun if begun else [],
        contact_sheets=sheets.sheets if sheets else [],
        answers=answers,
        moments=list(_moments([*standing, *taken_away])),
    )


def delete_earlier(folder: Path) -> None:
    """Delete the files, once the record holds what they held."""
    for name in _FILES:
        delete(folder / name)


def set_aside_earlier(folder: Path, into: Path, stamp: str) -> None:
    """Keep the files in another folder, under names that nothing reads, since one is damaged."""
    for name in _FILES:
        if os.path.lexists(folder / name):
            rename(folder / name, into / f"unusable-{stamp}-{name}")


def with_earlier(record: Record, earlier: Record) -> Record:
    """Return the record with all that the earlier files hold besides."""
    return replace(
        record,
        day=max((day for day in (record.day, earlier.day) if day), default=None),
        sites=_union(earlier.sites, record.sites),
        taken_away=_union(record.taken_away, earlier.taken_away),
        begun=_union(record.begun, earlier.begun),
        contact_sheets=_union(record.contact_sheets, earlier.contact_sheets),
        answers=_union(earlier.answers, record.answers),
        moments=_union(record.moments, earlier.moments),
    )


def with_covers(record: Record) -> Record:
    """Return a record whose sites all tell how their moments are covered.

    Of a site from before version 3 nothing tells, so what its moments were ever seen to be covered
    with until then counts.
    """

    def told(site: Site) -> Site:
        if site.covered is not None:
            return site
        known = [
            (one.name, cover)
            for one in record.moments
            if one.name in site.moments and one.at.recording == site.place(one.name).recording
            for cover in one.covered
        ]
        covered = {name: [c for other, c in known if other == name] for name in site.moments}
        return replace(site, covered=covered)

    if all(one.covered is not None for one in (*record.sites, *record.taken_away)):
        return record
    return replace(
        record,
        sites=list(map(told, record.sites)),
        taken_away=list(map(told, record.taken_away)),
    )


def _union(first: list[Item], second: list[Item]) -> list[Item]:
    return [*first, *(item for item in second if item not in first)]


def _read(
    file: Path, kind: type[_Earlier], as_object: Callable[[object], object] | None = None
) -> _Earlier | None:
    """Return what one file holds; those files had no version."""
    state = StateFile(file, kind, 1, _REMEDY)
    raw = state.raw()
    if raw is None:
        return None
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise state.fault("it is damaged") from error
    shaped = as_object(found) if as_object else found
    if not isinstance(shaped, dict):
        raise state.fault("it holds something else")
    try:
        return state.parsed({**_with_spans(shaped), "vigsite": 1})
    except (ValueError, TypeError, AttributeError) as error:
        raise state.fault("it holds something else") from error


def _answers(file: Path) -> list[Answer]:
    state = StateFile(
        file, _Line, 1, "Delete it, then look at all moments again: vigsite preview CASE."
    )
    raw = state.raw()
    found = []
    for line in (raw or b"").splitlines():
        try:
            read = state.parsed({**json.loads(line), "vigsite": 1})
        except (ValueError, TypeError) as error:
            raise state.fault("it is damaged") from error
        found.append(Answer(read.guard, read.moment, read.answer == "yes", read.on))
    return found


def _day(file: Path) -> dt.date | None:
    state = StateFile(file, _Line, 1, "Set the clock of this computer right, then delete it.")
    raw = state.raw()
    if raw is None:
        return None
    try:
        return dt.date.fromisoformat(raw.decode().strip())
    except ValueError as error:
        raise state.fault("it holds no day") from error


def _moments(sites: list[Site]) -> Iterator[KnownMoment]:
    """Yield what sites tell of their moments: who was recognised, and whether it was covered."""
    for site in sites:
        for name, at in site.sources.items():
            covered = at.spans if name in site.guards else []
            yield KnownMoment(
                name,
                at,
                sorted(site.moments.get(name, [])),
                [CoveredSpan("covered", start, end) for start, end in covered],
            )


def _with_spans(document: dict[str, object]) -> dict[str, object]:
    """Return a document whose sites tell places as values, not as words by position."""
    sites = document.get("sites")
    if not isinstance(sites, list):
        return document
    return {**document, "sites": [_with_spans_of(site) for site in sites]}


def _with_spans_of(site: object) -> object:
    if not isinstance(site, dict) or not isinstance(site.get("sources"), dict):
        return site
    sources = {}
    for name, words in site["sources"].items():
        recording, again, *spans = words
        ends = [tuple(map(int, span.split("-"))) for span in spans]
        sources[name] = {"recording": recording, "spans": ends, "agreed_again": again or None}
    return {**site, "sources": sources}
