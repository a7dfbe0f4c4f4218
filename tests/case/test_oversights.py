"""What is easily overlooked is said: films twice, aside or replaced, days, a cycle without moments."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted
from tests.helpers.families import Family, family
from vigsite.case.load import load_case
from vigsite.commands.preview import make_preview

CYCLE = "1-tea/cycle.yml"
AHEAD = dt.date.today() + dt.timedelta(days=400)


def notices(of: Family) -> list[str]:
    report = load_case(of.directory).report
    assert report.faults == []
    return [str(one).replace(f"{of.directory}/", "") for one in report.notices]


def second(of: Family, text: str, film: bytes = b"another") -> None:
    folder = of.directory / "2-bath"
    folder.mkdir()
    (folder / "cycle.yml").write_text(text, "utf-8")
    (folder / "film.mp4").write_bytes(film)


def test_a_copied_cycle_holds_the_same_film(quiet: Family) -> None:
    shutil.copytree(quiet.directory / "1-tea", quiet.directory / "2-tea")
    [said] = notices(quiet)
    assert said.startswith("2-tea/cycle.yml:4: recordings.film.file is the same film as 1-tea/film")


def test_a_film_of_the_same_size_is_another(quiet: Family) -> None:
    text = (quiet.directory / CYCLE).read_text("utf-8")
    size = (quiet.directory / "1-tea/film.mp4").stat().st_size
    second(quiet, text, b"x" * size)
    assert notices(quiet) == []


@pytest.mark.parametrize("place", ["1-tea", "."])
def test_a_film_that_no_note_names_is_said(quiet: Family, place: str) -> None:
    (quiet.directory / place / "IMG_1.MOV").write_bytes(b"a film")
    (quiet.directory / place / "notes.txt").write_bytes(b"no film")
    [said] = notices(quiet)
    assert said.lstrip("./").startswith(
        f"{place}/IMG_1.MOV: is not named in "[2 * (place == ".") :]
    )


DAYS = [
    (CYCLE, "filmed: 2026-02-01", f"filmed: {AHEAD}", f"cycle.yml:1: filmed is {AHEAD}, still to come"),
    (CYCLE, "held: 2026-02-08", f"held: {AHEAD}", f"review.held is {AHEAD}, still to come"),
    ("case.yml", "given: 2026-01-05}\n  - {person: nan", f"given: 2026-01-05, withdrawn: {AHEAD}}}\n  - {{person: nan", f"withdrawn is {AHEAD}, still to come"),
    ("case.yml", "since: 2026-01-05", f"since: {AHEAD}", f"goals.meals.since is {AHEAD}, still"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "words"), DAYS)
def test_a_day_that_is_still_to_come_is_said(
    quiet: Family, file: str, old: str, new: str, words: str
) -> None:
    quiet.change(file, old, new)
    if file == CYCLE:
        quiet.change(CYCLE, "held: 2026-02-08", f"held: {AHEAD}") if "filmed" in old else None
    assert any(words in said for said in notices(quiet))


def test_films_out_of_order_and_a_cycle_without_moments_are_said(quiet: Family) -> None:
    second(quiet, "filmed: 2026-01-20\nrecordings: {film: {file: film.mp4}}\n")
    assert notices(quiet) == [
        "2-bath/cycle.yml:1: has no moments yet, so its film is shown nowhere",
        "2-bath/cycle.yml:1: filmed is 2026-01-20, before 1-tea was filmed on 2026-02-01; correct "
        "the day, or renumber the folders",
    ]
    shutil.rmtree(quiet.directory / "1-tea")
    assert notices(quiet) == []


def test_another_film_under_the_same_name_is_said_until_it_is_built(
    ash: Family, vigsite: Vigsite, films: Callable[[str], Counted]
) -> None:
    make_preview(ash.directory, everything=False, said=print)
    assert vigsite("check", ash.directory).err == ""
    shutil.copyfile(films("30").path, ash.directory / "1-tea/film.mp4")
    words = "recordings.film.file is 'film.mp4', another film than when this case was last built"
    assert words in vigsite("check", ash.directory).err
    make_preview(ash.directory, everything=False, said=print)
    assert vigsite("check", ash.directory).err == ""


def test_adding_says_that_another_family_has_the_film(
    ash: Family, vigsite: Vigsite, films: Callable[[str], Counted]
) -> None:
    elm = family(ash.directory.with_name("elm"), films("30").path)
    done = vigsite("add", ash.directory, films("30").path, "--filmed", "2026-05-02")
    assert done.status == 0
    assert f"{elm.directory.resolve()} has this film, too" in " ".join(done.out.split())
    assert "has this film, too" not in vigsite("add", ash.directory, films("24").path).out


def test_adding_says_what_cannot_be_meant(
    ash: Family, vigsite: Vigsite, tmp_path: Path, films: Callable[[str], Counted]
) -> None:
    again = vigsite("add", ash.directory, films("25").path, "--filmed", "2026-01-02")
    assert again.status == 0
    assert "The case has this film already, as 1-tea/film.mp4." in again.out
    assert "before the film of 1-tea (2026-02-01); correct `filmed`" in again.out
    ahead = vigsite("add", ash.directory, films("30").path, "--filmed", str(AHEAD))
    assert "still to come" in ahead.out
    assert "already" not in ahead.out
