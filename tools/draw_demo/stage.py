"""The paper: colours, brushes, easing and the moving values everything else is drawn with."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import skia

WIDTH, HEIGHT, FPS = 1280, 720, 25

Point = tuple[float, float]
Value = float | str | Point
Resolve = Callable[[str], Point]


# ---------------------------------------------------------------- colour and paint


def colour(hexa: str, alpha: float = 1.0) -> int:
    """Turn ``"e2ab45"`` into Skia's ARGB number."""
    return (round(max(0.0, min(1.0, alpha)) * 255) << 24) | int(hexa, 16)


def mix(one: str, two: str, share: float) -> str:
    """Blend two colours; ``share`` 0 is the first, 1 the second."""
    a, b = (bytes.fromhex(text) for text in (one, two))
    return bytes(round(x + (y - x) * share) for x, y in zip(a, b, strict=True)).hex()


def fill(hexa: str, alpha: float = 1.0) -> skia.Paint:
    """A paint that fills."""
    return skia.Paint(Color=colour(hexa, alpha), AntiAlias=True)


def line(hexa: str, width: float, alpha: float = 1.0) -> skia.Paint:
    """A paint that draws a round-ended line."""
    return skia.Paint(
        Color=colour(hexa, alpha),
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


def glow(at: Point, radius: float, hexa: str, alpha: float) -> skia.Paint:
    """A soft round patch of light or shade, fading to nothing at its edge."""
    stops = [colour(hexa, alpha), colour(hexa, alpha * 0.45), colour(hexa, 0)]
    shader = skia.GradientShader.MakeRadial(at, radius, stops, [0.0, 0.5, 1.0])
    return skia.Paint(Shader=shader, AntiAlias=True)


def fade(start: Point, end: Point, stops: Sequence[tuple[str, float]]) -> skia.Paint:
    """A straight gradient between two points."""
    colours = [colour(hexa, alpha) for hexa, alpha in stops]
    return skia.Paint(Shader=skia.GradientShader.MakeLinear([start, end], colours), AntiAlias=True)


def soft(canvas: skia.Canvas, at: Point, rx: float, ry: float, hexa: str, alpha: float) -> None:
    """An oval patch of shade or light."""
    canvas.save()
    canvas.translate(*at)
    canvas.scale(1.0, ry / rx)
    canvas.drawCircle(0, 0, rx, glow((0, 0), rx, hexa, alpha))
    canvas.restore()


def oval(
    canvas: skia.Canvas, at: Point, rx: float, ry: float, paint: skia.Paint, turn: float = 0.0
) -> None:
    """An ellipse around a point, turned by degrees."""
    canvas.save()
    canvas.translate(*at)
    canvas.rotate(turn)
    canvas.drawOval(skia.Rect.MakeLTRB(-rx, -ry, rx, ry), paint)
    canvas.restore()


def box(
    canvas: skia.Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    paint: skia.Paint,
    radius: float = 0.0,
) -> None:
    """A rectangle with rounded corners."""
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius, paint)


def smooth(points: Sequence[Point], closed: bool = True) -> skia.Path:
    """A flowing line through all the points (Catmull-Rom)."""
    pts, n = list(points), len(points)
    path = skia.Path()
    path.moveTo(*pts[0])
    for i in range(n if closed else n - 1):
        before = pts[i - 1] if closed or i else pts[0]
        here, there = pts[i], pts[(i + 1) % n]
        after = pts[(i + 2) % n] if closed or i + 2 < n else there
        path.cubicTo(
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            *there,
        )
    if closed:
        path.close()
    return path


def shape(points: Sequence[Point]) -> skia.Path:
    """A closed straight-edged shape."""
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in points], True)
    return path


def brushed(
    canvas: skia.Canvas,
    path: skia.Path,
    hexa: str,
    seed: int,
    strength: float = 0.05,
    slope: float = -8.0,
) -> None:
    """Fill a shape like gouache: a flat colour with dry brush strokes (for things that stay)."""
    canvas.drawPath(path, fill(hexa))
    area, rng = path.getBounds(), random.Random(seed)
    canvas.save()
    canvas.clipPath(path, skia.ClipOp.kIntersect, True)
    count = int(min(420, 26 + area.width() * area.height() / 1600))
    for _ in range(count):
        x, y = rng.uniform(area.left(), area.right()), rng.uniform(area.top(), area.bottom())
        long, wide = rng.uniform(40, 190), rng.uniform(5, 26)
        tone = rng.choice(["ffffff", "fff1d6", "5b3a2a", mix(hexa, "000000", 0.5)])
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(slope + rng.uniform(-7, 7))
        box(
            canvas,
            -long / 2,
            -wide / 2,
            long,
            wide,
            fill(tone, strength * rng.uniform(0.25, 1.0)),
            wide / 2,
        )
        canvas.restore()
    canvas.restore()


