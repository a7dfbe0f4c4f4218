"""What every command to ffmpeg has in common, whatever it makes. Pure: nothing runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ffmpeg

INPUT = "IN"
"""`IN0`, `IN1` … stand for files in arguments, so that those are the same wherever files lie."""
JPEG_OPTIONS: dict[str, Any] = {
    "c:v": "mjpeg",
    "map_metadata": -1,
    "flags:v": "+bitexact",
    "fflags": "+bitexact",
    "threads": 1,
    "f": "image2",
}


def command(output: Any, *, lenient: bool = False) -> tuple[str, ...]:
    """The arguments that bring about an output, quietly, telling their progress.

    A strict command stops at data it cannot read.
    """
    output = output.global_args("-nostdin", "-hide_banner", "-v", "error", "-n")
    if not lenient:
        output = output.global_args("-xerror")
    told = output.global_args("-abort_on", "empty_output", "-progress", "pipe:1", "-nostats")
    return tuple(str(argument) for argument in ffmpeg.get_args(told))


def tagged(picture: Any, **more: str) -> Any:
    """Says in the film how its colours are stored."""
    tags = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", **more}
    return picture.filter("setparams", range="tv", **tags)


def jpeg(picture: Any, name: str, fineness: int) -> Any:
    """One picture as a JPEG; `fineness` is ffmpeg's `q:v`, 2 the finest."""
    options = {**JPEG_OPTIONS, "q:v": fineness, "frames:v": 1, "update": 1}
    return ffmpeg.output(picture, name, **options)


def with_inputs(arguments: Sequence[str], files: Sequence[Path]) -> list[str]:
    """Arguments with files in the places of `IN0`, `IN1` and so on."""
    places = {f"{INPUT}{number}": str(file.absolute()) for number, file in enumerate(files)}
    return [places.get(argument, argument) for argument in arguments]
