"""Cases that a designer forgets: one visit, very long words, very many moments.

The films are cut from the demo family's; nothing here shows a real person.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tests.helpers.counted_films import run_ffmpeg

ROOT = Path(__file__).parent.parent.parent
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte"
WORDS = "The very first time that all of us sat down at the same table and nobody had to hurry"
SAID = f"I said {WORD}, and then we laughed until we could not stop, all of us, for a long time."
Written = dict[str, Any]


def first_visit(case: Path, language: str) -> None:
    """One cycle, one still, no shared review yet; another palette."""
    _write(case / "case.yml", {**_case(language, "Ash and Dad", 1), "palette": "sea"})
    moments = [{"id": "look", "still": "0:10", "title": "A look"}]
    _cycle(case / "1-tea", "Tea", moments, number=1)
    _wide(case / "1-tea" / "film.mov")


def long_words(case: Path, language: str) -> None:
    """Names of 60 letters and more, with spaces and without; many questions; all sequences."""
    _write(
        case / "case.yml",
        {
            **_case(language, f"{WORD}, {WORDS}", 7),
            "palette": "plum",
            "keepsake": {"ratings": True},
        },
    )
    moments: list[Written] = [
        {
            "id": f"sequence-{count}",
            "stills": [f"0:{10 + index:02}" for index in range(count)],
            "title": f"{WORD} {count}" if count % 2 else f"{WORDS} {count}",
            "caption": f"{WORDS}. {WORD}.",
            "parent_said": [SAID, WORD],
            "goals": [f"goal-{number}" for number in range(1, 4)],
        }
        for count in (2, 3, 4, 7)
    ]
    moments.append({"id": "film", "clip": "0:09 - 0:10", "title": WORD, "parent_said": [SAID]})
    ratings: dict[int, Written] = {
        1: {"goal-1": 4, "goal-2": 0, "goal-3": 5},
        2: {"goal-1": 4, "goal-3": 5},
        3: {"goal-1": 6, "goal-2": 10, "goal-4": 8},
    }
    for number in (1, 2, 3):
        folder = case / f"{number}-{'a' * 40}"
        review = {
            "parent_said": [SAID],
            "strengths": [f"{WORDS}: {WORD}"],
            "next": [WORD, WORDS],
            "ratings": ratings[number],
            "decision": f"{WORD} {WORDS}",
            "goals": {"goal-3": {"now": f"{WORDS}, {WORD}?"}} if number == 2 else {},
        }
        _cycle(folder, f"{WORD} {WORDS}", moments if number == 1 else [], number, review)
        _wide(folder / "film.mov")
    _write(
        case / "closing.yml",
        {
            "learned": [WORD, WORDS],
            "next_steps": [WORD],
            "top_up": SAID,
            "message": f"{SAID} {WORD}",
        },
    )


def many_moments(case: Path, language: str) -> None:
    """24 moments in one cycle, filmed upright: clips, stills and sequences of stills."""
    _write(case / "case.yml", {**_case(language, "Ash, Elm and Gran", 2), "palette": "meadow"})
    moments: list[Written] = [
        {"id": f"still-{at}", "still": f"0:{at}", "title": f"Picture {at}", "parent_said": ["Oh."]}
        for at in range(10, 28)
    ]
    moments += [
        {
            "id": f"row-{count}",
            "stills": [f"0:{28 + index}" for index in range(count)],
            "title": "A row",
        }
        for count in (2, 3, 4)
    ]
    moments += [
        {
            "id": f"clip-{at}",
            "clip": f"0:{at} - 0:{at + 1}",
            "title": "You waited, and Ash looked up",
            "caption": "Ash stopped and looked up at your face. You waited, and then you smiled.",
            "parent_said": ["I never knew I did that.", "I thought I was just sitting there."],
            "goals": ["goal-1"],
        }
        for at in (33, 35, 37)
    ]
    _cycle(case / "1-story", "A story", moments[::-1], 1, {"parent_said": ["We are good at this."]})
    _tall(case / "1-story" / "film.mov")


EXTREMES: dict[str, Callable[[Path, str], None]] = {
    "first-visit": first_visit,
    "long-words": long_words,
    "many-moments": many_moments,
}


def _case(language: str, called: str, goals: int) -> Written:
    question = {1: "How can the evening be calm?", 2: f"{WORDS}?", 3: f"How about {WORD}?"}
    return {
        "vigsite": 1,
        "language": language,
        "family": {
            "called": called,
            "people": {
                "ash": {"called": "Ash", "role": "child"},
                "dad": {"called": "Dad", "role": "parent"},
            },
        },
        "practitioner": {"called": "Sam", "contact": "sam@example.org"},
        "goals": {
            f"goal-{number}": {
                "question": question.get(
                    number, f"How can we do a thing of our own, number {number}?"
                ),
                "since": dt.date(2026, 1, 5),
                **({"baseline": 3} if goals > 2 and number < 6 else {}),
            }
            for number in range(1, goals + 1)
        },
        "consent": [
            {"person": "dad", "for": ["review", "keepsake"], "given": dt.date(2026, 1, 5)},
            {
                "person": "ash",
                "by": "Dad",
                "for": ["review", "keepsake"],
                "given": dt.date(2026, 1, 5),
            },
        ],
        "limits": {"clips_per_cycle": 30},
    }


def _cycle(
    folder: Path, setting: str, moments: list[Written], number: int, review: Written | None = None
) -> None:
    folder.mkdir(parents=True)
    day = dt.date(2026, 1, 10) + dt.timedelta(weeks=2 * number)
    written: Written = {
        "filmed": day,
        "setting": setting,
        "recordings": {"film": {"file": "film.mov"}},
        "moments": moments,
    }
    if review:
        written["review"] = {"held": day + dt.timedelta(days=7), "where": "in person", **review}
    _write(folder / "cycle.yml", written)


def _write(file: Path, written: Written) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), "utf-8")


def _wide(film: Path) -> None:
    shutil.copyfile(ROOT / "cases" / "rowan" / "1-breakfast" / "breakfast.mov", film)


def _tall(film: Path) -> None:
    run_ffmpeg(
        *("-t", "42", "-i", str(ROOT / "cases" / "rowan" / "3-story" / "story.mp4")),
        *("-vf", "crop=404:720:440:0", "-c:v", "libx264", "-preset", "ultrafast"),
        *("-crf", "20", "-an", "-f", "mov", str(film)),
    )
