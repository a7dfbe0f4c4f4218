"""The recordings of a case: hash, probe and what was measured of each, remembered between runs.

A hash is remembered by the file's identity (device, inode, size, times), all else by the hash.
It lives in the case's `.vigsite/`, and can be thrown away at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

from vigsite.case.frames import FramePrint, shift_between
from vigsite.case.timecode import Span
from vigsite.errors import MediaError, RecordingError, VigsiteError
from vigsite.files.atomic import private_folder, workspace, write_whole
from vigsite.files.identity import changed, identity, opened, sha256, sha256_of, text_of
from vigsite.media import ffmpeg
from vigsite.media.engines.verify import verify
from vigsite.media.frames import frame_prints, some_of
from vigsite.media.recipes import sound
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import SOURCE, Recipe, glimpses_recipe
from vigsite.media.recipes.sound import PLAIN_SOUND, Hearing
from vigsite.media.recordings.probe import probe
from vigsite.media.recordings.recording import Cut, Recording, Stretch
from vigsite.media.recordings.sharpness import sharpest
from vigsite.media.stretches import stretches_in

_PROBE_FORMAT = "5"
_SHIFT_FORMAT = "1"
_GLIMPSE_WIDTH = 640


@dataclass(slots=True)
class Library:
    """Knows the recordings of one case.

    With `keep` false nothing is written, and of what is measured only whether a recording shows
    what was withdrawn; with `notes` (for `vigsite check`) what was learnt is written if it can be.
    """

    folder: Path
    """Below the case's `.vigsite/`."""
    scratch: Path
    """For temporary files."""
    keep: bool = True
    notes: bool = False
    told: Callable[[str, float], None] | None = None
    """Is told what takes long, and which share of it is done."""
    stop: ffmpeg.Stop = field(default_factory=ffmpeg.Stop)
    _hashes: dict[str, str] | None = None
    _fresh: dict[Path, str] = field(default_factory=dict)
    """Identity of the files whose hashes were taken in this run."""
    _expected: dict[Path, str] = field(default_factory=dict)
    _frames: dict[tuple[str, Span], list[FramePrint]] = field(default_factory=dict)

    def expect(self, files: Mapping[Path, str]) -> None:
        """From now on, these are read only while they have the identity that they have here."""
        self._expected = dict(files)

    def hash_of(self, path: Path, *, anew: bool = False) -> str:
        """SHA-256 of a recording; remembered, unless it is asked for anew.

        Raises OSError, or MediaError when it is another file than was expected.
        """
        seen = self._expected.get(path, "")
        key = identity(path, follow=not seen)
        if seen and key != seen:
            raise changed(path)
        if anew and self._fresh.get(path) == key:
            return self._known()[key]
        if anew or key not in self._known():
            if seen:
                with opened(path, seen) as file:
                    found = sha256_of(file, path, self._share_of(f"reading {path.name}"))
            else:
                found = sha256(path, self._share_of(f"reading {path.name}"))
            if self._now(path) != key:
                raise changed(path)
            self._known()[key] = found
            self._fresh[path] = key
            self._remember()
        return self._known()[key]

    def check_unchanged(self, path: Path) -> None:
        """Raises MediaError when a recording changed since its hash was taken in this run."""
        if self._fresh.get(path) != self._now(path):
            raise changed(path)

    @contextlib.contextmanager
    def watched(self, path: Path) -> Iterator[None]:
        """Others read a recording by its path meanwhile; raises MediaError if it changes."""
        before = self._expected.get(path) or identity(path)
        try:
            if self._now(path) != before:
                raise changed(path)
            yield
        except (MediaError, RecordingError):
            if self._now(path) != before:
                raise changed(path) from None
            raise
        if self._now(path) != before:
            raise changed(path)

    def probe(self, path: Path) -> Recording:
        """What is in a recording. Raises RecordingError when it is no usable film."""
        file = self._probed(self.hash_of(path))
        try:
            return Recording.from_json(text_of(file))
        except (OSError, ValueError, TypeError, KeyError):
            with self.watched(path):
                found = probe(path, self._share_of(f"looking through {path.name}"))
        self._write(file, found.to_json())
        return found

    def learn(self, path: Path, sha: str, recording: Recording) -> None:
        """Remember of a file what is known of its content already."""
        self._known()[identity(path)] = sha
        self._remember()
        self._write(self._probed(sha), recording.to_json())

    def in_cut(self, path: Path, recording: Recording, cut: Cut) -> Recording:
        """A recording as its pictures are stored in a cut. Raises RecordingError, MediaError."""
        file = self._measured(path, "stored", [_PROBE_FORMAT, str(cut.first), str(cut.frames)])
        try:
            found = [Stretch.of_json(one) for one in json.loads(text_of(file))]
            return recording.in_cut(cut, found)
        except (OSError, ValueError, TypeError, KeyError):
            with self.watched(path):
                found = stretches_in(path, recording, cut)
        self._write(file, json.dumps([asdict(one) for one in found]))
        return recording.in_cut(cut, found)

    def hearing(self, path: Path, recording: Recording) -> Hearing:
        """How its sound is to be levelled. Raises MediaError when it cannot be heard."""
        if recording.audio is None:
            return PLAIN_SOUND
        arguments = sound.measuring(SOURCE, f"0:{recording.audio}", ambisonic=recording.ambisonic)
        file = self._measured(path, "sound", arguments)
        try:
            loudness, left, right = map(float, text_of(file).split())
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
        recording = self.in_cut(path, recording, cut)
        recipe = glimpses_recipe(recording, cut, look, _GLIMPSE_WIDTH)
        file = self._measured(path, "sharpest", recipe.arguments)
        try:
            return cut.first + int(text_of(file))
        except (OSError, ValueError):
            pass
        if not self.keep:
            return cut.first + cut.frames // 2
        with self._glimpses(path, recording, cut, recipe) as pictures:
            found = [*pictures][sharpest([*pictures.values()])]
        write_whole(file, str(found - cut.first))
        return found

    def frames(self, path: Path, spans: Iterable[Span]) -> list[FramePrint]:
        """Fingerprints to know stretches of a recording again. Raises RecordingError."""
        return [one for span in spans for one in some_of(self._frames_around(path, span))]

    def shift_in(self, path: Path, span: Span, frames: Sequence[FramePrint]) -> int | None:
        """By how many milliseconds a recording shows these frames later, if around a stretch."""
        asked = [f"{span.start_ms} {span.end_ms} {_SHIFT_FORMAT}", *map(str, frames)]
        file = self._measured(path, "shift", asked)
        try:
            found = file.read_text("utf-8")
            return int(found) if found else None
        except (OSError, ValueError):
            pass
        try:
            shift = shift_between(frames, self._frames_around(path, span))
        except RecordingError:  # then it shows nothing either
            return None
        self._write(file, "" if shift is None else str(shift))
        return shift

    def _frames_around(self, path: Path, span: Span) -> list[FramePrint]:
        key = (self.hash_of(path), span)
        if key not in self._frames:
            recording = self.probe(path)
            with self.watched(path):
                self._frames[key] = frame_prints(path, recording, span)
        return self._frames[key]

    @contextlib.contextmanager
    def glimpses(
        self, path: Path, recording: Recording, cut: Cut, width: int
    ) -> Iterator[tuple[dict[int, Path], int]]:
        """Every frame of a cut that can be read as a small picture, by its number in the recording,
        and the number of the sharpest; for a while."""
        recording = self.in_cut(path, recording, cut)
        recipe = glimpses_recipe(recording, cut, Look(), width)
        with self._glimpses(path, recording, cut, recipe) as pictures:
            yield pictures, [*pictures][sharpest([*pictures.values()])]

    @contextlib.contextmanager
    def _glimpses(
        self, path: Path, recording: Recording, cut: Cut, recipe: Recipe
    ) -> Iterator[dict[int, Path]]:
        what, first_us = f"small pictures of {path.name}", recording.frame_us[cut.first]
        with workspace(self.scratch) as made:
            self._run(path, recipe.arguments, f"Could not make {what}", recording, made)
            times = sorted(int(picture.stem) for picture in made.iterdir())
            names = [f"{time}.jpg" for time in times]
            [size] = recipe.pictures
            verify(Recipe((), tuple(replace(size, name=name) for name in names)), made, what)
            yield {
                recording.frame_nearest(first_us + time): made / name
                for time, name in zip(times, names, strict=True)
            }

    def _measured(self, path: Path, what: str, arguments: Sequence[str]) -> Path:
        """Where a measurement is remembered: by the recording and the way it is measured."""
        how = hashlib.sha256("\0".join(arguments).encode()).hexdigest()[:16]
        return self.folder / f"{self.hash_of(path)}-{what}-{how}.txt"

    def _run(
        self, path: Path, arguments: Sequence[str], what: str, recording: Recording, folder: Path
    ) -> str:
        said = [str(path) if argument == SOURCE else argument for argument in arguments]
        limits = ffmpeg.Limits(time_s=120 + recording.end_us / 1e6)
        with self.watched(path):
            return ffmpeg.run(said, what, folder, self.stop, limits)

    def _now(self, path: Path) -> str:
        """The identity of a file now; empty when it is gone."""
        try:
            return identity(path, follow=path not in self._expected)
        except OSError:
            return ""

    def _known(self) -> dict[str, str]:
        if self._hashes is None:
            try:
                read = json.loads(text_of(self.folder / "hashes.json"))
                self._hashes = {str(key): str(value) for key, value in read.items()}
            except (OSError, ValueError, AttributeError):
                self._hashes = {}
        return self._hashes

    def _remember(self) -> None:
        self._write(self.folder / "hashes.json", json.dumps(self._known(), indent=1))

    def _probed(self, sha: str) -> Path:
        return self.folder / f"{sha}-{_PROBE_FORMAT}.json"

    def _write(self, file: Path, text: str) -> None:
        """Remembers something; a note where it can be, and only while its case is there."""
        if self.keep:
            write_whole(file, text)
        elif self.notes and self.folder.parent.parent.is_dir():
            with contextlib.suppress(OSError, VigsiteError):
                private_folder(self.folder.parent)
                write_whole(file, text)

    def _share_of(self, what: str) -> Callable[[float], None] | None:
        return None if self.told is None else partial(self.told, what)
