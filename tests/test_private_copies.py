"""What vigsite keeps for the practitioner alone is found where somebody copied it, and tells whose it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.helpers.counted_films import Counted, run_ffmpeg
from tests.helpers.families import family, guarded
from tests.helpers.prepared_cases import World
from vigsite.records.case_folder import Records
from vigsite.records.site_marker import MARKER

LOOK = "cases/ash/.vigsite/preview/look"
SHEETS = "cases/ash/.vigsite/contact-sheets"
BUILD = ("build", "cases/elm", "--draft")


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    """A family with a page to look at and contact sheets, and another one with its own film."""
    world = World(tmp_path_factory.mktemp("private") / "world")
    guarded(family(world.family.directory, films("25").path))
    other = world.root / "other.mp4"
    run_ffmpeg("-i", str(films("25").path), "-vf", "negate", str(other))
    family(world.root / "cases" / "elm", other)
    other.unlink()
    sheet = ("contact-sheet", "cases/ash", "1", "0:01.5", "--within", "0.1")
    for arguments in (
        sheet,
        (*sheet, "--out", "sheets"),
        ("preview", "cases/ash"),
        ("build", "cases/ash", "--draft"),
        BUILD,
    ):
        done = world.run(*arguments)
        assert done.status == 0, done.err
    return world.kept_aside()


def pieces(world: World) -> list[Path]:
    """One of each kind, each showing what was filmed."""
    look, sheet = world.root / LOOK, next((world.root / SHEETS).iterdir())
    filmed, clip = next(look.glob("*-filmed.jpg")), next(look.glob("*.mp4"))
    return [look / "look.html", filmed, clip, *sheet.iterdir()]


@pytest.mark.parametrize(
    "there", ["letters/to K", "cases/elm/as it was", "cases/elm/.vigsite/preview"]
)
def test_a_copy_of_what_only_the_practitioner_sees_is_named(world: World, there: str) -> None:
    folder = world.root / there
    folder.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(pieces(world)):
        assert file.is_file()
        (folder / str(number)).mkdir()
        shutil.copyfile(file, folder / str(number) / f"a name of their own{file.suffix}~")
    purge = world.run("purge", "cases/ash", "--all")
    assert purge.err.count("a name of their own") == 5
    assert world.run("due", "cases/ash").status == 0  # nothing was withdrawn
    done = world.withdraw()
    assert done.status == 1
    assert done.err.count("a name of their own") == 5
    assert "nothing of it is left in reach" not in done.out
    due = world.run("due", "cases/ash")
    assert (due.status, due.out.count("a name of their own")) == (1, 5)
    shutil.rmtree(folder)
    assert world.withdraw().status == 0
    assert world.run("due", "cases/ash").status == 0


def test_one_that_was_moved_out_of_a_place_of_its_own_is_named(world: World) -> None:
    (world.root / "sheets").rename(world.root / "on the desk")
    done = world.withdraw()
    assert (done.status, "on the desk" in done.err) == (1, True)


def test_one_that_was_made_since_shows_nothing_of_it(world: World) -> None:
    world.withdraw()
    sheet = ("contact-sheet", "cases/ash", "1", "0:02.5", "--within", "0.1")
    assert world.run(*sheet).status == 0
    made = next((world.root / SHEETS).iterdir())
    shutil.copytree(made, world.root / "for supervision")
    assert world.run("due", "cases/ash").status == 0
    done = world.withdraw("1-tea/smile")
    assert (done.status, "for supervision" in done.err) == (1, True)


def test_the_mark_holds_no_words_and_nothing_looks_otherwise(world: World) -> None:
    case_id = Records(world.family.directory).known().id
    for file in pieces(world):
        end = file.read_bytes()[-200:]
        assert b"vigsite " in end
        assert case_id.encode() not in file.read_bytes()
        if file.suffix == ".jpg":
            with Image.open(file) as picture:
                picture.load()
                assert picture.width > 100
        if file.suffix == ".mp4":
            with av.open(str(file)) as film:
                assert len(list(film.decode(video=0))) == 25


@pytest.mark.parametrize("how", ["copied", "exchanged"])
def test_another_cases_folder_is_a_fault_there_and_is_named_here(world: World, how: str) -> None:
    ash, elm = (world.root / "cases" / name / ".vigsite" for name in ("ash", "elm"))
    if how == "exchanged":
        elm.rename(aside := world.root / "aside")
        ash.rename(elm)
        aside.rename(ash)
    else:
        shutil.rmtree(elm)
        shutil.copytree(ash, elm)
    for command in (BUILD, ("pack", "cases/elm", "--draft"), ("cache", "cases/elm")):
        done = world.run(*command)
        assert done.status == 1, done.out
        assert f"{elm} holds clips and pictures, and its mark is not this case's" in done.err
    done = world.withdraw()
    assert done.status == 1
    assert f"{elm} is this case's" in done.err
    assert f"{elm} is this case's" in world.run("due", "cases/ash").out
    assert "nothing of it is left in reach" not in done.out
    shutil.rmtree(elm)
    assert world.withdraw().status == 0
    assert world.run(*BUILD).status == 0


def test_folders_that_were_merged_are_searched(world: World) -> None:
    """The mark is still the other case's then."""
    ash, elm = (world.root / "cases" / name / ".vigsite" for name in ("ash", "elm"))
    for name in ("cache", "preview", "contact-sheets"):
        shutil.copytree(ash / name, elm / name, dirs_exist_ok=True)
    done = world.withdraw()
    assert done.status == 1
    for part in ("cache", "preview/look", "contact-sheets"):
        assert f"{elm / part}" in done.err
    for name in ("cache", "preview", "contact-sheets"):
        shutil.rmtree(elm / name)
    assert world.withdraw().status == 0


def test_without_its_mark_a_folder_counts_as_another_cases(world: World) -> None:
    elm = world.root / "cases/elm/.vigsite"
    (elm / MARKER).unlink()
    done = world.run(*BUILD)
    assert done.status == 1
    assert f"{elm} holds clips and pictures, and its mark is not this case's" in done.err
    shutil.rmtree(elm)
    assert world.run("check", "cases/elm").status == 0  # keeps words there
    assert world.run(*BUILD).status == 0


def test_a_folder_of_before_marks_gets_one(world: World) -> None:
    elm = world.root / "cases/elm/.vigsite"
    (elm / MARKER).unlink()
    file = Records(elm.parent).record_file.path
    known = json.loads(file.read_text("utf-8"))
    del known["folder_marked"]
    file.write_text(json.dumps({**known, "vigsite": 2}), "utf-8")
    done = world.run(*BUILD)
    assert done.status == 0, done.err
    assert (elm / MARKER).is_file()
    assert json.loads(file.read_text("utf-8"))["folder_marked"] is True
    del known["id"]
    file.write_text(json.dumps({**known, "vigsite": 2}), "utf-8")
    assert world.run(*BUILD).status == 1  # of what version 2 had, nothing may be missing
