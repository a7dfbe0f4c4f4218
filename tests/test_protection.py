"""What was once covered, cropped, muted or kept out for somebody's sake is not shown unasked."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted
from tests.helpers.families import family, guarded
from tests.helpers.prepared_cases import World
from tests.hosting.conftest import agreed, days_on
from vigsite.media import ffmpeg
from vigsite.records.case_folder import Records

CYCLE = "1-tea/cycle.yml"
BLUR = "    blur: [{from: 0:01.2, to: 0:01.6, box: [0, 0.5, 0.2, 0.5], to_box: [0.8, 0.5, 0.2, 0.5]}]\n"
MUTE = "    mute: [{from: 0:01.4, to: 0:01.8}]\n"
CROP = ", crop: [0, 0, 0.5, 1]"
PACK = ("pack", "cases/ash", "--draft", "--single-file")
HOST = ("host", "cases/ash", "--draft", "--out", "web", "--until", str(days_on(9)), "--server", "nginx",
        "--domain", "films.example.org")  # fmt: skip


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> tuple[Path, Path]:
    """A family whose covers are confirmed, whose keepsake is packed, and who may be hosted."""
    world = World(tmp_path_factory.mktemp("protection") / "world")
    guarded(agreed(family(world.family.directory, films("25").path)))
    looked = ("preview", "cases/ash", "--yes", "1-tea/looks", "--yes", "1-tea/smile")
    for arguments in (looked, PACK):
        done = world.run(*arguments)
        assert done.status == 0, done.err
    return world.kept_aside()


def without_both(world: World) -> None:
    world.family.change(CYCLE, BLUR + MUTE, "")


def without_crop(world: World) -> None:
    world.family.change(CYCLE, CROP, "")


def under_another_id(world: World) -> None:
    without_both(world)
    world.family.change(CYCLE, "id: looks", "id: other")


def a_part_of_the_seconds(world: World) -> None:
    without_both(world)
    world.family.change(
        CYCLE, "id: looks\n    clip: 0:01.0 - 0:02.0", "id: part\n    clip: 0:01.3 - 0:01.9"
    )


def a_still_in_them(world: World) -> None:
    without_both(world)
    world.family.change(CYCLE, "clip: 0:01.0 - 0:02.0", "still: 0:01.3")
    world.family.change(CYCLE, "    stop_at: [0:01.5]\n", "")


def a_still_beside(world: World) -> None:
    world.family.change(CYCLE, f"still: 0:02.5{CROP}", "still: 0:02.54")


def without_the_cache(world: World) -> None:
    without_both(world)
    shutil.rmtree(world.family.directory / ".vigsite")


def the_film_renamed(world: World) -> None:
    without_both(world)
    world.film.rename(world.film.with_name("other.mp4"))
    world.family.change(CYCLE, "film.mp4", "other.mp4")


VANISHED: dict[Callable[[World], None], tuple[str, str]] = {
    without_both: ("1-tea/looks", "seconds of it were blurred before, and it is not"),
    without_crop: ("1-tea/smile", "seconds of it were cropped before, and it is not"),
    under_another_id: ("1-tea/other", "seconds of it were blurred before"),
    a_part_of_the_seconds: ("1-tea/part", "seconds of it were blurred before"),
    a_still_in_them: ("1-tea/looks", "seconds of it were blurred before"),
    a_still_beside: ("1-tea/smile", "seconds of it were cropped before"),
    without_the_cache: ("1-tea/looks", "seconds of it were blurred before"),
    the_film_renamed: ("1-tea/looks", "seconds of it were blurred before"),
}


@pytest.mark.parametrize("renamed", ["the cycle", "the moment"])
def test_a_converted_film_under_other_names_waits_for_a_look(world: World, renamed: str) -> None:
    """Nothing but the lost film tells that it had covers."""
    without_both(world)
    again = world.film.with_name("again.mp4")
    recode = [
        ffmpeg.program(),
        "-v",
        "error",
        "-i",
        world.film,
        "-c:v",
        "libx264",
        "-crf",
        "30",
        again,
    ]
    subprocess.run(list(map(str, recode)), check=True)
    again.replace(world.film)
    if renamed == "the cycle":
        world.film.parent.rename(world.family.directory / "2-tea")
    else:
        world.family.change(CYCLE, "id: looks", "id: other")
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "a film with covered seconds is gone, and this may be the same film" in done.err


@pytest.mark.parametrize("change", VANISHED, ids=lambda change: change.__name__)
def test_a_protection_that_vanished_waits_for_a_look(
    world: World, change: Callable[[World], None]
) -> None:
    moment, said = VANISHED[change]
    change(world)
    for command in (PACK, HOST):
        done = world.run(*command)
        assert done.status == 1, done.out
        assert f"{moment}: {said}" in done.err
        assert "put that back into the notes, or run `vigsite preview " in done.err
    assert "1 of them lost a protection that they had" in world.run("check", "cases/ash").out
    looked = world.run("preview", "cases/ash", "--yes", moment)
    assert looked.status == 0, looked.err
    assert said in (world.family.directory / ".vigsite/preview/look/look.html").read_text("utf-8")
    done = world.run(*PACK)
    assert done.status == 0, done.err


def test_what_still_has_its_cover_asks_nothing(world: World) -> None:
    """The other still lies half a second from the cropped one and never had a cover."""
    world.family.change(CYCLE, "A smile", "A wide smile")
    done = world.run(*PACK)
    assert done.status == 0, done.err
    assert "waits" not in done.out


def test_no_says_no(world: World) -> None:
    without_both(world)
    assert world.run("preview", "cases/ash", "--no", "1-tea/looks").status == 0
    done = world.run(*PACK)
    assert done.status == 1
    assert "somebody looked and said it is not right" in done.err
    world.family.change(CYCLE, "title: Ash looks up\n", f"title: Ash looks up\n{BLUR}{MUTE}")
    assert world.run(*PACK).status == 0, "what was confirmed before holds"


def test_somebody_who_never_agreed_and_is_not_named_any_more_waits_for_a_look(
    world: World,
) -> None:
    world.family.change(CYCLE, "still: 0:03.0,", "still: 0:03.0, shows: [ash, dad],")
    done = world.run(*PACK)
    assert done.status == 1
    assert (
        "1-tea/nan-too: Nan was named in its seconds before and may not be recognisable" in done.err
    )
    assert world.run("preview", "cases/ash", "--yes", "1-tea/nan-too").status == 0
    assert world.run(*PACK).status == 0


def test_somebody_withdrawn_who_is_not_named_any_more_waits_for_a_look(world: World) -> None:
    """Also if cycle.yml never was built with the name: the record knows it from a look."""
    for purposes in ("review", "keepsake", "hosting"):
        world.family.change(
            "case.yml", "consent:\n",
            f"consent:\n  - {{person: nan, for: [{purposes}], given: 2026-01-05}}\n",
        )  # fmt: skip
    assert world.run(*PACK).status == 0
    assert world.run("withdraw", "cases/ash", "person:nan", "--do").status == 0
    world.family.change(CYCLE, "still: 0:03.0,", "still: 0:03.0, shows: [ash, dad],")
    assert "nan-too: Nan was named in its seconds before" in world.run(*PACK).err
    assert "nan-too: Nan was named in its seconds before" in world.run(*HOST).err


def test_somebody_who_agreed_may_be_left_unnamed(world: World) -> None:
    line = "  - {person: nan, for: [keepsake, hosting], given: 2026-01-05}\n"
    world.family.change("case.yml", "consent:\n", f"consent:\n{line}")
    assert world.run(*PACK).status == 0
    world.family.change(CYCLE, "still: 0:03.0,", "still: 0:03.0, shows: [ash, dad],")
    assert world.run(*PACK).status == 0


def test_whoever_agreed_to_be_kept_and_not_hosted_is_asked_about_for_hosting_alone(
    world: World,
) -> None:
    line = "  - {person: nan, for: [keepsake], given: 2026-01-05}\n"
    world.family.change("case.yml", "consent:\n", f"consent:\n{line}")
    assert world.run(*PACK).status == 0
    world.family.change(CYCLE, "still: 0:03.0,", "still: 0:03.0, shows: [ash, dad],")
    assert world.run(*PACK).status == 0
    assert "nan-too: Nan was named in its seconds before" in world.run(*HOST).err
    assert world.run("preview", "cases/ash", "--yes", "1-tea/nan-too").status == 0
    done = world.run(*HOST)
    assert done.status == 0, done.err


def test_the_record_keeps_people_and_covers_by_recording_and_seconds(world: World) -> None:
    known = {one.name: one for one in Records(world.family.directory).known().moments}
    assert [(s.kind, s.start_ms, s.end_ms) for s in known["1-tea/looks"].covered] == [
        ("blurred", 1200, 1600),
        ("muted", 1400, 1800),
    ]
    assert known["1-tea/looks"].at.spans == [(1000, 2000)]
    assert known["1-tea/nan-too"].people == ["ash", "dad", "nan"]


PEEKS = {
    "a still in blurred seconds": ("still: 0:01.4", "seconds of it were blurred before"),
    "a clip in muted seconds": ("clip: 0:01.65 - 0:01.9", "seconds of it were muted before"),
    "a still beside a cropped one": ("still: 0:02.6", "seconds of it were cropped before"),
    "a still of somebody who did not agree": ("still: 0:03.0", "Nan was named in its seconds"),
}


@pytest.mark.parametrize("name", PEEKS)
def test_a_new_moment_over_protected_seconds_waits_for_a_look(world: World, name: str) -> None:
    """The protected one is still there, as it was confirmed."""
    how, said = PEEKS[name]
    world.family.change(
        CYCLE, "  - id: looks\n",
        f"  - {{id: peek, {how}, shows: [ash, dad], title: Another look}}\n  - id: looks\n",
    )  # fmt: skip
    for command in (PACK, HOST):
        done = world.run(*command)
        assert done.status == 1, done.out
        assert f"1-tea/peek: {said}" in done.err
        assert "1-tea/looks" not in done.err
    assert world.run("preview", "cases/ash", "--yes", "1-tea/peek").status == 0
    done = world.run(*PACK)
    assert done.status == 0, done.err


def test_after_a_record_was_lost_every_moment_waits_for_a_look(world: World) -> None:
    shutil.rmtree(world.family.directory / "record")
    without_both(world)
    without_crop(world)
    assert world.run("record", "cases/ash", "--looked").status == 0
    for place in ("sites", "packs"):
        shutil.rmtree(world.root / place, ignore_errors=True)
    done = world.run(*PACK)
    assert done.status == 1
    assert "1-tea/looks: nobody knows any more whether it was covered" in done.err
    assert "1-tea/smile: nobody knows any more whether it was covered" in done.err


def test_a_film_that_was_saved_anew_is_known_by_the_names_of_its_moments(world: World) -> None:
    """Its seconds cannot be compared; the recording is another file."""
    without_both(world)
    world.film.write_bytes(world.film.read_bytes() + b"\0\0\0\x08free")
    done = world.run(*PACK)
    assert done.status == 1
    assert "1-tea/looks: seconds of it were blurred before, and it is not" in done.err


@pytest.mark.parametrize("command", [PACK, HOST])
def test_after_an_older_record_came_back_every_moment_waits_for_a_look(
    world: World, command: tuple[str, ...]
) -> None:
    """It knows neither the covers nor the sites and packs that were made since."""
    records = Records(world.family.directory)
    records.write(replace(records.known(), moments=[], sites=[], begun=[]))
    without_both(world)
    done = world.run(*command)
    assert done.status == 1
    assert "1-tea/looks: nobody knows any more whether it was covered" in done.err


NAN_AGREES = "  - {person: nan, for: [keepsake, hosting], given: 2026-01-05}\n"
SLIP = ("still: 0:03.0,", "still: 0:03.0, shows: [ash, dad],")


def with_an_agreement(world: World) -> None:
    """Nan agrees to everything, and is named in what is built."""
    world.family.change("case.yml", "consent:\n", f"consent:\n{NAN_AGREES}")
    assert world.run(*PACK).status == 0


@pytest.mark.parametrize("id", ["nan-too", "other"])
def test_a_withdrawal_reaches_what_was_made_while_shows_lacked_the_person(
    world: World, id: str
) -> None:
    with_an_agreement(world)
    world.family.change(CYCLE, *SLIP)
    world.family.change(CYCLE, "id: nan-too", f"id: {id}")
    for command in (("build", "cases/ash", "--draft"), PACK, HOST):
        assert world.run(*command).status == 0
    assert 75 in world.frames()
    done = world.run("withdraw", "cases/ash", "person:nan", "--do")
    assert done.status == 0, done.err
    assert 75 not in world.frames()
    assert "nan-too: Nan was named" in world.run(*PACK).err.replace(id, "nan-too")
    assert world.run("build", "cases/ash", "--draft").status == 0
    assert 75 not in world.frames(), "nobody has looked whether she is in it"
    assert world.run("preview", "cases/ash", "--yes", f"1-tea/{id}").status == 0
    assert world.run(*PACK).status == 0
    assert world.run("due", "cases/ash").status == 1, "the server, which was not copied"


def test_a_last_day_of_access_counts_whoever_was_named_before(world: World) -> None:
    """A build keeps what was made with everybody whom the record knows, whatever `shows` says."""
    world.family.change(
        "case.yml", "consent:\n",
        "consent:\n  - {person: nan, for: [keepsake], given: 2026-01-05}\n"
        f"  - {{person: nan, for: [hosting], given: 2026-01-05, until: {days_on(3)}}}\n",
    )  # fmt: skip
    assert world.run(*PACK).status == 0
    world.family.change(CYCLE, *SLIP)
    done = world.run(*HOST)
    assert done.status == 0, done.err
    assert f"access ends with {days_on(3)}, not with {days_on(9)}" in done.out + done.err


def test_an_end_that_was_acted_upon_counts_when_its_line_is_gone(world: World) -> None:
    with_an_agreement(world)
    line = "  - {person: nan, for: [review, keepsake, hosting], withdrawn: 2026-02-01}\n"
    world.family.change("case.yml", "consent:\n", f"consent:\n{line}")
    assert world.run(*PACK).status == 0
    world.family.change("case.yml", line, "")
    done = world.run(*PACK)
    assert "does not tell any more that Nan's agreement to keepsake ended" in done.out + done.err
    assert 75 not in world.frames()
    world.family.change("case.yml", "given: 2026-01-05}\n", "given: 2026-02-02}\n")
    assert world.run(*PACK).status == 0
    assert 75 in world.frames(), "whoever agrees again has a later day"


def test_a_last_day_that_was_over_counts_when_it_is_taken_out(world: World) -> None:
    ends = NAN_AGREES.replace("given: 2026-01-05", "given: 2026-01-05, until: 2026-02-01")
    world.family.change("case.yml", "consent:\n", f"consent:\n{ends}")
    assert world.run(*PACK).status == 0
    world.family.change("case.yml", ends, NAN_AGREES)
    assert world.run(*PACK).status == 0
    assert 75 not in world.frames()
    world.family.change("case.yml", "given: 2026-01-05}", "given: 2026-01-05, until: 2999-01-01}")
    assert world.run(*PACK).status == 0
    assert 75 in world.frames(), "an agreement that was made longer is said to be"


def test_one_cover_that_is_gone_is_asked_about_though_another_is_left(world: World) -> None:
    """Also when the moment was confirmed so once, before it had the cover that is gone."""
    title = "    title: Ash looks up\n"
    world.family.change(CYCLE, title, f"{title}    crop: [0, 0, 0.5, 1]\n")
    assert world.run("preview", "cases/ash", "--yes", "1-tea/looks").status == 0
    world.family.change(CYCLE, f"{title}    crop: [0, 0, 0.5, 1]\n", title)
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "1-tea/looks: seconds of it were cropped before, and it is not" in done.err
    assert world.run("preview", "cases/ash", "--yes", "1-tea/looks").status == 0
    assert world.run(*PACK).status == 0


def test_a_converted_copy_beside_the_film_is_known_by_its_frames(world: World) -> None:
    """Other moments still use the film, so that it is not lost."""
    again = world.film.with_name("again.mp4")
    recode = (ffmpeg.program(), "-v", "error", "-i", world.film, "-crf", "30", again)
    subprocess.run(list(map(str, recode)), check=True)
    without_both(world)
    world.family.change(CYCLE, "nan]}\n", "nan]}\n  other: {file: again.mp4, shows: [ash, dad]}\n")
    world.family.change(CYCLE, "id: looks", "id: peek\n    of: other")
    for name in ("smile", "nan-too"):
        world.family.change(CYCLE, f"id: {name},", f"id: {name}, of: film,")
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "1-tea/peek: seconds of it were blurred before, and it is not" in done.err


def test_a_case_from_before_a_cover_is_noticed_by_what_lies_beside_its_sites(world: World) -> None:
    """The record that came back knows the same places; what lies there is newer."""
    before = world.root.parent / "backup"
    shutil.copytree(world.family.directory, before)
    world.family.change(CYCLE, BLUR, BLUR.replace("0:01.2", "0:01.0"))
    assert world.run("preview", "cases/ash", "--yes", "1-tea/looks").status == 0
    assert world.run(*PACK).status == 0
    shutil.rmtree(world.family.directory)
    shutil.copytree(before, world.family.directory)
    shutil.rmtree(before)
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "1-tea/looks: nobody knows any more whether it was covered" in done.err


def test_a_yes_stays_when_another_moment_that_shows_the_same_is_answered_later(
    world: World,
) -> None:
    """Their covers were changed a different number of times before they were lost."""
    smile = "{id: smile, still: 0:02.5"
    again = f"  - {{id: again, still: 0:02.5{CROP}, shows: [ash, dad], title: Again}}\n"
    world.family.change(CYCLE, "  - {id: nan-too", f"{again}  - {{id: nan-too")
    for before, after in (
        (smile, smile),
        (CROP, ""),
        (smile, f"{smile}{CROP}"),
        (f"{smile}{CROP}", smile),
    ):
        world.family.change(CYCLE, before, after)
        assert world.run("build", "cases/ash", "--draft", "--edition", "review").status == 0
    for moment in ("1-tea/smile", "1-tea/again"):
        assert world.run("preview", "cases/ash", "--yes", moment).status == 0
    done = world.run(*PACK)
    assert done.status == 0, done.err


def test_what_was_for_the_review_alone_waits_for_a_look(world: World) -> None:
    world.family.change(CYCLE, "still: 0:02.5,", "still: 0:02.5, only_in: [review],")
    assert world.run("build", "cases/ash", "--draft").status == 0
    world.family.change(CYCLE, " only_in: [review],", "")
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "1-tea/smile: it was for review alone before" in done.err
    assert world.run("preview", "cases/ash", "--yes", "1-tea/smile").status == 0
    assert world.run(*PACK).status == 0


@pytest.mark.parametrize("of", ["looks", "smile"])
def test_what_was_for_the_review_alone_is_known_in_another_file_under_another_name(
    tmp_path: Path, films: Callable[[str], Counted], of: str
) -> None:
    """Neither its name nor its film is there any more, and nothing was covered."""
    world = World(tmp_path)
    agreed(family(world.family.directory, films("25").path))
    begins = {"looks": "id: looks\n", "smile": "id: smile, "}[of]
    limited = {"looks": "    only_in: [review]\n", "smile": "only_in: [review], "}[of]
    world.family.change(CYCLE, begins, begins + limited)
    assert world.run("build", "cases/ash", "--draft").status == 0
    world.film.rename(before := world.root / "film.mp4")
    recode = (ffmpeg.program(), "-v", "error", "-i", before, "-crf", "30", world.film)
    subprocess.run(list(map(str, recode)), check=True)
    before.unlink()
    world.family.change(CYCLE, limited, "")
    world.family.change(CYCLE, f"id: {of}", "id: other")
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "1-tea/other: it was for review alone before" in done.err


def test_a_field_that_is_missing_in_the_record_is_a_fault(world: World) -> None:
    file = Records(world.family.directory).record_file.path
    known = json.loads(file.read_text("utf-8"))
    del known["moments"]
    file.write_text(json.dumps(known), "utf-8")
    done = world.run(*PACK)
    assert done.status == 1
    assert "record.json cannot be used: 'moments' is missing" in done.err


def test_a_box_that_is_gone_is_asked_about_though_another_hides_the_same_seconds(
    world: World,
) -> None:
    """Also when the moment was confirmed so before it had the second box."""
    second = BLUR.replace("]\n", ", {from: 0:01.2, to: 0:01.6, box: [0.6, 0.1, 0.3, 0.3]}]\n", 1)
    world.family.change(CYCLE, BLUR, second)
    assert world.run("preview", "cases/ash", "--yes", "1-tea/looks").status == 0
    assert world.run(*PACK).status == 0
    world.family.change(CYCLE, second, BLUR)
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "not all of them are so, or in the same place" in done.err


def test_a_yes_to_a_lost_protection_ends_when_it_is_put_back(world: World) -> None:
    """A person named again, then withdrawn: the notes of before do not let them in."""
    with_an_agreement(world)
    world.family.change("case.yml", NAN_AGREES, NAN_AGREES.replace("keepsake, ", ""))
    world.family.change(CYCLE, *SLIP)
    assert world.run("preview", "cases/ash", "--yes", "1-tea/nan-too").status == 0
    assert world.run(*PACK).status == 0
    world.family.change(CYCLE, SLIP[1], SLIP[0])
    world.family.change("case.yml", "for: [hosting]", "for: [keepsake, hosting]")
    assert world.run(*PACK).status == 0
    assert world.run("withdraw", "cases/ash", "person:nan", "--do").status == 0
    world.family.change(CYCLE, *SLIP)
    done = world.run(*PACK)
    assert done.status == 1, done.out
    assert "1-tea/nan-too: Nan was named in its seconds before" in done.err


def test_a_still_that_moves_within_its_cover_is_known(world: World) -> None:
    world.family.change(
        CYCLE, f"still: 0:02.5{CROP}",
        "still: 0:02.2, blur: [{from: 0:02.0, to: 0:02.6, box: [0, 0, 1, 0.5]}]",
    )  # fmt: skip
    assert world.run("preview", "cases/ash", "--yes", "1-tea/smile").status == 0
    world.family.change(
        CYCLE, "still: 0:02.2, blur: [{from: 0:02.0, to: 0:02.6, box: [0, 0, 1, 0.5]}]",
        "still: 0:02.48",
    )  # fmt: skip
    assert "1-tea/smile: seconds of it were" in world.run(*PACK).err
