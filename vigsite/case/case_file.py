"""case.yml and closing.yml as closed pydantic models; cycle.yml is in `cycle_file.py`.

Each field carries a `Reach`: the editions whose pages its value may reach (docs/case-format.md).
`vigsite schema` and docs/case-format.md come from these models.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vigsite.case.editions import Purpose
from vigsite.case.fields import (
    EVERYWHERE,
    NOT_KEEPSAKE,
    NOWHERE,
    STEERS,
    SUPERVISION_ONLY,
    Count,
    Day,
    FileName,
    Flag,
    Language,
    Line,
    Lines,
    Names,
    Rating,
    Seconds,
    Slug,
    Text,
    one_or_more,
)
from vigsite.resources import Palette


class Written(BaseModel):
    """Something a practitioner writes: closed to unknown keys, frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Person(Written):
    """Somebody who can be recognised in the recordings."""

    called: Annotated[Line, EVERYWHERE]
    """The name pages use."""
    role: Annotated[Slug, SUPERVISION_ONLY]
    """A role of the framework, such as child, parent or sibling."""
    pseudonym: Annotated[Line | None, SUPERVISION_ONLY] = None
    """What the supervision edition calls them; the role's noun when left out."""


class Family(Written):
    """The family, in the names they chose."""

    called: Annotated[Line, EVERYWHERE]
    """What pages call them."""
    people: Annotated[dict[Slug, Person], EVERYWHERE] = Field(min_length=1)
    """Everybody who can be recognised, by short name."""


class Practitioner(Written):
    """Who made the site, and how to reach them."""

    called: Annotated[Line, EVERYWHERE]
    """The name pages use."""
    contact: Annotated[Line, EVERYWHERE]
    """An address or number a parent can write to or ring."""


class Goal(Written):
    """A helping question, in the parent's words."""

    question: Annotated[Line, EVERYWHERE]
    """The question, such as: How can mealtimes feel calmer for us both?"""
    since: Annotated[Day, EVERYWHERE]
    """The day it was agreed."""
    baseline: Annotated[Rating | None, NOT_KEEPSAKE] = None
    """0-10, by the parent, before the first film."""


class Consent(Written):
    """One line of the ledger: who agreed to what, from when to when."""

    person: Annotated[Slug, STEERS]
    """Whose picture it is."""
    by: Annotated[Line | None, NOWHERE] = None
    """Who agreed for them, for a child: a parent, or the authority that decides."""
    purposes: Annotated[Annotated[list[Purpose], BeforeValidator(one_or_more)], STEERS] = Field(
        alias="for", min_length=1
    )
    """What was agreed to."""
    given: Annotated[Day | None, STEERS] = None
    """The first day it holds."""
    until: Annotated[Day | None, STEERS] = None
    """The last day it holds."""
    withdrawn: Annotated[Day | None, STEERS] = None
    """The day it was taken back; beats every grant that is not newer."""


class KeepsakeParts(StrEnum):
    """What of the keepsake may be handed over."""

    EVERYTHING = "everything"
    STILLS = "stills"
    PRINT = "print"
    HOLD = "hold"


class Keepsake(Written):
    """What the family chose for the keepsake."""

    parts: Annotated[KeepsakeParts, STEERS] = KeepsakeParts.EVERYTHING
    """everything, stills, print (paper only) or hold (nothing for now)."""
    ratings: Annotated[Flag, STEERS] = False
    """Whether ratings and their chart come with it."""
    file_names: Annotated[Literal["neutral"], STEERS] = "neutral"
    """Names of files carry no name of a person."""


class Retention(Written):
    """Until when things are kept; nothing is deleted by itself."""

    recordings: Annotated[Day | None, NOWHERE] = None
    """The last day whole recordings are kept."""
    case: Annotated[Day | None, NOWHERE] = None
    """The last day the case is kept."""


