"""What was withdrawn is gone: by bytes and by frames, whatever held it, and no backup brings it back."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.helpers.counted_films import Counted
from tests.helpers.families import as_another_family, family
from tests.helpers.film_traces import blocks_below, blocks_of, frames_below
from tests.helpers.prepared_cases import World, strace
from vigsite.case.load import load_case
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.media import ffmpeg
from vigsite.records.case_folder import Records
from vigsite.records.record import Record
from vigsite.records.withdrawals import write_down

LOOKS = set(range(25, 50))
"""The frames of 1-tea/looks, 1.0 to 2.0 s at 25 a second."""
SMILE, NAN = 62, 75
"""The frames of the two stills."""
TODAY = dt.date.today()
TOMORROW = TODAY + dt.timedelta(1)


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    """A world with everything that can hold media, and the place it has to be copied to."""
    base = tmp_path_factory.mktemp("withdraw")
    world = World(base / "world")
    family(world.family.directory, films("25").path)
    for arguments in (
        ("build", "cases/ash", "--draft", "--share"),
        ("pack", "cases/ash", "--draft", "--zip", "--for", "Mum"),
        ("pack", "cases/ash", "--draft", "--single-file"),
        ("contact-sheet", "cases/ash", "1", "0:01.5", "--within", "0.1"),
        ("contact-sheet", "cases/ash", "1", "0:01.5", "--within", "0.1", "--out", "sheets"),
    ):
        done = world.run(*arguments)
        assert done.status == 0, done.err
    later = world.family.directory / ".vigsite" / "a-cache-of-a-later-version"
    later.mkdir()
    shutil.copyfile(next((world.root / "sites").rglob("*.mp4")), later / "piece-1.mp4")
    return world.kept_aside()


def test_packs_are_named_that_held_the_moment_under_another_name(world: World) -> None:
    world.family.change("1-tea/cycle.yml", "id: looks", "id: gaze")
    done = world.run("withdraw", "cases/ash", "1-tea/gaze", "--do")
    assert done.status == 0, done.err
    assert f"{TODAY} for Mum, zip" in done.out


def test_nothing_of_a_withdrawn_moment_is_left_by_bytes_or_by_frames(world: World) -> None:
    before = world.frames()
    places = {where.split("/ash/")[-1].split("!")[0] for n in LOOKS for where in before[n]}
    for part in ("review/media", "keepsake/media", "share/", "To keep.zip", "To keep.html#",
                 ".vigsite/cache", ".vigsite/a-cache", ".vigsite/contact-sheets"):  # fmt: skip
        assert [place for place in places if part in place], part
    assert [where for where in before[37] if "/sheets/" in where]
    clips = [*world.root.glob("sites/ash/*/media/cycle-1-moment-1*"), *world.root.rglob("choose.*")]
    blocks = blocks_of(clips)
    assert len(world.words()) > 5
    assert len(blocks) > 20
    assert len(blocks_below(world.root, blocks)) > 10

    done = world.withdraw()
    assert done.status == 0, done.err
    assert "nothing of it is left in reach" in done.out
    assert f"{TODAY} for Mum, zip" in done.out
    assert blocks_below(world.root, blocks) == []
    assert world.frames() == {}
    assert world.words() == []

    done = world.build()
    assert done.status == 0, done.err
    assert 'moment "looks" was withdrawn on' in done.err
    after = world.frames()
    assert set(after) == {SMILE, NAN}
    assert blocks_below(world.root, blocks) == []
    assert "cycle-1-moment-1-640.jpg" in "".join(after[SMILE])


def test_a_dry_run_names_all_of_it_and_writes_nothing(world: World) -> None:
    before = world.tree()
    done = world.run("withdraw", "cases/ash", "1-tea/looks")
    assert done.status == 0, done.err
    assert world.tree() == before
    for name in ("review", "keepsake", "share"):
        assert f": {world.root}/sites/ash/{name}\n" in done.out
    for pack in ("To keep", "To keep.zip", "To keep.html"):
        assert f": {world.root}/packs/ash/{pack}\n" in done.out
    assert "finished clips, contact sheets, temporary files: " in done.out
    assert "vigsite withdraw cases/ash 1-tea/looks --do" in done.out


def test_the_tombstone_names_nobody_and_is_only_added_to(world: World) -> None:
    assert world.withdraw().status == 0
    file = world.family.directory / "withdrawn.yml"
    first = file.read_text("utf-8")
    (line,) = yaml.safe_load(first)["withdrawn"]
    assert set(line) == {"since", "moment", "recording", "spans", "frames"}
    assert line["moment"] == "1-tea/looks"
    assert world.withdraw("1-tea/smile").status == 0
    assert file.read_text("utf-8").startswith(first)
    assert len(yaml.safe_load(file.read_text("utf-8"))["withdrawn"]) == 2
    again = world.withdraw()
    assert again.status == 0
    assert "was withdrawn before" in again.out
    assert len(yaml.safe_load(file.read_text("utf-8"))["withdrawn"]) == 2


def test_a_moment_that_went_along_can_be_withdrawn_by_its_own_name_too(world: World) -> None:
    world.family.change("1-tea/cycle.yml", "still: 0:02.5", "still: 0:01.5")
    assert "1-tea/smile: goes along" in world.withdraw().out
    done = world.withdraw("1-tea/smile")
    assert done.status == 0, done.err
    lines = yaml.safe_load((world.family.directory / "withdrawn.yml").read_text("utf-8"))
    assert [line["moment"] for line in lines["withdrawn"]] == ["1-tea/looks", "1-tea/smile"]


def test_what_a_killed_pack_left_where_none_was_before_goes_too(world: World) -> None:
    """It was killed before anything but the case's own folder could know of the place."""
    seen: list[str] = []
    place, status = world.root, 0
    for attempt in range(20):  # until it is killed after the first clip is there, before it is done
        place = world.root / f"elsewhere-{attempt}"
        with world.begun("pack", "cases/ash", "--draft", "--out", place) as pack:
            while pack.poll() is None:
                if any(place.glob("ash/.To keep.new-*/*/*")):
                    pack.kill()
        seen = [where for where in world.frames()[37] if f"{place}/ash/.To keep.new-" in where]
        status = pack.returncode
        if status and seen:
            break
    assert seen
    assert status == -9
    assert not (place / "ash" / "To keep").exists()
    done = world.withdraw()
    assert done.status == 0, done.err
    assert world.frames() == {}
    assert [path.name for path in (place / "ash").iterdir()] == [".vigsite.json"]


