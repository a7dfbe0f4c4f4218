"""Writes docs/case-format.md from the models, so that it cannot drift from them.

python tools/case_format.py            writes it
python tools/case_format.py --check    exits with 1 when it is not up to date
"""

from __future__ import annotations

import sys
import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from vigsite.case.editions import Edition
from vigsite.case.fields import Reach
from vigsite.case.schema import FILES, field_docs
from vigsite.case.withdrawn_file import WithdrawnFile

TARGET = Path(__file__).parent.parent / "docs" / "case-format.md"
HEAD = """\
# The case format

<!-- Written by tools/case_format.py from the models in vigsite/case/; do not edit by hand. -->

A case is one directory a family, holding plain files that outlive the tool. Its name is the case's
slug (small letters, digits, hyphens), never a person's name in a real case.

```
cases/rowan/
  case.yml                       the family, its goals and what was agreed
  1-breakfast/cycle.yml          one directory a cycle: NUMBER-slug, in the order of the numbers
  1-breakfast/breakfast.mov      its film, beside it
  2-bath-time/...
  closing.yml                    how the work ended; optional
  handovers.yml                  written by vigsite alone: a line for each pack that was made
  withdrawn.yml                  written by vigsite alone: what was taken back
  record/                        written by vigsite alone, belongs in the backup: the case's id,
                                 where sites and packs lie, what was confirmed and covered
  .vigsite/                      written by vigsite alone: cache; can be thrown away
```

`vigsite new` and `vigsite add` write commented files to start from, `vigsite check` says what is
missing, and `vigsite schema --out DIR` writes JSON Schemas with which an editor completes and
checks while you type.

## Writing it

- Everything is read as the text you typed: `1:05` stays a time, `NO` stays a word. Put a text in
  "quotes" when it holds `: `, ` #`, or begins with a quote, `-`, `?`, `[`, `{`, `*`, `&` or `!`.
- **Times** count from the first frame you see of the recording: `41.2`, `0:41.2`, `1:02:03.5`.
  A range is `0:41.2 - 0:48.0` (also `–` or `to`): it starts with the frame on screen at the first
  time and ends with the last frame before the second. `7.20` is 7.2 seconds; where 7:20 lies in
  the film as well, a notice says so, and `pack` and `host` wait until you wrote the one you mean or
  said yes in `vigsite preview`.
- **Boxes** are `[x, y, width, height]` in fractions of the upright, uncropped picture.
- **Dates** are `2026-03-02`.
- Each moment is exactly one of `clip`, `still` or `stills`.
- `stop_at`, `blur`, `mute` and `captions` are in recording time, inside the clip.
- Texts are shown as typed: no Markdown, no HTML. A blank line starts a new paragraph.
- What can be read in two ways is said with both: a list in brackets whose texts have commas and no
  quotes, a remark that may belong to a title (`Our song #1`), curly quotes round a text, the signs
  of a word processor's list. Only straight "quotes" hold a text together.
- Refused, with file and line: duplicate or unknown keys, YAML tags, anchors and aliases, control
  characters, files over 1 MB, links, and file names that lead out of the cycle's directory.

## Who sees what

The last column says which edition's pages a value may reach: **R**eview, **K**eepsake,
**S**upervision. *steers* means that it decides what is shown without being shown itself; – means
nobody sees it. Ratings and baselines reach the keepsake only with `keepsake: {ratings: true}`;
principles reach review and keepsake only with `show_principles: true`. In supervision, people go
by their pseudonyms.

A moment enters an edition only when everybody in its `shows` agrees to that purpose today: missing
means no, `until` is the last day, `withdrawn` counts from its day and beats every grant that is
not newer. `vigsite consent CASE` says all this in a table.

## What was taken back

`vigsite withdraw CASE MOMENT` and `vigsite withdraw CASE person:NAME` write it into
`withdrawn.yml`, beside case.yml; your own files stay as they are. From then on, every command
keeps it out:

- **A moment** stays out while a line of `withdrawn.yml` has its name, or has a part of the same
  recording (known by the hash of its content) that the moment shows. So neither a new name nor an
  old cycle.yml brings it back, and a moment that shows some of the same seconds is out as well.
  To a still belongs half a second before and after it. Its name is not used again: give a new
  moment another one.
- **Another file of the same film** is known again by its pictures, whatever its times: the line has
  fingerprints (`frames`) of a frame each half second. A copy into another container, with other
  metadata or another start is always known; one in another size, rate or compression where
  something moves. Not known again: a film that is mirrored, turned for good, cropped, framed,
  sped up or slowed down, or one in which nothing moves and that was compressed anew. Where a notice
  says that a line knows no frames, it is of an earlier vigsite, or the film was not there: run
  `vigsite withdraw CASE MOMENT --do` once more while the film is there.
- **A person** has agreed to nothing from that day on.
- **If it was a mistake, or the family agrees again**: `vigsite withdraw CASE MOMENT --undo --by
  Mum` adds a line that says when, who agreed, and which line does not count any more; it holds at
  once. `withdrawn.yml` is only ever added to, and cycle.yml plays no part, so an old cycle.yml from
  a backup brings nothing back; a whole folder from before it publishes nothing, as the folders of
  its sites and packs tell. Sites and packs that were deleted do not come back. A vigsite that is
  older than such a line, or than `frames`, refuses the file.
- From a later day on the notes can say it too: for a person a new line under `consent`, `given`
  after the withdrawal; for a moment `agreed_again: 2026-04-02` in cycle.yml. A day that is not
  later does not count.

A withdrawn.yml that cannot be read is a fault, since it might hide something. Copies of it lie in
`record/` and `.vigsite/`; a line that stands in one of the three counts.

## An example

```yaml
# case.yml
vigsite: 1
family:
  called: Ash and Dad
  people:
    ash: {called: Ash, role: child, pseudonym: Elm}
    dad: {called: Dad, role: parent, pseudonym: the parent}
    nan: {called: Nan, role: grandparent}
never_show: [Featherstone, 7 Mill Lane]
practitioner: {called: Sam, contact: sam@example.org}
framework: vig
language: en
goals:
  play:
    question: "How can we play without a fight?"
    since: 2026-01-05
    baseline: 4
consent:
  - {person: dad, for: [review, keepsake, supervision, hosting], given: 2026-01-05}
  - {person: ash, by: dad, for: [review, keepsake], given: 2026-01-05, until: 2031-01-04}
  - {person: nan, for: [review], given: 2026-01-05}
  - {person: nan, for: [review], withdrawn: 2026-03-01}
keepsake: {parts: everything, ratings: false}
show_principles: false
limits: {clips_per_cycle: 4, clip_seconds: 15}
retention: {recordings: 2026-09-01, case: 2036-01-01}
```

```yaml
# 1-blocks/cycle.yml
kind: cycle
filmed: 2026-01-12
setting: Building blocks on the rug
recordings:
  film: {file: blocks.mov, shows: [ash, dad, nan]}
  talk: {file: review.mp4, shows: [dad], of: shared review}
moments:
  - id: tower
    clip: 1:12.4 - 1:19.0
    of: film
    shows: [ash, dad]
    title: Ash hands you a block
    caption: Ash holds out a block and looks. You take it and put it on top.
    parent_said: ["I thought I was in the way."]
    goals: [play]
    stop_at: [1:14.2]
    prompts: ["What is Ash asking?"]
    analysis: {principles: [cooperating], notes: "Initiative, reception, response."}
    private: "Watch for this again."
    slow: 0.5
    crop: [0.1, 0.0, 0.8, 0.8]
    blur:
      - {from: 1:12.4, to: 1:15.0, box: [0.7, 0.2, 0.1, 0.2], to_box: [0.6, 0.2, 0.1, 0.2]}
    mute: [{from: 1:16.0, to: 1:17.0}]
    captions:
      - {from: 1:13.0, to: 1:14.5, text: "Yours!"}
  - {id: proud, still: 2:01.0, shows: [ash, dad], title: Look how high}
  - {id: falls, stills: [2:10.0, 2:10.4, 2:11.2], title: Down it comes, agreed_again: 2026-04-02}
  - {id: sharp, still: {near: 2:30.0, within: 0.5}, title: Again, only_in: [review]}
  - {id: i-see, of: talk, clip: 3:00 to 3:06, title: Dad sees it}
review:
  held: 2026-01-19
  where: in person
  parent_said: ["We do build together."]
  strengths: ["You let Ash lead."]
  next: ["Ten minutes on the rug, twice a week."]
  ratings: {play: 5}
  goals:
    play: {now: "How can Ash and I both have ideas?"}
  decision: another cycle
  private: "Ask about sleep."
```

```yaml
# closing.yml
learned: ["Waiting is doing something."]
carry_on: ["With Nan on Sundays."]
next_steps: ["A photo of the tower on the fridge."]
top_up: "When school starts."
message: "It was good to watch you two."
```
"""