class Film(Written):
    """Wishes for the film of all moments that comes with the keepsake."""

    order: Annotated[Names | None, STEERS] = None
    """Moments that come first, in this order, as 1-breakfast/looks-up; the others follow."""
    leave_out: Annotated[Names | None, STEERS] = None
    """Moments that are not in the film."""
    music: Annotated[FileName | None, STEERS] = None
    """none, or a sound file beside case.yml."""


class Limits(Written):
    """Where a warning is due: a shared review needs few and short clips."""

    clips_per_cycle: Annotated[Count, NOWHERE] = 4
    """Most clips a cycle."""
    clip_seconds: Annotated[Seconds, NOWHERE] = Field(
        default=15_000, json_schema_extra={"default": 15}
    )
    """Longest clip, in seconds."""


class CaseFile(Written):
    """case.yml: the family, its goals and what was agreed."""

    vigsite: Annotated[Literal["1"], NOWHERE]
    """Version of this format: 1."""
    family: Annotated[Family, EVERYWHERE]
    """The family, in the names they chose."""
    never_show: Annotated[list[Line], NOWHERE] = Field(default_factory=list)
    """What must occur in no page, file or file name: names, addresses, numbers. A name that is also
    a word (Will) is asked about where it has a capital; written small here, it counts always."""
    practitioner: Annotated[Practitioner, EVERYWHERE]
    """Who made the site, and how to reach them."""
    framework: Annotated[Line, STEERS] = "vig"
    """vig, marte-meo, verp, blank, or a file beside case.yml."""
    language: Annotated[Language, STEERS] = "en"
    """Words and direction of every page."""
    goals: Annotated[dict[Slug, Goal], EVERYWHERE] = Field(default_factory=dict)
    """Helping questions, by short name."""
    consent: Annotated[list[Consent], STEERS] = Field(default_factory=list)
    """The ledger: person by purpose, dated."""
    keepsake: Annotated[Keepsake, STEERS] = Keepsake()
    """What the family chose for the keepsake."""
    show_principles: Annotated[Flag, STEERS] = False
    """Whether review and keepsake name the principles of a moment."""
    limits: Annotated[Limits, NOWHERE] = Limits()
    """Where a warning is due."""
    retention: Annotated[Retention, NOWHERE] = Retention()
    """Until when things are kept."""
    palette: Annotated[Palette, STEERS] = "hearth"
    """The colours of the pages: hearth (teal and coral), sea, meadow, plum, rose or stone."""
    film: Annotated[Film, STEERS] = Film()
    """Wishes for the film of all moments."""


class ClosingFile(Written):
    """closing.yml: how the work ended."""

    learned: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """What was learned."""
    carry_on: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """Other relationships and settings it is carried to."""
    next_steps: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """What comes next."""
    top_up: Annotated[Text | None, EVERYWHERE] = None
    """When a top-up cycle may help."""
    message: Annotated[Text | None, EVERYWHERE] = None
    """A message to the family."""


Form = Literal["folder", "stick", "zip", "encrypted zip", "single file"]
"""How a pack was made."""


class HandOver(Written):
    """One pack that was made, to be handed over; what is handed over cannot be called back."""

    when: Annotated[Day, NOWHERE]
    """The day it was made."""
    form: Annotated[Form, NOWHERE]
    """folder, stick, zip, encrypted zip or single file."""
    sha256: Annotated[Line, NOWHERE]
    """Of its file, or of the MANIFEST.sha256 in its folder."""
    whom: Annotated[Line | None, NOWHERE] = Field(default=None, alias="for")
    """Whom it was made for, where that was said."""
    moments: Annotated[list[Line], NOWHERE] = Field(default_factory=list)
    """The moments it holds, as 1-breakfast/looks-up."""


class HandOversFile(Written):
    """handovers.yml: every pack that was made; written by vigsite alone, which only adds lines."""

    handovers: Annotated[list[HandOver], NOWHERE] = Field(default_factory=list)
    """A line for each."""


class Agreements(BaseModel):
    """Of case.yml, what consent needs; readable even while other parts of the file are faulty."""

    family: Family
    consent: list[Consent] = Field(default_factory=list)
