"""The small things that move: bowl, spoon, cup, letter, duck, foam, book, bear, drops."""

from __future__ import annotations

import math
import random

import skia
import stage
from stage import Point, box, fill, line, oval, shape, smooth, soft

# A pen alphabet for the letter: strokes in a box 4 wide and 6 high (no font is needed).
PEN: dict[str, list[list[Point]]] = {
    "O": [[(2, 0), (0, 2), (0, 4), (2, 6), (4, 4), (4, 2), (2, 0)]],
    "A": [[(0, 6), (2, 0), (4, 6)], [(1, 4), (3, 4)]],
    "1": [[(1, 1), (2, 0), (2, 6)]],
    "2": [[(0, 1), (2, 0), (4, 1.5), (0, 6), (4, 6)]],
    "a": [[(3, 3), (1, 3), (0, 4.5), (1, 6), (3, 5)], [(3, 3), (3, 6)]],
    "c": [[(3, 3), (1, 3), (0, 4.5), (1, 6), (3, 6)]],
    "e": [[(0, 4.5), (3, 4.2), (2, 3), (0.5, 3.4), (0, 4.8), (1.2, 6), (3, 5.6)]],
    "f": [[(3, 0.6), (1.8, 0.3), (1.4, 2), (1.4, 6)], [(0.4, 3), (2.6, 3)]],
    "i": [[(1, 3), (1, 6)], [(1, 1.6), (1, 1.5)]],
    "k": [[(0, 0), (0, 6)], [(3, 3), (0, 4.6), (3, 6)]],
    "n": [[(0, 3), (0, 6)], [(0, 3.8), (1.6, 3), (3, 3.8), (3, 6)]],
    "o": [[(1.5, 3), (0, 4.5), (1.5, 6), (3, 4.5), (1.5, 3)]],
    "r": [[(0, 3), (0, 6)], [(0, 4), (1.4, 3), (2.6, 3.2)]],
    "u": [[(0, 3), (0, 5), (1.4, 6), (3, 5)], [(3, 3), (3, 6)]],
    "v": [[(0, 3), (1.5, 6), (3, 3)]],
    " ": [],
}


def write(canvas: skia.Canvas, text: str, at: Point, size: float) -> None:
    """Write a line with the pen."""
    x = at[0]
    for letter in text:
        for stroke in PEN[letter]:
            points = [(x + px * size / 6, at[1] + py * size / 6) for px, py in stroke]
            canvas.drawPath(smooth(points, closed=False), line("34405e", size * 0.11))
        x += size * (0.86 if letter.isupper() else {"i": 0.42, " ": 0.5}.get(letter, 0.68))


def draw_bowl(canvas: skia.Canvas, at: Point, _: float) -> None:
    """Rowan's porridge."""
    x, y = at
    soft(canvas, (x, y + 36), 110, 22, "3b1d2a", 0.4)
    bowl = smooth(
        [
            (x - 78, y - 6),
            (x, y - 16),
            (x + 78, y - 6),
            (x + 58, y + 30),
            (x, y + 42),
            (x - 58, y + 30),
        ]
    )
    canvas.drawPath(bowl, fill("5f9391"))
    oval(canvas, (x, y - 5), 78, 19, fill("dff0e6"))
    oval(canvas, (x, y - 3), 68, 14, fill("f3dfb4"))
    for dx, dy in ((-22, -4), (16, 1), (38, -5)):
        oval(canvas, (x + dx, y + dy), 8, 5, fill("c9484a"))
    for dx in (-36, 0, 36):
        canvas.drawCircle(x + dx, y + 22, 6, fill("f6e6bd"))


def draw_spoon(canvas: skia.Canvas, at: Point, turn: float) -> None:
    """A small spoon; it turns around the hand that holds it."""
    canvas.save()
    canvas.translate(*at)
    canvas.rotate(turn)
    canvas.drawLine(-26, 0, 46, 0, line("d9764a", 9))
    oval(canvas, (60, 0), 20, 13, fill("d9764a"))
    oval(canvas, (61, -3), 14, 7, fill("f3dfb4"))
    canvas.restore()


def draw_cup(canvas: skia.Canvas, at: Point, _: float) -> None:
    """A small cup with two handles."""
    x, y = at
    soft(canvas, (x, y + 36), 56, 13, "3b1d2a", 0.4)
    for side in (-1, 1):
        oval(canvas, (x + side * 34, y + 2), 12, 17, line("e2ab45", 8))
    canvas.drawPath(
        smooth(
            [(x - 34, y - 32), (x + 34, y - 32), (x + 30, y + 26), (x, y + 36), (x - 30, y + 26)]
        ),
        fill("e9b44c"),
    )
    oval(canvas, (x, y - 31), 33, 9, fill("fff0cf"))
    draw = [(x - 22, y), (x - 8, y - 8), (x + 8, y + 2), (x + 24, y - 6)]
    canvas.drawPath(smooth(draw, closed=False), line("fff4e0", 6))


