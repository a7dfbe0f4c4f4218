"""`--share`: numbered files for a meeting's own player, and a deck no larger than 1080p."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import av
import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import run_ffmpeg
from tests.helpers.families import Family, family

STILLS = "  - {id: three, stills: [0:00.5, 0:00.6], shows: [ash, dad], title: Two}\nreview:"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def size(file: Path) -> tuple[int, int]:
    with av.open(str(file)) as opened:
        return opened.streams.video[0].width, opened.streams.video[0].height


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of four thousand pixels, as phones make them."""
    path = tmp_path_factory.mktemp("large") / "large.mp4"
    run_ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=3840x2160:r=10:d=4", "-f", "lavfi"),
        *("-i", "sine=d=4", "-c:v", "libx264", "-preset", "ultrafast", "-shortest", str(path)),
    )
    return path


@pytest.fixture
def shared(ash: Family, vigsite: Vigsite, tmp_path: Path) -> Path:
    """The folder of numbered files, quickly made."""
    ash.change("1-tea/cycle.yml", "review:", STILLS)
    done = vigsite("build", ash.directory, "--share", "--draft")
    assert done.status == 0, done.err
    assert "ash: files for the meeting's player built, in sites/ash/share" in done.out
    return tmp_path / "sites/ash/share"


def withdraw(of: Family) -> None:
    withdrawn = "- {person: ash, for: [review], withdrawn: 2026-03-01}\n  - {person: nan"
    of.change("case.yml", "- {person: nan", withdrawn)


def test_the_numbers_are_the_decks(shared: Path) -> None:
    assert files(shared) == ["01.mp4", "02.jpg", "03.jpg", "04-1.jpg", "04-2.jpg"]
    deck = (shared.parent / "review" / "deck.html").read_text("utf-8")
    assert deck.count('class="vig-slide"') == 4


def test_clips_are_720p_and_the_deck_1080p(large: Path, vigsite: Vigsite, tmp_path: Path) -> None:
    made = family(tmp_path / "cases" / "elm", large)
    assert vigsite("build", made.directory, "--share").status == 0
    sites = tmp_path / "sites/elm"
    assert {size(file) for file in (sites / "share").iterdir()} == {(1280, 720)}
    assert size(sites / "review/media/cycle-1-moment-1.mp4") == (1920, 1080)
    widths = [size(file)[0] for file in (sites / "review/media").glob("*.jpg")]
    assert 1280 < max(widths) <= 1920
    # what is kept at home stays as large as it was filmed
    assert max(size(file)[0] for file in (sites / "keepsake/media").glob("*.jpg")) == 3840
    assert vigsite("build", made.directory).status == 0
    assert max(size(file)[0] for file in (sites / "review/media").glob("*.jpg")) == 3840


def test_unchanged_it_is_left_and_damaged_it_is_made_again(
    shared: Path, ash: Family, vigsite: Vigsite
) -> None:
    again = vigsite("build", ash.directory, "--share", "--draft")
    assert "files for the meeting's player unchanged" in again.out
    (shared / "02.jpg").write_bytes(b"x")
    mended = vigsite("build", ash.directory, "--share", "--draft")
    assert "files for the meeting's player built" in mended.out
    assert size(shared / "02.jpg")[0] > 100


def test_who_no_longer_agrees_is_taken_away(shared: Path, ash: Family, vigsite: Vigsite) -> None:
    """By any build, also one that was not asked for these files."""
    withdraw(ash)
    done = vigsite("build", ash.directory, "--edition", "keepsake", "--draft")
    assert done.status == 0
    assert "review taken away" in done.err
    assert not shared.exists()


def test_also_when_the_cache_was_thrown_away(shared: Path, ash: Family, vigsite: Vigsite) -> None:
    shutil.rmtree(ash.directory / ".vigsite")
    withdraw(ash)
    done = vigsite("build", ash.directory, "--edition", "keepsake", "--draft")
    assert f"review taken away from {shared}" in done.err
    assert not shared.exists()


def test_the_numbers_close_up_when_a_moment_goes(
    shared: Path, ash: Family, vigsite: Vigsite
) -> None:
    ash.change("1-tea/cycle.yml", "  - {id: nan-too, still: 0:03.0, title: Nan joins in}\n", "")
    left = vigsite("build", ash.directory, "--draft")
    assert "share still holds a moment that was taken out; build it again" in left.out
    assert vigsite("build", ash.directory, "--share", "--draft").status == 0
    assert files(shared) == ["01.mp4", "02.jpg", "03-1.jpg", "03-2.jpg"]


def test_other_peoples_files_are_not_replaced(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    folder = tmp_path / "sites/ash/share"
    folder.mkdir(parents=True)
    (folder / "holiday.jpg").write_bytes(b"x")
    done = vigsite("build", ash.directory, "--share", "--draft")
    assert done.status == 2
    assert "holds other files (holiday.jpg)" in done.err
    assert files(folder) == ["holiday.jpg"]


def test_it_belongs_to_the_review(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    done = vigsite("build", ash.directory, "--share", "--edition", "keepsake")
    assert done.status == 2
    assert "add --edition review" in done.err
    assert not (tmp_path / "sites").exists()


def test_names_and_records_say_nothing_more(shared: Path, ash: Family) -> None:
    known = json.loads((ash.directory / "record/record.json").read_text("utf-8"))["sites"]
    entry = next(site for site in known if site["path"].endswith("share"))
    assert entry["edition"] == "review"
    assert sorted(entry["files"]) == files(shared)
    assert len(entry["moments"]) == 4
