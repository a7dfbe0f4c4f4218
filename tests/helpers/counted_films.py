"""Counted films: every frame tells its own number, so that a cut can be proven.

The number is drawn as 20 cells of 32 pixels (white is a set bit) above their complement, on a
picture of 640 x 360. A click each second, 5 ms long, tells where the sound is.
"""

from __future__ import annotations

import math
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import numpy.typing as npt

from vigsite.media import ffmpeg

CELL, BITS, WIDTH, HEIGHT = 32, 20, 640, 360
Grey = npt.NDArray[np.uint8]


def run_ffmpeg(*arguments: str) -> None:
    """Runs ffmpeg for a test's own material."""
    command = [ffmpeg.program(), "-nostdin", "-v", "error", "-y", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Counted:
    """A counted film."""

    path: Path
    rate: Fraction
    frames: int

    def frame_at(self, time_ms: int) -> int:
        """The number of the frame on screen at a time."""
        return int(time_ms * self.rate / 1000)


def counted_film(
    path: Path, rate: str, seconds: int, gop: int = 48, extra: tuple[str, ...] = ()
) -> Counted:
    """Draws a counted film with B-frames and keyframes far apart."""
    bits = "if(eq(mod(floor(N/pow(2\\,X))\\,2)\\,1-Y)\\,235\\,16)"
    code = (
        f"nullsrc=s={BITS}x2:r={rate}:d={seconds},format=gray,geq=lum='{bits}',"
        f"scale={BITS * CELL}:{2 * CELL}:flags=neighbor,format=yuv420p"
    )
    click = "0.1*sin(2*PI*300*t)+0.8*lt(mod(t,1),0.005)*sin(2*PI*4000*t)"
    run_ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc2=s={WIDTH}x{HEIGHT}:r={rate}:d={seconds}"),
        *("-f", "lavfi", "-i", code),
        *("-f", "lavfi", "-i", f"aevalsrc=exprs='{click}':c=stereo:s=48000:d={seconds}"),
        *("-filter_complex", "[0][1]overlay,format=yuv420p[v]", "-map", "[v]", "-map", "2:a"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-g", str(gop), "-bf", "2"),
        *("-c:a", "aac", *extra, str(path)),
    )
    value = Fraction(rate)
    return Counted(path, value, math.ceil(value * seconds))


def checkered_film(path: Path, seconds: int = 4) -> Counted:
    """A film of small black and white squares: whatever is covered turns grey."""
    squares = "if(mod(floor(X/8)+floor(Y/8)\\,2)\\,235\\,16)"
    run_ffmpeg(
        *(
            "-f",
            "lavfi",
            "-i",
            f"nullsrc=s={WIDTH}x{HEIGHT}:r=25:d={seconds},geq=lum='{squares}':cb=128:cr=128",
        ),
        *("-c:v", "libx264", "-crf", "12", str(path)),
    )
    return Counted(path, Fraction(25), 25 * seconds)


def read_number(grey: Grey, drawn_width: int = WIDTH) -> int | None:
    """The number a picture tells; None when it tells none."""
    cell = CELL * grey.shape[1] / drawn_width
    radius = max(1, int(cell * 0.2))

    def row(y: float) -> Any:
        top, bottom = int(y) - radius, int(y) + radius + 1
        middles = ((np.arange(BITS) + 0.5) * cell).astype(int)
        return np.array([grey[top:bottom, x - radius : x + radius + 1].mean() for x in middles])

    upper, lower = row(0.5 * cell), row(1.5 * cell)
    if np.abs(upper - lower).min() < 40:
        return None
    return int(((upper > lower).astype(int) << np.arange(BITS)).sum())


def pictures(path: Path) -> list[Grey]:
    """Every frame of a clip, or a still, as grey pictures."""
    with av.open(str(path)) as opened:
        return [cast("Grey", frame.to_ndarray(format="gray")) for frame in opened.decode(video=0)]


def colours(path: Path) -> list[Any]:
    """Every frame as red, green and blue."""
    with av.open(str(path)) as opened:
        return [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]


def samples(path: Path) -> Any:
    """The sound of a clip: one channel, 48,000 samples a second, from -1 to 1."""
    with av.open(str(path)) as opened:
        found = []
        for frame in opened.decode(audio=0):
            found.append(frame.to_ndarray()[0])
        return np.concatenate(found)
