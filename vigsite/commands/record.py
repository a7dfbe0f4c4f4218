"""What a person says of a case's record where vigsite cannot know: gone, copied, moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from vigsite.building.open_case import look_into, records_of
from vigsite.erasure.another_family import another_family, family_mark
from vigsite.erasure.earlier_hosting import hosted_under_another_id
from vigsite.erasure.lost_withdrawals import forget_lost_withdrawals, lost_withdrawals
from vigsite.erasure.nearby import has_other_films
from vigsite.erasure.private_media import delete_all, remains
from vigsite.erasure.server_access import lost_servers
from vigsite.errors import InputError, VigsiteError
from vigsite.files.atomic import delete, private_folder, rename
from vigsite.files.state_file import StateFault
from vigsite.records.case_copies import found_twice
from vigsite.records.case_folder import Records
from vigsite.records.earlier_record import (
    delete_earlier,
    earlier_record,
    set_aside_earlier,
)
from vigsite.records.gone_record import is_gone, what_is_unknown
from vigsite.records.record import Record, new_id
from vigsite.records.record_file import read_record


@dataclass(frozen=True, slots=True)
class Remembered:
    """What vigsite remembers of a case, for a person to read."""

    slug: str
    record: Record
    places: tuple[str, ...]
    """A line for each site and pack, with the place where it lies."""
    open_questions: tuple[str, ...]
    """A sentence for each thing that a person has to say or see to."""


def remembered(given: Path) -> Remembered:
    """Return what is remembered; writes nothing. Raises StateFault when it cannot be read."""
    records = records_of(given)
    record = records.known()
    places = [
        f"{site.what}: {records.target(site)}"
        + ("" if records.target(site).exists() else " (not there now)")
        for site in record.sites
    ]
    places += [f"contact sheet: {sheet}" for sheet in record.contact_sheets]
    questions = [records.found_twice()]
    questions += [what_is_unknown(records.case_dir)] if is_gone(records.case_dir) else []
    questions += hosted_under_another_id(records)
    questions += [*lost_withdrawals(records), *map(str, lost_servers(records, dt.date.today()))]
    found = tuple(one for one in questions if one)
    return Remembered(records.case_dir.name, record, tuple(places), found)


def begin_anew(given: Path) -> None:
    """Go on with a case of which something is not known any more: somebody looked elsewhere.

    The record is gone, damaged or older than a withdrawal, or the folder for a server is lost. A
    damaged file is kept beside it under another name. Raises InputError when nothing is wrong.
    """
    records = records_of(given)
    with records.lock_only():
        try:
            gone = is_gone(records.case_dir)
        except StateFault:
            _set_aside(records)
            gone = True
        today = dt.date.today()
        lost = [one.hosted for one in lost_servers(records, today)]
        older = bool(lost_withdrawals(records))
        if not gone and not lost and not older:
            raise InputError(f"{records.case_dir.name}: its record is there and whole.")
        forget_lost_withdrawals(records)
        known = records.known()
        record = replace(
            known,
            id=known.id or new_id(),
            case=str(records.case_dir),
            day=today,
            unknown_before=None,
            begun_anew=known.begun_anew or gone or older,
            hosted=[one for one in known.hosted if one not in lost],
        )
        records.write(records.claim_folder(record) if gone else record)
        records.begin()


def _set_aside(records: Records) -> None:
    """Rename the record, or a file of before it, that cannot be used."""
    stamp = f"{dt.datetime.now():%Y%m%d-%H%M%S}"
    try:
        records.record_file.read()
    except StateFault:
        file = records.record_file.path
        rename(file, file.with_name(f"unusable-{stamp}.json"))
    try:
        earlier_record(records.folder)
    except StateFault:
        set_aside_earlier(records.folder, private_folder(records.record_folder), stamp)


def begin_new_family(given: Path) -> None:
    """Give a copied case an id of its own; the sites and packs stay those of the other.

    Raises InputError when nothing shows that it is another family's: neither is it a copy, nor have
    all its films changed. The record would only be forgotten.
    """
    records = records_of(given)
    with records.lock_only():
        others = has_other_films(records, look_into(given).read.case)
        if not records.found_twice() and not others:
            raise InputError(
                f"{records.case_dir.name}: no other folder holds this case, so it is not a copy of "
                "another family's. Start a new family with vigsite new."
            )
        delete_earlier(records.folder)
        delete(records.folder / "answers")
        inside = [one for one in remains(records) if one.is_relative_to(records.folder)]
        delete_all(inside)  # all that shows the other family
        today = dt.date.today()
        # what was covered in films that are here, too, is not known of this family
        records.write(Record(new_id(), str(records.case_dir), today, begun_anew=not others))


def go_on_with_the_same_family(given: Path) -> None:
    """Say that the case is the same family's, though people and films are others than before."""
    records = records_of(given)
    with records.lock_only():
        case = look_into(given).read.case
        if case is None or not another_family(records, case):
            raise InputError(f"{records.case_dir.name}: nothing shows that the family is another.")
        mark = family_mark(case, records.known().id)
        records.change(family=mark, said_same_family=str(records.case_dir))


def begin_here(given: Path) -> None:
    """Say that this folder is the one that counts, and the one that it was copied from is not.

    Raises VigsiteError when the other one lies beside it, where it would be taken for a case.
    """
    records = records_of(given)
    with records.lock_only():
        record = read_record(records.case_dir)
        if record is None:
            raise InputError(f"{records.case_dir.name}: nothing is remembered of it yet.")
        moved = replace(record, id=record.id or new_id(), case=str(records.case_dir))
        if why := found_twice(moved, records.case_dir):
            raise VigsiteError(why)
        records.write(moved)
        delete_earlier(records.folder)


def put_clock_right(given: Path) -> None:
    """Say that this computer's clock is right now, and was ahead before."""
    records = records_of(given)
    with records.lock_only():
        record = records.known()
        records.write(replace(record, day=dt.date.today()))
        delete_earlier(records.folder)