def put_back(world: World, template: Path, *parts: str) -> None:
    """Restores parts of the world from a backup."""
    for part in parts:
        source, target = template / part, world.root / part
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target)


def test_no_backup_brings_it_back(world: World, template: tuple[Path, Path]) -> None:
    """Notes, cache, sites, packs and even the lost register: the next build keeps to it."""
    assert world.withdraw().status == 0
    put_back(world, template[0], "cases/ash/1-tea/cycle.yml", "cases/ash/.vigsite/cache",
             "sites", "packs")  # fmt: skip
    (world.family.directory / "withdrawn.yml").unlink()
    due = world.run("due", "cases/ash")
    assert due.status == 1
    assert f"{world.root}/packs/ash/To keep.zip is no longer allowed" in due.out
    done = world.build()
    assert done.status == 0, done.err
    assert "was back at" in done.err
    assert set(world.frames()) == {SMILE, NAN}
    assert world.run("due", "cases/ash").status == 0


def test_old_records_come_back_with_a_backup_and_it_is_still_kept_out(
    world: World, template: tuple[Path, Path]
) -> None:
    assert world.withdraw().status == 0
    for folder in (".vigsite", "record"):
        shutil.rmtree(world.family.directory / folder)
        put_back(world, template[0], f"cases/ash/{folder}")
    put_back(world, template[0], "sites", "packs")
    assert "a withdrawal is not finished" in world.run("due", "cases/ash").out
    assert world.build().status == 0
    assert set(world.frames()) == {SMILE, NAN}


def test_an_older_record_still_knows_the_case_by_its_id(
    world: World, template: tuple[Path, Path]
) -> None:
    """It tells nothing of what was built since; whose it is, the markers tell, and so it goes."""
    assert world.withdraw().status == 0
    records = Records(world.family.directory)
    records.write(Record(records.known().id, str(world.family.directory), TODAY))
    put_back(world, template[0], "sites", "packs")
    (world.root / "packs/ash/letter.txt").write_text("mine")
    assert f"pack in {world.root}/packs/ash/To keep.zip" in world.run("due", "cases/ash").out
    assert world.build().status == 0
    assert set(world.frames()) == {SMILE, NAN}
    assert (world.root / "packs/ash/letter.txt").read_text() == "mine"


