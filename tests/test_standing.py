"""What stands though it may not: found by every command, said until it is gone, never forgotten."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.conftest import need
from tests.helpers.audited_site import QUIET
from tests.helpers.counted_films import Counted
from tests.helpers.families import as_another_family, family
from tests.helpers.prepared_cases import World, strace
from vigsite.building.request import Watcher, Wish
from vigsite.case.editions import Edition
from vigsite.commands.build import build_case
from vigsite.errors import VigsiteError
from vigsite.records.case_folder import Records

NO_MORE = "- {person: ash, for: [keepsake], withdrawn: 2026-03-01}\n  - {person: nan"


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    """A built case with one pack, and the place it has to be copied to."""
    world = World(tmp_path_factory.mktemp("standing") / "world")
    made = family(world.family.directory, films("25").path)
    made.change("1-tea/cycle.yml", "0:01.0 - 0:02.0", "0:01.01 - 0:01.99")
    for arguments in (("build",), ("pack", "--single-file")):
        done = world.run(*arguments, "cases/ash", "--draft")
        assert done.status == 0, done.err
    return world.kept_aside()


def keepsake(world: World) -> Path:
    return world.root / "sites/ash/keepsake"


def page(world: World) -> Path:
    return world.root / "packs/ash/To keep.html"


def used_later(world: World) -> None:
    """The case was last used when this computer's clock was ahead."""
    records = Records(world.family.directory)
    records.change(day=dt.date(2999, 1, 1))


WRITERS = (
    ("contact-sheet", "cases/ash", "1", "0:02.5", "--within", "0.05"),
    ("cache", "cases/ash"),
    ("add", "cases/ash", "cases/ash/1-tea/film.mp4"),
    ("preview", "cases/ash"),
)
"""Commands that write, besides those that build."""


@pytest.mark.parametrize("command", WRITERS, ids=lambda command: command[0])
def test_the_next_command_that_writes_takes_away_what_nobody_agrees_to(
    world: World, command: tuple[str, ...]
) -> None:
    world.family.change("case.yml", "- {person: nan", NO_MORE)
    done = world.run(*command)
    assert done.status == 0, done.err
    assert "ash: keepsake taken away from" in done.err
    assert "ash: keepsake pack (single file) taken away from" in done.err
    assert not keepsake(world).exists()
    assert not page(world).exists()
    assert (world.root / "sites/ash/review").is_dir()


@pytest.mark.parametrize(
    "command", [*WRITERS, ("build", "cases/ash")], ids=lambda command: command[0]
)
def test_with_a_clock_that_fell_back_nothing_is_taken_away(
    world: World, command: tuple[str, ...]
) -> None:
    world.family.change("case.yml", "- {person: nan", NO_MORE)
    used_later(world)
    done = world.run(*command)
    assert done.status == 1
    assert "but the case was last used on 2999-01-01" in done.err
    assert keepsake(world).is_dir()
    assert page(world).exists()


@pytest.mark.parametrize("behind", ["the site", "nothing"])
def test_a_link_in_the_place_of_a_site_is_no_deletion(world: World, behind: str) -> None:
    elsewhere = world.root / "elsewhere"
    keepsake(world).rename(elsewhere)
    keepsake(world).symlink_to(elsewhere)
    if behind == "nothing":
        elsewhere.rename(world.root / "drawer")
    for _ in range(2):
        done = world.withdraw()
        assert done.status == 1
        assert f"{keepsake(world)} is a link now" in done.err
        assert "delete what is there yourself, then the link" in done.err
        assert "nothing of it is left in reach" not in done.out
    assert world.run("due", "cases/ash").status == 1
    assert world.build().status == 1
    assert behind == "nothing" or list(elsewhere.rglob("*.mp4"))
    purged = world.run("purge", "cases/ash", "--all", "--do")
    assert purged.status == 1
    assert f"{keepsake(world)} is a link to" in purged.err
    assert (world.family.directory / "case.yml").exists()


def test_a_site_under_another_name_beside_its_place_goes_too(world: World) -> None:
    """Renamed or copied there; what is no site of this case stays."""
    other = keepsake(world).with_name("keepsake of last week")
    keepsake(world).rename(other)
    mine = keepsake(world).with_name("mine")
    mine.mkdir()
    (mine / "thesis.txt").write_text("x")
    told = world.run("withdraw", "cases/ash", "1-tea/looks")
    assert str(other) in told.out
    done = world.withdraw()
    assert done.status == 0, done.err
    assert f"keepsake was at {other} under another name" in done.out
    assert not other.exists()
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]
    assert world.words() == []


