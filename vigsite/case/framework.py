"""Frameworks: the words of VIG and its relatives, as data.

A framework file names the roles people can have, what a session and a recording are called, the
levels of principles with their behaviours, and prompts to start from. The wording of the shipped
ones is ours; a service may put licensed wording in a file beside case.yml.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from vigsite.case.case_file import Written
from vigsite.case.faults import Report, Source
from vigsite.case.fields import Line, Slug
from vigsite.case.strict_yaml import read_notes

SHIPPED = ("vig", "marte-meo", "verp", "blank")
_FOLDER = Path(__file__).parent / "frameworks"


class Level(Written):
    """One level of principles."""

    name: Line
    """What people call it."""
    behaviours: dict[Slug, Line] = Field(default_factory=dict)
    """Named behaviours of this level, by short name."""


class Framework(Written):
    """The vocabulary of one way of working."""

    name: Line
    """What it is called."""
    recording: Line
    """The noun for a recording."""
    session: Line
    """The noun for the session in which it is looked at."""
    roles: dict[Slug, Line] = Field(min_length=1)
    """Nouns for the roles people can have."""
    principles: dict[Slug, Level] = Field(default_factory=dict)
    """Levels, in order."""
    prompts: list[Line] = Field(default_factory=list)
    """Open questions to start from."""

    def principle_name(self, principle: str) -> str | None:
        """The words of a level or behaviour; None when the framework has none of that name."""
        for slug, level in self.principles.items():
            if slug == principle:
                return level.name
            if principle in level.behaviours:
                return level.behaviours[principle]
        return None

    @property
    def principle_ids(self) -> list[str]:
        """Every short name a moment can use."""
        return [
            name for slug, level in self.principles.items() for name in (slug, *level.behaviours)
        ]


def find_framework(named: str, case_dir: Path) -> Path | None:
    """The file of a framework: a shipped one by name, or a regular file beside case.yml."""
    if named in SHIPPED:
        return _FOLDER / f"{named}.yml"
    beside = case_dir / named
    plain = "/" not in named and "\\" not in named and beside.is_file()
    return beside if plain and not beside.is_symlink() else None


def read_framework(file: Path, report: Report) -> Framework | None:
    """The framework in `file`; faults go to `report`."""
    from vigsite.case.validate import validate

    read = read_notes(file, file, report)
    if read is None:
        return None
    tree, source = read
    framework, _ = validate(Framework, tree, source, report)
    return None if source.mended else framework


def no_such_framework(source: Source, report: Report, named: str) -> None:
    """Says that case.yml names a framework that is not there."""
    report.fault(
        source,
        ("framework",),
        f"found {named!r}; expected one of {', '.join(SHIPPED)}, or a file beside case.yml",
    )
