"""Small case directories for tests."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from vigsite.records.case_folder import Records
from vigsite.records.record import Record, new_id
from vigsite.records.site_marker import MARKER

CASE = """\
vigsite: 1
family:
  called: Ash and Dad
  people:
    ash: {called: Ash, role: child, pseudonym: Elm}
    dad: {called: Dad, role: parent, pseudonym: the parent}
    nan: {called: Nan, role: grandparent}
never_show: [Featherstone]
practitioner: {called: Sam, contact: sam@example.org}
goals:
  meals: {question: "How can meals be calmer?", since: 2026-01-05, baseline: 3}
consent:
  - {person: dad, for: [review, keepsake, supervision], given: 2026-01-05}
  - {person: ash, by: dad, for: [review, keepsake, supervision], given: 2026-01-05}
  - {person: nan, for: [review], given: 2026-01-05}
"""
CYCLE = """\
filmed: 2026-02-01
setting: Tea at home
recordings:
  film: {file: film.mp4, shows: [ash, dad, nan]}
moments:
  - id: looks
    clip: 0:01.0 - 0:02.0
    shows: [ash, dad]
    title: Ash looks up
    caption: Ash looks, and you look back.
    parent_said: ["I waited."]
    goals: [meals]
    stop_at: [0:01.5]
    prompts: ["What do you notice?"]
    analysis: {principles: [waiting], notes: "Ash leads here."}
    private: "Ask K. about the wait in supervision."
  - {id: smile, still: 0:02.5, shows: [ash, dad], title: A smile}
  - {id: nan-too, still: 0:03.0, title: Nan joins in}
review:
  held: 2026-02-08
  where: in person
  parent_said: ["We were a team."]
  strengths: ["You gave time."]
  next: ["Wait once more."]
  ratings: {meals: 5}
  decision: another cycle
  private: "Tired that day."
"""
CLOSING = """\
learned: ["Waiting works."]
carry_on: ["At nursery, too."]
next_steps: ["A picture for the fridge."]
message: "Thank you."
"""


@dataclass(frozen=True)
class Family:
    """A case directory that a test can change."""

    directory: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Replaces a text that must be there."""
        path = self.directory / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), "utf-8")


def family(directory: Path, film: Path | None) -> Family:
    """A family of three with one cycle, three moments and a closing."""
    cycle = directory / "1-tea"
    cycle.mkdir(parents=True)
    (directory / "case.yml").write_text(CASE, "utf-8")
    (cycle / "cycle.yml").write_text(CYCLE, "utf-8")
    (directory / "closing.yml").write_text(CLOSING, "utf-8")
    if film is not None:
        shutil.copyfile(film, cycle / "film.mp4")
    return Family(directory)


_BLUR = "blur: [{from: 0:01.2, to: 0:01.6, box: [0, 0.5, 0.2, 0.5], to_box: [0.8, 0.5, 0.2, 0.5]}]"
_GUARDS = f"    {_BLUR}\n    mute: [{{from: 0:01.4, to: 0:01.8}}]\n"


def guarded(made: Family) -> Family:
    """Its clip is blurred and muted, one still is cropped, the other as it was filmed."""
    made.change(
        "1-tea/cycle.yml", "    title: Ash looks up\n", f"    title: Ash looks up\n{_GUARDS}"
    )
    made.change("1-tea/cycle.yml", "still: 0:02.5,", "still: 0:02.5, crop: [0, 0, 0.5, 1],")
    return made


def as_another_family(directory: Path) -> None:
    """Make a copy of a case, with what was cut for it, one of another family."""
    shutil.rmtree(directory / "record", ignore_errors=True)
    shutil.rmtree(directory / ".vigsite" / "answers", ignore_errors=True)
    (directory / ".vigsite" / MARKER).unlink(missing_ok=True)
    real = directory.resolve()
    Records(real).write(Record(new_id(), str(real), dt.date.today()))
