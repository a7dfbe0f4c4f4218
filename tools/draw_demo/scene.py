"""Puts a story on the paper: one frame for any time."""

from __future__ import annotations

from collections.abc import Callable

import props
import rooms
import skia
import sound
import stage
from people import Person
from script import Story
from stage import Point, Track, Value

SIDES = ("left", "right")


class Scene:
    """A story with its people, things and painted layers, ready to be drawn."""

    def __init__(self, story: Story) -> None:
        self.story, room = story, rooms.ROOMS[story.room]
        self.tracks: dict[str, dict[str, Track]] = {}
        self.people = {
            name: Person(
                name,
                look,
                seed,
                self.tracks.setdefault(name, {}),
                self.voice_of(name),
                story.steady,
            )
            for seed, (name, (look, _)) in enumerate(story.cast.items(), 1)
        }
        for name, (_, start) in story.cast.items():
            for channel, value in start.items():
                self.send(name, channel, 0.0, 0.0, value)
        for name, thing in story.things.items():
            self.send(name, "at", 0.0, 0.0, thing.at)
            self.send(name, "turn", 0.0, 0.0, thing.turn)
        for beat in story.beats:
            for name, moves in beat.moves.items():
                for channel, value in moves.items():
                    self.send(name, channel, beat.at, beat.over, value)
        self.back, self.front, self.light = (
            stage.painted(layer, story.camera) for layer in (room.back, room.front, room.light)
        )
        self.grain = stage.paper()
        self.tint = stage.fill(room.warmth)
        self.tint.setBlendMode(skia.BlendMode.kMultiply)
        self.surface = skia.Surface(stage.WIDTH, stage.HEIGHT)

    def send(self, name: str, channel: str, at: float, over: float, value: Value) -> None:
        """Hand a move to its track; a point that was never set starts from zero."""
        tracks = self.tracks.setdefault(name, {})
        if channel not in tracks:
            tracks[channel] = Track()
            if at > 0 and isinstance(value, tuple):
                tracks[channel].send(0.0, 0.0, (0.0, 0.0))
        tracks[channel].send(at, over, value)

    def voice_of(self, name: str) -> Callable[[float], float]:
        """How far the voice opens the mouth at a time."""
        spoken = [
            (beat.at + voice.after, voice)
            for beat in self.story.beats
            for voice in beat.voices
            if voice.who == name
        ]

        def mouth(time: float) -> float:
            return max(
                (
                    sound.mouth(voice.kind, time - start, voice.lasts)
                    for start, voice in spoken
                    if start <= time <= start + voice.lasts
                ),
                default=0.0,
            )

        return mouth

    def places(self, time: float) -> Callable[[str], Point]:
        """Look up where a face, a hand or a thing is at a time."""
        known: dict[str, Point] = {}

        def place(name: str) -> Point:
            if name not in known:
                who, _, side = name.partition(".")
                if who not in self.people:
                    known[name] = self.tracks[who]["at"].point(time, place)
                elif side:
                    known[name] = self.people[who].hand(side, time, place)
                else:
                    known[name] = self.people[who].face(time, place)
            return known[name]

        return place

    def draw_things(self, canvas: skia.Canvas, time: float, layer: str) -> None:
        """The things of one layer."""
        place = self.places(time)
        for name, thing in self.story.things.items():
            if thing.layer == layer:
                x, y = place(name)
                bob = 3 * stage.wave(time, 2.7) if layer == "water" else 0.0
                turn = self.tracks[name]["turn"].number(time)
                props.DRAW[thing.kind](canvas, (x, y + bob), turn)

    def frame(self, time: float) -> skia.Image:
        """The picture at a time."""
        canvas, place = self.surface.getCanvas(), self.places(time)
        canvas.drawImage(self.back, 0, 0)
        canvas.save()
        self.story.camera.look(canvas)
        if self.story.foam:
            props.draw_bubbles(canvas, time)
        for name, person in self.people.items():
            person.draw_body(canvas, time, place, self.story.light[name])
            for side in SIDES:
                behind = person.number("behind_" + side, time)  # 1: arm and hand, 2: the arm
                if behind > 0.5:
                    person.draw_arm(canvas, side, time, place)
                if 0.5 < behind < 1.5:
                    person.draw_hand(canvas, side, time, place)
        self.draw_things(canvas, time, "water")
        if self.story.foam:
            props.draw_foam(canvas, time, self.story.foam)
        canvas.restore()
        canvas.drawImage(self.front, 0, 0)
        canvas.save()
        self.story.camera.look(canvas)
        self.draw_things(canvas, time, "table")
        for person in self.people.values():
            for side in SIDES:
                if person.number("behind_" + side, time) <= 0.5:
                    person.draw_arm(canvas, side, time, place)
        self.draw_things(canvas, time, "held")
        for person in self.people.values():
            for side in SIDES:
                if not 0.5 < person.number("behind_" + side, time) < 1.5:
                    person.draw_hand(canvas, side, time, place)
            x, y = place(person.name + ".right")
            props.draw_tuft(canvas, (x, y - 12), person.number("foam", time) * 1.3)
            x, y = place(person.name)
            props.draw_tuft(canvas, (x + 46, y + 22), person.number("nose", time))
        for seed, (start, at) in enumerate(self.story.drops):
            props.draw_drops(canvas, time, start, at, seed)
        canvas.restore()
        stage.lay(canvas, self.light, skia.BlendMode.kSoftLight)
        stage.lay(canvas, self.light, skia.BlendMode.kScreen, 0.3)
        canvas.drawRect(skia.Rect.MakeWH(stage.WIDTH, stage.HEIGHT), self.tint)
        stage.lay(canvas, self.grain, skia.BlendMode.kMultiply)
        return self.surface.makeImageSnapshot()
