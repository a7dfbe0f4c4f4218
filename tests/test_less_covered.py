"""A cover that is added after something was built, packed or hosted is told until it is made anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted
from tests.helpers.families import family
from tests.helpers.prepared_cases import World
from tests.hosting.conftest import agreed, days_on
from vigsite.case.timecode import Span
from vigsite.protection.covers import is_bare
from vigsite.records.record import CoveredSpan

CYCLE = "1-tea/cycle.yml"
HOST = ("host", "cases/ash", "--draft", "--out", "web", "--until", str(days_on(9)))
NEW = ("--server", "nginx", "--domain", "films.example.org")
FOLDER = ("pack", "cases/ash", "--draft")
ZIP = ("pack", "cases/ash", "--draft", "--zip")
BUILD = ("build", "cases/ash", "--draft")
LOOKS = "    title: Ash looks up\n"
BLUR = f"{LOOKS}    blur: [{{from: 0:01.2, to: 0:01.6, box: [0, 0.5, 0.2, 0.5]}}]\n"


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    """A family without covers: built, packed and hosted."""
    world = World(tmp_path_factory.mktemp("less") / "world")
    agreed(family(world.family.directory, films("25").path))
    for command in (BUILD, FOLDER, ZIP, (*HOST, *NEW)):
        done = world.run(*command)
        assert done.status == 0, done.err
    return world.kept_aside()


@pytest.fixture
def world(template: tuple[Path, Path]) -> Iterator[World]:
    with World.as_kept(*template) as restored:
        yield restored


def site(world: World) -> Path:
    (found,) = world.root.glob("web/server/sites/*/site")
    return found


ADDED = {
    "a box": (LOOKS, BLUR, "1-tea/looks: blurred"),
    "a mute": (LOOKS, f"{LOOKS}    mute: true\n", "1-tea/looks: muted"),
    "a crop of a still": ("0:02.5,", "0:02.5, crop: [0, 0, 0.5, 1],", "1-tea/smile: cropped"),
    "a box on a renamed moment": (f"id: looks\n    clip: 0:01.0 - 0:02.0\n    shows: [ash, dad]\n{LOOKS}",
                                  f"id: peek\n    clip: 0:01.0 - 0:02.0\n    shows: [ash, dad]\n{BLUR}",
                                  "1-tea/looks: blurred"),
    "for the review alone": ("0:02.5,", "0:02.5, only_in: [review],", "1-tea/smile: for review alone"),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDED)
def test_what_lacks_a_new_protection_is_named_until_it_is_made_anew(
    world: World, name: str
) -> None:
    before, after, said = ADDED[name]
    assert world.run("due", "cases/ash").status == 0
    world.family.change(CYCLE, before, after)
    pack, hosted = world.root / "packs/ash/To keep.zip", site(world)
    for command, status in ((("due", "cases/ash"), 1), (("check", "cases/ash"), 0)):
        done = world.run(*command)
        assert done.status == status
        for place in (world.root / "sites/ash/keepsake", pack, hosted):
            lines = [line for line in done.out.splitlines() if f" in {place}:" in line]
            assert len(lines) == 1, done.out
            assert said in lines[0]
            assert "NOW: " in lines[0]
    for _ in range(2):  # also when nothing changed since the last build
        done = world.run(*BUILD)
        assert done.status == 0, done.err
        told = done.out + done.err
        assert f"{pack}: the notes ask for more protection now" in told
        assert f"{hosted}: the notes ask for more protection now" in told
        assert "if it was handed over, ask for it back" in told
        assert f"in {world.root}/sites/" not in told
    done = world.run("verify", "packs/ash/To keep.zip", "--case", "cases/ash")
    assert done.status == 1, done.out
    assert said in done.err
    looked = world.run("preview", "cases/ash")
    waiting = [one for one in ("looks", "smile", "peek") if f"1-tea/{one} (" in looked.out]
    for one in waiting:
        assert world.run("preview", "cases/ash", "--yes", f"1-tea/{one}").status == 0
    done = world.run(*HOST)
    assert done.status == 0, done.err
    assert "unchanged" not in done.out
    assert "passphrase" not in done.out
    done = world.run(*ZIP)
    assert done.status == 0, done.err
    done = world.run("due", "cases/ash")
    assert done.status == 0, done.out
    assert "more protection" not in done.out
    assert world.run("verify", "packs/ash/To keep.zip", "--case", "cases/ash").status == 0


def test_a_folder_that_was_handed_over_is_known_after_it_was_made_anew(world: World) -> None:
    pack, aside = world.root / "packs/ash/To keep", world.root / "handed over"
    shutil.copytree(pack, aside)
    world.family.change(CYCLE, "0:02.5,", "0:02.5, only_in: [review],")
    assert world.run(*FOLDER).status == 0
    done = world.run("verify", aside, "--case", "cases/ash")
    assert done.status == 1, done.out
    assert "do not hand it over; the notes ask for more protection now" in done.err
    assert world.run("verify", pack, "--case", "cases/ash").status == 0
    shutil.rmtree(pack)
    aside.rename(pack)
    done = world.run("due", "cases/ash")
    assert done.status == 1
    assert f"{pack}: the notes ask for more protection now" in done.out, "a backup brought it back"


NOT_LESS = {
    "another moment over the same seconds has a box": (
        "  - id: looks\n", f"  - id: peek\n    clip: 0:01.0 - 0:02.0\n    shows: [ash, dad]\n{BLUR}"
        "  - id: looks\n"),
    "a still close by is cropped": (
        "  - id: looks\n", "  - {id: near, still: 0:02.1, crop: [0, 0, 1, 0.5], title: Near}\n  - id: looks\n"),
    "other words": ("Ash looks up", "Ash sees you"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_LESS)
def test_what_is_not_less_covered_is_not_named(world: World, name: str) -> None:
    world.family.change(CYCLE, *NOT_LESS[name])
    done = world.run("due", "cases/ash")
    assert done.status == 0, done.out


def test_a_part_of_a_moment_that_another_one_shows_covered_now_is_named(world: World) -> None:
    """The moment itself ends before the seconds that need the box."""
    rest = BLUR.replace("0:01.2, to: 0:01.6", "0:01.6, to: 0:02.0").replace("looks up", "looks on")
    world.family.change(CYCLE, "0:01.0 - 0:02.0", "0:01.0 - 0:01.3")
    world.family.change(CYCLE, "    stop_at: [0:01.5]\n", "")
    world.family.change(
        CYCLE, "  - id: looks\n",
        f"  - id: on\n    clip: 0:01.5 - 0:02.0\n    shows: [ash, dad]\n{rest}  - id: looks\n",
    )  # fmt: skip
    assert "(1-tea/looks: blurred)" in world.run("due", "cases/ash").out


@pytest.mark.parametrize(
    ("boxes", "bare"),
    [
        ([(1000, 2000, (0.0, 0, 0.2, 1, 0.8, 0, 0.2, 1))], False),
        ([(1200, 1600, (0.16, 0, 0.2, 1, 0.48, 0, 0.2, 1))], True),
        ([(900, 2000, (0.0, 0, 0.2, 1, 0.8, 0, 0.2, 1))], True),
        ([(1000, 2000, (0.0, 0, 1, 1))], False),
        ([(1000, 1500, (0.0, 0, 0.6, 1)), (1500, 2100, (0.4, 0, 0.6, 1))], False),
        ([(1000, 1500, (0.0, 0, 0.6, 1)), (1600, 2100, (0.4, 0, 0.6, 1))], True),
        ([(1000, 2000, ())], False),
        ([], True),
    ],
)
def test_a_moving_box_is_held_against_another_at_every_time(
    boxes: list[tuple[int, int, tuple[float, ...]]], bare: bool
) -> None:
    wanted = CoveredSpan("blurred", 1000, 2000, (0.0, 0, 0.2, 1, 0.8, 0, 0.2, 1))
    covers = [CoveredSpan("blurred", *one) for one in boxes]
    assert is_bare([Span(1000, 2000)], covers, wanted, in_it=True) is bare


def test_a_crop_hides_what_lies_outside_of_it() -> None:
    wanted, shown = CoveredSpan("cropped", 0, 9, (0.1, 0.1, 0.5, 0.5)), [Span(0, 9)]
    smaller, larger = (replace(wanted, box=(0.2, 0.2, w, 0.2)) for w in (0.2, 0.7))
    assert not is_bare(shown, [smaller], wanted, in_it=True)
    assert is_bare(shown, [larger], wanted, in_it=True)


def test_the_nightly_run_takes_away_what_lacks_a_cover_and_keeps_address_and_words(
    world: World,
) -> None:
    """The task copies the folder afterwards, so that it ends on the server, too."""
    place = site(world)
    opens = sorted(world.root.glob("web/server/passwords/*/*"))
    assert world.run("host", "--out", "web").status == 0
    assert place.is_dir()
    world.family.change(CYCLE, LOOKS, BLUR)
    for _ in range(2):  # also the night after
        done = world.run("host", "--out", "web")
        assert done.status == 0, done.err
        assert "more protection now than it has (1-tea/looks: blurred)" in done.out
        assert "Address and passphrase hold" in done.out
        assert not place.exists()
    assert sorted(world.root.glob("web/server/passwords/*/*")) == opens
    assert world.run("due", "cases/ash").status == 1
    done = world.run(*HOST)
    assert done.status == 1
    assert "nobody has looked at it as it is now" in done.err
    assert "Address and passphrase hold" in done.out
    assert sorted(world.root.glob("web/server/passwords/*/*")) == opens
    assert world.run("preview", "cases/ash", "--yes", "1-tea/looks").status == 0
    done = world.run(*HOST)
    assert done.status == 0, done.err
    assert "passphrase" not in done.out
    assert site(world) == place
    assert world.run("host", "--out", "web").status == 0
    assert place.is_dir()


def test_a_site_that_cannot_be_made_anew_does_not_stay_open_without_the_cover(
    world: World,
) -> None:
    place = site(world)
    world.family.change(CYCLE, LOOKS, BLUR)
    done = world.run(*HOST)
    assert done.status == 1
    assert "nobody has looked at it as it is now" in done.err
    assert "stays open until" not in done.out
    assert not place.exists()


def test_a_family_whose_site_waits_is_over_after_its_last_day_or_when_it_takes_it_back(
    world: World,
) -> None:
    world.family.change(CYCLE, LOOKS, BLUR)
    assert world.run("host", "--out", "web").status == 0
    world.family.change(
        "case.yml", "{person: dad, for: [hosting], given", "{person: dad, for: [hosting], withdrawn"
    )
    done = world.run("host", "--out", "web")
    assert "nobody has access any more" in done.out
    assert list(world.root.glob("web/server/passwords/*/*")) == []


def test_the_nightly_run_fails_for_notes_that_nobody_can_read(world: World) -> None:
    """A slip beside the new box hides the box."""
    world.family.change(CYCLE, LOOKS, BLUR.replace("blur:", "bluur:"))
    done = world.run("host", "--out", "web")
    assert done.status == 2
    assert "bluur" in done.err
    assert site(world).is_dir()


def test_a_case_from_before_a_preview_is_noticed(world: World) -> None:
    """Beside the sites it is written that somebody looked at a cover that the older case lacks."""
    case = world.root / "cases" / "ash"
    shutil.copytree(case, world.root / "before", symlinks=True)
    world.family.change(CYCLE, LOOKS, BLUR)
    done = world.run("preview", "cases/ash", "--yes", "1-tea/looks")
    assert "1-tea/looks: confirmed, as it is now (blurred" in done.out, done.err
    shutil.rmtree(case)
    (world.root / "before").rename(case)
    due = world.run("due", "cases/ash")
    assert due.status == 1, due.out
    assert "older" in due.out
    assert world.run(*FOLDER).status != 0


@pytest.mark.parametrize(
    "command",
    [
        ("contact-sheet", "cases/ash", "1-tea", "0:02", "--out", "web/server"),
        ("build", "cases/ash", "--draft", "--edition", "review", "--out", "web"),
        ("contact-sheet", "cases/ash", "1-tea", "0:02", "--out", "packs/ash/To keep"),
        ("pack", "cases/ash", "--draft", "--folder", "packs/ash/To keep"),
    ],
)
def test_nothing_is_put_into_what_somebody_else_gets(
    world: World, command: tuple[str, ...]
) -> None:
    assert (world.root / "packs/ash/To keep").is_dir()
    before = {path for path in world.root.rglob("*") if ".vigsite" not in path.parts}
    done = world.run(*command)
    assert done.status == 2, done.out + done.err
    assert "choose another place" in done.err
    assert {path for path in world.root.rglob("*") if ".vigsite" not in path.parts} == before
