"""What is left of cases that are not here any more: their sites, packs and ways in on a server.

`vigsite due` asks each case; of a case that was deleted by hand, renamed or emptied nobody would
speak. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from vigsite.errors import VigsiteError
from vigsite.hosting.families import read_register
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import last_open
from vigsite.records.record_file import id_in, read_record
from vigsite.records.site_folders import PACKS
from vigsite.records.site_marker import id_in_marker
from vigsite.terminal.quoting import in_shell


def left_behind(cases: Iterable[Path], out: Path) -> list[str]:
    """Return a sentence for each thing that belongs to none of the cases, nor to one beside them.

    Looked at are the folders beside the cases, the usual places of sites and packs, and the folders
    for servers that one of the cases knows.
    """
    parents = dict.fromkeys(case.resolve().parent for case in cases)
    there = {id_in(folder): folder for parent in parents for folder in _folders(parent)}
    there.pop("", None)
    found = [
        f"{folder} has no case.yml any more, but sites, packs or a server may show the family. "
        "Bring case.yml back from a backup"
        for folder in there.values()
        if not (folder / "case.yml").exists()
    ]
    usual = [parent.parent / name for parent in parents for name in ("sites", PACKS)]
    for place in dict.fromkeys(place.resolve() for place in (out, Path(PACKS), *usual)):
        found += _without_case(place, there)
    for server in dict.fromkeys(hosted for folder in there.values() for hosted in _servers(folder)):
        found += _hosted_without_case(Tree(server), there)
    return found


def _without_case(place: Path, there: Iterable[str]) -> Iterator[str]:
    for folder in _folders(place):
        case_id = id_in_marker(folder)
        if case_id and case_id not in there and next(_shown(folder), None):
            yield (
                f"{folder} holds sites or packs of a case that is not here any more. Bring the "
                "case back; or delete that folder yourself; or, if the case lies elsewhere, name "
                "all cases: vigsite due CASE ..."
            )


def _hosted_without_case(tree: Tree, there: Iterable[str]) -> Iterator[str]:
    try:
        register = read_register(tree.register)
    except VigsiteError as error:
        yield str(error)
        return
    for name, one in (register.families if register else {}).items():
        gone = one.id and one.id not in there and id_in(Path(one.case or name)) != one.id
        if gone and last_open(tree, one.slug):
            yield (
                f"a server lets the family of {name} look until {one.until}, but its case is not "
                f"in {one.case or 'its place'} any more. Bring the case back, or end it: vigsite "
                f"host --out {in_shell(tree.out)} --revoke {name}, then copy that folder to the "
                "server"
            )


def _servers(folder: Path) -> Iterator[Path]:
    try:
        record = read_record(folder)
    except VigsiteError:  # `due` says so of the case itself
        return
    for hosted in record.hosted if record else ():
        yield Path(hosted.out)


def _shown(folder: Path) -> Iterator[Path]:
    return (path for path in _folders(folder, files=True) if not path.name.startswith("."))


def _folders(place: Path, *, files: bool = False) -> list[Path]:
    try:
        return sorted(one for one in place.iterdir() if files or one.is_dir())
    except OSError:
        return []
