"""The recordings of a case: each one's SHA-256 and probe, remembered between runs.

A hash is remembered by the file's identity (device, inode, size, times); a probe by the hash.
Both live in the case's `.vigsite/`, and both can be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.errors import MediaError
from vigsite.media.recording import Recording, probe
from vigsite.publish import write_whole

_PROBE_FORMAT = "2"


def identity(path: Path) -> str:
    """What tells a file from itself changed: device, inode, size, mtime and ctime."""
    seen = path.stat()
    return f"{seen.st_dev}:{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}:{seen.st_ctime_ns}"


def sha256(path: Path) -> str:
    """Hash of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(slots=True)
class Library:
    """Knows the recordings of one case; `folder` is below its `.vigsite/`.

    With `keep` false nothing is written (for `vigsite check`).
    """

    folder: Path
    keep: bool = True
    _hashes: dict[str, str] | None = None
    _fresh: dict[Path, str] = field(default_factory=dict)
    """Hashes taken in this run, with the identity of the file they were taken of."""

    def hash_of(self, path: Path, *, anew: bool = False) -> str:
        """SHA-256 of a recording; remembered, unless it is asked for anew."""
        key = identity(path)
        if anew and self._fresh.get(path) == key:
            return self._known()[key]
        if anew or key not in self._known():
            found = sha256(path)
            if identity(path) != key:
                raise changed(path)
            self._known()[key] = found
            self._fresh[path] = key
            self._remember()
        return self._known()[key]

    def check_unchanged(self, path: Path) -> None:
        """Raises MediaError when a recording changed since its hash was taken in this run."""
        try:
            now = identity(path)
        except OSError:
            now = ""
        if self._fresh.get(path) != now:
            raise changed(path)

    def probe(self, path: Path) -> Recording:
        """What is in a recording. Raises RecordingError when it is no usable film."""
        file = self.folder / f"{self.hash_of(path)}-{_PROBE_FORMAT}.json"
        try:
            return Recording.from_json(file.read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError):
            found = probe(path)
        if self.keep:
            write_whole(file, found.to_json())
        return found

    def _known(self) -> dict[str, str]:
        if self._hashes is None:
            try:
                read = json.loads((self.folder / "hashes.json").read_text("utf-8"))
                self._hashes = {str(key): str(value) for key, value in read.items()}
            except (OSError, ValueError, AttributeError):
                self._hashes = {}
        return self._hashes

    def _remember(self) -> None:
        if self.keep:
            write_whole(self.folder / "hashes.json", json.dumps(self._known(), indent=1))


def changed(path: Path) -> MediaError:
    """A recording was replaced, cut short or removed while vigsite read it."""
    return MediaError(
        f"{path.name} changed while it was being read. Wait until it is copied, then build again."
    )
