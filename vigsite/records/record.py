"""What vigsite remembers of a case and cannot make again, as one value.

It lies in the case's `record/record.json`, written by vigsite alone. One file, so that it is there
whole or gone whole: nothing can be half remembered.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vigsite.files.identity import sha256

if TYPE_CHECKING:
    from vigsite.case.withdrawn import Place

LONE = "."
"""The address of a pack that is one file."""
_SHOWING = (".mp4", ".jpg", ".pdf", ".zip")
"""How files end that can show somebody."""
NOT_KNOWN = "?"
"""For the mark of a passphrase: an older record does not know the one that holds."""
VERSION = 3
"""Since 2 every field of `Record` is written; whoever adds one makes this greater, and writes into
the field's metadata since when it is there. Since 3 a `Site` tells how its moments were covered."""


@dataclass(frozen=True, slots=True)
class RecordingSpans:
    """Where a moment lies in a recording, whatever the moment is called."""

    recording: str
    """SHA-256 of the recording; empty when nothing tells."""
    spans: list[tuple[int, int]]
    """The stretches it shows, in milliseconds, half-open."""
    agreed_again: dt.date | None = None
    """The day on which the family agreed to it again, as cycle.yml said then."""

    @classmethod
    def of(cls, place: Place) -> RecordingSpans:
        """Return what is remembered of a moment's place."""
        spans = [(span.start_ms, span.end_ms) for span in place.spans]
        return cls(place.recording, spans, place.agreed_again)

    def place(self, name: str) -> Place:
        """Return it as the place of the moment `name`."""
        from vigsite.case.timecode import Span
        from vigsite.case.withdrawn import Place

        spans = tuple(Span(start, end) for start, end in self.spans)
        return Place(name, spans, self.recording, self.agreed_again)


NOWHERE = RecordingSpans("", [])
"""Of a moment of which only the name is known."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was built from the case, or a pack that was made of one."""

    path: str
    """Where it lies, absolute."""
    relative: str
    """Where it lies as seen from the case, for when both were moved together."""
    edition: str
    stamp: str
    """Hash over everything it was made from."""
    files: dict[str, str]
    """SHA-256 of every file, by address."""
    moments: dict[str, list[str]]
    """Who can be recognised in each moment it holds."""
    form: str = ""
    """How a pack was made, as in the register; empty for a site."""
    paper: bool = False
    """Whether it is a pack for paper only."""
    also: list[str] = field(default_factory=list)
    """What they agreed to besides the edition's own purpose: hosting."""
    guards: dict[str, str] = field(default_factory=dict)
    """Which moments were covered, as versions before `record/` kept it; empty since."""
    sources: dict[str, RecordingSpans] = field(default_factory=dict)
    """Where each moment lies in which recording."""
    clips: bool = True
    """Whether it holds clips, not pictures alone; yes when nothing tells."""
    media: dict[str, list[str]] = field(default_factory=dict)
    """The addresses of each moment's clips and stills; empty when nothing tells."""
    sizes: dict[str, int] = field(default_factory=dict)
    """The bytes of every file that can show somebody, by address; empty when nothing tells."""
    everybody: bool = False
    """Whether `moments` has also whoever had been named before in these seconds."""
    covered: dict[str, list[CoveredSpan]] | None = None
    """What covers, crops or mutes each moment in it; None in a record of before version 3."""
    sha256: str = ""
    """What the register knows a pack by; empty for a site, and when nothing tells."""

    @property
    def what(self) -> str:
        """What messages call it."""
        return f"{self.edition} pack ({self.form})" if self.form else self.edition

    @property
    def given(self) -> bool:
        """Whether it lies where the family takes it from: it is theirs, not ours to delete."""
        return self.form == "stick"

    def target(self, case_dir: Path) -> Path:
        """Return where it lies now: its place, or the same seen from a case that was moved."""
        there = Path(self.path)
        moved = Path(os.path.normpath(case_dir / self.relative))
        return moved if self.relative and not there.exists() and moved.exists() else there

    def place(self, name: str) -> Place:
        """Return where one of its moments lies in which recording."""
        return self.sources.get(name, NOWHERE).place(name)

    def names_of(self, moments: Iterable[str]) -> Iterator[str]:
        """Yield the addresses that show these moments: their own media, and our film, album or zip.

        Those of all media when nothing tells which are whose.
        """
        wanted = set(moments)
        own = {uri for name in wanted for uri in self.media.get(name, ())}
        of_others = {uri for name, uris in self.media.items() if name not in wanted for uri in uris}
        for uri in self.files:
            if uri in own or (uri not in of_others and _can_show(uri)):
                yield uri

    def without(self, newer: Site) -> Site:
        """Return it with those files alone that can show somebody and that a newer one lacks."""
        files = {
            uri: digest
            for uri, digest in self.files.items()
            if _can_show(uri) and digest not in newer.files.values()
        }
        media = {name: [u for u in uris if u in files] for name, uris in self.media.items()}
        sizes = {uri: size for uri, size in self.sizes.items() if uri in files}
        return replace(self, files=files, media=media, sizes=sizes)

    def is_at(self, target: Path, moments: Iterable[str] | None = None) -> bool:
        """Return whether a clip, still or page of it is at a place; of these moments, if named."""
        return any(self._held(target, moments))

    def is_back_at(self, target: Path) -> bool:
        """Return whether all its clips, stills and pages are there; another site may share some."""
        held = self._held(target)
        return next(held, False) and all(held)

    def _held(self, target: Path, moments: Iterable[str] | None = None) -> Iterator[bool]:
        of_moments = None
        if moments is not None and self.media:
            of_moments = {name for moment in moments for name in self.media.get(moment, ())}
        for name, known in self.files.items():
            if of_moments is not None and name not in of_moments:
                continue
            if name.endswith((".mp4", ".jpg", ".zip", ".sha256")) or name == LONE:
                yield (target / name).is_file() and sha256(target / name) == known


