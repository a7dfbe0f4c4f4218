"""Cases nearby with the same film, as a copy of the notes has: what one took back counts in all.

Such a copy has another record or none, so that nothing in it tells what was withdrawn since. The
film tells: by its hash, and where the family is the same also by its frames in another file.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from vigsite.case.case import Case
from vigsite.case.case_file import Agreements, Consent, Family
from vigsite.case.consent import answer
from vigsite.case.editions import Purpose
from vigsite.case.faults import Report
from vigsite.case.load import Read, load_case
from vigsite.case.recordings import films_of
from vigsite.case.strict_yaml import read_notes
from vigsite.case.withdrawn import (
    Films,
    Place,
    keeping_out,
    ledger_lines,
    not_agreed_again,
    read_withdrawn,
    shown_spans,
    standing,
    withdrawn_in,
)
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.errors import VigsiteError
from vigsite.media.library import Library
from vigsite.protection.allowed import in_the_same
from vigsite.records.case_copies import cases_around
from vigsite.records.case_folder import Records
from vigsite.records.record import Record, Site
from vigsite.records.record_file import DISPOSABLE, read_record
from vigsite.terminal.quoting import in_shell


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """What the withdrawn.yml of a case holds, for another one."""

    moments: Sequence[Withdrawal]
    agreements: Sequence[Consent]
    """Those of persons."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a case shows though another one took it back."""

    name: str
    """The moment's name in the case that shows it."""
    since: dt.date
    moment: str
    """The moment's name in the other case; empty when a person took an agreement back."""


def refuse_withdrawn_nearby(case: Case, records: Records, library: Library, today: dt.date) -> None:
    """Raise VigsiteError when a case nearby took back what this one would show."""
    for why in withdrawn_nearby(case, records, library, today):
        raise VigsiteError(f"{records.case_dir.name}: {why}")


def withdrawn_nearby(
    case: Case, records: Records, library: Library, today: dt.date
) -> Iterator[str]:
    """Yield a sentence for each case nearby that took back what this one shows, with what to do."""
    films = _films(case, library)
    own = read_withdrawn(records.case_dir, Report()) or ()
    for folder in cases_around(records.case_dir):
        written = read_withdrawn(folder, Report())
        agreements = _agreements(folder)
        same_family = _is_same_family(agreements, case)
        shared = _shared(folder, films, written or (), library)
        if not (same_family or shared):
            continue
        if written is None:
            yield (
                f"{folder / 'withdrawn.yml'} cannot be read, so nobody knows whether what is shown "
                "here was withdrawn there. Bring it back from your newest backup"
            )
            continue
        there = [line for line in standing((*own, *written)) if line in written]
        back = _TakenBack(_lines(there, same_family=same_family), ledger_lines(there))
        if shown := _shown(case, back, shared, library, today):
            yield _says_withdrawn(records.case_dir, folder, shown)


def cases_with_film(case_dir: Path, film: Path, digest: str, library: Library) -> list[Path]:
    """Return the other cases around that have or had a film of this hash."""
    around = cases_around(case_dir)
    return [folder for folder in around if _shared(folder, {digest: film}, (), library)]


def cases_that_show(
    read: Read, records: Records, library: Library, today: dt.date
) -> Iterator[str]:
    """Yield a sentence for each case nearby that shows what was taken back in this one.

    Also for one with the same film and without a record, since nobody knows what was made of it.
    """
    case, ledger = read.case, read.ledger
    if case is None or ledger is None or not ledger.withdrawn:
        return
    lines = not_agreed_again(case, ledger.withdrawn)
    gone = {line.recording: None for line in lines if line.recording}
    films = {**gone, **_films(case, library)}
    for folder in cases_around(records.case_dir):
        same_family = _is_same_family(_agreements(folder), case)
        shared = _shared(folder, films, (), library)
        if (folder / "case.yml").is_file() and (same_family or shared):
            back = _TakenBack(_lines(lines, same_family=same_family), ledger_lines(lines))
            yield from _says_it_shows(folder, back, shared, today)


def _says_it_shows(
    folder: Path, back: _TakenBack, shared: Set[str], today: dt.date
) -> Iterator[str]:
    library = Library(folder / DISPOSABLE / "recordings", folder / DISPOSABLE / "tmp", keep=False)
    shown, record, whole = list[_Shown](), None, False
    try:
        record, read = read_record(folder), load_case(folder, library)
        shown += _built(folder, record, back) if record else ()
        shown += _shown(read.case, back, shared, library, today) if read.case else ()
        whole = not read.report.faults
    except (VigsiteError, OSError):
        pass  # then it is not whole
    holds = f"{folder} holds the same film"
    if names := list(dict.fromkeys(one.name for one in shown)):
        yield (
            f"{holds} and shows what is withdrawn here, as a copy of this case does "
            f"({_few(names)}). Withdraw there as well: vigsite withdraw "
            f"{in_shell(folder)} {in_shell(names[0])}; or delete that folder, its sites and packs"
        )
    elif shared and not whole:
        yield (
            f"{holds}, and what it shows cannot be read. Mend its notes, or delete that folder, "
            "its sites and packs"
        )
    elif shared and not _has_a_memory(record) and not _all_withdrawn(folder, back):
        yield (
            f"{holds}, as a copy of this case does, and perhaps clips of it. Withdraw there as "
            "well, or delete that folder"
        )


