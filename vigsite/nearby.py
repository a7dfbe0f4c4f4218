"""What lies around a case and its sites and shows what may not be shown: copies that people made.

vigsite deletes only what it built where it built it. A folder that somebody copied or renamed one
level away is named, so that nobody is told that nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from vigsite.allowance import Allowance
from vigsite.case.faults import Report
from vigsite.case.films import films_of
from vigsite.case.load import Read
from vigsite.case.withdrawn import read_withdrawn, standing
from vigsite.case.withdrawn_model import Withdrawal
from vigsite.errors import VigsiteError
from vigsite.fingerprint import sha256
from vigsite.record import LONE, Site
from vigsite.record_file import read_record
from vigsite.records import Records
from vigsite.site_marker import Owner


def copies_nearby(allowance: Allowance, records: Records) -> list[str]:
    """Return a sentence for each copy of a site or pack nearby that shows what may not be shown."""
    known = [*records.sites(), *records.taken_away()]
    refused = [site for site in known if allowance.reasons(site)]
    return list(copies_of(refused, records, (), lambda site: list(allowance.refused(site))))


def copies_of(
    sites: Iterable[Site],
    records: Records,
    but: Iterable[Path],
    moments_of: Callable[[Site], list[str]] = lambda _site: [],
) -> Iterator[str]:
    """Yield a sentence for each copy of one of these sites and packs nearby.

    Looked at are the folders that hold the case's sites and packs, and the folders beside these.
    Where `moments_of` names moments, only what shows one of them counts. Left out is what the
    record knows, and what lies at `but`.
    """
    known = [*records.sites(), *records.taken_away()]
    found = {*(records.target(site) for site in known), *but}
    for site in sites:
        moments = moments_of(site) or list(site.moments)
        for place in () if site.given else _around(records, records.target(site)):
            if place not in found and _shows(site, place, moments):
                found.add(place)
                yield (
                    f"{place} is a copy of the {site.what}, made by somebody. vigsite deletes only "
                    "what it made: delete it yourself"
                )


def _shows(site: Site, place: Path, moments: list[str]) -> bool:
    if LONE in site.files:
        return place.is_file() and site.is_at(place)
    return place.is_dir() and (site.is_at(place, moments) if site.media else site.is_back_at(place))


def _around(records: Records, target: Path) -> Iterator[Path]:
    """Yield what lies beside a place, beside the folder around it, and in those folders.

    What another case has marked as its own is left out.
    """
    for folder in (target.parent, target.parent.parent):
        for entry in _inside(folder):
            if entry not in (target, target.parent) and not _is_anothers(records, entry):
                yield entry
                yield from _inside(entry)


def _is_anothers(records: Records, folder: Path) -> bool:
    return folder.is_dir() and records.owner(folder) is Owner.ANOTHER


def _inside(folder: Path) -> list[Path]:
    """Return what lies in a folder, but for links and what vigsite itself is making or deleting."""
    try:
        found = sorted(folder.iterdir())
        return [one for one in found if not one.is_symlink() and not one.name.startswith(".")]
    except OSError:
        return []


def cases_with_the_same_film(
    records: Records, read: Read, moments: Iterable[str], lines: Sequence[Withdrawal]
) -> list[str]:
    """Return a sentence for each copy of the case nearby with the film of one of these moments.

    A case that has a memory of its own, or in which the same was withdrawn (`lines`), is none.
    """
    if read.case is None:
        return []
    wanted = set(moments)
    shown = [*read.case.moments, *(out.moment for out in read.case.withdrawn)]
    used = {moment.recording for moment in shown if moment.name in wanted}
    films = {film for film, _ in films_of(read.case) if film in used and film.is_file()}
    found = []
    for folder in _inside(records.case_dir.parent):
        if folder == records.case_dir or not (folder / "case.yml").is_file():
            continue
        if _has_a_memory(folder) or _withdrawn_there(folder, lines):
            continue
        if any(_same_file(film, other) for film in films for other in folder.glob("*/*")):
            found.append(
                f"{folder} holds the same film, as a copy of this case does, and perhaps clips of "
                "it. Withdraw there as well, or delete that folder"
            )
    return found


def _has_a_memory(folder: Path) -> bool:
    try:
        known = read_record(folder)
    except VigsiteError:
        return False
    return known is not None and bool(known.id or known.sites or known.taken_away)


def _withdrawn_there(folder: Path, lines: Sequence[Withdrawal]) -> bool:
    there = standing(read_withdrawn(folder, Report()) or ())
    taken_back = [(line.recording, line.spans, line.person) for line in there]
    return all((line.recording, line.spans, line.person) in taken_back for line in lines)


def _same_file(film: Path, other: Path) -> bool:
    if not other.is_file() or other.stat().st_size != film.stat().st_size:
        return False
    return sha256(other) == sha256(film)
