"""The film's pieces by themselves: their headers, their moves, what lies beside a picture."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image as Photo
from PIL import ImageDraw

from tests.helpers.counted_films import colours, run_ffmpeg
from vigsite.keepsake.film.segments import FULL_HD, NAME, Format, Piece, Stage, pieces
from vigsite.keepsake.film.storyboard import JOIN, Card, Run, Scene, Still
from vigsite.media import ffmpeg
from vigsite.media.engines.verify import verify
from vigsite.pages.shown import Clip, Image

PAPER = (0xF6, 0xF1, 0xE9)
DOTS = ((300, 200), (1500, 300), (400, 850), (1700, 900))


def made(piece: Piece, folder: Path) -> Path:
    folder.mkdir()
    stop = ffmpeg.Stop()
    said = ffmpeg.run(piece.arguments, piece.what, folder, stop, ffmpeg.Limits(time_s=100))
    verify(piece.recipe, folder, piece.what, said)
    return folder / NAME


def stage(site: Path, cards: dict[Card, Path], form: Format, *runs: Run) -> Stage:
    return Stage(form, "#f6f1e9", site, cards, dict.fromkeys(runs, ()))


def header(path: Path) -> bytes | None:
    with av.open(str(path), "r") as opened:
        return opened.streams.video[0].codec_context.extradata


def test_all_kinds_of_pieces_have_one_header(tmp_path: Path) -> None:
    """A card, a moving still and an upright clip of another rate and range, and their fades."""
    small = Format(width=640, height=360)
    Photo.new("RGB", (1920, 1080), PAPER).save(tmp_path / "card.png")
    Photo.effect_noise((900, 1200), 60).convert("RGB").save(tmp_path / "still.jpg", quality=95)
    run_ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=180x320:r=30000/1001:d=1,format=yuvj420p"),
        *("-c:v", "libx264", "-bf", "0", "-g", "5", str(tmp_path / "clip.mp4")),
    )
    card = Card("title", 1)
    still = Still(Image("still.jpg", 900, 1200), 25, nearer=False)
    run = Run(Clip("clip.mp4", 180, 320, 1001, "30000/1001", False))
    scenes: list[Scene] = [card, still, run]
    found = pieces(scenes, stage(tmp_path, {card: tmp_path / "card.png"}, small, run))
    paths = [made(piece, tmp_path / f"{number}") for number, piece in enumerate(found)]
    assert len({header(path) for path in paths}) == 1
    beside = colours(paths[2])[0][180, 20].astype(int)
    assert np.abs(beside - PAPER).max() <= 3


def test_a_move_is_smooth_to_a_part_of_a_pixel(tmp_path: Path) -> None:
    """In the real format; the fades before and behind it belong to one and the same move."""
    photo = Photo.new("L", (1920 * 2, 1080 * 2), 20)
    for x, y in DOTS:
        ImageDraw.Draw(photo).ellipse([2 * x - 18, 2 * y - 18, 2 * x + 18, 2 * y + 18], fill=230)
    dots = photo.resize((1920, 1080), Photo.Resampling.LANCZOS).convert("RGB")
    dots.save(tmp_path / "dots.jpg", quality=97)
    dots.save(tmp_path / "card.png")
    still, card = Still(Image("dots.jpg", 1920, 1080), 24, nearer=True), Card("title", 1)
    found = pieces([still, card], stage(tmp_path, {card: tmp_path / "card.png"}, FULL_HD))
    frames = colours(made(found[0], tmp_path / "alone"))
    frames += colours(made(found[1], tmp_path / "fade"))[:1]
    for x, y in DOTS:
        way = np.array([middle(frame, x, y) for frame in frames])
        number = np.arange(JOIN, JOIN + len(frames))
        for axis, at, centre in ((0, x, 960), (1, y, 540)):
            straight = np.polyfit(number, way[:, axis], 1)
            assert np.abs(np.polyval(straight, number) - way[:, axis]).max() < 0.06
            assert (straight[0] > 0) == (at > centre)
            assert np.polyval(straight, 0) == pytest.approx(at, abs=0.6)


def middle(frame: np.ndarray, x: int, y: int) -> tuple[float, float]:
    """Where the dot near a place is, in parts of a pixel."""
    part = frame[y - 30 : y + 30, x - 30 : x + 30, 1].astype(float) - 20
    part[part < 8] = 0
    rows, columns = np.mgrid[0:60, 0:60]
    return (
        float((columns * part).sum() / part.sum()) + x - 30,
        float((rows * part).sum() / part.sum()) + y - 30,
    )


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((1920, 1080), (1920, 1080)),
        ((972, 548), (1920, 1080)),
        ((1440, 1080), (1440, 1080)),
        ((720, 1280), (608, 1080)),
        ((2000, 500), (1920, 480)),
    ],
)
def test_a_picture_is_shown_whole(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert FULL_HD.fitted(*size) == fitted
