"""Makes what a plan asks for: looks in the cache, encodes the rest, checks and keeps it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.library import Library
from vigsite.media.plan import Job
from vigsite.media.recipe import SOURCE
from vigsite.media.verify import verify
from vigsite.publish import workspace

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
    stop: ffmpeg.Stop = field(default_factory=ffmpeg.Stop)


def default_workers() -> int:
    """x264 with four threads fills two cores, so one encode for every two."""
    return max(1, (os.cpu_count() or 2) // 2)


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
    program = ffmpeg.program()
    with ThreadPoolExecutor(kitchen.workers or default_workers()) as pool:
        found |= _all(missing, kitchen, pool, program)
    return found


def _all(jobs: Sequence[Job], kitchen: Kitchen, pool: Executor, program: str) -> dict[str, Path]:
    started: dict[Future[Path], Job] = {
        pool.submit(_one, job, kitchen, program): job for job in jobs
    }
    try:
        # Waiting in short turns lets Ctrl-C through on every system.
        while wait(started, timeout=0.2, return_when=FIRST_EXCEPTION).not_done:
            if any(future.done() and future.exception() for future in started):
                break
        failed = [future for future in started if future.done() and future.exception()]
        if failed:
            raise failed[0].exception() or AssertionError("a failed job has its exception")
        return {job.key: future.result() for future, job in started.items()}
    except BaseException:
        for future in started:
            future.cancel()
        kitchen.stop.now()
        raise


def _one(job: Job, kitchen: Kitchen, program: str) -> Path:
    arguments = [str(job.recording) if a == SOURCE else a for a in job.recipe.arguments]
    if kitchen.on_command is not None:
        kitchen.on_command(ffmpeg.pasteable(arguments, program))
    weight = job.recipe.weight_ms
    with workspace(kitchen.scratch) as scratch:
        made = scratch / "made"
        made.mkdir(mode=0o700)
        ffmpeg.run(
            arguments,
            f"Could not make {job.what} from {job.recording.name}",
            made,
            kitchen.stop,
            time_limit_s=120 + weight / 1000 * 60,
            progress=lambda done_ms: _tell(kitchen, job, min(1.0, done_ms / weight)),
        )
        kitchen.library.check_unchanged(job.recording)
        verify(job.recipe, made, job.what)
        kept = kitchen.cache.keep(job.key, made, job.recipe.names)
    _tell(kitchen, job, 1.0)
    return kept


_telling = threading.Lock()


def _tell(kitchen: Kitchen, job: Job, share: float) -> None:
    if kitchen.told is not None:
        with _telling:
            kitchen.told(job, share)
