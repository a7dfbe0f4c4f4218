"""What vigsite remembers of a case between runs, in its `.vigsite/`: built sites and a lock."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import filelock

from vigsite.case.fields import Edition
from vigsite.errors import Busy
from vigsite.media.library import identity, sha256
from vigsite.publish import could_not, private_folder, write_whole


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was built from the case."""

    path: str
    """Where it lies, relative to the case directory where that is possible."""
    edition: str
    stamp: str
    """Hash over everything it was made from."""
    files: dict[str, str]
    """SHA-256 of every file, by address."""
    moments: dict[str, list[str]]
    """Who can be recognised in each moment it holds."""


@dataclass(frozen=True, slots=True)
class Records:
    """The `.vigsite/` folder of one case."""

    case_dir: Path

    @property
    def folder(self) -> Path:
        """`.vigsite/` itself."""
        return self.case_dir / ".vigsite"

    @property
    def scratch(self) -> Path:
        """For temporary files; swept at the start of every run."""
        return self.folder / "tmp"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other runs away from this case. Raises Busy when one is at work."""
        try:
            private_folder(self.folder)
        except OSError as error:
            raise could_not("write", self.folder, error) from error
        lock = filelock.FileLock(self.folder / "lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            raise Busy(
                f"{self.case_dir.name}: another vigsite is at work on this case. "
                "Wait until it is done, then run this again."
            ) from None
        except OSError as error:
            raise could_not("write", self.folder, error) from error
        try:
            yield
        finally:
            lock.release()

    def sites(self) -> list[Site]:
        """Every site that was built from the case and not taken away since."""
        try:
            read = json.loads((self.folder / "sites.json").read_text("utf-8"))
            return [Site(**entry) for entry in read]
        except (OSError, ValueError, TypeError):
            return []

    def keep_sites(self, sites: list[Site]) -> None:
        """Remembers these sites instead."""
        text = json.dumps([asdict(site) for site in sites], indent=1, sort_keys=True)
        write_whole(self.folder / "sites.json", text)

    def remember(self, site: Site) -> None:
        """Remembers a site in the place of one of the same path."""
        others = [other for other in self.sites() if other.path != site.path]
        self.keep_sites([*others, site])

    def forget(self, site: Site) -> None:
        """Forgets a site that was taken away."""
        self.keep_sites([other for other in self.sites() if other.path != site.path])

    def place(self, target: Path) -> str:
        """How the path of a site is remembered."""
        try:
            return Path(os.path.relpath(target, self.case_dir)).as_posix()
        except ValueError:  # another drive on Windows
            return str(target)

    def target(self, site: Site) -> Path:
        """Where a site lies."""
        return Path(os.path.normpath(self.case_dir / site.path))

    def ffmpeg_version(self, program: str, ask: Callable[[str], str]) -> str:
        """ffmpeg's version, asked for once per program file."""
        file = self.folder / "ffmpeg.json"
        key = f"{program}:{identity(Path(program))}"
        try:
            known = json.loads(file.read_text("utf-8"))
            if isinstance(found := known.get(key), str):
                return found
        except (OSError, ValueError, AttributeError):
            pass
        found = ask(program)
        write_whole(file, json.dumps({key: found}))
        return found


def files_of(site: Path) -> dict[str, str]:
    """SHA-256 of every file below `site`, by address."""
    return {
        path.relative_to(site).as_posix(): sha256(path)
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def edition_of(site: Site) -> Edition | None:
    """The edition a remembered site is of; None when this version knows no such edition."""
    try:
        return Edition(site.edition)
    except ValueError:
        return None
