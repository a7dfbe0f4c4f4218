"""Findings about this machine for `vigsite doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

from vigsite import __version__
from vigsite.errors import VigsiteError
from vigsite.media import ffmpeg
from vigsite.media.engines.encoder_trial import working, works
from vigsite.media.recipes.recipe import FULL

_FILTERS = (
    *("scale", "overlay", "crop", "trim", "fps", "setparams", "sidedata", "transpose", "bwdif"),
    *(
        "zscale",
        "tonemap",
        "aresample",
        "atempo",
        "volume",
        "afade",
        "alimiter",
        "ebur128",
        "astats",
    ),
)
_ENCODERS = ("libx264", "aac", "mjpeg")
_LIBRARIES = (
    *("mkdocs", "mkdocs-material", "pydantic", "av", "imageio-ffmpeg", "ffmpeg-python"),
    *("pillow", "psutil"),
)
_ROOM_GB = 2
_BLOCKED = "Another program, such as a virus scanner, may block ffmpeg."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    found: str
    good: bool = True
    advice: str = ""


def diagnose() -> Iterator[Finding]:
    """Looks at the machine, one finding after the other."""
    system = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield Finding("vigsite", f"{__version__}, {system}, {os.cpu_count()} cores")
    for name in _LIBRARIES:
        try:
            yield Finding(name, installed(name))
        except PackageNotFoundError:
            advice = f"Run `{Path(sys.executable).name} -m pip install {name}`."
            yield Finding(name, "is not installed", False, advice)
    yield from _ffmpeg()
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    advice = f"Make room: {_ROOM_GB} GB are enough for most families."
    yield Finding("room on this disk", f"{free:.1f} GB", free > _ROOM_GB, advice)
    encoding = sys.getfilesystemencoding()
    yield Finding(
        "names of files", encoding, encoding.lower() == "utf-8", "Set the locale to UTF-8."
    )


def _ffmpeg() -> Iterator[Finding]:
    advice = (
        "Run `pip install --force-reinstall imageio-ffmpeg`, or name another in VIGSITE_FFMPEG."
    )
    try:
        path = ffmpeg.program()
        yield Finding("ffmpeg", f"{ffmpeg.version(path)} at {path}")
    except VigsiteError as error:
        yield Finding("ffmpeg", str(error), False, advice)
        return
    for what, needed in (("filters", _FILTERS), ("encoders", _ENCODERS)):
        there = set(ffmpeg.listed(path, what).split())
        missing = [name for name in needed if name not in there]
        found = f"without {', '.join(missing)}" if missing else f"all {len(needed)} that are needed"
        yield Finding(f"ffmpeg's {what}", found, not missing, advice)
    with tempfile.TemporaryDirectory() as folder:  # nobody: a drawn film
        yield _trial(Path(folder))
        hardware = working(Path(folder))
    said = (
        f"{', '.join(hardware)}; used with --hardware"
        if hardware
        else "none works here, none is needed"
    )
    yield Finding("hardware encoders", said)


def _trial(folder: Path) -> Finding:
    """A real encode of a tiny drawn film."""
    options = {"preset": FULL.preset, "crf": FULL.crf, "threads": 4}
    try:
        good = works(FULL.encoder, folder, options)
    except VigsiteError as error:
        return Finding("a trial encode", str(error), False, _BLOCKED)
    return Finding("a trial encode", "works" if good else "failed", good, _BLOCKED)
