"""The figures: how each person looks, where they are at a time, and how they are drawn."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import faces
import skia
import stage
from cloth import dressed
from stage import Point, Resolve, Track


@dataclass(frozen=True)
class Look:
    """What stays the same about a person in one film."""

    skin: str
    hair: str
    style: str  # puff | curls | bunches: see faces.py
    head: float  # radius in pixels
    height: float  # from the seat to the middle of the head
    shoulder: float
    hip: float
    arm: float  # length of the whole arm
    limb: float  # thickness of the arm
    top: str  # clothes
    pattern: str = "plain"  # plain | stripes | dots | stars | checks | leaves | bare
    second: str = "fff4e0"
    sleeve: float = 0.82
    young: float = 0.0  # 0 grown up, 1 toddler: rounder, eyes lower and larger
    band: str = "4f8a8b"
    earring: str = ""
    extra: str = ""  # bib | coat | pack

    @property
    def shade(self) -> str:
        """The skin in shadow."""
        return stage.mix(self.skin, "4a1f1a", 0.36)


@dataclass
class Person:
    """A look with its moving values."""

    name: str
    look: Look
    seed: int
    tracks: dict[str, Track] = field(default_factory=dict)
    speaking: Callable[[float], float] = lambda _: 0.0
    steady: tuple[float, ...] = ()  # times at which nobody blinks

    def number(self, channel: str, time: float) -> float:
        """A plain value such as ``smile``."""
        return self.tracks[channel].number(time) if channel in self.tracks else 0.0

    def seat(self, time: float, places: Resolve) -> Point:
        """Where the hips are."""
        x, y = self.tracks["seat"].point(time, places)
        step = self.number("walk", time)
        return (x, y - abs(stage.wave(time, 1.1)) * 9 * step)

    def face(self, time: float, places: Resolve) -> Point:
        """Where the middle of the head is."""
        x, y = self.seat(time, places)
        lean = self.tracks["lean"].point(time, places) if "lean" in self.tracks else (0.0, 0.0)
        idle = (
            stage.wave(time, 7.3, self.seed * 0.37) * 1.6,
            stage.wave(time, 3.7, self.seed * 0.21) * 1.5,
        )
        giggle = self.number("giggle", time) * abs(stage.wave(time, 0.42)) * -4
        return stage.add((x, y - self.look.height), lean, idle, (0.0, giggle))

    def hand(self, side: str, time: float, places: Resolve) -> Point:
        """Where a hand is: ``left`` and ``right`` are as seen in the picture."""
        x, y = self.tracks[side].point(time, places)
        wave = self.number("wave", time) if side == self.waving else 0.0
        rock = self.number("stir", time) if side == self.waving else 0.0
        return (
            x + stage.wave(time, 0.62) * 15 * wave + stage.wave(time, 1.5) * 9 * rock,
            y
            + stage.wave(time, 3.7, self.seed * 0.21) * 1.0
            + stage.wave(time, 1.5, 0.25) * 4 * rock,
        )

    @property
    def waving(self) -> str:
        """The hand that waves or stirs."""
        return "left" if self.name == "rowan" else "right"

    def pose(self, time: float, places: Resolve) -> faces.Pose:
        """Everything the face shows at a time: the eyes lead, the head follows."""
        here = self.face(time, places)
        eyes = self.tracks["look"].point(time, places)
        late = self.tracks["look"].point(max(0.0, time - 0.16), places)
        yaw = math.tanh((late[0] - here[0]) / (self.look.head * 2.6)) * 0.66
        pitch = math.tanh((late[1] - here[1]) / (self.look.head * 4.2)) * 0.62
        gaze = (
            math.tanh((eyes[0] - here[0]) / (self.look.head * 2.2)),
            math.tanh((eyes[1] - here[1]) / (self.look.head * 2.6)),
        )
        return faces.Pose(
            yaw=yaw + stage.wave(time, 9.1, self.seed * 0.3) * 0.012,
            pitch=pitch,
            gaze=gaze,
            tilt=self.number("tilt", time) + stage.wave(time, 8.3, self.seed * 0.17) * 0.7,
            smile=self.number("smile", time),
            joy=self.number("joy", time),
            brows=self.number("brows", time),
            lids=max(self.number("lids", time), self.blink(time)),
            open=max(self.number("open", time), self.speaking(time)),
        )

    def blink(self, time: float) -> float:
        """How far the eyelids are down, at moments of their own."""
        rng, at = random.Random(self.seed * 1009), 0.6
        while at < time + 0.3:
            at += rng.uniform(2.2, 5.2)
            if abs(time - at) < 0.12 and all(abs(at - mark) > 0.4 for mark in self.steady):
                return 1.0 - (abs(time - at) / 0.12) ** 2
        return 0.0

    # ------------------------------------------------------------ drawing

    def draw_body(self, canvas: skia.Canvas, time: float, places: Resolve, light: float) -> None:
        """Neck, clothes and head; ``light`` is the side the light comes from (-1 left, 1 right)."""
        head, seat, look = self.face(time, places), self.seat(time, places), self.look
        torso = self.torso(head, seat)
        canvas.drawPath(torso, dressed(look, stage.between(seat, head, 0.5)))
        canvas.save()
        canvas.clipPath(torso, skia.ClipOp.kIntersect, True)
        wide = look.shoulder * 1.3
        stage.soft(
            canvas,
            (seat[0] - light * wide, (seat[1] + head[1]) / 2 + 40),
            wide,
            look.height,
            "3b1d2a",
            0.34,
        )
        stage.soft(
            canvas,
            (seat[0] + light * wide, (seat[1] + head[1]) / 2),
            wide * 0.9,
            look.height * 0.8,
            "fff0c4",
            0.22,
        )
        stage.soft(
            canvas,
            (head[0], head[1] + look.head * 1.15),
            look.head * 0.95,
            look.head * 0.5,
            "3b1d2a",
            0.34,
        )
        canvas.restore()
        self.draw_neck(canvas, head, seat)
        faces.draw_head(canvas, head, look, self.pose(time, places), light, self.seed)

    def neck(self, head: Point, seat: Point) -> Point:
        """The pit of the neck."""
        return (head[0] + (seat[0] - head[0]) * 0.13, head[1] + self.look.head * 1.12)

    def torso(self, head: Point, seat: Point) -> skia.Path:
        """The outline of the upper body."""
        look, neck = self.look, self.neck(head, seat)
        w, drop, hip = look.shoulder, look.head * 0.34, look.hip
        mid = stage.between(neck, seat, 0.55)
        return stage.smooth(
            [
                (neck[0] - w * 0.34, neck[1] - 2),
                (neck[0] + w * 0.34, neck[1] - 2),
                (neck[0] + w * 0.82, neck[1] + drop * 0.55),
                (neck[0] + w, neck[1] + drop * 1.6),
                (mid[0] + (w + hip) * 0.48, mid[1]),
                (seat[0] + hip, seat[1]),
                (seat[0] + hip * 0.7, seat[1] + 60),
                (seat[0] - hip * 0.7, seat[1] + 60),
                (seat[0] - hip, seat[1]),
                (mid[0] - (w + hip) * 0.48, mid[1]),
                (neck[0] - w, neck[1] + drop * 1.6),
                (neck[0] - w * 0.82, neck[1] + drop * 0.55),
            ]
        )

    def draw_neck(self, canvas: skia.Canvas, head: Point, seat: Point) -> None:
        """The neck, in the shadow of the chin, with what lies around it."""
        look, neck = self.look, self.neck(head, seat)
        wide = look.shoulder * (0.36 if look.young else 0.33)
        path = skia.Path()
        path.moveTo(head[0] - wide, head[1] + look.head * 0.4)
        path.lineTo(neck[0] - wide, neck[1])
        path.quadTo(neck[0], neck[1] + look.head * 0.34, neck[0] + wide, neck[1])
        path.lineTo(head[0] + wide, head[1] + look.head * 0.4)
        path.close()
        canvas.drawPath(path, stage.fill(stage.mix(look.skin, look.shade, 0.6)))
        if look.pattern != "bare":
            rim = skia.Path()
            rim.moveTo(neck[0] - wide * 1.05, neck[1] - 1)
            rim.quadTo(neck[0], neck[1] + look.head * 0.36, neck[0] + wide * 1.05, neck[1] - 1)
            canvas.drawPath(rim, stage.line(stage.mix(look.top, "3b1d2a", 0.22), look.head * 0.11))
        if look.extra == "coat":
            seam = stage.mix(look.top, "3b1d2a", 0.3)
            canvas.drawLine(
                neck[0], neck[1] + look.head * 0.2, seat[0], seat[1] + 40, stage.line(seam, 4)
            )
            for share in (0.22, 0.48, 0.74):
                x, y = stage.between(neck, seat, share)
                canvas.drawCircle(x + 17, y + 14, 8, stage.fill("7a4a26"))
                canvas.drawLine(x - 15, y + 14, x + 8, y + 14, stage.line("7a4a26", 4))
            for side in (-1, 1):
                flap = stage.smooth(
                    [
                        (neck[0], neck[1] + look.head * 0.2),
                        (neck[0] + side * wide, neck[1] - 10),
                        (neck[0] + side * look.shoulder * 0.86, neck[1] + 12),
                        (neck[0] + side * look.shoulder * 0.5, neck[1] + look.head * 0.46),
                    ]
                )
                canvas.drawPath(flap, stage.fill(stage.mix(look.top, "fff4d0", 0.25)))
                canvas.drawPath(flap, stage.line(seam, 2.5, 0.6))
        if look.extra == "bib":
            bib = stage.smooth(
                [
                    (neck[0] - wide, neck[1]),
                    (neck[0], neck[1] + look.head * 0.24),
                    (neck[0] + wide, neck[1]),
                    (neck[0] + look.shoulder * 0.66, neck[1] + 46),
                    (neck[0], neck[1] + 84),
                    (neck[0] - look.shoulder * 0.66, neck[1] + 46),
                ]
            )
            canvas.drawPath(bib, stage.fill("f8ecd2"))
            canvas.drawPath(bib, stage.line("d9764a", 4))
            for dx in (-18, 0, 18):
                stage.oval(
                    canvas,
                    (neck[0] + dx, neck[1] + 48 + abs(dx) * -0.4),
                    5,
                    5,
                    stage.fill("e2ab45"),
                )

    def arm(self, side: str, time: float, places: Resolve) -> tuple[Point, Point, Point]:
        """Shoulder, elbow and hand."""
        look, sign = self.look, -1.0 if side == "left" else 1.0
        head, seat = self.face(time, places), self.seat(time, places)
        neck, hand = self.neck(head, seat), self.hand(side, time, places)
        shoulder = (
            neck[0] + sign * (look.shoulder - look.limb * 0.42),
            neck[1] + look.head * 0.3 + look.limb * 0.34,
        )
        dx, dy = hand[0] - shoulder[0], hand[1] - shoulder[1]
        reach = math.hypot(dx, dy) or 1.0
        half = min(look.arm / 2, reach * 0.66)  # a near hand: the elbow goes back, not out
        bend = math.sqrt(max(0.0, half * half - reach * reach / 4))
        across = (-dy / reach, dx / reach)
        outward = math.tanh(3.2 * (across[0] * sign * 0.7 + across[1]))
        elbow = (
            shoulder[0] + dx / 2 + across[0] * bend * outward,
            shoulder[1] + dy / 2 + across[1] * bend * outward,
        )
        return shoulder, elbow, hand

    def draw_arm(self, canvas: skia.Canvas, side: str, time: float, places: Resolve) -> None:
        """One arm, without its hand (what is held comes between the two)."""
        look = self.look
        shoulder, elbow, hand = self.arm(side, time, places)
        bent = stage.between(stage.between(shoulder, hand, 0.5), elbow, 1.25)
        skin = stage.line(stage.mix(look.skin, look.shade, 0.14), look.limb * 0.66)
        canvas.drawPath(curve(shoulder, bent, hand, 0.0, 0.96), skin)
        if look.pattern == "bare":
            return
        middle = stage.between(self.seat(time, places), self.face(time, places), 0.5)
        under = curve(shoulder, bent, hand, 0.12, look.sleeve)
        shade = stage.line(stage.mix(look.top, "3b1d2a", 0.34), look.limb + 4, 0.5)
        shade.setStrokeCap(skia.Paint.kButt_Cap)
        canvas.drawPath(under, shade)
        sleeve = dressed(look, middle)
        sleeve.setStyle(skia.Paint.kStroke_Style)
        sleeve.setStrokeWidth(look.limb)
        canvas.drawPath(curve(shoulder, bent, hand, 0.0, look.sleeve), sleeve)
        canvas.drawCircle(*shoulder, look.limb / 2, dressed(look, middle))
        cuff = stage.line(stage.mix(look.top, "3b1d2a", 0.22), look.limb * 1.04)
        cuff.setStrokeCap(skia.Paint.kButt_Cap)
        canvas.drawPath(curve(shoulder, bent, hand, look.sleeve - 0.07, look.sleeve), cuff)

    def draw_hand(self, canvas: skia.Canvas, side: str, time: float, places: Resolve) -> None:
        """One hand: a soft mitten with a thumb, or a pointing finger."""
        look, sign = self.look, -1.0 if side == "left" else 1.0
        _, elbow, hand = self.arm(side, time, places)
        angle = math.degrees(math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]))
        if side == self.waving:
            angle += stage.wave(time, 0.62, 0.1) * 16 * self.number("wave", time)
        size = look.limb * (0.45 if not look.young else 0.52)
        skin, dark = stage.fill(look.skin), stage.line(look.shade, max(1.6, size * 0.11), 0.75)
        canvas.save()
        canvas.translate(*hand)
        canvas.rotate(angle)
        flip = -sign if abs(angle) < 90 else sign
        finger = self.number("points_" + side, time)
        if finger > 0.05:
            canvas.drawLine(
                size * 0.4,
                -size * 0.2,
                size * (0.8 + finger),
                -size * 0.2,
                stage.line(look.skin, size * 0.62),
            )
        stage.oval(
            canvas, (size * 0.22, flip * size * 0.72), size * 0.56, size * 0.3, skin, flip * 32
        )
        stage.oval(canvas, (size * 0.2, 0), size * 1.08, size * 0.82, skin)
        for dy in (-0.28, 0.12):
            canvas.drawLine(size * 0.66, dy * size, size * 1.12, dy * size * 1.1, dark)
        canvas.restore()


def curve(start: Point, bent: Point, end: Point, low: float, high: float) -> skia.Path:
    """The part of a curve between two shares of its length."""

    def at(share: float) -> Point:
        return stage.between(
            stage.between(start, bent, share), stage.between(bent, end, share), share
        )

    path = skia.Path()
    path.moveTo(*at(low))
    middle = stage.between(stage.between(start, bent, low), stage.between(bent, end, low), high)
    path.quadTo(*middle, *at(high))
    return path
