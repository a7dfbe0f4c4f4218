"""A chart of known colours, films of it in every way of storing colours, and how it is read back.

Colours are compared as BT.709 in video range, 8 bits: grey has a chroma of 0 there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from tests.helpers.counted_films import run_ffmpeg

WIDTH, HEIGHT = 640, 360
GREYS = [f"grey {share}" for share in range(10, 100, 10)]
COLOURS = {
    "light skin": (232, 190, 172),
    "skin": (198, 134, 105),
    "dark skin": (110, 72, 56),
    "sky": (120, 170, 220),
    "leaf": (90, 140, 60),
    "black": (0, 0, 0),
    "red": (190, 50, 50),
    "green": (60, 160, 70),
    "blue": (50, 70, 170),
    "yellow": (220, 190, 60),
    "magenta": (180, 70, 150),
    "white": (255, 255, 255),
}
"""Six in a row below the nine greys; all inside BT.709, none at the edge of it."""
SKINS = ["light skin", "skin", "dark skin"]
STRONG = [name for name in COLOURS if name not in ("black", "white")]


def _places() -> dict[str, tuple[slice, slice]]:
    found = {}
    for number, name in enumerate(GREYS):
        wide = WIDTH // 9
        found[name] = (slice(20, 110), slice(number * wide + 4, (number + 1) * wide - 4))
    for number, name in enumerate(COLOURS):
        row, column = divmod(number, 6)
        wide, top = WIDTH // 6, 130 + 115 * row
        found[name] = (slice(top, top + 100), slice(column * wide + 4, (column + 1) * wide - 4))
    return found


PLACES = _places()


def true_rgb() -> Any:
    """The chart itself, on a grey ground."""
    drawn = np.full((HEIGHT, WIDTH, 3), 110, np.uint8)
    for name, place in PLACES.items():
        drawn[place] = COLOURS.get(name) or round(255 * int(name[-2:]) / 100)
    return drawn


@dataclass(frozen=True)
class Seen:
    """Luma (16 to 235) and chroma (around 0) of a chart's places."""

    y: dict[str, float]
    c: dict[str, complex]
    mean_y: float

    def light(self, name: str, true: Seen) -> float:
        """How bright a place is, as a share of how bright it should be."""
        return (self.y[name] - 16) / (true.y[name] - 16)

    def strength(self, name: str, true: Seen) -> float:
        """How colourful a place is, as a share of how colourful it should be."""
        return abs(self.c[name]) / abs(true.c[name])

    def turn(self, name: str, true: Seen) -> float:
        """How far a place's hue is from what it should be, in degrees."""
        return float(abs(np.degrees(np.angle(self.c[name] / true.c[name]))))

    def apart(self, true: Seen) -> tuple[float, float]:
        """The largest difference of luma, and of chroma, at any place."""
        return (
            max(abs(self.y[name] - true.y[name]) for name in PLACES),
            max(abs(self.c[name] - true.c[name]) for name in PLACES),
        )


