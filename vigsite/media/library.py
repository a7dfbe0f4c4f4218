"""The recordings of a case: hash, probe and what was measured of each, remembered between runs.

A hash is remembered by the file's identity (device, inode, size, times), all else by the hash.
It lives in the case's `.vigsite/`, and can be thrown away at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.errors import MediaError, ProcessError
from vigsite.fingerprint import identity, sha256
from vigsite.media import ffmpeg, sound
from vigsite.media.picker import sharpest
from vigsite.media.probe import probe
from vigsite.media.recipe import SOURCE, Recipe, glimpses_recipe
from vigsite.media.recording import Cut, Recording
from vigsite.media.shape import Look
from vigsite.media.sound import PLAIN_SOUND, Hearing
from vigsite.media.verify import verify
from vigsite.publish import private_folder, workspace, write_whole

_PROBE_FORMAT = "3"
_GLIMPSE_WIDTH = 640


@dataclass(slots=True)
class Library:
    """Knows the recordings of one case.

    With `keep` false nothing is written or measured (for `vigsite check`).
    """

    folder: Path
    """Below the case's `.vigsite/`."""
    scratch: Path
    """For temporary files."""
    keep: bool = True
    stop: ffmpeg.Stop = field(default_factory=ffmpeg.Stop)
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
        if self._fresh.get(path) != _now(path):
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

    def hearing(self, path: Path, recording: Recording) -> Hearing:
        """How its sound is to be levelled. Raises MediaError when it cannot be heard."""
        if recording.audio is None:
            return PLAIN_SOUND
        arguments = sound.measuring(SOURCE, f"0:{recording.audio}")
        file = self._measured(path, "sound", arguments)
        try:
            loudness, left, right = map(float, file.read_text("utf-8").split())
            return sound.heard(sound.Measured(loudness, (left, right)))
        except (OSError, ValueError):
            pass
        if not self.keep:
            return PLAIN_SOUND
        what = f"Could not measure the sound of {path.name}"
        said = self._run(path, arguments, what, recording, private_folder(self.folder))
        found = sound.measured(said)
        write_whole(file, f"{found.loudness} {found.peaks[0]} {found.peaks[1]}\n")
        return sound.heard(found)

    def sharpest(self, path: Path, recording: Recording, cut: Cut, look: Look) -> int:
        """The number of the sharpest frame of a cut."""
        recipe = glimpses_recipe(recording, cut, look, _GLIMPSE_WIDTH)
        file = self._measured(path, "sharpest", recipe.arguments)
        try:
            return cut.first + int(file.read_text("utf-8"))
        except (OSError, ValueError):
            pass
        if not self.keep:
            return cut.first + cut.frames // 2
        with self._glimpses(path, recording, recipe) as pictures:
            found = sharpest(pictures)
        write_whole(file, str(found))
        return cut.first + found

    @contextlib.contextmanager
    def glimpses(
        self, path: Path, recording: Recording, cut: Cut, width: int
    ) -> Iterator[tuple[list[Path], int]]:
        """Every frame of a cut as a small picture, and the place of the sharpest, for a while."""
        recipe = glimpses_recipe(recording, cut, Look(), width)
        with self._glimpses(path, recording, recipe) as pictures:
            yield pictures, sharpest(pictures)

    @contextlib.contextmanager
    def _glimpses(self, path: Path, recording: Recording, recipe: Recipe) -> Iterator[list[Path]]:
        what = f"small pictures of {path.name}"
        with workspace(self.scratch) as made:
            self._run(path, recipe.arguments, f"Could not make {what}", recording, made)
            verify(recipe, made, what)
            yield [made / name for name in recipe.names]

    def _measured(self, path: Path, what: str, arguments: Sequence[str]) -> Path:
        """Where a measurement is remembered: by the recording and the way it is measured."""
        how = hashlib.sha256("\0".join(arguments).encode()).hexdigest()[:16]
        return self.folder / f"{self.hash_of(path)}-{what}-{how}.txt"

    def _run(
        self, path: Path, arguments: Sequence[str], what: str, recording: Recording, folder: Path
    ) -> str:
        said = [str(path) if argument == SOURCE else argument for argument in arguments]
        limits = ffmpeg.Limits(time_s=120 + recording.end_us / 1e6)
        before = identity(path)
        try:
            return ffmpeg.run(said, what, folder, self.stop, limits)
        except ProcessError:
            if _now(path) != before:
                raise changed(path) from None
            raise

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


def _now(path: Path) -> str:
    """The identity of a file now; empty when it is gone."""
    try:
        return identity(path)
    except OSError:
        return ""


def changed(path: Path) -> MediaError:
    """A recording was replaced, cut short or removed while vigsite read it."""
    return MediaError(
        f"{path.name} changed while it was being read. Wait until it is copied, then build again."
    )
