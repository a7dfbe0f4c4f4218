"""The films go, or everything; what stays can still be read, or names nobody."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.helpers.counted_films import Counted
from tests.helpers.families import family
from tests.helpers.prepared_cases import World, strace


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    base = tmp_path_factory.mktemp("purge")
    world = World(base / "world")
    family(world.family.directory, films("25").path)
    assert world.run("build", "cases/ash", "--draft", "--out", "elsewhere").status == 0
    done = world.run("pack", "cases/ash", "--draft", "--zip")
    assert done.status == 0, done.err
    (world.family.directory / "1-tea" / "letter.pdf").write_bytes(b"a letter")
    return world.kept_aside()


@pytest.fixture
def world(kept: tuple[Path, Path]) -> Iterator[World]:
    with World.as_kept(*kept) as restored:
        yield restored


@pytest.mark.parametrize("option", ["--recordings", "--all"])
def test_a_dry_run_names_what_goes_and_writes_nothing(world: World, option: str) -> None:
    before = world.tree()
    done = world.run("purge", "cases/ash", option)
    assert done.status == 0, done.err
    assert world.tree() == before
    assert str(world.film) in done.out
    assert str(world.family.directory / "1-tea" / "letter.pdf") in done.out
    assert "an SSD may keep deleted blocks" in done.out
    assert (f"{world.root}/packs/ash/To keep.zip" in done.out) == (option == "--all")
    assert f"vigsite purge cases/ash {option} --do" in done.out


def test_without_its_films_a_case_is_read_and_its_sites_stay(world: World) -> None:
    sites = {path for name in ("elsewhere", "sites", "packs")
             for path in (world.root / name).rglob("*")}  # fmt: skip
    assert world.run("purge", "cases/ash", "--recordings", "--do").status == 0
    assert not world.film.exists()
    assert (world.family.directory / "1-tea" / "letter.pdf").exists()
    assert not (world.family.directory / ".vigsite" / "cache").exists()
    assert all(path.exists() for path in sites)
    (line,) = yaml.safe_load((world.family.directory / "withdrawn.yml").read_text())["withdrawn"]
    assert set(line) == {"since", "films_of"}
    for arguments in (("build",), ("present", "--no-open"), ("pack",), ("cache",),
                      ("contact-sheet", "1", "0:01"), ("add", world.family.directory / "case.yml")):  # fmt: skip
        done = world.run(arguments[0], "cases/ash", *arguments[1:])
        assert done.status in (1, 2)
        assert "its films were deleted on" in done.err or arguments[0] == "add", done.err
        assert "case.yml" not in done.err or arguments[0] == "add"
    checked = world.run("check", "cases/ash")
    assert checked.status == 0
    assert "its films were deleted on" in checked.out
    assert "Then:" not in checked.out
    assert all(path.exists() for path in sites)
    assert world.run("due", "cases/ash").status == 0
    assert world.run("consent", "cases/ash").status == 0


@pytest.mark.parametrize("name", ["an older take.MP4", "film", "Thumbs.db", "for the team.pptx"])
def test_a_film_that_no_file_names_is_not_silently_left(world: World, name: str) -> None:
    """Until it is gone; a letter may stay."""
    other = world.film.with_name(name)
    other.write_bytes(b"film")
    for _ in range(2):
        done = world.run("purge", "cases/ash", "--recordings", "--do")
        assert (done.status, other.exists()) == (1, True)
        assert str(other) in done.out
        assert "is it a film? Then delete it yourself" in done.err
    other.unlink()
    assert world.run("purge", "cases/ash", "--recordings", "--do").status == 0


@pytest.mark.parametrize("place", ["cases/ash/raw/IMG_1.MOV", "cases/film backup.mp4"])
@pytest.mark.parametrize("option", ["--recordings", "--all"])
def test_a_copy_of_a_film_is_named(world: World, option: str, place: str) -> None:
    copy = world.root / place
    copy.parent.mkdir(exist_ok=True)
    shutil.copyfile(world.film, copy)
    done = world.run("purge", "cases/ash", option, "--do")
    goes_along = option == "--all" and "ash" in place
    assert done.status == (0 if goes_along else 1)
    assert (f"{copy} holds a copy" in done.err) == (not goes_along)
    assert copy.exists() == (not goes_along)
    if option == "--recordings":
        due = world.run("due", "cases/ash")
        assert (due.status, f"NOW: {copy} holds a copy" in due.out) == (1, True)
        again = world.run("purge", "cases/ash", "--all", "--do")
        assert (again.status, f"{copy} holds a copy" in again.err) == (
            0 if "ash" in place else 1,
            "ash" not in place,
        )


def test_consent_still_counts_without_the_films(world: World) -> None:
    assert world.run("purge", "cases/ash", "--recordings", "--do").status == 0
    done = world.withdraw()
    assert done.status == 0, done.err
    assert world.frames() == {}
    lines = yaml.safe_load((world.family.directory / "withdrawn.yml").read_text())["withdrawn"]
    assert len(lines[-1]["recording"]) == 64


def test_all_of_a_case_goes_and_only_a_record_stays(world: World, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.txt").write_text("theirs")
    (world.family.directory / "1-tea" / "linked").symlink_to(outside)
    done = world.run("purge", "cases/ash", "--all", "--do")
    assert done.status == 0, done.err
    assert (outside / "theirs.txt").read_text() == "theirs"
    files = [path for path in world.root.rglob("*") if not path.is_dir()]
    assert files == [world.family.directory / "deleted.yml"]
    text = files[0].read_text("utf-8")
    assert not {"Ash", "Dad", "Nan", "looks", "Sam", "Featherstone"} & set(text.split())
    record = yaml.safe_load(text)["deleted"]
    assert (record["films"], record["packs in the hands of others"]) == (1, 1)
    assert record["sites"] > 50
    done = world.run("build", "cases/ash")
    assert (done.status, "this case was deleted on" in done.err) == (2, True)
    assert "Choose another name" in world.run("new", "cases/ash").err


@pytest.mark.parametrize("error", ["EACCES"])
def test_what_cannot_be_deleted_is_an_error_and_the_same_command_goes_on(
    world: World, error: str
) -> None:
    done = world.run("purge", "cases/ash", "--all", "--do",
                     around=strace(f"unlink,unlinkat:error={error}:when=30+"))  # fmt: skip
    assert done.status == 1
    assert "Could not delete" in done.err
    assert (world.family.directory / "case.yml").exists()
    assert "is not finished" in world.run("build", "cases/ash").err
    assert world.run("due", "cases/ash").status == 1
    assert world.run("purge", "cases/ash", "--all", "--do").status == 0
    assert [p.name for p in world.root.rglob("*") if not p.is_dir()] == ["deleted.yml"]


def test_killed_on_the_way_the_same_command_goes_on(world: World) -> None:
    kill = strace("unlink,unlinkat:signal=SIGKILL:when=120")
    assert world.run("purge", "cases/ash", "--all", "--do", around=kill).status not in (0, 1, 2)
    assert world.run("purge", "cases/ash", "--all", "--do").status == 0
    assert [p.name for p in world.root.rglob("*") if not p.is_dir()] == ["deleted.yml"]


def test_one_of_the_two_has_to_be_said(world: World) -> None:
    for options in ((), ("--recordings", "--all")):
        done = world.run("purge", "cases/ash", *options)
        assert (done.status, "Say what to delete" in done.err) == (2, True)


def test_what_is_out_of_reach_keeps_a_deletion_open_until_it_is_gone(world: World) -> None:
    """Nothing but the record knows of it; so that stays, and `due` says NOW."""
    (world.root / "packs").rename(world.root.parent / "stick")
    done = world.run("purge", "cases/ash", "--all", "--do")
    assert done.status == 1
    assert "deleted as far as it can be reached; not finished" in done.out
    assert "that place is not there now" in done.out
    assert not world.film.exists()
    kept = {path.name for path in (world.family.directory / ".vigsite").iterdir()}
    assert kept <= {"lock", "withdrawn.yml"}, "what a build said may quote the notes"
    due = world.run("due", "cases/ash")
    assert (due.status, "is not finished" in due.out) == (1, True)
    (world.root.parent / "stick").rename(world.root / "packs")
    done = world.run("purge", "cases/ash", "--all", "--do")
    assert done.status == 0, done.err
    assert [p.name for p in world.root.rglob("*") if not p.is_dir()] == ["deleted.yml"]


def test_a_stick_that_is_lost_for_ever_is_seen_to_by_a_person(world: World) -> None:
    shutil.rmtree(world.root / "packs")
    assert world.run("purge", "cases/ash", "--all", "--do").status == 1
    done = world.run("purge", "cases/ash", "--all", "--looked", "--do")
    assert done.status == 0, done.err
    assert [p.name for p in (world.family.directory).iterdir()] == ["deleted.yml"]


def test_a_report_that_quotes_the_notes_is_named_until_it_is_gone(world: World) -> None:
    site, report = world.root / "elsewhere/ash/review", world.root / "report.html"
    (site / "index.html").write_text("Ask K. about the wait in supervision.", "utf-8")
    done = world.run("audit", site, "--case", "cases/ash", "--report", report)
    assert "It quotes what must not be shown" in done.out
    assert "Ask K." in report.read_text("utf-8")
    assert report.stat().st_mode & 0o077 == 0
    sentence = f"the report of an audit in {report} quotes"
    assert sentence in world.run("due", "cases/ash").out
    assert sentence in world.run("purge", "cases/ash", "--all").out
    report.unlink()
    assert sentence not in world.run("due", "cases/ash").out
