"""Many families at once, each with a small film of its own; one of them may be broken."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.counted_films import run_ffmpeg
from tests.helpers.families import Family, family

SECONDS = 4


def small_film(path: Path) -> Path:
    """Four seconds in the size of a stamp, with sound."""
    run_ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc2=s=160x90:r=10:d={SECONDS}"),
        *("-f", "lavfi", "-i", f"sine=300:d={SECONDS}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-shortest", str(path)),
    )
    return path


def crowd(folder: Path, count: int) -> list[Family]:
    """Families `family-001` and on; no two films have the same bytes."""
    film = small_film(folder / "film.mp4")
    return [_one(folder / "cases" / f"family-{number:03}", film) for number in range(1, count + 1)]


def break_one(broken: Family) -> None:
    """Its clip ends far behind its film."""
    broken.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 9:02.0")


def _one(directory: Path, film: Path) -> Family:
    made = family(directory, film)
    said = directory.name.encode()
    with (directory / "1-tea" / "film.mp4").open("ab") as file:  # an MP4 box that says nothing
        file.write((8 + len(said)).to_bytes(4, "big") + b"free" + said)
    return made
