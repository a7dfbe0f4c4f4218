"""The fault matrix: whatever goes wrong, last week's site stays whole and one sentence helps.

Each row is one fault. It says how the fault comes about, how the command ends, and words that its
sentence must hold: what is concerned, and what to do. After the fault is gone, the next run brings
the new site and leaves no temporary file.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import need
from tests.faults.ffmpegs import stub
from tests.faults.scene import Scene, command
from tests.faults.strace import Point, injecting, need_strace
from tests.films import run_ffmpeg


@dataclass
class Wrong:
    """What is done differently while the fault lasts."""

    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)


Arrange = Callable[[Scene, Path], AbstractContextManager[Wrong]]


@dataclass(frozen=True)
class Fault:
    """One row."""

    name: str
    arrange: Arrange
    says: Sequence[str]
    """Words that must be in what is said."""
    status: int = 1


def work(stage: Scene) -> list[str]:
    return command(*stage.work)


@contextlib.contextmanager
def mounted(*arguments: str) -> Iterator[None]:
    """Something mounted, where that is allowed."""
    place = arguments[-1]
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    need("the right to mount (root)", done.returncode == 0)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextlib.contextmanager
def full_disk(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
    """The sites lie on a disk that has room for the old ones and half a new one."""
    sites, saved = stage.root / "sites", stage.root / "sites-saved"
    sites.rename(saved)
    sites.mkdir()
    size = sum(path.stat().st_size for path in saved.rglob("*") if path.is_file())
    with mounted("-t", "tmpfs", "-o", f"size={int(size * 1.5)}", "none", str(sites)):
        subprocess.run(["cp", "-a", f"{saved}/.", str(sites)], check=True)
        yield Wrong(work(stage))
        assert set(stage.whole().values()) == {"old"}
    sites.rmdir()
    saved.rename(sites)


@contextlib.contextmanager
def read_only(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
    sites = str(stage.root / "sites")
    with mounted("--bind", sites, sites):
        subprocess.run(["mount", "-o", "remount,ro,bind", sites], check=True)
        yield Wrong(work(stage))


@contextlib.contextmanager
def largest_file(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
    yield Wrong(["sh", "-c", 'ulimit -f 24; exec "$@"', "sh", *work(stage)])


def struck(call: str, number: int, fault: str, path: str = "", *, onwards: bool = False) -> Arrange:
    """A system call that fails, on one file or folder of the scene if it is named."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        need_strace()
        only = stage.root / path if path else None
        yield Wrong(injecting(work(stage), Point(call, number, fault, onwards, only)))

    return arrange


def with_ffmpeg(does: str) -> Arrange:
    """A program in ffmpeg's place."""

    @contextlib.contextmanager
    def arrange(stage: Scene, tmp: Path) -> Iterator[Wrong]:
        said = does.replace("{case}", str(stage.case.directory))
        yield Wrong(work(stage), stub(tmp, said))

    return arrange


def meanwhile(does: str) -> Arrange:
    """Something that happens while the work is under way; ffmpeg itself is the real one."""
    happens = with_ffmpeg(f'{does}\nexec "{{real}}" "$@"')

    @contextlib.contextmanager
    def arrange(stage: Scene, tmp: Path) -> Iterator[Wrong]:
        film = stage.case.directory / "1-tea" / "film.mp4"
        kept = film.read_bytes()
        with happens(stage, tmp) as wrong:
            yield wrong
        film.write_bytes(kept)

    return arrange


def written(file: str, old: str, new: str) -> Arrange:
    """Another text in a file of the case."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        path = stage.case.directory / file
        kept = path.read_bytes()
        stage.case.change(file, old, new)
        yield Wrong(work(stage))
        path.write_bytes(kept)

    return arrange


def film(make: Callable[[Path], None]) -> Arrange:
    """Another recording in the place of the film."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        path = stage.case.directory / "1-tea" / "film.mp4"
        kept = path.with_name("kept")
        path.rename(kept)
        make(path)
        yield Wrong(work(stage))
        path.unlink(missing_ok=True)
        kept.rename(path)

    return arrange


def silent_dark(path: Path) -> None:
    run_ffmpeg("-f", "lavfi", "-i", "sine=duration=3", "-c:a", "aac", str(path))


def variables(**given: str) -> Arrange:
    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        yield Wrong(work(stage), given)

    return arrange


