"""What a phone writes into its films is in nothing that vigsite makes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.conftest import need
from tests.films import counted_film, run_ffmpeg
from vigsite.case.timecode import Span
from vigsite.media import ffmpeg
from vigsite.media.recipe import FULL, SOURCE, clip_recipe, still_recipe
from vigsite.media.recording import probe
from vigsite.media.shape import Look

PLANTED = [
    "Featherstone",
    "+52.2053+000.1218/",
    "Nokia-3310",
    "2021-03-04",
    "Chapter of the kitchen",
]


def planted_film(folder: Path) -> Path:
    """A film with a place, names, a date, chapters and a picture of its own."""
    plain = counted_film(folder / "plain.mp4", "25", 2).path
    chapters = folder / "chapters.txt"
    chapters.write_text(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=Chapter of the kitchen\n"
    )
    film = folder / "film.mov"
    run_ffmpeg(
        *("-i", str(plain), "-i", str(chapters), "-map", "0", "-map_metadata", "1", "-c", "copy"),
        *("-metadata", "title=Featherstone at home", "-metadata", "artist=Featherstone"),
        *("-metadata", "location=+52.2053+000.1218/", "-metadata", "com.android.model=Nokia-3310"),
        *("-metadata", "creation_time=2021-03-04T05:06:07Z", "-movflags", "use_metadata_tags"),
        str(film),
    )
    raw = film.read_bytes()
    assert all(
        text.encode() in raw for text in ("Featherstone", "Nokia-3310", "Chapter of the kitchen")
    )
    return film


def make_all(film: Path, folder: Path) -> list[Path]:
    recording = probe(film)
    recipes = [
        clip_recipe(recording, recording.cut(Span(200, 800)), Look(), FULL),
        still_recipe(recording, recording.single(500), Look(), FULL),
    ]
    made = []
    for recipe in recipes:
        arguments = [str(film) if a == SOURCE else a for a in recipe.arguments]
        ffmpeg.run(arguments, "The test's cut failed", folder, ffmpeg.Stop(), 60)
        made += [folder / name for name in recipe.names]
    return made


def test_no_byte_of_what_was_planted_comes_through(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    for file in make_all(planted_film(tmp_path), tmp_path / "made"):
        raw = file.read_bytes()
        assert not [
            text for text in PLANTED if text.encode() in raw or text.encode("utf-16-le") in raw
        ]
        assert file.suffix == ".mp4" or b"Lavc" not in raw


def test_exiftool_sees_technical_fields_alone(tmp_path: Path) -> None:
    need("exiftool", shutil.which("exiftool") is not None)
    (tmp_path / "made").mkdir()
    made = make_all(planted_film(tmp_path), tmp_path / "made")
    seen = subprocess.run(
        ["exiftool", "-a", "-G1", "-s", *map(str, made)], capture_output=True, text=True, check=True
    ).stdout
    tags = {line.split("]")[0].strip("[ ") for line in seen.splitlines() if line.startswith("[")}
    assert tags <= {
        "ExifTool",
        "System",
        "File",
        "JFIF",
        "Track1",
        "Track2",
        "QuickTime",
        "Composite",
    }
    assert not [text for text in PLANTED if text in seen]
    dates = [line for line in seen.splitlines() if "Date" in line and "[System]" not in line]
    assert all("0000:00:00 00:00:00" in line for line in dates)
