"""A mistaken withdrawal ends by one more line, the same day; no backup ends one."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.conftest import need
from tests.helpers.counted_films import Counted
from tests.helpers.families import family
from tests.helpers.prepared_cases import World
from vigsite.case.load import load_case

TODAY = dt.date.today()
UNDO = ("withdraw", "cases/ash", "1-tea/looks", "--undo", "--by", "Dad")


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    """A family that withdrew a moment today, with a pack made before."""
    world = World(tmp_path_factory.mktemp("undo") / "world")
    family(world.family.directory, films("25").path)
    for arguments in (("pack", "cases/ash", "--draft", "--single-file"),
                      ("withdraw", "cases/ash", "1-tea/looks", "--do")):  # fmt: skip
        done = world.run(*arguments)
        assert done.status == 0, done.err
    return world.kept_aside()


def shown(world: World) -> list[str]:
    read = load_case(world.family.directory)
    assert read.case is not None
    assert read.report.faults == []
    return [moment.name for moment in read.case.moments]


def written(world: World) -> str:
    return (world.family.directory / "withdrawn.yml").read_text("utf-8")


def test_first_it_is_only_told(world: World) -> None:
    before = world.tree()
    done = world.run(*UNDO)
    assert done.status == 0, done.err
    assert world.tree() == before
    assert f"this would end the withdrawal of 1-tea/looks ({TODAY})" in done.out
    assert "May be shown again, as far as everybody in it agrees: 1-tea/looks" in done.out
    assert "packs that were deleted do not come back" in done.out
    assert "vigsite withdraw cases/ash 1-tea/looks --undo --by Dad --do" in done.out


def test_one_more_line_with_day_time_whom_and_which(world: World) -> None:
    before = written(world)
    assert "1-tea/looks" not in shown(world)
    done = world.run(*UNDO, "--do")
    assert done.status == 0, done.err
    assert written(world).startswith(before)
    *_, line = yaml.safe_load(written(world))["withdrawn"]
    assert line.keys() == {"since", "at", "lifts", "by"}
    assert (line["since"], line["by"]) == (TODAY, "Dad")
    assert line["lifts"] == {"since": TODAY, "moment": "1-tea/looks"}
    assert shown(world) == ["1-tea/looks", "1-tea/smile", "1-tea/nan-too"]
    assert world.run("due", "cases/ash").status == 0
    assert world.run("build", "cases/ash", "--draft").status == 0
    assert set(range(25, 50)) <= set(world.frames())
    assert not (world.root / "packs/ash/To keep.html").exists()


def test_withdrawn_again_the_same_day_and_agreed_to_again(world: World) -> None:
    for count in (3, 5):
        assert world.run(*UNDO, "--do").status == 0
        assert "1-tea/looks" in shown(world)
        done = world.withdraw()
        assert done.status == 0, done.err
        assert "is withdrawn, and nothing of it is left in reach" in done.out
        assert "1-tea/looks" not in shown(world)
        assert len(yaml.safe_load(written(world))["withdrawn"]) == count


def test_withdrawn_again_within_the_same_second(world: World) -> None:
    """The clock stands still, as an hour does that it has twice: each line is still one of its own."""
    need("faketime", shutil.which("faketime") is not None)
    stands_still = ("faketime", "-f", f"{TODAY} 23:59:30")
    for count in (3, 5, 7):
        undone = world.run(*UNDO, "--do", around=stands_still)
        assert undone.status == 0, undone.err
        done = world.withdraw(around=stands_still)
        assert done.status == 0, done.err
        assert "1-tea/looks" not in shown(world)
        lines = yaml.safe_load(written(world))["withdrawn"]
        assert len(lines) == count
        assert len({line.get("at") for line in lines if "moment" in line}) == (count + 1) // 2


def test_no_backup_brings_anything_back(world: World) -> None:
    """Neither the notes nor an older withdrawn.yml decide; the copies hold what was added since."""
    older, cycle = written(world), world.family.directory / "1-tea/cycle.yml"
    assert world.run(*UNDO, "--do").status == 0
    with_undo = written(world)
    assert world.withdraw().status == 0
    for text in (older, with_undo):
        (world.family.directory / "withdrawn.yml").write_text(text, "utf-8")
        cycle.write_text(cycle.read_text("utf-8") + "# as it was\n", "utf-8")
        assert "1-tea/looks" not in shown(world)
    (world.family.directory / "withdrawn.yml").unlink()
    shutil.rmtree(world.family.directory / ".vigsite")
    assert "1-tea/looks" not in shown(world)


def test_a_person_agrees_again(world: World) -> None:
    assert world.run("withdraw", "cases/ash", "person:ash", "--do").status == 0
    assert "not agreed yet" in world.run("build", "cases/ash", "--draft").out
    done = world.run("withdraw", "cases/ash", "person:ash", "--undo", "--by", "Dad", "--do")
    assert done.status == 0, done.err
    assert "1-tea/smile" in done.out
    assert "review built" in world.run("build", "cases/ash", "--draft").out
    assert "1-tea/looks" not in shown(world), "that is another line"


def test_what_another_line_keeps_out_stays_out_and_is_said(world: World) -> None:
    world.family.change("1-tea/cycle.yml", "still: 0:02.5", "still: 0:01.5")
    assert world.withdraw("1-tea/smile").status == 0
    done = world.run(*UNDO, "--do")
    assert "1-tea/looks stays out: it was withdrawn on" in done.out
    assert "with 1-tea/smile" in done.out
    assert "1-tea/looks" not in shown(world)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1-tea/smile", "--undo", "--by", "Dad"), "is not withdrawn; there is: 1-tea/looks"),
        (("1-tea/looks", "--undo"), "Say who agreed to it again"),
        (("1-tea/looks", "--undo", "--by", " "), "Say who agreed to it again"),
        (("1-tea/looks", "--by", "Dad", "--do"), "--by goes with --undo alone"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    world: World, arguments: tuple[str, ...], said: str
) -> None:
    before = written(world)
    done = world.run("withdraw", "cases/ash", *arguments)
    assert done.status == 2
    assert said in done.err
    assert written(world) == before


def test_whom_is_written_as_text_whatever_it_holds(world: World) -> None:
    name = 'Zoë "Zo": {x} # 1\n- {since: 2026-01-01}'
    done = world.run("withdraw", "cases/ash", "1-tea/looks", "--undo", "--by", name, "--do")
    assert done.status == 0, done.err
    *_, line = yaml.safe_load(written(world))["withdrawn"]
    assert line["by"] == " ".join(name.split())
    assert "1-tea/looks" in shown(world)


def test_a_line_that_lifts_nothing_known_changes_nothing(world: World) -> None:
    """As an edited file may hold; a version that does not know the key refuses the file."""
    for folder in (".", ".vigsite", "record"):
        file = world.family.directory / folder / "withdrawn.yml"
        line = "  - {since: 2026-03-01, lifts: {since: 2026-02-01, moment: 1-tea/looks}}\n"
        file.write_text(file.read_text("utf-8") + line, "utf-8")
    assert "1-tea/looks" not in shown(world)
