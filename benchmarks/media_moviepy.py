"""The benchmark's clips, posters and stills as a moviepy 2 script makes them.

Its one argument is the JSON of `moviepy_order`.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    order: dict[str, Any] = json.loads(sys.argv[1])
    moviepy = importlib.import_module("moviepy")
    pillow = importlib.import_module("PIL.Image")
    folder = Path(order["folder"])

    def save(picture: Any, stem: str, widths: list[int]) -> None:
        full = pillow.fromarray(picture)
        for width in widths:
            sized = full.resize((width, round(full.height * width / full.width)), pillow.LANCZOS)
            sized.save(folder / f"{stem}-{width}.jpg", quality=90)

    with moviepy.VideoFileClip(order["film"]) as film:
        for at in order["clips_ms"]:
            clip = film.subclipped(at / 1000, (at + order["clip_ms"]) / 1000)
            save(clip.get_frame(0), f"clip-{at}", order["posters"])
            clip.write_videofile(
                str(folder / f"clip-{at}.mp4"),
                codec="libx264",
                preset=order["preset"],
                audio_codec="aac",
                audio_bitrate="128k",
                threads=4,
                ffmpeg_params=[
                    *("-crf", str(order["crf"]), "-g", "15", "-profile:v", "high"),
                    *("-pix_fmt", "yuv420p", "-movflags", "+faststart"),
                ],
                logger=None,
            )
        for at in order["stills_ms"]:
            film.save_frame(str(folder / f"still-{at}.jpg"), t=at / 1000)
            save(film.get_frame(at / 1000), f"still-{at}", order["stills"])


if __name__ == "__main__":
    main()
