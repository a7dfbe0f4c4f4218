"""Reads a case directory: every file, every fault, in one go. Writes nothing."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from vigsite.case.case import Case, Cycle, KeptOut, Moment
from vigsite.case.case_file import Agreements, CaseFile, ClosingFile, HandOver, HandOversFile
from vigsite.case.consent import Ledger
from vigsite.case.cycle_file import CycleFile, MomentEntry, Recording
from vigsite.case.deletion_record import deleted_on
from vigsite.case.editions import Edition
from vigsite.case.faults import Report, Source
from vigsite.case.framework import (
    Framework,
    find_framework,
    no_such_framework,
    read_framework,
)
from vigsite.case.misread import notice_misread
from vigsite.case.named_files import how_to_name, nearly
from vigsite.case.never_show import check_never_show, never_show
from vigsite.case.oversights import notice_oversights
from vigsite.case.recordings import as_on_disk, safe_music, safe_recordings
from vigsite.case.retold import notice_retold
from vigsite.case.rules import Named, check_case, check_cycle, check_film
from vigsite.case.strict_yaml import read_notes
from vigsite.case.validate import M, validate
from vigsite.case.withdrawn import (
    Films,
    OnlyHashed,
    ledger_lines,
    notice_without_frames,
    read_withdrawn,
    sort_out,
    standing,
)
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.errors import InputError
from vigsite.files.identity import changed
from vigsite.terminal.quoting import in_shell

CYCLE_FOLDER = re.compile(r"(\d+)-[a-z0-9-]+$")
_SLUG = re.compile(r"[a-z][a-z0-9-]*$")
_OURS = {".vigsite", "record"}
_AGAIN = "; put it back from a backup, or take its folder away and add the film again"
REGISTER = "handovers.yml"
"""Written by `vigsite.records.handovers` alone."""


class Read(NamedTuple):
    """A case and what was found in it; the case is partial while the report has faults."""

    case: Case | None
    report: Report
    ledger: Ledger | None
    """Who agreed to what; None while that part of case.yml is faulty and nobody can tell."""


def find_case(given: Path) -> Path:
    """The case directory a practitioner named: it, or the one whose case.yml was named.

    Raises InputError with what to do when there is none.
    """
    directory = given.parent if given.name == "case.yml" else given
    if on := deleted_on(directory):
        if not (directory / "case.yml").is_file():
            raise InputError(
                f"{directory}: this case was deleted on {on}; only deleted.yml is left."
            )
        raise InputError(
            f"{directory}: the deletion of this case was begun on {on} and is not finished, or a "
            "backup has brought it back. To finish it: vigsite purge "
            f"{in_shell(directory)} --all --do. If the family wants to keep the case after all, "
            "delete deleted.yml."
        )
    if (directory / "case.yml").is_file():
        if not _SLUG.match(directory.resolve().name):
            raise InputError(
                f"{directory}: the case directory is named {directory.resolve().name!r}; "
                "expected small letters, digits and hyphens, such as rowan. Rename it."
            )
        return directory
    if around := next((one for one in directory.parents if (one / "case.yml").is_file()), None):
        raise InputError(f"{directory} is part of a case; name the case, {around}.")
    if directory.is_file():
        raise InputError(f"{directory} is a file; name the case's directory, such as cases/maple.")
    if not directory.exists():
        there = _there_is(directory)
        raise InputError(f"{directory}: no such case.{there} {_new(directory)} starts one.")
    if near := nearly(directory, "case.yml"):
        raise InputError(f"{near}: {how_to_name(near, 'case.yml')}.")
    inside = [str(path.parent) for path in sorted(directory.glob("*/case.yml"))]
    if inside:
        raise InputError(f"{directory} holds cases; name one of {', '.join(inside[:5])}.")
    raise InputError(
        f"{directory}: holds no case.yml, so it is no case. {_new(directory)} starts one."
    )


def _new(directory: Path) -> str:
    """The command that starts a case there, or in another place where its name cannot be one."""
    fit = _SLUG.match(directory.name) and not directory.is_file()
    return f"`vigsite new {in_shell(directory if fit else Path('cases/maple'))}`"


def _there_is(directory: Path) -> str:
    """Name the cases near a directory that is not there: one of nearly that name, or some."""
    ground = next((one for one in directory.parents if one.is_dir()), Path())
    below = ["*/case.yml"]
    if ground.resolve() != Path(ground.resolve().anchor):  # a whole disk is too much to look at
        below.append("*/*/case.yml")
    found = sorted(path.parent for pattern in below for path in ground.glob(pattern))
    names = {one.name: one for one in reversed(found)}
    near = difflib.get_close_matches(directory.name, names, n=1, cutoff=0.7)
    if near:
        return f" Did you mean {names[near[0]]}?"
    return f" There is: {', '.join(map(str, found[:5]))}." if found else ""


def load_case(
    directory: Path,
    films: Films | None = None,
    pending: Sequence[Withdrawal] = (),
) -> Read:
    """Everything in the case at `directory`, named in messages as it was given.

    `films` knows the recordings; it is asked when names and times alone do not tell whether a
    moment was withdrawn. Without it they are known by their hashes alone. `pending` is read as if
    withdrawn.yml held it as well.
    """
    report, films = Report(), films or OnlyHashed()
    withdrawn = read_withdrawn(directory, report)
    taken_back = standing((*(withdrawn or ()), *pending))
    notice_without_frames(taken_back, directory, report)
    emptied = {folder: line.since for line in taken_back for folder in line.films_of}
    kept_out: list[KeptOut] = []
    films_gone: list[str] = []
    tree = _tree(directory, Path("case.yml"), report)
    written, source = validate(CaseFile, *tree, report) if tree else (None, Source(directory))
    framework = _framework(written, directory, source, report) if written else None
    people = set(written.family.people) if written else None
    named = _named(source, whole=not report.faults)
    cycles: list[Cycle] = []
    seen: dict[int, str] = {}
    for folder in _cycle_folders(directory, report):
        number = _number(directory / folder, seen, report)
        cycle_file, cycle_source = _read(directory, Path(folder) / "cycle.yml", CycleFile, report)
        if cycle_file is None:
            continue
        cycle_file = as_on_disk(cycle_file, directory / folder)
        check_cycle(cycle_file, written, named, framework, cycle_source, report)
        recordings = safe_recordings(
            cycle_file, directory / folder, cycle_source, report, gone=folder in emptied
        )
        if folder in emptied and not all(path.exists() for path, _ in recordings.values()):
            films_gone.append(folder)
        if cycle_source.mended:  # good for finding faults only
            continue
        found = [
            moment
            for position, entry in enumerate(cycle_file.moments)
            if (moment := _moment(entry, position, folder, cycle_file, recordings, people))
        ]
        moments, out = sort_out(found, taken_back, films, cycle_source, report)
        kept_out += out
        cycles.append(Cycle(number, folder, cycle_file, tuple(moments), cycle_source))
        _check_texts(cycle_file, written, cycle_source, report)
    closing, closing_source = _closing(directory, written, report)
    handovers = _handovers(directory, report)
    ledger = None
    if withdrawn is not None:
        ledger = _ledger(directory, tree, written, report, taken_back)
    if written is None or framework is None:
        return Read(None, report, ledger)
    check_case(written, framework, source, report)
    _check_texts(written, written, source, report)
    check_film(written.film, cycles, source, report)
    notice_retold(written, source, cycles, closing, closing_source, report)
    if source.mended:
        return Read(None, report, None)
    notice_oversights(directory, written, source, cycles, films.hash_of, report)
    absolute = Path(os.path.abspath(directory))
    agreed = [*written.consent, *ledger_lines(taken_back)]
    music = safe_music(written, directory, cycles, films.hash_of, source, report)
    case = Case(
        absolute.name,
        absolute,
        written.model_copy(update={"consent": agreed}),
        framework,
        tuple(cycles),
        closing,
        source,
        music,
        report.files,
        handovers,
        taken_back=taken_back,
        withdrawn=tuple(kept_out),
        films_deleted=max((emptied[folder] for folder in films_gone), default=None),
        closing_source=closing_source,
    )
    if withdrawn is not None:  # check_case may have found a fault in the ledger
        ledger = _ledger(directory, tree, written, report, taken_back)
    return Read(case, report, ledger)


def _number(folder: Path, seen: dict[int, str], report: Report) -> int:
    """The number of a cycle's folder; one that another has is a fault."""
    number = int(folder.name.split("-")[0])
    if seen.setdefault(number, folder.name) != folder.name:
        message = f"has the number {number}, as {seen[number]} has; renumber one of them"
        report.fault(Source(folder), (), message)
    return number


