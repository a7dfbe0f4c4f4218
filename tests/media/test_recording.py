"""What a probe finds out, and what it refuses to open."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import SHARED_FOOTAGE
from tests.helpers.counted_films import Counted, run_ffmpeg
from vigsite.case.timecode import Span
from vigsite.errors import RecordingError
from vigsite.media.recordings.frame_rate import steady
from vigsite.media.recordings.mp4_edit_lists import edits
from vigsite.media.recordings.probe import probe
from vigsite.media.recordings.recording import Recording

Films = Callable[[str], Counted]


@pytest.mark.parametrize("rate", ["25", "30000/1001", "30"])
def test_a_constant_film_keeps_its_rate_and_every_frame(films: Films, rate: str) -> None:
    film = films(rate)
    found = probe(film.path)
    assert (found.rate, found.constant) == (rate, True)
    assert len(found.frame_us) == film.frames
    assert abs(found.end_us - 1_000_000 * film.frames / film.rate) < 1000


def test_a_mark_means_the_frame_on_screen(films: Films) -> None:
    found = probe(films("25").path)
    assert [found.frame_at(t) for t in (0, 39, 40, 41, 1000, 1039)] == [0, 0, 1, 1, 25, 25]
    cut = found.cut(Span(1000, 2000))
    assert (cut.first, cut.frames, cut.length_us) == (25, 25, 1_000_000)
    assert found.cut(Span(1001, 1002)).frames == 1


def test_a_probe_survives_being_remembered(films: Films) -> None:
    found = probe(films("25").path)
    assert Recording.from_json(found.to_json()) == found


def test_a_film_on_its_side_is_upright(tmp_path: Path, films: Films) -> None:
    turned = tmp_path / "turned.mp4"
    run_ffmpeg(
        "-display_rotation:v:0", "90", "-i", str(films("25").path), "-c", "copy", str(turned)
    )
    found = probe(turned)
    assert (found.width, found.height) == (360, 640)


def test_a_playlist_named_like_a_film_is_refused(tmp_path: Path, films: Films) -> None:
    hidden = films("25").path
    for name, text in {
        "hls.mp4": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:4,\n{hidden}\n#EXT-X-ENDLIST\n",
        "concat.mp4": f"ffconcat version 1.0\nfile '{hidden}'\n",
    }.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(RecordingError, match="no film vigsite can open"):
            probe(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"Dear family, " * 40, "no film"), (b"\0" * 5000, "no film")],
)
def test_what_is_no_film_is_said_in_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    with pytest.raises(RecordingError, match=words):
        probe(tmp_path / "film.mp4")


@pytest.mark.parametrize("kind", [b"mvhd", b"mdhd"])
def test_a_box_without_its_content_is_read_over(tmp_path: Path, films: Films, kind: bytes) -> None:
    raw = bytearray(films("25").path.read_bytes())
    at = raw.index(kind) - 4
    (size,) = struct.unpack_from(">I", raw, at)
    raw[at : at + 16] = struct.pack(">I4sI4s", 8, kind, size - 8, b"free")
    film = tmp_path / "film.mp4"
    film.write_bytes(raw)
    assert edits(film) == []
    with contextlib.suppress(RecordingError):
        probe(film)


@pytest.mark.parametrize("times", [[5, 5, 5, 5], [0, 0, 0, 0, 0, 0, 40, 80], [0, 0, 0, 40]])
def test_pictures_at_one_instant_have_a_pace_too(times: list[int]) -> None:
    """As damaged films have them."""
    kept, constant, rate = steady(times, Fraction(1, 1000), None)
    assert kept == times
    assert not constant
    assert rate > 0


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    run_ffmpeg("-f", "lavfi", "-i", "sine=d=1", str(tmp_path / "sound.m4a"))
    with pytest.raises(RecordingError, match="no picture"):
        probe(tmp_path / "sound.m4a")


def test_real_phone_films_open() -> None:
    if not SHARED_FOOTAGE.is_dir():
        pytest.skip("the real phone films are not beside this checkout")
    sizes = {
        film.stem: (probe(film).width, probe(film).height) for film in SHARED_FOOTAGE.glob("*.mp4")
    }
    assert sizes == {
        "phone-fullrange-upsidedown-silent": (1920, 1080),
        "phone-hdr10-vfr": (1920, 1080),
        "phone-hlg-sideways-editlist": (1080, 1920),
        "two-video-two-audio-subtitles": (320, 180),
    }
