"""Our film, really made from a built keepsake: its pieces, its length, its sound, its secrets."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from playwright.sync_api import Browser

from tests.browser.firefox import Firefox, fox, tab
from tests.helpers.counted_films import Counted, Grey, pictures, read_number, run_ffmpeg
from tests.keepsake.kept import SMALL, Home, home
from tests.media.test_nothing_identifying import FIXED
from tests.media.test_sound import loudness
from vigsite.errors import Cancelled
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.film.film import Film, make_film
from vigsite.keepsake.film.forget_withdrawn import forget
from vigsite.keepsake.film.soundtrack import soundings
from vigsite.keepsake.film.storyboard import (
    JOIN,
    RATE,
    Card,
    Run,
    Scene,
    begins,
    length,
    storyboard,
)
from vigsite.keepsake.film.workshop import Studio
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.pages.words import words_for

__all__ = ["fox", "tab"]


@pytest.fixture(scope="module")
def ash(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Home:
    return home(tmp_path_factory.mktemp("film"), films("25"))


@pytest.fixture(scope="module")
def kept(ash: Home) -> Kept:
    return ash.build()


@pytest.fixture(scope="module")
def film(ash: Home, kept: Kept) -> Film:
    return ash.film(kept)


@pytest.fixture(scope="module")
def frames(film: Film) -> list[Grey]:
    return list(pictures(film.mp4))


def picture_of(png: bytes) -> Grey:
    with av.open(io.BytesIO(png), "r") as opened:
        return cast("Grey", next(opened.decode(video=0)).to_ndarray(format="gray"))


def scenes_of(kept: Kept) -> list[Scene]:
    return storyboard(kept.shown, words_for(kept.shown.language))


def test_every_frame_has_its_time_and_sound_lasts_as_long(kept: Kept, film: Film) -> None:
    whole = length(scenes_of(kept))
    with av.open(str(film.mp4)) as opened:
        picture, sound = opened.streams.video[0], opened.streams.audio[0]
        times = sorted(p.pts for p in opened.demux(picture) if p.pts is not None)
        tick = picture.time_base
        assert tick is not None
        assert sound.time_base is not None
        assert [time * tick * RATE for time in times] == list(range(whole))
        assert abs(float((sound.duration or 0) * sound.time_base) - whole / RATE) < 1 / RATE
        codec = picture.codec_context
        assert (codec.name, codec.profile, codec.pix_fmt) == ("h264", "High", "yuv420p")
        assert (sound.codec_context.name, sound.codec_context.sample_rate) == ("aac", 48000)
        assert sound.codec_context.layout.name == "stereo"
    assert film.length_ms == whole * 1000 // RATE
    assert film.mp4.read_bytes().find(b"moov") < film.mp4.read_bytes().find(b"mdat")


def test_cards_stand_still(kept: Kept, frames: list[Grey]) -> None:
    """Though they are one second, repeated: nothing pulses, and no decoder stumbles at a join."""
    scenes = scenes_of(kept)
    assert len(frames) == length(scenes)
    for scene, first in zip(scenes, begins(scenes), strict=True):
        if isinstance(scene, Card):
            stood = np.stack(frames[first : first + scene.frames]).astype(int)
            assert (stood.max(axis=0) - stood.min(axis=0)).max() <= 2


def test_a_fade_leads_from_one_scene_to_the_next(kept: Kept, frames: list[Grey]) -> None:
    scenes = scenes_of(kept)
    first = begins(scenes)[1]
    levels = [float(frames[number].mean()) for number in range(first - JOIN, first + 1)]
    steps = np.diff(levels)
    assert steps.min() > 0
    assert steps.max() < 3 * steps.mean()


def test_a_clip_plays_whole_and_holds_its_last_picture(kept: Kept, frames: list[Grey]) -> None:
    scenes = scenes_of(kept)
    at = next(n for n, scene in enumerate(scenes) if isinstance(scene, Run))
    first, run = begins(scenes)[at], scenes[at]
    assert isinstance(run, Run)
    numbers = [read_number(frames[first + number]) for number in range(run.frames)]
    assert numbers[: run.shown] == list(range(25, 25 + run.shown))
    assert set(numbers[run.shown :]) == {25 + run.shown - 1}


def test_subtitles_are_shown_as_long_as_they_are_said(kept: Kept, frames: list[Grey]) -> None:
    scenes = scenes_of(kept)
    at = next(n for n, scene in enumerate(scenes) if isinstance(scene, Run) and scene.lines)
    first, run = begins(scenes)[at], scenes[at]
    assert isinstance(run, Run)
    (on, off, _line) = run.lines[0]
    strip = slice(int(SMALL.height * 0.86), int(SMALL.height * 0.93))
    middle = slice(SMALL.width // 2 - 12, SMALL.width // 2 + 12)
    dark = [frames[first + n][strip, middle].min() < 40 for n in range(run.shown)]
    white = [frames[first + n][strip, middle].max() > 200 for n in range(run.shown)]
    assert all(dark[on:off])
    assert all(white[on:off])
    assert (on, off) == (10, 20)


def test_every_clip_is_as_loud_as_the_next(kept: Kept, film: Film, tmp_path: Path) -> None:
    """Within 1 LU of the target, though the second one was 8 dB quieter."""
    found = []
    for number, one in enumerate(soundings(scenes_of(kept))):
        part = tmp_path / f"{number}.wav"
        place = ("-ss", str(one.first / RATE), "-t", str(one.frames / RATE))
        run_ffmpeg(*place, "-i", str(film.mp4), "-vn", str(part))
        found.append(loudness(part))
    assert len(found) == 2
    assert all(abs(level + 16) < 1 for level in found), found


def test_what_is_heard_is_heard_with_its_picture(kept: Kept, film: Film) -> None:
    """The sound of a clip begins and ends with it, to a frame."""
    with av.open(str(film.mp4)) as opened:
        parts = [frame.to_ndarray()[0] for frame in opened.decode(audio=0)]
    heard = np.abs(np.concatenate(parts))
    per_frame = 48000 // RATE
    for one in soundings(scenes_of(kept)):
        before = heard[(one.first - 2) * per_frame : (one.first - 1) * per_frame]
        begun = heard[(one.first + 1) * per_frame : (one.first + 2) * per_frame]
        last = (one.first + one.frames) * per_frame
        assert before.max() < 0.003
        assert begun.max() > 0.05
        assert heard[last - 2 * per_frame : last - per_frame].max() > 0.05
        assert heard[last + per_frame : last + 2 * per_frame].max() < 0.003


def test_nothing_but_pictures_and_sound_is_in_it(film: Film) -> None:
    with av.open(str(film.mp4)) as opened:
        assert [stream.type for stream in opened.streams] == ["video", "audio"]
        assert opened.metadata.keys() <= {"major_brand", "minor_version", "compatible_brands"}
        assert opened.chapters() == []
        for stream in opened.streams:
            assert stream.metadata.get("handler_name") in FIXED["HandlerDescription"]
            assert stream.metadata.keys() <= {"handler_name", "vendor_id", "language"}
    raw = film.mp4.read_bytes()
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        for found in re.finditer(box, raw):
            assert raw[found.end() + 4 : found.end() + 12] == bytes(8)
    assert b"Lavf" not in raw
    assert raw.count(b"ilst") <= 1
    for found in re.finditer(b"ilst", raw):
        assert raw[found.start() - 4 : found.start()] == b"\0\0\0\x08"


def spot(kept: Kept) -> tuple[float, int]:
    """A time in the middle of the first clip, and the number that is to be seen there."""
    scenes = scenes_of(kept)
    at = next(n for n, scene in enumerate(scenes) if isinstance(scene, Run))
    return (begins(scenes)[at] + 12.5) / RATE, 25 + 12


PAGE = (
    '<body style="margin:0"><video src="film.mp4" width="640" height="360" preload="auto"></video>'
)
VIDEO = "document.querySelector('video')"


def test_it_plays_and_seeks_in_chromium(
    chromium: Browser, kept: Kept, film: Film, tmp_path: Path
) -> None:
    (tmp_path / "film.html").write_text(PAGE)
    shutil.copyfile(film.mp4, tmp_path / "film.mp4")
    page = chromium.new_page()
    page.goto((tmp_path / "film.html").as_uri())
    time_s, number = spot(kept)
    page.wait_for_function(f"{VIDEO}.readyState >= 3")
    seek = f"new Promise(done => {{ {VIDEO}.onseeked = done; {VIDEO}.currentTime = {time_s} }})"
    page.evaluate(seek)
    assert read_number(picture_of(page.locator("video").screenshot())) == number
    page.evaluate(f"{VIDEO}.muted = true, {VIDEO}.play()")
    page.wait_for_function(f"{VIDEO}.currentTime > {time_s} + 0.3")
    assert page.evaluate(f"{VIDEO}.duration") == pytest.approx(film.length_ms / 1000, abs=0.04)
    page.close()


def test_it_seeks_in_firefox(tab: Firefox, kept: Kept, film: Film, tmp_path: Path) -> None:
    (tmp_path / "film.html").write_text(PAGE)
    shutil.copyfile(film.mp4, tmp_path / "film.mp4")
    tab.do("open", (tmp_path / "film.html").as_uri())
    time_s, number = spot(kept)
    tab.until(f"{VIDEO}.readyState >= 3")
    tab.evaluate(f"{VIDEO}.currentTime = {time_s}")
    tab.until(f"!{VIDEO}.seeking && {VIDEO}.readyState >= 2")
    assert read_number(tab.picture(0, 0, 640, 360)) == number


def test_nothing_changed_is_nothing_done(ash: Home, kept: Kept, film: Film) -> None:
    assert ash.film(kept) == film
    assert ash.commands == []


def test_the_same_pieces_give_the_same_bytes(
    ash: Home, kept: Kept, film: Film, tmp_path: Path
) -> None:
    before = hashlib.sha256(film.mp4.read_bytes()).hexdigest()
    keys = ash.cache.keys()
    some = sorted(keys)[::3]
    ash.cache.prune(keys - set(some) - {film.mp4.parent.name})
    again = ash.film(kept)
    assert ash.commands
    assert hashlib.sha256(again.mp4.read_bytes()).hexdigest() == before
    assert ash.cache.keys() == keys


def test_another_word_makes_its_card_and_its_fades_anew(ash: Home, kept: Kept, film: Film) -> None:
    before = ash.cache.keys()
    ash.family.change("1-tea/cycle.yml", "I waited.", "I waited for you.")
    try:
        ash.film(ash.kept())
        made = [re.findall(r"\S+ (piece\.mp4|film\.mp4|sound\.wav)", c)[-1:] for c in ash.commands]
        assert sorted(name for names in made for name in names) == ["film.mp4", *["piece.mp4"] * 3]
        assert len(before - ash.cache.keys()) == len(ash.cache.keys() - before) == 4
    finally:
        ash.family.change("1-tea/cycle.yml", "I waited for you.", "I waited.")


def test_when_all_is_left_out_there_is_no_film(kept: Kept, tmp_path: Path) -> None:
    nothing = replace(kept, shown=replace(kept.shown, film=()))
    studio = Studio(Cache(tmp_path / "film"), tmp_path / "tmp", "9")
    assert make_film(nothing, studio) is None


def test_order_and_what_is_left_out(ash: Home, kept: Kept) -> None:
    ash.family.change(
        "case.yml", "goals:", "film: {order: 1-tea/smile, leave_out: 1-tea/looks}\ngoals:"
    )
    try:
        wished = ash.kept()
        assert kept.shown.film == ((1, 1), (1, 2), (1, 3))
        assert wished.shown.film == ((1, 3), (1, 2))
    finally:
        ash.family.change("case.yml", "film: {order: 1-tea/smile, leave_out: 1-tea/looks}\n", "")


def test_music_gives_way_to_clips_and_brings_no_names(ash: Home, kept: Kept) -> None:
    """Its tags and cover never get through."""
    music = ash.family.directory / "song.mp3"
    run_ffmpeg(
        *("-f", "lavfi", "-i", "aevalsrc='0.2*sin(2*PI*220*t)+0.1*sin(2*PI*331*t)':d=6:s=44100"),
        *("-metadata", "title=Featherstone lullaby", "-metadata", "artist=Quill", str(music)),
    )
    ash.family.change("case.yml", "goals:", "film: {music: song.mp3}\ngoals:")
    try:
        ash.film(kept)
        wished = ash.kept()
        film = ash.film(wished)
        assert sum("piece.mp4" in command for command in ash.commands) == 0
        raw = film.mp4.read_bytes()
        assert b"Featherstone" not in raw
        assert b"Quill" not in raw
        with av.open(str(film.mp4)) as opened:
            parts = [frame.to_ndarray()[0] for frame in opened.decode(audio=0)]
        heard = np.concatenate(parts)
        spectrum = np.abs(np.fft.rfft(heard[48000 : 3 * 48000]))
        assert abs(np.argmax(spectrum) / 2 - 220) < 1
        one = soundings(scenes_of(wished))[0]
        start = one.first * 1920

        def level_of_220(at: int) -> float:
            part = heard[at : at + 24000]
            return float(np.abs(np.fft.rfft(part))[110])

        assert level_of_220(start + 12000) < 0.35 * level_of_220(48000)
    finally:
        ash.family.change("case.yml", "film: {music: song.mp3}\n", "")


def test_stopped_it_leaves_what_was_whole(ash: Home, kept: Kept, tmp_path: Path) -> None:
    studio = Studio(
        Cache(tmp_path / "film"), tmp_path / "tmp", ffmpeg.version(ffmpeg.program()), SMALL
    )
    studio.told = lambda _share: studio.stop.now()
    with pytest.raises(Cancelled):
        make_film(kept, studio)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not list((tmp_path / "film").rglob("film.mp4"))


def test_a_piece_stays_no_longer_than_what_it_shows(ash: Home, kept: Kept, film: Film) -> None:
    """Covered differently or not agreed to any more, a moment goes from the cache, too."""
    ash.film(kept)
    files = {hashlib.sha256(f.read_bytes()).hexdigest() for f in (kept.site / "media").iterdir()}
    assert forget(ash.cache, files) == 0
    whole = len(ash.cache.keys())
    ash.family.change("1-tea/cycle.yml", "title: A smile", "title: A smile, crop: [0, 0, 0.9, 0.9]")
    ash.build()
    left = ash.cache.keys()
    assert 0 < len(left) < whole
    assert film.mp4.parent.name not in left
    ash.family.change("1-tea/cycle.yml", ", crop: [0, 0, 0.9, 0.9]", "")
    ash.film(ash.build())
    assert ash.cache.keys()
    taken_back = "  - {person: dad, for: [keepsake], withdrawn: 2026-02-02}\n"
    ash.family.change("case.yml", "  - {person: ash, by", f"{taken_back}  - {{person: ash, by")
    ash.build(agreed=False)
    assert not ash.records.film.exists()
