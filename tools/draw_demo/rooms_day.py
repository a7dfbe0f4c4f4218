"""The kitchen and the bathroom: behind the people, before them, and the light."""

from __future__ import annotations

import random

import skia
import stage
from furnish import curtain, picture, plant, slab, wall, window
from stage import HEIGHT, WIDTH, box, brushed, fill, line, oval, shape, smooth, soft

# ---------------------------------------------------------------- the kitchen


def kitchen_back(canvas: skia.Canvas) -> None:
    """Morning light, a shelf, a fridge with drawings, two chairs."""
    wall(canvas, "f3e2c3", 11)
    for i in range(0, WIDTH, 64):
        oval(canvas, (i + 30, 92 + (i // 64 % 2) * 60), 3, 5, fill("dcbf93", 0.55))
    window(canvas, 484, 44, 270, 232, ("cfe6e6", "f8eecb"), "fdf6e6")
    curtain(canvas, 420, 26, 92, 282, "dd8a63", -1, 21)
    curtain(canvas, 728, 26, 92, 282, "dd8a63", 1, 22)
    box(canvas, 396, 18, 448, 11, fill("9b6a41"), 5)
    plant(canvas, 585, 262, 46, "c9714d", 31)
    brushed(canvas, slab(40, 172, 250, 14, 4), "b37c4c", 41, 0.09)
    for x, tone, tall in ((66, "5f9391", 44), (118, "e2a53e", 36), (164, "d9764a", 48)):
        box(canvas, x, 172 - tall, 36, tall, fill(tone), 7)
        box(canvas, x, 172 - tall, 36, 9, fill("fff4e0", 0.4), 6)
    plant(canvas, 248, 152, 54, "e9d3a6", 32)
    picture(canvas, 60, 226, 92, 104, "dbe5d2", "leaf")
    picture(canvas, 176, 244, 84, 80, "f2d7b6", "sun")
    brushed(canvas, slab(1000, 70, 330, 700, 26), "a9c2b4", 51, 0.05, 88)
    canvas.drawLine(1004, 300, WIDTH, 300, line("7f9d90", 4))
    box(canvas, 1022, 190, 12, 84, fill("f4efe2"), 6)
    box(canvas, 1022, 326, 12, 120, fill("f4efe2"), 6)
    canvas.save()
    canvas.translate(-24, 0)
    canvas.rotate(-3, 1140, 190)
    box(canvas, 1078, 124, 132, 112, fill("fffaf0"), 3)
    canvas.drawCircle(1122, 168, 20, fill("eab64c"))
    for dx, tone in ((20, "c9583f"), (46, "5f9391"), (70, "7fa07c")):
        canvas.drawLine(1090 + dx, 222, 1096 + dx, 192, line(tone, 7))
    canvas.drawLine(1088, 226, 1200, 224, line("7fa07c", 6))
    canvas.drawCircle(1144, 126, 8, fill("c9583f"))
    canvas.restore()
    # Mum's chair and Rowan's high chair
    brushed(canvas, slab(268, 356, 262, 330, 60), "a86f45", 61, 0.07, 84)
    for x in (322, 378, 434):
        box(canvas, x, 392, 30, 260, fill("f0dcb8", 0.75), 15)
    soft(canvas, (790, 520), 190, 190, "7a4a30", 0.3)
    brushed(canvas, slab(672, 376, 232, 330, 70), "c98f58", 62, 0.07, 84)
    brushed(canvas, slab(692, 398, 192, 300, 56), "e9c7a0", 63, 0.05)


def kitchen_front(canvas: skia.Canvas) -> None:
    """The table, with a cloth and a few breakfast things that stay."""
    table = shape([(0, 566), (WIDTH, 566), (WIDTH, HEIGHT), (0, HEIGHT)])
    soft(canvas, (WIDTH / 2, 566), 700, 44, "4a2416", 0.3)
    brushed(canvas, table, "cf9a63", 71, 0.08, 0)
    for y in (606, 664):
        canvas.drawLine(0, y, WIDTH, y + 3, line("9c6a3e", 2, 0.35))
    canvas.drawLine(0, 568, WIDTH, 568, line("e9c08a", 5, 0.9))
    mat = shape([(628, 590), (960, 590), (1002, 694), (592, 694)])
    brushed(canvas, mat, "8fb0a2", 72, 0.06, 0)
    canvas.drawPath(mat, line("f6ead0", 4, 0.8))
    # a jug with flowers
    canvas.translate(992, 0)
    soft(canvas, (116, 664), 90, 20, "4a2416", 0.35)
    for x, y, tone in (
        (78, 470, "e9a63f"),
        (120, 440, "d9764a"),
        (158, 482, "f3cf7a"),
        (102, 510, "c9583f"),
        (142, 520, "e9a63f"),
    ):
        canvas.drawLine(118, 590, x, y, line("6f8f62", 4))
        for i in range(6):
            oval(canvas, (x, y), 19, 7, fill(tone), i * 30)
        canvas.drawCircle(x, y, 7, fill("7a4a26"))
    brushed(
        canvas,
        smooth([(78, 566), (158, 566), (168, 626), (150, 668), (84, 668), (66, 626)]),
        "f4ead6",
        73,
        0.06,
    )
    canvas.drawPath(smooth([(70, 606), (118, 614), (166, 606)], False), line("5f9391", 7))


def kitchen_light(canvas: skia.Canvas) -> None:
    """A broad beam from the window."""
    beam = shape([(500, 60), (740, 60), (1010, HEIGHT), (330, HEIGHT)])
    paint = stage.fade((620, 60), (640, HEIGHT), [("fff0b8", 0.34), ("ffe0a0", 0.04)])
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 55))
    canvas.drawPath(beam, paint)
    soft(canvas, (620, 150), 430, 330, "fff0c0", 0.34)


# ---------------------------------------------------------------- the bathroom


def bathroom_back(canvas: skia.Canvas) -> None:
    """Tiles, a frosted window, bottles, a towel."""
    wall(canvas, "f1dfc8", 12)
    brushed(canvas, slab(0, 232, WIDTH, 500), "b9d3cb", 13, 0.05, 0)
    rng = random.Random(3)
    for row in range(5):
        for column in range(17):
            tone = rng.choice(["ffffff", "8fb8b0", "dcebdf", "f4e4c8"])
            box(
                canvas,
                column * 80 - (row % 2) * 40 + 3,
                250 + row * 66 + 3,
                74,
                60,
                fill(tone, rng.uniform(0.06, 0.26)),
                5,
            )
    box(canvas, 0, 226, WIDTH, 20, fill("5f9391"))
    for i in range(0, WIDTH, 40):
        oval(canvas, (i + 20, 236), 7, 5, fill("f3d9a0"))
    window(canvas, 560, 32, 240, 150, ("e4efe4", "fbf3da"), "fdf6e6")
    box(canvas, 567, 39, 226, 136, fill("fdf8e8", 0.62), 3)
    plant(canvas, 738, 168, 42, "d9764a", 33)
    picture(canvas, 934, 74, 112, 96, "cfe2dc", "boat")
    box(canvas, 80, 292, 200, 9, fill("9b6a41"), 4)
    brushed(canvas, slab(104, 296, 128, 214, 12), "e58f6a", 42, 0.06, 86)
    for y in (440, 462):
        box(canvas, 104, y, 128, 10, fill("fff0dc", 0.9))
    brushed(canvas, slab(1040, 330, 190, 12, 4), "b37c4c", 43, 0.09)
    for x, tone, tall, wide in (
        (1058, "e9a63f", 66, 34),
        (1106, "c9583f", 50, 40),
        (1164, "f6ead0", 74, 36),
    ):
        box(canvas, x, 330 - tall, wide, tall, fill(tone), 9)
        box(canvas, x + wide * 0.3, 330 - tall - 13, wide * 0.4, 15, fill("fdf6e6"), 4)
        box(canvas, x + 5, 330 - tall * 0.62, wide - 10, tall * 0.3, fill("fff8ea", 0.55), 4)
    # the far rim and the water
    brushed(canvas, slab(318, 452, 946, 74, 36), "f8efdf", 64, 0.04, 0)
    oval(canvas, (792, 512), 440, 42, fill("8fc1c4"))


def bathroom_front(canvas: skia.Canvas) -> None:
    """The tub, and the mat."""
    floor = shape([(0, 664), (WIDTH, 664), (WIDTH, HEIGHT), (0, HEIGHT)])
    brushed(canvas, floor, "d8b58b", 74, 0.07, 0)
    soft(canvas, (780, 690), 560, 34, "4a2416", 0.4)
    tub = smooth(
        [
            (312, 530),
            (560, 520),
            (1020, 520),
            (1268, 530),
            (1252, 610),
            (1150, 690),
            (800, 700),
            (440, 690),
            (334, 610),
        ]
    )
    brushed(canvas, tub, "f7ecd9", 75, 0.04, 0)
    canvas.save()
    canvas.clipPath(tub, skia.ClipOp.kIntersect, True)
    soft(canvas, (420, 700), 380, 150, "a9786a", 0.32)
    soft(canvas, (1240, 640), 260, 190, "a9786a", 0.3)
    soft(canvas, (760, 560), 420, 60, "ffffff", 0.6)
    canvas.restore()
    brushed(canvas, slab(300, 512, 980, 32, 16), "fff8ea", 76, 0.04, 0)
    canvas.drawLine(330, 545, 1254, 545, line("c9a58c", 4, 0.4))
    soft(canvas, (1000, 600), 90, 80, "8a5a4a", 0.25)
    brushed(canvas, slab(940, 508, 112, 124, 8), "5f9391", 86, 0.06, 86)
    for y in (590, 608):
        box(canvas, 940, y, 112, 8, fill("f6e6bd", 0.9))
    for x in range(946, 1052, 12):
        canvas.drawLine(x, 632, x, 642, line("5f9391", 4))
    for x in (450, 1124):
        brushed(
            canvas,
            smooth([(x - 22, 682), (x + 22, 682), (x + 14, 712), (x - 14, 712)]),
            "d9a23f",
            77,
        )
    brushed(canvas, slab(30, 676, 240, 60, 20), "e58f6a", 78, 0.08, 0)


def bathroom_light(canvas: skia.Canvas) -> None:
    """Soft light through frosted glass, a little steam."""
    soft(canvas, (680, 100), 560, 420, "fff3cc", 0.34)
    soft(canvas, (760, 420), 420, 150, "ffffff", 0.14)
