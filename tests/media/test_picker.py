"""Choosing a still: the sharpest of a span, and a sheet of frames with their times."""

from __future__ import annotations

import base64
import io
import re
import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted, counted_film, pictures, read_number, run_ffmpeg
from tests.helpers.families import Family
from tests.media.test_cuts import Films
from vigsite.case.timecode import parse_time
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Look
from vigsite.media.recordings.probe import probe

CYCLE = "1-tea/cycle.yml"
SHARP = 63


@pytest.fixture(scope="module")
def shaky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A counted film, blurred but for frames 63 and, less so, 58."""
    folder = tmp_path_factory.mktemp("shaky")
    plain = counted_film(folder / "plain.mp4", "25", 4)
    blur = (
        f"gblur=sigma=6:enable='not(eq(n,{SHARP}))*not(eq(n,58))',gblur=sigma=1:enable='eq(n,58)'"
    )
    keep = "drawbox=enable=0"
    run_ffmpeg(
        *("-i", str(plain.path), "-filter_complex"),
        f"[0:v]split[a][b];[a]crop=640:296:0:64,{blur}[low];[b]{keep}[all];[all][low]overlay=0:64",
        *("-c:v", "libx264", "-crf", "12", "-c:a", "copy", str(folder / "shaky.mp4")),
    )
    return folder / "shaky.mp4"


@pytest.mark.parametrize(
    ("near", "within", "chosen"),
    [("0:02.5", "0.5", 63), ("0:02.3", "0.1", 58), ("0:01", "0.04", None)],
)
def test_near_takes_the_sharpest_frame_of_the_span(
    ash: Family,
    vigsite: Vigsite,
    tmp_path: Path,
    shaky: Path,
    near: str,
    within: str,
    chosen: int | None,
) -> None:
    shutil.copyfile(shaky, ash.directory / "1-tea" / "film.mp4")
    ash.change(CYCLE, "still: 0:02.5", f"still: {{near: {near}, within: {within}}}")
    done = vigsite("build", ash.directory, "--edition", "review")
    assert done.status == 0, done.err
    media = tmp_path / "sites" / "ash" / "review" / "media"
    found = read_number(pictures(media / "cycle-1-moment-2-640.jpg")[0])
    assert found is not None
    assert found == chosen if chosen is not None else 24 <= found <= 26


def test_the_choice_is_remembered_and_costs_nothing_again(
    ash: Family, vigsite: Vigsite, shaky: Path
) -> None:
    shutil.copyfile(shaky, ash.directory / "1-tea" / "film.mp4")
    ash.change(CYCLE, "still: 0:02.5", "still: {near: 0:02.5, within: 0.5}")
    assert vigsite("build", ash.directory, "--edition", "review").status == 0
    ash.change(CYCLE, "title: A smile", "title: A big smile")
    done = vigsite("build", ash.directory, "--edition", "review", "--verbose")
    assert done.status == 0
    assert "-filter_complex" not in done.err


def test_a_crop_decides_where_it_is_to_be_sharp(tmp_path: Path) -> None:
    """The right half is sharp in frame 10, the left half in frame 20."""
    film = tmp_path / "halves.mp4"
    left = "[a]crop=320:360:0:0,gblur=8:enable='not(eq(n,20))'[l]"
    right = "[b]crop=320:360:320:0,gblur=8:enable='not(eq(n,10))'[r]"
    run_ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=1.2", "-filter_complex"),
        f"[0:v]split[a][b];{left};{right};[l][r]hstack",
        *("-c:v", "libx264", "-crf", "10", str(film)),
    )
    from vigsite.case.fields import Box

    recording = probe(film)
    library = Library(tmp_path / "known", tmp_path / "scratch")
    half, one = Fraction(1, 2), Fraction(1)
    for x, frame in ((Fraction(0), 20), (half, 10)):
        look = Look(crop=Box(x, Fraction(0), half, one))
        assert library.sharpest(film, recording, recording.around(600, 500), look) == frame


def test_looking_far_is_a_fault(ash: Family, vigsite: Vigsite) -> None:
    ash.change(CYCLE, "still: 0:02.5", "still: {near: 0:02.5, within: 9}")
    done = vigsite("check", ash.directory)
    assert done.status == 2
    assert "expected up to 2 seconds" in done.err


def test_a_blur_must_cover_every_frame_that_may_be_chosen(ash: Family, vigsite: Vigsite) -> None:
    still = (
        "still: {near: 0:02.5, within: 0.5}, blur: [{from: 0:02.4, to: 0:02.6, box: [0, 0, 1, 1]}]"
    )
    ash.change(CYCLE, "still: 0:02.5", still)
    done = vigsite("check", ash.directory)
    assert done.status == 2
    assert "does not cover all frames among which the sharpest is looked for" in done.err
    ash.change(CYCLE, "from: 0:02.4, to: 0:02.6", "from: 0:02, to: 0:03.5")
    assert vigsite("check", ash.directory).status == 0


@pytest.mark.parametrize("rate", ["25", "30000/1001"])
def test_a_contact_sheet_shows_each_frame_with_a_time_that_means_it(
    ash: Family, vigsite: Vigsite, films: Films, rate: str
) -> None:
    film: Counted = films(rate)
    shutil.copyfile(film.path, ash.directory / "1-tea" / "film.mp4")
    done = vigsite("contact-sheet", ash.directory, "1-tea", "0:02.1")
    assert done.status == 0, done.err
    folder = ash.directory / ".vigsite" / "contact-sheets" / "1-tea-0m02.1s"
    assert str(folder / "choose.html") in done.out
    page = (folder / "choose.html").read_text("utf-8")
    shown = re.findall(r"base64,([^\"]+)\".*?<code>([^<]+)</code>", page)
    numbers = []
    for encoded, time in shown:
        with Image.open(io.BytesIO(base64.b64decode(encoded))) as picture:
            number = read_number(np.asarray(picture.convert("L")))
        assert (
            number == film.frame_at(parse_time(time)) == probe(film.path).frame_at(parse_time(time))
        )
        numbers.append(number)
    assert numbers == list(range(film.frame_at(1100), film.frame_at(3100) + 1))
    with Image.open(folder / "choose.jpg") as sheet:
        assert sheet.format == "JPEG"
        assert sheet.width == 8 * 248 + 8
        assert not sheet.getexif()
    assert 'class="asked"' in page
    assert page.count("the sharpest") == 1


def test_a_contact_sheet_goes_where_it_is_asked_to_and_spares_other_files(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    done = vigsite("contact-sheet", ash.directory, "1", "2.1", "--within", "0.1", "--out", "sheets")
    folder = tmp_path / "sheets" / "1-tea-0m02.1s"
    assert done.status == 0, done.err
    assert sorted(file.name for file in folder.iterdir()) == ["choose.html", "choose.jpg"]
    (folder / "mine.txt").write_text("mine")
    again = vigsite("contact-sheet", ash.directory, "1", "2.1", "--out", "sheets")
    assert again.status == 2
    assert "holds other files" in again.err
    assert (folder / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["3", "0:01"], "CYCLE: found '3'; expected one of the cycles: 1-tea"),
        (["1-tea", "soon"], "TIME: found 'soon'; expected a time such as"),
        (["1-tea", "9:00"], "TIME: 9:00.0 is after the end; film.mp4 lasts 0:04.0"),
        (["1-tea", "0:01", "--of", "other"], "--of: found 'other'; name one of: film"),
    ],
)
def test_what_is_not_there_is_said(
    ash: Family, vigsite: Vigsite, arguments: list[str], words: str
) -> None:
    done = vigsite("contact-sheet", ash.directory, *arguments)
    assert done.status == 2
    assert words in done.err
    assert not (ash.directory / ".vigsite" / "contact-sheets").exists()