@pytest.mark.parametrize(
    ("source", "copy"),
    [
        ("sites/ash", "sites/ash-of-last-week"),
        ("sites/ash/keepsake", "sites/for the visit"),
        ("packs/ash/To keep.html", "packs/again/To keep.html"),
        ("sites/ash/review", "cases/ash/as it was"),
        ("sites/ash", "cases/sites"),
        ("sites/ash/keepsake", "packs/ash/mine"),
        ("sites/ash/keepsake/media", "letters to Mum/films"),
    ],
)
def test_a_copy_one_level_around_is_named_and_not_deleted(
    world: World, source: str, copy: str
) -> None:
    there = world.root / copy
    there.parent.mkdir(exist_ok=True, parents=True)
    whole = (world.root / source).is_dir()
    shutil.copytree(world.root / source, there) if whole else shutil.copyfile(
        world.root / source, there
    )
    told = world.run("withdraw", "cases/ash", "1-tea/looks")
    assert str(there) in told.err
    done = world.withdraw()
    assert done.status == 1
    assert "nothing of it is left in reach" not in done.out
    assert f"{there}" in done.err
    assert "a copy that somebody made" in done.err
    assert there.exists()
    due = world.run("due", "cases/ash")
    assert (due.status, str(there) in due.out) == (1, True)
    shutil.rmtree(there) if whole else there.unlink()
    done = world.withdraw()
    assert done.status == 0, done.err
    assert world.run("due", "cases/ash").status == 0


def test_a_copy_in_another_familys_folder_is_named_and_what_is_theirs_is_not(world: World) -> None:
    """Both families have the very same film, so that even the hashes are the same: their case is
    named, and no file of what they built."""
    birch = world.root / "cases/birch"
    shutil.copytree(world.family.directory, birch)
    as_another_family(birch)
    (birch / "handovers.yml").unlink()
    done = world.run("build", "cases/birch", "--draft")
    assert done.status == 0, done.err
    done = world.withdraw()
    assert f"{birch} holds the same film and shows" in done.err
    assert "holds a copy" not in done.err
    clip = next((world.root / "sites/birch/review/media").glob("cycle-1-moment-1*.mp4"))
    for place in (
        "sites/birch/k.mp4",
        "sites/birch/keepsake/media/k.mp4",
        "cases/birch/1-tea/k.mp4",
    ):
        shutil.copyfile(clip, world.root / place)
        done = world.withdraw()
        assert (done.status, f"{world.root / place} holds a copy" in done.err) == (1, True), place
        (world.root / place).unlink()
    assert "holds a copy" not in world.withdraw().err


@pytest.mark.parametrize("there", [".Trash-1000/files/To keep.html", "cases/.kopie"])
def test_a_copy_that_is_hidden_is_named(world: World, there: str) -> None:
    (world.root / there).parent.mkdir(parents=True, exist_ok=True)
    page(world).rename(world.root / there)
    done = world.withdraw()
    assert (done.status, f"{world.root / there} holds a copy" in done.err) == (1, True)


def test_what_somebody_moved_away_is_told_once(world: World, tmp_path: Path) -> None:
    keepsake(world).rename(tmp_path / "elsewhere")
    done = world.withdraw()
    assert done.status == 1
    assert f"{keepsake(world)} and is not there any more" in done.out
    assert "nothing of it is left in reach" not in done.out
    assert world.withdraw().status == 0


def test_sites_from_before_a_lost_record_are_named(world: World) -> None:
    """Its id is another one then, so that nothing tells whose they are."""
    shutil.rmtree(world.family.directory / "record")
    assert world.run("record", "cases/ash", "--looked").status == 0
    done = world.withdraw()
    assert (done.status, f"{world.root}/sites/ash holds sites or packs" in done.err) == (1, True)
    due = world.run("due", "cases/ash")
    assert (due.status, f"{world.root}/packs/ash holds" in due.out) == (1, True)


def test_a_list_of_hand_overs_that_is_gone_is_said(world: World) -> None:
    (world.family.directory / "handovers.yml").unlink()
    done = world.withdraw()
    assert (done.status, "handovers.yml is gone" in done.err) == (1, True)


def test_a_file_without_lines_takes_the_next_one(world: World) -> None:
    (world.family.directory / "withdrawn.yml").write_text("withdrawn: []\n")
    assert world.withdraw().status == 0
    assert "1-tea/looks" in (world.family.directory / "withdrawn.yml").read_text("utf-8")
    assert world.run("check", "cases/ash").status == 0


def test_a_copy_of_part_of_a_site_is_named(world: World) -> None:
    """One that holds the moment; one that holds others only is nobody's business."""
    for name, kept in (("part", "cycle-1-moment-1"), ("rest", "cycle-1-moment-2")):
        folder = world.root / "sites" / name / "media"
        folder.mkdir(parents=True)
        for file in (keepsake(world) / "media").glob(f"{kept}*"):
            shutil.copyfile(file, folder / file.name)
    done = world.withdraw()
    assert done.status == 1
    assert f"{world.root}/sites/part/media holds a copy" in done.err
    assert f"{world.root}/sites/rest" not in done.err


