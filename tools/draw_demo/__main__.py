"""Draw the films of the demonstration case: ``python tools/draw_demo``.

Nothing here is recorded: every picture is drawn and every sound is computed, so that the example
family belongs to nobody. The same bytes of picture come out on every run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import imageio_ffmpeg
import skia
import sound
import stage
from scene import Scene
from script import Story
from story_bath import BATH
from story_breakfast import BREAKFAST
from story_hall import TOP_UP
from story_sofa import STORY

CASE = Path(__file__).resolve().parents[2] / "cases" / "rowan"
FILMS = {"breakfast": BREAKFAST, "bath": BATH, "story": STORY, "top-up": TOP_UP}


def encode(story: Story, target: Path) -> None:
    """Draw every frame into ffmpeg."""
    target.parent.mkdir(parents=True, exist_ok=True)
    frames = round(story.seconds * stage.FPS)
    scene = Scene(story)
    with tempfile.TemporaryDirectory() as folder:
        track, film = Path(folder) / "sound.wav", Path(folder) / target.name
        with wave.open(str(track), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(sound.RATE)
            out.writeframes(sound.soundtrack(story).tobytes())
        command = [
            imageio_ffmpeg.get_ffmpeg_exe(),
            "-hide_banner",
            "-loglevel",
            "error",
            "-nostdin",
            "-y",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "bgra",
            "-s",
            f"{stage.WIDTH}x{stage.HEIGHT}",
            "-r",
            str(stage.FPS),
            "-i",
            "pipe:0",
            "-i",
            str(track),
            "-vf",
            "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
            "-c:v",
            "libx264",
            "-preset",
            "slow",
            "-crf",
            "27",
            "-tune",
            "animation",
            "-g",
            "250",
            "-threads",
            "2",
            "-colorspace",
            "bt709",
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-c:a",
            "aac",
            "-b:a",
            "64k",
            "-map_metadata",
            "-1",
            "-fflags",
            "+bitexact",
            "-flags:v",
            "+bitexact",
            "-flags:a",
            "+bitexact",
            "-movflags",
            "+faststart",
            str(film),
        ]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
            assert encoder.stdin is not None
            for number in range(frames):
                encoder.stdin.write(scene.frame(number / stage.FPS).tobytes())
            encoder.stdin.close()
            if encoder.wait():
                sys.exit(f"ffmpeg could not write {target.name}")
        shutil.move(film, target)


def main() -> None:
    """Draw all films, some films, or single frames to look at."""
    parser = argparse.ArgumentParser(prog="draw_demo", description=__doc__.splitlines()[0])
    parser.add_argument("films", nargs="*", metavar="FILM", help=f"of {', '.join(FILMS)}")
    parser.add_argument(
        "--frame",
        type=float,
        action="append",
        metavar="SECONDS",
        help="write this instant as a PNG instead (may be repeated)",
    )
    parser.add_argument("--out", type=Path, default=CASE, help="where to write")
    options = parser.parse_args()
    if unknown := [name for name in options.films if name not in FILMS]:
        parser.error(f"no film called {unknown[0]}; there are {', '.join(FILMS)}")
    for name in options.films or FILMS:
        story = FILMS[name]
        if options.frame:
            scene = Scene(story)
            for time in options.frame:
                target = options.out / f"{name}-{time:05.1f}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                scene.frame(time).save(str(target), skia.kPNG)
                print(f"wrote {target}")
            continue
        target = options.out / story.file
        encode(story, target)
        print(
            f"wrote {target} ({story.seconds:.0f} s, {target.stat().st_size / 1e6:.2f} MB)",
            flush=True,
        )


if __name__ == "__main__":
    main()
