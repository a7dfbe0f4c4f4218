"""The people of the demonstration family; their clothes change from film to film."""

from __future__ import annotations

from people import Look

MUM = Look(
    skin="b97a4f",
    hair="3a211a",
    style="puff",
    head=90,
    height=330,
    shoulder=110,
    hip=114,
    arm=340,
    limb=54,
    top="d9a23f",
    pattern="leaves",
    second="fbe6b4",
    band="4f8a8b",
    earring="e8b84a",
)
ROWAN = Look(
    skin="c48a5c",
    hair="40251b",
    style="curls",
    head=84,
    height=238,
    shoulder=72,
    hip=80,
    arm=216,
    limb=42,
    top="7fa59a",
    pattern="stripes",
    young=1.0,
    extra="bib",
)
SISTER = Look(
    skin="bd8052",
    hair="35201a",
    style="bunches",
    head=78,
    height=292,
    shoulder=74,
    hip=76,
    arm=250,
    limb=40,
    top="d9764a",
    pattern="stars",
    young=0.55,
    band="e58aa0",
)
