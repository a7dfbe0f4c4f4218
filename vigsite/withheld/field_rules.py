"""How the value of each field is searched for; a field without a decision fails a test.

Free text (`Text` of the models) is always searched for as such, so a new field of it needs no line.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import get_args

from pydantic.fields import FieldInfo

from vigsite.case import case_file, cycle_file, withdrawn_file
from vigsite.case.fields import Text
from vigsite.case.schema import models


class How(Enum):
    """How a value that must not be shown is searched for."""

    INSIDE = auto()
    """It holds other fields, which decide."""
    NAME = auto()
    """Whole, and by each part that is a word of four letters or more."""
    CALLED = auto()
    """Whole, as a name: its parts may be any words."""
    TEXT = auto()
    """Whole, and by runs of five words."""
    ID = auto()
    """As a short name; secret in every edition."""
    PRINCIPLE = auto()
    """A short name, and the framework's words for it."""
    FILE = auto()
    """A file's name, with and without its ending; secret in every edition."""
    DAY = auto()
    """A date, as pages and files write it."""
    RATING = auto()
    """A number beside its question."""
    MUTE = auto()
    """Numbers and choices that say nothing by themselves."""


def _is_free_text(field: FieldInfo) -> bool:
    """Return whether a field holds a text, one or none, or a list of texts."""
    _, *checks = get_args(Text)
    return Text in get_args(field.annotation) or set(checks) <= set(field.metadata)


HOW: dict[str, How] = {
    f"{name}.{field}": How.TEXT
    for name, model in models().items()
    if model.__module__ in (case_file.__name__, cycle_file.__name__, withdrawn_file.__name__)
    for field, info in model.model_fields.items()
    if _is_free_text(info)
} | {
    "Person.called": How.NAME,
    "Person.role": How.ID,
    "Person.pseudonym": How.CALLED,
    "Family.called": How.NAME,
    "Family.people": How.INSIDE,
    "Practitioner.called": How.NAME,
    "Practitioner.contact": How.TEXT,
    "Goal.question": How.TEXT,
    "Goal.since": How.DAY,
    "Goal.baseline": How.RATING,
    "Consent.person": How.ID,
    "Consent.by": How.TEXT,
    "Consent.purposes": How.ID,
    "Consent.given": How.DAY,
    "Consent.until": How.DAY,
    "Consent.withdrawn": How.DAY,
    "Keepsake.parts": How.MUTE,
    "Keepsake.ratings": How.MUTE,
    "Keepsake.file_names": How.MUTE,
    "Retention.recordings": How.DAY,
    "Retention.case": How.DAY,
    "Film.order": How.ID,
    "Film.leave_out": How.ID,
    "Film.music": How.FILE,
    "Limits.clips_per_cycle": How.MUTE,
    "Limits.clip_seconds": How.MUTE,
    "HandOversFile.handovers": How.INSIDE,
    "HandOver.when": How.DAY,
    "HandOver.form": How.MUTE,
    "HandOver.sha256": How.TEXT,
    "HandOver.moments": How.ID,
    "HandOver.whom": How.CALLED,
    "CaseFile.vigsite": How.MUTE,
    "CaseFile.family": How.INSIDE,
    "CaseFile.never_show": How.NAME,
    "CaseFile.practitioner": How.INSIDE,
    "CaseFile.framework": How.FILE,
    "CaseFile.language": How.MUTE,
    "CaseFile.goals": How.INSIDE,
    "CaseFile.consent": How.INSIDE,
    "CaseFile.keepsake": How.INSIDE,
    "CaseFile.show_principles": How.MUTE,
    "CaseFile.limits": How.INSIDE,
    "CaseFile.retention": How.INSIDE,
    "CaseFile.palette": How.MUTE,
    "CaseFile.film": How.INSIDE,
    "WithdrawnFile.withdrawn": How.INSIDE,
    "Lifted.since": How.DAY,
    "Lifted.at": How.TEXT,
    "Lifted.moment": How.ID,
    "Lifted.person": How.ID,
    "Withdrawal.since": How.DAY,
    "Withdrawal.at": How.TEXT,
    "Withdrawal.moment": How.ID,
    "Withdrawal.recording": How.TEXT,
    "Withdrawal.spans": How.MUTE,
    "Withdrawal.frames": How.MUTE,
    "Withdrawal.person": How.ID,
    "Withdrawal.films_of": How.TEXT,
    "Withdrawal.lifts": How.INSIDE,
    "Withdrawal.by": How.TEXT,
    "Recording.file": How.FILE,
    "Recording.shows": How.ID,
    "Recording.of": How.MUTE,
    "Between.start": How.MUTE,
    "Between.end": How.MUTE,
    "Blur.start": How.MUTE,
    "Blur.end": How.MUTE,
    "Blur.box": How.MUTE,
    "Blur.to_box": How.MUTE,
    "Caption.start": How.MUTE,
    "Caption.end": How.MUTE,
    "Caption.text": How.TEXT,
    "Near.near": How.MUTE,
    "Near.within": How.MUTE,
    "Analysis.principles": How.PRINCIPLE,
    "MomentEntry.id": How.ID,
    "MomentEntry.clip": How.MUTE,
    "MomentEntry.still": How.INSIDE,
    "MomentEntry.stills": How.MUTE,
    "MomentEntry.of": How.ID,
    "MomentEntry.shows": How.ID,
    "MomentEntry.only_in": How.MUTE,
    "MomentEntry.title": How.TEXT,
    "MomentEntry.goals": How.ID,
    "MomentEntry.stop_at": How.MUTE,
    "MomentEntry.analysis": How.INSIDE,
    "MomentEntry.slow": How.MUTE,
    "MomentEntry.crop": How.MUTE,
    "MomentEntry.blur": How.INSIDE,
    "MomentEntry.mute": How.INSIDE,
    "MomentEntry.captions": How.INSIDE,
    "MomentEntry.agreed_again": How.DAY,
    "GoalOutcome.now": How.TEXT,
    "GoalOutcome.met": How.MUTE,
    "GoalOutcome.dropped": How.MUTE,
    "Review.held": How.DAY,
    "Review.where": How.TEXT,
    "Review.ratings": How.RATING,
    "Review.goals": How.INSIDE,
    "CycleFile.kind": How.MUTE,
    "CycleFile.filmed": How.DAY,
    "CycleFile.setting": How.TEXT,
    "CycleFile.recordings": How.INSIDE,
    "CycleFile.moments": How.INSIDE,
    "CycleFile.review": How.INSIDE,
}
KEYED = {"Family.people", "CaseFile.goals", "CycleFile.recordings", "Review.goals"}
"""Fields whose entries have short names."""
