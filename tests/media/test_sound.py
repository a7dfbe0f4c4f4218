"""Sound a parent can hear: one gain for a recording, no peak too loud, no click at an end."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.counted_films import Counted, run_ffmpeg, samples
from tests.media.test_cuts import Films, Make, make
from vigsite.case.timecode import Span
from vigsite.media import ffmpeg
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe
from vigsite.media.recipes.sound import PLAIN_SOUND, TARGET_LUFS, Hearing, Measured, heard
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

VOICE = "0.5*sin(2*PI*180*t)+0.3*sin(2*PI*540*t)+0.2*sin(2*PI*1700*t)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def spoken(path: Path, picture: Counted, levels: str) -> Path:
    """The counted film with a voice whose loudness follows an expression of the time."""
    run_ffmpeg(
        *("-i", str(picture.path), "-f", "lavfi", "-i"),
        f"aevalsrc='({levels})*({VOICE})':c=stereo:s=48000:d=4",
        *("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "192k", str(path)),
    )
    return path


def hearing_of(film: Path, folder: Path) -> Hearing:
    return Library(folder / "known", folder / "scratch").hearing(film, probe(film))


def clip_of(film: Path, start: int, end: int, hearing: Hearing, make: Make) -> Path:
    recording = probe(film)
    look = Look(hearing=hearing)
    recipe = clip_recipe(recording, recording.cut(Span(start, end)), look, FULL)
    return make(recipe, film) / "clip.mp4"


def loudness(file: Path) -> float:
    """Integrated loudness in LUFS."""
    said = subprocess.run(
        [ffmpeg.program(), "-nostdin", "-i", str(file), "-af", "ebur128", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    return float(re.findall(r"I:\s+(\S+) LUFS", said)[-1])


def level(sound: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt((sound**2).mean())))


@pytest.mark.parametrize("loud", ["0.03", "0.1", "0.7"])
def test_a_recording_comes_to_the_stated_loudness(
    folder: Path, films: Films, make: Make, loud: str
) -> None:
    film = spoken(folder / "film.mp4", films("25"), loud)
    hearing = hearing_of(film, folder)
    assert loudness(clip_of(film, 0, 4000, hearing, make)) == pytest.approx(TARGET_LUFS, abs=0.6)


def test_a_whisper_stays_a_whisper(folder: Path, films: Films, make: Make) -> None:
    """Three-second clips: what was 14 dB softer in the recording is so in the clips, throughout."""
    film = spoken(folder / "film.mp4", films("25"), "if(lt(t,2),0.02,0.1)")
    hearing = hearing_of(film, folder)
    soft = samples(clip_of(film, 0, 1900, hearing, make))[2400:-4800]
    loud = samples(clip_of(film, 2100, 4000, hearing, make))[2400:-4800]
    assert level(loud) - level(soft) == pytest.approx(20 * np.log10(5), abs=0.5)
    for sound in (soft, loud):
        parts = [level(part) for part in np.array_split(sound, 6)]
        assert max(parts) - min(parts) < 0.5


def test_a_clatter_is_held_and_the_voice_is_still_raised(
    folder: Path, films: Films, make: Make
) -> None:
    film = spoken(folder / "film.mp4", films("25"), "if(between(mod(t,2),1,1.02),0.95,0.04)")
    hearing = hearing_of(film, folder)
    assert hearing.limited
    sound = samples(clip_of(film, 0, 4000, hearing, make))
    assert np.abs(sound).max() < 10 ** (-0.5 / 20)
    before = samples(film)
    calm = slice(int(1.3 * 48_000), int(1.9 * 48_000))
    assert level(sound[calm]) - level(before[calm]) == pytest.approx(hearing.gain_db, abs=0.5)
    assert hearing.gain_db > 5


def test_silence_is_left_alone(folder: Path, films: Films, make: Make) -> None:
    film = spoken(folder / "film.mp4", films("25"), "0")
    hearing = hearing_of(film, folder)
    assert hearing == PLAIN_SOUND
    assert np.abs(samples(clip_of(film, 1000, 2000, hearing, make))).max() < 0.001


def test_a_hissing_room_is_not_raised_without_end() -> None:
    assert heard(Measured(-58.0, (-50.0, -50.0))).gain_db == 20


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_dead_side_is_noticed(folder: Path, films: Films, make: Make, side: str) -> None:
    """What both ears then hear has the loudness of the others."""
    sides = [f"0.05*({VOICE})", "0.00001*random(0)"]
    left, right = sides if side == "left" else reversed(sides)
    film = folder / "film.mp4"
    run_ffmpeg(
        *("-i", str(films("25").path), "-f", "lavfi", "-i"),
        f"aevalsrc='{left}|{right}':c=stereo:s=48000:d=4",
        *("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", str(film)),
    )
    hearing = hearing_of(film, folder)
    assert hearing.ears == side
    assert loudness(clip_of(film, 0, 4000, hearing, make)) == pytest.approx(TARGET_LUFS, abs=0.6)


def test_no_end_clicks(folder: Path, films: Films, make: Make) -> None:
    """Cut in the middle of a loud tone, both ends rise and fall within a hundredth of a second."""
    film = spoken(folder / "film.mp4", films("25"), "0.5")
    sound = np.abs(samples(clip_of(film, 1000, 2000, PLAIN_SOUND, make)))
    whole = int(1.0 * 48_000)
    assert sound[:48].max() < 0.1
    assert sound[whole - 48 : whole].max() < 0.1
    assert sound[480:960].max() > 0.3
    assert sound[whole - 960 : whole - 480].max() > 0.3


def test_a_measurement_is_remembered(folder: Path, films: Films) -> None:
    film = spoken(folder / "film.mp4", films("25"), "0.1")
    first = hearing_of(film, folder)
    stop = ffmpeg.Stop()
    stop.now()
    again = Library(folder / "known", folder / "scratch", stop=stop)
    assert again.hearing(film, probe(film)) == first
