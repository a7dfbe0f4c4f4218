"""Every container a family's film may come in: a clip and a still, exact to the frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted, counted_film, pictures, read_number
from tests.media import input_films
from tests.media.input_films import numbers
from tests.media.test_cuts import Make, cut_clip, make
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-bf", "2", "-g", "40")
CONTAINERS: dict[str, tuple[str, ...]] = {
    "program.mpg": ("-c:v", "mpeg2video", "-q:v", "3", "-g", "12", "-bf", "2", "-c:a", "mp2"),
    "disc.vob": ("-c:v", "mpeg2video", "-q:v", "3", "-g", "12", "-bf", "2", "-c:a", "ac3"),
    "xvid.avi": ("-c:v", "mpeg4", "-q:v", "3", "-bf", "2", "-g", "250", "-c:a", "mp3"),
    "motion.avi": ("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj422p", "-c:a", "pcm_u8"),
    "rare-keys.ts": (*X264, "-g", "1000", "-sc_threshold", "0", "-c:a", "aac"),
    "camcorder.MTS": (*X264, "-c:a", "ac3", "-f", "mpegts", "-mpegts_m2ts_mode", "1"),
    "windows.wmv": ("-c:v", "wmv2", "-q:v", "3", "-c:a", "wmav2"),
    "older.wmv": ("-c:v", "wmv1", "-q:v", "3", "-g", "100", "-c:a", "wmav1"),
    "web.webm": (
        "-c:v",
        "libvpx",
        "-b:v",
        "3M",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-c:a",
        "libopus",
    ),
    "newer.webm": (
        *("-c:v", "libvpx-vp9", "-b:v", "3M", "-deadline", "realtime", "-cpu-used", "8"),
        *("-c:a", "libopus"),
    ),
    "studio.mkv": (*X264, "-c:a", "flac"),
    "old-phone.3gp": ("-c:v", "mpeg4", "-q:v", "3", "-g", "30", "-c:a", "aac", "-ar", "8000"),
    "phone.mov": (*X264, "-c:a", "pcm_s16le"),
    "fragments.mp4": (*X264, "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"),
}


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    return counted_film(tmp_path_factory.mktemp("long") / "long.mp4", "25", 9)


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_film_is_cut_exactly_whatever_holds_it(
    tmp_path: Path, long: Counted, make: Make, name: str
) -> None:
    film = input_films.encoded(tmp_path / name, long.path, *CONTAINERS[name])
    recording = probe(film)
    assert (recording.width, recording.height, recording.rate) == (640, 360, "25")
    for start in (0, 7000):
        made, recipe = cut_clip(Counted(film, long.rate, long.frames), start, start + 400, make)
        assert recipe.clip is not None
        assert recipe.clip.sound
        assert numbers(made / "clip.mp4") == list(range(start // 40, start // 40 + 10))
        assert numbers(made / "poster-640.jpg") == [start // 40]
    for time in (0, 4567):
        still = make(still_recipe(recording, recording.single(time), Look(), FULL), film)
        assert read_number(pictures(still / "still-640.jpg")[0]) == time // 40
