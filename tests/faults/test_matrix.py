"""The fault matrix: whatever goes wrong, last week's site stays whole and one sentence helps.

Each row is one fault. It says how the fault comes about, how the command ends, and words that its
sentence must hold: what is concerned, and what to do. After the fault is gone, the next run brings
the new site and leaves no temporary file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.arrange import (
    FILM,
    Arrange,
    film,
    full_disk,
    inside_a_site,
    kept,
    meanwhile,
    read_only,
    silent_dark,
    struck,
    twins,
    two_at_once,
    with_ffmpeg,
    written,
    wrong,
)
from tests.faults.scene import Scene
from tests.faults.scenes import KEEPSAKE

YAML = "cases/ash/1-tea/cycle.yml"
LONG = "👩‍👧 " * 75


@dataclass(frozen=True)
class Fault:
    """One row."""

    name: str
    arrange: Arrange
    says: Sequence[str] = ()
    """Words that must be in what is said."""
    status: int = 1
    of: str = "build"
    """The command that meets it."""
    then: Sequence[str] = ("old",)
    """What is there afterwards."""

    def __str__(self) -> str:
        return self.name


def swapped(argument: str, other: str) -> str:
    """ffmpeg, with one argument swapped for another."""
    return (
        f'for a in "$@"; do shift; [ "$a" = {argument} ] && a={other}; set -- "$@" "$a"; done; '
        'exec "{real}" "$@"'
    )


DISK = [
    Fault("the disk is full", full_disk("sites", 200), ["sites/ash", "disk is full", "make room"]),
    Fault("the disk is full while packing", full_disk("packs", 300), ["packs/ash", "disk is full", "make room"], of="pack"),
    Fault("the disk is full while hosting", full_disk("web", 40), ["disk is full", "make room"], of="host", then=("new", "old")),
    Fault("files may not grow", wrong(before=["sh", "-c", 'ulimit -f 48; exec "$@"', "sh"]), ["film.mp4", "size may not be written here"]),
    Fault("the film cannot be read", struck("read", 1, "error=EIO", FILM, everywhere=True), ["film.mp4", "failing", "another"]),
    Fault("what was written cannot be flushed", struck("fsync", 9, "error=EIO"), ["Could not", "failing", "another"]),
    Fault("a place that can only be read", read_only, ["sites/ash", "can only be read", "choose another"]),
    Fault("a link between two disks", struck("rename", 1, "error=EXDEV"), ["Could not", "choose one on this computer"]),
    Fault("a file that another program holds", struck("rename", 5, "error=EACCES"), ["Could not", "Close programs"]),
    Fault("the old site cannot be deleted", struck("unlinkat", 1, "error=EACCES", "sites/ash/.review.old"), [".review.old", "Close programs"], then=("new", "old")),
    Fault("a site cannot be deleted though a moment is withdrawn", struck("rmdir", 1, "error=EACCES"), ["Could not delete", "Close programs"], of="withdraw", then=("new", "old")),
]  # fmt: skip
FILMS = [
    Fault("a film of no length", film(Path.touch), ["film.mp4"], 2),
    Fault("a film without pictures", film(silent_dark), ["film.mp4"], 2),
    Fault("a film that is gone", film(lambda path: None), ["film.mp4"], 2),
    Fault("a film cut short meanwhile", meanwhile('truncate -s 20000 "{case}/1-tea/film.mp4"'), ["film.mp4", "changed"]),
    Fault("a film replaced meanwhile, size and time the same",
          meanwhile('cd "{case}/1-tea"; touch -r film.mp4 t; head -c "$(stat -c%s film.mp4)" /dev/zero >film.mp4; touch -r t film.mp4; rm t'),
          ["film.mp4"]),
    Fault("a film that vanishes meanwhile", meanwhile('rm -f "{case}/1-tea/film.mp4"'), ["film.mp4"]),
    Fault("a moment past the end", written("1-tea/cycle.yml", ("0:02.5", "9:02.5")), ["cycle.yml:", "film.mp4 lasts"], 2),
    Fault("a moment before the beginning", written("1-tea/cycle.yml", ("0:02.5", "-0:02.5")), ["cycle.yml:"], 2),
    Fault("a name that no disk can hold", written("1-tea/cycle.yml", ("film.mp4", "f" * 300 + ".mp4")), ["cycle.yml:"], 2),
    Fault("a name of a device", written("1-tea/cycle.yml", ("film.mp4", "CON.mp4")), ["cycle.yml:", "CON.mp4"], 2),
]  # fmt: skip
PROGRAMS = [
    Fault("no ffmpeg", wrong(variables={"VIGSITE_FFMPEG": "/nowhere/ffmpeg"}), ["VIGSITE_FFMPEG", "no such program"]),
    Fault("no ffmpeg at all, as it answers nothing", wrong(variables={"VIGSITE_FFMPEG": "true"}), ["vigsite doctor"]),
    Fault("an older ffmpeg", with_ffmpeg('case "$*" in *-fps_mode*|*-xerror*) echo "Unrecognized option \'fps_mode\'." >&2; exit 1;; esac'), ["film.mp4", "fps_mode", "vigsite doctor"]),
    Fault("an ffmpeg that knows no x264", with_ffmpeg(swapped("libx264", "nothing")), ["film.mp4", "vigsite doctor"]),
    Fault("an ffmpeg that hangs", with_ffmpeg("exec sleep 600", TEST_HASTE="2000"), ["film.mp4", "seconds and was ended"]),
    Fault("an ffmpeg that crashes", with_ffmpeg("kill -SEGV $$"), ["film.mp4", "ffmpeg ended with status", "vigsite doctor"]),
    Fault("an ffmpeg that makes nothing", with_ffmpeg("exit 0"), ["film.mp4"]),
    Fault("an ffmpeg that makes too little", with_ffmpeg(swapped("20", "9")), ["film.mp4", "9 frames instead of 20"]),
    Fault("two builds at once", two_at_once, ["another vigsite is at work", "Wait"]),
    Fault("no memory is left", struck("mmap", 1, "error=ENOMEM"), ["memory", "Close"]),
    Fault("the clock fell back", wrong(before=["faketime", "-f", "-30d"]), ["clock", "Set the clock right"]),
    Fault("the clock fell back to 1970", wrong(before=["faketime", "1970-01-02"]), ["clock", "Set the clock right"]),
    Fault("a moment is withdrawn while the clock is wrong", wrong(before=["faketime", "-f", "-400d"]), ["clock", "Set the clock right"], of="withdraw"),
]  # fmt: skip
PLACES = [
    Fault("sites inside the case", wrong(arguments=("build", "cases/ash", "--out", "cases/ash")), ["inside one another", "--out"], 2),
    Fault("the case inside its site", inside_a_site, ["inside one another", "--out"], 2),
    Fault("a place whose name is too long", wrong(arguments=("build", "cases/ash", "--out", "o" * 300)), ["name is too long", "choose a shorter"]),
]  # fmt: skip
HARMLESS = [
    Fault("the locale is C", wrong(before=[], variables={"LC_ALL": "C", "PYTHONUTF8": "0"}), status=0, then=("new",)),
    Fault("a drive that cannot flush", struck("fsync", 1, "error=EINVAL", everywhere=True), status=0, then=("new",)),
    Fault("a virus scanner holds a file for a moment", struck("rename", 3, "error=EACCES", onwards=False), status=0, then=("new",)),
    Fault("notes edited meanwhile", kept(meanwhile(f'sed -i "s/A warm smile/Another smile/" "{{case}}/../../{YAML}"'), YAML), status=0, then=("new",)),
    Fault("names that differ in case and accents alone", kept(twins, YAML), status=0, then=("new",)),
]  # fmt: skip


@pytest.mark.parametrize("fault", [*DISK, *FILMS, *PROGRAMS, *PLACES, *HARMLESS], ids=str)
def test_the_old_site_stays_and_a_sentence_helps(
    fault: Fault, scene_of: Callable[[str], Scene], tmp_path: Path
) -> None:
    stage = scene_of(fault.of)
    with fault.arrange(stage, tmp_path) as differently:
        done = differently.run(stage)
        print(done)
        assert done.status == fault.status, done
        for words in fault.says:
            assert words in done.err
        assert set(stage.whole().values()) == set(fault.then)
    stage.mends()


def test_a_clock_that_was_ahead_is_put_right(stage: Scene, tmp_path: Path) -> None:
    """The sentence says how, since nobody can tell which day is the right one."""
    with wrong(before=["faketime", "-f", "+40d"])(stage, tmp_path) as differently:
        done = differently.run(stage)
    assert done.status == 0, done
    refused = stage.run()
    assert refused.status == 1
    said = "was wrong before and is right now, say so: vigsite "
    assert said in refused.err
    right = stage.run(refused.err.strip().partition(said)[2].split())
    assert right.status == 0, right.err
    stage.repaired()


def test_a_long_title_of_faces_is_no_ones_name(stage: Scene) -> None:
    """Files and addresses are neutral and short, whatever people write."""
    stage.case.change("1-tea/cycle.yml", "title: A warm smile", f"title: '{LONG}'")
    done = stage.run()
    assert done.status == 0, done
    now = stage.places()
    assert {place: set(files) for place, files in now.items()} == {
        place: set(files) for place, files in stage.new.items()
    }
    pages = (stage.root / KEEPSAKE).rglob("*.html")
    assert any(LONG.strip() in page.read_text("utf-8") for page in pages)
