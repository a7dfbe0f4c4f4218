"""How good and how large clips are: VMAF, SSIM and bytes of vigsite's own recipes.

A clip is made twice by the very same filters: as the recipe says, and lossless. Two scores:
`own` compares the two; `seen` compares the clip with the lossless one in FULL size, so that what
a smaller picture loses counts too. libvmaf's model expects 1080p seen from three heights away, so
that anything smaller is scaled up (bicubic) until its longer side has 1920 pixels, on both sides.
"""

from __future__ import annotations

import json
import re
import statistics
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.media_film import FOOTAGE, clock, write_case
from benchmarks.media_measure import run
from vigsite.building.examine import examine
from vigsite.case.load import load_case
from vigsite.media import ffmpeg
from vigsite.media.library import Library
from vigsite.media.recipes import recipe
from vigsite.media.recipes.recipe import Quality, Recipe

NATURAL = {
    "sdr": "phone-fullrange-upsidedown-silent.mp4",
    "pq": "phone-hdr10-vfr.mp4",
    "hlg": "phone-hlg-sideways-editlist.mp4",
    "nasa": "two-video-two-audio-subtitles.mp4",
}
QUALITIES = ("FULL", "FINE", "SHARE", "DRAFT")
LONGEST_MS = 3000
"""Of each film, its middle."""
PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium")
FEW_PRESETS, FEW_CRFS = ("ultrafast", "superfast", "veryfast", "faster"), (19, 21, 23)
_ENCODER = {"-preset", "-crf", "-profile:v", "-tune", "-x264-params", "-level"}


@dataclass(frozen=True, slots=True)
class Score:
    """What one clip is like."""

    film: str
    quality: str
    preset: str
    crf: int
    """As ffmpeg is told; a recipe may choose another than its quality for small pictures."""
    width: int
    height: int
    cpu_s: float
    """Of the whole command: decoding, filters, posters and encoding."""
    seconds: float
    bytes: int
    """Of the clip's file, its sound included."""
    own: float
    own_p5: float
    """VMAF of the worst twentieth of the frames."""
    own_harmonic: float
    seen: float
    ssim: float

    @property
    def mbit_s(self) -> float:
        return self.bytes * 8 / 1e6 / self.seconds

    def line(self) -> str:
        return (
            f"{self.film:6} {self.quality:6} {self.preset:10}{self.crf:3} {self.width:5}x{self.height:<5}"
            f"{self.cpu_s / self.seconds:6.2f}{self.mbit_s:8.2f}{self.bytes / self.seconds / 1000:8.0f}"
            f"{self.own:8.2f}{self.own_p5:7.2f}{self.own_harmonic:7.2f}{self.seen:7.2f}{self.ssim:8.4f}"
        )

    def kept(self) -> dict[str, object]:
        return {**asdict(self), "mbit_s": self.mbit_s}


HEADING = "film   quality preset   crf    size    CPU/s    Mb/s    kB/s  VMAF own     p5   harm   seen    SSIM"


