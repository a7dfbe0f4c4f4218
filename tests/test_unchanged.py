"""A build that would do nothing is recognised; anything that could change its answer is noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.families import Family
from vigsite.building.request import Built, Watcher, Wish
from vigsite.building.unchanged import recall
from vigsite.commands.build import build_case

TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def wish(tmp_path: Path) -> Wish:
    return Wish(out=tmp_path / "sites", quality="draft", today=TODAY)


@pytest.fixture
def built(ash: Family, wish: Wish) -> Built:
    def nothing(_: object) -> None:
        return None

    return build_case(ash.directory, wish, Watcher(nothing, nothing))


def test_the_same_answer_comes_again(ash: Family, wish: Wish, built: Built) -> None:
    again = recall(ash.directory, wish)
    assert again is not None
    assert again.unchanged == set(again.sites) == set(built.sites)
    assert (again.sites, again.sentences, again.notices) == (
        built.sites,
        built.sentences,
        built.notices,
    )
    assert recall(ash.directory / "case.yml", wish) == again


def change_film(ash: Family, _: Path) -> None:
    film = ash.directory / "1-tea/film.mp4"
    film.write_bytes(film.read_bytes() + b"\0")


CHANGES: dict[str, Callable[[Family, Path], object]] = {
    "an edited word": lambda ash, _: ash.change("1-tea/cycle.yml", "A smile", "A grin"),
    "an edited private note": lambda ash, _: ash.change("1-tea/cycle.yml", "Tired", "Very tired"),
    "another film": change_film,
    "a new folder": lambda ash, _: (ash.directory / "2-more").mkdir(),
    "a changed page": lambda _, sites: (sites / "ash/keepsake/index.html").write_text("x"),
    "a file put into the site": lambda _, sites: (sites / "ash/review/x.txt").write_text("x"),
    "a deleted clip": lambda _, sites: next(sites.rglob("*.mp4")).unlink(),
    "what a killed run left": lambda _, sites: (sites / "ash/.review.new-1").mkdir(),
    "a killed run's scratch": lambda ash, _: (ash.directory / ".vigsite/tmp/x").mkdir(parents=True),
    "a damaged record": lambda ash, _: (ash.directory / "record/record.json").write_text("["),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_could_change_the_answer_is_noticed(
    ash: Family, wish: Wish, built: Built, tmp_path: Path, name: str
) -> None:
    assert built.sites
    CHANGES[name](ash, tmp_path / "sites")
    assert recall(ash.directory, wish) is None


def test_another_day_or_wish_is_another_question(ash: Family, wish: Wish, built: Built) -> None:
    assert built.sites
    assert recall(ash.directory, replace(wish, today=TODAY + dt.timedelta(1))) is None
    assert recall(ash.directory, replace(wish, quality="usual")) is None
    assert recall(ash.directory, replace(wish, out=wish.out.parent / "other")) is None