def test_without_any_record_nothing_is_deleted_by_guess_and_nothing_said_to_be_gone(
    world: World, template: tuple[Path, Path]
) -> None:
    """Sites in the usual place may be another family's, of a case that lay here before."""
    assert world.withdraw().status == 0
    for folder in (".vigsite", "record"):
        shutil.rmtree(world.family.directory / folder)
    put_back(world, template[0], "sites", "packs")
    for command in (("build",), ("pack",), ("due",)):
        done = world.run(*command, "cases/ash")
        assert done.status == 1
        assert "so nobody knows which sites" in done.out + done.err
    done = world.withdraw()
    assert done.status == 1
    assert "nothing of it is left" not in done.out
    assert (world.root / "sites/ash/review/index.html").exists()


RENAMED = [
    ("id: looks", "id: other"),
    ("id: looks\n    clip: 0:01.0 - 0:02.0", "id: other\n    clip: 0:01.8 - 0:02.2"),
    ("clip: 0:01.0 - 0:02.0", "clip: 0:03.0 - 0:03.9"),
]


@pytest.mark.parametrize(("old", "new"), RENAMED, ids=["a new id", "a part", "the old id"])
def test_neither_a_new_name_nor_other_times_bring_it_back(world: World, old: str, new: str) -> None:
    assert world.withdraw().status == 0
    world.family.change("1-tea/cycle.yml", old, new)
    world.family.change("1-tea/cycle.yml", "    stop_at: [0:01.5]\n", "")
    world.film.rename(world.film.with_name("another.mp4"))
    world.family.change("1-tea/cycle.yml", "film.mp4", "another.mp4")
    read = load_case(world.family.directory)
    assert read.case is not None
    assert read.report.faults == []
    assert [out.moment.name for out in read.case.withdrawn] in (["1-tea/other"], ["1-tea/looks"])
    assert [moment.name for moment in read.case.moments] == ["1-tea/smile", "1-tea/nan-too"]


COPIES = {
    "our film": ("packs/ash/To keep/Our film.mp4", "Mum's phone/birthday.mov"),
    "the album": ("packs/ash/To keep/Our album.pdf", "cases/to print.pdf"),
    "the zip": ("packs/ash/To keep.zip", "sites/backup.bin"),
    "the page": ("packs/ash/To keep.html", "packs/page.htm"),
    "a clip": ("sites/ash/review/media/cycle-1-moment-1*.mp4", "Mum's phone/VID_0001.MP4"),
    "a still of the meeting": ("sites/ash/share/01*", "letters/photo"),
}


@pytest.mark.parametrize("which", COPIES)
def test_a_copy_under_any_name_is_named_until_it_is_gone(world: World, which: str) -> None:
    found, name = COPIES[which]
    (source, *_) = world.root.glob(found)
    there = world.root / name
    there.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, there)
    done = world.withdraw()
    assert done.status == 1
    assert f"{there} holds a copy that somebody made" in done.err
    assert "nothing of it is left in reach" not in done.out
    due = world.run("due", "cases/ash")
    assert (due.status, str(there) in due.out) == (1, True)
    there.unlink()
    assert world.withdraw().status == 0
    assert world.run("due", "cases/ash").status == 0


def test_a_copy_of_a_film_that_was_made_anew_since_is_named(world: World) -> None:
    """The record keeps what a pack or site held before, as far as the new one does not."""
    old = world.root / "Mum's phone" / "film of last week.mp4"
    old.parent.mkdir()
    shutil.copyfile(world.root / "packs/ash/To keep/Our film.mp4", old)
    world.family.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:01.9")
    for command in (
        ("build", "--share"),
        ("pack", "--zip"),
        ("build", "--share"),
        ("pack", "--zip"),
    ):
        done = world.run(command[0], "cases/ash", "--draft", *command[1:])
        assert done.status == 0, done.err
    before = len(Records(world.family.directory).taken_away())
    assert world.run("pack", "cases/ash", "--draft", "--zip").status == 0
    assert len(Records(world.family.directory).taken_away()) == before, (
        "the same again adds nothing"
    )
    done = world.withdraw()
    assert done.status == 1
    assert f"{old} holds a copy" in done.err