class Footage:
    """The natural films as recipes of vigsite, and a place for what they make."""

    def __init__(self, folder: Path, more: dict[str, Path]) -> None:
        found = {name: FOOTAGE / file for name, file in NATURAL.items()}
        self.missing = [path.name for path in found.values() if not path.is_file()]
        self.films = {name: path for name, path in found.items() if path.is_file()} | more
        self.folder = folder
        library = Library(folder / "recordings", folder / "scratch")
        entries = []
        for name, path in self.films.items():
            lasts = library.probe(path).duration_ms
            start = max(0, (lasts - LONGEST_MS) // 2)
            clip = f"{clock(start)} - {clock(min(lasts, start + LONGEST_MS))}"
            entries.append(f"  - {{id: {name}, of: {name}, clip: {clip}, title: {name}}}")
        self._case = write_case(folder / "quality", self.films, entries)
        self._library = library
        self._recipes: dict[Quality, dict[str, tuple[Recipe, Path]]] = {}
        self._lossless: dict[tuple[str, ...], Path] = {}

    def recipes(self, quality: Quality) -> dict[str, tuple[Recipe, Path]]:
        """The recipe of every film and its recording, by the film's name."""
        if quality in self._recipes:
            return self._recipes[quality]
        version = ffmpeg.version(ffmpeg.program())
        examined = examine(load_case(self._case), self._library, quality, version)
        if examined.report.faults:
            raise RuntimeError("\n".join(map(str, examined.report.faults)))
        self._recipes[quality] = {
            name.rpartition("/")[2]: (plan.jobs[0].recipe, plan.jobs[0].recording)
            for name, plan in examined.plan.moments.items()
        }
        return self._recipes[quality]

    def score(self, film: str, quality: str, changed: Quality | None = None) -> Score:
        """Makes a clip at a quality (with another preset or CRF if `changed`) and looks at it."""
        named: Quality = getattr(recipe, quality)
        used = changed or named
        own, recording = self.recipes(used)[film]
        full, _ = self.recipes(recipe.FULL)[film]
        assert own.clip is not None
        assert full.clip is not None
        size = _seen_size(full.clip.width, full.clip.height)
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            cost = _make(own.arguments, recording, Path(place))
            made = Path(place) / own.clip.name
            alike = _vmaf(made, self._reference(film, own, recording), size)
            seen = alike
            full_reference = self._reference(film, full, recording)
            if full_reference != self._reference(film, own, recording):
                seen = _vmaf(made, full_reference, size)
            return Score(
                film,
                quality if changed is None else "grid",
                used.preset,
                int(own.arguments[own.arguments.index("-crf") + 1]),
                own.clip.width,
                own.clip.height,
                cost,
                own.clip.length_ms / 1000,
                made.stat().st_size,
                *alike[:3],
                seen[0],
                alike[3],
            )

    def contrast(self, film: str) -> float:
        """How far the darkest and the brightest tenth of a film's pixels lie apart, of 255."""
        full, recording = self.recipes(recipe.FULL)[film]
        looked = run(
            [
                *(ffmpeg.program(), "-nostdin", "-v", "error", "-i"),
                *(str(self._reference(film, full, recording)), "-vf"),
                *("signalstats,metadata=print:file=-", "-f", "null", "-"),
            ],
            self.folder,
        ).said
        low, high = (
            statistics.fmean(map(float, re.findall(rf"signalstats.{key}=(\S+)", looked)))
            for key in ("YLOW", "YHIGH")
        )
        return high - low

    def _reference(self, film: str, own: Recipe, recording: Path) -> Path:
        """The lossless clip of a recipe's filters; made once for all that share them."""
        assert own.clip is not None
        key = (film, *lossless(own.arguments))
        if key not in self._lossless:
            folder = self.folder / f"lossless-{len(self._lossless)}"
            folder.mkdir()
            _make(lossless(own.arguments), recording, folder)
            self._lossless[key] = folder / own.clip.name
        return self._lossless[key]


def lossless(arguments: Iterable[str]) -> tuple[str, ...]:
    """A recipe's arguments with another encoder: every pixel that leaves the filters stays."""
    words = iter(arguments)
    found: list[str] = []
    for word in words:
        if word in _ENCODER:
            next(words)
            continue
        found.append(word)
        if word == "libx264":
            found += ["-preset", "ultrafast", "-qp", "0"]
    return tuple(found)


def _make(arguments: Iterable[str], recording: Path, folder: Path) -> float:
    """Runs a recipe; answers its CPU seconds."""
    filled = [str(recording) if word == recipe.SOURCE else word for word in arguments]
    return run([ffmpeg.program(), *filled], folder).cost.cpu_s


def _seen_size(width: int, height: int) -> tuple[int, int]:
    """The size in which libvmaf sees a clip: its longer side at least 1920 pixels."""
    scale = max(1.0, 1920 / max(width, height))
    return 2 * round(width * scale / 2), 2 * round(height * scale / 2)


def _vmaf(made: Path, reference: Path, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Mean, 5th percentile and harmonic mean of VMAF, mean SSIM; both scaled to a size."""
    alike = f"scale={size[0]}:{size[1]}:flags=bicubic,format=yuv420p,settb=1/1000,setpts=N"
    with tempfile.TemporaryDirectory() as place:
        log = Path(place) / "log.json"
        graph = (
            f"[0:v]{alike}[d];[1:v]{alike}[r];[d][r]libvmaf=log_fmt=json:log_path=log.json"
            ":feature='name=float_ssim':n_threads=2"
        )
        run(
            [
                *(ffmpeg.program(), "-nostdin", "-v", "error", "-i", str(made)),
                *("-i", str(reference), "-lavfi", graph, "-f", "null", "-"),
            ],
            Path(place),
        )
        frames = [frame["metrics"] for frame in json.loads(log.read_text("utf-8"))["frames"]]
    scores = sorted(float(frame["vmaf"]) for frame in frames)
    harmonic: float = len(scores) / sum(1 / (score + 1) for score in scores) - 1
    ssim = sum(float(frame["float_ssim"]) for frame in frames) / len(frames)
    return sum(scores) / len(scores), scores[len(scores) // 20], harmonic, ssim
