"""Long recordings, a short film repeated without encoding it again; and cases of many cycles."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from tests.helpers.counted_films import run_ffmpeg
from tests.helpers.families import Family, family


def long_film(path: Path, seconds: int, *, part_s: int = 60, gop: int = 250) -> Path:
    """A film of 25 frames a second in the size of a stamp, with sound; it tells its time.

    `part_s` seconds are drawn, with a keyframe every `gop` frames, and repeated.
    """
    part = path.with_name(f"part-{path.name}")
    run_ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc2=s=160x90:r=25:d={part_s}"),
        *("-f", "lavfi", "-i", f"sine=300:r=16000:d={part_s}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", str(gop), "-keyint_min", str(gop)),
        *("-sc_threshold", "0", "-c:a", "aac", "-b:a", "32k", str(part)),
    )
    times = str(seconds // part_s - 1)
    run_ffmpeg("-stream_loop", times, "-i", str(part), "-c", "copy", str(path))
    part.unlink()
    return path


_CYCLE = """\
filmed: {day}
setting: Visit {number} at home
recordings:
  film: {{file: film.mp4, shows: [ash, dad]}}
moments:
  - id: looks
    clip: 0:01.0 - 0:02.0
    title: Ash looks up, time {number}
    caption: Ash looks, and you look back.
    parent_said: ["I waited."]
    goals: [meals]
    stop_at: [0:01.5]
    prompts: ["What do you notice?"]
  - {{id: turns, clip: 0:02.0 - 0:03.0, title: You take turns}}
  - {{id: smile, still: 0:02.5, title: A smile}}
  - {{id: spoon, stills: [0:01.1, 0:02.1, 0:03.1], title: Passing the spoon}}
review:
  held: {day}
  parent_said: ["We were a team on visit {number}."]
  strengths: ["You gave time."]
  next: ["Wait once more."]
  ratings: {{meals: {rating}}}
  decision: another cycle
"""


def long_case(directory: Path, film: Path, cycles: int) -> Family:
    """A family filmed every ten days, with four moments each time."""
    made = family(directory, film)
    shutil.rmtree(directory / "1-tea")
    first = dt.date(2025, 1, 10)
    for number in range(1, cycles + 1):
        cycle = directory / f"{number}-visit"
        cycle.mkdir()
        day = first + dt.timedelta(days=10 * number)
        said = _CYCLE.format(day=day, number=number, rating=(number * 3) % 11)
        (cycle / "cycle.yml").write_text(said, "utf-8")
        shutil.copyfile(film, cycle / "film.mp4")
    text = (directory / "case.yml").read_text("utf-8").replace("2026-01-05", str(first))
    (directory / "case.yml").write_text(text, "utf-8")
    return made