def seen(y: Any, cb: Any, cr: Any) -> Seen:
    """Reads a chart's places, well inside their edges."""
    high, wide = y.shape

    def inner(place: tuple[slice, slice]) -> tuple[slice, slice]:
        rows, columns = place
        return (
            slice((rows.start + 12) * high // HEIGHT, (rows.stop - 12) * high // HEIGHT),
            slice((columns.start + 12) * wide // WIDTH, (columns.stop - 12) * wide // WIDTH),
        )

    return Seen(
        y={name: float(y[inner(place)].mean()) for name, place in PLACES.items()},
        c={
            name: complex(cb[inner(place)].mean() - 128, cr[inner(place)].mean() - 128)
            for name, place in PLACES.items()
        },
        mean_y=float(y.mean()),
    )


def of_rgb(rgb: Any) -> Seen:
    """What a picture in red, green and blue is in BT.709, video range."""
    red, green, blue = (rgb[..., channel].astype(float) / 255 for channel in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return seen(
        16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748
    )


def of_clip(path: Path) -> Seen:
    """A clip's third frame as it is stored: a clip is BT.709 in video range, so nothing changes."""
    with av.open(str(path)) as opened:
        frames = [frame for _, frame in zip(range(3), opened.decode(video=0), strict=False)]
        y, cb, cr = (plane.astype(float) for plane in frames[-1].to_ndarray(format="yuv444p"))
    return seen(y, cb, cr)


def of_jpeg(path: Path) -> Seen:
    """A still: a JPEG counts as BT.601 in full range."""
    with av.open(str(path)) as opened:
        stored = next(opened.decode(video=0)).to_ndarray(format="yuvj444p").astype(float)
    y, cb, cr = stored[0], stored[1] - 128, stored[2] - 128
    red, blue = y + 1.402 * cr, y + 1.772 * cb
    green = (y - 0.299 * red - 0.114 * blue) / 0.587
    return of_rgb(np.stack([red, green, blue], axis=-1))


TRUE = of_rgb(true_rgb())
X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "4")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "4", "-x265-params", "log-level=none")
_TAGS = "setparams=range={r}:color_primaries={p}:color_trc={t}:colorspace={m}"


def _stored(matrix: str, pixels: str, reach: str, size: str, tags: str) -> str:
    return (
        f"scale={size}:flags=neighbor:out_color_matrix={matrix}:out_range={reach},"
        f"format={pixels},{tags}"
    )


def tags(reach: str, primaries: str, transfer: str, matrix: str) -> str:
    """What a film says about its colours; `unknown` says nothing."""
    return _TAGS.format(r=reach, p=primaries, t=transfer, m=matrix)


SILENT = tags("unknown", "unknown", "unknown", "unknown")
STORED = {
    "plain.mp4": (_stored("bt709", "yuv420p", "tv", "640:360", tags("tv", *["bt709"] * 3)), X264),
    "full.mp4": (
        _stored("bt709", "yuvj420p", "pc", "640:360", tags("pc", *["bt709"] * 3)),
        X264,
    ),
    "full-601.mov": (
        _stored("bt601", "yuvj420p", "pc", "640:360", tags("pc", "bt709", "bt709", "smpte170m")),
        X264,
    ),
    "motion.avi": (
        _stored("bt601", "yuvj420p", "pc", "640:360", "null"),
        ("-c:v", "mjpeg", "-q:v", "2"),
    ),
    "small-silent.mp4": (_stored("bt601", "yuv420p", "tv", "640:360", SILENT), X264),
    "large-silent.mp4": (_stored("bt709", "yuv420p", "tv", "1280:720", SILENT), X264),
    "large-601.mp4": (
        _stored("bt601", "yuv420p", "tv", "1280:720", tags("tv", *["smpte170m"] * 3)),
        X264,
    ),
    "deep.mov": (
        _stored("bt709", "yuv422p10le", "tv", "640:360", tags("tv", *["bt709"] * 3)),
        X264,
    ),
}
"""How each film stores the chart: matrix, range, depth, and what it says about that."""


def film(path: Path) -> Path:
    """A film of the chart, stored as `STORED` says, 12 frames long."""
    graph, codec = STORED[path.name]
    _draw(path, graph, *codec)
    return path


def hdr_film(path: Path, transfer: str) -> Path:
    """The chart as a phone would film it in HDR: its white at 203 cd/m², as BT.2408 has it."""
    to = f"p=2020:t={transfer}:m=2020_ncl:r=limited:npl=203"
    graph = (
        "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
        f"zscale=pin=709:tin=709:min=709:rin=limited:{to},format=yuv420p10le"
    )
    tagged = ("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc")
    _draw(path, graph, *X265, "-tag:v", "hvc1", *tagged)
    return path


def _draw(path: Path, graph: str, *codec: str) -> None:
    drawn = path.with_name(f"{path.name}.rgb")
    drawn.write_bytes(true_rgb().tobytes() * 12)
    run_ffmpeg(
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", "25"),
        *("-i", str(drawn), "-vf", graph, *codec, str(path)),
    )
    drawn.unlink()
