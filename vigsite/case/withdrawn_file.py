"""withdrawn.yml as a closed pydantic model: what was taken back. Written by vigsite alone.

Lines are only ever added. They hold no words about anybody: a moment's name, where in which
recording it lies and fingerprints of it, a person's short name, or the cycles whose films were
deleted.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vigsite.case.case_file import Written
from vigsite.case.fields import STEERS, Day, Line, Range, Slug
from vigsite.case.frames import WrittenPrint


class Lifted(Written):
    """Which line another line lifts."""

    since: Annotated[Day, STEERS]
    """The day of that line."""
    at: Annotated[Line | None, STEERS] = None
    """Its time, if it has one."""
    moment: Annotated[Line | None, STEERS] = None
    """The moment that it took back."""
    person: Annotated[Slug | None, STEERS] = None
    """The person who took back every agreement with it."""


class Withdrawal(Written):
    """One line: a moment, a person or films, from a day on; or the end of an earlier line."""

    since: Annotated[Day, STEERS]
    """The day it was taken back; what was agreed up to that day does not count any more."""
    at: Annotated[Line | None, STEERS] = None
    """The time of that day, where the day alone does not tell one line from another."""
    moment: Annotated[Line | None, STEERS] = None
    """The moment's name, such as 1-breakfast/looks-up; it is not used again."""
    recording: Annotated[Line | None, STEERS] = None
    """SHA-256 of the film it was cut from."""
    spans: Annotated[list[Range], STEERS] = Field(default_factory=list)
    """Where it lies in that film; no moment may show any of it, whatever it is called."""
    frames: Annotated[list[WrittenPrint], STEERS] = Field(default_factory=list)
    """Fingerprints of frames around there, so that the same film in another file is known again."""
    person: Annotated[Slug | None, STEERS] = None
    """The person who took back every agreement."""
    films_of: Annotated[list[Line], STEERS] = Field(default_factory=list)
    """The cycles whose films were deleted by `vigsite purge --recordings`."""
    lifts: Annotated[Lifted | None, STEERS] = None
    """The line that does not count any more, since it was a mistake or agreed to again."""
    by: Annotated[Line | None, STEERS] = None
    """Who agreed to it again."""

    @property
    def named(self) -> Lifted:
        """What another line says to lift this one."""
        return Lifted.model_construct(
            since=self.since, at=self.at, moment=self.moment, person=self.person
        )


class WithdrawnFile(Written):
    """withdrawn.yml: what was taken back, in the order it was. Written by vigsite alone."""

    withdrawn: Annotated[list[Withdrawal], STEERS] = Field(default_factory=list)
    """One line for each; lines are only ever added."""
