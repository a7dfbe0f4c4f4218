"""A case as it was read: cycles in order, moments with their people and recordings resolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.case.case_file import CaseFile, ClosingFile, HandOver
from vigsite.case.cycle_file import CycleFile, MomentEntry
from vigsite.case.editions import Edition
from vigsite.case.faults import KeyPath, Source
from vigsite.case.framework import Framework
from vigsite.case.timecode import Span
from vigsite.case.withdrawn_file import Withdrawal


@dataclass(frozen=True, slots=True)
class Moment:
    """A special moment, ready to be admitted, cut and shown."""

    name: str
    """Its name outside its cycle: `1-breakfast/looks-up`."""
    written: MomentEntry
    recording: Path
    """The film it is cut from; a path below the case directory."""
    shows: frozenset[str]
    """Everybody who can be recognised, by short name, as the notes say."""
    editions: frozenset[Edition]
    """The editions it may enter, consent permitting."""
    key_path: KeyPath
    """Where it stands in its cycle.yml."""
    named_before: frozenset[str] = frozenset()
    """Who was named in its seconds before and is not now, and nobody has looked since."""

    @property
    def recognisable(self) -> frozenset[str]:
        """Everybody whose agreement it needs."""
        return self.shows | self.named_before

    @property
    def still_times(self) -> list[int]:
        """Times of its stills in milliseconds; empty for a clip or a `near` still."""
        if isinstance(self.written.still, int):
            return [self.written.still]
        return list(self.written.stills or ())

    @property
    def clip(self) -> Span | None:
        """The stretch of its clip; None when it is made of stills."""
        return self.written.clip


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle: its recordings, moments and shared review."""

    number: int
    folder: str
    """Name of its directory: `1-breakfast`."""
    written: CycleFile
    moments: tuple[Moment, ...]
    """Those that were not withdrawn."""
    source: Source


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A moment that stands in a cycle.yml, but was withdrawn; no command shows it."""

    moment: Moment
    because: Withdrawal


@dataclass(frozen=True, slots=True)
class Case:
    """One family's case."""

    slug: str
    directory: Path
    """Absolute path of the case directory."""
    written: CaseFile
    """case.yml; its `consent` also has the persons of withdrawn.yml."""
    framework: Framework
    cycles: tuple[Cycle, ...]
    closing: ClosingFile | None
    source: Source
    music: Path | None = None
    """The sound file for the film; an absolute path inside the case."""
    files: Mapping[Path, str] = field(default_factory=dict)
    """Identity of every film and piece of music, as it was when the notes were read."""
    handovers: tuple[HandOver, ...] = ()
    """Every pack that was made of it, oldest first."""
    taken_back: tuple[Withdrawal, ...] = ()
    """Every line of withdrawn.yml."""
    withdrawn: tuple[KeptOut, ...] = ()
    """Moments of the files that are in no cycle here, since they were withdrawn."""
    films_deleted: dt.date | None = None
    """The day on which films that the files name were deleted on purpose."""
    closing_source: Source | None = None

    @property
    def files_read(self) -> list[tuple[CaseFile | CycleFile | ClosingFile, Source]]:
        """Every file of notes as it was read, with its place."""
        found: list[tuple[CaseFile | CycleFile | ClosingFile, Source]] = [
            (self.written, self.source)
        ]
        found += [(cycle.written, cycle.source) for cycle in self.cycles]
        if self.closing is not None and self.closing_source is not None:
            found.append((self.closing, self.closing_source))
        return found

    @property
    def moments(self) -> list[Moment]:
        """Every moment, in the order of cycles and files."""
        return [moment for cycle in self.cycles for moment in cycle.moments]

    def called(self, person: str) -> str:
        """What pages call a person; by the short name, whom case.yml does not name any more."""
        people = self.written.family.people
        return people[person].called if person in people else person
