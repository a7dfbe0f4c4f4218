"""A case as a command gets it: found, locked, read, and freed of what may not stand any more.

Every command begins here, so that none can forget the step on which withdrawals depend.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.deletion_record import begun_on
from vigsite.case.editions import Purpose
from vigsite.case.faults import CaseFaults
from vigsite.case.load import Read, find_case
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.erasure.take_away import abide
from vigsite.media.library import Library
from vigsite.protection.allowed import Allowance
from vigsite.protection.known_case import library_of, read_case
from vigsite.records.case_folder import Records


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that was opened, for one command."""

    given: Path
    """The case as it was typed, for messages."""
    directory: Path
    records: Records
    library: Library
    """Its recordings."""
    read: Read
    """Its notes, with what the record adds to them."""
    allowance: Allowance | None = None
    """What of the sites and packs may stay today; None when nobody can tell, or nobody asked."""

    @property
    def whole(self) -> Case:
        """The case. Raises CaseFaults when its notes have any fault."""
        if self.read.case is None or self.read.report.faults:
            raise CaseFaults(self.read.report.faults)
        return self.read.case

    def read_again(self, pending: Sequence[Withdrawal] = ()) -> Read:
        """Return the notes as they are now, or with more lines of withdrawn.yml."""
        return read_case(self.directory, self.records, self.library, pending)


def records_of(given: Path) -> Records:
    """Return what vigsite keeps of a case, for what shows nothing of it.

    Raises InputError when there is no case.
    """
    return Records(find_case(given).resolve())


def look_into(
    given: Path,
    *,
    notes: bool = False,
    rest: bool = False,
    step: Callable[[str, float], None] | None = None,
) -> OpenCase:
    """Open a case only to read it: nothing of it changes, and nothing is taken away.

    With `notes` what was learnt of its films is kept for the next time, with `rest` it may be
    what a deletion that was broken off has left; `step` is told how far a film is read. Raises
    InputError when there is no case.
    """
    directory = _or_rest(given) if rest else find_case(given)
    records = Records(directory.resolve())
    library = library_of(records, keep=False, notes=notes, told=step)
    return _opened(given, directory, records, library)


@contextlib.contextmanager
def open_case(
    given: Path,
    today: dt.date,
    said: Callable[[str], None],
    *,
    targets: Mapping[str, Path] | None = None,
    also: Iterable[Purpose] = (),
    hosting: Path | None = None,
    first: Callable[[Records], None] | None = None,
    step: Callable[[str, float], None] | None = None,
    keep: bool = True,
) -> Iterator[OpenCase]:
    """Open a case to work on it, and keep other runs away meanwhile.

    What consent does not allow today goes first (`abide`, which takes `targets`, `also` and
    `hosting`); `said` is told of it, `step` how far a film is read. `first` may refuse before that,
    by raising. Without `keep` what is learnt of films is forgotten again. Raises InputError when
    there is no case, and what `Records.begin` and `abide` raise.
    """
    records = records_of(given)
    with records.locked():
        if first is not None:
            first(records)
        opened = _opened(
            given, find_case(given), records, library_of(records, keep=keep, told=step)
        )
        allowance = abide(opened.read, records, given, today, said, targets, also, hosting)
        yield replace(opened, allowance=allowance)


@contextlib.contextmanager
def open_to_write_down(given: Path) -> Iterator[OpenCase]:
    """Open a case in order to write down what somebody said: nothing is taken away first."""
    records = records_of(given)
    with records.locked():
        yield _opened(given, find_case(given), records, library_of(records, keep=False))


@contextlib.contextmanager
def open_to_take_away(given: Path, *, rest: bool = False) -> Iterator[OpenCase]:
    """Open a case in order to take away from it: also when its record is gone, or it is a copy.

    With `rest` also what a deletion that was broken off has left of it.
    """
    directory = _or_rest(given) if rest else find_case(given)
    records = Records(directory.resolve())
    with records.locked(taking_away=True):
        yield _opened(given, directory, records, library_of(records))


def _opened(given: Path, directory: Path, records: Records, library: Library) -> OpenCase:
    return OpenCase(given, directory, records, library, read_case(directory, records, library))


def _or_rest(given: Path) -> Path:
    """The case directory, also one whose deletion was broken off."""
    return given if begun_on(given) else find_case(given)
