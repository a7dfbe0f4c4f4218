"""Deletes the films of a case, or all of it; what stays names nobody.

The record of it is written first, so that a deletion that was broken off is known and can go on;
case.yml goes last. Nothing behind a link is ever deleted.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vigsite.building.open_case import OpenCase, look_into, open_to_take_away
from vigsite.case import deletion_record
from vigsite.case.recordings import films_of
from vigsite.case.withdrawn import FILE
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.erasure.another_family import another_family
from vigsite.erasure.earlier_hosting import hosted_under_another_id
from vigsite.erasure.nearby import (
    copies_of,
    copies_of_deleted_films,
    copies_of_films,
    unknown_places,
)
from vigsite.erasure.private_media import Stretch, delete_all, measure, remains
from vigsite.erasure.server_access import lying_about, on_servers
from vigsite.erasure.still_there import unrecorded_packs
from vigsite.errors import VigsiteError
from vigsite.files.atomic import SHOWS_NOBODY, delete, delete_whole, write_whole
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import is_gone, what_is_unknown
from vigsite.records.handovers import handed_over
from vigsite.records.places import clean_up
from vigsite.records.record import Site
from vigsite.records.site_folders import PACKS, looks_built, places
from vigsite.records.site_marker import MARKER
from vigsite.records.withdrawals import write_down

_PAPERS = {".pdf", ".txt", ".md", ".rtf", ".doc", ".docx", ".odt", ".csv", ".xls", ".xlsx", ".ods"}
"""How the names of files end that hold words and no film."""
_MADE = "finished clips, contact sheets, temporary files"


@dataclass(frozen=True, slots=True)
class Purge:
    """What is to be deleted."""

    slug: str
    doomed: dict[str, tuple[Path, ...]]
    """Files and folders by kind, in the order in which they go."""
    strangers: tuple[Path, ...]
    """Files that the case does not name: deleted with all of it, left alone with its films."""
    unreachable: tuple[str, ...]
    """A sentence for each thing that is out of reach now, so that nothing is finished."""
    given: tuple[str, ...]
    """A sentence for each pack that is the family's."""
    handed_over: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    """A sentence for each thing that nobody knows, or that only a person can see to."""

    @property
    def perhaps_films(self) -> list[Path]:
        """Which of the files that the case does not name may show or let hear somebody."""
        return [
            path
            for path in self.strangers
            if path.suffix.lower() not in _PAPERS and path.name not in SHOWS_NOBODY
        ]

    def sizes(self) -> dict[str, Stretch]:
        """How much each kind is."""
        return {kind: measure(found) for kind, found in self.doomed.items()}


def films_to_purge(given: Path) -> Purge:
    """The films of a case, and what was made of them below `.vigsite/`.

    Raises CaseFaults when the files do not tell which films there are.
    """
    opened = look_into(given)
    case, records = opened.whole, opened.records
    films = [film for film, _ in films_of(case) if film.is_file()]
    folders = [case.directory / cycle.folder for cycle in case.cycles]
    others = [
        path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix != ".yml" and path.is_file() and path not in films
    ]
    doomed = {"films": tuple(films), _MADE: tuple(remains(records))}
    unknown = (*_copies_of_films(films, opened), *_unknown(records, ()))
    return Purge(records.case_dir.name, doomed, tuple(others), (), (), (), unknown)


def purge_films(given: Path, today: dt.date) -> Purge:
    """Deletes the films. Raises VigsiteError when one could not be deleted, after all others."""
    with open_to_take_away(given) as opened:
        case, records = opened.whole, opened.records
        purge = films_to_purge(given)
        before = {folder for line in case.taken_back for folder in line.films_of}
        emptied = [cycle.folder for cycle in case.cycles if cycle.folder not in before]
        if emptied:
            line = Withdrawal.model_validate({"since": str(today), "films_of": emptied})
            write_down(records, [line])
        gone = {opened.library.hash_of(film): film.stat().st_size for film in purge.doomed["films"]}
        records.change(deleted_films={**records.known().deleted_films, **gone})
        delete_all([place for places in purge.doomed.values() for place in places])
    return purge


def all_to_purge(given: Path, out: Path) -> Purge:
    """Everything of a case: what was built in reach, and its whole directory."""
    opened = look_into(given, rest=True)
    case, records = opened.read.case, opened.records
    if case and (why := another_family(records, case)):
        raise VigsiteError(why)
    films = [film for film, _ in films_of(case)] if case else []
    sites, packs, unreachable = _built(records, out)
    inside = [
        path
        for path in _files_below(records.case_dir)
        if path.name != deletion_record.FILE or path.parent != records.case_dir
    ]
    notes = [path for path in inside if path.suffix == ".yml"]
    doomed = {
        "sites": tuple(sites),
        "packs": tuple(packs),
        _MADE: tuple(remains(records)),
        "films": tuple(film for film in films if film in inside),
        "notes": tuple(notes),
    }
    strangers = [path for path in inside if path not in (*notes, *films)]
    handed = tuple(handed_over(case)) if case else ()
    slug = records.case_dir.name
    today = dt.date.today()
    unreachable += [*on_servers(records, today), *lying_about(records, today)]
    known = [*records.sites(), *records.taken_away()]
    unknown = [*_copies_of_films(films, opened, inside), *_unknown(records, known)]
    given_away = tuple(
        f"{site.what} in {records.target(site)}: made for the family to take"
        for site in records.sites()
        if site.given
    )
    return Purge(
        slug, doomed, tuple(strangers), tuple(unreachable), given_away, handed, tuple(unknown)
    )


