"""What a machine that helps does with an errand: the same as this one, or it refuses."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vigsite import __version__
from vigsite.errors import MediaError
from vigsite.files.atomic import could_not
from vigsite.media import ffmpeg
from vigsite.media import job as errands
from vigsite.media.engines.pyav_stills import maker
from vigsite.media.job import Errand, Made
from vigsite.media.library import Library
from vigsite.resources import code_fingerprint


@dataclass(frozen=True, slots=True)
class Tools:
    """What decides about the bytes of clips and stills; the same on every machine."""

    vigsite: str
    code: str
    """SHA-256 over vigsite's own code."""
    ffmpeg: str
    stills: str
    """What makes stills."""
    processor: str
    """Its kind, such as `x86_64`."""

    def __str__(self) -> str:
        return (
            f"vigsite {self.vigsite} ({self.code[:8]}), ffmpeg {self.ffmpeg}, "
            f"{self.stills}, {self.processor}"
        )


def tools() -> Tools:
    """Those of this machine."""
    version = ffmpeg.version(ffmpeg.program())
    return Tools(__version__, code_fingerprint(), version, maker(), platform.machine())


def run_far(errand: Errand, wanted: Tools) -> Made:
    """Does an errand for another machine; runs in a Dask worker.

    Raises MediaError, in a sentence that names this machine, when its tools or files differ from
    those the errand was made with, and what `job.run` raises.
    """
    here = platform.node()
    if (own := tools()) != wanted:
        raise MediaError(
            f"The worker on {here} has other tools than this machine, so its clips would differ: "
            f"{own} there; {wanted} here. Install the same on both, then build again."
        )
    if not errand.bench.is_dir():
        raise MediaError(
            f"The worker on {here} does not find {errand.bench.parent}. The case must lie on "
            "storage that every worker sees at the same path."
        )
    stop = ffmpeg.Stop()

    def look(_done_ms: int) -> None:
        if not errand.bench.is_dir():  # that build is over, and wants nothing any more
            stop.now()

    try:
        library = _library(errand.bench)
        if library.hash_of(errand.recording, anew=True) != errand.sha256:
            raise MediaError(
                f"The worker on {here} sees another {errand.recording.name} than this machine. "
                "Wait until it is copied, or see whether both use the same storage."
            )
        return errands.run(errand, library, stop, look)
    except OSError as error:
        place = Path(error.filename) if isinstance(error.filename, str) else errand.recording
        raise MediaError(f"The worker on {here}: {could_not('use', place, error)}") from error


@lru_cache(maxsize=8)
def _library(bench: Path) -> Library:
    """One for each build, so that a recording is hashed once for all that is made of it."""
    return Library(bench, bench, keep=False)
