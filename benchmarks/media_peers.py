"""The same clips, posters and stills as others make them: the floor, and naive cutting.

Nothing here is taken from vigsite's recipes but preset and CRF, so that both sides encode alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.media_film import Work
from vigsite.media import ffmpeg
from vigsite.media.recipes.recipe import FULL

POSTERS = (480, 960, 1280)
STILLS = (480, 960, 1600)
_SDR = (
    "scale='min(1920,iw)':-2:out_range=tv:out_color_matrix=bt709,format=yuv420p,"
    "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
)
_X264 = (
    *("-c:v", "libx264", "-preset", FULL.preset, "-crf", str(FULL.crf), "-profile:v", "high"),
    *("-g", "15", "-threads", "4"),
)
_AAC = ("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000")
_CLEAN = ("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart")


@dataclass(frozen=True, slots=True)
class Bare:
    """One moment's commands; each needs what those before it made."""

    at_ms: int
    commands: tuple[tuple[str, ...], ...]


def floor(work: Work) -> list[Bare]:
    """What an expert types: seeks before the input, one decode for a clip and its posters."""
    return [
        *(Bare(at, (floor_clip(work, at, f"clip-{at}"),)) for at in work.clips_ms),
        *(Bare(at, (_floor_still(work, at, f"still-{at}"),)) for at in work.stills_ms),
    ]


def floor_clip(work: Work, at_ms: int, stem: str) -> tuple[str, ...]:
    """One clip with its three posters."""
    graph = f"[0:v]split[m][p];[m]{_SDR}[v];[p]trim=end_frame=1,split={len(POSTERS)}"
    graph += "".join(f"[p{n}]" for n in range(len(POSTERS)))
    graph += "".join(f";[p{n}]{_jpeg(width)}[j{n}]" for n, width in enumerate(POSTERS))
    pictures = [
        word
        for n, width in enumerate(POSTERS)
        for word in ("-map", f"[j{n}]", *_mjpeg(3), f"{stem}-{width}.jpg")
    ]
    return (
        *_base(),
        *("-ss", _seconds(at_ms), "-t", _seconds(work.clip_ms), "-i", str(work.film)),
        *("-filter_complex", graph, "-map", "[v]", "-map", "0:a:0"),
        *(*_X264, *_AAC, *_CLEAN, f"{stem}.mp4", *pictures),
    )


def _floor_still(work: Work, at_ms: int, stem: str) -> tuple[str, ...]:
    sizes = (*STILLS, 1920)
    graph = f"[0:v]split={len(sizes)}" + "".join(f"[s{n}]" for n in range(len(sizes)))
    graph += "".join(f";[s{n}]{_jpeg(width)}[j{n}]" for n, width in enumerate(sizes))
    pictures = [
        word
        for n, width in enumerate(sizes)
        for word in ("-map", f"[j{n}]", *_mjpeg(2), f"{stem}-{width}.jpg")
    ]
    return (
        *(*_base(), "-ss", _seconds(at_ms), "-i", str(work.film)),
        *("-filter_complex", graph, *pictures),
    )


def naive(work: Work, until_ms: int) -> list[Bare]:
    """What a shell script does: seeks behind the input, smaller pictures from what it made."""
    found = []
    for at in (at for at in work.clips_ms if at < until_ms):
        stem = f"clip-{at}"
        cut = (
            *(*_base(), "-i", str(work.film), "-ss", _seconds(at), "-t", _seconds(work.clip_ms)),
            *("-vf", _SDR, *_X264, *_AAC, *_CLEAN, f"{stem}.mp4"),
        )
        found.append(Bare(at, (cut, *_shrunk(f"{stem}.mp4", stem, POSTERS))))
    for at in (at for at in work.stills_ms if at < until_ms):
        stem = f"still-{at}"
        cut = (
            *(*_base(), "-i", str(work.film), "-ss", _seconds(at), "-vf", "format=yuvj420p"),
            *(*_mjpeg(2), f"{stem}.jpg"),
        )
        found.append(Bare(at, (cut, *_shrunk(f"{stem}.jpg", stem, STILLS))))
    return found


def _shrunk(made: str, stem: str, widths: tuple[int, ...]) -> list[tuple[str, ...]]:
    return [
        (*_base(), "-i", made, "-vf", _jpeg(width), *_mjpeg(3), f"{stem}-{width}.jpg")
        for width in widths
    ]


def _base() -> tuple[str, ...]:
    return (ffmpeg.program(), "-nostdin", "-hide_banner", "-v", "error", "-y")


def _jpeg(width: int) -> str:
    return f"scale={width}:-2:flags=lanczos:out_range=pc:out_color_matrix=bt601,format=yuvj420p"


def _mjpeg(quality: int) -> tuple[str, ...]:
    return (
        *("-c:v", "mjpeg", "-q:v", str(quality), "-frames:v", "1", "-update", "1"),
        *("-map_metadata", "-1", "-threads", "1"),
    )


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03d}000"


def moviepy_order(work: Work, folder: Path) -> dict[str, object]:
    """What `media_moviepy.py` is told."""
    return {
        "film": str(work.film),
        "folder": str(folder),
        "clips_ms": work.clips_ms,
        "clip_ms": work.clip_ms,
        "stills_ms": work.stills_ms,
        "posters": POSTERS,
        "stills": STILLS,
        "preset": FULL.preset,
        "crf": FULL.crf,
    }