def test_an_older_site_that_a_backup_puts_over_the_new_one_goes_too(
    world: World, tmp_path: Path
) -> None:
    keepsake = world.root / "sites/ash/keepsake"
    shutil.copytree(keepsake, tmp_path / "backup")
    world.family.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:01.9")
    assert world.run("build", "cases/ash", "--draft").status == 0
    assert world.withdraw().status == 0
    assert world.run("build", "cases/ash", "--draft").status == 0
    assert world.run("due", "cases/ash").status == 0
    shutil.rmtree(keepsake)
    shutil.copytree(tmp_path / "backup", keepsake)
    due = world.run("due", "cases/ash")
    assert (due.status, str(keepsake) in due.out) == (1, True)
    assert "was back at" in world.run("cache", "cases/ash").err
    assert not keepsake.exists()


@pytest.mark.parametrize("command", ["build", "pack", "host", "present"])
def test_a_case_from_before_a_withdrawal_publishes_nothing(
    world: World, template: tuple[Path, Path], command: str
) -> None:
    """The whole folder of the case came back from a backup; what lies beside sites and packs tells."""
    assert world.withdraw().status == 0
    case = world.family.directory
    shutil.rmtree(case)
    shutil.copytree(template[0] / "cases/ash", case)
    more = {"host": ("--out", "web", "--until", str(TOMORROW), "--server", "nginx",
                     "--domain", "films.example.org"), "present": ("--no-open",)}  # fmt: skip
    done = world.run(command, "cases/ash", "--draft", *more.get(command, ()))
    assert done.status == 1
    assert "knows a withdrawal that withdrawn.yml does not have" in done.err
    due = world.run("due", "cases/ash")
    assert (due.status, "as after an older backup of the case" in due.out) == (1, True)
    assert "as after an older backup" in world.run("record", "cases/ash").out
    other = world.withdraw("1-tea/smile")
    assert (other.status, "older backup" in other.err) == (1, True)
    if command == "build":
        assert world.withdraw().status == 0, "the same withdrawn again is what was missing"
    else:
        assert world.run("record", "cases/ash", "--looked").status == 0
        assert world.build().status == 0
    assert world.run("due", "cases/ash").status == 0


def test_another_moment_of_the_same_film_is_let_in(world: World) -> None:
    assert world.withdraw().status == 0
    world.family.change("1-tea/cycle.yml", "id: looks\n    clip: 0:01.0 - 0:02.0",
                        "id: waves\n    clip: 0:02.0 - 0:03.4")  # fmt: skip
    world.family.change("1-tea/cycle.yml", "    stop_at: [0:01.5]\n", "")
    read = load_case(world.family.directory)
    assert read.case is not None
    assert read.report.notices == []
    assert "1-tea/waves" in [moment.name for moment in read.case.moments]


def test_what_shows_the_same_seconds_goes_along_and_is_told(world: World) -> None:
    world.family.change("1-tea/cycle.yml", "still: 0:02.5", "still: 0:01.4")
    done = world.run("withdraw", "cases/ash", "1-tea/looks")
    assert "1-tea/smile: goes along" in done.out
    assert world.withdraw().status == 0
    read = load_case(world.family.directory)
    assert read.case is not None
    assert [moment.name for moment in read.case.moments] == ["1-tea/nan-too"]


def test_a_family_that_changes_its_mind_lets_a_moment_in_from_a_later_day(world: World) -> None:
    long_ago = Withdrawal.model_validate(
        {"since": "2026-03-01", "moment": "1-tea/looks", "recording": "0" * 64}
    )
    write_down(Records(world.family.directory), [long_ago])
    cycle = "1-tea/cycle.yml"
    world.family.change(
        cycle, "title: Ash looks up", "agreed_again: 2026-03-01\n    title: Ash looks up"
    )
    read = load_case(world.family.directory)
    assert read.case is not None
    assert len(read.case.withdrawn) == 1
    world.family.change(cycle, "agreed_again: 2026-03-01", "agreed_again: 2026-03-02")
    assert world.build().status == 0
    assert set(world.frames()) >= LOOKS
    assert world.withdraw().status == 0  # and takes it back once more
    assert not set(world.frames()) & LOOKS
    world.family.change(cycle, "agreed_again: 2026-03-02", f"agreed_again: {TOMORROW}")
    assert "still to come" in world.build().err


