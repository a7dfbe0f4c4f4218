"""Makes what a plan asks for: looks in the cache, encodes the rest, checks and keeps it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from vigsite.errors import Cancelled, MediaError, ProcessError
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.inprocess import make_still
from vigsite.media.library import Library
from vigsite.media.plan import Job
from vigsite.media.recipe import SOURCE, Recipe
from vigsite.media.verify import verify
from vigsite.publish import sweep, workspace

T = TypeVar("T")
Told = Callable[[Job, float], None]
"""Is told of a job how much of it is done, 0 to 1."""


@dataclass(slots=True)
class Kitchen:
    """Where and how jobs are done for one case."""

    cache: Cache
    library: Library
    scratch: Path
    """For temporary files; on the same disk as the cache."""
    workers: int = 0
    """Encodes at once; 0 lets the number of cores decide."""
    told: Told | None = None
    on_command: Callable[[str], None] | None = None
    """Is told every command, as it can be pasted."""
    on_damage: Callable[[str], None] | None = None
    """Is told, in a sentence, what was made of damaged data."""
    stop: ffmpeg.Stop = field(default_factory=ffmpeg.Stop)


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 2


def render(jobs: Sequence[Job], kitchen: Kitchen) -> dict[str, Path]:
    """The folder of every job's files, by the job's key.

    Raises MediaError when one cannot be made; those that were finished stay in the cache.
    """
    found: dict[str, Path] = {}
    missing: list[Job] = []
    for job in jobs:
        folder = kitchen.cache.find(job.key, job.recipe.names)
        if folder is None:
            missing.append(job)
        else:
            found[job.key] = folder
            _tell(kitchen, job, 1.0)
    if not missing:
        return found
    for recording in dict.fromkeys(job.recording for job in missing):
        kitchen.library.hash_of(recording, anew=True)
    most = max(job.recipe.cores for job in missing)
    clips = ThreadPoolExecutor(kitchen.workers or max(1, cores() // most))
    stills = ThreadPoolExecutor(kitchen.workers or cores())  # one core each, beside the clips
    with clips, stills:
        started = {
            (clips if job.recipe.still is None else stills).submit(_one, job, kitchen): job.key
            for job in missing
        }
        found |= gather(started, kitchen.stop)
    return found


def gather(started: Mapping[Future[T], str], stop: ffmpeg.Stop) -> dict[str, T]:
    """Waits for all that was started; the answers by key. What fails, or Ctrl-C, ends all."""
    try:
        # Waiting in short turns lets Ctrl-C through on every system.
        while wait(started, timeout=0.2, return_when=FIRST_EXCEPTION).not_done:
            if any(future.done() and future.exception() for future in started):
                break
        failed = [future for future in started if future.done() and future.exception()]
        if failed:
            raise failed[0].exception() or AssertionError("a failed job has its exception")
        return {key: future.result() for future, key in started.items()}
    except BaseException:
        for future in started:
            future.cancel()
        stop.now()
        raise


def _one(job: Job, kitchen: Kitchen) -> Path:
    if kitchen.on_command is not None:
        kitchen.on_command(
            ffmpeg.pasteable(_with(job.recording, job.recipe.arguments), ffmpeg.program())
        )
    weight = job.recipe.weight_ms
    with workspace(kitchen.scratch) as scratch:
        made = scratch / "made"
        made.mkdir(mode=0o700)
        done = make(
            job.recipe,
            job.recording,
            made,
            f"{job.what} from {job.recording.name}",
            kitchen.stop,
            lambda done_ms: _tell(kitchen, job, min(1.0, done_ms / weight)),
        )
        kitchen.library.check_unchanged(job.recording)
        kept = kitchen.cache.keep(job.key, made, job.recipe.names)
    if done.damaged and kitchen.on_damage is not None:
        kitchen.on_damage(
            f"{job.recording.name} is damaged at or near {job.what}. "
            "It was made all the same; look at it before you show it."
        )
    _tell(kitchen, job, 1.0)
    return kept


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
        return Made(damaged=bool(said.strip()))
    except MediaError as error:
        if not recipe.lenient or (isinstance(error, ProcessError) and error.overstepped):
            raise
    # Damaged data stop a strict run. What can be shown of it may be whole where it matters.
    sweep(folder)
    lenient = _with(recording, recipe.lenient)
    verify(recipe, folder, what, ffmpeg.run(lenient, tried, folder, stop, limits, progress))
    return Made(damaged=True)


@dataclass(frozen=True, slots=True)
class Made:
    """How a recipe went."""

    damaged: bool = False
    """Whether ffmpeg met data it could not read."""


def _with(recording: Path, arguments: Sequence[str]) -> list[str]:
    """Arguments for a recording at its place."""
    return [str(recording) if argument == SOURCE else argument for argument in arguments]


_telling = threading.Lock()


def _tell(kitchen: Kitchen, job: Job, share: float) -> None:
    if kitchen.told is not None:
        with _telling:
            kitchen.told(job, share)
