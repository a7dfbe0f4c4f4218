"""Sound of every kind comes out at both ears, at its own time, and from the right track."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.helpers.counted_films import Counted, counted_film, run_ffmpeg
from tests.media import input_films
from tests.media.test_cuts import Make, make
from vigsite.case.timecode import Span
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

RATE = 48_000
CLICK = "0.05*sin(2*PI*440*t)+0.7*lt(mod(t\\,1)\\,0.005)*sin(2*PI*3000*t)"
TRACKS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "mono.mp4": ([f"aevalsrc={CLICK}:s=48000:d=4"], ("-c:a", "aac")),
    "left.mp4": ([f"aevalsrc={CLICK}|0:c=stereo:s=48000:d=4"], ("-c:a", "aac", "-b:a", "192k")),
    "right.mov": (
        [f"aevalsrc=0|{CLICK}:c=stereo:s=48000:d=4"],
        ("-c:a", "pcm_s16le"),
    ),
    "cinema.mp4": ([f"aevalsrc=0|0|{CLICK}|0|0|0:c=5.1:s=48000:d=4"], ("-c:a", "aac")),
    "camera.MTS": (
        [f"aevalsrc=0|0|{CLICK}|0|0|0:c=5.1:s=48000:d=4"],
        ("-c:a", "ac3", "-b:a", "448k", "-f", "mpegts"),
    ),
    "phone.3gp": ([f"aevalsrc={CLICK}:s=8000:d=4"], ("-c:a", "aac", "-b:a", "32k")),
    "old.avi": (
        [f"aevalsrc={CLICK}:s=11025:d=4"],
        ("-c:v", "mpeg4", "-q:v", "3", "-c:a", "pcm_u8"),
    ),
    "disc.mov": ([f"aevalsrc={CLICK}:s=44100:d=4"], ("-c:a", "pcm_s16be")),
}
"""Where the sound of each film is; `cinema` and `camera` have it in the middle of 5.1."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sound")


@pytest.fixture(scope="module")
def base(folder: Path) -> Path:
    return counted_film(folder / "base.mp4", "25", 4).path


Heard = Callable[[Path, int, int], Any]


@pytest.fixture
def heard(make: Make, tmp_path: Path) -> Heard:
    """The sound of a clip: two rows, 48,000 samples a second."""

    def of(film: Path, start: int, end: int) -> Any:
        recording = probe(film)
        library = Library(tmp_path / "library", tmp_path / "scratch")
        look = Look(hearing=library.hearing(film, recording))
        recipe = clip_recipe(recording, recording.cut(Span(start, end)), look, FULL)
        assert recipe.clip is not None
        assert recipe.clip.sound
        made = make(recipe, film)
        with av.open(str(made / "clip.mp4")) as opened:
            stream = opened.streams.audio[0]
            assert (stream.rate, stream.layout.name) == (RATE, "stereo")
            return np.concatenate([f.to_ndarray() for f in opened.decode(stream)], axis=1)

    return of


def loudness(samples: Any) -> float:
    return float(np.sqrt((samples**2).mean()))


