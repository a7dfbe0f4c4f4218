"""What an adversary tried, and what has to hold against it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.families import Family
from vigsite.building.pack_request import PackWish
from vigsite.building.request import Built, Watcher, Wish
from vigsite.building.unchanged import recall
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.commands.build import build_case
from vigsite.commands.pack import pack_case
from vigsite.commands.withdraw import withdraw
from vigsite.errors import VigsiteError

TODAY = dt.date(2026, 6, 1)
NAN_AGREES = "- {person: nan, for: [review], given: 2026-01-05}"


def quiet(_: object) -> None:
    return None


WATCHER = Watcher(quiet, quiet)


@pytest.fixture
def wish(tmp_path: Path) -> Wish:
    return Wish(out=tmp_path / "sites", quality="draft", today=TODAY)


def test_what_was_edited_during_a_build_is_not_taken_as_built(ash: Family, wish: Wish) -> None:
    """A title is changed while the films are encoded; of consent, `test_standing.py` asks."""

    def edit(_: object) -> None:
        ash.change("1-tea/cycle.yml", "A smile", "A grin")

    build_case(ash.directory, wish, Watcher(quiet, edit))
    assert recall(ash.directory, wish) is None


def test_a_build_that_began_yesterday_is_no_answer_today(
    ash: Family, wish: Wish, monkeypatch: pytest.MonkeyPatch
) -> None:
    ash.change("case.yml", NAN_AGREES, NAN_AGREES[:-1] + ", until: 2026-06-01}")
    days = iter([TODAY])

    class Clock(dt.date):
        @classmethod
        def today(cls) -> dt.date:  # type: ignore[override]
            return next(days, TODAY + dt.timedelta(1))

    monkeypatch.setattr(dt, "date", Clock)
    build_case(ash.directory, replace(wish, today=None), WATCHER)
    assert recall(ash.directory, replace(wish, today=None)) is None


def test_what_a_backup_brought_back_is_taken_away_though_nothing_else_changed(
    ash: Family, wish: Wish, tmp_path: Path
) -> None:
    review = build_case(ash.directory, wish, WATCHER).sites["review"]
    shutil.copytree(review, tmp_path / "backup")
    ash.change("case.yml", "for: [review, keepsake", "for: [keepsake")
    ash.change("case.yml", "for: [review]", "for: [keepsake]")
    assert "review" not in attempt_build(ash, wish).sites
    assert not review.exists()
    attempt_build(ash, wish)
    shutil.copytree(tmp_path / "backup", review)
    attempt_build(ash, wish)
    assert not review.exists()


def attempt_build(of: Family, wish: Wish) -> Built:
    return recall(of.directory, wish) or build_case(of.directory, wish, WATCHER)


def test_clips_of_older_packs_go_when_a_family_wants_pictures_only(
    ash: Family, wish: Wish, tmp_path: Path
) -> None:
    ash.change("case.yml", "goals:", "keepsake: {parts: everything}\ngoals:")
    out = tmp_path / "packs"
    page = pack_case(ash.directory, PackWish("single file", wish, out), WATCHER).target
    assert page.exists()
    ash.change("case.yml", "parts: everything", "parts: stills")
    said: list[str] = []
    build_case(ash.directory, wish, Watcher(said.append, quiet))
    assert not page.exists(), said


def test_music_is_no_film_of_the_case(ash: Family, wish: Wish) -> None:
    ash.change("case.yml", "goals:", "film: {music: 1-tea/film.mp4}\ngoals:")
    assert load_case(ash.directory).report.faults


def test_no_frame_of_a_withdrawn_clip_stays_through_a_neighbour(ash: Family, wish: Wish) -> None:
    """The clip begins within a frame, and a still shows the beginning of that frame."""
    ash.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.03 - 0:02.0")
    ash.change("1-tea/cycle.yml", "still: 0:02.5", "still: 0:01.01")
    withdraw(ash.directory, "1-tea/looks", wish.out, TODAY, quiet)
    case = load_case(ash.directory).case
    assert case
    assert "1-tea/smile" not in admit(case, Edition.REVIEW, TODAY).names


def test_agreement_holds_on_every_day_until_the_last(ash: Family) -> None:
    ash.change(
        "case.yml",
        "- {person: nan",
        "- {person: dad, for: [keepsake], withdrawn: 2026-07-01}\n"
        "  - {person: dad, for: [keepsake], given: 2026-08-01}\n  - {person: nan",
    )
    case = load_case(ash.directory).case
    assert case
    found = admit(case, Edition.KEEPSAKE, TODAY, and_on=dt.date(2026, 9, 1))
    assert not found.moments


def test_who_was_recognised_when_a_pack_was_made_still_is(
    ash: Family, wish: Wish, tmp_path: Path
) -> None:
    """A person takes the agreement back and is blurred; the older pack shows the face."""
    ash.change("case.yml", "nan, for: [review]", "nan, for: [review, keepsake]")
    out = tmp_path / "packs"
    page = pack_case(ash.directory, PackWish("single file", wish, out), WATCHER).target
    ash.change("case.yml", "nan, for: [review, keepsake]", "nan, for: [review]")
    ash.change("1-tea/cycle.yml", "still: 0:03.0,", "still: 0:03.0, shows: [ash, dad],")
    build_case(ash.directory, wish, WATCHER)
    assert not page.exists()


def test_a_copy_of_a_film_is_no_music(ash: Family) -> None:
    shutil.copyfile(ash.directory / "1-tea/film.mp4", ash.directory / "song.mp4")
    ash.change("case.yml", "goals:", "film: {music: song.mp4}\ngoals:")
    assert load_case(ash.directory).report.faults


def test_what_is_taken_back_while_a_pack_is_made_is_not_packed(
    ash: Family, wish: Wish, tmp_path: Path
) -> None:
    edits = ["  - {person: ash, for: [keepsake], withdrawn: 2026-05-30}\n"]

    def edit(what: str, _: float) -> None:
        if what == "album" and edits:
            ash.change("case.yml", "consent:\n", f"consent:\n{edits.pop()}")

    out = tmp_path / "packs"
    with pytest.raises(VigsiteError, match="took the agreement back"):
        pack_case(ash.directory, PackWish("zip", wish, out), Watcher(quiet, quiet, step=edit))
    assert not list(out.rglob("*.zip"))
    assert not list(out.rglob("*.mp4"))
    assert not (ash.directory / "handovers.yml").exists()
