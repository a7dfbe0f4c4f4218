"""Whether a case's folder is used for another family than before: other people and other films.

A folder that was emptied and filled again keeps its record, and with it the places of the first
family's sites and packs.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from vigsite.case.case import Case
from vigsite.erasure.nearby import has_other_films
from vigsite.errors import VigsiteError
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import usual_places
from vigsite.records.site_marker import Owner, id_in_marker
from vigsite.terminal.quoting import in_shell


def another_family(records: Records, case: Case) -> str:
    """Say that the people and all films of a case are others than before, and what to do."""
    record = records.known()
    others = record.family and record.family != family_mark(case, record.id)
    if not others and not _usual_places_are_anothers(records):
        return ""
    if not has_other_films(records, case):
        return ""
    return (
        f"{records.case_dir.name}: its people and all its films are others than those that sites "
        "and packs were made of before. Is record/ another family's? Bring the right one back. "
        "Another family, in a folder that was used before? Then say so: vigsite record "
        f"{in_shell(records.case_dir)} --new-family. The same family? vigsite record "
        f"{in_shell(records.case_dir)} --same-family"
    )


def _usual_places_are_anothers(records: Records) -> bool:
    """Return whether another family's sites lie where those of a case of this name do.

    As when two folders record/ were exchanged. A person may have said that it is right so.
    """
    record = records.known()
    if record.said_same_family == str(records.case_dir):
        return False
    places = usual_places(records.case_dir)
    return any(records.owner(place) is Owner.ANOTHER for place in places)


def refuse_another_family(records: Records, case: Case) -> None:
    """Raise VigsiteError when nobody has said whose the case is now; else remember its family.

    The caller holds the lock.
    """
    if why := another_family(records, case):
        raise VigsiteError(why)
    record = records.known()
    if (mark := family_mark(case, record.id)) != record.family:
        records.change(family=mark)


def packed_for_another(records: Records, pack: Path) -> bool:
    """Return whether a pack lies in a folder that is marked as another family's."""
    owner, known = id_in_marker(pack.resolve().parent), records.known()
    return bool(owner and known.id) and owner != known.id


def family_mark(case: Case, salt: str) -> str:
    """Return a mark of the people of a case."""
    family = case.written.family
    people = sorted((name, person.called) for name, person in family.people.items())
    return hashlib.sha256(repr((salt, family.called, people)).encode()).hexdigest()[:16]