def _shown(
    case: Case, back: _TakenBack, shared: Set[str], library: Films, today: dt.date
) -> list[_Shown]:
    """Return what a case shows of what another one took back; `shared` are films of both."""
    found = []
    for moment in case.moments:
        film, written = moment.recording, moment.written
        spans = shown_spans(written)
        place = Place("", spans, agreed_again=written.agreed_again)
        there = partial(withdrawn_in, film=film, asked=spans, films=library)
        if because := keeping_out(back.moments, place, there):
            found.append(_Shown(moment.name, because.since, because.moment or ""))
        elif film.is_file() and shared and library.hash_of(film) in shared:
            ends = [_ended(case, back, person, today) for person in moment.recognisable]
            if days := list(filter(None, ends)):
                found.append(_Shown(moment.name, max(days), ""))
    return found


def _ended(case: Case, back: _TakenBack, person: str, today: dt.date) -> dt.date | None:
    """Return since when a person agrees no more to what they agree to in this case's notes."""
    here = case.written.consent
    both = [*here, *back.agreements]
    ended = [
        after.day
        for purpose in Purpose
        if answer(here, person, purpose, today).agreed
        if not (after := answer(both, person, purpose, today)).agreed and after.day
    ]
    return max(ended, default=None)


def _built(folder: Path, record: Record, back: _TakenBack) -> Iterator[_Shown]:
    """Yield what standing sites and packs of another case show, whatever its notes say now."""
    standing_sites: list[Site] = [one for one in record.sites if one.target(folder).exists()]
    for site in standing_sites:
        for name in site.moments:
            place = replace(site.place(name), name="")
            if because := keeping_out(back.moments, place, partial(in_the_same, place)):
                yield _Shown(name, because.since, because.moment or "")


def _says_withdrawn(case_dir: Path, folder: Path, shown: Sequence[_Shown]) -> str:
    first, which = shown[0], _few([one.name for one in shown])
    if not first.moment:
        return (
            f"{folder} has the same film, and somebody in it was withdrawn there on {first.since}, "
            f"which is not known here ({which}). Withdraw them here as well; or, if they have "
            "agreed again since, add a line with the day to case.yml (given)"
        )
    return (
        f"{which} shows seconds of a film that were withdrawn on {first.since} in {folder} as "
        f"{first.moment}. Withdraw that here as well: vigsite withdraw {in_shell(case_dir)} "
        f"{in_shell(first.name)}; or, if it was agreed to again since, write that day into "
        "cycle.yml (agreed_again)"
    )


def _few(names: Sequence[str]) -> str:
    return f"{', '.join(names[:3])}{', …' if names[3:] else ''}"


def _lines(lines: Iterable[Withdrawal], *, same_family: bool) -> list[Withdrawal]:
    """Return lines of moments; only for the same family with the frames that tell another file."""
    found = [line for line in lines if line.moment]
    return found if same_family else [line.model_copy(update={"frames": []}) for line in found]


def _films(case: Case, library: Library) -> dict[str, Path | None]:
    """Return the films of a case that are there, by hash."""
    return {library.hash_of(film): film for film, _ in films_of(case) if film.is_file()}


def _shared(
    folder: Path,
    films: Mapping[str, Path | None],
    lines: Iterable[Withdrawal],
    library: Library,
) -> Set[str]:
    """Return those of these films that another case has or had."""
    known = {line.recording for line in lines if line.recording}
    for digest, film in films.items():
        size = film.stat().st_size if film else None
        known |= {digest for file in _files_in(folder, size) if _is(file, digest, library)}
    try:
        record = read_record(folder)
    except VigsiteError:
        record = None
    if record:
        known |= {one.at.recording for one in record.moments}
        known |= {at.recording for site in record.sites for at in site.sources.values()}
    return films.keys() & known


def _files_in(folder: Path, size: int | None) -> list[Path]:
    """Return the files of a size in the folders of a case, links left out."""
    walked = (path for path in folder.glob("*/*") if not os.path.islink(path))
    return [one for one in walked if os.path.isfile(one) and os.path.getsize(one) == size]


def _is(file: Path, digest: str, library: Library) -> bool:
    """Return whether a file has that hash; yes for one of that size that cannot be read."""
    try:
        return library.hash_of(file) == digest
    except OSError:
        return True


def _agreements(folder: Path) -> Agreements | None:
    """Return the family and the consent of another case; None when they cannot be read."""
    file = folder / "case.yml"
    try:
        tree = read_notes(file, file, Report()) if file.is_file() else None
        return Agreements.model_validate(tree[0]) if tree else None
    except ValidationError:
        return None


def _is_same_family(agreements: Agreements | None, case: Case) -> bool:
    """Return whether the notes of another case name the family or its people as these do."""
    if agreements is None:
        return False
    here, there = case.written.family, agreements.family
    return there.called == here.called or _people(there) == _people(here)


def _people(family: Family) -> Mapping[str, str]:
    return {name: person.called for name, person in family.people.items()}


def _has_a_memory(record: Record | None) -> bool:
    return record is not None and bool(record.id or record.sites or record.taken_away)


def _all_withdrawn(folder: Path, back: _TakenBack) -> bool:
    """Return whether another case took back the same."""
    there = standing(read_withdrawn(folder, Report()) or ())
    known = [(line.recording, line.spans) for line in there]
    return all((line.recording, line.spans) in known for line in back.moments)
