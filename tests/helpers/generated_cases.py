"""Whole cases made up from seeds: every field of the models, each with a value of its own.

A field's value comes from its place in the case and a seed: from one seed where the field may reach
the edition in question, from another where it may not. So two cases can be alike in all that an
edition may show and differ in all the rest.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from tests.helpers.families import as_another_family
from tests.helpers.generated_fields import DRAW
from vigsite.case.case_file import CaseFile, ClosingFile, HandOversFile, Keepsake
from vigsite.case.cycle_file import CycleFile
from vigsite.case.editions import Edition
from vigsite.case.fields import Reach

CYCLES = 2


@dataclass(frozen=True)
class World:
    """What decides each value."""

    edition: Edition
    shown: int
    """Seed of all that the edition may show, and of what decides about it."""
    hidden: int
    """Seed of all the rest."""

    def value(self, model: type[BaseModel], field: str, place: str) -> Any:
        """The value of a field at a place of the case; None to leave it out."""
        named = f"{model.__name__}.{field}"
        seed = (
            f"shown {self.shown}"
            if self.may_show(named, _reach(model, field))
            else f"hidden {self.hidden}"
        )
        return DRAW[named](Random(f"{seed} {place}.{field}"), self, f"{place}.{field}")

    def may_show(self, named: str, reach: Reach) -> bool:
        """Whether a field may reach the edition, by its tag and by what the family chose."""
        if self.edition in reach.editions or reach.steers:
            return True
        if named in ("Goal.baseline", "Review.ratings"):
            return self.edition is Edition.KEEPSAKE and bool(self.chosen(Keepsake, "ratings"))
        if named in ("Analysis.principles", "MomentEntry.analysis"):
            return bool(self.chosen(CaseFile, "show_principles"))
        return False

    def chosen(self, model: type[BaseModel], field: str) -> Any:
        """What the family chose."""
        place = "case.keepsake" if model is Keepsake else "case"
        return self.value(model, field, place) == "true"

    def name(self, kind: str, number: int) -> str:
        """A short name inside the case: hidden, the same wherever it is used."""
        rest = Random(f"hidden {self.hidden} {kind} {number}").choice(
            ["alder", "birch", "cedar", "dogwood"]
        )
        return f"{kind}{number}-{rest}"

    @property
    def people(self) -> int:
        """How many there are."""
        return Random(f"shown {self.shown} people").randint(1, 4)

    def build(self, model: type[BaseModel], place: str) -> dict[str, Any]:
        """A group of keys, filled field by field."""
        found = {}
        for name, info in model.model_fields.items():
            if (value := self.value(model, name, place)) is not None:
                found[info.alias or name] = value
        return found

    def trees(self) -> dict[str, dict[str, Any]]:
        """What stands in each file of the case, by its address."""
        cycles = {
            f"{number}-{self.name('cycle', number)}/cycle.yml": self.build(
                CycleFile, f"cycle{number}"
            )
            for number in range(1, CYCLES + 1)
        }
        return {
            "case.yml": self.build(CaseFile, "case"),
            "closing.yml": self.build(ClosingFile, "closing"),
            "handovers.yml": self.build(HandOversFile, "register"),
            **cycles,
        }

    def write(self, directory: Path, films: list[Path]) -> Path:
        """Writes the case; `films` are three recordings of four seconds."""
        self.write_trees(self.trees(), directory, films)
        return directory

    def write_trees(
        self, trees: dict[str, dict[str, Any]], directory: Path, films: list[Path]
    ) -> None:
        """Writes the case with other files than its own."""
        directory.mkdir(parents=True)
        for address, tree in trees.items():
            file = directory / address
            file.parent.mkdir(exist_ok=True)
            text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000)
            file.write_text(text, "utf-8")
            if file.name == "cycle.yml":
                for at, film in enumerate(films):
                    os.link(film, file.parent / self.file(at))
        as_another_family(directory)  # it has hand-overs, so vigsite has worked on it

    def file(self, number: int) -> str:
        """The name of a recording's file: hidden."""
        return f"{self.name('film', number)}.mp4"


def models(*written: type[BaseModel]) -> set[type[BaseModel]]:
    """These models, and all that stand in them."""
    found: set[type[BaseModel]] = set()
    waiting: list[Any] = list(written)
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            if one not in found:
                found.add(one)
                waiting += [info.annotation for info in one.model_fields.values()]
        else:
            waiting += get_args(one)
    return found


def _reach(model: type[BaseModel], field: str) -> Reach:
    [reach] = [tag for tag in model.model_fields[field].metadata if isinstance(tag, Reach)]
    return reach
