"""What every room is furnished with: walls, windows, curtains, plants, pictures."""

from __future__ import annotations

import random

import skia
import stage
from stage import HEIGHT, WIDTH, box, brushed, fill, line, oval, shape, smooth, soft


def slab(x: float, y: float, w: float, h: float, radius: float = 0.0) -> skia.Path:
    """A rectangle as a path."""
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius)
    return path


def plant(canvas: skia.Canvas, x: float, y: float, size: float, pot: str, seed: int) -> None:
    """A pot plant with round leaves."""
    rng = random.Random(seed)
    for i in range(13):
        turn = -78 + i * 13 + rng.uniform(-6, 6)
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(turn)
        long = size * rng.uniform(0.75, 1.15)
        canvas.drawLine(0, 0, 0, -long, line("6f8a62", 2.5))
        tone = rng.choice(["7f9c6c", "93ad7c", "6a8b67", "a7b98a"])
        oval(canvas, (0, -long), size * 0.14, size * 0.26, fill(tone))
        canvas.drawLine(0, -long * 0.8, 0, -long * 1.15, line("5f7d5a", 1.5, 0.6))
        canvas.restore()
    brushed(
        canvas,
        shape(
            [
                (x - size * 0.34, y - 4),
                (x + size * 0.34, y - 4),
                (x + size * 0.25, y + size * 0.5),
                (x - size * 0.25, y + size * 0.5),
            ]
        ),
        pot,
        seed,
        0.07,
    )
    box(
        canvas,
        x - size * 0.38,
        y - size * 0.12,
        size * 0.76,
        size * 0.16,
        fill(stage.mix(pot, "ffffff", 0.15)),
        4,
    )


def window(
    canvas: skia.Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    sky: tuple[str, str],
    frame: str,
    night: bool = False,
) -> None:
    """A window with hills or stars behind it."""
    pane = slab(x, y, w, h, 6)
    canvas.drawPath(pane, stage.fade((x, y), (x, y + h), [(sky[0], 1), (sky[1], 1)]))
    canvas.save()
    canvas.clipPath(pane, skia.ClipOp.kIntersect, True)
    if night:
        rng = random.Random(5)
        for _ in range(16):
            canvas.drawCircle(
                x + rng.random() * w,
                y + rng.random() * h * 0.8,
                rng.uniform(1, 2.4),
                fill("fff1c9", rng.uniform(0.5, 0.95)),
            )
        canvas.drawCircle(x + w * 0.72, y + h * 0.27, 24, fill("fdeec4"))
        canvas.drawCircle(x + w * 0.72 - 11, y + h * 0.27 - 5, 21, fill(sky[0]))
    else:
        soft(canvas, (x + w * 0.62, y + h * 0.24), w * 0.5, w * 0.5, "fff6cf", 0.95)
        for dx, dy, size, tone in (
            (0.15, 1.06, 0.62, "a9bf93"),
            (0.8, 1.12, 0.7, "93b08a"),
            (0.45, 1.22, 0.66, "7fa07c"),
        ):
            oval(canvas, (x + w * dx, y + h * dy), w * size, h * 0.42, fill(tone))
        for dx, size in ((0.24, 26), (0.86, 32)):
            canvas.drawLine(x + w * dx, y + h * 0.82, x + w * dx, y + h * 0.6, line("8a6a4c", 5))
            canvas.drawCircle(x + w * dx, y + h * 0.58, size, fill("8fae7b"))
            canvas.drawCircle(x + w * dx + 6, y + h * 0.55, size * 0.62, fill("a4be8c"))
    canvas.restore()
    canvas.drawPath(pane, line(frame, 14))
    canvas.drawLine(x + w / 2, y, x + w / 2, y + h, line(frame, 8))
    canvas.drawLine(x, y + h * 0.45, x + w, y + h * 0.45, line(frame, 8))
    box(canvas, x - 20, y + h + 2, w + 40, 14, fill(stage.mix(frame, "c9a27a", 0.25)), 3)


def curtain(
    canvas: skia.Canvas, x: float, y: float, w: float, h: float, hexa: str, side: int, seed: int
) -> None:
    """One gathered curtain."""
    inner = x + w if side < 0 else x
    outer = x if side < 0 else x + w
    path = smooth(
        [
            (outer, y),
            (inner, y),
            (inner, y + h * 0.35),
            (inner + side * w * 0.42, y + h * 0.68),
            (inner + side * w * 0.1, y + h),
            (outer, y + h),
            (outer, y + h * 0.5),
        ]
    )
    brushed(canvas, path, hexa, seed, 0.06, 86)
    canvas.save()
    canvas.clipPath(path, skia.ClipOp.kIntersect, True)
    for i in range(5):
        at = x + w * (i + 0.5) / 5
        canvas.drawLine(at, y, at + side * 6, y + h, line(stage.mix(hexa, "5b2a1f", 0.5), 5, 0.16))
    canvas.restore()


def picture(
    canvas: skia.Canvas, x: float, y: float, w: float, h: float, tone: str, subject: str
) -> None:
    """A small framed picture."""
    box(canvas, x + 4, y + 7, w, h, fill("4a2c22", 0.14), 4)
    box(canvas, x, y, w, h, fill("c08a56"), 4)
    box(canvas, x + 7, y + 7, w - 14, h - 14, fill(tone))
    middle = (x + w / 2, y + h / 2)
    if subject == "sun":
        canvas.drawCircle(*middle, w * 0.2, fill("e2a53e"))
        canvas.drawCircle(*middle, w * 0.28, line("e2a53e", 3, 0.6))
    elif subject == "boat":
        canvas.drawPath(
            shape(
                [
                    (middle[0], middle[1] - h * 0.28),
                    (middle[0], middle[1] + h * 0.08),
                    (middle[0] + w * 0.24, middle[1] + h * 0.08),
                ]
            ),
            fill("fff4e0"),
        )
        canvas.drawPath(
            shape(
                [
                    (x + w * 0.26, middle[1] + h * 0.13),
                    (x + w * 0.76, middle[1] + h * 0.13),
                    (x + w * 0.66, middle[1] + h * 0.26),
                    (x + w * 0.36, middle[1] + h * 0.26),
                ]
            ),
            fill("c9583f"),
        )
    else:
        for i, turn in enumerate((-30, 0, 30)):
            oval(
                canvas,
                (middle[0] + (i - 1) * w * 0.14, middle[1]),
                w * 0.08,
                h * 0.22,
                fill("6f8f72"),
                turn,
            )


def wall(canvas: skia.Canvas, hexa: str, seed: int) -> None:
    """The wall, brushed, a little darker to its corners."""
    brushed(canvas, slab(0, 0, WIDTH, HEIGHT), hexa, seed, 0.035, -12)
    soft(canvas, (0, HEIGHT * 0.4), 420, 700, "8c5a3c", 0.15)
    soft(canvas, (WIDTH, HEIGHT * 0.4), 420, 700, "8c5a3c", 0.15)
