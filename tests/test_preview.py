"""What no program sees is confirmed by a person, for exactly what they were shown."""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.confirmations import confirm_all
from tests.helpers.counted_films import Counted, colours, pictures, read_number
from tests.helpers.families import Family, family, guarded
from vigsite.building.examine import examine
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.commands.preview import make_preview
from vigsite.errors import VigsiteError
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import DRAFT, FULL, Quality
from vigsite.protection.confirmations import refuse_unconfirmed
from vigsite.protection.known_moments import to_confirm
from vigsite.records.case_folder import Records

CYCLE = "1-tea/cycle.yml"


def refused(
    made: Family, edition: Edition = Edition.KEEPSAKE, quality: Quality = FULL
) -> list[str]:
    """What packing and hosting are told."""
    folder = made.directory / ".vigsite"
    library = Library(folder / "recordings", folder / "tmp")
    found = examine(load_case(made.directory), library, quality, "9")
    assert found.case is not None
    assert found.report.faults == []
    today, records = dt.date.today(), Records(made.directory.resolve())
    noted = admit(found.case, edition, today)
    asked = to_confirm(found.plan, noted, records.known(), found.case, today, library)
    try:
        refuse_unconfirmed(records, asked)
    except VigsiteError as error:
        return [line.strip() for line in str(error).splitlines()[1:]]
    return []


@pytest.fixture
def fern(ash: Family) -> Family:
    return guarded(ash)


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Family:
    """A family whose page to look at was made; nothing is answered."""
    made = guarded(family(tmp_path_factory.mktemp("look") / "ash", films("25").path))
    make_preview(made.directory, everything=False, said=print)
    return made


def page_of(made: Family) -> Path:
    return made.directory / ".vigsite" / "preview" / "look" / "look.html"


def test_the_page_shows_each_moment_that_was_changed_and_no_other(looked: Family) -> None:
    page = page_of(looked).read_text("utf-8")
    assert re.findall(r"<h2>.*?<code>(.*?)</code>", page) == ["1-tea/looks", "1-tea/smile"]
    assert "blurred, muted 0:01.4 - 0:01.8" in page
    assert "box begins" in page
    assert "In it, by your notes: Ash, Dad." in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//|<script', page)


def test_each_pair_is_one_picture_filmed_and_published(looked: Family) -> None:
    """The numbers on the counted film prove it; what is published comes from the clip."""
    folder = page_of(looked).parent
    found = sorted(folder.glob("1-1-*-filmed.jpg"))
    assert len(found) >= 6
    for filmed in found:
        published = folder / filmed.name.replace("filmed", "published")
        numbers = {read_number(pictures(path)[0]) for path in (filmed, published)}
        assert len(numbers) == 1
        assert numbers != {None}


