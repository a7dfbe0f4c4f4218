"""A case with a site from last week, about to be built anew: what every fault is tried on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.families import Family, family
from vigsite.fingerprint import sha256
from vigsite.records import files_of

Site = dict[str, str]
"""SHA-256 of each file of a published place, by address."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    err: str


def command(*arguments: str) -> list[str]:
    """vigsite, as it is started; it hears Ctrl-C even if whoever runs the tests does not."""
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    return [sys.executable, "-c", f"{hears}from vigsite.__main__ import main; main()", *arguments]


@dataclass
class Scene:
    """A folder with a case, its sites as they were, and what they become without a fault."""

    root: Path
    work: tuple[str, ...]
    """The command that a fault meets, as vigsite's arguments."""
    published: tuple[str, ...]
    """The places that must stay whole, below `root`."""
    old: dict[str, Site] = field(default_factory=dict)
    new: dict[str, Site] = field(default_factory=dict)

    @property
    def case(self) -> Family:
        """The case."""
        return Family(self.root / "cases" / "ash")

    @property
    def _saved(self) -> Path:
        return self.root.with_name(f"{self.root.name}-saved")

    def prepare(self, *before: Sequence[str]) -> None:
        """Publishes, changes a picture and a word, and remembers old and new."""
        for arguments in before:
            done = self.run(command(*arguments))
            assert done.status == 0, done.err
        self.old = self.sites()
        self.case.change("1-tea/cycle.yml", "0:01.0 - 0:02.0", "0:01.0 - 0:01.8")
        self.case.change("1-tea/cycle.yml", "title: A smile", "title: A warm smile")
        shutil.copytree(self.root, self._saved, symlinks=True)
        done = self.run(command(*self.work))
        assert done.status == 0, done.err
        self.new = self.sites()
        assert all(self.new[place] != self.old[place] for place in self.published)
        self.restore()

    def restore(self) -> None:
        """Everything as it was before the work began."""
        for entry in self.root.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        shutil.copytree(self._saved, self.root, symlinks=True, dirs_exist_ok=True)

    def run(self, command: Sequence[str], **variables: str) -> Ended:
        """Runs a command in the scene's folder."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stderr)

    def sites(self) -> dict[str, Site]:
        """What is published now."""
        return {place: _hashes(self.root / place) for place in self.published}

    def whole(self) -> dict[str, str]:
        """Of each published place whether it is old or new, also when it was just swapped out."""
        found = {}
        for place in self.published:
            target = self.root / place
            here = target if target.exists() else target.with_name(f".{target.name}.old")
            there = _hashes(here)
            found[place] = (
                "old" if there == self.old[place] else "new" if there == self.new[place] else "torn"
            )
        return found

    def left_over(self) -> list[str]:
        """Temporary files and folders that nobody cleaned up."""
        hidden = [path for path in self.root.rglob(".*") if path.name not in KNOWN]
        scratch = (self.case.directory / ".vigsite" / "tmp").glob("*")
        return sorted(path.relative_to(self.root).as_posix() for path in {*hidden, *scratch})

    def repaired(self, **variables: str) -> None:
        """The next run, without a fault, brings the new and leaves nothing over."""
        done = self.run(command(*self.work), **variables)
        assert done.status == 0, done.err
        assert self.sites() == self.new
        assert self.left_over() == []


KNOWN = {".vigsite", ".vigsite.json"}


def _hashes(place: Path) -> Site:
    if place.is_file():
        return {place.name: sha256(place)}
    return files_of(place) if place.is_dir() else {}


def scene(root: Path, film: Path) -> Scene:
    """A case with its two sites, in draft quality."""
    family(root / "cases" / "ash", film)
    made = Scene(
        root, ("build", "cases/ash", "--draft"), ("sites/ash/review", "sites/ash/keepsake")
    )
    made.prepare(("build", "cases/ash", "--draft"))
    return made
