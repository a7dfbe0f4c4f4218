"""A story on the sofa, beat by beat. The marks in ``cases/rowan`` rest on these times."""

from __future__ import annotations

from dataclasses import replace

from cast import MUM, ROWAN, SISTER
from script import Beat, Story, Thing, Voice
from stage import Camera

STORY = Story(
    file="3-story/story.mp4",
    room="sofa",
    seconds=66.0,
    camera=Camera(1.14, 630.0, 404.0),
    steady=(14.9, 32.6, 44.4, 48.1),
    tone="evening",
    cast={
        "sister": (
            replace(SISTER, top="7d8fb5", pattern="dots", second="f4e6c6"),
            {
                "seat": (-180.0, 620.0),
                "look": "book",
                "smile": 0.4,
                "left": "sister+-50,262",
                "right": "sister+50,262",
            },
        ),
        "mum": (
            replace(MUM, top="5f8f86", pattern="checks", second="e9dcb8", band="d9764a"),
            {
                "seat": (500.0, 622.0),
                "lean": (18.0, 8.0),
                "look": "book",
                "smile": 0.4,
                "left": (432.0, 618.0),
                "right": "rowan+74,150",
                "tilt": 3.0,
                "behind_right": 2.0,
            },
        ),
        "rowan": (
            replace(ROWAN, top="efe0bd", pattern="stars", second="d9764a", extra="", height=262),
            {
                "seat": (752.0, 622.0),
                "lean": (-22.0, 4.0),
                "look": "book",
                "smile": 0.3,
                "left": (672.0, 606.0),
                "right": (782.0, 604.0),
                "tilt": -6.0,
            },
        ),
    },
    light={"mum": 1.0, "rowan": 1.0, "sister": 1.0},
    things={"book": Thing("book", (606.0, 596.0))},
    beats=(
        Beat(
            2.0,
            "Mum reads",
            voices=(Voice("mum", "talk", 0.0, 2.6), Voice("mum", "talk", 3.2, 2.2)),
        ),
        Beat(
            8.6,
            "Rowan looks at Mum's face",
            {
                "rowan": {"look": "mum", "smile": 0.5},
            },
            over=0.7,
            voices=(Voice("mum", "talk", 0.2, 1.4),),
        ),
        Beat(
            10.8,
            "and back at the book",
            {
                "rowan": {"look": "book"},
            },
            over=0.7,
        ),
        # 0:12 - 0:20 is the moment "the-cow"
        Beat(
            13.0,
            "Rowan points at the cow",
            {
                "rowan": {
                    "left": (548.0, 588.0),
                    "points_left": 1.0,
                    "lean": (-48.0, 16.0),
                    "brows": 0.6,
                },
            },
            over=0.8,
            voices=(Voice("rowan", "coo", 0.5, 0.7),),
        ),
        Beat(
            14.4,
            "Mum looks where Rowan points",
            {
                "mum": {"look": "rowan.left+0,20", "brows": 0.8},
            },
            over=0.5,
        ),
        Beat(
            15.2,
            "then at Rowan",
            {
                "mum": {"look": "rowan", "smile": 0.9},
                "rowan": {"look": "mum"},
            },
            over=0.6,
            voices=(Voice("mum", "talk", 0.4, 1.3),),
        ),
        Beat(
            17.3,
            "Rowan moos",
            {
                "rowan": {"brows": 1.0, "smile": 0.4, "tilt": 2.0},
            },
            over=0.4,
            voices=(Voice("rowan", "moo", 0.1, 1.1),),
        ),
        Beat(
            18.6,
            "they smile",
            {
                "rowan": {"smile": 1.0, "brows": 0.2},
                "mum": {"smile": 1.0, "joy": 0.6, "tilt": 7.0},
            },
            over=0.6,
            voices=(Voice("mum", "giggle", 0.2, 0.9),),
        ),
        Beat(
            20.4,
            "on with the book",
            {
                "mum": {"look": "book", "joy": 0.0, "smile": 0.5, "brows": 0.0},
                "rowan": {
                    "look": "book",
                    "left": (672.0, 606.0),
                    "points_left": 0.0,
                    "lean": (-26.0, 6.0),
                    "tilt": -6.0,
                    "smile": 0.4,
                },
            },
            over=1.0,
            voices=(Voice("mum", "talk", 1.0, 2.0),),
        ),
        Beat(
            25.0,
            "Rowan takes the page",
            {
                "rowan": {"right": (756.0, 588.0), "brows": 0.5},
            },
            over=0.8,
        ),
        Beat(
            26.2,
            "Mum waits",
            {
                "mum": {"look": "rowan.right", "brows": 0.8},
            },
            over=0.7,
        ),
        Beat(
            27.2,
            "the page goes over",
            {
                "book": {"turn": 1.0},
                "rowan": {"right": (640.0, 516.0)},
            },
            over=1.6,
            sounds=(("page", 0.3),),
        ),
        Beat(
            28.2,
            "down it goes",
            {
                "rowan": {"right": (600.0, 566.0)},
            },
            over=0.8,
        ),
        Beat(
            29.2,
            "done!",
            {
                "rowan": {"right": (776.0, 604.0), "smile": 0.8},
                "mum": {"look": "book", "brows": 0.4, "smile": 0.7},
            },
            over=0.9,
            voices=(Voice("mum", "ooh", 0.1, 0.9),),
        ),
        # 0:32.6 is the still "a-shared-look"
        Beat(
            31.2,
            "they look at each other",
            {
                "rowan": {"look": "mum", "smile": 1.0, "tilt": -10.0},
                "mum": {"look": "rowan", "smile": 1.0, "tilt": 9.0, "lean": (34.0, 20.0)},
            },
            over=0.8,
        ),
        Beat(
            34.0,
            "and read on",
            {
                "rowan": {"look": "book", "smile": 0.4, "tilt": -6.0, "brows": 0.0},
                "mum": {
                    "look": "book",
                    "smile": 0.4,
                    "tilt": 3.0,
                    "brows": 0.0,
                    "lean": (18.0, 8.0),
                },
            },
            over=1.0,
            voices=(Voice("mum", "talk", 0.6, 2.2),),
        ),
        Beat(
            38.0,
            "Rowan's sister comes",
            {
                "sister": {"seat": (262.0, 620.0), "walk": 1.0, "look": "rowan"},
            },
            over=2.6,
            sounds=(("step", 0.3), ("step", 0.85), ("step", 1.4), ("rustle", 2.3)),
        ),
        Beat(
            39.6,
            "they see her",
            {
                "mum": {"look": "sister", "smile": 0.9},
                "rowan": {"look": "sister", "smile": 0.9},
            },
            over=0.7,
            voices=(Voice("sister", "talk", 0.3, 1.0),),
        ),
        Beat(
            40.6,
            "she sits down",
            {
                "sister": {
                    "walk": 0.0,
                    "smile": 0.8,
                    "lean": (26.0, 14.0),
                    "left": (268.0, 622.0),
                    "right": (392.0, 620.0),
                },
            },
            over=0.8,
        ),
        Beat(
            42.4,
            "three at the book",
            {
                "mum": {"look": "book", "smile": 0.5},
                "rowan": {"look": "book", "smile": 0.5},
                "sister": {"look": "book"},
            },
            over=0.8,
            voices=(Voice("mum", "talk", 0.3, 1.2),),
        ),
        # 0:44 - 0:52 is the moment "three-of-us"
        Beat(
            44.8,
            "Rowan's sister points",
            {
                "sister": {"right": (520.0, 590.0), "points_right": 1.0, "lean": (58.0, 30.0)},
            },
            over=0.8,
            voices=(Voice("sister", "ooh", 0.4, 0.8),),
        ),
        Beat(
            46.2,
            "Rowan looks, then at her",
            {
                "rowan": {"look": "sister.right", "brows": 0.8, "lean": (-46.0, 10.0)},
            },
            over=0.5,
        ),
        Beat(
            47.2,
            "they meet",
            {
                "rowan": {"look": "sister", "smile": 1.0},
                "sister": {"look": "rowan", "smile": 1.0},
            },
            over=0.6,
            voices=(Voice("rowan", "babble", 0.3, 0.9),),
        ),
        Beat(
            48.6,
            "Mum looks from one to the other",
            {
                "mum": {"look": "sister", "smile": 0.8},
            },
            over=0.6,
        ),
        Beat(
            50.0,
            "and at Rowan",
            {
                "mum": {"look": "rowan", "smile": 1.0},
                "rowan": {"look": "mum"},
                "sister": {"look": "mum"},
            },
            over=0.6,
            voices=(Voice("mum", "hum", 0.4, 1.0),),
        ),
        Beat(
            52.6,
            "the last page",
            {
                "sister": {
                    "right": (392.0, 620.0),
                    "points_right": 0.0,
                    "look": "book",
                    "lean": (30.0, 16.0),
                },
                "mum": {"look": "book", "smile": 0.5},
                "rowan": {"look": "book", "smile": 0.4, "brows": 0.0},
            },
            over=1.0,
            voices=(Voice("mum", "talk", 0.8, 2.4),),
        ),
        Beat(
            57.0,
            "Rowan leans on Mum",
            {
                "rowan": {"lean": (-64.0, 22.0), "tilt": -14.0, "lids": 0.45},
                "mum": {"tilt": 9.0},
            },
            over=1.8,
            voices=(Voice("mum", "hum", 1.4, 2.0),),
        ),
        Beat(
            61.0,
            "eyes close",
            {
                "rowan": {"lids": 1.0},
                "mum": {"look": "rowan", "smile": 0.8},
            },
            over=1.6,
            voices=(Voice("mum", "hum", 1.2, 2.0),),
        ),
    ),
)