def paper(seed: int = 7, depth: float = 9.0) -> skia.Image:
    """The grain of the paper, laid over every frame in the same place."""
    rng = np.random.default_rng(seed)
    grain = np.zeros((HEIGHT, WIDTH))
    for size, weight in ((2, 0.35), (4, 0.6), (9, 0.4), (40, 0.16)):
        rough = rng.standard_normal((HEIGHT // size + 3, WIDTH // size + 3))
        wide = np.kron(rough, np.ones((size, size)))[:HEIGHT, :WIDTH]
        for axis in (0, 1):
            total = np.cumsum(np.concatenate([wide, wide], axis=axis), axis=axis)
            wide = (np.roll(total, -size, axis) - total).take(
                range(HEIGHT if axis == 0 else WIDTH), axis
            ) / size
        grain += weight * wide
    tone = np.clip(255 + depth * 0.55 * (grain - 1.0).clip(-3, 0.6), 225, 255)
    pixels = np.empty((HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., :3], pixels[..., 3] = tone[..., None], 255
    return skia.Image.fromarray(pixels)


def lay(canvas: skia.Canvas, image: skia.Image, mode: skia.BlendMode, alpha: float = 1.0) -> None:
    """Lay a full-size picture over everything."""
    paint = skia.Paint(BlendMode=mode)
    paint.setAlphaf(alpha)
    canvas.drawImage(image, 0, 0, skia.SamplingOptions(), paint)


@dataclass(frozen=True)
class Camera:
    """Where the phone stands: how near, and what is in the middle of its picture."""

    zoom: float = 1.0
    x: float = WIDTH / 2
    y: float = HEIGHT / 2

    def look(self, canvas: skia.Canvas) -> None:
        """Set the canvas so that what is drawn next is seen through this camera."""
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.scale(self.zoom, self.zoom)
        canvas.translate(-self.x, -self.y)


def painted(draw: Callable[[skia.Canvas], None], camera: Camera) -> skia.Image:
    """Draw something once and keep it as a picture."""
    surface = skia.Surface(WIDTH, HEIGHT)
    canvas = surface.getCanvas()
    camera.look(canvas)
    draw(canvas)
    return surface.makeImageSnapshot()


# ---------------------------------------------------------------- movement


def ease(share: float) -> float:
    """Start slowly, end slowly."""
    share = max(0.0, min(1.0, share))
    return share * share * share * (share * (share * 6 - 15) + 10)


def wave(time: float, period: float, phase: float = 0.0) -> float:
    """A slow swing between -1 and 1."""
    return math.sin(2 * math.pi * (time / period + phase))


def between(one: Point, two: Point, share: float) -> Point:
    """The point on the way from one to the other."""
    return (one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share)


def add(*points: Point) -> Point:
    """The sum of points."""
    return (sum(p[0] for p in points), sum(p[1] for p in points))


@dataclass
class Track:
    """One value over time: it keeps its value until a beat sends it, smoothly, to another.

    A value is a number, a point, or the name of a place (``"mum.right"``, ``"bowl"``), which may
    itself be moving; ``"bowl+10,-20"`` is a place beside it.
    """

    keys: list[tuple[float, float, Value]] = field(default_factory=list)

    def send(self, at: float, over: float, value: Value) -> None:
        """From ``at`` on, move to ``value`` within ``over`` seconds."""
        self.keys.append((at, over, value))

    def number(self, time: float) -> float:
        """The number at a time."""
        now = 0.0
        for at, over, value in self.keys:
            if time < at:
                break
            assert isinstance(value, (int, float))
            now += (value - now) * (ease((time - at) / over) if over > 0 else 1.0)
        return now

    def point(self, time: float, places: Resolve) -> Point:
        """The point at a time; names are looked up in ``places``."""
        now: Point = (0.0, 0.0)
        for i, (at, over, value) in enumerate(self.keys):
            if time < at and i:
                break
            there = find(value, places)
            share = 1.0 if i == 0 or over <= 0 else ease((time - at) / over)
            now = between(now, there, share)
        return now


def find(value: Value, places: Resolve) -> Point:
    """A point, given as such or as the name of a place with an optional offset."""
    if isinstance(value, tuple):
        return value
    assert isinstance(value, str)
    name, _, beside = value.partition("+")
    here = places(name)
    if not beside:
        return here
    dx, dy = (float(part) for part in beside.split(","))
    return (here[0] + dx, here[1] + dy)
