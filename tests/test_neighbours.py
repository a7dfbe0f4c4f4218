"""What one case took back is shown by no other that holds the same film, as a copy of it does."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted
from tests.helpers.families import as_another_family, family
from tests.helpers.prepared_cases import World
from tests.hosting.conftest import agreed, days_on
from vigsite.media import ffmpeg

CYCLE = "1-tea/cycle.yml"
COMMANDS: dict[str, tuple[str, ...]] = {
    "build": ("--draft",),
    "pack": ("--draft", "--single-file"),
    "host": ("--draft", "--out", "web", "--until", str(days_on(9)), "--server", "nginx",
             "--domain", "films.example.org"),
    "present": ("--no-open",),
}  # fmt: skip


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    """A built case, and a copy of its notes and film that was never worked on."""
    world = World(tmp_path_factory.mktemp("neighbours") / "world")
    agreed(family(world.family.directory, films("25").path))
    shutil.copytree(world.family.directory, birch(world))
    done = world.run("build", "cases/ash", "--draft")
    assert done.status == 0, done.err
    return world.kept_aside()


def birch(world: World) -> Path:
    return world.root / "cases" / "birch"


def changed(case: Path, old: str, new: str, file: str = CYCLE) -> None:
    text = (case / file).read_text("utf-8")
    assert old in text
    (case / file).write_text(text.replace(old, new), "utf-8")


def as_it_is(case: Path) -> Path:
    return case


def under_other_names(case: Path) -> Path:
    changed(case, "id: looks", "id: peek")
    (case / "1-tea").rename(case / "1-brew")
    return case


def in_part(case: Path) -> Path:
    changed(case, "id: looks\n    clip: 0:01.0 - 0:02.0", "id: part\n    clip: 0:01.5 - 0:02.4")
    return case


def of_a_converted_film(case: Path) -> Path:
    film = case / "1-tea" / "film.mp4"
    film.rename(before := case / "before.mp4")
    recode = (ffmpeg.program(), "-v", "error", "-i", before, "-crf", "30", film)
    subprocess.run(list(map(str, recode)), check=True)
    before.unlink()
    changed(case, "id: looks", "id: peek")
    return case


def beside_the_folder_of_cases(case: Path) -> Path:
    return Path(shutil.move(case, case.parent.parent / "older" / "elm"))


def of_another_family_with_the_film(case: Path) -> Path:
    changed(case, "called: Ash and Dad", "called: Birch and Dad", "case.yml")
    changed(case, "called: Ash,", "called: Birch,", "case.yml")
    return case


WAYS = (
    as_it_is,
    under_other_names,
    in_part,
    of_a_converted_film,
    beside_the_folder_of_cases,
    of_another_family_with_the_film,
)


def prepared(world: World, way: Callable[[Path], Path]) -> Path:
    (world.root / "older").mkdir()
    return way(birch(world))


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_of_the_notes_shows_nothing_that_the_first_withdrew(
    world: World, way: Callable[[Path], Path]
) -> None:
    case = prepared(world, way)
    world.withdraw()
    done = world.run("build", case, "--draft")
    assert done.status == 1, done.out
    assert f"withdrawn on {dt.date.today()} in {world.family.directory}" in done.err
    assert not list((world.root / "sites").glob("*/*/index.html"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_publishes_asks(world: World, command: str) -> None:
    """Also one that built it before, and has nothing of its own to do anew."""
    assert world.run("build", "cases/birch", "--draft").status == 0
    world.withdraw()
    done = world.run(command, "cases/birch", *COMMANDS[command])
    assert done.status == 1, done.out
    assert f"in {world.family.directory} as 1-tea/looks" in done.err
    for tells in ("check", "due"):
        told = world.run(tells, "cases/birch")
        assert f"in {world.family.directory} as 1-tea/looks" in told.out + told.err
    assert world.run("withdraw", "cases/birch", "1-tea/looks", "--do").status == 0
    if command in ("build", "pack"):
        assert world.run(command, "cases/birch", *COMMANDS[command]).status == 0


def test_the_nightly_run_asks_for_families_that_are_not_named(world: World) -> None:
    assert world.run("host", "cases/birch", *COMMANDS["host"]).status == 0
    world.withdraw()
    done = world.run("host", "--out", "web")
    assert done.status == 1, done.out
    assert f"in {world.family.directory} as 1-tea/looks" in done.err


@pytest.mark.parametrize("way", WAYS)
def test_a_withdrawal_names_the_copy_that_has_a_record_of_its_own(
    world: World, way: Callable[[Path], Path]
) -> None:
    case = prepared(world, way)
    assert world.run("build", case, "--draft", "--out", "its").status == 0
    told = world.run("withdraw", "cases/ash", "1-tea/looks")
    assert f"{case} holds the same film and shows" in told.err
    done = world.withdraw()
    assert done.status == 1
    assert "nothing of it is left in reach" not in done.out
    assert f"{case} holds the same film and shows" in done.err
    assert f"{case} holds the same film and shows" in world.run("due", "cases/ash").out
    name = re.search(r"withdraw \S+ (\S+);", done.err)
    assert name
    assert world.run("withdraw", case, name[1], "--do", "--out", "its").status == 0
    assert world.withdraw().status == 0
    assert world.run("due", "cases/ash").status == 0


def test_what_a_copy_has_built_counts_though_its_notes_have_it_no_more(world: World) -> None:
    assert world.run("build", "cases/birch", "--draft").status == 0
    changed(
        birch(world), "id: looks\n    clip: 0:01.0 - 0:02.0", "id: new\n    clip: 0:00 - 0:00.5"
    )
    changed(birch(world), "    stop_at: [0:01.5]\n", "")
    done = world.withdraw()
    assert done.status == 1
    assert f"{birch(world)} holds the same film and shows" in done.err


def test_notes_of_a_copy_that_cannot_be_read_count_as_showing_it(world: World) -> None:
    assert world.run("build", "cases/birch", "--draft").status == 0
    (birch(world) / "case.yml").write_text("family: [", "utf-8")
    done = world.withdraw()
    assert done.status == 1
    assert f"{birch(world)} holds the same film and shows" in done.err
    shutil.rmtree(birch(world) / "record")
    done = world.withdraw()
    assert done.status == 1
    assert f"{birch(world)} holds the same film, and what it shows cannot be read" in done.err


def test_a_person_who_took_back_everything_is_in_no_copy_either(world: World) -> None:
    review = ("build", "cases/birch", "--draft", "--edition", "review")
    assert world.run(*review).status == 0
    done = world.withdraw("person:nan")
    assert done.status == 1
    assert f"{birch(world)} holds the same film and shows" in done.err
    done = world.run(*review)
    assert done.status == 1, done.out
    assert f"somebody in it was withdrawn there on {dt.date.today()}" in done.err
    in_spring(world)
    line = "- {person: nan, for: [review], given: 2026-03-02}"
    changed(birch(world), "consent:\n", f"consent:\n  {line}\n", "case.yml")
    done = world.run(*review)
    assert done.status == 0, done.err


def in_spring(world: World) -> None:
    """As if it had been withdrawn then."""
    for folder in ("", ".vigsite", "record"):
        file = world.family.directory / folder / "withdrawn.yml"
        file.write_text(file.read_text("utf-8").replace(str(dt.date.today()), "2026-03-01"))


def test_who_agreed_again_or_shows_other_seconds_is_let_in(world: World) -> None:
    world.withdraw()
    in_spring(world)
    assert world.run("build", "cases/birch", "--draft").status == 1
    changed(birch(world), "id: looks\n", "id: looks\n    agreed_again: 2026-03-02\n")
    done = world.run("build", "cases/birch", "--draft")
    assert done.status == 0, done.err
    assert str(birch(world)) not in world.withdraw().err
    changed(birch(world), "    agreed_again: 2026-03-02\n", "")
    assert world.run("build", "cases/birch", "--draft").status == 1
    changed(birch(world), "clip: 0:01.0 - 0:02.0", "clip: 0:02.2 - 0:02.9")
    changed(birch(world), "    stop_at: [0:01.5]\n", "")
    assert world.run("build", "cases/birch", "--draft").status == 0


def test_an_end_of_a_withdrawal_counts_though_the_copy_has_the_line_still(world: World) -> None:
    world.withdraw()
    shutil.rmtree(birch(world))
    shutil.copytree(world.family.directory, birch(world))
    as_another_family(birch(world))
    undone = ("withdraw", "cases/ash", "1-tea/looks", "--undo", "--by", "Dad", "--do")
    assert world.run(*undone).status == 0
    done = world.run("build", "cases/ash", "--draft")
    assert done.status == 0, done.err


def test_a_damaged_list_of_a_copy_lets_nothing_be_published(world: World) -> None:
    world.withdraw()
    (world.family.directory / "withdrawn.yml").write_text("withdrawn: [", "utf-8")
    done = world.run("build", "cases/birch", "--draft")
    assert done.status == 1
    assert f"{world.family.directory}/withdrawn.yml cannot be read" in done.err


def test_a_case_that_was_taken_apart_still_tells_what_it_withdrew(world: World) -> None:
    world.withdraw()
    shutil.rmtree(world.root / "sites")
    (world.family.directory / "case.yml").unlink()
    done = world.run("build", "cases/birch", "--draft")
    assert done.status == 1, done.out
    assert f"in {world.family.directory} as 1-tea/looks" in done.err
