"""The settings: what is behind the people, what is in front of them, and the light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import rooms_day
import rooms_home
import skia

Draw = Callable[[skia.Canvas], None]


@dataclass(frozen=True)
class Room:
    """Three layers, painted once for a whole film."""

    back: Draw
    front: Draw
    light: Draw
    warmth: str = "fff9ec"  # the whole picture is tinted with this


ROOMS = {
    "kitchen": Room(
        rooms_day.kitchen_back,
        rooms_day.kitchen_front,
        rooms_day.kitchen_light,
    ),
    "bathroom": Room(
        rooms_day.bathroom_back,
        rooms_day.bathroom_front,
        rooms_day.bathroom_light,
        "fffaf0",
    ),
    "sofa": Room(
        rooms_home.sofa_back,
        rooms_home.sofa_front,
        rooms_home.sofa_light,
        "fff0d8",
    ),
    "hall": Room(
        rooms_home.hall_back,
        rooms_home.hall_front,
        rooms_home.hall_light,
    ),
}
