"""cycle.yml as closed pydantic models: recordings, moments and the shared review of one cycle."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from vigsite.case.case_file import Written
from vigsite.case.editions import Edition
from vigsite.case.fields import (
    EVERYWHERE,
    NOT_KEEPSAKE,
    NOWHERE,
    STEERS,
    SUPERVISION_ONLY,
    Area,
    Day,
    FileName,
    Flag,
    Line,
    Lines,
    Range,
    Rating,
    Slug,
    Slugs,
    Speed,
    Text,
    Time,
    Within,
    one_or_more,
)


class Recording(Written):
    """One film of a cycle."""

    file: Annotated[FileName, NOWHERE]
    """Its file, beside cycle.yml or below it."""
    shows: Annotated[Slugs | None, STEERS] = Field(default=None, min_length=1)
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
    within: Annotated[Within, EVERYWHERE]
    """How far to look either way, in seconds; at most 2."""


class Analysis(Written):
    """The practitioner's own reading of a moment, for supervision."""

    principles: Annotated[Slugs, SUPERVISION_ONLY] = Field(default_factory=list)
    """Levels or behaviours of the framework; shown elsewhere only with `show_principles`."""
    notes: Annotated[Text | None, SUPERVISION_ONLY] = None
    """Free notes."""


def _kind_of_still(value: Any) -> str:
    return "a search" if isinstance(value, dict | Near) else "a time"


def _kind_of_mute(value: Any) -> str:
    return "stretches" if isinstance(value, list) else "whole"


class MomentEntry(Written):
    """A special moment: one clip, one still, or a short sequence of stills."""

    id: Annotated[Slug, NOWHERE]
    """Short name, unique in the cycle."""
    clip: Annotated[Range | None, EVERYWHERE] = None
    """Where it starts and ends in the recording."""
    still: Annotated[
        Annotated[
            Annotated[Time, Tag("a time")] | Annotated[Near, Tag("a search")],
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
    shows: Annotated[Slugs | None, STEERS] = Field(default=None, min_length=1)
    """Who can be recognised; the recording's people when left out."""
    only_in: Annotated[Annotated[list[Edition], BeforeValidator(one_or_more)] | None, STEERS] = (
        Field(default=None, min_length=1)
    )
    """Narrows the editions it may enter."""
    agreed_again: Annotated[Day | None, STEERS] = None
    """After `vigsite withdraw`: the later day on which the family agreed to this moment again."""
    title: Annotated[Line, EVERYWHERE]
    """A short title, kind and concrete."""
    caption: Annotated[Text | None, EVERYWHERE] = None
    """What is to be seen, in a sentence or two."""
    parent_said: Annotated[Lines, EVERYWHERE] = Field(default_factory=list)
    """The parent's own words about it."""
    goals: Annotated[Slugs, EVERYWHERE] = Field(default_factory=list)
    """Which helping questions it speaks to."""
    stop_at: Annotated[Annotated[list[Time], BeforeValidator(one_or_more)], NOT_KEEPSAKE] = Field(
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
            Annotated[Flag, Tag("whole")] | Annotated[list[Between], Tag("stretches")],
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