def _copies_of_films(
    films: Sequence[Path], opened: OpenCase, but: Sequence[Path] = ()
) -> list[str]:
    """Return a sentence for each copy of a film nearby; `but` are files that go as well."""
    there = {film: opened.library.hash_of(film) for film in films if film.is_file()}
    records = opened.records
    return [*copies_of_films(there, records, but), *copies_of_deleted_films(records, but)]


def _unknown(records: Records, known: Sequence[Site]) -> Iterator[str]:
    """Yield what only a person can see to: copies of what is deleted, and what nobody knows."""
    yield from copies_of([(site, list(site.moments)) for site in known], records, withdrawn="")
    yield from (*unknown_places(records), *hosted_under_another_id(records))
    if is_gone(records.case_dir):
        yield what_is_unknown(records.case_dir)
    if twice := records.found_twice():
        yield twice


def purge_all(given: Path, out: Path, today: dt.date, *, looked: bool = False) -> Purge:
    """Deletes everything of a case, and leaves deleted.yml.

    Where sites or packs are out of reach, or a server may show something, case.yml and the record
    stay until they are gone too: nothing else would remember them. With `looked` a person says that
    they were seen to. Raises VigsiteError when something could not be deleted. Either way the same
    command goes on.
    """
    with open_to_take_away(given, rest=True) as opened:
        records, purge = opened.records, all_to_purge(given, out)
        record = records.case_dir / deletion_record.FILE
        if deletion_record.deleted_on(records.case_dir) is None:
            counts = {kind: found.files for kind, found in purge.sizes().items()}
            counts |= {"other files": len(purge.strangers)}
            counts |= {"packs in the hands of others": len(purge.handed_over)}
            write_whole(record, deletion_record.text(today, counts))
        clean_up(records, places(out, purge.slug))
        delete_all([*purge.doomed["sites"], *purge.doomed["packs"]], delete_whole)
        delete_all(purge.doomed[_MADE])
        _delete_markers(records, out)
        last = {record, records.case_dir / "case.yml", records.folder, records.record_folder}
        delete_all([path for path in sorted(records.case_dir.iterdir()) if path not in last])
        kept = {"lock", FILE}
        delete_all([one for one in sorted(records.folder.iterdir()) if one.name not in kept])
        if purge.unreachable and not looked:
            _remember_what_is_deleted(records, [*purge.doomed["sites"], *purge.doomed["packs"]])
            return purge
    delete(records.folder)
    delete(records.record_folder)
    delete(records.case_dir / "case.yml")
    return purge


def _remember_what_is_deleted(records: Records, targets: Sequence[Path]) -> None:
    """Note what is gone, so that the next run does not take it for out of reach."""
    known = records.known()
    gone = [site for site in known.sites if records.target(site) in targets]
    left = [site for site in known.sites if site not in gone]
    records.change(sites=left, taken_away=[*known.taken_away, *gone])


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file and link below a folder but what vigsite keeps there; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in (".vigsite", "record"))
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in sorted([*names, *links]))


def _built(records: Records, out: Path) -> tuple[list[Path], list[Path], list[str]]:
    """Sites and packs that can be reached, and a sentence for each that cannot."""
    sites: list[Path] = []
    packs: list[Path] = []
    unreachable: list[str] = []
    for site in records.sites():
        target = records.target(site)
        if site.given:
            continue
        if _there(site, target):
            (packs if site.form else sites).append(target)
        elif not target.parent.is_dir() and not (site.also and target.parent.parent.is_dir()):
            unreachable.append(f"{site.what} in {target}: that place is not there now")
    for target in places(out, records.case_dir.name).values():
        if target not in sites and records.owns(target.parent) and looks_built(target):
            sites.append(target)
    for site in records.taken_away():
        target = records.target(site)
        if target not in (*sites, *packs) and site.is_back_at(target):
            (packs if site.form else sites).append(target)
    packs += unrecorded_packs(records)
    return list(dict.fromkeys(sites)), list(dict.fromkeys(packs)), unreachable


def _there(site: Site, target: Path) -> bool:
    """Whether it is to be deleted; a link in its place is, so that nothing is said to be done."""
    return target.is_symlink() or (target.exists() and site.is_at(target))


def _delete_markers(records: Records, out: Path) -> None:
    """The sign beside the sites whose they were, and the folder if nothing else is in it."""
    folders = {records.target(site).parent for site in records.sites() if not site.given}
    usual = {place.resolve() / records.case_dir.name for place in (out, Path(PACKS))}
    for folder in folders | usual:
        if records.owns(folder):
            delete(folder / MARKER)
            if not any(folder.iterdir()):
                delete(folder)
