"""What vigsite remembers of a case between runs, in its `.vigsite/`: built sites and a lock."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import filelock

from vigsite.errors import Busy
from vigsite.media.library import identity, sha256
from vigsite.publish import could_not, parts, private_folder, write_whole

MARKER = ".vigsite.json"
"""Beside the sites of a case: says which case they belong to, naming nobody."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was built from the case."""

    path: str
    """Where it lies, absolute."""
    relative: str
    """Where it lies as seen from the case, for when both were moved together."""
    edition: str
    stamp: str
    """Hash over everything it was made from."""
    files: dict[str, str]
    """SHA-256 of every file, by address."""
    moments: dict[str, list[str]]
    """Who can be recognised in each moment it holds."""

    def is_at(self, target: Path) -> bool:
        """Whether the folder there still is this site: whether it holds a clip or still of it."""
        return any(
            (target / name).is_file() and sha256(target / name) == known
            for name, known in self.files.items()
            if name.endswith((".mp4", ".jpg"))
        )


@dataclass(frozen=True, slots=True)
class Records:
    """The `.vigsite/` folder of one case."""

    case_dir: Path
    """Its real, absolute path."""

    @property
    def folder(self) -> Path:
        """`.vigsite/` itself."""
        return self.case_dir / ".vigsite"

    @property
    def scratch(self) -> Path:
        """For temporary files; swept at the start of every run."""
        return self.folder / "tmp"

    @property
    def contact_sheets(self) -> Path:
        """For frames to choose a still from; for the practitioner alone."""
        return self.folder / "contact-sheets"

    def half_written(self) -> list[Path]:
        """Files that a killed run did not finish, in `.vigsite/` and beside the case's own."""
        return [*parts(self.folder, below=True), *parts(self.case_dir)]

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other runs away from this case. Raises Busy when one is at work."""
        try:
            private_folder(self.folder)
            lock = filelock.FileLock(self.folder / "lock", mode=0o600)
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
        """Every site that was built from the case and not taken away since.

        A case that was copied does not own the sites of the one it was copied from.
        """
        try:
            read = json.loads((self.folder / "sites.json").read_text("utf-8"))
            written_for = Path(read["case"])
            found = [Site(**entry) for entry in read["sites"]]
        except (OSError, ValueError, TypeError, KeyError):
            return []
        copied = written_for != self.case_dir and (written_for / "case.yml").is_file()
        return [] if copied else found

    def keep_sites(self, sites: list[Site]) -> None:
        """Remembers these sites instead."""
        known = {"case": str(self.case_dir), "sites": [asdict(site) for site in sites]}
        write_whole(self.folder / "sites.json", json.dumps(known, indent=1, sort_keys=True))

    def expect(self, site: Site) -> None:
        """Remembers a site that is about to be published, besides what may be there now."""
        self.keep_sites([*self.sites(), site])

    def remember(self, site: Site) -> None:
        """Remembers a site in the place of all others of the same path."""
        self.keep_sites([*(s for s in self.sites() if s.path != site.path), site])

    def forget(self, site: Site) -> None:
        """Forgets a site that was taken away."""
        self.keep_sites([other for other in self.sites() if other != site])

    def relative(self, target: Path) -> str:
        """The path of a site as seen from the case; empty on another drive."""
        try:
            return Path(os.path.relpath(target, self.case_dir)).as_posix()
        except ValueError:
            return ""

    def target(self, site: Site) -> Path:
        """Where a site lies now."""
        there = Path(site.path)
        moved = Path(os.path.normpath(self.case_dir / site.relative))
        return moved if site.relative and not there.exists() and moved.exists() else there

    def mark(self, sites_dir: Path) -> None:
        """Says beside the sites whose they are: by a hash, since paths hold names."""
        write_whole(sites_dir / MARKER, json.dumps({"case": _hash_of(self.case_dir)}))

    def owns(self, sites_dir: Path) -> bool | None:
        """Whether the sites in a folder belong to this case; None when nothing says."""
        try:
            marked = json.loads((sites_dir / MARKER).read_text("utf-8"))["case"]
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return marked in (_hash_of(self.case_dir), _hash_of(self._before()))

    def _before(self) -> Path:
        """Where the case was when it last built a site; where it is now if nothing tells."""
        try:
            written_for = Path(json.loads((self.folder / "sites.json").read_text("utf-8"))["case"])
        except (OSError, ValueError, TypeError, KeyError):
            return self.case_dir
        return self.case_dir if (written_for / "case.yml").is_file() else written_for

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


def _hash_of(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]


def files_of(site: Path) -> dict[str, str]:
    """SHA-256 of every file below `site`, by address."""
    return {
        path.relative_to(site).as_posix(): sha256(path)
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
