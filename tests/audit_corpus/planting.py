"""The case whose secrets are planted, what was built from it, and what a plant is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.counted_films import counted_film
from tests.helpers.families import family

SURNAME, DOUBLE, ACCENTED = "Featherstone", "Marlowe-Pettigrew", "Müllerová"
ADDRESS = "17 Bramblewick Lane"
NOTE = "Grandmother hinted that the drinking began again after the court hearing in spring."
AFTERWARDS = "The social worker fears that the placement might break down before summer."
READING = "Gaze avoidant all through, so a referral to the clinic is advised."
QUESTION = "Which of his small signals did you answer without noticing it?"
LEFT_OUT = "Nan tells of the long nights at the hospital"
IDENTIFIER = "quarrel-at-the-kitchen-sink"
RECORDING = "VID_20260201_193322_quarrel.mp4"
PAGE = "cycle-1.html"
CLIP, STILL = "media/cycle-1-moment-1.mp4", "media/cycle-1-moment-2-640.jpg"


@dataclass(frozen=True)
class Built:
    """What is made once: a case and its keepsake as site, pack and zip."""

    case: Path
    review: Path
    site: Path
    pack: Path
    zip: Path


@dataclass(frozen=True)
class Plant:
    """A leak: how it gets into a copy, the file that must be named, and what must be said of it."""

    kind: str
    put: Callable[[Path, Built], str]
    """Puts it into a copy of `of`; the file that a finding must name."""
    of: str = "site"
    """site, pack or zip."""
    says: str = ""
    """A pattern for a finding's `what`."""
    knows: bool = True
    """Whether the case is given; if not, only the thing itself can betray it."""


def built_once(folder: Path) -> Built:
    """Builds and packs the case in draft quality."""
    film = counted_film(folder / "film.mp4", "25", 4).path
    made = family(folder / "ash", None)
    shutil.copyfile(film, made.directory / "1-tea" / RECORDING)
    made.change(
        "case.yml",
        "[Featherstone]",
        f"[{SURNAME}, {DOUBLE}, {ACCENTED}, {ADDRESS}]",
    )
    for old, new in (
        ("file: film.mp4", f"file: {RECORDING}"),
        ("- id: looks", f"- id: {IDENTIFIER}"),
        ("What do you notice?", QUESTION),
        ("Ash leads here.", READING),
        ("Ask K. about the wait in supervision.", NOTE),
        ("Tired that day.", AFTERWARDS),
        ("Nan joins in", LEFT_OUT),
    ):
        made.change("1-tea/cycle.yml", old, new)
    for arguments in (
        ("build", "ash", "--draft"),
        ("pack", "ash", "--draft"),
        ("pack", "ash", "--draft", "--zip"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "vigsite", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    packs = folder / "packs" / "ash"
    [pack] = [one for one in packs.iterdir() if one.is_dir()]
    [zipped] = packs.glob("*.zip")
    sites = folder / "sites" / "ash"
    return Built(made.directory, sites / "review", sites / "keepsake", pack, zipped)


def change(file: Path, old: str, new: str) -> None:
    """Replaces the first of a text that must be there."""
    text = file.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def into_page(html: str) -> Callable[[Path, Built], str]:
    """Puts markup at the end of a page's content."""

    def put(copy: Path, built: Built) -> str:
        change(copy / PAGE, "</main>", f"{html}\n</main>")
        return PAGE

    return put


def new_file(name: str, content: bytes) -> Callable[[Path, Built], str]:
    """Puts a file there that no build makes, or adds to one that is there."""

    def put(copy: Path, built: Built) -> str:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        with (copy / name).open("ab") as file:
            file.write(content)
        return name

    return put
