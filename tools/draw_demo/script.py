"""The words of a time-line: a story has a cast, things, and beats that each carry their time."""

from __future__ import annotations

from dataclasses import dataclass, field

from people import Look
from stage import Camera, Point, Value

Moves = dict[str, dict[str, Value]]


@dataclass(frozen=True)
class Voice:
    """A wordless voice: who, how, how long after its beat, and for how long."""

    who: str
    kind: str  # hum | ooh | talk | coo | babble | giggle | gasp
    after: float
    lasts: float


@dataclass(frozen=True)
class Beat:
    """At this second, this begins: who and what moves where, within ``over`` seconds."""

    at: float
    note: str
    moves: Moves = field(default_factory=dict)
    over: float = 0.9
    voices: tuple[Voice, ...] = ()
    sounds: tuple[tuple[str, float], ...] = ()  # kind, seconds after the beat


@dataclass(frozen=True)
class Thing:
    """Something that is moved; ``layer``: water | table | held."""

    kind: str
    at: Value
    turn: float = 0.0
    layer: str = "table"


@dataclass(frozen=True)
class Story:
    """One film."""

    file: str
    room: str
    seconds: float
    cast: dict[str, tuple[Look, dict[str, Value]]]  # drawn in this order
    light: dict[str, float]  # where each is lit from: -1 left, 1 right
    things: dict[str, Thing]
    beats: tuple[Beat, ...]
    camera: Camera = field(default_factory=Camera)
    tone: str = "room"  # what the room sounds like
    foam: tuple[tuple[float, float, float], ...] = ()  # from, to, height
    steady: tuple[float, ...] = ()  # marked instants: no blinking there
    drops: tuple[tuple[float, Point], ...] = ()
