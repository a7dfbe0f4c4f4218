"""The sofa in the evening and the hall in the morning."""

from __future__ import annotations

import random

import skia
import stage
from furnish import curtain, picture, slab, wall, window
from stage import HEIGHT, WIDTH, box, brushed, fill, line, shape, smooth, soft

# ---------------------------------------------------------------- the sofa


def sofa_back(canvas: skia.Canvas) -> None:
    """An evening room: night window, lamp, book shelf, a big sofa."""
    wall(canvas, "7d8f8c", 14)
    for i in range(0, WIDTH, 90):
        box(canvas, i, 0, 3, HEIGHT, fill("ffffff", 0.05))
    window(canvas, 190, 50, 210, 190, ("33476a", "6f7f95"), "e9d8b8", night=True)
    curtain(canvas, 118, 30, 90, 300, "c9714d", -1, 23)
    curtain(canvas, 384, 30, 90, 300, "c9714d", 1, 24)
    box(canvas, 100, 22, 392, 11, fill("6e482e"), 5)
    picture(canvas, 560, 70, 118, 100, "efd9b4", "boat")
    picture(canvas, 706, 92, 90, 78, "d5dfcc", "leaf")
    brushed(canvas, slab(842, 150, 178, 12, 3), "9b6a41", 44, 0.08)
    rng = random.Random(9)
    x = 850.0
    while x < 1000:
        wide, tall = rng.uniform(12, 22), rng.uniform(52, 78)
        tone = rng.choice(["d9764a", "e2ab45", "5f9391", "f1dfc0", "b3564a", "93ad7c"])
        box(canvas, x, 150 - tall, wide, tall, fill(tone), 2)
        box(canvas, x, 150 - tall * 0.8, wide, 5, fill("fff4e0", 0.5))
        x += wide + 1.5
    # lamp
    canvas.drawLine(1132, 250, 1132, 640, line("6e482e", 10))
    soft(canvas, (1132, 240), 380, 380, "ffdf95", 0.75)
    shade = shape([(1082, 130), (1182, 130), (1230, 262), (1034, 262)])
    brushed(canvas, shade, "ffe3a1", 45, 0.05, 88)
    warm = [("e9a63f", 0.45), ("fff6d0", 0.5)]
    canvas.drawPath(shade, stage.fade((1132, 130), (1132, 262), warm))
    # sofa
    soft(canvas, (620, 360), 620, 260, "2c2a35", 0.35)
    brushed(canvas, slab(96, 322, 972, 420, 84), "c4793f", 65, 0.07, 6)
    canvas.drawLine(410, 352, 404, 600, line("8a4d28", 5, 0.45))
    canvas.drawLine(776, 352, 782, 600, line("8a4d28", 5, 0.45))
    canvas.drawPath(smooth([(150, 340), (580, 330), (1014, 340)], False), line("e8a468", 6, 0.6))
    canvas.save()
    canvas.rotate(14, 950, 480)
    brushed(canvas, slab(880, 404, 150, 150, 30), "5f8f8a", 66, 0.06, 30)
    for i in range(4):
        canvas.drawLine(892 + i * 40, 412, 892 + i * 40, 546, line("f3e2c0", 4, 0.6))
    canvas.restore()


def sofa_front(canvas: skia.Canvas) -> None:
    """The arms of the sofa, and a patchwork blanket over everybody's legs."""
    blanket = smooth(
        [
            (210, 604),
            (360, 580),
            (560, 590),
            (760, 582),
            (930, 606),
            (976, 680),
            (990, 800),
            (180, 800),
            (190, 690),
        ]
    )
    soft(canvas, (580, 590), 440, 60, "3b1d2a", 0.35)
    brushed(canvas, blanket, "e8d3a8", 79, 0.06, 4)
    canvas.save()
    canvas.clipPath(blanket, skia.ClipOp.kIntersect, True)
    rng = random.Random(12)
    for row in range(3):
        for column in range(11):
            tone = rng.choice(["d98a5f", "8fb0a2", "e2ab45", "c9685a", "f1e0be", "7f9fa0"])
            box(
                canvas,
                170 + column * 76,
                572 + row * 66 + (column % 2) * 3,
                70,
                60,
                fill(tone, 0.8),
                7,
            )
            canvas.drawCircle(205 + column * 76, 602 + row * 66, 8, fill("fff4e0", 0.55))
    soft(canvas, (200, 690), 300, 160, "3b1d2a", 0.35)
    canvas.restore()
    for x, seed in ((52, 81), (1000, 82)):
        soft(canvas, (x + 60, 560), 110, 190, "3b1d2a", 0.22)
        brushed(canvas, slab(x, 462, 128, 320, 56), "d18a4c", seed, 0.07, 80)
        canvas.drawPath(
            smooth([(x + 18, 520), (x + 64, 474), (x + 110, 520)], False), line("efb578", 6, 0.6)
        )


def sofa_light(canvas: skia.Canvas) -> None:
    """Lamplight from the right; the left stays in the evening."""
    soft(canvas, (1100, 260), 900, 640, "ffd98a", 0.42)


# ---------------------------------------------------------------- the hall


