"""The same film and the same marks give the same bytes, wherever and whenever."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted, counted_film, run_ffmpeg
from tests.helpers.families import family
from tests.media.test_sound import VOICE

BUILD = """
import datetime as dt, sys
from pathlib import Path
from vigsite.commands.build import build_case
from vigsite.building.request import Watcher, Wish
wish = Wish(out=Path("sites"), today=dt.date(int(sys.argv[2]), 3, 4), jobs=int(sys.argv[3]))
build_case(Path(sys.argv[1]), wish, Watcher(print, lambda jobs: None))
"""


def built(place: Path, film: Path, zone: str, year: int, jobs: int) -> dict[str, str]:
    """Hashes of all media of both editions, built in a place, a time zone and a year."""
    place.mkdir(parents=True)
    ash = family(place / "ash", film)
    copy = ash.directory / "1-tea" / "film.mp4"
    then = time.mktime((year, 3, 4, 5, 6, 7, 0, 0, -1))
    os.utime(copy, (then, then))
    subprocess.run(
        [sys.executable, "-c", BUILD, "ash", str(year), str(jobs)],
        cwd=place,
        env={**os.environ, "TZ": zone, "SOURCE_DATE_EPOCH": str(year)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = sorted((place / "sites").rglob("media/*"))
    return {
        str(file.relative_to(place)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in found
    }


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A counted film whose sound has to be levelled."""
    plain: Counted = counted_film(tmp_path / "plain.mp4", "30000/1001", 4)
    run_ffmpeg(
        *("-i", str(plain.path), "-f", "lavfi", "-i", f"aevalsrc='0.05*({VOICE})':s=44100:d=4"),
        *("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", str(tmp_path / "film.mp4")),
    )
    return tmp_path / "film.mp4"


def test_two_folders_time_zones_and_years(tmp_path: Path, film: Path) -> None:
    """Also with one encode at a time and with three at once."""
    one = built(tmp_path / "here", film, "Asia/Tokyo", 2026, 1)
    other = built(tmp_path / "some where" / "else", film, "America/Lima", 2041, 3)
    assert len(one) == 12
    assert one == other
