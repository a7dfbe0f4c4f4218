"""Hair: clouds of curls, a hairline that turns with the head, a scarf."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import skia
import stage
from stage import Point

if TYPE_CHECKING:
    from faces import Ball
    from people import Look


def hairline(look: Look, lon: float) -> float:
    """How far down the hair grows at each longitude."""
    side = abs(lon)
    front = -0.6 - 0.04 * look.young + 0.16 * side * side
    if side < 1.0:
        return front
    burn = front + (side - 1.0) * (0.75 if side < 1.4 else 0.3)
    return burn if side < 1.62 else min(0.82 - 0.5 * look.young, burn + (side - 1.62) * 4.0)


def tuft(canvas: skia.Canvas, at: Point, size: float, hexa: str, seed: int) -> None:
    """A cloud of curls."""
    rng = random.Random(seed)
    canvas.drawCircle(*at, size * 0.92, stage.fill(hexa))
    light = stage.mix(hexa, "c98a5a", 0.34)
    for i in range(15):
        angle = i / 15 * 2 * math.pi
        far = size * rng.uniform(0.8, 0.9)
        canvas.drawCircle(
            at[0] + far * math.cos(angle),
            at[1] + far * math.sin(angle),
            size * rng.uniform(0.2, 0.27),
            stage.fill(hexa),
        )
    for _ in range(16):
        angle, far = rng.uniform(0, 6.28), size * rng.uniform(0.1, 0.86)
        draw_curl(
            canvas,
            (at[0] + far * math.cos(angle), at[1] + far * math.sin(angle)),
            size * 0.17,
            light,
            rng.uniform(0, 360),
        )


def draw_curl(canvas: skia.Canvas, at: Point, size: float, hexa: str, turn: float) -> None:
    """One curl: an open ring."""
    box = skia.Rect.MakeLTRB(at[0] - size, at[1] - size, at[0] + size, at[1] + size)
    path = skia.Path()
    path.addArc(box, turn, 200)
    canvas.drawPath(path, stage.line(hexa, 0.028, 0.75))


def draw_back_hair(canvas: skia.Canvas, look: Look, ball: Ball, seed: int) -> None:
    """What is seen behind the head."""
    yaw, nod = ball.pose.yaw, ball.pose.pitch
    if look.style == "puff":
        tuft(canvas, (-yaw * 0.62, -1.2 + nod * 0.3), 0.6, look.hair, seed)
    elif look.style == "bunches":
        for lon in (-1.75, 1.75):
            x, y = ball.at(lon, -0.62, 1.22)
            tuft(canvas, (x, y - 0.12), 0.42, look.hair, seed)


def draw_hair(canvas: skia.Canvas, look: Look, ball: Ball, seed: int) -> None:
    """The hair over the brow, its curls, and a band."""
    yaw, rng = ball.pose.yaw, random.Random(seed)
    start, stop = -math.pi / 2 - yaw, math.pi / 2 - yaw
    low = [start + (stop - start) * i / 36 for i in range(37)]
    front = [ball.at(lon, hairline(look, lon)) for lon in low]
    curly = 0.1 if look.style == "curls" else 0.03
    last, first = math.atan2(front[-1][1], front[-1][0]), math.atan2(front[0][1], -front[0][0])
    over = []
    for i in range(31):
        angle = last - (math.pi + first + last) * i / 30
        over.append((math.cos(angle) * (0.97 + curly), math.sin(angle) * (1.06 + curly)))
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in front + over], True)
    canvas.drawPath(path, stage.fill(look.hair))
    bump = 0.17 if look.style == "curls" else 0.09
    for i, (x, y) in enumerate(over):
        bare = (i < 3 and over[0][1] < 0.1) or (i > 27 and over[-1][1] < 0.1)
        if i % 2 == 0 and not bare:
            canvas.drawCircle(
                x * 0.95, y * 0.95, bump * rng.uniform(0.8, 1.15), stage.fill(look.hair)
            )
    if look.style == "curls":
        for i, (x, y) in enumerate(front):
            if i % 3 == 0 and abs(low[i]) < 1.3:
                canvas.drawCircle(x, y - 0.06, 0.15 * rng.uniform(0.75, 1.1), stage.fill(look.hair))
    light = stage.mix(look.hair, "c98a5a", 0.36)
    for _ in range(64):
        lon, deep = rng.uniform(-3.1, 3.1), rng.uniform(0.1, 0.72)
        turn = rng.uniform(0, 360)
        if ball.facing(lon) < 0.15:
            continue
        spot = ball.at(lon, max(-1.45, hairline(look, lon) - deep), 1.03)
        draw_curl(canvas, spot, 0.085 if look.style == "curls" else 0.06, light, turn)
    if look.style == "puff":
        draw_band(canvas, look, ball, low)
    if look.style == "bunches":
        for lon in (-1.5, 1.5):
            if ball.facing(lon) > -0.25:
                canvas.drawCircle(*ball.at(lon, -0.7, 1.12), 0.12, stage.fill(look.band))


def draw_band(canvas: skia.Canvas, look: Look, ball: Ball, low: list[float]) -> None:
    """A patterned scarf around the head, with its knot."""
    seen = [lon for lon in low if abs(lon) < 1.62]

    def along(lon: float) -> Point:
        return ball.at(lon, -0.78 + 0.2 * lon * lon, 1.03)

    path = stage.smooth([along(lon) for lon in seen], closed=False)
    for hexa, wide in ((stage.mix(look.band, "3b1d2a", 0.25), 0.29), (look.band, 0.25)):
        paint = stage.line(hexa, wide)
        paint.setStrokeCap(skia.Paint.kButt_Cap)
        canvas.drawPath(path, paint)
    for i, lon in enumerate(seen[1:-1]):
        if i % 3 == 0:
            stage.oval(
                canvas,
                along(lon),
                0.05 * max(0.3, ball.facing(lon)),
                0.065,
                stage.fill("f3d9a0"),
                20,
            )
