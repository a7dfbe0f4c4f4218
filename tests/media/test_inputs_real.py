"""Four real films from public collections; skipped where they are not beside the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.conftest import SHARED_FOOTAGE
from tests.helpers.counted_films import run_ffmpeg
from tests.media.test_cuts import Make, make
from tests.media.test_inputs_colour import tagged_plainly
from vigsite.case.timecode import Span
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

pytestmark = pytest.mark.skipif(
    not SHARED_FOOTAGE.is_dir(), reason="the real phone films are not beside this checkout"
)
FILMS = {
    "phone-fullrange-upsidedown-silent": ((1920, 1080), False, (17, 23)),
    "phone-hdr10-vfr": ((1920, 1080), True, (125, 165)),
    "phone-hlg-sideways-editlist": ((1080, 1920), True, (125, 165)),
    "two-video-two-audio-subtitles": ((320, 180), True, (20, 28)),
}
"""How large each upright picture is, whether there is sound, and its mean luma at 0.3 s: the
first is filmed in the dark, the last in a dark hall; the HDR films in daylight."""
DOLBY = [b"dvcC", b"dvvC", b"mebx", b"amve"]
"""Boxes that would make a player map the colours a second time, and a phone's own tracks."""
LEAST_COLOUR = {"phone-hdr10-vfr": 18, "phone-hlg-sideways-editlist": 7}
"""Mean chroma; untouched HDR pictures have 7 and 4."""


def film(name: str) -> Path:
    return SHARED_FOOTAGE / f"{name}.mp4"


def made_of(name: str, make: Make) -> tuple[Path, Path]:
    recording = probe(film(name))
    cut = recording.cut(Span(300, 600))
    clip = make(clip_recipe(recording, cut, Look(), FULL), film(name)) / "clip.mp4"
    still = make(still_recipe(recording, recording.single(300), Look(), FULL), film(name))
    return clip, still / f"still-{recording.width}.jpg"


def grey_of(path: Path) -> Any:
    with av.open(str(path)) as opened:
        return next(opened.decode(video=0)).to_ndarray(format="gray").astype(float)


def planes(path: Path) -> tuple[Any, Any, Any]:
    """The first picture's luma and two chromas, as stored."""
    with av.open(str(path)) as opened:
        frame = next(opened.decode(video=0))
        full = frame.format.name.startswith("yuvj") or path.suffix == ".jpg"
        y, cb, cr = frame.to_ndarray(format="yuvj444p" if full else "yuv444p").astype(float)
    return ((y * 219 / 255 + 16) if full else y), cb - 128, cr - 128


def shrunk(y: Any, rows: int = 36) -> Any:
    """A small picture in grey, to compare how two pictures lie."""
    high, wide = y.shape
    columns = max(1, round(rows * wide / high))
    cut = y[: high // rows * rows, : wide // columns * columns]
    small = cut.reshape(rows, high // rows, columns, wide // columns).mean(axis=(1, 3))
    return (small - small.mean()) / small.std()


@pytest.mark.parametrize("name", FILMS)
def test_a_real_film_gives_a_clip_and_a_still_in_order(
    name: str, tmp_path: Path, make: Make
) -> None:
    """Sized, turned and lit as it should be: as in a picture that ffmpeg turned by itself."""
    size, sound, (darkest, lightest) = FILMS[name]
    recording = probe(film(name))
    assert (recording.width, recording.height) == size
    start = recording.single(300).start_us / 1_000_000
    run_ffmpeg(
        *("-ss", f"{start:.6f}", "-i", str(film(name)), "-frames:v", "1"),
        *("-map", f"0:{recording.video}", str(tmp_path / "reference.png")),
    )
    reference = shrunk(grey_of(tmp_path / "reference.png"))
    clip, still = made_of(name, make)
    assert tagged_plainly(clip)
    with av.open(str(clip)) as opened:
        assert bool(opened.streams.audio) is sound
    for made in (clip, still):
        y, cb, cr = planes(made)
        assert y.shape == size[::-1]
        mean, burnt, colour = y.mean(), (y >= 234).mean(), np.hypot(cb, cr).mean()
        assert darkest < mean < lightest
        assert burnt < 0.02
        raw = made.read_bytes()
        assert not [box for box in DOLBY if box in raw]
        assert colour > LEAST_COLOUR.get(name, 0.3)
        found = shrunk(y)
        assert found.shape == reference.shape
        likeness = float((found * reference).mean())
        others = [found[::-1], found[:, ::-1], found[::-1, ::-1]]
        assert likeness > 0.9
        assert likeness > max(float((other * reference).mean()) for other in others) + 0.01
    apart = float(np.abs(planes(still)[0] - planes(clip)[0]).mean())
    assert apart < 4


def test_of_two_films_in_one_file_the_first_default_one_is_taken(make: Make) -> None:
    recording = probe(film("two-video-two-audio-subtitles"))
    assert (recording.video, recording.audio, recording.rate) == (0, 1, "25")
    clip, _ = made_of("two-video-two-audio-subtitles", make)
    with av.open(str(clip)) as opened:
        assert [stream.type for stream in opened.streams] == ["video", "audio"]
