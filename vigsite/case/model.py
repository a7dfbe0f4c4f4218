"""The four files a practitioner writes, as closed pydantic models.

Each field carries a `Reach`: the editions whose pages its value may reach (DESIGN.md section 2).
`vigsite schema` and docs/case-format.md come from these models.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from vigsite.case.fields import (
    EVERYWHERE,
    NOT_KEEPSAKE,
    NOWHERE,
    STEERS,
    SUPERVISION_ONLY,
    Area,
    Count,
    Day,
    Edition,
    Flag,
    Language,
    Line,
    Lines,
    Purpose,
    Range,
    Rating,
    Seconds,
    Slug,
    Speed,
    Text,
    Time,
)


class Written(BaseModel):
    """Something a practitioner writes: closed to unknown keys, frozen once read."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True
    )


class Person(Written):
    """Somebody who can be recognised in the recordings."""

    called: Annotated[Line, EVERYWHERE]
    """The name pages use."""
    role: Annotated[Slug, NOWHERE]
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
    by: Annotated[Slug | None, NOWHERE] = None
    """Who agreed for them, for a child."""
    purposes: Annotated[list[Purpose], STEERS] = Field(alias="for", min_length=1)
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
    """Until when things are kept; `vigsite due` reminds, nothing is deleted by itself."""

    recordings: Annotated[Day | None, NOWHERE] = None
    """The last day whole recordings are kept."""
    case: Annotated[Day | None, NOWHERE] = None
    """The last day the case is kept."""


class Film(Written):
    """Wishes for the film of the pack."""

    order: Annotated[list[Line] | None, STEERS] = None
    """Moments in the order they are shown, as 1-breakfast/looks-up."""
    leave_out: Annotated[list[Line] | None, STEERS] = None
    """Moments that are not in the film."""
    music: Annotated[Line | None, STEERS] = None
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
    """Words that must occur in no page, file or file name."""
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
    palette: Annotated[Slug | None, STEERS] = None
    """The colours of the pages, by name."""
    film: Annotated[Film, STEERS] = Film()
    """Wishes for the film of the pack."""


class Recording(Written):
    """One film of a cycle."""

    file: Annotated[Line, NOWHERE]
    """Its file, beside cycle.yml or below it."""
    shows: Annotated[list[Slug] | None, STEERS] = None
    """Who can be recognised in it; everybody of the family when left out."""
    of: Annotated[Literal["shared review"] | None, STEERS] = None
    """`shared review` when it is a filmed shared review: for supervision only."""


class Between(Written):
    """A stretch of the recording, given by its two ends."""

    start: Annotated[Time, EVERYWHERE] = Field(alias="from")
    """Where it starts, in recording time."""
    end: Annotated[Time, EVERYWHERE] = Field(alias="to")
    """Where it ends, in recording time."""


class Blur(Between):
    """A box made unrecognisable, standing still or moving in a straight line."""

    box: Annotated[Area, EVERYWHERE]
    """[x, y, width, height] in fractions of the upright, uncropped picture."""
    to_box: Annotated[Area | None, EVERYWHERE] = None
    """Where the box has moved to at the end."""


class Caption(Between):
    """Words shown below the picture while a clip plays."""

    text: Annotated[Line, EVERYWHERE]
    """The words."""


class Near(Written):
    """The sharpest frame of a short span."""

    near: Annotated[Time, EVERYWHERE]
    """The middle of the span, in recording time."""
    within: Annotated[Seconds, EVERYWHERE]
    """How far to look either way, in seconds."""


class Analysis(Written):
    """The practitioner's own reading of a moment, for supervision."""

    principles: Annotated[list[Slug], SUPERVISION_ONLY] = Field(default_factory=list)
    """Levels or behaviours of the framework; shown elsewhere only with `show_principles`."""
    notes: Annotated[Text | None, SUPERVISION_ONLY] = None
    """Free notes."""


def _kind_of_still(value: Any) -> str:
    return "near" if isinstance(value, dict | Near) else "at"


def _kind_of_mute(value: Any) -> str:
    return "spans" if isinstance(value, list) else "whole"


