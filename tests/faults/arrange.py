"""How the faults of the matrix come about. Each is put right when its `with` ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import need
from tests.faults.ffmpegs import stub
from tests.faults.forks import Ended
from tests.faults.scene import Scene, command
from tests.faults.strace import Point, need_strace
from tests.helpers.counted_films import run_ffmpeg

FILM = "cases/ash/1-tea/film.mp4"


@dataclass
class Wrong:
    """What is done differently while the fault lasts."""

    variables: dict[str, str] = field(default_factory=dict)
    strace: Sequence[str] = ()
    arguments: Sequence[str] | None = None
    """Another command than the scene's work."""
    before: Sequence[str] | None = None
    """Words before the command, which then starts as a process of its own."""

    def run(self, stage: Scene) -> Ended:
        """Runs the command while the fault lasts."""
        if self.before is not None:
            for program in self.before[:1]:
                need(program, shutil.which(program) is not None)
            return stage.started(self.before, self.arguments or stage.work, **self.variables)
        return stage.run(self.arguments, self.strace, **self.variables)


Arrange = Callable[[Scene, Path], AbstractContextManager[Wrong]]


def wrong(**differently: object) -> Arrange:
    """Nothing but another way to run it; the fields of Wrong."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        yield Wrong(**differently)  # type: ignore[arg-type]  # fields of Wrong

    return arrange


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


def full_disk(folder: str, free_kb: int) -> Arrange:
    """A folder lies on a disk that has room for what is there, and little besides."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        place, saved = stage.root / folder, stage.root / "saved"
        place.rename(saved)
        place.mkdir()
        there = sum(-(-path.lstat().st_size // 4096) * 4 for path in saved.rglob("*"))
        with mounted("-t", "tmpfs", "-o", f"size={there + free_kb}k", "none", str(place)):
            subprocess.run(["cp", "-a", f"{saved}/.", str(place)], check=True)
            yield Wrong()
        place.rmdir()
        saved.rename(place)

    return arrange


@contextlib.contextmanager
def read_only(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
    """The sites lie where nothing can be written."""
    sites = str(stage.root / "sites")
    with mounted("--bind", sites, sites):
        subprocess.run(["mount", "-o", "remount,ro,bind", sites], check=True)
        yield Wrong()


def struck(
    call: str,
    number: int,
    fault: str,
    path: str = "",
    *,
    onwards: bool = True,
    everywhere: bool = False,
) -> Arrange:
    """A system call that fails, on one file or folder of the scene if it is named."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        need_strace()
        only = stage.root / path if path else None
        yield Wrong(strace=Point(call, number, fault, onwards, only, everywhere).options)

    return arrange


def with_ffmpeg(does: str, **variables: str) -> Arrange:
    """A program in ffmpeg's place."""

    @contextlib.contextmanager
    def arrange(stage: Scene, tmp: Path) -> Iterator[Wrong]:
        said = does.replace("{case}", str(stage.case.directory))
        yield Wrong({**stub(tmp, said), **variables})

    return arrange


def meanwhile(does: str) -> Arrange:
    """Something that happens while the work is under way; ffmpeg itself is the real one."""
    return kept(with_ffmpeg(f'{does}\nexec "{{real}}" "$@"'), FILM)


def kept(arrange: Arrange, *files: str) -> Arrange:
    """The same, with these files put back afterwards."""

    @contextlib.contextmanager
    def around(stage: Scene, tmp: Path) -> Iterator[Wrong]:
        before = {name: (stage.root / name).read_bytes() for name in files}
        with arrange(stage, tmp) as differently:
            yield differently
        for name, content in before.items():
            (stage.root / name).write_bytes(content)

    return around


def written(file: str, *changes: tuple[str, str]) -> Arrange:
    """Other texts in a file of the case."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        for old, new in changes:
            stage.case.change(file, old, new)
        yield Wrong()

    return kept(arrange, f"cases/ash/{file}")


def film(make: Callable[[Path], None]) -> Arrange:
    """Another recording in the place of the film."""

    @contextlib.contextmanager
    def arrange(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
        path = stage.root / FILM
        aside = path.with_name("aside")
        path.rename(aside)
        make(path)
        yield Wrong()
        path.unlink(missing_ok=True)
        aside.rename(path)

    return arrange


def silent_dark(path: Path) -> None:
    """A film with sound and no picture."""
    run_ffmpeg("-f", "lavfi", "-i", "sine=duration=3", "-c:a", "aac", str(path))


@contextlib.contextmanager
def twins(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
    """Films whose names differ in case, or in how an accent is written, and nothing else.

    One of them has the name of a device on Windows.
    """
    folder, cycle = stage.case.directory / "1-tea", "1-tea/cycle.yml"
    accent = unicodedata.normalize("NFC", "Été.mp4")
    names = [accent, unicodedata.normalize("NFD", accent), "été.mp4", "CON.mp4", "con.mp4"]
    for name in names[1:]:
        run_ffmpeg("-f", "lavfi", "-i", "color=red:size=64x48:duration=4", str(folder / name))
    (folder / "film.mp4").rename(folder / accent)
    need("a disk that tells such names apart", len(list(folder.glob("*.mp4"))) == len(names))
    others = "".join(f"  other-{n}: {{file: {name}}}\n" for n, name in enumerate(names[1:]))
    stage.case.change(cycle, "{file: film.mp4, shows: [ash, dad, nan]}\n",
                      f"{{file: {accent}, shows: [ash, dad, nan]}}\n{others}")  # fmt: skip
    for line in ("clip: ", "still: 0:02.5", "still: 0:03.0"):
        stage.case.change(
            cycle, line, f"of: film\n    {line}" if line == "clip: " else f"of: film, {line}"
        )
    yield Wrong()
    (folder / accent).rename(folder / "film.mp4")
    for name in names[1:]:
        (folder / name).unlink()


@contextlib.contextmanager
def two_at_once(stage: Scene, tmp: Path) -> Iterator[Wrong]:
    """Another build of the same case is at work, until the fault is over."""
    slow = stub(tmp, f'touch "{tmp}/begun"; exec sleep 600')
    first = subprocess.Popen(
        command(*stage.work), cwd=stage.root, env={**os.environ, **slow},
        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while not (tmp / "begun").exists():
        assert first.poll() is None, "the first one ended"
        time.sleep(0.02)
    yield Wrong()
    os.killpg(first.pid, 9)
    first.wait()


@contextlib.contextmanager
def inside_a_site(stage: Scene, _tmp: Path) -> Iterator[Wrong]:
    """The case lies where its own site would be put."""
    inner = stage.root / "sites" / "ash" / "other" / "ash"
    inner.parent.mkdir(parents=True)
    stage.case.directory.rename(inner)
    yield Wrong(arguments=("build", "sites/ash/other/ash", "--out", "sites/ash/other/ash/.."))
    inner.rename(stage.case.directory)
    inner.parent.rmdir()
