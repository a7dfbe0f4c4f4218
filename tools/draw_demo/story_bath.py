"""Bath time, beat by beat. The marks in ``cases/rowan`` rest on these times."""

from __future__ import annotations

from dataclasses import replace

from cast import MUM, ROWAN
from script import Beat, Story, Thing, Voice
from stage import Camera

BATH = Story(
    file="2-bath-time/bath.mp4",
    room="bathroom",
    seconds=62.0,
    tone="bath",
    steady=(13.8, 30.9),
    cast={
        "mum": (
            replace(MUM, top="c9685a", pattern="dots", second="f6dcc0", band="e2ab45", sleeve=0.5),
            {
                "seat": (390.0, 660.0),
                "lean": (20.0, 8.0),
                "look": "rowan",
                "smile": 0.5,
                "left": (350.0, 530.0),
                "right": (520.0, 526.0),
            },
        ),
        "rowan": (
            replace(ROWAN, pattern="bare", extra="", height=246),
            {
                "seat": (830.0, 580.0),
                "look": "rowan.left",
                "smile": 0.4,
                "stir": 0.8,
                "left": (750.0, 504.0),
                "right": (916.0, 506.0),
            },
        ),
    },
    light={"mum": 1.0, "rowan": -1.0},
    things={"duck": Thing("duck", (690.0, 486.0), -1.0, "water")},
    camera=Camera(1.25, 646.0, 374.0),
    foam=((356.0, 440.0, 528.0), (776.0, 1240.0, 500.0)),
    drops=(
        (31.35, (780.0, 500.0)),
        (31.5, (890.0, 500.0)),
        (34.6, (820.0, 500.0)),
        (47.6, (860.0, 500.0)),
    ),
    beats=(
        Beat(
            3.0,
            "Mum hums, Rowan stirs the water",
            voices=(Voice("mum", "hum", 0.0, 2.0),),
            sounds=(("drip", 0.8), ("drip", 2.6)),
        ),
        Beat(
            7.0,
            "Rowan sees the duck",
            {
                "rowan": {"look": "duck", "stir": 0.0, "brows": 0.6},
            },
            over=0.6,
            voices=(Voice("rowan", "coo", 0.5, 0.7),),
            sounds=(("drip", 1.4),),
        ),
        # 0:10 - 0:18.5 is the moment "your-turn"
        Beat(
            10.6,
            "Rowan pushes the duck",
            {
                "rowan": {"left": "duck+52,6", "lean": (-20.0, 6.0)},
            },
            over=0.7,
        ),
        Beat(
            11.4,
            "it swims to Mum",
            {
                "duck": {"at": (598.0, 488.0)},
                "rowan": {"left": (676.0, 500.0)},
                "mum": {"look": "duck"},
            },
            over=1.3,
            sounds=(("drip", 0.2), ("drip", 0.8)),
        ),
        Beat(
            12.9,
            "Rowan looks at Mum and waits",
            {
                "rowan": {"look": "mum", "brows": 1.0, "smile": 0.35, "left": (756.0, 506.0)},
                "mum": {"look": "rowan", "brows": 0.8},
            },
            over=0.6,
        ),
        Beat(
            14.2,
            "Mum smiles",
            {
                "mum": {"smile": 0.95, "lean": (44.0, 24.0), "tilt": 5.0},
            },
            over=0.7,
            voices=(Voice("mum", "ooh", 0.1, 0.8),),
        ),
        Beat(
            15.0,
            "and sends the duck back",
            {
                "mum": {"right": "duck+-54,8", "brows": 0.2},
                "duck": {"turn": 1.0},
            },
            over=0.6,
        ),
        Beat(
            15.6,
            "it swims to Rowan",
            {
                "duck": {"at": (694.0, 486.0)},
                "rowan": {"look": "duck"},
            },
            over=1.2,
            sounds=(("drip", 0.3),),
        ),
        Beat(
            16.7,
            "Rowan laughs",
            {
                "rowan": {"look": "mum", "smile": 1.0, "joy": 0.3, "giggle": 1.0},
                "mum": {"right": (540.0, 528.0)},
            },
            over=0.5,
            voices=(Voice("rowan", "giggle", 0.1, 1.5), Voice("mum", "hum", 1.0, 0.8)),
        ),
        Beat(
            19.0,
            "again the duck goes over",
            {
                "duck": {"at": (598.0, 488.0), "turn": -1.0},
                "rowan": {"giggle": 0.0, "joy": 0.0, "left": (676.0, 500.0), "smile": 0.7},
                "mum": {"look": "duck", "tilt": 0.0},
            },
            over=1.3,
            sounds=(("drip", 0.4),),
        ),
        Beat(
            22.0,
            "and comes back",
            {
                "duck": {"at": (668.0, 486.0), "turn": 1.0},
                "rowan": {"left": (756.0, 506.0), "look": "mum"},
                "mum": {"look": "rowan", "lean": (20.0, 8.0)},
            },
            over=1.3,
            voices=(Voice("mum", "talk", 0.5, 1.4),),
        ),
        Beat(
            25.6,
            "Rowan looks at the water",
            {
                "rowan": {"look": (830.0, 560.0), "smile": 0.4, "lean": (0.0, 0.0)},
            },
            over=0.8,
            sounds=(("drip", 0.5),),
        ),
        # 0:29.5 - 0:34 is the moment "big-splash", shown slowly
        Beat(
            29.0,
            "both arms go up",
            {
                "rowan": {
                    "left": (732.0, 372.0),
                    "right": (934.0, 372.0),
                    "look": "mum",
                    "brows": 1.0,
                    "smile": 0.5,
                },
            },
            over=0.9,
            voices=(Voice("rowan", "coo", 0.6, 0.6),),
        ),
        Beat(
            30.3,
            "Mum waits with wide eyes",
            {
                "mum": {"brows": 1.0, "smile": 0.5, "open": 0.25, "lean": (8.0, -6.0)},
            },
            over=0.5,
        ),
        Beat(
            31.1,
            "splash!",
            {
                "rowan": {
                    "left": (770.0, 508.0),
                    "right": (900.0, 508.0),
                    "smile": 1.0,
                    "open": 0.5,
                },
            },
            over=0.24,
            sounds=(("splash", 0.2),),
        ),
        Beat(
            31.5,
            "Mum blinks and laughs",
            {
                "mum": {"joy": 1.0, "smile": 1.0, "open": 0.45, "lean": (-14.0, -8.0)},
                "duck": {"at": (640.0, 482.0)},
            },
            over=0.35,
            voices=(Voice("mum", "giggle", 0.5, 1.3), Voice("rowan", "giggle", 1.2, 1.6)),
        ),
        Beat(
            32.5,
            "they laugh together",
            {
                "mum": {"joy": 0.0, "lean": (24.0, 12.0), "open": 0.0},
                "rowan": {"joy": 1.0, "giggle": 1.0, "open": 0.2},
            },
            over=0.6,
        ),
        Beat(
            34.4,
            "a smaller splash",
            {
                "rowan": {"left": (780.0, 508.0), "joy": 0.0, "open": 0.0},
            },
            over=0.3,
            sounds=(("splash", 0.2),),
        ),
        Beat(
            36.5,
            "quiet again",
            {
                "rowan": {
                    "giggle": 0.0,
                    "smile": 0.6,
                    "brows": 0.0,
                    "right": (960.0, 496.0),
                    "look": "rowan.right",
                },
                "mum": {"brows": 0.1, "smile": 0.6, "open": 0.0},
            },
            over=1.0,
            voices=(Voice("mum", "hum", 1.0, 1.8),),
            sounds=(("drip", 2.0),),
        ),
        Beat(
            40.0,
            "Rowan finds foam",
            {
                "rowan": {"right": "rowan+104,84", "foam": 1.0},
            },
            over=1.2,
            voices=(Voice("rowan", "coo", 0.8, 0.7),),
        ),
        Beat(
            42.2,
            "and shows Mum",
            {
                "rowan": {"look": "mum", "right": "rowan+98,58", "brows": 0.7},
            },
            over=0.9,
            voices=(Voice("mum", "ooh", 0.9, 0.8),),
        ),
        Beat(
            44.0,
            "Mum puts foam on her nose",
            {
                "mum": {"right": "mum+58,26", "look": "rowan", "foam": 1.0},
            },
            over=1.2,
        ),
        Beat(
            45.8,
            "Rowan laughs out loud",
            {
                "mum": {"nose": 1.0, "foam": 0.0, "right": (540.0, 528.0), "smile": 1.0},
                "rowan": {
                    "smile": 1.0,
                    "giggle": 1.0,
                    "joy": 1.0,
                    "right": (916.0, 506.0),
                    "foam": 0.0,
                },
            },
            over=0.7,
            voices=(Voice("rowan", "giggle", 0.2, 1.7),),
            sounds=(("splash", 1.7),),
        ),
        Beat(
            49.5,
            "calm",
            {
                "rowan": {"giggle": 0.0, "joy": 0.0, "smile": 0.7, "look": "mum"},
                "mum": {"nose": 0.0, "smile": 0.7},
            },
            over=1.0,
            voices=(Voice("mum", "talk", 0.6, 1.6),),
            sounds=(("drip", 3.0),),
        ),
        Beat(
            53.5,
            "the duck once more",
            {
                "rowan": {"look": "duck", "left": (720.0, 500.0)},
                "mum": {"look": "duck"},
            },
            over=0.9,
            voices=(Voice("rowan", "babble", 0.4, 1.0), Voice("mum", "hum", 2.0, 2.0)),
            sounds=(("drip", 4.0),),
        ),
        Beat(
            58.0,
            "and a look",
            {
                "rowan": {"look": "mum", "left": (756.0, 506.0)},
                "mum": {"look": "rowan", "tilt": 5.0},
            },
            over=0.7,
        ),
    ),
)
