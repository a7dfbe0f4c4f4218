"""A folder with a case and all that was made of it, put back as it was for every test."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, need
from tests.helpers.command_line import Done, run_command
from tests.helpers.families import Family
from tests.helpers.film_traces import frames_below, words_below


@dataclass(frozen=True)
class World:
    """A folder with a case, its sites, packs and contact sheets."""

    root: Path

    @property
    def family(self) -> Family:
        return Family(self.root / "cases" / "ash")

    @property
    def film(self) -> Path:
        return self.family.directory / "1-tea" / "film.mp4"

    def run(self, *arguments: object, around: tuple[str, ...] = ()) -> Done:
        return run_command(arguments, self.root, {"COLUMNS": "140"}, around)

    def begun(self, *arguments: object) -> subprocess.Popen[bytes]:
        """A command that is under way."""
        return subprocess.Popen(
            [sys.executable, "-m", "vigsite", *map(str, arguments)],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def withdraw(self, target: str = "1-tea/looks", around: tuple[str, ...] = ()) -> Done:
        return self.run("withdraw", "cases/ash", target, "--do", around=around)

    def build(self) -> Done:
        return self.run("build", "cases/ash", "--draft", "--edition", "review")

    def frames(self) -> dict[int, list[str]]:
        """The frames of the film that can be seen anywhere but in the film."""
        return frames_below(self.root, {self.film})

    def words(self) -> list[str]:
        """Where anything that was said of 1-tea/looks can be read, but in the notes."""
        notes = set(self.family.directory.rglob("*.yml"))
        return words_below(self.root, [b"Ash looks up", b"I waited."], notes)

    def tree(self) -> dict[str, tuple[int, int]]:
        return {
            str(path): (path.lstat().st_mtime_ns, path.lstat().st_size)
            for path in self.root.rglob("*")
        }

    def kept_aside(self) -> tuple[Path, Path]:
        """A copy beside it, and where it has to be put back to: records know their place."""
        copy = self.root.with_name("kept")
        shutil.copytree(self.root, copy, symlinks=True)
        return copy, self.root

    @classmethod
    @contextlib.contextmanager
    def as_kept(cls, copy: Path, root: Path) -> Iterator[World]:
        """The world as it was kept aside."""
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(copy, root, symlinks=True)
        yield cls(root)
        shutil.rmtree(root, ignore_errors=True)


def strace(*inject: str) -> tuple[str, ...]:
    need("strace", shutil.which("strace") is not None)
    rules = (part for rule in inject for part in ("-e", f"inject={rule}"))
    return ("strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=unlink,unlinkat,rmdir", *rules)
