"""An edition is a function of what it may show: all other fields together cannot change it.

Every field of the models is made up from a seed; its tag (`Reach`) says which editions it may reach.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted
from tests.helpers.generated_cases import World, models
from tests.helpers.generated_fields import DRAW
from vigsite.building.examine import examine
from vigsite.case.case_file import CaseFile, ClosingFile, HandOversFile
from vigsite.case.consent import admit
from vigsite.case.cycle_file import CycleFile
from vigsite.case.editions import Edition
from vigsite.case.fields import Reach
from vigsite.case.load import load_case
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import DRAFT
from vigsite.pages.projection import project
from vigsite.pages.shown import Shown

ON = dt.date(2026, 11, 1)
SEEDS = st.integers(0, 10**9)
FIELDS = [
    (model, name)
    for model in models(CaseFile, CycleFile, ClosingFile, HandOversFile)
    for name in model.model_fields
]
"""Of all that a practitioner writes, and of the register."""


class Workshop:
    """Reads cases that are made up, over three films."""

    def __init__(self, folder: Path, films: list[Path]) -> None:
        self.folder, self.films = folder, films
        self.library = Library(folder / "recordings", folder / "tmp")
        self.made = 0

    def write(self, world: World) -> Path:
        self.made += 1
        return world.write(self.folder / f"case-{self.made}", self.films)

    def shown(self, world: World) -> Shown:
        """What the edition says; the case must be sound."""
        directory = self.write(world)
        examined = examine(load_case(directory), self.library, DRAFT, "9")
        shutil.rmtree(directory)
        assert examined.report.faults == []
        assert examined.case is not None
        return project(examined.case, admit(examined.case, world.edition, ON), examined.plan)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Workshop:
    folder = tmp_path_factory.mktemp("workshop")
    (folder / "films").mkdir()
    copies = []
    for number, rate in enumerate(("25", "30", "25")):
        copies.append(folder / "films" / f"{number}.mp4")
        shutil.copyfile(films(rate).path, copies[-1])
    return Workshop(folder, copies)


def test_every_field_of_the_models_is_made_up() -> None:
    """A new field must say in `tests/helpers/generated_fields.py` how it changes."""
    assert {f"{model.__name__}.{name}" for model, name in FIELDS} == set(DRAW)
    assert len(FIELDS) > 90


@pytest.mark.parametrize("edition", Edition)
def test_what_may_not_be_shown_does_change(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the property below would hold of nothing."""
    seen: dict[str, dict[str, str]] = {}
    made_up = World.value

    def noting(self: World, model: type[BaseModel], field: str, place: str) -> object:
        value = made_up(self, model, field, place)
        name = f"{model.__name__}.{field}"
        before = seen.setdefault(name, {}).setdefault(f"{self.shown} {place}", repr(value))
        if repr(value) != before:
            changed.add(name)
        return value

    changed: set[str] = set()
    monkeypatch.setattr(World, "value", noting)
    for shown in range(30):
        for hidden in (1, 2):
            world = World(edition, shown, 1000 * shown + hidden)
            world.build(CaseFile, "case")
            world.build(ClosingFile, "closing")
            world.build(HandOversFile, "register")
            world.build(CycleFile, "cycle1")
    hidden_fields = {
        f"{model.__name__}.{name}"
        for model, name in FIELDS
        for tag in model.model_fields[name].metadata
        if isinstance(tag, Reach) and not tag.steers and edition not in tag.editions
    }
    assert len(hidden_fields) >= 12
    assert hidden_fields - changed == {"CaseFile.vigsite"}  # there is one version


@settings(
    max_examples=210, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(edition=st.sampled_from(Edition), shown=SEEDS, hidden=SEEDS, other=SEEDS)
def test_fields_an_edition_may_not_show_cannot_change_it(
    workshop: Workshop, edition: Edition, shown: int, hidden: int, other: int
) -> None:
    world = World(edition, shown, hidden)
    assert workshop.shown(replace(world, hidden=other)) == workshop.shown(world)


@settings(
    max_examples=20, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(edition=st.sampled_from(Edition), shown=SEEDS, hidden=SEEDS)
def test_fields_it_may_show_do_change_it(
    workshop: Workshop, edition: Edition, shown: int, hidden: int
) -> None:
    world = World(edition, shown, hidden)
    assert workshop.shown(replace(world, shown=shown + 1)) != workshop.shown(world)


def hashes(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in site.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("edition", Edition)
def test_the_built_edition_is_the_same_byte_by_byte(
    workshop: Workshop, vigsite: Vigsite, tmp_path: Path, edition: Edition
) -> None:
    """In another folder and time zone, beside another case, with all else changed."""
    shown = next(seed for seed in range(99) if rich(workshop.shown(World(edition, seed, 1))))
    build = ("--draft", "--edition", edition.value)
    World(edition, shown, 1).write(tmp_path / "one" / "ash", workshop.films)
    first = vigsite("build", "ash", *build, cwd=tmp_path / "one", TZ="Asia/Tokyo")
    assert first.status == 0, first.err
    World(edition, shown, 2).write(tmp_path / "two" / "deeper" / "elm", workshop.films)
    World(edition, shown + 1, 3).write(tmp_path / "two" / "deeper" / "oak", workshop.films)
    second = vigsite("build", "elm", *build, cwd=tmp_path / "two" / "deeper", TZ="America/Lima")
    assert second.status == 0, second.err
    site = hashes(tmp_path / "one" / "sites" / "ash" / edition)
    assert len(site) > 20
    assert hashes(tmp_path / "two" / "deeper" / "sites" / "elm" / edition) == site


def rich(shown: Shown) -> bool:
    """Whether it has a clip, a still and a review, and few enough to be built quickly."""
    moments = [moment for _, moment in shown.moments]
    clips = sum(moment.clip is not None for moment in moments)
    reviews = any(cycle.review for cycle in shown.cycles)
    return 0 < clips < len(moments) <= 4 and reviews and shown.closing is not None