def test_the_drawn_box_is_where_the_published_picture_is_covered(looked: Family) -> None:
    folder, page = page_of(looked).parent, page_of(looked).read_text("utf-8")
    drawn = 0
    for item in page.split("<li>")[1:]:
        names = re.findall(r'src="(1-1-.*?)"', item)
        for x in re.findall(r'class="box" x="([\d.]+)" y="0.5"', item):
            filmed, published = (colours(folder / name)[0].astype(int) for name in names)
            height, width, _ = filmed.shape
            left = int(float(x) * width)
            below = abs(filmed - published)[height // 2 + 8 :]
            inside = below[:, left + 8 : left + width // 5 - 8].mean()
            outside = below[:, [*range(left - 16), *range(left + width // 5 + 16, width)]].mean()
            assert inside > 4 * outside
            drawn += 1
    assert drawn >= 3


def test_a_muted_stretch_is_drawn_before_and_after(looked: Family) -> None:
    page = page_of(looked).read_text("utf-8")
    assert re.findall(r'<rect x="(\d+)" y="0" width="(\d+)"', page) == [("400", "400")] * 2
    filmed, published = re.findall(r'<path d="([^"]+)"', page)

    def loudest(outline: str) -> int:
        bars = re.findall(r"M([\d.]+) [\d.]+h[\d.]+v(\d+)", outline)
        return max(int(high) for at, high in bars if 420 < float(at) < 780)

    assert loudest(filmed) > 20
    assert loudest(published) == 2
    assert (page_of(looked).parent / "1-1.mp4").is_file()


def test_the_page_lies_in_the_private_folder_only(looked: Family) -> None:
    for folder in (page_of(looked).parent, page_of(looked).parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700 or os.name == "nt"


def test_nothing_goes_out_before_somebody_looked(looked: Family) -> None:
    told = refused(looked)
    assert [sentence.split(" ")[0] for sentence in told] == ["1-tea/looks", "1-tea/smile"]
    assert all("nobody has looked at it as it is now; run `vigsite preview " in s for s in told)


def test_an_answer_counts_whatever_the_quality_and_until_anything_changes(fern: Family) -> None:
    made = make_preview(fern.directory, everything=False, said=print)
    for one in made.asked:
        made.answer(one, yes=True)
    assert refused(fern) == refused(fern, quality=DRAFT) == []
    assert refused(fern, Edition.REVIEW) == []
    assert make_preview(fern.directory, everything=False, said=print).page is None
    assert not page_of(fern).exists()
    again = make_preview(fern.directory, everything=True, said=print)
    assert [one.name for one in again.asked] == ["1-tea/looks", "1-tea/smile"]
    for file, old, new in (
        (CYCLE, "to_box: [0.8, 0.5", "to_box: [0.7, 0.5"),
        (CYCLE, "to_box: [0.7", "to_box: [0.8"),
        (CYCLE, "mute: [{from: 0:01.4", "mute: [{from: 0:01.5"),
        (CYCLE, "title: Ash looks up", "title: Ash looks"),
        (CYCLE, "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:02.2"),
    ):
        before = bool(refused(fern))
        fern.change(file, old, new)
        words_only = "title" in new
        put_back = "to_box: [0.8" in new
        assert bool(refused(fern)) is (before if words_only else not put_back)


def test_a_doubtful_time_waits_as_a_cover_does(ash: Family, vigsite: Vigsite) -> None:
    """The film is four seconds long: 0.02 may be two seconds, 41.20 not the 41st minute."""
    ash.change(CYCLE, "still: 0:02.5", "still: 0.02")
    built = vigsite("build", ash.directory, "--draft")
    assert built.status == 0
    assert "is typed '0.02' and read as 0:00.02, but may mean 0:02.0" in built.err
    assert "1 moment waits for a look before anything is packed" in built.out
    assert "(of 1 a time may be meant otherwise)" in built.out
    [told] = refused(ash)
    assert told.startswith("1-tea/smile: a time of it is typed '0.02'")
    assert "write the time you mean in 1-tea/cycle.yml" in told
    assert vigsite("pack", ash.directory, "--draft").status == 1
    assert vigsite("preview", ash.directory, "--yes", "1-tea/smile").status == 0
    assert page_of(ash).is_file()
    assert refused(ash) == []
    ash.change(CYCLE, "still: 0.02", "still: 0:00.02")
    assert refused(ash) == []
    ash.change(CYCLE, "still: 0:00.02", "still: 0.03")
    assert len(refused(ash)) == 1


def test_what_was_confirmed_before_holds_when_only_the_times_are_written_out(fern: Family) -> None:
    """And asks again while a time of it is doubtful, whoever looked at its box before."""
    confirm_all(fern.directory)
    fern.change(CYCLE, "still: 0:02.5", "still: 2.50")
    assert refused(fern) == []  # 2:50 is not in the film
    fern.change(CYCLE, "clip: 0:01.0 - 0:02.0", "clip: 0:00.01 - 0:02.0")
    confirm_all(fern.directory)
    fern.change(CYCLE, "clip: 0:00.01 - 0:02.0", "clip: 0.01 - 0:02.0")
    assert len(refused(fern)) == 1
    fern.change(CYCLE, "clip: 0.01 - 0:02.0", "clip: 0:00.01 - 2")
    assert refused(fern) == []


def test_another_recording_asks_again(fern: Family, films: Callable[[str], Counted]) -> None:
    confirm_all(fern.directory)
    assert refused(fern) == []
    (fern.directory / "1-tea/film.mp4").write_bytes(films("30").path.read_bytes())
    assert len(refused(fern)) == 2


def test_no_stays_no_until_it_is_changed_or_seen_again(fern: Family) -> None:
    made = make_preview(fern.directory, everything=False, said=print)
    made.answer(made.asked[0], yes=True)
    made.answer(made.asked[0], yes=False)
    [said, _] = refused(fern)
    assert f"on {dt.date.today()} somebody looked and said it is not right" in said
    assert "1-tea/cycle.yml" in said
    assert [one.yes for one in Records(fern.directory).known().answers] == [True, False]


def test_from_look_to_site(fern: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    """check and build say how many wait; the command asks, keeps, refuses and forgets nothing."""
    waits = "2 moments wait for a look before anything is packed or hosted"
    assert waits in vigsite("check", fern.directory).out
    built = vigsite("build", fern.directory, "--draft")
    assert (built.status, waits in built.out) == (0, True)
    records = Records(fern.directory)
    assert [line.split()[0] for line in refused(fern)] == ["1-tea/looks", "1-tea/smile"]
    wrong = vigsite("preview", fern.directory, "--yes", "1-tea/nan-too")
    assert wrong.status == 2
    assert "these wait for a look: 1-tea/looks, 1-tea/smile" in wrong.err
    assert records.known().answers == []
    done = vigsite("preview", fern.directory, "--yes", "1-tea/smile", "--no", "1-tea/looks")
    assert done.status == 0, done.err
    assert "1-tea/smile: confirmed, as it is now" in done.out
    assert "1-tea/looks: not confirmed. Change it in 1-tea/cycle.yml" in done.out
    assert "1 moment waits for a look" in vigsite("build", fern.directory, "--draft").out
    assert vigsite("cache", fern.directory, "--prune").status == 0
    assert not page_of(fern).exists()
    assert len(refused(fern)) == 1
    assert vigsite("preview", fern.directory, "--yes", "1-tea/looks").status == 0
    again = vigsite("build", fern.directory, "--draft")
    assert "wait" not in again.out
    assert "unchanged" in again.out
    assert refused(fern) == []
    nothing = vigsite("preview", fern.directory, "--yes", "1-tea/looks")
    assert (nothing.status, "2 moments are confirmed, and none waits" in nothing.out) == (0, True)
    once_more = vigsite("preview", fern.directory, "--all")
    assert "1-tea/looks (blurred, muted 0:01.4 - 0:01.8): confirmed before" in once_more.out
    assert "waits" not in once_more.out
    assert not any("preview" in str(path) for path in (tmp_path / "sites").rglob("*"))
    assert not list((tmp_path / "sites").rglob("*.jsonl"))


def test_a_case_without_boxes_asks_nothing(ash: Family, vigsite: Vigsite) -> None:
    assert "so there is nothing to confirm" in vigsite("preview", ash.directory).out
    assert refused(ash) == []


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_on_a_terminal_it_asks_moment_by_moment(fern: Family) -> None:
    import pty

    sent = iter([b"perhaps\n", b"yes\n", b"\n"])
    heard = bytearray()

    def read(handle: int) -> bytes:
        got = os.read(handle, 4096)
        heard.extend(got)
        if got.rstrip().endswith(b"[later]:"):
            os.write(handle, next(sent))
        return got

    where = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = str(Path(__file__).parent.parent)
    try:
        command = [sys.executable, "-m", "vigsite", "preview", str(fern.directory), "--no-open"]
        status = os.waitstatus_to_exitcode(pty.spawn(command, read))
    finally:
        os.environ["PYTHONPATH"] = where
    said = heard.decode()
    assert status == 0
    assert "is everything hidden that must be? yes, no or later" in said
    assert "1-tea/looks: confirmed" in said
    assert "1-tea/smile (cropped): waits for your answer" in said
    assert [sentence.split(" ")[0] for sentence in refused(fern)] == ["1-tea/smile"]
