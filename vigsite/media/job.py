"""One piece of media work: what is made of which recording, and where it is kept.

An errand is a small value of paths and a recipe, so that it can be done here or by any machine
that sees the same files. What it brings appears in the cache by one rename: twice is no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vigsite.errors import Cancelled, MediaError, ProcessError
from vigsite.files.atomic import sweep, workspace
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.engines.pyav_stills import make_still
from vigsite.media.engines.verify import verify
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import SOURCE, Recipe


@dataclass(frozen=True, slots=True)
class Errand:
    """All that is needed to make the files of one job. Paths are absolute."""

    key: str
    """Their name in the cache."""
    recipe: Recipe
    recording: Path
    sha256: str
    """Of the recording, as the key knows it."""
    what: str
    """For messages: `the clip 1-breakfast/looks-up`."""
    cache: Path
    bench: Path
    """For temporary files of this build, on the same disk as the cache; gone when it is over."""

    @property
    def arguments(self) -> list[str]:
        """ffmpeg's, for the recording at its place."""
        return _with(self.recording, self.recipe.arguments)


@dataclass(frozen=True, slots=True)
class Made:
    """How a recipe went."""

    damaged: bool = False
    """Whether ffmpeg met data it could not read."""


def run(
    errand: Errand, library: Library, stop: ffmpeg.Stop, progress: ffmpeg.Progress | None = None
) -> Made:
    """Makes an errand's files and keeps them in the cache.

    `library` has hashed the recording for this build. Raises MediaError when they cannot be made or
    the recording changed since, Cancelled when stopped.
    """
    with workspace(errand.bench) as scratch:
        folder = scratch / "made"
        folder.mkdir(mode=0o700)  # cached
        what = f"{errand.what} from {errand.recording.name}"
        with library.watched(errand.recording):
            made = make(errand.recipe, errand.recording, folder, what, stop, progress)
        library.check_unchanged(errand.recording)
        Cache(errand.cache).keep(errand.key, folder, errand.recipe.names)
    return made


def make(
    recipe: Recipe,
    recording: Path,
    folder: Path,
    what: str,
    stop: ffmpeg.Stop,
    progress: ffmpeg.Progress | None = None,
) -> Made:
    """Makes what a recipe says from a recording, in an empty folder.

    `what` starts the sentence of an error. Raises MediaError, or Cancelled when stopped.
    """
    if stop.asked:
        raise Cancelled("Stopped; what was built before is untouched.")
    if recipe.still is not None:
        try:
            make_still(recipe.still, recipe.pictures, recording, folder)
        except MediaError as error:
            raise MediaError(f"{what}: {error}") from error
        verify(recipe, folder, what)
        return Made()
    limits = ffmpeg.Limits(time_s=120 + recipe.weight_ms / 1000 * 60)
    tried = f"Could not make {what}"
    try:
        said = ffmpeg.run(_with(recording, recipe.arguments), tried, folder, stop, limits, progress)
        verify(recipe, folder, what, said)
        return Made()  # whatever it said: a strict run ends at the first data it cannot read
    except MediaError as error:
        if not recipe.lenient or (isinstance(error, ProcessError) and error.overstepped):
            raise
    # Damaged data stop a strict run. What can be shown of it may be whole where it matters.
    sweep(folder)
    lenient = _with(recording, recipe.lenient)
    verify(recipe, folder, what, ffmpeg.run(lenient, tried, folder, stop, limits, progress))
    return Made(damaged=True)


def _with(recording: Path, arguments: Sequence[str]) -> list[str]:
    """Arguments for a recording at its place."""
    return [str(recording) if argument == SOURCE else argument for argument in arguments]