def document() -> str:
    """The whole of docs/case-format.md."""
    parts = [HEAD]
    for name, model in {**FILES, "withdrawn": WithdrawnFile}.items():
        parts.append(f"\n## {name}.yml\n")
        seen: list[type[BaseModel]] = []
        waiting: list[tuple[str, type[BaseModel]]] = [("", model)]
        while waiting:
            place, part = waiting.pop(0)
            if part in seen:
                continue
            seen.append(part)
            if place:
                parts.append(f"\n### {place}\n\n{(part.__doc__ or '').strip()}\n")
            parts.append(_table(part))
            waiting += [
                (f"{place}.{key}" if place else key, inner)
                for key, info in _fields(part)
                for inner in _models(info.annotation)
            ]
    return "".join(parts)


def _fields(model: type[BaseModel]) -> list[tuple[str, Any]]:
    return [(info.alias or name, info) for name, info in model.model_fields.items()]


def _table(model: type[BaseModel]) -> str:
    docs = field_docs(model)
    rows = ["\n| key | | what | shown |\n|---|---|---|---|\n"]
    for name, info in model.model_fields.items():
        must = "must" if info.is_required() else ""
        what = docs[name].replace("|", "\\|")
        rows.append(f"| `{info.alias or name}` | {must} | {what} | {_reach(info)} |\n")
    return "".join(rows)


def _reach(info: Any) -> str:
    (reach,) = (tag for tag in info.metadata if isinstance(tag, Reach))
    if reach.steers:
        return "*steers*"
    return " ".join(e.value[0].upper() for e in Edition if e in reach.editions) or "–"


def _models(annotation: Any) -> list[type[BaseModel]]:
    origin = typing.get_origin(annotation)
    if origin in (typing.Annotated, typing.Union, types.UnionType, list, dict):
        return [m for part in typing.get_args(annotation) for m in _models(part)]
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return [annotation] if is_model else []


def main() -> int:
    """Writes the page, or checks it."""
    text = document()
    if "--check" in sys.argv:
        if TARGET.is_file() and TARGET.read_text("utf-8") == text:
            return 0
        print("docs/case-format.md is not up to date: run python tools/case_format.py")
        return 1
    TARGET.write_text(text, "utf-8", newline="\n")
    print(f"Wrote {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