def _closing(
    directory: Path, written: CaseFile | None, report: Report
) -> tuple[ClosingFile | None, Source]:
    if not os.path.lexists(directory / "closing.yml"):
        if near := nearly(directory, "closing.yml"):
            report.notice(Source(near), (), f"is not read; {how_to_name(near, 'closing.yml')}")
        return None, Source(directory)
    closing, source = _read(directory, Path("closing.yml"), ClosingFile, report)
    if closing is not None:
        _check_texts(closing, written, source, report)
    return (None if source.mended else closing), source


def _check_texts(file: BaseModel, written: CaseFile | None, source: Source, report: Report) -> None:
    """What the texts of one file may be meant as, and what in them must not be shown."""
    notice_misread(file, source, report)
    if written is not None:
        check_never_show(file, never_show(written), source, report)


def _handovers(directory: Path, report: Report) -> tuple[HandOver, ...]:
    if not os.path.lexists(directory / REGISTER):
        return ()
    register, _ = _read(directory, Path(REGISTER), HandOversFile, report)
    return tuple(register.handovers) if register else ()


def _read(directory: Path, name: Path, model: type[M], report: Report) -> tuple[M | None, Source]:
    read = _tree(directory, name, report)
    return validate(model, *read, report) if read else (None, Source(directory / name))


