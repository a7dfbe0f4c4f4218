"""What strangers' films bring: margins cut away, wide colours, lying indexes, very many
frames a second, sound that nobody can read, tracks that are no film."""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.conftest import Vigsite, need
from tests.helpers.counted_films import (
    Counted,
    colours,
    counted_film,
    pictures,
    read_number,
    run_ffmpeg,
    samples,
)
from tests.helpers.families import Family
from tests.media import input_films
from tests.media.input_films import numbers
from tests.media.test_cuts import Make, box, cover, covered_part, cut_clip, make
from vigsite.errors import RecordingError
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, still_recipe
from vigsite.media.recordings.probe import probe
from vigsite.media.recordings.recording import Margins
from vigsite.media.recordings.remarks import remarks_on

__all__ = ["make"]
CLOSE = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-bf", "2", "-g", "30")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stranger")


@pytest.fixture(scope="module")
def base(folder: Path) -> Counted:
    return counted_film(folder / "base.mp4", "25", 4)


def merged(film: Path, base: Path, *options: str) -> Path:
    """A Matroska film made by mkvmerge, which can say what FFmpeg cannot."""
    need("mkvmerge", shutil.which("mkvmerge") is not None)
    subprocess.run(["mkvmerge", "-q", "-o", film, *options, base], check=True)
    return film


def still_of(film: Path, time_ms: int, look: Look, make: Make) -> Path:
    recording = probe(film)
    made = make(still_recipe(recording, recording.single(time_ms), look, FULL), film)
    return made / f"still-{recording.width}.jpg"


def test_what_the_container_cuts_away_is_cut_away_everywhere(
    folder: Path, base: Counted, make: Make
) -> None:
    """Clip and still show the same part, and a box covers the same in both."""
    film = merged(folder / "margins.mkv", base.path, "--cropping", "0:0,72,160,40")
    assert probe(film).stored.margins == Margins(left=0, right=160, top=72, bottom=40)
    counted, inner = Counted(film, base.rate, base.frames), box("0.25", "0.25", "0.25", "0.25")
    hidden = Look(covers=(cover(0, 10, Fraction(0), Fraction(1), inner, inner),))
    whole = colours(base.path)[25][72:320, 0:480]
    for look in (Look(), hidden):
        clip = colours(cut_clip(counted, 1000, 1400, make, look)[0] / "clip.mp4")[0]
        still = colours(still_of(film, 1000, look, make))[0]
        assert clip.shape == still.shape == (248, probe(film).width, 3)
        assert np.abs(clip.astype(int) - still).mean() < 6
        if look is hidden:
            part = covered_part(_plain(film, make), still)
            assert part is not None
            assert part[0] >= 0.22
            assert part[2] <= 0.53
        elif clip.shape == whole.shape:
            assert np.abs(clip.astype(int) - whole).mean() < 6


def _plain(film: Path, make: Make) -> object:
    return colours(still_of(film, 1000, Look(), make))[0]