def test_a_copy_of_the_case_beside_it_is_named_with_its_id_or_without(world: World) -> None:
    """Until the same was withdrawn there, or it is gone."""
    birch = world.root / "cases/birch"
    shutil.copytree(world.family.directory, birch)
    done = world.withdraw()
    assert done.status == 1
    assert f"{birch} hold the same case" in done.err
    assert "1-tea/looks" in (world.family.directory / "withdrawn.yml").read_text("utf-8")
    shutil.rmtree(birch / "record")
    shutil.rmtree(birch / ".vigsite")
    done = world.withdraw()
    assert done.status == 1
    assert f"{birch} holds the same film" in done.err
    world.run("withdraw", "cases/birch", "1-tea/looks", "--do")
    done = world.withdraw()
    assert done.status == 0, done.err


def test_once_the_link_is_gone_a_withdrawal_is_done(world: World) -> None:
    keepsake(world).rename(world.root / "elsewhere")
    keepsake(world).symlink_to(world.root / "elsewhere")
    assert world.withdraw().status == 1
    shutil.rmtree(world.root / "elsewhere")
    keepsake(world).unlink()
    assert "is not there any more" in world.withdraw().out
    done = world.withdraw()
    assert done.status == 0, done.err
    assert world.run("due", "cases/ash").status == 0
    assert world.words() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("case.yml", "- {person: nan", NO_MORE, "Ash"),
        ("case.yml", "consent:", "consent", "does not tell any more who agreed"),
    ],
)
def test_an_agreement_that_ends_during_a_build_counts_at_its_end(
    world: World, file: str, old: str, new: str, said: str
) -> None:
    """As it does for packs: asked again just before the swap; the site before stays whole."""
    ash = world.family
    ash.change("1-tea/cycle.yml", "A smile", "A wide smile")
    before = (keepsake(world) / "cycle-1.html").read_text("utf-8")
    watcher = Watcher(QUIET.said, lambda _jobs: ash.change(file, old, new))
    wish = Wish((Edition.KEEPSAKE,), world.root / "sites", "draft")
    with pytest.raises(VigsiteError, match=f"made and not put in its place.*{said}.*vigsite check"):
        build_case(ash.directory, wish, watcher)
    assert (keepsake(world) / "cycle-1.html").read_text("utf-8") == before
    assert [path.name for path in keepsake(world).parent.glob(".keepsake*")] == []


def test_a_pack_that_is_there_keeps_its_line_though_the_old_one_is_not_deleted(
    world: World,
) -> None:
    register = world.family.directory / "handovers.yml"
    pack = world.root / "packs/ash/To keep"

    def forms() -> list[str]:
        return [line["form"] for line in yaml.safe_load(register.read_text("utf-8"))["handovers"]]

    assert world.run("pack", "cases/ash", "--draft").status == 0
    before = forms()
    world.family.change("closing.yml", "Thank you.", "Thank you both.")
    old = pack.with_name(".To keep.old")
    stuck = (*strace("unlink,unlinkat,rmdir:error=EACCES"), "-P", str(old))
    done = world.run("pack", "cases/ash", "--draft", around=stuck)
    assert done.status == 1
    assert f"Could not delete {old}" in done.err
    assert any(b"Thank you both." in page.read_bytes() for page in pack.rglob("*.html"))
    assert forms() == [*before, "folder"]
    again = world.run("pack", "cases/ash", "--draft")
    assert again.status == 0, again.err
    assert not old.exists()
    assert forms() == [*before, "folder"]


def test_a_moment_that_the_notes_no_longer_have_goes_by_whole_frames(world: World) -> None:
    """As a build cut it: 0:01.01 to 0:01.99 shows the frames from 0:01 until 0:02."""
    notes = world.family.directory / "1-tea/cycle.yml"
    written = yaml.safe_load(notes.read_text("utf-8"))
    written["moments"] = written["moments"][1:]
    notes.write_text(json.dumps(written, default=str), "utf-8")
    assert world.withdraw().status == 0
    world_text = (world.family.directory / "withdrawn.yml").read_text("utf-8")
    (line,) = yaml.safe_load(world_text)["withdrawn"]
    assert line["spans"] == ["0:01.0 - 0:02.0"]


def test_a_private_folder_that_a_copy_opened_is_closed_again(world: World) -> None:
    need("rights of files", os.name != "nt")
    folder = world.family.directory / ".vigsite"
    folder.chmod(0o755)
    assert world.run("check", "cases/ash").status == 0
    assert folder.stat().st_mode & 0o777 == 0o755  # it writes nothing
    assert world.run("cache", "cases/ash").status == 0
    assert folder.stat().st_mode & 0o777 == 0o700
