"""What lies around a case and its sites and shows what may not be shown: copies that people made.

vigsite deletes only what it built where it built it. A folder that somebody copied or renamed one
level away is named, so that nobody is told that nothing is left.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from vigsite.case.case import Case
from vigsite.case.load import REGISTER
from vigsite.case.recordings import films_of
from vigsite.erasure.private_media import stamp_of
from vigsite.errors import VigsiteError
from vigsite.files.atomic import is_left_beside
from vigsite.files.identity import sha256
from vigsite.files.private_mark import case_mark, mark_of
from vigsite.protection.allowed import Allowance
from vigsite.protection.known_case import library_of
from vigsite.records.case_copies import cases_around, is_same_case
from vigsite.records.case_folder import SHEET_FILES, Records
from vigsite.records.disposable import media_below
from vigsite.records.gone_record import usual_places
from vigsite.records.record import LONE, Site
from vigsite.records.record_file import DISPOSABLE, id_in, read_record
from vigsite.records.site_marker import MARKER, id_in_marker
from vigsite.terminal.quoting import in_shell

_DEEPEST = 5
"""Folders below one of those that are looked at."""
_MOST_LOOKED_AT = 100_000
"""Files; more are a disk and no folder of a practice."""


def copies_nearby(allowance: Allowance, records: Records) -> list[str]:
    """Return a sentence for each thing nearby that shows what may not be shown any more."""
    known = [*records.sites(), *records.taken_away()]
    refused = [(site, list(allowance.refused(site))) for site in known if allowance.reasons(site)]
    taken_back = [line for line in allowance.ledger.withdrawn if line.moment or line.person]
    return list(copies_of(refused, records, stamp_of(taken_back) if taken_back else None))


def copies_of(
    sites: Sequence[tuple[Site, list[str]]], records: Records, withdrawn: str | None
) -> Iterator[str]:
    """Yield a sentence for each copy nearby of these sites and packs, each with its moments.

    Looked at are the folders around the case, its sites and its packs, and what lies below them,
    also in the folders of other cases, but for what their own records have. With `withdrawn`, the
    hash of what was, also for copies of contact sheets and pages to look at that were made before.
    """
    wanted: dict[int | str, set[str]] = {}
    for site, moments in sites:
        for uri in site.names_of(moments):
            wanted.setdefault(_key(site, uri), set()).add(site.files[uri])
    found = _found(wanted, records, withdrawn=withdrawn)
    yield from _named(found, "what may not be shown any more")


def copies_of_films(
    films: Mapping[Path, str], records: Records, but: Iterable[Path] = ()
) -> Iterator[str]:
    """Yield a sentence for each copy nearby of these films, given with their SHA-256.

    Left out are the films themselves and the files in `but`.
    """
    wanted: dict[int | str, set[str]] = {}
    for film, digest in films.items():
        wanted.setdefault(film.stat().st_size, set()).add(digest)
    yield from _named(_found(wanted, records, {*films, *but}), "a film")


def copies_of_deleted_films(records: Records, but: Container[Path] = ()) -> Iterator[str]:
    """Yield a sentence for each copy nearby of a film that `vigsite purge` deleted.

    `but` are files that go as well.
    """
    wanted: dict[int | str, set[str]] = {}
    for digest, size in records.known().deleted_films.items():
        wanted.setdefault(size, set()).add(digest)
    yield from _named(_found(wanted, records, but), "a film that was deleted on purpose")


def _named(found: Iterable[tuple[Path, list[str]]], of: str) -> Iterator[str]:
    for folder, names in found:
        place = folder if names[1:] else folder / names[0]
        which = f" ({', '.join(sorted(names)[:3])}{', …' if names[3:] else ''})"
        yield (
            f"{place} holds a copy that somebody made of {of}{which if names[1:] else ''}. vigsite "
            "deletes only what lies where it put it: delete it yourself"
        )


def _found(
    wanted: Mapping[int | str, set[str]],
    records: Records,
    but: Container[Path] = (),
    withdrawn: str | None = None,
) -> Iterable[tuple[Path, list[str]]]:
    """Return the folders that hold files of these hashes, each with their names.

    With `withdrawn` also those with marked files of this case from before that.
    """
    found: dict[Path, list[str]] = {}
    looks = bool(wanted) or withdrawn is not None
    others = _sites_of_other_cases(records) if looks else {}
    own = case_mark(records.known().id)
    places = [*records.sheets_elsewhere(), *records.doomed_sheets()]
    sheets = {sheet / name for sheet in places for name in SHEET_FILES}
    for file in _files_around(records) if looks else ():
        if file in but or any(len(found.get(folder, ())) > 1 for folder in file.parent.parents):
            continue
        hashes = {digest for key in _keys_of(file) for digest in wanted.get(key, ())}
        digest = _hash_of(file) if hashes else ""
        copied = digest in hashes and not _is_known_to_another(file, digest, others)
        if not copied and withdrawn is not None and file not in sheets:
            mark, then = mark_of(file)
            copied = mark == own and then != withdrawn
        if copied:
            found.setdefault(file.parent, []).append(file.name)
    return found.items()


def _sites_of_other_cases(records: Records) -> dict[Path, Site | frozenset[str]]:
    """Return what the records of the cases around this one have, by its place.

    Of what they keep to build from, the hashes of what was built.
    """
    own = records.known()
    found: dict[Path, Site | frozenset[str]] = {}
    for folder in cases_around(records.case_dir):
        try:
            record = read_record(folder) if (folder / "case.yml").is_file() else None
        except VigsiteError:
            continue
        if record is not None and (not own.id or record.id != own.id):
            found |= {site.target(folder): site for site in record.sites}
            if not is_same_case(own, folder):
                built = (site.files.values() for site in (*record.sites, *record.taken_away))
                found[folder / DISPOSABLE] = frozenset(one for files in built for one in files)
    return found


def _is_known_to_another(
    file: Path, digest: str, others: Mapping[Path, Site | frozenset[str]]
) -> bool:
    for place in (file, *file.parents):
        known = others.get(place)
        if isinstance(known, Site):
            return known.files.get(file.relative_to(place).as_posix()) == digest
        if known is not None:
            return digest in known
    return False


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
    marked = [found for root in _roots(records) for found in _marked_below(root)]
    ours = dict.fromkeys(folder for folder, owner in marked if owner == record.id)
    there = {"", *(id_in(folder) for folder in _inside(records.case_dir.parent))}
    usual = dict.fromkeys(usual_places(records.case_dir))
    if record.begun_anew:  # places that were named with --out are not known any more either
        usual |= dict.fromkeys(f for f, _ in marked if f.name == records.case_dir.name)
    strange = (folder for folder in usual if id_in_marker(folder) not in there)
    kept = (folder / DISPOSABLE for folder in cases_around(records.case_dir))
    return [
        *(
            f"{folder} is this case's, as after folders were copied or exchanged by hand, and may "
            "show the family. Delete that folder yourself; what is in it can be made again"
            for folder in kept
            if id_in_marker(folder) == record.id and media_below(folder)
            if not is_same_case(record, folder.parent)
        ),
        *(
            f"{folder} holds sites or packs of this case that its record does not know, as after "
            f"an older backup. Bring the newer record/ back, or {_rid_of(folder, records)}"
            for folder in filter(_holds_anything, ours)
            if folder not in known
        ),
        *(
            f"{folder} holds sites or packs of a case that is not here any more. Are they this "
            "family's, from before its record was lost? Then delete that folder yourself"
            for folder in filter(_holds_anything, strange)
        ),
    ]


def _rid_of(folder: Path, records: Records) -> str:
    """Say how to take away what lies in a folder; a server may show it to the family."""
    if folder.parts[-3:-1] != ("server", "sites"):
        return "delete that folder yourself"
    end = f"vigsite host --out {in_shell(folder.parents[2])} --revoke {records.case_dir.name}"
    return f"end the family's access: {end}, then copy that folder to the server"


def _holds_anything(folder: Path) -> bool:
    """Return whether a site or pack is in a folder, or what a killed run left of one."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return False
    return any(not name.startswith(".") or is_left_beside(name) for name in names)