def hall_back(canvas: skia.Canvas) -> None:
    """Coat pegs on the left, the front door with coloured glass on the right."""
    wall(canvas, "efd2b4", 15)
    brushed(canvas, slab(0, 452, WIDTH, 300), "a8b99a", 16, 0.05, 0)
    box(canvas, 0, 446, WIDTH, 13, fill("fdf3df"))
    for x in range(40, WIDTH, 92):
        box(canvas, x, 474, 62, 250, fill("ffffff", 0.09), 4)
    box(canvas, 74, 118, 380, 22, fill("b37c4c"), 6)
    for x in (112, 208, 304, 400):
        canvas.drawLine(x, 130, x, 152, line("7a4d2c", 8))
        canvas.drawCircle(x, 152, 7, fill("7a4d2c"))
    for x, tone, wide, tall in ((112, "5f8f8a", 82, 230), (208, "e2ab45", 72, 176)):
        brushed(
            canvas,
            smooth(
                [
                    (x - 16, 150),
                    (x + 16, 150),
                    (x + wide * 0.5, 200),
                    (x + wide * 0.56, 150 + tall),
                    (x - wide * 0.56, 150 + tall),
                    (x - wide * 0.5, 200),
                ]
            ),
            tone,
            round(x),
            0.07,
            84,
        )
        canvas.drawLine(x, 176, x, 146 + tall, line("3b1d2a", 3, 0.22))
    canvas.drawPath(smooth([(392, 152), (384, 240), (402, 330)], False), line("c9583f", 22))
    canvas.drawPath(smooth([(406, 152), (416, 220), (410, 290)], False), line("d9764a", 20))
    picture(canvas, 520, 96, 112, 92, "dbe5d2", "sun")
    picture(canvas, 540, 214, 84, 92, "f6e3c4", "leaf")
    brushed(canvas, slab(930, 40, 300, 720, 8), "fbf1de", 52, 0.04, 88)
    brushed(canvas, slab(952, 62, 256, 700, 6), "b3564a", 53, 0.06, 88)
    glass = slab(992, 104, 176, 210, 80)
    canvas.drawPath(glass, stage.fade((992, 104), (1168, 314), [("fff6d2", 1), ("cfe3da", 1)]))
    canvas.save()
    canvas.clipPath(glass, skia.ClipOp.kIntersect, True)
    for i, tone in enumerate(("e2ab45", "8fb7b0", "e58f6a", "a9bf93")):
        canvas.drawPath(
            shape([(1080, 250), (980 + i * 60, 60), (1040 + i * 60, 60)]), fill(tone, 0.5)
        )
    canvas.drawCircle(1080, 262, 36, fill("f6cf6e", 0.9))
    canvas.restore()
    canvas.drawPath(glass, line("fbf1de", 9))
    box(canvas, 992, 380, 176, 250, line("8a3b34", 5, 0.6), 8)
    canvas.drawCircle(978, 400, 13, fill("e9c35e"))
    box(canvas, 1040, 344, 80, 14, fill("e9c35e"), 5)


def hall_front(canvas: skia.Canvas) -> None:
    """A low bench close to us, with shoes and a small rucksack."""
    soft(canvas, (640, 640), 760, 70, "4a2416", 0.34)
    brushed(canvas, slab(-10, 636, WIDTH + 20, 100), "c48d58", 83, 0.08, 0)
    canvas.drawLine(0, 639, WIDTH, 639, line("e6bb86", 5, 0.9))
    for x, tone in ((1010, "c9583f"), (1074, "c9583f")):
        soft(canvas, (x + 26, 652), 46, 10, "4a2416", 0.4)
        brushed(
            canvas,
            smooth(
                [(x, 586), (x + 30, 586), (x + 34, 622), (x + 60, 634), (x + 58, 652), (x + 2, 652)]
            ),
            tone,
            x,
            0.06,
        )
        box(canvas, x - 1, 646, 62, 9, fill("f6ead0"), 4)
    soft(canvas, (150, 656), 110, 16, "4a2416", 0.4)
    brushed(
        canvas,
        smooth([(92, 530), (150, 506), (208, 530), (222, 600), (212, 656), (88, 656), (78, 600)]),
        "e2ab45",
        84,
        0.06,
    )
    brushed(canvas, slab(102, 592, 96, 56, 16), "d08f33", 85, 0.06)
    canvas.drawPath(smooth([(126, 516), (150, 490), (174, 516)], False), line("8a5a2b", 8))
    canvas.drawCircle(150, 560, 17, fill("fff4e0"))
    canvas.drawCircle(150, 560, 8, fill("c9583f"))


def hall_light(canvas: skia.Canvas) -> None:
    """Morning through the glass of the door."""
    beam = shape([(1000, 110), (1160, 110), (960, HEIGHT), (330, HEIGHT)])
    paint = stage.fade((1080, 110), (640, HEIGHT), [("fff0b8", 0.36), ("ffe0a0", 0.0)])
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 55))
    canvas.drawPath(beam, paint)
    soft(canvas, (1080, 210), 520, 420, "fff0c0", 0.32)
