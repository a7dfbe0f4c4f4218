"""Where the film is made: work that the cache does not hold is done, side by side, and kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.errors import Cancelled
from vigsite.files.atomic import workspace
from vigsite.keepsake.film.forget_withdrawn import MADE_OF
from vigsite.keepsake.film.segments import FULL_HD, Format
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.render import cores, gather

Run = Callable[[Sequence[str], Path], str]
"""Runs ffmpeg with some arguments in a folder; gives back what it said."""


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be made, and its name in the cache."""

    key: str
    name: str
    """The file it makes."""
    what: str
    """For messages: `scene 3 of the film`."""
    made_of: frozenset[str]
    weight: int
    """Roughly how much work it is, in frames."""
    make: Callable[[Path, Run], None]
    """Makes the file in a folder, and looks whether it is right."""


@dataclass(slots=True)
class Studio:
    """Where and how a film is made."""

    cache: Cache
    """Of its own, in the case's `.vigsite/film/`."""
    scratch: Path
    """For temporary files; on the same disk as the cache."""
    version: str
    """ffmpeg's."""
    form: Format = FULL_HD
    workers: int = 0
    """Pieces at once; 0 lets the number of cores decide."""
    told: Callable[[float], None] | None = None
    """Is told how much of the work is done, 0 to 1."""
    on_command: Callable[[str], None] | None = None
    """Is told every command, as it can be pasted."""
    stop: ffmpeg.Stop = field(default_factory=ffmpeg.Stop)

    def make(self, works: Sequence[Work], more: int = 0) -> dict[str, Path]:
        """The folder of every work's file, by its key.

        `more` is the weight of what is to follow. Raises MediaError when one cannot be made; what
        was finished stays in the cache.
        """
        wanted = {work.key: work for work in works}
        found = {key: self.cache.find(key, [work.name, MADE_OF]) for key, work in wanted.items()}
        there = {key: folder for key, folder in found.items() if folder is not None}
        missing = [work for key, work in wanted.items() if key not in there]
        tally = _Tally(sum(work.weight for work in missing) + more, self.told)
        with ThreadPoolExecutor(self.workers or cores()) as pool:
            longest_first = sorted(missing, key=lambda work: -work.weight)
            started = {pool.submit(self.one, work, tally): work.key for work in longest_first}
            return there | gather(started, self.stop)

    def one(self, work: Work, tally: _Tally | None = None) -> Path:
        """Makes one work and keeps it."""
        if self.stop.asked:
            raise Cancelled("Stopped; what was built before is untouched.")
        with workspace(self.scratch) as scratch:
            folder = scratch / "made"
            folder.mkdir(mode=0o700)  # cached

            def run(arguments: Sequence[str], place: Path) -> str:
                if self.on_command is not None:
                    self.on_command(ffmpeg.pasteable(arguments, ffmpeg.program()))
                limits = ffmpeg.Limits(time_s=300 + work.weight * 2)
                what = f"Could not make {work.what}"
                return ffmpeg.run(arguments, what, place, self.stop, limits)

            work.make(folder, run)
            (folder / MADE_OF).write_text(json.dumps(sorted(work.made_of)), "utf-8")  # cached
            kept = self.cache.keep(work.key, folder, [work.name, MADE_OF])
        if tally is not None:
            tally.add(work.weight)
        return kept


@dataclass(slots=True)
class _Tally:
    """How much of some work is done."""

    whole: int
    told: Callable[[float], None] | None
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, weight: int) -> None:
        """Tells that this much more is done."""
        with self.lock:
            self.done += weight
            if self.told is not None:
                self.told(min(1.0, self.done / max(1, self.whole)))
