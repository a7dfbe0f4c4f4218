"""Makes what a plan asks for: looks in the cache, encodes the rest, checks and keeps it."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from vigsite.files.atomic import delete_whole, private_folder
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.dask_cluster import Cluster
from vigsite.media.dask_worker import run_far, tools
from vigsite.media.job import Errand, Made, run
from vigsite.media.library import Library
from vigsite.media.plan import Job

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
    cluster: Cluster | None = None
    """Other machines that do the jobs; this one when there are none."""


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
    bench = private_folder(kitchen.scratch.absolute() / secrets.token_hex(6))
    try:
        errands = [_errand(job, kitchen, bench) for job in missing]
        do = _at_home if kitchen.cluster is None else partial(_far_away, kitchen.cluster)
        do(list(zip(missing, errands, strict=True)), kitchen)
    finally:
        delete_whole(bench)  # at once out of sight of whoever is still at work on another machine
    for job in missing:
        found[job.key] = kitchen.cache.folder / job.key
    return found


def _errand(job: Job, kitchen: Kitchen, bench: Path) -> Errand:
    """A job with all its places."""
    return Errand(
        job.key,
        job.recipe,
        job.recording.absolute(),
        kitchen.library.hash_of(job.recording.absolute(), anew=True),
        job.what,
        kitchen.cache.folder.absolute(),
        bench,
    )


def _at_home(work: Sequence[tuple[Job, Errand]], kitchen: Kitchen) -> None:
    """Does it in this process, side by side."""
    most = max(job.recipe.cores for job, _ in work)
    clips = ThreadPoolExecutor(kitchen.workers or max(1, cores() // most))
    stills = ThreadPoolExecutor(kitchen.workers or cores())  # one core each, beside the clips
    with clips, stills:
        started = {
            (clips if job.recipe.still is None else stills).submit(_one, job, errand, kitchen): job
            for job, errand in work
        }
        _await(started, kitchen)


def _one(job: Job, errand: Errand, kitchen: Kitchen) -> Made:
    _show(errand, kitchen)
    weight = job.recipe.weight_ms
    return run(
        errand,
        kitchen.library,
        kitchen.stop,
        lambda done_ms: _tell(kitchen, job, min(1.0, done_ms / weight)),
    )


def _far_away(cluster: Cluster, work: Sequence[tuple[Job, Errand]], kitchen: Kitchen) -> None:
    """Sends it to other machines. One that is lost has its errands done by another."""
    executor, wanted = cluster.executor(), tools()
    with cluster.explained():
        started = {}
        for job, errand in work:
            _show(errand, kitchen)
            started[executor.submit(run_far, errand, wanted)] = job
        _await(started, kitchen, cluster.watch)


def _show(errand: Errand, kitchen: Kitchen) -> None:
    if kitchen.on_command is not None:
        kitchen.on_command(ffmpeg.pasteable(errand.arguments, ffmpeg.program()))


def _await(
    started: Mapping[Future[Made], Job], kitchen: Kitchen, watch: Callable[[], None] | None = None
) -> None:
    """Waits for all that was started, and tells of each what became of it."""
    for future, job in started.items():
        future.add_done_callback(partial(_done, job, kitchen))
    gather({future: job.key for future, job in started.items()}, kitchen.stop, watch)


def _done(job: Job, kitchen: Kitchen, future: Future[Made]) -> None:
    if future.cancelled() or future.exception() is not None:
        return
    if future.result().damaged and kitchen.on_damage is not None:
        kitchen.on_damage(
            f"{job.recording.name} is damaged at or near {job.what}. "
            "It was made all the same; look at it before you show it."
        )
    _tell(kitchen, job, 1.0)


def gather(
    started: Mapping[Future[T], str], stop: ffmpeg.Stop, watch: Callable[[], None] | None = None
) -> dict[str, T]:
    """Waits for all that was started; the answers by key. What fails, or Ctrl-C, ends all.

    `watch` is called again and again meanwhile; what it raises ends all, too.
    """
    try:
        # Waiting in short turns lets Ctrl-C through on every system.
        while wait(started, timeout=0.2, return_when=FIRST_EXCEPTION).not_done:
            if any(future.done() and future.exception() for future in started):
                break
            if watch is not None:
                watch()
        failed = [future for future in started if future.done() and future.exception()]
        if failed:
            raise failed[0].exception() or AssertionError("a failed job has its exception")
        return {key: future.result() for future, key in started.items()}
    except BaseException:
        for future in started:
            future.cancel()
        stop.now()
        raise


_telling = threading.Lock()


def _tell(kitchen: Kitchen, job: Job, share: float) -> None:
    if kitchen.told is not None:
        with _telling:
            kitchen.told(job, share)