@dataclass(frozen=True, slots=True)
class HostedSite:
    """What a server was made ready to show of the case."""

    out: str
    """The folder that `vigsite host` wrote, absolute."""
    slug: str
    """The family's random name there."""
    until: dt.date
    """The last day of access."""
    letter: str = ""
    """Where the letter with the passphrase was written; empty when there is none."""
    secret: str = ""
    """A mark of the passphrase that holds, from which nobody can read it."""
    ended: bool = False
    """Whether access was ended before its last day."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said after looking at a moment."""

    guard: str
    """What exactly was shown (`media/recipes/hand_edits.py`)."""
    moment: str
    yes: bool
    on: dt.date
    state: int = 0
    """Of something that had lost a protection: `KnownMoment.changes` when it was answered."""


@dataclass(frozen=True, slots=True)
class CoveredSpan:
    """Seconds of a recording that were once blurred, cropped or muted."""

    kind: str
    """`blurred`, `cropped` or `muted`; `covered` when nothing tells which of them."""
    start_ms: int
    end_ms: int
    box: tuple[float, ...] = ()
    """What it covered, from its first to its last place; empty for sound, and in older records."""


@dataclass(frozen=True, slots=True)
class KnownMoment:
    """A moment as vigsite has seen it in the notes, known again by recording and seconds."""

    name: str
    at: RecordingSpans
    people: list[str]
    """Everybody who was ever named as recognisable in it."""
    covered: list[CoveredSpan]
    """Whatever was ever covered in it."""
    not_recognised: list[str] = field(default_factory=list)
    """Whom a person has looked for in it, after they were named in its seconds, and not found."""
    only_in: list[str] = field(default_factory=list)
    """The editions that it was limited to when it first was; empty for all."""
    state: str = ""
    """A mark of its protections as they were last seen: covers, people, editions."""
    changes: int = 0
    """How often they were seen to change: an answer on lost ones counts until the next time."""
    frames: list[str] = field(default_factory=list)
    """Fingerprints of its frames (`case/frames.py`), where it has covers, is limited to editions or
    somebody in it has not agreed: they know its seconds again in another file of the film."""


@dataclass(frozen=True, slots=True)
class AgreementEnd:
    """The end of an agreement, as a line of case.yml told of it."""

    person: str
    purpose: str
    day: dt.date
    """The first day on which it did not hold any more."""
    withdrawn: bool
    """Whether it was taken back; else its last day was over."""


@dataclass(frozen=True, slots=True)
class Record:
    """All that is remembered of one case."""

    id: str
    """The case's random name, which no edition holds: it tells one family from another."""
    case: str
    """Where the case lay when it was last worked on, absolute."""
    day: dt.date | None = None
    """The day on which it was last worked on: a clock that shows an earlier one has fallen back."""
    unknown_before: dt.date | None = None
    """The day on which a record that was gone was begun anew: nobody knows what was built before.
    None when everything is known."""
    begun_anew: bool = False
    """Whether a record was lost before this one, and with it what was covered."""
    sites: list[Site] = field(default_factory=list)
    """Sites and packs that were built and not taken away since."""
    taken_away: list[Site] = field(default_factory=list)
    """Sites and packs that were taken away, and what others held that were made anew since (those
    files alone): to be known again if a backup restores them or a copy lies about."""
    begun: list[str] = field(default_factory=list)
    """Places where something was begun that no entry of `sites` may know yet."""
    hosted: list[HostedSite] = field(default_factory=list)
    """What servers were made ready to show, in case the folder that tells it is lost."""
    contact_sheets: list[str] = field(default_factory=list)
    """Contact sheets that were written to places outside the case."""
    deleted_films: dict[str, int] = field(default_factory=dict)
    """Films that were deleted on purpose: SHA-256 and bytes, to know copies of them."""
    reports: list[str] = field(default_factory=list)
    """Reports of an audit that quote what must not be shown."""
    doomed_sheets: list[str] = field(default_factory=list)
    """Those of them that could not be reached when something was withdrawn."""
    answers: list[Answer] = field(default_factory=list)
    """What a person answered when asked to look; oldest first, only ever added to."""
    moments: list[KnownMoment] = field(default_factory=list)
    """Every moment that vigsite has seen in the notes."""
    protections: int = 0
    """How often what protects the moments or ends access changed, or was confirmed; written beside
    sites and packs as well, so that an older record from a backup is noticed."""
    family: str = ""
    """A mark of the people in case.yml, from which nobody can read them: it tells whether the
    folder is used for another family since."""
    said_same_family: str = ""
    """The folder of which a person said that it is the same family's, though others' sites lie
    where its own would."""
    ends: list[AgreementEnd] = field(default_factory=list)
    """Every end of an agreement that was acted upon, in case its line is taken out again."""
    folder_marked: bool = field(default=False, metadata={"since": 3})
    """Whether `.vigsite/` has the case's id in it: one without it is not this case's then."""


def new_id() -> str:
    """Return a case's random name: 128 bits."""
    return secrets.token_hex(16)


def files_of(site: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `site`, by address; of itself when it is a file."""
    if site.is_file():
        return {LONE: sha256(site)}
    return {
        path.relative_to(site).as_posix(): sha256(path)
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def sizes_of(site: Path, files: Mapping[str, str]) -> dict[str, int]:
    """Return the bytes of those `files` (addresses in `site`) that can show somebody."""
    return {uri: (site / uri).stat().st_size for uri in files if _can_show(uri)}


def _can_show(uri: str) -> bool:
    return uri == LONE or uri.endswith(_SHOWING)
