"""Patterned cloth."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import skia
import stage
from stage import Point

if TYPE_CHECKING:
    from people import Look


@functools.cache
def cloth(look: Look) -> skia.Image:
    """One tile of the patterned cloth."""
    step = max(10, round(look.head * 0.42))
    surface = skia.Surface(step * 2, step * 2)
    canvas = surface.getCanvas()
    canvas.clear(stage.colour(look.top))
    paint, size = stage.fill(look.second, 0.9), step * 2
    if look.pattern == "stripes":
        canvas.drawRect(skia.Rect.MakeXYWH(0, 0, size, step * 0.42), paint)
        canvas.drawRect(skia.Rect.MakeXYWH(0, step, size, step * 0.42), paint)
    elif look.pattern == "checks":
        for i in (0, step):
            pale = stage.fill(look.second, 0.4)
            canvas.drawRect(skia.Rect.MakeXYWH(0, i, size, step * 0.4), pale)
            canvas.drawRect(skia.Rect.MakeXYWH(i, 0, step * 0.4, size), pale)
    for x, y in ((0.5, 0.5), (1.5, 1.5)):
        spot = (x * step, y * step)
        if look.pattern == "dots":
            stage.oval(canvas, spot, step * 0.2, step * 0.2, paint)
        elif look.pattern == "leaves":
            stage.oval(canvas, spot, step * 0.34, step * 0.15, paint, 35 if x < 1 else -35)
        elif look.pattern == "stars":
            draw_star(canvas, spot, step * 0.36, paint)
    return surface.makeImageSnapshot()


def dressed(look: Look, at: Point) -> skia.Paint:
    """A paint of patterned cloth that moves with the body."""
    if look.pattern in ("plain", "bare"):
        return stage.fill(look.skin if look.pattern == "bare" else look.top)
    shader = cloth(look).makeShader(
        skia.TileMode.kRepeat,
        skia.TileMode.kRepeat,
        skia.SamplingOptions(skia.FilterMode.kLinear),
        skia.Matrix.Translate(*at),
    )
    return skia.Paint(Shader=shader, AntiAlias=True)


def draw_star(canvas: skia.Canvas, at: Point, size: float, paint: skia.Paint) -> None:
    """A small five-pointed star."""
    points = []
    for i in range(10):
        far, angle = size if i % 2 == 0 else size * 0.45, math.pi * (i / 5 - 0.5)
        points.append((at[0] + far * math.cos(angle), at[1] + far * math.sin(angle)))
    canvas.drawPath(stage.shape(points), paint)
