"""Breakfast at home, beat by beat. The marks in ``cases/rowan`` rest on these times."""

from __future__ import annotations

from cast import MUM, ROWAN, SISTER
from script import Beat, Story, Thing, Voice
from stage import Camera

BREAKFAST = Story(
    file="1-breakfast/breakfast.mov",
    room="kitchen",
    seconds=68.0,
    tone="morning",
    camera=Camera(1.14, 630.0, 404.0),
    steady=(11.9, 14.4, 40.7, 52.2, 53.9, 55.6),
    cast={
        "sister": (
            SISTER,
            {
                "seat": (-280.0, 620.0),
                "look": "mum",
                "smile": 0.5,
                "left": "sister+-70,250",
                "right": "sister+70,236",
            },
        ),
        "mum": (
            MUM,
            {
                "seat": (405.0, 612.0),
                "look": "rowan",
                "smile": 0.45,
                "left": (330.0, 622.0),
                "right": (505.0, 622.0),
            },
        ),
        "rowan": (
            ROWAN,
            {
                "seat": (795.0, 612.0),
                "look": "bowl",
                "smile": 0.25,
                "stir": 1.0,
                "left": (742.0, 606.0),
                "right": (868.0, 622.0),
            },
        ),
    },
    light={"mum": 1.0, "rowan": -1.0, "sister": 1.0},
    things={
        "mug": Thing("mug", (176.0, 602.0)),
        "bowl": Thing("bowl", (806.0, 640.0)),
        "cup": Thing("cup", (520.0, 664.0)),
        "letter": Thing("letter", "sister.right+20,10"),
        "spoon": Thing("spoon", "rowan.left+4,-4", 22.0, "held"),
    },
    beats=(
        Beat(
            3.0,
            "Mum hums; Rowan stirs",
            voices=(Voice("mum", "hum", 0.0, 1.6),),
            sounds=(("clink", 1.2), ("clink", 2.7)),
        ),
        Beat(
            7.5,
            "Mum leans in a little and watches",
            {
                "mum": {"lean": (22.0, 10.0)},
            },
            over=1.4,
            sounds=(("bird", 0.3),),
        ),
        # 0:09 - 0:16 is the moment "looks-up"
        Beat(
            9.6,
            "Rowan stops stirring",
            {
                "rowan": {"stir": 0.0, "smile": 0.25},
                "mum": {"brows": 0.9, "smile": 0.35},
            },
            over=0.6,
        ),
        Beat(
            11.2,
            "Rowan looks up at Mum",
            {
                "rowan": {"look": "mum", "brows": 0.8, "lean": (-8.0, -4.0)},
            },
            over=0.55,
        ),
        Beat(
            12.2,
            "Mum's face opens",
            {
                "mum": {"smile": 0.9, "tilt": 6.0, "lean": (40.0, 22.0)},
            },
            over=0.9,
            voices=(Voice("mum", "ooh", 0.4, 0.9),),
        ),
        Beat(
            13.5,
            "Rowan smiles back",
            {
                "rowan": {"smile": 1.0, "tilt": -5.0},
            },
            over=0.7,
            voices=(Voice("rowan", "babble", 0.6, 1.1),),
        ),
        Beat(
            15.6,
            "they nod on",
            {
                "mum": {"tilt": 0.0, "brows": 0.2},
                "rowan": {"brows": 0.1},
            },
            over=1.0,
            voices=(Voice("mum", "talk", 0.3, 1.3),),
        ),
        Beat(
            17.6,
            "Rowan eats",
            {
                "rowan": {
                    "look": "bowl",
                    "stir": 0.8,
                    "tilt": 0.0,
                    "smile": 0.4,
                    "lean": (0.0, 0.0),
                },
                "mum": {"left": (214.0, 602.0), "lean": (10.0, 4.0)},
            },
            over=1.0,
            sounds=(("clink", 1.0),),
        ),
        Beat(
            19.4,
            "Mum drinks",
            {
                "mum": {"left": "mum+-8,118", "smile": 0.2, "lean": (16.0, 20.0)},
                "mug": {"at": "mum.left+44,-14"},
            },
            over=1.1,
        ),
        Beat(
            22.0,
            "and puts the mug down",
            {
                "mum": {"left": (214.0, 602.0), "smile": 0.5, "lean": (10.0, 4.0)},
                "mug": {"at": (176.0, 602.0)},
            },
            over=1.0,
            sounds=(("cup", 0.9),),
        ),
        Beat(
            24.0,
            "Rowan's sister comes in with the post",
            {
                "sister": {"seat": (172.0, 620.0), "walk": 1.0},
                "mum": {"left": (330.0, 622.0)},
            },
            over=2.6,
            sounds=(("step", 0.2), ("step", 0.75), ("step", 1.3), ("step", 1.9)),
        ),
        Beat(
            26.2,
            "everyone looks at her",
            {
                "mum": {"look": "sister", "smile": 0.8},
                "rowan": {"look": "sister", "smile": 0.9, "stir": 0.0},
                "sister": {"walk": 0.0, "smile": 0.9},
            },
            over=0.7,
            voices=(Voice("sister", "talk", 0.2, 1.2), Voice("mum", "hum", 1.7, 0.7)),
        ),
        Beat(
            28.4,
            "she gives Mum the letter",
            {
                "sister": {"right": (300.0, 600.0), "look": "rowan"},
                "letter": {"turn": -4.0},
                "rowan": {"wave": 1.0, "left": "rowan+-92,40"},
                "spoon": {"at": (792.0, 612.0), "turn": -24.0},
            },
            over=0.9,
            voices=(Voice("rowan", "giggle", 0.6, 1.2),),
        ),
        Beat(
            30.2,
            "it lies before Mum",
            {
                "letter": {"at": (430.0, 658.0), "turn": 3.0},
                "mum": {"left": (344.0, 632.0), "right": (498.0, 634.0)},
                "sister": {"right": "sister+70,236"},
            },
            over=1.0,
            sounds=(("rustle", 0.1),),
        ),
        Beat(
            31.6,
            "and she goes",
            {
                "sister": {"seat": (-170.0, 620.0), "walk": 1.0, "look": (-400.0, 300.0)},
                "rowan": {"wave": 0.0, "left": (742.0, 612.0)},
            },
            over=2.6,
            sounds=(("step", 0.3), ("step", 0.85), ("step", 1.4)),
        ),
        Beat(
            33.4,
            "Mum reads the letter",
            {
                "mum": {"look": "letter", "smile": 0.1, "brows": 0.1},
                "rowan": {"look": "mum", "smile": 0.4},
            },
            over=0.8,
        ),
        # 0:37.5 - 0:45 is the moment "letter-aside"
        Beat(
            38.6,
            "Rowan calls and reaches for the cup",
            {
                "rowan": {
                    "left": (672.0, 574.0),
                    "lean": (-22.0, 2.0),
                    "look": "mum",
                    "smile": 0.3,
                    "brows": 0.9,
                    "points_left": 0.6,
                },
            },
            over=0.9,
            voices=(Voice("rowan", "coo", 0.3, 0.9),),
        ),
        Beat(
            40.0,
            "Mum looks up",
            {
                "mum": {"look": "rowan", "smile": 0.7, "brows": 0.8},
            },
            over=0.5,
            voices=(Voice("mum", "ooh", 0.5, 0.7),),
        ),
        Beat(
            41.0,
            "and lays the letter aside",
            {
                "letter": {"at": (235.0, 660.0), "turn": -4.0},
                "mum": {"left": (296.0, 646.0)},
            },
            over=1.5,
            sounds=(("rustle", 0.1),),
        ),
        Beat(
            42.3,
            "then she passes the cup",
            {
                "mum": {"right": "cup+-26,-2", "lean": (46.0, 18.0)},
            },
            over=0.6,
        ),
        Beat(
            42.9,
            "right over to Rowan",
            {
                "cup": {"at": (668.0, 640.0)},
                "rowan": {"left": (706.0, 638.0), "look": "cup", "points_left": 0.0},
            },
            over=1.1,
            sounds=(("cup", 1.0),),
        ),
        Beat(
            44.2,
            "Rowan has it",
            {
                "rowan": {"smile": 0.95, "left": "cup+36,-2", "look": "mum"},
                "mum": {"smile": 0.95, "right": (548.0, 636.0), "lean": (26.0, 10.0)},
            },
            over=0.7,
            voices=(Voice("rowan", "babble", 0.4, 0.8),),
        ),
        Beat(
            46.6,
            "the letter goes away",
            {
                "letter": {"at": (150.0, 860.0)},
                "mum": {"left": (318.0, 700.0), "right": (505.0, 622.0), "lean": (0.0, 0.0)},
            },
            over=1.1,
            sounds=(("rustle", 0.2),),
        ),
        Beat(
            48.0,
            "back to the porridge",
            {
                "mum": {"left": (330.0, 622.0), "brows": 0.0, "smile": 0.5},
                "rowan": {
                    "left": (752.0, 604.0),
                    "right": (868.0, 622.0),
                    "look": "bowl",
                    "brows": 0.0,
                    "smile": 0.4,
                    "lean": (0.0, 0.0),
                },
                "spoon": {"at": "rowan.left+4,-4", "turn": 22.0},
            },
            over=0.9,
            sounds=(("clink", 1.0),),
        ),
        # 0:52, 0:54, 0:55.6 are the stills of "a-spoonful"
        Beat(
            51.0,
            "Rowan holds out a spoonful",
            {
                "rowan": {
                    "left": (668.0, 504.0),
                    "look": "mum",
                    "lean": (-20.0, 0.0),
                    "brows": 0.7,
                    "smile": 0.6,
                },
                "spoon": {"turn": -166.0, "at": "rowan.left+-4,-2"},
                "mum": {"look": "spoon", "brows": 0.9},
            },
            over=1.0,
            voices=(Voice("rowan", "coo", 0.2, 0.7),),
        ),
        Beat(
            52.7,
            "Mum leans in and opens her mouth",
            {
                "mum": {"lean": (104.0, 104.0), "open": 0.6, "right": (540.0, 640.0)},
                "rowan": {"left": (634.0, 466.0), "lean": (-34.0, 2.0)},
            },
            over=1.1,
        ),
        Beat(
            54.3,
            "mm!",
            {
                "mum": {
                    "open": 0.0,
                    "smile": 1.0,
                    "lean": (70.0, 60.0),
                    "look": "rowan",
                    "joy": 1.0,
                },
                "rowan": {"smile": 1.0},
            },
            over=0.7,
            voices=(Voice("mum", "hum", 0.4, 1.3), Voice("rowan", "giggle", 1.2, 1.4)),
        ),
        Beat(
            56.6,
            "they laugh",
            {
                "mum": {"joy": 0.0, "lean": (40.0, 26.0), "tilt": 5.0},
                "rowan": {"joy": 0.4, "giggle": 1.0},
            },
            over=0.6,
        ),
        Beat(
            59.0,
            "Rowan stirs again",
            {
                "rowan": {
                    "left": (742.0, 606.0),
                    "look": "bowl",
                    "joy": 0.0,
                    "giggle": 0.0,
                    "smile": 0.5,
                    "stir": 1.0,
                    "brows": 0.0,
                    "lean": (0.0, 0.0),
                },
                "spoon": {"turn": 22.0, "at": "rowan.left+4,-4"},
                "mum": {
                    "lean": (12.0, 4.0),
                    "right": (505.0, 622.0),
                    "tilt": 0.0,
                    "brows": 0.1,
                    "smile": 0.6,
                },
            },
            over=1.2,
            voices=(Voice("mum", "talk", 1.4, 1.5),),
            sounds=(("clink", 2.0), ("bird", 4.0), ("clink", 5.2)),
        ),
        Beat(
            64.5,
            "a last look",
            {
                "rowan": {"look": "mum", "stir": 0.2},
            },
            over=0.7,
            voices=(Voice("rowan", "babble", 0.4, 0.8),),
        ),
    ),
)