def test_a_person_takes_back_everything_until_a_newer_agreement(world: World) -> None:
    done = world.withdraw("person:ash")
    assert done.status == 0, done.err
    assert "everything that Ash agreed to is withdrawn" in done.out
    assert world.frames() == {}
    assert "Ash took the agreement back on" in world.build().err
    assert world.frames() == {}
    assert "agreed to is withdrawn" not in world.withdraw("person:ash").out
    consent = world.run("consent", "cases/ash")
    assert f"withdrawn.yml: Ash took back everything on {TODAY}" in consent.out
    line = "- {person: ash, by: dad, for: [review], given: "
    world.family.change("case.yml", "  - {person: nan", f"  {line}{TODAY}}}\n  - {{person: nan")
    assert f"no since {TODAY}" in world.run("consent", "cases/ash").out
    world.family.change("case.yml", f"{line}{TODAY}", f"{line}{TOMORROW}")
    said = world.run("consent", "cases/ash", "--on", TOMORROW + dt.timedelta(3)).out
    assert [row for row in said.splitlines() if row.startswith("Ash ") and " yes " in row]


def test_a_person_who_is_not_to_be_seen_takes_only_their_moments_along(world: World) -> None:
    assert world.withdraw("person:nan").status == 0
    assert world.build().status == 0
    assert set(world.frames()) == LOOKS | {SMILE}


@pytest.mark.parametrize("error", ["EACCES", "EIO"])
def test_a_deletion_that_fails_is_an_error_and_it_is_withdrawn_all_the_same(
    world: World, error: str
) -> None:
    done = world.withdraw(around=strace(f"unlink,unlinkat:error={error}"))
    assert done.status == 1, done.out
    assert "Could not delete" in done.err
    assert f"{world.root}/sites/ash/.review.new-" in done.err
    assert ".vigsite/cache" in done.err
    assert "is withdrawn" not in done.out
    due = world.run("due", "cases/ash")
    assert due.status == 1
    assert "a withdrawal is not finished" in due.out
    assert world.build().status == 0
    assert set(world.frames()) == {SMILE, NAN}
    assert world.words() == []


@pytest.mark.parametrize("deletion", [1, 40, 150])
def test_killed_on_the_way_the_next_command_goes_on(world: World, deletion: int) -> None:
    kill = f"unlink,unlinkat:signal=SIGKILL:when={deletion}"
    assert world.withdraw(around=strace(kill)).status not in (0, 1, 2)
    assert world.run("due", "cases/ash").status == 1
    assert world.build().status == 0
    assert set(world.frames()) == {SMILE, NAN}
    assert world.words() == []
    assert world.run("due", "cases/ash").status == 0


def test_a_place_that_is_not_there_now_is_told_until_it_is(world: World) -> None:
    assert world.run("build", "cases/ash", "--draft", "--out", "stick").status == 0
    drawer = world.root.parent / "drawer"
    (world.root / "stick").rename(drawer)
    done = world.withdraw()
    assert done.status == 1
    assert "nothing of it is left" not in done.out
    assert "What can be reached is deleted; the rest is named below" in done.out
    assert f"review in {world.root}/stick/ash/review: 1-tea/looks was withdrawn" in done.out
    assert "Connect that stick or disk" in world.run("due", "cases/ash").out
    drawer.rename(world.root / "stick")
    assert world.run("due", "cases/ash").status == 1
    assert world.withdraw().status == 0
    assert not list((world.root / "stick").rglob("*.mp4"))


def test_a_contact_sheet_out_of_reach_is_remembered_until_it_is_deleted(world: World) -> None:
    drawer = world.root.parent / "drawer-of-sheets"
    (world.root / "sheets").rename(drawer)
    done = world.withdraw()
    assert done.status == 1
    assert f"contact sheet in {world.root}/sheets/" in done.out
    assert "contact sheet in" in world.run("due", "cases/ash").out
    drawer.rename(world.root / "sheets")
    due = world.run("due", "cases/ash")
    assert (due.status, "a withdrawal is not finished" in due.out) == (1, True)
    assert world.build().status == 0
    assert not list((world.root / "sheets").rglob("choose.*"))
    assert world.run("due", "cases/ash").status == 0


