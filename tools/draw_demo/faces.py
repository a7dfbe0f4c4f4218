"""Heads and faces: features are placed on a ball, so that a head can turn and nod."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import hair
import skia
import stage
from stage import Point

if TYPE_CHECKING:
    from people import Look


@dataclass(frozen=True)
class Pose:
    """What a face does at one instant; all shares run from 0 to 1."""

    yaw: float = 0.0  # head turned, in radians; right is positive
    pitch: float = 0.0  # head bowed; down is positive
    tilt: float = 0.0  # head on one side, in degrees
    gaze: Point = (0.0, 0.0)
    smile: float = 0.0
    joy: float = 0.0  # eyes that laugh
    brows: float = 0.0
    lids: float = 0.0
    open: float = 0.0  # mouth


class Ball:
    """Puts a place on the face (longitude, latitude) onto the paper."""

    def __init__(self, pose: Pose) -> None:
        self.pose = pose

    def at(self, lon: float, lat: float, out: float = 1.0) -> Point:
        """The point on the paper."""
        lon, lat = lon + self.pose.yaw, lat + self.pose.pitch * (0.6 + 0.4 * math.cos(lon))
        return (math.sin(lon) * math.cos(lat * 0.8) * 0.96 * out, math.sin(lat) * 1.02 * out)

    def facing(self, lon: float) -> float:
        """1 when it faces us, 0 at the edge, below 0 behind."""
        return math.cos(lon + self.pose.yaw)


def draw_head(
    canvas: skia.Canvas, at: Point, look: Look, pose: Pose, light: float, seed: int
) -> None:
    """One head, in its own units: the radius is 1."""
    canvas.save()
    canvas.translate(*at)
    canvas.rotate(pose.tilt)
    canvas.scale(look.head, look.head)
    ball = Ball(pose)
    hair.draw_back_hair(canvas, look, ball, seed)
    outline = head_outline(look, pose)
    canvas.drawPath(outline, stage.fill(look.skin))
    canvas.save()
    canvas.clipPath(outline, skia.ClipOp.kIntersect, True)
    stage.soft(canvas, (-light * 0.95, 0.35), 1.15, 1.5, look.shade, 0.75)
    stage.soft(canvas, (light * 0.6, -0.1), 0.9, 1.0, "ffe3b0", 0.28)
    draw_cheeks(canvas, look, ball)
    canvas.restore()
    draw_features(canvas, look, ball)
    hair.draw_hair(canvas, look, ball, seed)
    draw_ears(canvas, look, ball)
    canvas.restore()


def head_outline(look: Look, pose: Pose) -> skia.Path:
    """The outline: cheeks and chin follow the turn of the head."""
    turn, young, nod = pose.yaw * 0.11, look.young, pose.pitch * 0.12
    jaw, chin = 0.6 + 0.06 * young, 1.04 - 0.04 * young
    return stage.smooth(
        [
            (-turn, -1.0),
            (0.68 - turn, -0.74),
            (0.94, -0.15),
            (0.9 + turn * 0.5, 0.36 + nod),
            (jaw + turn, 0.79 + nod),
            (turn * 2.0, chin + nod),
            (-jaw + turn, 0.79 + nod),
            (-0.9 + turn * 0.5, 0.36 + nod),
            (-0.94, -0.15),
            (-0.68 - turn, -0.74),
        ]
    )


def draw_cheeks(canvas: skia.Canvas, look: Look, ball: Ball) -> None:
    """Warm cheeks, warmer with a smile."""
    for lon in (-0.66, 0.66):
        wide = max(0.25, ball.facing(lon))
        x, y = ball.at(lon, 0.42 - 0.04 * ball.pose.smile)
        stage.soft(
            canvas,
            (x, y),
            0.34 * wide,
            0.27,
            "e2553f",
            0.38 + 0.22 * ball.pose.smile + 0.1 * look.young,
        )


def draw_features(canvas: skia.Canvas, look: Look, ball: Ball) -> None:
    """Eyes, brows, nose and mouth."""
    pose, young = ball.pose, look.young
    apart, level = 0.4 + 0.02 * young, 0.05 + 0.1 * young
    for lon in (-apart, apart):
        draw_eye(canvas, look, ball, lon, level)
        wide = max(0.3, ball.facing(lon))
        x, y = ball.at(lon * 1.08, level - 0.32 - 0.11 * pose.brows)
        sign = 1 if lon > 0 else -1
        brow = skia.Path()
        brow.moveTo(x - 0.16 * wide, y + 0.03 - 0.02 * sign * (1 - pose.brows))
        brow.quadTo(x, y - 0.085, x + 0.16 * wide, y + 0.03 + 0.02 * sign * (1 - pose.brows))
        canvas.drawPath(brow, stage.line(look.hair, 0.055 - 0.01 * young, 0.9))
    # nose: a soft bulb with a touch of light
    x, y = ball.at(0.0, level + 0.23, 1.04)
    push = pose.yaw * 0.06
    stage.soft(canvas, (x, y + 0.02), 0.16, 0.12, look.shade, 0.5)
    bulb = skia.Path()
    bulb.moveTo(x - 0.085 + push, y + 0.015)
    bulb.quadTo(x + push, y + 0.1, x + 0.085 + push, y + 0.015)
    canvas.drawPath(bulb, stage.line(look.shade, 0.042))
    stage.soft(canvas, (x + push, y - 0.035), 0.085, 0.07, "ffe9cc", 0.5)
    draw_mouth(canvas, look, ball, level)


def draw_eye(canvas: skia.Canvas, look: Look, ball: Ball, lon: float, level: float) -> None:
    """A dark oval with a light in it; shut when blinking, curved up when laughing."""
    pose, young = ball.pose, look.young
    wide = max(0.42, ball.facing(lon) ** 0.7)
    x, y = ball.at(lon + 0.1 * pose.gaze[0], level + 0.075 * pose.gaze[1])
    w, h = (0.105 + 0.022 * young) * wide, 0.142 + 0.02 * young
    shut = max(pose.lids, 0.0)
    dark = "2a1712"
    if pose.joy > 0.5 or shut > 0.7:
        bow = -0.15 if pose.joy > 0.5 else 0.09
        arc = skia.Path()
        arc.moveTo(x - w * 1.15, y + 0.03)
        arc.quadTo(x, y + 0.03 + bow, x + w * 1.15, y + 0.03)
        canvas.drawPath(arc, stage.line(dark, 0.058))
        return
    h *= 1 - 0.55 * shut - 0.12 * max(0.0, pose.smile - 0.5) - 0.5 * pose.joy
    h *= 1 + 0.1 * pose.brows
    stage.oval(canvas, (x, y), w * 1.3, h * 1.16, stage.fill("fff6e6", 0.9))
    inner = (x + 0.022 * pose.gaze[0], y + 0.012 * pose.gaze[1])
    stage.oval(canvas, inner, w, h, stage.fill(dark))
    stage.oval(
        canvas, (inner[0], inner[1] + h * 0.35), w * 0.66, h * 0.45, stage.fill("7a4526", 0.55)
    )
    stage.oval(
        canvas,
        (inner[0] + w * 0.3, inner[1] - h * 0.38),
        w * 0.34,
        h * 0.27,
        stage.fill("ffffff", 0.96),
    )
    lash = skia.Path()
    lash.moveTo(x - w * 1.36, y - h * 0.5)
    lash.quadTo(x, y - h * 1.55, x + w * 1.36, y - h * 0.5)
    canvas.drawPath(lash, stage.line(dark, 0.045))
    if young < 0.9:
        sign = 1 if lon > 0 else -1
        canvas.drawLine(
            x + sign * w * 1.3,
            y - h * 0.55,
            x + sign * (w * 1.3 + 0.06 * wide),
            y - h * 0.95,
            stage.line(dark, 0.04),
        )


def draw_mouth(canvas: skia.Canvas, look: Look, ball: Ball, level: float) -> None:
    """A line that smiles, or an open mouth with a tongue in it."""
    pose = ball.pose
    half, lat = 0.2 + 0.1 * pose.smile - 0.07 * pose.open * (1 - pose.smile), level + 0.5
    lift = 0.085 * pose.smile
    left, right = ball.at(-half, lat - lift), ball.at(half, lat - lift)
    top = ball.at(0.0, lat + 0.02 * pose.smile - 0.04 * pose.open)
    low = ball.at(0.0, lat + 0.1 * pose.smile + 0.36 * pose.open)
    if pose.open < 0.06:
        mouth = skia.Path()
        mouth.moveTo(*left)
        mouth.quadTo(top[0], top[1] * 2 - (left[1] + right[1]) / 2 + 0.06 * pose.smile, *right)
        canvas.drawPath(mouth, stage.line("6b231f", 0.055))
        return
    mouth = skia.Path()
    mouth.moveTo(*left)
    mouth.quadTo(top[0], top[1] * 2 - (left[1] + right[1]) / 2, *right)
    mouth.cubicTo(
        right[0] - 0.02, (right[1] + low[1]) / 2 + 0.08, low[0] + half * 0.5, low[1], *low
    )
    mouth.cubicTo(low[0] - half * 0.5, low[1], left[0] + 0.02, (left[1] + low[1]) / 2 + 0.08, *left)
    canvas.drawPath(mouth, stage.fill("5c1a1c"))
    canvas.save()
    canvas.clipPath(mouth, skia.ClipOp.kIntersect, True)
    stage.oval(canvas, (low[0], low[1] + 0.02), half * 0.7, 0.16, stage.fill("dd6a5c"))
    if pose.smile > 0.4:
        stage.oval(canvas, (top[0], top[1] - 0.02), half * 0.8, 0.075, stage.fill("fff6e6"))
    canvas.restore()
    canvas.drawPath(mouth, stage.line("6b231f", 0.035))


def draw_ears(canvas: skia.Canvas, look: Look, ball: Ball) -> None:
    """The ear on the side we see; behind the turned cheek the other one hides."""
    for lon in (-1.5, 1.5):
        if ball.facing(lon) < 0.12:
            continue
        x, y = ball.at(lon, 0.18)
        sign = 1 if lon > 0 else -1
        stage.oval(canvas, (x, y), 0.15, 0.21, stage.fill(look.skin), sign * 8)
        curl = skia.Path()
        curl.moveTo(x - 0.03 * sign, y - 0.1)
        curl.quadTo(x + 0.1 * sign, y - 0.02, x - 0.01 * sign, y + 0.09)
        canvas.drawPath(curl, stage.line(look.shade, 0.04))
        if look.earring:
            stage.oval(canvas, (x + 0.01 * sign, y + 0.27), 0.055, 0.055, stage.fill(look.earring))
