"""Commands without a case mean the one somebody stands in, or those below; sites go beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.families import Family, as_another_family
from vigsite.cli.here import outside


def two(ash: Family) -> Path:
    """The folder above `cases`, with a second case in it."""
    shutil.copytree(ash.directory, ash.directory.parent / "elm")
    as_another_family(ash.directory.parent / "elm")
    return ash.directory.parent.parent


PLACES: list[tuple[str, str, list[str]]] = [
    ("cases/ash", "check", ["Then: vigsite build . --open"]),
    ("cases/ash/1-tea", "check", ["Then: vigsite build .. --open"]),
    (".", "check", ["vigsite build cases/ash --open", "vigsite build cases/elm --open"]),
    ("cases", "check", ["vigsite build ash --open", "vigsite build elm --open"]),
    ("cases/ash", "due", ["ash: nothing is due."]),
    (".", "due", ["ash: nothing is due.", "elm: nothing is due."]),
]


@pytest.mark.parametrize(("place", "command", "words"), PLACES)
def test_the_case_is_the_one_that_is_meant(
    ash: Family, vigsite: Vigsite, place: str, command: str, words: list[str]
) -> None:
    done = vigsite(command, cwd=two(ash) / place)
    assert done.status == 0, done.err
    assert all(one in done.out for one in words), done.out
    assert done.out.count("ash: ") > 0
    assert ("elm" in done.out) is (len(words) > 1)


def test_what_would_be_several_or_none_is_asked_about(ash: Family, vigsite: Vigsite) -> None:
    ground = two(ash)
    for command, place in (("present", "."), ("present", "cases")):
        done = vigsite(command, "--no-open", cwd=ground / place)
        assert done.status == 2
        assert "There are several cases here; name one of" in done.err
    empty = ground / "nothing/here/at/all"
    empty.mkdir(parents=True)
    for command in ("build", "check", "present", "pack"):
        done = vigsite(command, cwd=empty)
        assert done.status == 2
        assert "Missing argument" in done.err
    assert "Missing argument" in vigsite("pack", cwd=ground).err


def test_from_inside_a_case_its_sites_go_where_they_always_go(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    done = vigsite("build", "--draft", "--edition", "keepsake", cwd=ash.directory)
    assert done.status == 0, done.err
    assert (tmp_path / "sites/ash/keepsake/index.html").is_file()


GROUND = [
    ("cases/ash", "sites", "../../sites"),
    ("cases/ash/1-tea", "packs", "../../../packs"),
    ("cases", "sites", "sites"),
    (".", "sites", "sites"),
    ("cases/ash", "../out", "../out"),
]


@pytest.mark.parametrize(("place", "out", "found"), GROUND)
def test_the_usual_place_lies_outside_the_case(
    quiet_cases: Callable[[str], Path], place: str, out: str, found: str
) -> None:
    assert outside(quiet_cases(place), Path(out)) == Path(found)


@pytest.fixture
def quiet_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    def stand(place: str) -> Path:
        (tmp_path / "cases/ash/1-tea").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / place)
        return tmp_path / "cases/ash"

    return stand