def draw_mug(canvas: skia.Canvas, at: Point, _: float) -> None:
    """Mum's tea."""
    x, y = at
    soft(canvas, (x, y + 42), 62, 14, "3b1d2a", 0.4)
    oval(canvas, (x - 42, y + 4), 16, 20, line("c9583f", 9))
    box(canvas, x - 38, y - 36, 76, 78, fill("c9583f"), 14)
    oval(canvas, (x, y - 34), 38, 10, fill("f6e6cf"))
    oval(canvas, (x, y - 33), 31, 7, fill("8a5230"))
    for dx in (-20, 0, 20):
        canvas.drawCircle(x + dx, y + 8, 6, fill("f6ddb5"))


def draw_letter(canvas: skia.Canvas, at: Point, turn: float) -> None:
    """An envelope with a name and an address on it: the reason for a blur."""
    canvas.save()
    canvas.translate(*at)
    canvas.rotate(turn)
    canvas.skew(-0.22, 0.0)
    box(canvas, -112, -40, 228, 90, fill("3b1d2a", 0.18), 3)
    box(canvas, -114, -46, 228, 90, fill("fffaf0"), 3)
    box(canvas, 76, -38, 30, 32, fill("d9764a"))
    canvas.drawCircle(91, -22, 9, fill("f6e6bd"))
    write(canvas, "Okafor", (-94, -28), 22)
    write(canvas, "12 Acacia Avenue", (-94, 6), 18)
    canvas.restore()


def draw_duck(canvas: skia.Canvas, at: Point, turn: float) -> None:
    """A yellow duck; ``turn`` -1 looks left, 1 looks right."""
    x, y = at
    side = 1.0 if turn >= 0 else -1.0
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(side, 1)
    canvas.drawPath(
        smooth([(-48, -14), (-30, 2), (0, 2), (22, -10), (40, 4), (30, 30), (-4, 36), (-36, 28)]),
        fill("f2bf3c"),
    )
    canvas.drawCircle(20, -26, 25, fill("f5c747"))
    canvas.drawPath(smooth([(40, -30), (60, -24), (42, -16)]), fill("e2762f"))
    canvas.drawCircle(26, -31, 4.4, fill("2a1712"))
    canvas.drawCircle(27.5, -32.5, 1.6, fill("ffffff"))
    canvas.drawPath(smooth([(-30, 8), (-8, 2), (6, 12), (-12, 22)]), fill("dda42c"))
    soft(canvas, (14, -34), 18, 12, "ffffff", 0.5)
    canvas.restore()


def draw_foam(
    canvas: skia.Canvas, time: float, spans: tuple[tuple[float, float, float], ...]
) -> None:
    """Foam along the water, breathing slowly."""
    rng = random.Random(17)
    puffs = []
    for low, high, level in spans:
        x = low
        while x < high:
            puffs.append((x, level + rng.uniform(-10, 16), rng.uniform(17, 36), rng.random()))
            x += rng.uniform(15, 30)
    for x, y, size, phase in puffs:
        canvas.drawCircle(x, y + 5 + 2 * stage.wave(time, 5.1, phase), size, fill("b9d2d2"))
    for x, y, size, phase in puffs:
        up = 2 * stage.wave(time, 5.1, phase)
        canvas.drawCircle(x, y + up, size, fill("fdfaf2"))
        canvas.drawCircle(x + size * 0.24, y + up + size * 0.28, size * 0.62, fill("e6efec"))
        canvas.drawCircle(x - size * 0.08, y + up - size * 0.06, size * 0.72, fill("fdfaf2"))


def draw_bubbles(canvas: skia.Canvas, time: float) -> None:
    """A few soap bubbles on their slow way up."""
    rng = random.Random(23)
    for _ in range(8):
        x, size, phase = rng.uniform(500, 1130), rng.uniform(7, 17), rng.random()
        age = (time / 13 + phase) % 1
        at = (x + 22 * stage.wave(time, 6.1, phase), 500 - 330 * age)
        seen = min(1.0, age * 6, (1 - age) * 4)
        canvas.drawCircle(*at, size, fill("ffffff", 0.16 * seen))
        canvas.drawCircle(*at, size, line("ffffff", 2, 0.6 * seen))
        canvas.drawCircle(
            at[0] - size * 0.35, at[1] - size * 0.35, size * 0.2, fill("ffffff", 0.9 * seen)
        )


def draw_tuft(canvas: skia.Canvas, at: Point, size: float) -> None:
    """A dab of foam on a hand or a nose."""
    if size < 0.05:
        return
    for dx, dy, r in ((-9, 2, 10), (8, 3, 9), (0, -5, 11), (1, 4, 10)):
        canvas.drawCircle(at[0] + dx * size, at[1] + dy * size, r * size, fill("fdfaf2"))
    canvas.drawCircle(at[0] + 3 * size, at[1] + 6 * size, 6 * size, fill("dde9e8"))


def draw_drops(canvas: skia.Canvas, time: float, start: float, at: Point, seed: int) -> None:
    """Drops that fly up and fall back."""
    age, rng = time - start, random.Random(seed)
    if not 0 <= age < 1.1:
        return
    for _ in range(26):
        vx, vy, size = rng.uniform(-260, 260), rng.uniform(-520, -220), rng.uniform(3, 8)
        x, y = at[0] + vx * age, at[1] + vy * age + 520 * age * age
        if y < at[1] + 24:
            oval(canvas, (x, y), size * 0.8, size, fill("d8eef0", 0.95))
            oval(canvas, (x - 1, y - 1), size * 0.3, size * 0.4, fill("ffffff", 0.9))


