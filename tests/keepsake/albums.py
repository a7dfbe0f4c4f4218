"""Keepsakes to make albums of, without a film, and what can be read out of a PDF."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image as Drawn

from tests.conftest import ROOT
from vigsite.building.examine import examine
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.keepsake.edition import Kept
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import FULL
from vigsite.pages.projection import project
from vigsite.pages.shown import Image, Moment, Picture, Shown

POINTS = 72
MM = 25.4


def shown_of(case: Path, place: Path) -> Shown:
    """A case's keepsake, as it would be built; its pictures are only planned."""
    library = Library(place / "known", place / "tmp")
    for folder in ("known", "tmp"):
        (place / folder).mkdir()
    examined = examine(load_case(case), library, FULL, "9")
    assert examined.case is not None
    on = dt.date(2026, 10, 1)
    return project(examined.case, admit(examined.case, Edition.KEEPSAKE, on), examined.plan)


def demo(place: Path) -> Kept:
    """The demo family's, with drawn pictures of the right sizes."""
    shown = shown_of(ROOT / "cases" / "rowan", place)
    pictures = [picture for _, moment in shown.moments for picture in moment.pictures]
    for number, image in enumerate(image for picture in pictures for image in picture.images):
        draw(image, place / "site", number)
    return Kept(shown, place / "site")


def picture(name: str, width: int, height: int, site: Path) -> Picture:
    """A drawn still in its sizes."""
    widths = sorted({*(w for w in (480, 960) if w < width), width})
    images = [Image(f"media/{name}-{w}.jpg", w, round(height * w / width)) for w in widths]
    for image in images:
        draw(image, site, len(name))
    return Picture(tuple(images))


def draw(image: Image, site: Path, number: int) -> None:
    """No two numbers give the same bytes."""
    file = site / image.uri
    file.parent.mkdir(parents=True, exist_ok=True)
    colour = (40 + number * 5 % 200, 120, 200 - number * 7 % 200)
    Drawn.new("RGB", (image.width, image.height), colour).save(file, quality=60)


def with_moments(shown: Shown, *moments: Moment) -> Shown:
    """The same family with one cycle of these moments."""
    numbered = tuple(replace(moment, number=n) for n, moment in enumerate(moments, 1))
    return replace(shown, cycles=(replace(shown.cycles[0], moments=numbered),))


@dataclass(frozen=True)
class Album:
    """A PDF to look into."""

    file: Path

    @property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.file)

    @property
    def pages(self) -> int:
        with self.pdf as pdf:
            return len(pdf.pages)

    def text(self, *options: str) -> str:
        """What poppler reads."""
        command = ["pdftotext", *options, str(self.file), "-"]
        done = subprocess.run(command, check=True, capture_output=True)
        return done.stdout.decode("utf-8")

    @property
    def bare(self) -> str:
        """All text without any space, so that ends of line do not matter."""
        return bare(self.text())

    def figures(self) -> list[str]:
        """The alternative text of every picture, in reading order; empty where there is none."""
        with self.pdf as pdf:
            return [
                str(element.get("/Alt", ""))
                for element in _elements(pdf.Root.StructTreeRoot)
                if element.get("/S") == "/Figure"
            ]

    def tags(self) -> list[str]:
        """What kinds of elements there are, in reading order."""
        with self.pdf as pdf:
            return [str(e.S)[1:] for e in _elements(pdf.Root.StructTreeRoot) if "/S" in e]

    def placed(self) -> list[tuple[int, int, int, float]]:
        """Every picture: its page, its pixels across and down, and its dots an inch."""
        found = []
        with self.pdf as pdf:
            for number, page in enumerate(pdf.pages, 1):
                found += [(number, *each) for each in _images(page.obj, (1, 0, 0, 1))]
        return found

    def plain(self) -> bytes:
        """All of it, with nothing compressed but the pictures."""
        out = io.BytesIO()
        with self.pdf as pdf:
            pdf.save(
                out,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                compress_streams=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        return out.getvalue()

    def outside(self, margin: float) -> list[str]:
        """Words that come nearer to the paper's edge than a margin, in points."""
        found = []
        for page in self.text("-bbox").split("<page ")[1:]:
            width, height = (float(page.split(f'{side}="')[1].split('"')[0]) for side in ("width", "height"))  # fmt: skip
            for left, top, right, bottom, word in re.findall(
                r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page
            ):
                inside = float(left) >= margin and float(right) <= width - margin
                if not inside or float(top) < margin / 2 or float(bottom) > height - margin / 2:
                    found.append(word)
        return found


def bare(text: str) -> str:
    """Without spaces, marks of direction and what lets a long word break."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        if "/K" in node:
            yield from _elements(node.K)


def _images(holder: Any, matrix: tuple[float, ...]) -> Iterator[tuple[int, int, float]]:
    """Pictures that a page or a form draws; the matrix has no turn, so its diagonal is enough."""
    objects = holder.get("/Resources", {}).get("/XObject", {})
    stack, now = [], matrix
    for step in pikepdf.parse_content_stream(holder):
        operator, operands = str(step.operator), list(step.operands)
        if operator == "q":
            stack.append(now)
        elif operator == "Q":
            now = stack.pop()
        elif operator == "cm":
            a, _, _, d = (float(value) for value in operands[:4])
            now = (now[0] * a, 0, 0, now[3] * d)
        elif operator == "Do":
            drawn = objects[str(operands[0])]
            if drawn.Subtype == "/Image":
                width = int(drawn.Width)
                yield width, int(drawn.Height), width / (abs(now[0]) / POINTS)
            else:
                yield from _images(drawn, now)
