"""No trace of the pictures before and after a clip: not in a frame, not hidden, not mixed in.

All selected pictures are grey and all others are magenta, so that any colour tells of a leak: a
deinterlacer that looks at the next picture, a rate made even, a keyframe kept before the mark.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.helpers.counted_films import counted_film, run_ffmpeg
from tests.media.input_films import fields_source
from tests.media.test_cuts import Make, make
from vigsite.case.timecode import Span
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, Recipe, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

FIRST, AFTER = 30, 60
"""The selected frames of a film of 25 frames a second; no keyframe is near either end."""
SPAN = Span(FIRST * 40, AFTER * 40)
OUTSIDE = {
    "magenta": "drawbox=c=magenta:t=fill:enable='{outside}'",
    "turned round": "negate=enable='{outside}',vflip=enable='{outside}'",
}
"""Two films that are alike in what is selected, and differ in every picture that is not."""
EXACT = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-g", "250", "-sc_threshold", "0")
STREAM = ("-f", "mpegts", "-mpegts_m2ts_mode", "1", "-output_ts_offset", "1.04")
STORED: dict[str, tuple[str, ...]] = {
    "middle.mp4": ("null", *EXACT, "-bf", "2"),
    "uneven.mp4": (
        *("select='not(eq(mod(n,5),3))'", *EXACT, "-bf", "2"),
        *("-fps_mode", "vfr", "-enc_time_base", "1:12800"),
    ),
    "camera.MTS": ("null", *EXACT, *STREAM),
    "woven.MTS": (
        "interlace=scan=tff:lowpass=0,setfield=tff",
        *(*EXACT, "-flags", "+ildct+ilme", "-x264-params", "tff=1", *STREAM),
    ),
}
"""How each film stores its pictures; without loss, so that nothing of one gets into another."""
LOOKS = [Look(), Look(speed=Fraction(1, 2))]


def film_of(path: Path, around: str) -> Path:
    graph, *stored = STORED[path.name]
    woven = path.name.startswith("woven")
    fields = 2 if woven else 1
    outside = f"not(between(n,{fields * FIRST},{fields * AFTER - 1}))"
    secret = f"hue=s=0,{OUTSIDE[around].format(outside=outside)},{graph}"
    if woven:
        sound, drawn = fields_source(3)
        drawn = f"{drawn},noise=alls=30:allf=t:all_seed=5"
        inputs = ("-f", "lavfi", "-i", sound, "-filter_complex", f"{drawn},{secret}[v]")
        run_ffmpeg(*inputs, "-map", "[v]", "-map", "0:a", *stored, str(path))
    else:
        base = counted_film(path.with_name("base.mp4"), "25", 3).path
        run_ffmpeg("-i", str(base), "-vf", secret, *stored, str(path))
    return path


@pytest.fixture(scope="module", params=STORED)
def films(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two films, one for each way of drawing what is not selected; magenta comes first."""
    return [
        film_of(tmp_path_factory.mktemp("secret") / str(request.param), around)
        for around in OUTSIDE
    ]


def colour(frame: Any) -> float:
    """How far the strongest colour in a picture, anywhere, is from grey."""
    full = frame.format.name.startswith("yuvj")
    planes = frame.to_ndarray(format="yuvj444p" if full else "yuv444p").astype(int)
    return float(np.abs(planes[1:] - 128).max())


def every_picture(path: Path) -> list[float]:
    """Every picture that a file holds, also those that it tells players not to show."""
    options = {"ignore_editlist": "1"} if path.suffix == ".mp4" else {}
    with av.open(str(path), options=options) as opened:
        opened.streams.video[0].codec_context.flags2 |= 1 << 22  # show_all
        return [colour(frame) for frame in opened.decode(video=0)]


def decoded(path: Path) -> list[Any]:
    with av.open(str(path)) as opened:
        return [frame.to_ndarray() for frame in opened.decode(video=0)]


def recipes(film: Path, look: Look) -> list[Recipe]:
    """A clip of what is selected, and its first and last frames as stills."""
    recording = probe(film)
    cuts = [recording.single(time) for time in (SPAN.start_ms, SPAN.end_ms - 1)]
    clip = clip_recipe(recording, recording.cut(SPAN), look, FULL)
    return [clip, *(still_recipe(recording, cut, look, FULL) for cut in cuts)]


def test_these_films_differ_in_every_picture_that_is_not_selected(films: list[Path]) -> None:
    magenta, other = (decoded(film) for film in films)
    grey = [value < 3 for value in every_picture(films[0])]
    assert sum(grey) in (AFTER - FIRST, (AFTER - FIRST) * 4 // 5)
    for one, two, inside in zip(magenta, other, grey, strict=True):
        assert np.array_equal(one, two) is inside


@pytest.mark.parametrize("look", LOOKS, ids=["as filmed", "slow"])
def test_nothing_of_the_pictures_around_a_clip_gets_into_it(
    films: list[Path], make: Make, look: Look
) -> None:
    """No file holds a colour, nor a packet that is not shown, nor anything that depends on them.

    A deinterlacer that reads its neighbours mixes in brightness, not colour, where they differ: so
    the second film, other around what is selected, has to give the very same bytes.
    """
    made = []
    for film in films:
        for recipe in recipes(film, look):
            folder = make(recipe, film)
            made.append({name: (folder / name).read_bytes() for name in recipe.names})
            found = [value for name in recipe.names for value in every_picture(folder / name)]
            frames = recipe.clip.frames if recipe.clip is not None else 0
            assert len(found) == frames + len(recipe.pictures)
            assert max(found) <= 4
    half = len(made) // 2
    for one, two in zip(made[:half], made[half:], strict=True):
        assert {name for name in one if one[name] != two[name]} == set()


def test_sound_and_picture_begin_and_end_together(films: list[Path], make: Make) -> None:
    """An edit list hides nothing: neither pictures nor words said before or after."""
    made = make(recipes(films[0], Look())[0], films[0]) / "clip.mp4"
    with av.open(str(made), options={"ignore_editlist": "1"}) as opened:
        stream = opened.streams.video[0]
        assert stream.frames == sum(1 for packet in opened.demux(stream) if packet.size)
        ends = [s.duration * s.time_base for s in opened.streams if s.duration and s.time_base]
    assert max(ends) - min(ends) < Fraction(1, 10)
    assert max(ends) < Fraction(AFTER - FIRST, 25) + Fraction(1, 10)