def lost_hand_overs(records: Records) -> list[str]:
    """Say that the list of what was handed over is gone, though packs were made."""
    packs = [site for site in (*records.sites(), *records.taken_away()) if site.form]
    file = records.case_dir / REGISTER
    if not packs or os.path.lexists(file):
        return []
    return [
        f"{file} is gone, which lists what was handed over, and packs were made. Bring it back "
        "from a backup, or think yourself of who has one"
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
    sheets = [*records.sheets_elsewhere(), *records.doomed_sheets()]
    around = [records.case_dir.parent, *(target.parent.parent for target in targets)]
    around += [sheet.parent for sheet in sheets if sheet.parent.is_dir()]
    roots = {folder.parent if len(folder.parts) > 2 else folder for folder in around}
    return sorted(one for one in roots if not any(one.is_relative_to(o) for o in roots - {one}))


def _files_around(records: Records) -> Iterator[Path]:
    """Yield the files that lie around a case and what was made of it.

    None behind a link, in the `.vigsite/` of this case, where the record has something, or what a
    killed run left beside such a place, which the next one deletes.
    """
    but = {records.target(site) for site in (*records.sites(), *records.taken_away())}
    left = _MOST_LOOKED_AT
    for root in _roots(records):
        for place, folders, names in os.walk(root):
            here = Path(place)
            deep = len(here.relative_to(root).parts)
            folders[:] = [
                name
                for name in folders
                if deep < _DEEPEST and left > 0 and here / name not in but
                if not is_left_beside(name)
                if here / name != records.folder
            ]
            left -= len(names)
            files = (here / name for name in names if not is_left_beside(name))
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


def _inside(folder: Path) -> list[Path]:
    """Return what lies in a folder, but for links and what vigsite itself is making or deleting."""
    try:
        found = sorted(folder.iterdir())
        return [one for one in found if not one.is_symlink() and not one.name.startswith(".")]
    except OSError:
        return []


def has_other_films(records: Records, case: Case | None, site: Site | None = None) -> bool:
    """Return whether none of the films that sites (or one site) were made of is in the case now."""
    sites = [site] if site else records.sites()
    built = {at.recording for one in sites for at in one.sources.values()} - {""}
    if not built or case is None:
        return False
    library = library_of(records, keep=False)
    films = [film for film, _ in films_of(case) if film.is_file()]
    return bool(films) and built.isdisjoint(map(library.hash_of, films))
