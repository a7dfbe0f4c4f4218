"""The commented files that `vigsite new` and `vigsite add` write to start from. Pure text."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from anyascii import anyascii

from vigsite.case.timecode import format_time

ROLES = (
    *("child", "baby", "parent", "carer", "foster-carer", "grandparent", "sibling"),
    *("relative", "friend", "professional"),
)
"""Roles of the framework that new cases start with."""
_CHILDREN = ("child", "baby")
_MAY_DECIDE = ("parent", "carer")
EXAMPLE_CAPTION = "What is to be seen, in a sentence or two."
EXAMPLE_SAID = "The parent's own words."
"""What cycle.yml starts with, and no family should read."""


def quoted(text: str) -> str:
    """A text as YAML reads it back, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def in_plain_letters(text: str) -> str:
    """A text as small letters a-z, digits and hyphens: `Układanka` gives `ukladanka`.

    Empty where nobody could read it so: Arabic and Hebrew are written without most vowels.
    """
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def short_name(text: str, taken: Sequence[str] = (), otherwise: str = "film") -> str:
    """A short name from a name or title: `Bath time` gives `bath-time`.

    `otherwise` stands where its letters give none.
    """
    slug = in_plain_letters(text)[:40].strip("-")
    slug = slug if slug[:1].isalpha() else f"p-{slug}" if slug else otherwise
    name, number = slug, 2
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    return name


def case_text(
    called: str,
    people: Mapping[str, tuple[str, str]],
    practitioner: str,
    contact: str,
    language: str,
    question: str,
    today: dt.date,
) -> str:
    """case.yml. `people` maps short names to (called, role)."""
    listed = "\n".join(
        f"    {name}: {{called: {quoted(person)}, role: {role}}}"
        for name, (person, role) in people.items()
    )
    adult = next((name for name, (_, role) in people.items() if role in _MAY_DECIDE), "")
    ledger = "\n".join(
        f"  # - {{person: {name}, {_by(role, adult)}for: [review, keepsake, supervision], "
        f"given: {today}}}"
        for name, (_, role) in people.items()
    )
    goals = (
        f"goals:\n  question-1:\n    question: {quoted(question)}\n    since: {today}\n"
        "    # baseline: 3              # 0-10, by the parent, before the first film\n"
        if question
        else "# goals:\n#   mealtimes:\n"
        '#     question: "How can mealtimes feel calmer for us both?"\n'
        f"#     since: {today}\n#     baseline: 3              # 0-10, by the parent\n"
    )
    return f"""\
# One family. Everything after a # is a remark to you; vigsite does not read it.
# `vigsite check` reads this file and says what is missing. Put texts in "quotes".
vigsite: 1
family:
  called: {quoted(called)}          # what pages call them: the names they chose
  people:                      # everybody who can be recognised in a film
{listed}
never_show: []                 # surnames, addresses, schools: must occur nowhere
practitioner:
  called: {quoted(practitioner)}
  contact: {quoted(contact)}
framework: vig                 # vig, marte-meo, verp or blank
language: {language}
{goals}
# Who agreed to what, and since when. Nothing is shown before it stands here.
# Take the # away when a person has agreed. For a child `by:` says who agreed for them: whoever may
# decide, which for a looked-after child is the authority. Correct it where it is somebody else.
consent:
{ledger}
keepsake: {{parts: everything}}  # or stills, print, hold
"""


def _by(role: str, adult: str) -> str:
    """Who agrees for a child, as far as one can guess; nothing for adults."""
    return f"by: {adult}, " if role in _CHILDREN and adult else ""


def cycle_text(
    film: str,
    filmed: dt.date,
    source: str,
    setting: str,
    people: Sequence[str],
    length_ms: int,
    top_up: bool,
) -> str:
    """cycle.yml, with an example moment to uncomment. `source` says where the day comes from."""
    known = source if source == "as you said" else f"{source}; correct it if it was another day"
    names = ", ".join(people)
    start = min(length_ms // 3, 41_000) // 500 * 500
    end = min(start + 6_000, length_ms)
    return f"""\
# One film and the shared review of it. `vigsite check` says what is missing.
kind: {"top-up" if top_up else "cycle"}
filmed: {filmed}             # {known}
{f"setting: {quoted(setting)}" if setting else '# setting: "Breakfast at home"'}
recordings:
  film:
    file: {quoted(film)}       # lasts {format_time(length_ms)}
    shows: [{names}]           # who can be recognised in it
moments:                       # take the # away in front of the lines below, and change them
#   - id: looks-up
#     clip: {format_time(start)} - {format_time(end)}         # or  still: {format_time(start)}
#     shows: [{names}]         # who can be recognised in this moment
#     title: "You waited, and your child looked up"
#     caption: "{EXAMPLE_CAPTION}"
#     prompts: ["What do you notice here?"]
#     parent_said: ["{EXAMPLE_SAID}"]
# review:                      # after the shared review
#   held: {filmed}
#   where: in person           # or screen share
#   parent_said: ["..."]
#   strengths: ["..."]
#   next: ["..."]
"""


def next_cycle_folder(case_dir: Path, slug: str) -> str:
    """`3-bath-time`: the next free number and a short name."""
    numbers = [
        int(entry.name.split("-")[0])
        for entry in case_dir.iterdir()
        if entry.is_dir() and re.match(r"\d+-", entry.name)
    ]
    return f"{max(numbers, default=0) + 1}-{slug}"
