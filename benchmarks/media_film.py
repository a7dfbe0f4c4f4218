"""Draws the recording that is cut, and writes a case around it.

The film is like a phone's: 1080p, 30 frames a second, H.264 at 17 Mb/s with a key frame each
second, AAC. Twenty seconds are drawn and repeated without encoding them again. Where the shared
footage is present they are real: the two HDR films, made SDR, forwards and backwards by turns,
with sensor noise (the third phone film there shows the inside of a pocket). Else they are drawn.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.media_measure import run
from vigsite.media import ffmpeg

ROOT = Path(__file__).parent.parent
FOOTAGE = ROOT.parent / "shared" / "footage"
PANNED, SIDEWAYS = FOOTAGE / "phone-hdr10-vfr.mp4", FOOTAGE / "phone-hlg-sideways-editlist.mp4"
RATE = 30
DRAWN_S = 20

_TO_SDR = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:param=0.3:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
)
_STEADY = f"settb=1/{RATE},setpts=N"
_NOISE = (
    "noise=c0s=6:c0f=t,format=yuv420p,"
    "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
)
# Pink noise in the band of speech, four syllables a second.
_SPEECH = "anoisesrc=c=pink:r=48000:a=0.4:seed=7,highpass=f=200,lowpass=f=3400,tremolo=f=4:d=0.8"

CASE = """\
vigsite: 1
family:
  called: Ash and Dad
  people:
    ash: {called: Ash, role: child, pseudonym: Elm}
    dad: {called: Dad, role: parent, pseudonym: the parent}
practitioner: {called: Sam, contact: sam@example.org}
goals:
  meals: {question: "How can meals be calmer?", since: 2026-01-05, baseline: 3}
consent:
  - {person: dad, for: [review, keepsake, supervision], given: 2026-01-05}
  - {person: ash, by: dad, for: [review, keepsake, supervision], given: 2026-01-05}
"""
CYCLE = "filmed: 2026-02-01\nsetting: Tea at home\nrecordings:\n"


@dataclass(frozen=True, slots=True)
class Work:
    """What is cut out of the film, in whole milliseconds that are no key frames."""

    film: Path
    seconds: int
    clips_ms: tuple[int, ...]
    """Where each clip starts."""
    clip_ms: int
    stills_ms: tuple[int, ...]

    @property
    def described(self) -> str:
        many = (
            f"{len(self.clips_ms)} clips of {self.clip_ms / 1000:g} s, {len(self.stills_ms)} stills"
        )
        return f"{self.seconds} s of 1080p30, {self.film.stat().st_size / 1e6:.0f} MB: {many}"


def work_on(film: Path, seconds: int, clips: int, clip_s: float, stills: int) -> Work:
    """Moments spread over a film; each starts on a frame's own time, off the key frames.

    They lie a little closer than evenly, so that they meet other parts of what is repeated.
    """
    clip_ms = round(clip_s * 1000)
    room = 0.97 * seconds
    starts = [int((n + 0.5) * room / clips - clip_s / 2) * 1000 + 400 for n in range(clips)]
    shots = [int((n + 0.3) * room / stills) * 1000 + 700 for n in range(stills)]
    return Work(film, seconds, tuple(starts), clip_ms, tuple(shots))


def film(folder: Path, seconds: int) -> Path:
    """The recording in `folder`; made when it is not there yet."""
    natural = PANNED.is_file() and SIDEWAYS.is_file()
    path = folder / f"film-{seconds}s-{'natural' if natural else 'drawn'}.mp4"
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    length = min(DRAWN_S, seconds)
    once, whole = folder / "once.mp4", folder / "whole.mp4"
    base = [ffmpeg.program(), "-nostdin", "-hide_banner", "-v", "error", "-y"]
    inputs, graph = _natural() if natural else _drawn()
    run(
        [
            *(*base, *inputs, "-filter_complex", graph, "-map", "[v]", "-frames:v"),
            *(str(length * RATE), "-c:v", "libx264", "-preset", "veryfast", "-b:v", "17M"),
            *("-maxrate", "20M", "-bufsize", "17M", "-g", str(RATE), "-keyint_min", str(RATE)),
            *("-sc_threshold", "0", "-bf", "0", "-r", str(RATE), str(once)),
        ],
        folder,
    )
    run(
        [
            *(*base, "-stream_loop", str(-(-seconds // length) - 1), "-i", str(once)),
            *("-f", "lavfi", "-i", _SPEECH, "-map", "0:v", "-map", "1:a", "-c:v", "copy"),
            *("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-t", str(seconds)),
            *("-movflags", "+faststart", str(whole)),
        ],
        folder,
    )
    once.unlink()
    os.replace(whole, path)
    return path


def _natural() -> tuple[list[str], str]:
    to_and_fro = "split[{0}1][{0}2];[{0}2]reverse[{0}3];[{0}1][{0}3]concat," + _STEADY
    return (
        ["-i", str(PANNED), "-noautorotate", "-i", str(SIDEWAYS)],
        f"[0:v]{_TO_SDR},{to_and_fro.format('a')}[a];[1:v]{_TO_SDR},{to_and_fro.format('b')}[b];"
        f"[a][b]concat,{_STEADY},loop=loop=-1:size=194,{_STEADY},{_NOISE}[v]",
    )


def _drawn() -> tuple[list[str], str]:
    size = f"s=1920x1080:r={RATE}"
    return (
        ["-f", "lavfi", "-i", f"mandelbrot={size}", "-f", "lavfi", "-i", f"testsrc2={size}"],
        f"[0:v]format=yuv420p[a];[1:v]scale=960:540,format=yuv420p[b];"
        f"[a][b]overlay=480:270,{_NOISE}[v]",
    )


def case_around(folder: Path, work: Work) -> Path:
    """A case with one cycle whose moments are those of `work`; what was built before is gone."""
    entries = [
        f"  - {{id: clip-{n}, clip: {clock(start)} - {clock(start + work.clip_ms)}, title: Clip {n}}}"
        for n, start in enumerate(work.clips_ms, 1)
    ]
    entries += [
        f"  - {{id: still-{n}, still: {clock(at)}, title: Still {n}}}"
        for n, at in enumerate(work.stills_ms, 1)
    ]
    return write_case(folder, {"film": work.film}, entries)


def write_case(folder: Path, films: dict[str, Path], entries: list[str]) -> Path:
    """A case directory around films that already exist; they are linked, not copied."""
    shutil.rmtree(folder, ignore_errors=True)
    cycle = folder / "1-tea"
    cycle.mkdir(parents=True)
    named = []
    for name, path in films.items():
        there = cycle / f"{name}.mp4"
        try:
            os.link(path, there)
        except OSError:
            shutil.copyfile(path, there)
        named.append(f"  {name}: {{file: {there.name}, shows: [ash, dad]}}\n")
    (folder / "case.yml").write_text(CASE, "utf-8")
    text = CYCLE + "".join(named) + "moments:\n" + "\n".join(entries) + "\n"
    (cycle / "cycle.yml").write_text(text, "utf-8")
    return folder


def clock(ms: int) -> str:
    """A time as it stands in cycle.yml."""
    return f"{ms // 60000}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"