def test_an_index_that_names_pictures_that_are_no_keyframes(
    folder: Path, base: Counted, make: Make
) -> None:
    film = merged(folder / "cues.mkv", base.path, "--cues", "0:all")
    counted = Counted(film, base.rate, base.frames)
    for start in (0, 1000, 2600):
        made, _ = cut_clip(counted, start, start + 400, make)
        assert numbers(made / "clip.mp4") == list(range(start // 40, start // 40 + 10))
        assert numbers(still_of(film, start, Look(), make)) == [start // 40]


@pytest.mark.parametrize(("rate", "shown"), [("120", 60), ("240", 60), ("100", 50)])
def test_a_fast_film_is_shown_as_fast_as_players_can(
    folder: Path, make: Make, rate: str, shown: int
) -> None:
    film = counted_film(folder / f"fast-{rate}.mp4", rate, 2)
    every = int(rate) // shown
    made, recipe = cut_clip(film, 500, 1500, make)
    assert recipe.clip is not None
    assert (recipe.clip.rate, recipe.clip.frames) == (Fraction(shown), shown)
    first = int(rate) // 2
    assert numbers(made / "clip.mp4") == list(range(first, first + int(rate), every))
    slow, _ = cut_clip(film, 500, 700, make, Look(speed=Fraction(shown, int(rate)), silent=True))
    assert numbers(slow / "clip.mp4") == list(range(first, first + int(rate) // 5))


@pytest.mark.parametrize("name", ["camera.dv", "old.flv", "new.flv"])
def test_a_camcorders_tape_and_a_flash_film(
    folder: Path, base: Counted, make: Make, name: str
) -> None:
    codec = {
        "camera.dv": ("-vf", "pad=720:576:40:40", "-c:v", "dvvideo", "-ar", "48000", "-ac", "2"),
        "old.flv": ("-c:v", "flv1", "-q:v", "3", "-ar", "44100", "-c:a", "mp3"),
        "new.flv": (*CLOSE, "-c:a", "aac", "-ar", "44100"),
    }[name]
    codec = (*codec, "-pix_fmt", "yuv420p") if name.endswith("dv") else codec
    film = input_films.encoded(folder / name, base.path, *codec)
    made, recipe = cut_clip(Counted(film, base.rate, base.frames), 1000, 1400, make)
    assert recipe.clip is not None
    assert recipe.clip.sound
    if name.endswith("flv"):
        assert numbers(made / "clip.mp4") == list(range(25, 35))


@pytest.mark.parametrize("primaries", ["2020", "smpte432"])
def test_wide_colours_are_brought_into_those_of_screens(
    folder: Path, make: Make, primaries: str
) -> None:
    film = folder / f"wide-{primaries}.mp4"
    matrix = "2020_ncl" if primaries == "2020" else "709"
    tags = {
        "2020": ("bt2020", "bt2020-10", "bt2020nc"),
        "smpte432": ("smpte432", "bt709", "bt709"),
    }[primaries]
    colour = "c=0xC02020:s=640x360:r=25:d=2"
    run_ffmpeg(
        *("-f", "lavfi", "-i", f"color={colour},format=gbrp,zscale=p={primaries}:t=709:m={matrix}"
        f":r=limited:pin=709:tin=709:min=gbr,format=yuv420p"),
        *("-c:v", "libx264", "-crf", "8", "-color_primaries", tags[0], "-color_trc", tags[1]),
        *("-colorspace", tags[2], str(film)),
    )  # fmt: skip
    made, _ = cut_clip(Counted(film, Fraction(25), 50), 400, 800, make)
    for found in (colours(made / "clip.mp4")[0], colours(still_of(film, 400, Look(), make))[0]):
        red = found[100:200, 200:400].reshape(-1, 3).mean(axis=0)
        assert red == pytest.approx((0xC0, 0x20, 0x20), abs=6)


def test_ambisonic_sound_is_heard(folder: Path, base: Counted, make: Make) -> None:
    field = "pan=ambisonic 1|c0=c0|c1=c0|c2=c0|c3=c0"
    film = input_films.encoded(
        *(folder / "field.mkv", base.path, "-c:v", "copy", "-af", field),
        *("-c:a", "libopus", "-mapping_family", "2"),
    )
    made, recipe = cut_clip(Counted(film, base.rate, base.frames), 1000, 1400, make)
    assert recipe.clip is not None
    assert np.abs(samples(made / "clip.mp4")).max() > 0.2


def test_sound_that_cannot_be_read_is_said(folder: Path, base: Counted, make: Make) -> None:
    film = merged(folder / "unheard.mkv", base.path)
    film.write_bytes(film.read_bytes().replace(b"A_AAC", b"A_XYZ"))
    recording = probe(film)
    assert recording.audio is None
    assert "sound that cannot be read" in " ".join(remarks_on(recording))
    _, recipe = cut_clip(Counted(film, base.rate, base.frames), 1000, 1400, make)
    assert recipe.clip is not None
    assert not recipe.clip.sound


def test_a_sound_track_without_any_sound(folder: Path, base: Counted, make: Make) -> None:
    """As some screen recorders write when the microphone is off."""
    film = folder / "empty-sound.mkv"
    with av.open(str(base.path)) as reading, av.open(str(film), "w") as writing:
        stream = reading.streams.video[0]
        out = writing.add_stream_from_template(stream)
        writing.add_stream_from_template(reading.streams.audio[0])
        for packet in reading.demux(stream):
            if packet.dts is not None:
                packet.stream = out
                writing.mux(packet)
    with av.open(str(film)) as opened:
        assert len(opened.streams.audio) == 1
        assert not any(packet.size for packet in opened.demux(opened.streams.audio[0]))
    made, recipe = cut_clip(Counted(film, base.rate, base.frames), 1000, 1400, make)
    assert recipe.clip is not None
    assert not recipe.clip.sound
    assert numbers(made / "clip.mp4") == list(range(25, 35))


def test_a_file_that_may_not_be_read_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody may open fails in FFmpeg first, and then again when its first bytes are read."""
    film = tmp_path / "locked.mp4"
    film.write_bytes(bytes(2000))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(RecordingError, match=r"cannot be read: Permission denied"):
        probe(film)


def test_a_first_track_that_is_a_single_picture_is_no_film(folder: Path, base: Counted) -> None:
    cover_picture = folder / "cover.png"
    run_ffmpeg("-i", str(base.path), "-frames:v", "1", str(cover_picture))
    film = folder / "cover-first.mkv"
    run_ffmpeg(
        *("-i", str(cover_picture), "-i", str(base.path), "-map", "0:v", "-map", "1", "-c", "copy"),
        *("-disposition:v:0", "0", str(film)),
    )
    assert len(probe(film).frame_us) == base.frames


@pytest.mark.parametrize(
    ("name", "begins", "said"),
    [
        ("moving.gif", b"GIF89a", r"is a GIF, .*save it as MP4"),
        ("tape.mxf", b"\x06\x0e\x2b\x34\x02\x05", r"is an MXF film, .*save it as MP4"),
        ("motion.jpg", b"\xff\xd8\xff\xe1", r"is a photo; if it moves"),
        ("live.heic", b"\x00\x00\x00\x18ftypheic", r"is a photo; if it moves"),
        ("broken.mkv", b"\x1a\x45\xdf\xa3", r"begins like a film.*copy it again"),
        ("letter.mp4", b"Dear all", r"is no film vigsite can open"),
    ],
)
def test_what_is_no_film_is_told_what_it_is(
    tmp_path: Path, name: str, begins: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(begins + bytes(2000))
    with pytest.raises(RecordingError, match=said):
        probe(tmp_path / name)


def test_sound_before_the_first_picture_is_said_with_its_figure(
    tmp_path: Path, base: Counted, ash: Family, vigsite: Vigsite
) -> None:
    film = tmp_path / "early.mkv"
    run_ffmpeg(
        *("-itsoffset", "0.85", "-i", str(base.path), "-i", str(base.path)),
        *("-map", "0:v", "-map", "1:a", "-c", "copy", str(film)),
    )
    [remark] = remarks_on(probe(film))
    assert re.search(r"begins with 0\.8\d s of sound.*0:05\.8\d+ is 0:05\.0 here", remark)
    shutil.copyfile(film, ash.directory / "1-tea" / "film.mp4")
    done = vigsite("check", ash.directory)
    assert "s of sound before its first picture" in " ".join((done.out + done.err).split())
    added = vigsite("add", ash.directory, film)
    assert "s of sound before its first picture" in " ".join(added.out.split())


def test_a_small_picture_that_cannot_be_read_leaves_the_others(
    tmp_path: Path, folder: Path, base: Counted
) -> None:
    film = tmp_path / "hole.avi"
    run_ffmpeg("-i", str(base.path), "-an", "-c:v", "mjpeg", "-q:v", "3", str(film))
    data = bytearray(film.read_bytes())
    frames = [found.start() for found in re.finditer(rb"00dc....\xff\xd8", bytes(data), re.DOTALL)]
    data[frames[30] + 8 : frames[31]] = bytes(frames[31] - frames[30] - 8)
    film.write_bytes(data)
    recording = probe(film)
    around = recording.around(1200, 300)
    with Library(tmp_path / "r", tmp_path).glimpses(film, recording, around, 640) as (made, best):
        told = {number: read_number(pictures(one)[0]) for number, one in made.items()}
    assert 30 not in told or told[30] != 30
    told.pop(30, None)
    others = set(range(around.first, around.first + around.frames)) - {30}
    assert told == {one: one for one in others}
    assert best in others | {30}
