"""What an edition must not say: every value of a case that its allow-list leaves out, as secrets.

`HOW` decides for each field of the models how its value is searched for; a field without a
decision fails a test. What the edition says anyway, and our own words, are no secrets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from pydantic import BaseModel

from vigsite.audit.expand import cut_up, dated, filed, named, rated
from vigsite.audit.look import Secrets
from vigsite.audit.machine import machine_secrets
from vigsite.audit.needles import Secret, plain_words
from vigsite.case.case import Case
from vigsite.case.consent import Admission
from vigsite.case.cycle_model import MomentEntry
from vigsite.case.editions import Edition
from vigsite.case.fields import Reach
from vigsite.pages.edition import Shown
from vigsite.pages.own_words import own_words
from vigsite.pages.project import pseudonyms
from vigsite.pages.words import Words, words_for


class How(Enum):
    """How a value that must not be shown is searched for."""

    INSIDE = auto()
    """It holds other fields, which decide."""
    NAME = auto()
    """Whole, and by each part that is a word of four letters or more."""
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


HOW: dict[str, How] = {
    "Person.called": How.NAME,
    "Person.role": How.ID,
    "Person.pseudonym": How.TEXT,
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
    "ClosingFile.learned": How.TEXT,
    "ClosingFile.carry_on": How.TEXT,
    "ClosingFile.next_steps": How.TEXT,
    "ClosingFile.top_up": How.TEXT,
    "ClosingFile.message": How.TEXT,
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
    "Analysis.notes": How.TEXT,
    "MomentEntry.id": How.ID,
    "MomentEntry.clip": How.MUTE,
    "MomentEntry.still": How.INSIDE,
    "MomentEntry.stills": How.MUTE,
    "MomentEntry.of": How.ID,
    "MomentEntry.shows": How.ID,
    "MomentEntry.only_in": How.MUTE,
    "MomentEntry.title": How.TEXT,
    "MomentEntry.caption": How.TEXT,
    "MomentEntry.parent_said": How.TEXT,
    "MomentEntry.goals": How.ID,
    "MomentEntry.stop_at": How.MUTE,
    "MomentEntry.prompts": How.TEXT,
    "MomentEntry.analysis": How.INSIDE,
    "MomentEntry.private": How.TEXT,
    "MomentEntry.slow": How.MUTE,
    "MomentEntry.crop": How.MUTE,
    "MomentEntry.blur": How.INSIDE,
    "MomentEntry.mute": How.INSIDE,
    "MomentEntry.captions": How.INSIDE,
    "GoalOutcome.now": How.TEXT,
    "GoalOutcome.met": How.MUTE,
    "GoalOutcome.dropped": How.MUTE,
    "Review.held": How.DAY,
    "Review.where": How.TEXT,
    "Review.parent_said": How.TEXT,
    "Review.strengths": How.TEXT,
    "Review.next": How.TEXT,
    "Review.ratings": How.RATING,
    "Review.goals": How.INSIDE,
    "Review.decision": How.TEXT,
    "Review.private": How.TEXT,
    "CycleFile.kind": How.MUTE,
    "CycleFile.filmed": How.DAY,
    "CycleFile.setting": How.TEXT,
    "CycleFile.recordings": How.INSIDE,
    "CycleFile.moments": How.INSIDE,
    "CycleFile.review": How.INSIDE,
}
KEYED = {"Family.people", "CaseFile.goals", "CycleFile.recordings", "Review.goals"}
"""Fields whose entries have short names."""
_ALWAYS = {How.ID, How.FILE}


@dataclass(frozen=True, slots=True)
class _Withheld:
    """One value that an edition does not show."""

    value: Any
    how: How
    origin: str
    key: str
    """`Model.field`."""
    about: tuple[str, str] = ("", "")
    """For a rating: what its goal is called and asks."""


def secrets_of(case: Case, admission: Admission, shown: Shown) -> Secrets:
    """What must occur nowhere in the edition that says `shown`."""
    words = words_for(shown.language)
    said = [*shown.texts, *_days_said(shown, words)]
    ours = "|".join(map(plain_words, [*own_words(words), *_days_said(shown, words)]))
    allowed = "|".join([ours, *map(plain_words, said)])
    sure: list[Secret] = []
    if admission.edition is Edition.SUPERVISION:
        sure += [Secret(name, "family in case.yml", name=True) for name in pseudonyms(case)]
    names = [
        (name, f"never_show[{n}] in case.yml") for n, name in enumerate(case.written.never_show)
    ]
    sure += [Secret(name, origin, name=True) for name, origin in names]
    other = [part for name, origin in names for part in named(name, origin)[1:]]
    days = set(_days_said(shown, words))
    for withheld in _all(case, admission):
        if withheld.how is How.DAY and withheld.value.isoformat() in days:
            continue
        other += _secrets(withheld, case, words)
    other += [Secret(str(case.directory), "the folder of the case"), *machine_secrets()]
    found = [secret for secret in sure if plain_words(secret.text) not in ours]
    found += [secret for secret in other if not _said(secret, allowed, said)]
    notes = [
        f"{secret.text!r} ({secret.origin}) was not searched for: the pages' own words hold it."
        for secret in sure
        if plain_words(secret.text) in ours
    ]
    once = {(secret.text, secret.literal): secret for secret in reversed(found)}
    return Secrets(tuple(reversed(once.values())), tuple(said), tuple(notes))


def _said(secret: Secret, allowed: str, said: list[str]) -> bool:
    """Whether the edition or our own words hold this anyway."""
    if secret.literal:
        return any(secret.text in text for text in said)
    return plain_words(secret.text) in allowed


def _days_said(shown: Shown, words: Words) -> list[str]:
    days = [goal.since for goal in shown.goals]
    days += [cycle.filmed for cycle in shown.cycles]
    days += [cycle.review.held for cycle in shown.cycles if cycle.review]
    days += [rating.day for goal in shown.goals for rating in goal.ratings]
    return [text for day in days for text in (day.isoformat(), words.day(day))]


def _all(case: Case, admission: Admission) -> Iterator[_Withheld]:
    """Every value that the edition leaves out."""
    edition, admitted = admission.edition, set(admission.names)
    written = case.written
    open_: set[str] = set()
    if edition is Edition.KEEPSAKE and written.keepsake.ratings:
        open_ |= {"Goal.baseline", "Review.ratings"}
    if written.show_principles:
        open_.add("Analysis.principles")
    seen = frozenset[str]().union(*(moment.shows for moment in admission.moments))
    for person, written_person in written.family.people.items():
        if person not in seen:
            origin = f"family.people.{person}.called in case.yml"
            yield _Withheld(written_person.called, How.TEXT, origin, "Person.called")
    yield _Withheld(admission.why_left_out(), How.TEXT, "what was left out, and why", "")
    walk = _Walk(case, edition, frozenset(open_), admitted)
    yield _Withheld(case.slug, How.ID, "the name of the case", "")
    yield from walk.fields(written, "case.yml", True)
    for cycle in case.cycles:
        file = f"{cycle.folder}/cycle.yml"
        yield _Withheld(cycle.folder, How.ID, "the name of a cycle's folder", "folder")
        kept = bool(cycle.written.review) or any(m.name in admitted for m in cycle.moments)
        yield from walk.fields(cycle.written, file, kept, cycle.folder)
    if case.closing is not None:
        yield from walk.fields(case.closing, "closing.yml", True)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk over all values of a case, as one edition sees them."""

    case: Case
    edition: Edition
    opened: frozenset[str]
    """Fields that the case opens to the edition."""
    admitted: set[str]

    def fields(
        self, model: BaseModel, file: str, shown: bool, folder: str = "", path: str = ""
    ) -> Iterator[_Withheld]:
        """What is withheld of one part of a file; `shown` says whether any of it may be shown."""
        if isinstance(model, MomentEntry):
            shown = shown and f"{folder}/{model.id}" in self.admitted
        for name, info in type(model).model_fields.items():
            key = _key(type(model), name)
            reach = next(tag for tag in info.metadata if isinstance(tag, Reach))
            may = shown and (self.edition in reach.editions or key in self.opened)
            place = f"{path}.{info.alias or name}".lstrip(".")
            value = getattr(model, name)
            how = HOW[key]
            if key in KEYED:
                for entry in value:
                    yield _Withheld(entry, How.ID, f"{place} in {file}", key)
            if how is How.RATING:
                yield from () if may else self._ratings(model, value, place, file, key)
            elif how is How.INSIDE:
                for part, where in _parts(value, place):
                    yield from self.fields(part, file, shown, folder, where)
            elif how is not How.MUTE and (how in _ALWAYS or not may):
                for text, where in _leaves(value, place):
                    yield _Withheld(text, how, f"{where} in {file}", key)

    def _ratings(
        self, model: BaseModel, value: Any, place: str, file: str, key: str
    ) -> Iterator[_Withheld]:
        goals = self.case.written.goals
        if isinstance(value, dict):
            rated_ = {goal: number for goal, number in value.items() if goal in goals}
        else:
            rated_ = {g: value for g, goal in goals.items() if goal is model and value is not None}
        for goal, number in rated_.items():
            about = (goal, goals[goal].question)
            yield _Withheld(number, How.RATING, f"{place} in {file}", key, about)


