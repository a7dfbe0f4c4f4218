"""What a build is asked for, who watches it, and what it answers. Light: imports no library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vigsite.case.editions import DEFAULT_EDITIONS, Edition, Purpose
from vigsite.records.site_folders import SHARE, SITES

if TYPE_CHECKING:
    from vigsite.case.case import Case
    from vigsite.case.consent import Admission
    from vigsite.media.dask_cluster import Cluster
    from vigsite.media.plan import Job
    from vigsite.media.render import Told
    from vigsite.pages.shown import Shown
    from vigsite.protection.known_moments import ToConfirm
    from vigsite.records.record import RecordingSpans


@dataclass(frozen=True, slots=True)
class Wish:
    """What a build is asked for."""

    editions: tuple[Edition, ...] = ()
    """Asked for by name; empty for the usual two."""
    out: Path = Path(SITES)
    quality: str = "usual"
    """A name of `vigsite.media.recipes.recipe.QUALITIES`."""
    hardware: bool = False
    """Whether clips are encoded by the machine's own encoder, if it has one."""
    jobs: int = 0
    today: dt.date | None = None
    """The day consent is asked for; today when left out."""
    on: dt.date | None = None
    """A later day on which all that is built must be allowed, too."""
    share: bool = False
    """Whether the review is for a shared screen, with numbered files for the meeting beside it."""
    paper: bool = False
    """Whether the keepsake is only to be printed from, and so lies in the case's private folder."""
    cluster: Cluster | None = None
    """Other machines that encode; what is made is the same, byte for byte."""
    hosting: Path | None = None
    """Where the keepsake goes that a server is to show; it holds only what everybody in it agreed
    to have hosted. Without it the keepsake is for the family's own hands."""

    @property
    def every_edition(self) -> tuple[Edition, ...]:
        """The editions to build: those that were named, else the usual two."""
        return self.editions or DEFAULT_EDITIONS

    @property
    def also(self) -> tuple[Purpose, ...]:
        """What people must have agreed to besides the purpose of the edition itself."""
        return (Purpose.HOSTING,) if self.hosting else ()


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how the work goes on."""

    said: Callable[[str], None]
    planned: Callable[[Sequence[Job]], None]
    told: Told | None = None
    command: Callable[[str], None] | None = None
    step: Callable[[str, float], None] | None = None
    """How far a film is read, or a part of a pack is made, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an edition says, and of which moments."""

    case: Case
    admission: Admission
    shown: Shown
    sources: Mapping[str, RecordingSpans]
    """Where each moment lies in which recording, as records remember it."""
    asked: Mapping[str, ToConfirm]
    """What a person has to look at in it, by the moment's name."""


@dataclass(slots=True)
class Built:
    """What a build did, in sentences and paths."""

    slug: str
    sites: dict[str, Path] = field(default_factory=dict)
    """By the edition's name; `share` for the files of a meeting."""
    unchanged: set[str] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)
    """By the edition's name; empty when the answer of an earlier build was given again."""


def targets_of(directory: Path, wish: Wish) -> dict[str, Path]:
    """Where each thing that this build may make has its place."""
    if wish.hosting:
        return {Edition.KEEPSAKE: wish.hosting.resolve()}
    return {name: _target(directory, wish, name) for name in (*Edition, SHARE)}


def _target(directory: Path, wish: Wish, name: str) -> Path:
    return wish.out.resolve() / directory.resolve().name / name
