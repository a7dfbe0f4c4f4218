"""A case with something published last week, about to change: what every fault is tried on."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.forks import LONGEST_S, Ended, Forks
from tests.faults.strace import Point
from tests.helpers.families import Family
from vigsite.files.identity import sha256
from vigsite.records.record import LONE, files_of

Place = dict[str, str]
"""SHA-256 of each file of a published place, by address; of none where nothing is."""
KNOWN = {".vigsite", ".vigsite.json"}
"""Hidden names that are meant to be there."""
MADE_UP = re.compile(rb"\b[0-9a-f]{8}\b|\b[0-9a-f]{12}\b|\d+:\d+:\d+:\d+:\d+")
"""Names of temporary files and identities of files, which differ from run to run."""


def command(*arguments: str) -> list[str]:
    """vigsite, as it is started; it hears Ctrl-C even if whoever runs the tests does not."""
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    return [sys.executable, "-c", f"{hears}from vigsite.__main__ import main; main()", *arguments]


def left_over(root: Path) -> list[str]:
    """Temporary files and folders that nobody cleaned up in a scene's folder."""
    hidden = [path for path in root.rglob(".*") if path.name not in KNOWN]
    scratch = (root / "cases" / "ash" / ".vigsite" / "tmp").glob("*")
    secret = root.glob("*/.vigsite/password-*")
    return sorted(path.relative_to(root).as_posix() for path in {*hidden, *scratch, *secret})


@dataclass
class Scene:
    """A folder with a case, what was published of it, and what that becomes without a fault."""

    root: Path
    forks: Forks
    work: tuple[str, ...]
    """The command that a fault meets, as vigsite's arguments."""
    published: tuple[str, ...]
    """The places that must stay whole, below `root`."""
    stays: tuple[str, ...] = ()
    """Places that are the same before, after and at every instant between."""
    first: str = ""
    """The place that is never old once another is new, if there is such a one."""
    old: dict[str, Place] = field(default_factory=dict)
    new: dict[str, Place] = field(default_factory=dict)
    _always: dict[str, Place] = field(default_factory=dict)
    mended: set[str] = field(default_factory=set)
    """What was left by faults, and mended by the next run."""

    @property
    def case(self) -> Family:
        """The case."""
        return Family(self.root / "cases" / "ash")

    @property
    def _saved(self) -> Path:
        return self.root.with_name(f"{self.root.name}-saved")

    def prepare(self, before: Sequence[Sequence[str]], change: Callable[[], None]) -> None:
        """Publishes, changes something, and remembers old and new."""
        for arguments in before:
            done = self.run(arguments)
            assert done.status == 0, done.err
        self.old = self.places()
        self._always = {place: self.held(self.root / place) for place in self.stays}
        change()
        shutil.copytree(self.root, self._saved, symlinks=True)
        done = self.run()
        assert done.status == 0, done.err
        self.new = self.places()
        assert all(self.new[place] != self.old[place] for place in self.published)
        assert self.left_over() == []
        self.restore()

    def restore(self) -> None:
        """Everything as it was before the work began."""
        for entry in self.root.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        shutil.copytree(self._saved, self.root, symlinks=True, dirs_exist_ok=True)

    def run(
        self,
        arguments: Sequence[str] | None = None,
        strace: Sequence[str] = (),
        **variables: str,
    ) -> Ended:
        """Runs a command in the scene's folder; the work, unless another one is named."""
        return self.forks.run(arguments or self.work, self.root, variables, strace)

    def struck(self, point: Point) -> Ended:
        """Runs the work, which meets a fault at a point."""
        return self.run(strace=point.options)

    def started(self, before: Sequence[str], arguments: Sequence[str], **variables: str) -> Ended:
        """Runs a command from its very start, with other words before it."""
        done = subprocess.run(
            [*before, *command(*arguments)],
            cwd=self.root,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST_S,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stderr, done.stdout)

    def places(self) -> dict[str, Place]:
        """What is published now."""
        return {place: self.held(self.root / place) for place in self.published}

    def held(self, place: Path) -> Place:
        """What lies at a place."""
        if place.is_file():
            return {LONE: sha256(place)}  # whatever it is called while it is swapped
        return files_of(place) if place.is_dir() else {}

    def whole(self) -> dict[str, str]:
        """Of each published place whether it is old or new, also when it was just swapped out."""
        found = {}
        for place in self.published:
            target = self.root / place
            swapped = target.with_name(f".{target.name}.old")
            there = self.held(target if target.exists() or not swapped.exists() else swapped)
            found[place] = (
                "old" if there == self.old[place] else "new" if there == self.new[place] else "torn"
            )
        for place, known in self._always.items():
            assert self.held(self.root / place) == known, f"{place} changed"
        if self.first and found[self.first] == "old":
            assert set(found.values()) == {"old"}, f"{self.first} was not the first: {found}"
        return found

    def left_over(self) -> list[str]:
        """Temporary files and folders that nobody cleaned up."""
        return left_over(self.root)

    def repaired(self, **variables: str) -> None:
        """The next run, without a fault, brings the new and leaves nothing over."""
        done = self.run(**variables)
        assert done.status == 0, done.err
        assert self.places() == self.new
        assert self.left_over() == []

    def mends(self) -> bool:
        """The same, unless the very same was left before and mended; whether it had to run."""
        state = self.state()
        if state in self.mended:
            return False
        self.repaired()
        self.mended.add(state)
        return True

    def state(self) -> str:
        """A hash of all that is in the folder, but for what differs from run to run."""
        digest = hashlib.sha256()
        for path in sorted(self.root.rglob("*")):
            content = b"/" if path.is_dir() else path.read_bytes()
            if path.suffix in (".json", ".part"):
                content = MADE_UP.sub(b"", content)
            name = MADE_UP.sub(b"", os.fsencode(path.relative_to(self.root)))
            digest.update(b"%s %d " % (name, len(content)))
            digest.update(content)
        return digest.hexdigest()