def test_nothing_behind_a_link_is_deleted_and_that_is_an_error(world: World) -> None:
    cache, elsewhere = world.family.directory / ".vigsite/cache", world.root.parent / "big-disk"
    shutil.rmtree(elsewhere, ignore_errors=True)
    cache.rename(elsewhere)
    cache.symlink_to(elsewhere)
    done = world.withdraw()
    assert done.status == 1
    assert f"is a link to {elsewhere}" in done.err
    assert list(elsewhere.iterdir())
    assert world.run("due", "cases/ash").status == 1


def test_frames_that_were_withdrawn_are_in_no_contact_sheet(world: World) -> None:
    assert world.withdraw().status == 0
    refused = world.run("contact-sheet", "cases/ash", "1", "0:01.5", "--within", "0.2")
    assert refused.status == 2
    assert "all around 0:01.5 was withdrawn" in refused.err
    assert world.run("contact-sheet", "cases/ash", "1", "0:02.1", "--within", "0.2").status == 0
    assert set(world.frames()) == set(range(50, 58))


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("looks", "did you mean 1-tea/looks?"),
        ("1-tea/lookz", "did you mean 1-tea/looks?"),
        ("person:asch", "case.yml names nobody so; did you mean ash?"),
    ],
)
def test_a_mistyped_name_withdraws_nothing(world: World, target: str, words: str) -> None:
    done = world.withdraw(target)
    assert done.status == 2
    assert words in done.err
    assert not (world.family.directory / "withdrawn.yml").exists()


def test_a_moment_that_only_a_site_still_holds_can_be_withdrawn(world: World) -> None:
    cycle = world.family.directory / "1-tea/cycle.yml"
    text = cycle.read_text("utf-8")
    start, end = text.index("  - id: looks"), text.index("  - {id: smile")
    cycle.write_text(text[:start] + text[end:], "utf-8")
    assert world.withdraw().status == 0
    assert world.frames() == {}
    cycle.write_text(text.replace("id: looks", "id: again"), "utf-8")
    assert world.build().status == 0
    assert set(world.frames()) == {SMILE, NAN}


def test_a_withdrawn_file_that_cannot_be_read_lets_nothing_be_built(world: World) -> None:
    assert world.withdraw().status == 0
    file = world.family.directory / "withdrawn.yml"
    file.write_text(file.read_text("utf-8").replace("moment:", "momnt:"), "utf-8")
    done = world.build()
    assert done.status == 2
    assert "did you mean moment?" in done.err
    assert "put it back as it was" in done.err
    assert world.frames() == {}


def test_a_copy_of_the_case_leaves_the_first_ones_new_site_alone(world: World) -> None:
    """The last moment withdrawn, all other files of the new site are at the same addresses."""
    assert world.withdraw("1-tea/nan-too").status == 0
    assert world.build().status == 0
    birch = world.root / "cases" / "birch"
    shutil.copytree(world.family.directory, birch)
    as_another_family(birch)
    assert world.run("build", "cases/birch", "--draft", "--edition", "review").status == 0
    assert (world.root / "sites/ash/review/index.html").is_file()


@pytest.mark.parametrize("renamed", ["the cycle", "the moment"])
def test_a_film_saved_anew_and_a_new_name_do_not_hide_what_was_built(
    world: World, renamed: str
) -> None:
    """Nothing of the notes or the films tells any more what the sites and packs show."""
    again = world.film.with_name("again.mp4")
    copy = (ffmpeg.program(), "-v", "error", "-i", world.film, "-c", "copy", again)
    subprocess.run(list(map(str, copy)), check=True)
    again.replace(world.film)
    if renamed == "the cycle":
        world.film.parent.rename(world.family.directory / "1-brew")
        target = "1-brew/looks"
    else:
        world.family.change("1-tea/cycle.yml", "id: looks", "id: gaze")
        target = "1-tea/gaze"
    done = world.withdraw(target)
    assert done.status == 0, done.err
    assert "is not in the notes any more and its film is gone" in done.out
    film = world.family.directory / target.partition("/")[0] / "film.mp4"
    assert LOOKS.isdisjoint(frames_below(world.root, {film}))


def test_films_that_were_deleted_on_purpose_leave_other_moments_where_they_are(
    world: World,
) -> None:
    """Their names and times are in the notes still, so a withdrawal takes its own moment along."""
    assert world.run("purge", "cases/ash", "--recordings", "--do").status == 0
    done = world.withdraw()
    assert "1-tea/smile is not in the notes" not in done.out