def _tree(directory: Path, name: Path, report: Report) -> tuple[dict[str, Any], Source] | None:
    shown = directory / name
    near = nearly(shown.parent, shown.name)
    if not shown.exists() and not shown.is_symlink():
        beside = f", but {near.name} is there; {how_to_name(near, name.name)}" if near else _AGAIN
        report.fault(Source(shown), (), f"is missing{beside}")
        return None
    if near:
        report.notice(Source(near), (), f"is not read, since {name.name} is there; take one away")
    return read_notes(shown, shown, report)


def _ledger(
    directory: Path,
    tree: tuple[dict[str, Any], Source] | None,
    written: CaseFile | None,
    report: Report,
    withdrawn: Sequence[Withdrawal],
) -> Ledger | None:
    """Who agreed to what, unless a fault in family or consent leaves that open."""
    mine = [fault.key for fault in report.faults if fault.file == directory / "case.yml"]
    if tree is None or tree[1].mended or any(key.startswith(("family", "consent")) for key in mine):
        return None
    persons = ledger_lines(withdrawn)
    if written is not None:
        return Ledger(written.family.people, [*written.consent, *persons], withdrawn)
    try:
        agreed = Agreements.model_validate(tree[0])
    except ValidationError:
        return None
    return Ledger(agreed.family.people, [*agreed.consent, *persons], withdrawn)


def _named(source: Source, *, whole: bool) -> Named:
    """What case.yml names. While it has faults, a section that is missing may just be mistyped."""
    people = [str(p[2]) for p in source.lines if len(p) == 3 and p[:2] == ("family", "people")]
    goals = source.names("goals")
    if whole:
        return Named(people, goals or [])
    return Named(people or None, goals)


def _framework(
    written: CaseFile, directory: Path, source: Source, report: Report
) -> Framework | None:
    file = find_framework(written.framework, directory)
    if file is None:
        no_such_framework(source, report, written.framework)
        return None
    return read_framework(file, report)


def _cycle_folders(directory: Path, report: Report) -> Iterator[str]:
    """Names of the cycles' folders, by their numbers.

    Raises MediaError when one that was just read is another folder now.
    """
    found = {}
    for entry in sorted(directory.iterdir()):
        if entry.name.startswith(".") or entry.name in _OURS:
            continue
        place = Source(entry)
        if entry.is_symlink():
            report.fault(place, (), "is a link; put the files themselves into the case")
        elif entry.is_dir() and CYCLE_FOLDER.match(entry.name):
            found[entry.name] = entry.lstat()
        elif entry.is_dir() and (entry / "cycle.yml").exists():
            message = "holds a cycle.yml, but is not named like one; rename it, such as 2-bath-time"
            report.fault(place, (), message)
        elif entry.is_dir():
            message = "is no cycle and is left alone; a cycle is named like 2-bath-time"
            report.notice(place, (), message)
    for name in sorted(found, key=lambda name: (int(name.split("-")[0]), name)):
        yield name
        path = directory / name
        if not os.path.lexists(path) or not os.path.samestat(path.lstat(), found[name]):
            raise changed(path)


def _moment(
    entry: MomentEntry,
    position: int,
    folder: str,
    cycle: CycleFile,
    recordings: dict[str, tuple[Path, Recording]],
    people: set[str] | None,
) -> Moment | None:
    of = cycle.recording_of(entry)
    if of is None or of not in recordings or people is None:
        return None
    path, recording = recordings[of]
    shows = entry.shows if entry.shows is not None else recording.shows
    editions = frozenset(entry.only_in or Edition)
    if recording.of:
        editions = frozenset(edition for edition in editions if edition.for_colleagues)
    return Moment(
        name=f"{folder}/{entry.id}",
        written=entry,
        recording=path,
        shows=frozenset(people if shows is None else shows),
        editions=editions,
        key_path=("moments", position),
    )
