"""How each field of the models is made up, from a source of chance, the case's world and its place."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from vigsite.case.case_file import (
    Consent,
    Family,
    Film,
    Goal,
    HandOver,
    Keepsake,
    Limits,
    Person,
    Practitioner,
    Retention,
)
from vigsite.case.cycle_file import (
    Analysis,
    Between,
    Blur,
    Caption,
    GoalOutcome,
    MomentEntry,
    Near,
    Recording,
    Review,
)

if TYPE_CHECKING:
    from tests.helpers.generated_cases import World

Draw = Callable[[Random, "World", str], Any]

NAMES = ["Ash", "Dad", "Nan", "Will", "Zoë Hart", "Noah", "Mum", "يوسف", "Ola"]
PSEUDONYMS = ["Elm", "Oak", "the elder", "Beech", "Pine", "X"]
ROLES = ["child", "parent", "grandparent", "sibling", "carer"]
PRINCIPLES = ["waiting", "listening", "guiding", "small-step", "taking-turns", "being-attentive"]
PIECES = [
    "looks up", "waits", "a smile", "you said", "<b>bold</b>", "{{ page }}", "[x](y)", "* star", "1. first",
    "مرحبا", "\u202eabc\u202c", "e\u0301", "“quoted”", "&amp;", "👩‍👧", "50 %", "at tea", "# hash", "and then", "| cell",
]  # fmt: skip
SECRETS = [
    "tired",
    "ask K",
    "the move",
    "court",
    "Thursday at nine",
    "a worry",
    "housing",
    "not yet",
]
GOALS, FILMS = 3, 3


def _line(random: Random, _world: World, _place: str) -> str:
    words = [random.choice([*PIECES, *NAMES]) for _ in range(random.randint(1, 6))]
    return f"{' '.join(words)} {random.randrange(10**6)}"


def _text(random: Random, world: World, place: str) -> str:
    return random.choice(["\n", "\n\n", " "]).join(
        _line(random, world, place) for _ in range(random.randint(1, 3))
    )


def _secret(random: Random, _world: World, _place: str) -> str:
    return f"{random.choice(SECRETS)} {random.choice(SECRETS)} {random.randrange(10**6)}"


def _maybe(draw: Draw, chance: float = 0.7) -> Draw:
    return lambda random, world, place: (
        draw(random, world, place) if random.random() < chance else None
    )


def _several(draw: Draw, most: int = 3) -> Draw:
    return lambda random, world, place: [
        draw(random, world, f"{place}.{number}") for number in range(random.randint(1, most))
    ]


def _one(*choices: str) -> Draw:
    return lambda random, _world, _place: random.choice(choices)


def _day(first: int, last: int) -> Draw:
    return lambda random, _world, _place: (
        f"{random.randint(first, last)}-0{random.randint(1, 9)}-11"
    )


def _group(model: type[BaseModel]) -> Draw:
    return lambda _random, world, place: world.build(model, place)


def _seconds(random: Random, low: float, high: float) -> str:
    return f"{random.uniform(low, high):.3f}"


def _box(random: Random) -> list[str]:
    return [f"{random.uniform(0, 0.5):.3f}" for _ in range(2)] + [
        f"{random.uniform(0.1, 0.5):.3f}" for _ in range(2)
    ]


def _clip_of(world: World, place: str) -> bool:
    """Whether the moment at a place is a clip."""
    return world.value(MomentEntry, "clip", _moment(place)) is not None


def _moment(place: str) -> str:
    """The moment a place lies in: `cycle1.moments.2`."""
    return ".".join(place.split(".")[:3])


def _in_clips(draw: Draw) -> Draw:
    return lambda random, world, place: (
        draw(random, world, place) if _clip_of(world, place) else None
    )


def _in_stills(*, several: bool, draw: Draw) -> Draw:
    def drawn(random: Random, world: World, place: str) -> Any:
        kind = Random(f"shown {world.shown} {_moment(place)} kind").random() < 0.5
        return None if _clip_of(world, place) or kind is not several else draw(random, world, place)

    return drawn


def _people(random: Random, world: World, _place: str) -> list[str]:
    some = random.sample(range(world.people), random.randint(1, world.people))
    return [world.name("person", number) for number in some]


def _ratings(random: Random, world: World, _place: str) -> dict[str, str]:
    return {
        world.name("goal", n): str(random.randint(0, 10)) for n in range(random.randint(1, GOALS))
    }


def _consent(random: Random, world: World, place: str) -> list[dict[str, Any]]:
    return [
        world.build(Consent, f"{place}.{n}") for n in range(world.people + random.randint(0, 2))
    ]


def _person_of_line(_random: Random, world: World, place: str) -> str:
    return world.name("person", int(place.split(".")[2]) % world.people)


def _files(_random: Random, world: World, place: str) -> str:
    return world.file(int(place.split(".")[2]))


def _recordings(_random: Random, world: World, place: str) -> dict[str, Any]:
    return {world.name("rec", n): world.build(Recording, f"{place}.{n}") for n in range(FILMS)}


def _shared(_random: Random, _world: World, place: str) -> str | None:
    return "shared review" if place.split(".")[2] == "2" else None


def _outcome(kind: str, value: Draw) -> Draw:
    def drawn(random: Random, world: World, place: str) -> Any:
        chosen = Random(f"shown {world.shown} {place.rpartition('.')[0]}").choice(
            ["now", "met", "dropped"]
        )
        return value(random, world, place) if chosen == kind else None

    return drawn


def _outcomes(random: Random, world: World, place: str) -> dict[str, Any]:
    some = range(random.randint(0, GOALS))
    return {world.name("goal", n): world.build(GoalOutcome, f"{place}.{n}") for n in some}


def _only_in(random: Random, _world: World, _place: str) -> list[str]:
    return [*random.sample(["review", "keepsake"], random.randint(0, 1)), "supervision"]


DRAW: dict[str, Draw] = {
    "CaseFile.vigsite": _one("1"),
    "CaseFile.family": _group(Family),
    "CaseFile.never_show": _several(_one("Featherstone", "Okafor", "12 Acacia Avenue", "Brook Lane")),
    "CaseFile.practitioner": _group(Practitioner),
    "CaseFile.framework": _one("vig"),
    "CaseFile.language": _one("en", "ar", "pl", "cy"),
    "CaseFile.goals": lambda _r, world, place: {
        world.name("goal", n): world.build(Goal, f"{place}.{n}") for n in range(GOALS)
    },
    "CaseFile.consent": _consent,
    "CaseFile.keepsake": _group(Keepsake),
    "CaseFile.show_principles": _one("true", "false"),
    "CaseFile.limits": _group(Limits),
    "CaseFile.retention": _group(Retention),
    "CaseFile.palette": _one("hearth", "sea", "rose"),
    "CaseFile.film": _group(Film),
    "Film.order": lambda _r, _w, _p: None,
    "Film.leave_out": lambda _r, _w, _p: None,
    "Film.music": lambda _r, _w, _p: None,
    "Family.called": _line,
    "Family.people": lambda _r, world, place: {
        world.name("person", n): world.build(Person, f"{place}.{n}") for n in range(world.people)
    },
    "Person.called": lambda random, _w, place: f"{random.choice(NAMES)} {'ABCDE'[int(place.split('.')[3])]}.",
    "Person.role": _one(*ROLES),
    "Person.pseudonym": _maybe(_one(*PSEUDONYMS)),
    "Practitioner.called": _line,
    "Practitioner.contact": lambda random, _w, _p: f"0{random.randrange(10**9)}",
    "Goal.question": _line,
    "Goal.since": _day(2024, 2025),
    "Goal.baseline": _maybe(lambda random, _w, _p: str(random.randint(0, 10))),
    "Consent.person": _person_of_line,
    "Consent.by": _maybe(_secret),
    "Consent.purposes": lambda random, _w, _p: [
        purpose for purpose in ("review", "keepsake", "supervision") if random.random() < 0.9
    ] + ["hosting"],
    "Consent.given": _day(2020, 2024),  # before anything is withdrawn
    "Consent.until": _maybe(_day(2027, 2029), 0.2),
    "Consent.withdrawn": _maybe(_day(2025, 2027), 0.1),
    "Keepsake.parts": _one("everything", "everything", "stills"),
    "Keepsake.ratings": _one("true", "false"),
    "Keepsake.file_names": _one("neutral"),
    "Retention.recordings": _maybe(_day(2027, 2030)),
    "Retention.case": _maybe(_day(2031, 2050)),
    "Limits.clips_per_cycle": lambda random, _w, _p: str(random.randint(1, 9)),
    "Limits.clip_seconds": lambda random, _w, _p: str(random.randint(5, 60)),
    "ClosingFile.learned": _maybe(_several(_text)),
    "ClosingFile.carry_on": _maybe(_several(_text)),
    "ClosingFile.next_steps": _maybe(_several(_text)),
    "ClosingFile.top_up": _maybe(_text),
    "ClosingFile.message": _maybe(_text),
    "HandOversFile.handovers": _several(_group(HandOver)),
    "HandOver.when": _day(2026, 2026),
    "HandOver.form": _one("folder", "zip", "stick"),
    "HandOver.sha256": lambda random, _w, _p: random.randbytes(32).hex(),
    "HandOver.whom": _maybe(_secret),
    "HandOver.moments": _several(lambda random, _w, _p: f"1-tea/moment{random.randrange(9)}"),
    "Recording.file": _files,
    "Recording.shows": _maybe(_people),
    "Recording.of": _shared,
    "Between.start": lambda random, _w, _p: _seconds(random, 1.0, 1.4),
    "Between.end": lambda random, _w, _p: _seconds(random, 1.6, 1.9),
    "Blur.box": lambda random, _w, _p: _box(random),
    "Blur.to_box": _maybe(lambda random, _w, _p: _box(random)),
    "Caption.text": _line,
    "Near.near": _one("1.5", "2"),
    "Near.within": _one("0.1"),
    "Analysis.principles": lambda random, _w, _p: random.sample(PRINCIPLES, random.randint(0, 3)),
    "Analysis.notes": _maybe(_text),
    "MomentEntry.id": lambda _r, world, place: world.name("moment", int(place.split(".")[2])),
    "MomentEntry.clip": _maybe(_one("1.0 - 2.0", "1.0 - 2.2", "0:00.9 - 0:01.95"), 0.5),
    "MomentEntry.still": _in_stills(several=False, draw=lambda random, world, place: (
        world.build(Near, place) if random.random() < 0.2 else _seconds(random, 0, 3)
    )),
    "MomentEntry.stills": _in_stills(several=True, draw=_several(lambda r, _w, _p: _seconds(r, 0, 3))),
    "MomentEntry.of": lambda random, world, _p: world.name("rec", random.randrange(FILMS)),
    "MomentEntry.shows": _maybe(_people),
    "MomentEntry.only_in": _maybe(_only_in, 0.2),
    "MomentEntry.agreed_again": lambda _r, _w, _p: None,
    "MomentEntry.title": _line,
    "MomentEntry.caption": _maybe(_text),
    "MomentEntry.parent_said": _maybe(_several(_text)),
    "MomentEntry.goals": lambda random, world, _p: [
        world.name("goal", n) for n in range(random.randint(0, GOALS))
    ],
    "MomentEntry.stop_at": _in_clips(_several(lambda random, _w, _p: _seconds(random, 1.0, 1.9))),
    "MomentEntry.prompts": _maybe(_several(_text)),
    "MomentEntry.analysis": _group(Analysis),
    "MomentEntry.private": _maybe(_secret),
    "MomentEntry.slow": _in_clips(_maybe(_one("0.5", "0.25", "0.8"), 0.3)),
    "MomentEntry.crop": _maybe(lambda random, _w, _p: _box(random), 0.3),
    "MomentEntry.blur": _in_clips(_maybe(_several(_group(Blur)), 0.4)),
    "MomentEntry.mute": _in_clips(_maybe(_several(_group(Between), 1), 0.3)),
    "MomentEntry.captions": _in_clips(_maybe(_several(_group(Caption)))),
    "GoalOutcome.now": _outcome("now", _line),
    "GoalOutcome.met": _outcome("met", _one("true")),
    "GoalOutcome.dropped": _outcome("dropped", _one("true")),
    "Review.held": _day(2026, 2026),
    "Review.where": _maybe(_one("in person", "screen share")),
    "Review.parent_said": _maybe(_several(_text)),
    "Review.strengths": _maybe(_several(_text)),
    "Review.next": _maybe(_several(_text)),
    "Review.ratings": _ratings,
    "Review.goals": _outcomes,
    "Review.decision": _maybe(_text),
    "Review.private": _maybe(_secret),
    "CycleFile.kind": _one("cycle", "top-up"),
    "CycleFile.filmed": _day(2025, 2025),
    "CycleFile.setting": _maybe(_line),
    "CycleFile.recordings": _recordings,
    "CycleFile.moments": lambda random, world, place: [
        world.build(MomentEntry, f"{place}.{n}") for n in range(random.randint(1, 3))
    ],
    "CycleFile.review": _maybe(_group(Review), 0.8),
}  # fmt: skip
"""How each field of the models is made up. A new field needs a line here."""
for _model in (Blur, Caption):
    DRAW |= {f"{_model.__name__}.{field}": DRAW[f"Between.{field}"] for field in ("start", "end")}