@contextlib.contextmanager
def two_at_once(stage: Scene, tmp: Path) -> Iterator[Wrong]:
    slow = stub(tmp, 'sleep 6\nexec "{real}" "$@"')
    first = subprocess.Popen(
        work(stage), cwd=stage.root, env={**os.environ, **slow}, stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    lock = stage.case.directory / ".vigsite" / "tmp"
    for _ in range(200):
        if lock.is_dir() and any(lock.iterdir()):
            break
        time.sleep(0.05)
    yield Wrong(work(stage))
    first.kill()
    first.wait()


def another_place(*arguments: str) -> Arrange:
    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        yield Wrong(command(*stage.work, *arguments))

    return arrange


@contextlib.contextmanager
def inside_a_site(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
    """The case lies where its own site would be put."""
    inner = stage.root / "sites" / "ash" / "other" / "ash"
    inner.parent.mkdir(parents=True)
    stage.case.directory.rename(inner)
    yield Wrong(command("build", "sites/ash/other/ash", "--out", "sites/ash/other/ash/.."))
    inner.rename(stage.case.directory)
    inner.parent.rmdir()


DISK = [
    Fault("the disk is full", full_disk, ["sites/ash", "disk is full", "make room"]),
    Fault("files may not grow", largest_file, ["."]),
    Fault("the film cannot be read", struck("read", 1, "error=EIO", "cases/ash/1-tea/film.mp4", onwards=True), ["film.mp4", "Input/output error"]),
    Fault("what was written cannot be flushed", struck("fsync", 9, "error=EIO", onwards=True), ["Could not", "failing"]),
    Fault("a place that can only be read", read_only, ["sites/ash", "can only be read", "choose another"]),
    Fault("a link between two disks", struck("rename", 1, "error=EXDEV", onwards=True), ["Could not"]),
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
    Fault("a moment past the end", written("1-tea/cycle.yml", "0:02.5", "9:02.5"), ["cycle.yml:", "film.mp4 lasts"], 2),
    Fault("a moment before the beginning", written("1-tea/cycle.yml", "0:02.5", "-0:02.5"), ["cycle.yml:"], 2),
]  # fmt: skip
PROGRAMS = [
    Fault("no ffmpeg", variables(VIGSITE_FFMPEG="/nowhere/ffmpeg"), ["VIGSITE_FFMPEG", "no such program"]),
    Fault("no ffmpeg at all, as it answers nothing", variables(VIGSITE_FFMPEG="true"), ["vigsite doctor"]),
    Fault("an ffmpeg that crashes", with_ffmpeg("kill -SEGV $$"), ["film.mp4", "ffmpeg ended with status"]),
    Fault("an ffmpeg that makes nothing", with_ffmpeg("exit 0"), ["film.mp4"]),
    Fault("an ffmpeg that makes too little", with_ffmpeg('for a in "$@"; do shift; [ "$a" = 20 ] && a=9; set -- "$@" "$a"; done; exec "{real}" "$@"'), ["film.mp4", "9 frames instead of 20"]),
    Fault("an ffmpeg that knows no x264", with_ffmpeg('for a in "$@"; do shift; [ "$a" = libx264 ] && a=nothing; set -- "$@" "$a"; done; exec "{real}" "$@"'), ["film.mp4", "ffmpeg ended"]),
    Fault("two builds at once", two_at_once, ["another vigsite is at work", "Wait"]),
]  # fmt: skip
PLACES = [
    Fault(
        "sites inside the case",
        another_place("--out", "cases/ash"),
        ["inside one another", "--out"],
        2,
    ),
    Fault("the case inside its site", inside_a_site, ["inside one another", "--out"], 2),
]


@pytest.mark.parametrize("fault", [*DISK, *FILMS, *PROGRAMS, *PLACES], ids=lambda fault: fault.name)
def test_the_old_site_stays_and_a_sentence_helps(
    fault: Fault, stage: Scene, tmp_path: Path
) -> None:
    with fault.arrange(stage, tmp_path) as wrong:
        done = stage.run(wrong.command, **wrong.variables)
        assert done.status == fault.status, done
        for words in fault.says:
            assert words in done.err
        if fault.name != "the disk is full":
            assert set(stage.whole().values()) == {"old"}
    stage.repaired()


HARMLESS = [
    Fault("the clock goes back", variables(FAKETIME="-400d", LD_PRELOAD="faketime"), [], 0),
    Fault("the locale is C", variables(LC_ALL="C", PYTHONUTF8="0"), [], 0),
    Fault("a drive that cannot flush", struck("fsync", 1, "error=EINVAL", onwards=True), [], 0),
    Fault("notes edited meanwhile", meanwhile('sed -i "s/A warm smile/Another smile/" "{case}/1-tea/cycle.yml"'), [], 0),
]  # fmt: skip


@pytest.mark.parametrize("fault", HARMLESS[1:], ids=lambda fault: fault.name)
def test_what_does_no_harm_brings_the_new_site(fault: Fault, stage: Scene, tmp_path: Path) -> None:
    before = (stage.case.directory / "1-tea" / "cycle.yml").read_bytes()
    with fault.arrange(stage, tmp_path) as wrong:
        done = stage.run(wrong.command, **wrong.variables)
    assert done.status == 0, done
    assert set(stage.whole().values()) == {"new"}
    (stage.case.directory / "1-tea" / "cycle.yml").write_bytes(before)
    stage.repaired()


@pytest.mark.parametrize("damage", ["flipped", "emptied"])
def test_a_damaged_cache_is_made_again(damage: str, stage: Scene) -> None:
    stage.repaired()
    for clip in stage.case.directory.rglob("cache/*/clip.mp4"):
        raw = bytearray(clip.read_bytes())
        raw[len(raw) // 2] ^= 1
        clip.write_bytes(b"" if damage == "emptied" else bytes(raw))
    subprocess.run(["rm", "-r", str(stage.root / "sites")], check=True)
    stage.repaired()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after_s", [0.3, 0.6, 0.9, 1.2])
def test_told_to_end_at_any_stage(sent: signal.Signals, after_s: float, stage: Scene) -> None:
    process = subprocess.Popen(
        work(stage), cwd=stage.root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    time.sleep(after_s)
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    whole = set(stage.whole().values())
    assert "torn" not in whole
    if process.returncode == 0:
        assert whole == {"new"}
    else:
        assert process.returncode in (130, -sent), err
    stage.repaired()