def draw_book(canvas: skia.Canvas, at: Point, turn: float) -> None:
    """A picture book open on the lap; ``turn`` counts the pages that went over."""
    x, y = at
    soft(canvas, (x, y + 46), 200, 40, "2c1a20", 0.45)
    for side in (-1, 1):
        cover = [(x, y + 56), (x + side * 178, y + 38), (x + side * 158, y - 48), (x, y - 34)]
        canvas.drawPath(shape(cover), fill("b3473f"))
        sheet = [(x, y + 48), (x + side * 168, y + 30), (x + side * 150, y - 50), (x, y - 38)]
        canvas.drawPath(shape(sheet), fill("fff8e8"))
        page = math.floor(turn + 1e-6) * 2 + (1 if side > 0 else 0)
        under = 2 if side > 0 and turn % 1 > 0.02 else 0
        draw_page(canvas, (x + side * 80, y - 4), page + under)
    soft(canvas, (x, y), 26, 56, "6b4a3a", 0.35)
    share = turn % 1
    if 0.02 < share < 0.98:
        angle = share * math.pi
        reach, lift = math.cos(angle) * 162, math.sin(angle) * 92
        leaf = smooth(
            [
                (x, y + 48),
                (x + reach * 0.5, y + 40 - lift * 0.75),
                (x + reach, y + 32 - lift),
                (x + reach * 0.94, y - 48 - lift),
                (x + reach * 0.5, y - 44 - lift * 0.8),
                (x, y - 38),
            ]
        )
        canvas.drawPath(leaf, fill("f6ead2"))
        canvas.drawPath(leaf, line("c9a98a", 2.5))


def draw_page(canvas: skia.Canvas, at: Point, page: int) -> None:
    """One of the pictures in the book."""
    x, y = at
    kind = page % 6
    if kind in (0, 3):
        oval(canvas, (x, y + 16), 56, 13, fill("a9bf93"))
        oval(canvas, (x, y - 2), 34, 19, fill("fdfdf8" if kind == 0 else "d98a5f"))
        oval(canvas, (x, y - 2), 34, 19, line("6b4a3a", 2))
        for dx, dy in ((-12, -6), (10, 4), (20, -8)):
            oval(canvas, (x + dx, y + dy), 8, 5, fill("4a3832"))
        canvas.drawCircle(x + 38, y - 10, 12, fill("e9b59a"))
    elif kind in (1, 4):
        canvas.drawCircle(x, y - 8, 24, fill("f0b840" if kind == 1 else "f3e9c4"))
        for i in range(10):
            angle = i * math.pi / 5
            canvas.drawLine(
                x + 29 * math.cos(angle),
                y - 8 + 29 * math.sin(angle) * 0.8,
                x + 39 * math.cos(angle),
                y - 8 + 39 * math.sin(angle) * 0.8,
                line("e2953a", 4),
            )
    else:
        oval(canvas, (x, y + 14), 56, 13, fill("8fc1c4"))
        hull = [(x - 34, y + 2), (x + 34, y + 2), (x + 20, y + 18), (x - 20, y + 18)]
        canvas.drawPath(shape(hull), fill("c9583f"))
        canvas.drawPath(shape([(x, y - 38), (x, y - 2), (x + 28, y - 2)]), fill("5f9391"))


def draw_bear(canvas: skia.Canvas, at: Point, turn: float) -> None:
    """A small, much loved bear."""
    canvas.save()
    canvas.translate(*at)
    canvas.rotate(turn)
    tone, pale = "b98355", "e6c597"
    for side in (-1, 1):
        oval(canvas, (side * 26, 34), 13, 20, fill(tone), side * -24)
        oval(canvas, (side * 17, 66), 15, 18, fill(tone), side * -18)
        canvas.drawCircle(side * 22, -34, 12, fill(tone))
        canvas.drawCircle(side * 22, -34, 6, fill(pale))
    oval(canvas, (0, 40), 28, 34, fill(tone))
    oval(canvas, (0, 44), 17, 22, fill(pale))
    oval(canvas, (0, -12), 33, 29, fill(tone))
    oval(canvas, (0, -3), 15, 12, fill(pale))
    oval(canvas, (0, -8), 6, 4, fill("4a2a20"))
    for side in (-1, 1):
        canvas.drawCircle(side * 12, -17, 3.6, fill("2a1712"))
    canvas.drawPath(smooth([(-22, 14), (0, 22), (22, 14)], False), line("c9583f", 9))
    canvas.drawLine(8, 20, 16, 44, line("c9583f", 9))
    canvas.restore()


DRAW = {
    "bowl": draw_bowl,
    "spoon": draw_spoon,
    "cup": draw_cup,
    "mug": draw_mug,
    "letter": draw_letter,
    "duck": draw_duck,
    "book": draw_book,
    "bear": draw_bear,
}