def _key(model: type[BaseModel], field: str) -> str:
    """`Model.field`, by the model that HOW knows it under."""
    return f"{model.__name__}.{field}"


def _parts(value: Any, place: str) -> Iterator[tuple[BaseModel, str]]:
    """The models in a value, each with its place."""
    if isinstance(value, BaseModel):
        yield value, place
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _parts(entry, f"{place}[{number}]")
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield from _parts(entry, f"{place}.{name}")


def _leaves(value: Any, place: str) -> Iterator[tuple[Any, str]]:
    """The texts and days in a value, each with its place."""
    if isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _leaves(entry, f"{place}[{number}]")
    elif isinstance(value, str | dt.date):
        yield value, place


def _secrets(withheld: _Withheld, case: Case, words: Words) -> list[Secret]:
    """The words to search for, for one value."""
    value, origin = withheld.value, withheld.origin
    match withheld.how:
        case How.NAME:
            return named(value, origin)
        case How.TEXT:
            return cut_up(value, origin)
        case How.ID if withheld.key == "folder":
            return [Secret(value, origin, literal=True)]
        case How.ID:
            return [Secret(str(value), origin)] if len(value) >= 4 else []
        case How.PRINCIPLE:
            said = case.framework.principle_name(value) or ""
            return [Secret(text, origin) for text in (value, said) if len(text) >= 5]
        case How.FILE:
            return filed(value, origin)
        case How.DAY:
            return dated(value, words.day(value), origin)
        case How.RATING:
            return rated(value, withheld.about, origin)
    return []