def clicks(samples: Any) -> list[float]:
    """When clicks sound, in seconds: what is high and far louder than the rest."""
    sharp = np.abs(np.diff(samples, n=2))
    loud = np.flatnonzero(sharp > 0.5 * sharp.max())
    starts = [loud[0], *(b for a, b in itertools.pairwise(loud) if b - a > RATE // 10)]
    return [float(start) / RATE for start in starts]


def pitch(samples: Any) -> float:
    """The strongest frequency, in hertz."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(power)) * RATE / len(samples)


@pytest.mark.parametrize("name", TRACKS)
def test_both_ears_hear_it_at_its_time(folder: Path, base: Path, heard: Heard, name: str) -> None:
    """Alike within 1 dB; the click of second 2 within 20 ms, one second, one tone."""
    sources, codec = TRACKS[name]
    film = input_films.with_sound(folder / name, base, sources, *codec)
    left, right = heard(film, 1520, 2520)
    assert len(left) / RATE == pytest.approx(1, abs=0.03)
    assert loudness(left) > 0.01
    assert 20 * abs(np.log10(loudness(left) / loudness(right))) < 1
    assert clicks(left) == pytest.approx([0.48], abs=0.02)
    assert clicks(right) == pytest.approx([0.48], abs=0.02)
    assert pitch(left[RATE // 10 : RATE * 4 // 10]) == pytest.approx(440, abs=5)


def test_stereo_stays_stereo(folder: Path, base: Path, heard: Heard) -> None:
    """A voice on the left and another on the right are not mixed."""
    two = "aevalsrc=0.2*sin(2*PI*440*t)|0.2*sin(2*PI*660*t):c=stereo:s=48000:d=4"
    film = input_films.with_sound(folder / "stereo.mp4", base, [two], "-c:a", "aac")
    left, right = heard(film, 1000, 2000)
    assert pitch(left) == pytest.approx(440, abs=5)
    assert pitch(right) == pytest.approx(660, abs=5)


@pytest.mark.parametrize("default", [0, 1])
def test_the_default_track_is_the_one_heard(
    folder: Path, base: Path, heard: Heard, default: int
) -> None:
    tones = [f"sine=f={pitch}:d=4:r=48000" for pitch in (440, 1500)]
    marks = ("-disposition:a:0", "0", "-disposition:a:1", "0")
    film = input_films.with_sound(
        folder / f"two-{default}.mp4",
        base,
        tones,
        *("-c:a", "aac", *marks, f"-disposition:a:{default}", "default"),
    )
    left, _ = heard(film, 1000, 2000)
    power = np.abs(np.fft.rfft(left * np.hanning(len(left))))
    strength = [power[int(f * len(left) / RATE) - 5 :][:11].max() for f in (440, 1500)]
    assert strength[default] > 300 * strength[1 - default]


@pytest.mark.parametrize("name", ["late.mp4", "late.mkv", "late.MTS"])
def test_sound_that_starts_late_stays_with_its_picture(
    folder: Path, base: Path, make: Make, heard: Heard, name: str
) -> None:
    """It starts 0.3 s after the picture, so that its clicks are heard at 0.3 s, 1.3 s, and so on."""
    film = folder / name
    more = ("-f", "mpegts") if name.endswith("MTS") else ()
    delayed = folder / f"delayed-{name}.wav"
    run_ffmpeg("-f", "lavfi", "-i", f"aevalsrc={CLICK}:s=48000:d=3.5", str(delayed))
    run_ffmpeg(
        *("-i", str(base), "-itsoffset", "0.3", "-i", str(delayed), "-map", "0:v", "-map", "1:a"),
        *("-c:v", "copy", "-c:a", "ac3", *more, str(film)),
    )
    assert clicks(heard(film, 1000, 2000)[0]) == pytest.approx([0.3], abs=0.02)
    left, _ = heard(film, 0, 1400)
    assert np.abs(left[: int(0.25 * RATE)]).max() < 0.01
    assert clicks(left) == pytest.approx([0.3, 1.3], abs=0.02)


def test_a_film_without_sound_makes_a_clip_without(folder: Path, base: Path, make: Make) -> None:
    film = input_films.encoded(folder / "none.mp4", base, "-an", "-c", "copy")
    recording = probe(film)
    recipe = clip_recipe(recording, recording.cut(Span(1000, 2000)), Look(), FULL)
    assert recipe.clip is not None
    assert not recipe.clip.sound
    made = make(recipe, film)
    with av.open(str(made / "clip.mp4")) as opened:
        assert not opened.streams.audio
    assert input_films.numbers(made / "clip.mp4") == list(range(25, 50))


def test_sound_goes_with_a_counted_film_of_another_rate(folder: Path, heard: Heard) -> None:
    film: Counted = counted_film(folder / "ntsc.mp4", "30000/1001", 4)
    left, _ = heard(film.path, 1500, 3500)
    first = 44 * 1001 / 30000
    assert clicks(left) == pytest.approx([2 - first, 3 - first], abs=0.02)
