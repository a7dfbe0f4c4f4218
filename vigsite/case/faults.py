"""Faults and notices: where something stands in the case's files, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.errors import InputError
from vigsite.terminal.visible import visible

KeyPath = tuple[str | int, ...]
"""The way to a value inside one file: `("moments", 2, "clip")`."""


def spell(path: KeyPath) -> str:
    """`("moments", "song", "blur", 0, "from")` as people read it: `moment "song": blur 1: from`.

    Entries of lists count from 1; a moment that has no name yet counts so, too.
    """
    text, numbered = "", False
    for at, part in enumerate(path):
        if at == 1 and path[0] == "moments":
            text = f"moment {part + 1}" if isinstance(part, int) else f'moment "{part}"'
        elif isinstance(part, int):
            text += f" {part + 1}"
        else:
            text += f"{': ' if numbered else '.' if text else ''}{part}"
        numbered = isinstance(part, int) or (at == 1 and path[0] == "moments")
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (or worth knowing), with its place."""

    file: Path
    message: str
    line: int | None = None
    """Counted from 1; None when the file itself is meant."""
    key: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return visible(f"{place}: {self.key + ' ' if self.key else ''}{self.message}")


@dataclass(frozen=True, slots=True)
class Typed:
    """One text as it stands in its file."""

    text: str
    plain: bool
    """Without quotes around it, and no block of lines."""
    listed: bool
    """Whether it is an entry of a list in brackets."""
    glued: bool
    """Whether no space parts it from the comma before it."""
    remark: str = ""
    """What follows it on its line from the spaces before a # on; empty without one."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a case as it was read: knows on which line each value stands."""

    file: Path
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    original: Mapping[KeyPath, KeyPath] = field(default_factory=dict)
    """Where list items that moved up (faulty ones before them were set aside) stood at first."""
    typed: Mapping[KeyPath, Typed] = field(default_factory=dict)
    """Every text of the file, as it was typed."""

    def at(self, path: KeyPath, message: str) -> Fault:
        """A fault at `path`, or at the nearest place around it that the file holds."""
        true_path = self.restore(path)
        near = true_path
        while near and near not in self.lines:
            near = near[:-1]
        if true_path[:1] == ("moments",) and (named := self.typed.get((*true_path[:2], "id"))):
            true_path = ("moments", named.text[:60], *true_path[2:])
        return Fault(self.file, message, self.lines.get(near), spell(true_path))

    mended: frozenset[int] = frozenset()
    """Lines that could not be read, and for which others were read in their place."""

    def typed_at(self, path: KeyPath) -> Typed | None:
        """The text at `path` as it was typed; None where no text stands."""
        return self.typed.get(self.restore(path))

    def names(self, section: str) -> list[str] | None:
        """The keys the file holds in a section, faulty ones included; None when it has none."""
        if (section,) not in self.lines:
            return None
        return [str(path[1]) for path in self.lines if len(path) == 2 and path[0] == section]

    def restore(self, path: KeyPath) -> KeyPath:
        """`path` with the list positions that the file itself has."""
        for length in range(len(path), 0, -1):
            if (head := self.original.get(path[:length])) is not None:
                return head + path[length:]
        return path


@dataclass(slots=True)
class Report:
    """Gathers what was found in a case: faults stop a build, notices do not."""

    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    files: dict[Path, str] = field(default_factory=dict, compare=False)
    """Identity of every film and piece of music that the notes name, as it was found."""
    _known: set[Fault] = field(default_factory=set)

    def fault(self, source: Source, path: KeyPath, message: str) -> None:
        """Adds a fault once."""
        found = source.at(path, message)
        if found.line in source.mended:  # it is told already that nobody can read this line
            return
        if found not in self._known:  # a list would be searched for ever when all keys are wrong
            self._known.add(found)
            self.faults.append(found)

    def notice(self, source: Source, path: KeyPath, message: str) -> None:
        """Adds a notice."""
        found = source.at(path, message)
        if found.line not in source.mended:
            self.notices.append(found)


class CaseFaults(InputError):
    """The files of a case hold faults; all of them are listed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(*self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))
