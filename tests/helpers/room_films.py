"""Films of one room, drawn: the same things stand there, and two people move in their own ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tests.helpers.counted_films import run_ffmpeg

WIDTH, HEIGHT, RATE, SECONDS = 320, 180, 25, 7


def room_film(path: Path, seed: int, *, moved_px: int = 0, light: int = 0) -> Path:
    """Draw a film; `seed` decides noise and movement, the camera stands `moved_px` to the side."""
    chance = np.random.default_rng(seed)
    times = np.arange(SECONDS * RATE) / RATE
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    room = _room(x + moved_px, y) + light

    def walk(pixels: float) -> Any:
        swings = [
            chance.normal() * np.sin(2 * np.pi * chance.uniform(0.1, 0.9) * times + phase)
            for phase in chance.uniform(0, 6.3, 4)
        ]
        return pixels * np.sum(swings, axis=0)

    bodies = [(165, 95, 45, 35, 170), (165, 55, 14, 20, 70), (100, 115, 25, 20, 140),
              (100, 90, 11, 12, 50), (130, 125, 8, 6, 180)]  # fmt: skip
    walks = [(walk(pixels), walk(pixels / 2)) for pixels in (3, 3, 5, 5, 15)]
    noise = chance.normal(0, 4, (8, HEIGHT, WIDTH))
    raw = path.with_suffix(".raw")
    with raw.open("wb") as out:
        for number in range(len(times)):
            drawn = room.copy()
            for (left, top, wide, high, grey), (dx, dy) in zip(bodies, walks, strict=True):
                inside = ((x - left - moved_px - dx[number]) / wide) ** 2
                drawn[inside + ((y - top - dy[number]) / high) ** 2 < 1] = grey + light
            drawn += np.roll(noise[number % 8], int(chance.integers(WIDTH)), axis=1)
            out.write(np.clip(drawn, 0, 255).astype(np.uint8).tobytes())
    run_ffmpeg(
        *("-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE)),
        *("-i", str(raw), "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-g", "25"),
        *("-pix_fmt", "yuv420p", str(path)),
    )
    raw.unlink()
    return path


def _room(
    x: Any,
    y: Any,
) -> Any:
    """A wall with furniture before it."""
    drawn = 110 + 40 * np.sin(x / 85) + 25 * np.cos(y / 45)
    chance = np.random.default_rng(7)
    for _ in range(25):
        left, top = chance.integers(0, WIDTH), chance.integers(0, HEIGHT)
        wide, high = chance.integers(10, 70, 2)
        inside = (x > left) & (x < left + wide) & (y > top) & (y < top + high)
        drawn = np.where(inside, drawn + chance.integers(-70, 70), drawn)
    return np.clip(drawn, 5, 250)
