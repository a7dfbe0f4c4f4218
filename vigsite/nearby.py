"""What lies around a case and its sites and shows what may not be shown: copies that people made.

vigsite deletes only what it built where it built it. A folder that somebody copied or renamed one
level away is named, so that nobody is told that nothing is left.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from vigsite.allowance import Allowance
from vigsite.case.faults import Report
from vigsite.case.films import films_of
from vigsite.case.load import Read, load_case
from vigsite.case.withdrawn import read_withdrawn, standing
from vigsite.case.withdrawn_model import Withdrawal
from vigsite.errors import VigsiteError
from vigsite.fingerprint import sha256
from vigsite.media.library import Library
from vigsite.record import LONE, Site
from vigsite.record_file import read_record
from vigsite.records import Records
from vigsite.site_marker import MARKER, Owner, id_in_marker

_DEEPEST = 5
"""Folders below one of those that are looked at."""
_MOST_LOOKED_AT = 100_000
"""Files; more are a disk and no folder of a practice."""


def copies_nearby(allowance: Allowance, records: Records) -> list[str]:
    """Return a sentence for each thing nearby that shows what may not be shown any more."""
    known = [*records.sites(), *records.taken_away()]
    refused = [(site, list(allowance.refused(site))) for site in known if allowance.reasons(site)]
    return list(copies_of(refused, records))


def copies_of(sites: Sequence[tuple[Site, list[str]]], records: Records) -> Iterator[str]:
    """Yield a sentence for each copy nearby of these sites and packs, each with its moments.

    Looked at are the folders around the case, its sites and its packs, and what lies below them.
    Left out is what the record knows, and what another case has marked as its own.
    """
    wanted: dict[int | str, set[str]] = {}
    for site, moments in sites:
        for uri in site.names_of(moments):
            wanted.setdefault(_key(site, uri), set()).add(site.files[uri])
    found: dict[Path, list[str]] = {}
    for file in _files_around(records) if wanted else ():
        hashes = {digest for key in _keys_of(file) for digest in wanted.get(key, ())}
        if not hashes or any(len(found.get(folder, ())) > 1 for folder in file.parent.parents):
            continue
        if _hash_of(file) in hashes:
            found.setdefault(file.parent, []).append(file.name)
    for folder, names in found.items():
        place = folder if names[1:] else folder / names[0]
        which = (
            f" ({', '.join(sorted(names)[:3])}{', …' if names[3:] else ''})" if names[1:] else ""
        )
        yield (
            f"{place} holds a copy that somebody made of what may not be shown any more{which}. "
            "vigsite deletes only what lies where it put it: delete it yourself"
        )


def _key(site: Site, uri: str) -> int | str:
    """Return how a file is looked for: by its size, or by its name where no size is known."""
    if uri in site.sizes:
        return site.sizes[uri]
    return Path(site.path).suffix if uri == LONE else PurePosixPath(uri).name


def _keys_of(file: Path) -> tuple[int | str, ...]:
    """Return every key by which a file may be looked for."""
    try:
        return (file.lstat().st_size, file.name, file.suffix)
    except OSError:
        return ()


def unknown_places(records: Records) -> list[str]:
    """Return a sentence for each folder nearby that is marked as this case's and not in the record.

    An older record that a backup brought back does not know what was built since.
    """
    record = records.known()
    if not record.id:  # markers of before ids tell nothing here
        return []
    known = {records.target(site).parent for site in (*record.sites, *record.taken_away)}
    known |= {Path(place).parent for place in record.begun}
    marked = (folder for root in _roots(records) for folder, owner in _marked_below(root)
              if owner == record.id)  # fmt: skip
    return [
        f"{folder} holds sites or packs of this case that its record does not know, as after an "
        "older backup. Bring the newer record/ back, or delete that folder yourself"
        for folder in dict.fromkeys(marked)
        if folder not in known and any(not name.startswith(".") for name in os.listdir(folder))
    ]


def _hash_of(file: Path) -> str:
    try:
        return sha256(file)
    except OSError:
        return ""


def _roots(records: Records) -> list[Path]:
    """Return the folders around the one of the case, and around those of sites and packs."""
    sites = (one for one in (*records.sites(), *records.taken_away()) if not one.given)
    targets = [records.target(site) for site in sites]
    around = [records.case_dir.parent, *(target.parent.parent for target in targets)]
    roots = {folder.parent if len(folder.parts) > 2 else folder for folder in around}
    return sorted(one for one in roots if not any(one.is_relative_to(o) for o in roots - {one}))


def _files_around(records: Records) -> Iterator[Path]:
    """Yield the files that lie around a case and what was made of it.

    None behind a link, below a hidden folder, in another case or its sites, or where the record
    has something.
    """
    but = {records.target(site) for site in (*records.sites(), *records.taken_away())}
    left = _MOST_LOOKED_AT
    for root in _roots(records):
        for place, folders, names in os.walk(root):
            here = Path(place)
            if MARKER in names and records.owner(here) is Owner.ANOTHER:
                names = []  # noqa: PLW2901  # nothing of it is ours to look at
                folders[:] = []
            deep = len(here.relative_to(root).parts)
            folders[:] = [
                name
                for name in folders
                if deep < _DEEPEST and left > 0 and not name.startswith(".")
                if here / name not in but and not _is_another_case(records, here / name)
            ]
            left -= len(names)
            files = (here / name for name in names if not name.startswith("."))
            yield from (file for file in files if file not in but and not file.is_symlink())


@functools.lru_cache(maxsize=8)
def _marked_below(root: Path) -> list[tuple[Path, str]]:
    """Return the folders below one that hold a marker, with the id in it; looked up once a run."""
    found: list[tuple[Path, str]] = []
    left = _MOST_LOOKED_AT
    for place, folders, names in os.walk(root):
        deep = len(Path(place).relative_to(root).parts)
        folders[:] = [one for one in folders if deep < _DEEPEST and left > 0 and one[0] != "."]
        left -= len(names)
        if MARKER in names:
            found.append((Path(place), id_in_marker(Path(place))))
    return found


def _is_another_case(records: Records, folder: Path) -> bool:
    own = folder == records.case_dir
    return not own and (folder / "case.yml").is_file() and has_a_memory(folder)


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
        if has_a_memory(folder) or _withdrawn_there(folder, lines):
            continue
        if any(_same_file(film, other) for film in films for other in folder.glob("*/*")):
            found.append(
                f"{folder} holds the same film, as a copy of this case does, and perhaps clips of "
                "it. Withdraw there as well, or delete that folder"
            )
    return found


def has_a_memory(folder: Path) -> bool:
    """Return whether something is remembered of the case in a folder."""
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


def has_other_films(records: Records, directory: Path, site: Site | None = None) -> bool:
    """Return whether none of the films that sites (or one site) were made of is in the case now."""
    sites = [site] if site else records.sites()
    built = {at.recording for one in sites for at in one.sources.values()} - {""}
    case = load_case(directory).case
    if not built or case is None:
        return False
    library = Library(records.folder / "recordings", records.scratch, keep=False)
    films = [film for film, _ in films_of(case) if film.is_file()]
    return bool(films) and built.isdisjoint(map(library.hash_of, films))