def _few(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class MomentEntry(Written):
    """A special moment: one clip, one still, or a short sequence of stills."""

    id: Annotated[Slug, NOWHERE]
    """Short name, unique in the cycle."""
    clip: Annotated[Range | None, EVERYWHERE] = None
    """Where it starts and ends in the recording."""
    still: Annotated[
        Annotated[
            Annotated[Time, Tag("at")] | Annotated[Near, Tag("near")],
            Discriminator(_kind_of_still),
        ]
        | None,
        EVERYWHERE,
    ] = None
    """A time in the recording, or `{near: TIME, within: SECONDS}` for the sharpest frame there."""
    stills: Annotated[list[Time] | None, EVERYWHERE] = Field(default=None, min_length=1)
    """Times in the recording."""
    of: Annotated[Slug | None, STEERS] = None
    """Which recording; may be left out when the cycle has one film."""
    shows: Annotated[list[Slug] | None, STEERS] = None
    """Who can be recognised; the recording's people when left out."""
    only_in: Annotated[list[Edition] | None, STEERS] = Field(default=None, min_length=1)
    """Narrows the editions it may enter."""
    title: Annotated[Line, EVERYWHERE]
    """A short title, kind and concrete."""
    caption: Annotated[Text | None, EVERYWHERE] = None
    """What is to be seen, in a sentence or two."""
    parent_said: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """The parent's own words about it."""
    goals: Annotated[list[Slug], EVERYWHERE] = Field(default_factory=list)
    """Which helping questions it speaks to."""
    stop_at: Annotated[Annotated[list[Time], BeforeValidator(_few)], NOT_KEEPSAKE] = Field(
        default_factory=list
    )
    """Where the deck freezes, in recording time."""
    prompts: Annotated[Lines, NOT_KEEPSAKE] = Field(default_factory=list)
    """Open questions for the shared review."""
    analysis: Annotated[Analysis, SUPERVISION_ONLY] = Analysis()
    """The practitioner's own reading, for supervision."""
    private: Annotated[Text | None, NOWHERE] = None
    """Never shown anywhere."""
    slow: Annotated[Speed | None, EVERYWHERE] = None
    """Playing speed from 0.1 to 1; pitch kept from 0.5 up, muted below."""
    crop: Annotated[Area | None, EVERYWHERE] = None
    """The part of the picture that is shown."""
    blur: Annotated[list[Blur], EVERYWHERE] = Field(default_factory=list)
    """Boxes made unrecognisable; blur comes before crop."""
    mute: Annotated[
        Annotated[
            Annotated[Flag, Tag("whole")] | Annotated[list[Between], Tag("spans")],
            Discriminator(_kind_of_mute),
        ]
        | None,
        EVERYWHERE,
    ] = None
    """Stretches without sound, or true for none at all."""
    captions: Annotated[list[Caption], EVERYWHERE] = Field(default_factory=list)
    """What is said, as subtitles, in recording time."""


class GoalOutcome(Written):
    """What became of a goal in a shared review."""

    now: Annotated[Line | None, EVERYWHERE] = None
    """The question, reworded."""
    met: Annotated[Flag | None, EVERYWHERE] = None
    """Whether it is met."""
    dropped: Annotated[Flag | None, EVERYWHERE] = None
    """Whether it was let go."""


class Review(Written):
    """The shared review of a cycle."""

    held: Annotated[Day, EVERYWHERE]
    """The day it was held."""
    where: Annotated[Literal["in person", "screen share"] | None, NOT_KEEPSAKE] = None
    """in person or screen share."""
    parent_said: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """The parent's own words."""
    strengths: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """Strengths seen, together."""
    next: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """What to work on next, agreed together."""
    ratings: Annotated[dict[Slug, Rating], NOT_KEEPSAKE] = Field(default_factory=dict)
    """Whole numbers 0-10 by goal, by the parent."""
    goals: Annotated[dict[Slug, GoalOutcome], EVERYWHERE] = Field(default_factory=dict)
    """What became of the goals."""
    decision: Annotated[Text | None, EVERYWHERE] = None
    """What was decided, such as another cycle."""
    private: Annotated[Text | None, NOWHERE] = None
    """Never shown anywhere."""


class CycleFile(Written):
    """cycle.yml: one recording and the shared review of it."""

    kind: Annotated[Literal["cycle", "top-up"], EVERYWHERE] = "cycle"
    """cycle or top-up."""
    filmed: Annotated[Day, EVERYWHERE]
    """The day of the film."""
    setting: Annotated[Line | None, EVERYWHERE] = None
    """Where and when, such as: Breakfast at home."""
    recordings: Annotated[dict[Slug, Recording], STEERS] = Field(min_length=1)
    """The films, by short name."""
    moments: Annotated[list[MomentEntry], EVERYWHERE] = Field(default_factory=list)
    """The special moments, in the order they are shown."""
    review: Annotated[Review | None, EVERYWHERE] = None
    """The shared review, once held."""

    def recording_of(self, moment: MomentEntry) -> str | None:
        """The recording a moment is cut from: the one it names, or the only film of the cycle."""
        if moment.of is not None:
            return moment.of
        films = [name for name, recording in self.recordings.items() if recording.of is None]
        choices = films or list(self.recordings)
        return choices[0] if len(choices) == 1 else None


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
