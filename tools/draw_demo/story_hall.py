"""The first week at nursery, beat by beat. The marks in ``cases/rowan`` rest on these times."""

from __future__ import annotations

from dataclasses import replace

from cast import MUM, ROWAN
from script import Beat, Story, Thing, Voice
from stage import Camera

TOP_UP = Story(
    file="4-top-up/first-week.mp4",
    room="hall",
    seconds=62.0,
    tone="morning",
    camera=Camera(1.14, 650.0, 400.0),
    steady=(22.9, 24.6),
    cast={
        "mum": (
            replace(MUM, top="6f7fa3", pattern="dots", second="f0dcb4", band="c9583f"),
            {
                "seat": (440.0, 650.0),
                "lean": (20.0, 12.0),
                "look": "rowan",
                "smile": 0.5,
                "left": (420.0, 640.0),
                "right": (534.0, 634.0),
            },
        ),
        "rowan": (
            replace(
                ROWAN, top="e8b440", pattern="plain", extra="coat", height=262, shoulder=78, hip=96
            ),
            {
                "seat": (810.0, 650.0),
                "look": (760.0, 600.0),
                "smile": 0.2,
                "left": (736.0, 604.0),
                "right": (896.0, 610.0),
            },
        ),
    },
    light={"mum": 1.0, "rowan": 1.0},
    things={"bear": Thing("bear", (574.0, 590.0), -8.0, "held")},
    beats=(
        Beat(
            2.0,
            "Mum does up the coat",
            {
                "mum": {
                    "right": (786.0, 596.0),
                    "left": (734.0, 612.0),
                    "lean": (50.0, 40.0),
                    "seat": (500.0, 650.0),
                    "look": (800.0, 590.0),
                },
            },
            over=1.2,
            voices=(Voice("mum", "talk", 0.4, 1.6),),
        ),
        Beat(
            4.0,
            "up goes the zip",
            {
                "mum": {"right": (792.0, 526.0), "left": (740.0, 566.0)},
            },
            over=1.2,
            sounds=(("zip", 0.1),),
        ),
        Beat(
            5.6,
            "ready",
            {
                "mum": {
                    "right": (534.0, 634.0),
                    "left": (420.0, 640.0),
                    "lean": (30.0, 12.0),
                    "seat": (440.0, 650.0),
                    "look": "rowan",
                    "smile": 0.7,
                },
                "rowan": {"look": "mum", "smile": 0.4},
            },
            over=1.1,
            voices=(Voice("rowan", "babble", 0.8, 0.9),),
        ),
        Beat(
            9.0,
            "Rowan looks at the door",
            {
                "rowan": {"look": (1080.0, 300.0), "smile": 0.05, "brows": 0.6},
            },
            over=0.8,
        ),
        Beat(
            10.6,
            "Mum sees it",
            {
                "mum": {"look": "rowan", "tilt": 7.0, "smile": 0.4, "brows": 0.5},
            },
            over=0.8,
            voices=(Voice("mum", "talk", 0.5, 1.5),),
        ),
        Beat(
            13.4,
            "Rowan turns back",
            {
                "rowan": {"look": "mum", "smile": 0.4},
            },
            over=0.7,
            voices=(Voice("rowan", "coo", 0.3, 0.7),),
        ),
        Beat(
            15.5,
            "breath",
            {
                "mum": {"tilt": 0.0, "smile": 0.7},
                "rowan": {"smile": 0.6},
            },
            over=0.9,
        ),
        # 0:19 - 0:27.5 is the moment "gone-and-here"; the neighbour calls at 0:21.4 - 0:22.8
        Beat(
            19.6,
            "Rowan hides",
            {
                "rowan": {
                    "left": "rowan+-66,14",
                    "right": "rowan+-17,16",
                    "smile": 0.8,
                    "lids": 1.0,
                },
            },
            over=0.6,
        ),
        Beat(
            20.4,
            "Mum waits",
            {
                "mum": {"brows": 1.0, "smile": 0.5, "tilt": -6.0, "lean": (36.0, 10.0)},
            },
            over=0.7,
            voices=(Voice("neighbour", "talk", 1.0, 1.4),),
        ),
        Beat(
            23.8,
            "boo!",
            {
                "rowan": {
                    "left": (704.0, 440.0),
                    "right": (916.0, 440.0),
                    "lids": 0.0,
                    "smile": 1.0,
                    "open": 0.5,
                    "brows": 1.0,
                },
            },
            over=0.35,
            voices=(Voice("rowan", "coo", 0.0, 0.7),),
        ),
        Beat(
            24.2,
            "Mum's joy",
            {
                "mum": {
                    "smile": 1.0,
                    "open": 0.5,
                    "left": (346.0, 596.0),
                    "right": (626.0, 500.0),
                    "lean": (30.0, -2.0),
                },
            },
            over=0.45,
            voices=(Voice("mum", "gasp", 0.0, 0.9),),
        ),
        Beat(
            25.4,
            "both laugh",
            {
                "mum": {"joy": 1.0, "open": 0.3},
                "rowan": {"giggle": 1.0, "open": 0.2, "joy": 0.4},
            },
            over=0.5,
            voices=(Voice("rowan", "giggle", 0.1, 1.6), Voice("mum", "giggle", 0.6, 1.2)),
        ),
        Beat(
            28.0,
            "calm",
            {
                "mum": {
                    "joy": 0.0,
                    "open": 0.0,
                    "brows": 0.1,
                    "smile": 0.7,
                    "tilt": 0.0,
                    "left": (420.0, 640.0),
                    "right": (534.0, 634.0),
                },
                "rowan": {
                    "giggle": 0.0,
                    "joy": 0.0,
                    "open": 0.0,
                    "brows": 0.0,
                    "smile": 0.6,
                    "left": (736.0, 604.0),
                    "right": (896.0, 610.0),
                },
            },
            over=1.0,
        ),
        Beat(
            31.0,
            "the bear",
            {
                "rowan": {"look": "bear", "brows": 0.6, "left": (696.0, 566.0)},
            },
            over=0.8,
            voices=(Voice("rowan", "coo", 0.3, 0.8),),
        ),
        Beat(
            32.6,
            "Mum sees the bear",
            {
                "mum": {"look": "bear", "brows": 0.6, "right": "bear+-20,30"},
            },
            over=0.8,
            voices=(Voice("mum", "ooh", 0.2, 0.8),),
        ),
        Beat(
            34.2,
            "and gives it",
            {
                "bear": {"at": (722.0, 556.0), "turn": 6.0},
                "mum": {"lean": (60.0, 20.0), "right": (672.0, 590.0)},
            },
            over=1.2,
            sounds=(("rustle", 0.6),),
        ),
        Beat(
            35.6,
            "Rowan holds it close",
            {
                "bear": {"at": (806.0, 566.0), "turn": -6.0},
                "rowan": {
                    "left": (776.0, 600.0),
                    "right": (848.0, 596.0),
                    "look": "mum",
                    "smile": 0.9,
                },
                "mum": {"right": (534.0, 634.0), "look": "rowan", "smile": 0.9, "brows": 0.2},
            },
            over=0.9,
            voices=(Voice("rowan", "babble", 0.6, 0.9),),
        ),
        Beat(39.9, "an arm goes around", {"mum": {"behind_right": 1.0}}, over=0.0),
        Beat(
            40.0,
            "a hug",
            {
                "mum": {
                    "lean": (74.0, 52.0),
                    "seat": (580.0, 650.0),
                    "right": "rowan+74,168",
                    "left": (730.0, 596.0),
                    "lids": 1.0,
                    "tilt": 6.0,
                },
                "rowan": {"lean": (-34.0, 4.0), "tilt": -8.0, "lids": 1.0},
            },
            over=1.6,
            voices=(Voice("mum", "hum", 1.4, 2.0),),
            sounds=(("rustle", 0.6),),
        ),
        Beat(
            45.4,
            "and apart",
            {
                "mum": {
                    "lean": (30.0, 12.0),
                    "seat": (440.0, 650.0),
                    "right": (534.0, 634.0),
                    "left": (420.0, 640.0),
                    "lids": 0.0,
                    "tilt": 0.0,
                },
                "rowan": {"lean": (0.0, 0.0), "tilt": 0.0, "lids": 0.0},
            },
            over=1.4,
        ),
        Beat(47.0, "and comes back", {"mum": {"behind_right": 0.0}}, over=0.0),
        Beat(
            48.6,
            "Mum waves",
            {
                "mum": {"right": (590.0, 420.0), "wave": 1.0, "smile": 0.9},
            },
            over=0.9,
            voices=(Voice("mum", "talk", 0.5, 1.2),),
        ),
        Beat(
            50.4,
            "Rowan waves back",
            {
                "rowan": {"left": (706.0, 440.0), "wave": 1.0, "smile": 0.9},
            },
            over=0.8,
            voices=(Voice("rowan", "babble", 0.5, 1.0),),
        ),
        Beat(
            55.0,
            "hands down",
            {
                "mum": {"right": (534.0, 634.0), "wave": 0.0},
                "rowan": {"left": (776.0, 600.0), "wave": 0.0},
            },
            over=1.0,
            voices=(Voice("mum", "hum", 1.4, 1.4),),
            sounds=(("bird", 2.5),),
        ),
    ),
)
