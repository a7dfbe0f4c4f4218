"""What was withdrawn stays out when the same film comes back as another file."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import SHARED_FOOTAGE, Vigsite, need
from tests.helpers.counted_films import run_ffmpeg
from tests.helpers.families import Family, family
from tests.helpers.room_films import room_film
from vigsite.case.frames import CELLS, STEPS, shift_between
from vigsite.case.load import Read, load_case
from vigsite.case.timecode import Span
from vigsite.commands.undo_withdrawal import undo
from vigsite.commands.withdraw import withdraw
from vigsite.media.frames import frame_prints, some_of
from vigsite.media.library import Library
from vigsite.media.recordings.probe import probe

TODAY = dt.date.today()
COPIED = ("-c", "copy")
SMALL = ("-vf", "scale=240:-2", "-c:v", "libx264", "-preset", "veryfast")
HDR = (
    "zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=709,tonemap=mobius,"
    "zscale=transfer=709:matrix=709:range=tv,format=yuv420p"
)
COPIES = [
    ("again.mov", (), COPIED, 0.0),
    ("again.mkv", (), COPIED, 0.0),
    ("again.mp4", (), (*COPIED, "-metadata", "title=another", "-movflags", "+faststart"), 0.0),
    ("again.ts", (), COPIED, 0.0),
    ("later.mp4", ("-ss", "1"), COPIED, 1.0),
    ("turned.mp4", (), ("-vf", "transpose=clock", "-c:v", "libx264", "-metadata:s:v", "rotate=0"), None),
    ("small.mp4", (), (*SMALL, "-crf", "32"), 0.0),
    ("meagre.mp4", (), (*SMALL, "-b:v", "60k"), 0.0),
    ("slower.mp4", (), ("-vf", "fps=15,scale=256:-2", "-c:v", "mpeg4", "-q:v", "10"), 0.0),
    ("rate30.mp4", ("-ss", "0.73"), ("-vf", "fps=30", "-c:v", "libx264", "-crf", "30"), 0.73),
    ("mirrored.mp4", (), ("-vf", "hflip", "-c:v", "libx264"), None),
    ("cropped.mp4", (), ("-vf", "crop=iw/2:ih/2", "-c:v", "libx264"), None),
]  # fmt: skip
"""Name, before `-i`, behind it, and how much later it starts; None where nothing is recognised."""


@dataclass(frozen=True)
class Room:
    """A family that withdrew a moment, 3.0 to 4.0 s of its film of seven seconds."""

    of: Family
    folder: Path

    def library(self, *, keep: bool = True) -> Library:
        private = self.of.directory / ".vigsite"
        return Library(private / "recordings", private / "tmp", keep=keep)

    def read(self, *, keep: bool = True) -> Read:
        return load_case(self.of.directory, self.library(keep=keep))

    def add(self, film: Path, start: float, marks: str = "") -> None:
        """Add a cycle of a film that starts later; moments before, in and after what is out."""
        cycle = self.of.directory / "2-again"
        cycle.mkdir()
        shutil.copyfile(film, cycle / film.name)
        marks = marks or (
            f"  - {{id: inside, clip: {3.4 - start:.2f} - {5.5 - start:.2f}, title: A}}\n"
            f"  - {{id: one, still: {3.9 - start:.2f}, title: B}}\n"
            f"  - {{id: before, clip: {1.9 - start:.2f} - {2.6 - start:.2f}, title: C}}\n"
            f"  - {{id: after, still: {4.6 - start:.2f}, title: D}}\n"
        )
        recordings = f"recordings:\n  film: {{file: {film.name}, shows: [ash, dad]}}\n"
        (cycle / "cycle.yml").write_text(f"filmed: 2026-02-05\n{recordings}moments:\n{marks}")

    def out(self, *, keep: bool = True) -> list[str]:
        read = self.read(keep=keep)
        assert read.report.faults == []
        assert read.case is not None
        return [kept.moment.name for kept in read.case.withdrawn if kept.moment.name[0] == "2"]

    def copy(self, name: str, before: tuple[str, ...], behind: tuple[str, ...]) -> Path:
        made = self.folder / name
        film = str(self.of.directory / "1-tea" / "film.mp4")
        run_ffmpeg(*before, "-i", film, *behind, str(made))
        return made


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return room_film(tmp_path_factory.mktemp("room") / "film.mp4", 0)


@pytest.fixture
def untouched(tmp_path: Path, film: Path) -> Room:
    made = family(tmp_path / "cases" / "ash", film)
    made.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:03.0 - 0:04.0")
    made.change("1-tea/cycle.yml", "0:01.5", "0:03.5")
    return Room(made, tmp_path)


@pytest.fixture
def room(untouched: Room) -> Room:
    taken_back(untouched)
    return untouched


def taken_back(room: Room) -> None:
    withdraw(room.of.directory, "1-tea/looks", room.folder / "sites", TODAY, lambda _said: None)


@pytest.mark.parametrize(("name", "before", "behind", "later"), COPIES)
def test_the_same_film_in_another_file(
    room: Room, name: str, before: tuple[str, ...], behind: tuple[str, ...], later: float | None
) -> None:
    room.add(room.copy(name, before, behind), later or 0)
    assert room.out(keep=False) == room.out()
    assert room.out() == ([] if later is None else ["2-again/inside", "2-again/one"])
    if later is not None:
        notice = "".join(str(one) for one in room.read().report.notices)
        assert '2-again/cycle.yml:5: moment "inside" shows a part of what was withdrawn' in notice
        assert "known again by its pictures in another file of the same film" in notice


@pytest.mark.parametrize("span", [(0, 7000), (3000, 4000), (1000, 1001)])
def test_twenty_other_films_of_the_same_room_show_nothing_of_it(
    tmp_path_factory: pytest.TempPathFactory, film: Path, span: tuple[int, int]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "others"
    folder.mkdir(exist_ok=True)
    kept = some_of(frame_prints(film, probe(film), Span(3000, 4000)))
    for seed in range(1, 21):
        other = folder / f"{seed}.mp4"
        if not other.exists():
            room_film(other, seed, moved_px=max(0, seed - 10), light=6 * (seed % 3))
        seen = frame_prints(other, probe(other), Span(*span))
        assert shift_between(kept, seen) is None, seed


def test_real_films_are_known_again_and_not_mistaken(tmp_path: Path) -> None:
    need("real footage", SHARED_FOOTAGE.is_dir())
    films = sorted(SHARED_FOOTAGE.glob("*.mp4"))
    seen = {one: frame_prints(one, probe(one), Span(0, 20_000)) for one in films}
    kept = {one: some_of(found) for one, found in seen.items()}
    for one in films:
        for other in films:
            assert (shift_between(kept[one], seen[other]) == 0) == (one == other), (one, other)
    phone, small = next(one for one in films if "hlg" in one.name), tmp_path / "small.mp4"
    for tone in ("", f"{HDR},"):
        run_ffmpeg(
            "-i", str(phone), "-vf", f"{tone}scale=426:-2", "-c:v", "libx264", "-an", str(small)
        )
        shift = shift_between(kept[phone], frame_prints(small, probe(small), Span(0, 20_000)))
        assert shift is not None
        assert abs(shift) <= 40


def test_undoing_it_lets_the_copy_in_too(room: Room) -> None:
    room.add(room.copy(*COPIES[0][:3]), 0)
    assert room.out() == ["2-again/inside", "2-again/one"]
    undo(room.of.directory, "1-tea/looks", "Dad", dt.datetime.now())
    assert room.out() == []


def test_a_contact_sheet_of_the_copy_leaves_it_out(room: Room, vigsite: Vigsite) -> None:
    room.add(room.copy(*COPIES[4][:3]), 1)
    sheet = ("contact-sheet", room.of.directory, "2", "0:02.1", "--within", "0.3")
    done = vigsite(*sheet)
    assert done.status == 0, done.err
    page = next((room.of.directory / ".vigsite" / "contact-sheets").rglob("*.html")).read_text()
    times = [float(one) for one in re.findall(r"><code>0:0(\d\.\d+)", page)]
    assert times
    assert max(times) < 2.0
    done = vigsite(*sheet[:3], "0:02.5", "--within", "0.2")
    assert done.status == 2
    assert "was withdrawn" in done.err


def test_build_and_check_keep_it_out(room: Room, vigsite: Vigsite) -> None:
    room.add(room.copy(*COPIES[6][:3]), 0)
    for arguments in (("check",), ("build", "--draft", "--edition", "review")):
        done = vigsite(arguments[0], room.of.directory, *arguments[1:])
        assert done.status == 0, done.err
        assert done.err.count("known again by its pictures") == 2
    pages = "".join(page.read_text() for page in (room.folder / "sites").rglob("*.html"))
    assert "A smile" in pages
    assert ">D<" in pages
    assert ">A<" not in pages


def test_a_line_without_frames_says_so_once_and_can_be_written_anew(
    untouched: Room, vigsite: Vigsite
) -> None:
    file = untouched.of.directory / "withdrawn.yml"
    taken_back(untouched)
    old = re.sub(r", frames: \[[^]]*\]", "", file.read_text())
    for copy in (file, *untouched.of.directory.glob("*/withdrawn.yml"),
                 untouched.of.directory / ".vigsite" / "withdrawn.yml"):  # fmt: skip
        copy.write_text(old)
    untouched.add(untouched.copy(*COPIES[0][:3]), 0)
    done = vigsite("check", untouched.of.directory)
    assert done.err.count("another copy of the film would not be known again") == 1
    assert untouched.out() == []
    taken_back(untouched)
    assert untouched.out() == ["2-again/inside", "2-again/one"]
    assert file.read_text().startswith(old)
    assert "would not be known" not in vigsite("check", untouched.of.directory).err


def test_nothing_is_decoded_where_nothing_was_withdrawn_and_answers_are_remembered(
    untouched: Room,
) -> None:
    untouched.add(untouched.copy(*COPIES[1][:3]), 0)
    recordings = untouched.of.directory / ".vigsite" / "recordings"

    def asked() -> dict[str, int]:
        return {one.name: one.stat().st_mtime_ns for one in recordings.glob("*-shift-*")}

    assert untouched.out() == []
    assert asked() == {}
    taken_back(untouched)
    known = asked()
    assert len(known) == 4
    film = next((untouched.of.directory / "2-again").glob("*.mkv"))
    whole = film.read_bytes()
    library = untouched.library()
    library.hash_of(film)
    assert len(untouched.out()) == 2
    assert asked() == known
    assert film.read_bytes() == whole


def test_only_what_is_around_the_marks_is_looked_at(film: Path) -> None:
    times = [one.time_ms for one in frame_prints(film, probe(film), Span(3000, 3500))]
    assert (min(times), max(times)) == (2000, 4480)
    assert len(some_of(frame_prints(film, probe(film), Span(3000, 3500)))) == 5


def test_a_fingerprint_is_too_small_to_hold_a_picture(room: Room) -> None:
    """64 bits of a hash, and for each of 64 cells whether and how much it changed."""
    line = (room.of.directory / "withdrawn.yml").read_text()
    prints = re.findall(r"0:0\d\.\d+ ([0-9a-f]+|-) ([0-9a-f]+|-)(?=[,\]])", line)
    assert len(prints) == 6
    for exact, moved in prints:
        assert len(exact) <= 16
        assert int(moved, 16).bit_length() <= CELLS * CELLS * 2 * len(STEPS) == 384
    assert len(line) < 2000


def test_a_picture_of_one_colour_is_no_fingerprint(tmp_path: Path) -> None:
    black = tmp_path / "black.mp4"
    run_ffmpeg("-f", "lavfi", "-i", "color=black:s=320x180:r=25:d=2", "-c:v", "libx264", str(black))
    assert {one.exact for one in frame_prints(black, probe(black), Span(500, 1000))} == {""}
