"""A walk over all values of a case, to those that one edition leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from vigsite.case.case import Case
from vigsite.case.consent import Admission
from vigsite.case.cycle_file import MomentEntry
from vigsite.case.editions import Edition
from vigsite.case.faults import KeyPath, spell
from vigsite.case.fields import Reach
from vigsite.withheld.field_rules import HOW, KEYED, How

_ALWAYS = {How.ID, How.FILE}


@dataclass(frozen=True, slots=True)
class Withheld:
    """One value that an edition does not show."""

    value: Any
    how: How
    origin: str
    key: str
    """`Model.field`."""
    about: tuple[str, str] = ("", "")
    """For a rating: what its goal is called and asks."""


def withheld_values(case: Case, admission: Admission) -> Iterator[Withheld]:
    """Every value that the edition leaves out."""
    edition, admitted = admission.edition, set(admission.names)
    written = case.written
    open_: set[str] = set()
    if edition.is_kept and written.keepsake.ratings:
        open_ |= {"Goal.baseline", "Review.ratings"}
    if written.show_principles:
        open_.add("Analysis.principles")
    seen = frozenset[str]().union(*(moment.shows for moment in admission.moments))
    for person, written_person in written.family.people.items():
        if person not in seen:
            origin = f"family.people.{person}.called in case.yml"
            yield Withheld(written_person.called, How.CALLED, origin, "Person.called")
    yield Withheld(admission.why_left_out(), How.TEXT, "what was left out, and why", "")
    walk = _Walk(case, edition, frozenset(open_), admitted)
    yield Withheld(case.slug, How.ID, "the name of the case", "")
    yield from walk.fields(written, "case.yml", True)
    for cycle in case.cycles:
        file = f"{cycle.folder}/cycle.yml"
        yield Withheld(cycle.folder, How.ID, "the name of a cycle's folder", "folder")
        kept = bool(cycle.written.review) or any(m.name in admitted for m in cycle.moments)
        yield from walk.fields(cycle.written, file, kept, cycle.folder)
    if case.closing is not None:
        yield from walk.fields(case.closing, "closing.yml", True)
    for number, entry in enumerate(case.handovers):
        yield from walk.fields(entry, "handovers.yml", False, path=("handovers", number))


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk over all values of a case, as one edition sees them."""

    case: Case
    edition: Edition
    opened: frozenset[str]
    """Fields that the case opens to the edition."""
    admitted: set[str]

    def fields(
        self, model: BaseModel, file: str, shown: bool, folder: str = "", path: KeyPath = ()
    ) -> Iterator[Withheld]:
        """What is withheld of one part of a file; `shown` says whether any of it may be shown."""
        if isinstance(model, MomentEntry):
            shown = shown and f"{folder}/{model.id}" in self.admitted
            path = ("moments", model.id)
        for name, info in type(model).model_fields.items():
            key = _key(type(model), name)
            reach = next(tag for tag in info.metadata if isinstance(tag, Reach))
            may = shown and (self.edition in reach.editions or key in self.opened)
            place = (*path, info.alias or name)
            value = getattr(model, name)
            how = HOW[key]
            if key in KEYED:
                for entry in value:
                    yield Withheld(entry, How.ID, f"{spell(place)} in {file}", key)
            if how is How.RATING:
                yield from () if may else self._ratings(model, value, place, file, key)
            elif how is How.INSIDE:
                for part, where in _parts(value, place):
                    yield from self.fields(part, file, shown, folder, where)
            elif how is not How.MUTE and (how in _ALWAYS or not may):
                for text, where in _leaves(value, place):
                    yield Withheld(text, how, f"{spell(where)} in {file}", key)

    def _ratings(
        self, model: BaseModel, value: Any, place: KeyPath, file: str, key: str
    ) -> Iterator[Withheld]:
        goals = self.case.written.goals
        if isinstance(value, dict):
            rated_ = {goal: number for goal, number in value.items() if goal in goals}
        else:
            rated_ = {g: value for g, goal in goals.items() if goal is model and value is not None}
        for goal, number in rated_.items():
            about = (goal, goals[goal].question)
            yield Withheld(number, How.RATING, f"{spell(place)} in {file}", key, about)


def _key(model: type[BaseModel], field: str) -> str:
    """`Model.field`, by the model that HOW knows it under."""
    return f"{model.__name__}.{field}"


def _parts(value: Any, place: KeyPath) -> Iterator[tuple[BaseModel, KeyPath]]:
    """The models in a value, each with its place."""
    if isinstance(value, BaseModel):
        yield value, place
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _parts(entry, (*place, number))
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield from _parts(entry, (*place, name))


def _leaves(value: Any, place: KeyPath) -> Iterator[tuple[Any, KeyPath]]:
    """The texts and days in a value, each with its place."""
    if isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _leaves(entry, (*place, number))
    elif isinstance(value, str | dt.date):
        yield value, place
