"""Notes that try to run, to break out, or to turn a page round: `hostile_notes.json`, by category.

They are spread over a family's case so that each stands as a title, as a caption, as words that
were said, as a question and as a subtitle.
"""

from __future__ import annotations

import json
import shutil
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

PAYLOADS: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("hostile_notes.json").read_text("utf-8")
)
ALL = [payload for payloads in PAYLOADS.values() for payload in payloads]
SOME = [payload for payloads in PAYLOADS.values() for payload in payloads[::3]]
"""Of every kind; what all of them do is seen with `--soak`."""
CYCLES, SUBTITLES = 3, 20
_PURPOSES = ["review", "keepsake"]


def hostile_case(directory: Path, film: Path, texts: list[str]) -> None:
    """Writes the case. Its stills are one and the same, so that it is quickly built."""
    turn = cycle(texts)
    per_cycle = -(-len(texts) // CYCLES)
    _write(
        directory / "case.yml",
        {
            "vigsite": "1",
            "family": {
                "called": '<script>alert(1)</script> \u202eAsh & "Dad" {{ 7*7 }}',
                "people": {"ash": {"called": "<img src=x onerror=alert(1)>", "role": "parent"}},
            },
            "practitioner": {
                "called": "Jo\u2069\u202e <svg onload=alert(1)>",
                "contact": "\u202e[jo](javascript:alert(1)) %(name)s\u2069",
            },
            "framework": "own.yml",
            "keepsake": {"ratings": "true"},
            "show_principles": "true",
            "goals": {
                f"g{number}": {"question": text, "since": "2026-01-05"}
                for number, text in enumerate(texts)
            },
            "consent": [{"person": "ash", "for": _PURPOSES, "given": "2026-01-05"}],
            "limits": {"clips_per_cycle": "99", "clip_seconds": "99"},
        },
    )
    _write(
        directory / "own.yml",
        {
            "name": texts[0],
            "recording": texts[1],
            "session": texts[2],
            "roles": {"parent": texts[3]},
            "principles": {f"p{n}": {"name": text} for n, text in enumerate(texts)},
        },
    )
    _write(
        directory / "closing.yml",
        {
            "learned": texts,
            "carry_on": texts[::2],
            "next_steps": texts[1::2],
            "top_up": "\n\n".join(texts[:100]),
            "message": "\n".join(texts),
        },
    )
    for number in range(1, CYCLES + 1):
        titles = texts[(number - 1) * per_cycle : number * per_cycle]
        moments: list[dict[str, Any]] = [
            {
                "id": f"m{place}",
                "still": "0:01",
                "title": title,
                "caption": next(turn),
                "parent_said": list(islice(turn, 2)),
                "prompts": [title],
                "goals": [f"g{place}"],
                "analysis": {"principles": [f"p{place}"]},
            }
            for place, title in enumerate(titles)
        ]
        moments.append(
            {
                "id": "clip",
                "clip": "0:01 - 0:03",
                "title": texts[number],
                "captions": [
                    {"from": f"{1 + 2 * n / SUBTITLES:.3f}", "to": "3", "text": text}
                    for n, text in enumerate(texts[number * SUBTITLES : (number + 1) * SUBTITLES])
                ],
            }
        )
        review = {
            "held": "2026-02-08",
            "parent_said": texts,
            "strengths": texts,
            "next": texts,
            "decision": "\n\n".join(texts),
            "goals": {f"g{n}": {"now": text} for n, text in enumerate(texts[:20])},
        }
        folder = directory / f"{number}-tea"
        recordings = {"film": {"file": "film.mp4"}}
        _write(
            folder / "cycle.yml",
            {
                "filmed": "2026-02-01",
                "setting": texts[-number],
                "recordings": recordings,
                "moments": moments,
                "review": review,
            },
        )
        shutil.copyfile(film, folder / "film.mp4")


class _Plain(yaml.SafeDumper):
    """Writes a list that stands in two places twice."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _write(file: Path, tree: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100_000)
    file.write_text(text, "utf-8")
