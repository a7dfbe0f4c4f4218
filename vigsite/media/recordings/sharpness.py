"""Picks the sharpest of some pictures, and arranges them to choose from by eye."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path


def sharpest(pictures: Sequence[Path]) -> int:
    """Place of the sharpest: the one whose Laplacian varies most (Pech-Pacheco et al. 2000)."""
    scores = [sharpness(picture) for picture in pictures]
    return scores.index(max(scores))


def sharpness(picture: Path) -> float:
    """Variance of the Laplacian of its grey levels; only pictures of one size compare."""
    from PIL import Image, ImageFilter, ImageStat

    laplacian = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
    with Image.open(picture) as opened:
        return float(ImageStat.Stat(opened.convert("L").filter(laplacian)).var[0])


_COLUMNS = 8
_CELL = 240
_CAPTION = 26
_PAPER, _INK = (246, 241, 233), (34, 48, 58)


def arrange(pictures: Sequence[Path], captions: Sequence[str]) -> bytes:
    """A JPEG of pictures of one size in rows, each above its caption."""
    from PIL import Image, ImageDraw, ImageFont

    with Image.open(pictures[0]) as first:
        width = _CELL
        height = round(first.height * width / first.width)
    columns = min(_COLUMNS, len(pictures))
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (width + 8) + 8, rows * (height + _CAPTION) + 8), _PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for number, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
        row, column = divmod(number, columns)
        x, y = 8 + column * (width + 8), 8 + row * (height + _CAPTION)
        with Image.open(picture) as opened:
            sheet.paste(opened.convert("RGB").resize((width, height)), (x, y))
        draw.text((x + 2, y + height + 3), caption, fill=_INK, font=font)
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=88)  # nobody: into memory
    return written.getvalue()
