"""The folders in which vigsite keeps things of a case, its record, and the lock.

`.vigsite/` can be made again and thrown away; `record/` holds what cannot, in one file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import filelock

from vigsite.case.editions import Purpose
from vigsite.case.withdrawn import marks_of
from vigsite.errors import Busy, VigsiteError
from vigsite.files.atomic import (
    could_not,
    make_private,
    parts,
    private_folder,
    sweep_parts,
    write_whole,
)
from vigsite.files.identity import identity, text_of
from vigsite.files.state_file import StateFile
from vigsite.records.case_copies import found_twice
from vigsite.records.disposable import media_below
from vigsite.records.earlier_record import delete_earlier, earlier_record, with_covers, with_earlier
from vigsite.records.gone_record import signs_of_earlier_work, what_is_unknown
from vigsite.records.last_day import refuse_fallen_back
from vigsite.records.record import HostedSite, Record, Site, new_id
from vigsite.records.record_file import DISPOSABLE, FOLDER, read_record, record_file
from vigsite.records.site_marker import Owner, owner_of, withdrawals_in_marker, write_marker

SHEET_FILES = ("choose.html", "choose.jpg")
"""What a contact sheet is made of."""
_HALF_ADDED = re.compile(r"\.\d+-[a-z0-9-]+\.new-[0-9a-f]{8}")


class RecordGone(VigsiteError):
    """The record of a case is gone, so nobody knows what was built of it elsewhere."""


class CaseTwice(VigsiteError):
    """The same case lies in two folders, and nothing tells which of them is meant."""


class AnothersFolder(VigsiteError):
    """What lies in `.vigsite/` is another case's, or nothing tells whose it is."""


@dataclass(frozen=True, slots=True)
class Records:
    """The folders that vigsite keeps in one case, and what it remembers there."""

    case_dir: Path
    """Its real, absolute path."""

    @property
    def folder(self) -> Path:
        """`.vigsite/` itself."""
        return self.case_dir / DISPOSABLE

    @property
    def scratch(self) -> Path:
        """For temporary files; swept at the start of every run."""
        return self.folder / "tmp"

    @property
    def film(self) -> Path:
        """For the pieces of the family's film."""
        return self.folder / "film"

    @property
    def contact_sheets(self) -> Path:
        """For frames to choose a still from; for the practitioner alone."""
        return self.folder / "contact-sheets"

    @property
    def paper(self) -> Path:
        """The keepsake of a family that wants paper only, while its album is made."""
        return self.folder / "paper" / "keepsake"

    @property
    def previews(self) -> Path:
        """For what a person is to look at, untouched and as published; for nobody else."""
        return self.folder / "preview"

    @property
    def record_folder(self) -> Path:
        """`record/`: what cannot be made again; it belongs in the backup."""
        return self.case_dir / FOLDER

    @property
    def record_file(self) -> StateFile[Record]:
        """The one file that remembers."""
        return record_file(self.case_dir)

    @property
    def swept(self) -> Path:
        """Tells up to which withdrawal all media below `.vigsite/` were deleted."""
        return self.folder / "swept.json"

    def sheets_elsewhere(self) -> list[Path]:
        """Return contact sheets that were written to a place of the practitioner's choice."""
        return [Path(path) for path in self.known().contact_sheets]

    def remember_sheet(self, sheet: Path) -> None:
        """Remember a contact sheet outside the case, so that a withdrawal reaches it."""
        known = dict.fromkeys([*self.known().contact_sheets, str(sheet)])
        self.change(contact_sheets=list(known))

    def forget_sheets(self) -> None:
        """Forget those that are not there any more; they were deleted, or cannot be reached now.

        What cannot be reached is remembered to be deleted when it can.
        """
        record = self.known()
        sheets = [Path(path) for path in (*record.contact_sheets, *record.doomed_sheets)]
        doomed = [str(sheet) for sheet in dict.fromkeys(sheets) if not sheet.parent.is_dir()]
        kept = [str(sheet) for sheet in self.sheets_elsewhere() if sheet.exists()]
        if (kept, doomed) != (record.contact_sheets, record.doomed_sheets):
            self.change(contact_sheets=kept, doomed_sheets=doomed)

    def doomed_sheets(self) -> list[Path]:
        """Return contact sheets that are to be deleted as soon as they can be reached."""
        return [Path(path) for path in self.known().doomed_sheets]

    def half_written(self) -> list[Path]:
        """Return files that a killed run did not finish, also beside the case's own."""
        below = (self.folder, self.record_folder)
        return [*(part for one in below for part in parts(one, below=True)), *parts(self.case_dir)]

    def half_added(self) -> list[Path]:
        """Cycles with copies of films that a killed `vigsite add` did not finish."""
        return [path for path in self.case_dir.glob(".*") if _HALF_ADDED.fullmatch(path.name)]

    @contextlib.contextmanager
    def locked(self, *, taking_away: bool = False) -> Iterator[None]:
        """Keep other runs away from this case, and begin with its record (`begin`).

        Raises Busy when another run is at work.
        """
        with self.lock_only():
            self.begin(taking_away=taking_away)
            yield

    @contextlib.contextmanager
    def lock_only(self) -> Iterator[None]:
        """Keep other runs away from this case. Raises Busy when one is at work.

        From then on `.vigsite/` and `record/` are the owner's alone, also if a copy has made them
        anybody's.
        """
        for folder in (self.folder, self.record_folder):
            make_private(folder)
        with locked(self.folder, f"{self.case_dir.name}: another vigsite is at work on this case."):
            yield

    def begin(self, *, taking_away: bool = False) -> None:
        """Read the record before anything is written, or start it: what every writing command does.

        The caller holds the lock. Raises StateFault when the record cannot be used, CaseTwice when
        the same case lies in two folders, RecordGone when the record is gone, AnothersFolder when
        `.vigsite/` is not this case's, and VigsiteError when the clock fell back. With
        `taking_away` a record that is gone, and a copy of this case, are for the caller to tell at
        the end: what is known can be taken away first.
        """
        known, earlier = self.record_file.read(), earlier_record(self.folder)
        record = with_earlier(known, earlier) if known and earlier else known or earlier
        today = dt.date.today()
        if record is None:
            gone = today if signs_of_earlier_work(self.case_dir) else None
            record = Record(new_id(), str(self.case_dir), today, unknown_before=gone)
        is_copy = record.case != str(self.case_dir)
        if (not taking_away or is_copy) and (why := found_twice(record, self.case_dir)):
            raise CaseTwice(why)
        refuse_fallen_back(record.day, self.case_dir)
        if record.unknown_before and not taking_away:
            raise RecordGone(what_is_unknown(self.case_dir))
        record = replace(
            with_covers(record),
            id=record.id or new_id(),
            case=str(self.case_dir),
            day=max(record.day or today, today),
        )
        record = self._with_folder(record, taking_away=taking_away)
        if record != known:
            self.write(record)
        if earlier is not None:
            self._mark_earlier_places(record, earlier)
            delete_earlier(self.folder)

    def claim_folder(self, record: Record) -> Record:
        """Mark `.vigsite/` as this case's; return the record that knows of it."""
        write_marker(self.folder, record.id)
        return replace(record, folder_marked=True)

    def _with_folder(self, record: Record, *, taking_away: bool) -> Record:
        """Return the record once `.vigsite/` is known to be this case's.

        Raises AnothersFolder when it holds media and is not; whoever takes away deletes all of it.
        """
        owner = owner_of(self.folder, record, self.case_dir)
        if owner is Owner.OURS and record.folder_marked:
            return record
        foreign = owner not in (Owner.OURS, Owner.NOBODY) or record.folder_marked
        if not foreign or not media_below(self.folder):
            return self.claim_folder(record)
        if taking_away:
            return record
        raise AnothersFolder(
            f"{self.folder} holds clips and pictures, and its mark is not this case's, as after "
            "folders were copied or exchanged by hand: they may show another family. Bring this "
            "case's own back, or delete that folder; what is in it can be made again."
        )

    def known(self) -> Record:
        """Return what is remembered; an empty record, without an id, when nothing is.

        Raises StateFault when a file that remembers cannot be used.
        """
        return read_record(self.case_dir) or Record("", str(self.case_dir))

    def change(self, **fields: Any) -> None:
        """Write the record with other values in some fields. The caller holds the lock."""
        self.write(replace(self.known(), **fields))

    def write(self, record: Record) -> None:
        """Write the record. The caller holds the lock."""
        sweep_parts(private_folder(self.record_folder))
        self.record_file.write(record)

    def found_twice(self) -> str:
        """Say that another folder holds the same case; empty if none is found."""
        return found_twice(self.known(), self.case_dir)

    def remember_hosted(self, hosted: HostedSite) -> None:
        """Remember until when a server lets the family in, in the place of what was known of it.

        Beside sites and packs, too, that something changed: an older record from a backup would
        let in whose access was ended.
        """
        record = self.known()
        if hosted in record.hosted:
            return
        others = [one for one in record.hosted if one.slug != hosted.slug]
        kept = [one for one in others if one.until >= dt.date.today()]
        self.change(hosted=[*kept, hosted], protections=record.protections + 1)
        self.mark_all()

    def mark_all(self) -> None:
        """Write beside sites and packs what is known now, so that an older record is noticed."""
        record = self.known()
        here = (one for one in (*record.sites, *record.taken_away) if not one.given)
        folders = {self.target(one).parent for one in here if Purpose.HOSTING not in one.also}
        for folder in filter(self.owns, folders):
            self.mark(folder)

    def sites(self) -> list[Site]:
        """Return every site and pack that was built from the case and not taken away since."""
        return list(self.known().sites)

    def expect(self, site: Site) -> None:
        """Remember a site that is about to be published, besides what may be there now."""
        self.change(sites=[*self.sites(), site])

    def remember(self, site: Site) -> None:
        """Remember a site in the place of all others of the same path.

        Of these stays known what the new one does not hold: a copy of it may lie anywhere.
        """
        record = self.known()
        older = (old.without(site) for old in record.sites if old.path == site.path)
        self.change(
            sites=[*(old for old in record.sites if old.path != site.path), site],
            taken_away=[*record.taken_away, *(old for old in older if old.files)],
        )

    def forget(self, site: Site) -> None:
        """Forget a site that was taken away, but for knowing it again if a backup restores it."""
        before = [old for old in self.taken_away() if _which(old) != _which(site)]
        self.change(
            sites=[other for other in self.sites() if other != site], taken_away=[*before, site]
        )

    def taken_away(self) -> list[Site]:
        """Return sites that were taken away, and what others held that were made anew since."""
        return list(self.known().taken_away)

    def relative(self, target: Path) -> str:
        """The path of a site as seen from the case; empty on another drive."""
        try:
            return Path(os.path.relpath(target, self.case_dir)).as_posix()
        except ValueError:
            return ""

    def target(self, site: Site) -> Path:
        """Return where a site lies now."""
        return site.target(self.case_dir)

    def mark(self, sites_dir: Path, *, on_server: bool = False) -> None:
        """Write beside sites to which case they belong, and what was withdrawn from it.

        The latter so that an older case from a backup is noticed, and never where it is copied to
        a server.
        """
        case_id = self.known().id
        before = withdrawals_in_marker(sites_dir, case_id)
        now = [] if on_server else [*before, *(marks_of(self.case_dir, case_id) or ())]
        protections = 0 if on_server else self.known().protections
        write_marker(sites_dir, case_id, dict.fromkeys(now), protections)

    def owner(self, sites_dir: Path) -> Owner:
        """Return whose the sites in a folder are."""
        return owner_of(sites_dir, self.known(), self.case_dir)

    def owns(self, sites_dir: Path) -> bool:
        """Return whether the sites in a folder belong to this case, beyond doubt."""
        return self.owner(sites_dir) is Owner.OURS

    def _mark_earlier_places(self, record: Record, earlier: Record) -> None:
        """Give the places of sites that were made before ids the case's id."""
        then = replace(record, case=earlier.case)
        for folder in {self.target(site).parent for site in record.sites if not site.given}:
            if folder.is_dir() and owner_of(folder, then, self.case_dir) is Owner.OURS:
                write_marker(folder, record.id)

    def ffmpeg_version(self, program: str, ask: Callable[[str], str]) -> str:
        """ffmpeg's version, asked for once per program file."""
        file = self.folder / "ffmpeg.json"
        key = f"{program}:{identity(Path(program))}"
        try:
            known = json.loads(text_of(file))
            if isinstance(found := known.get(key), str):
                return found
        except (OSError, ValueError, AttributeError):
            pass
        found = ask(program)
        write_whole(file, json.dumps({key: found}))
        return found


@contextlib.contextmanager
def locked(folder: Path, busy: str) -> Iterator[None]:
    """Keeps other runs away from a folder. Raises Busy, with these words, when one is at work."""
    try:
        private_folder(folder)
        lock = filelock.FileLock(folder / "lock", mode=0o600)
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise Busy(f"{busy} Wait until it is done, then run this again.") from None
    except OSError as error:
        raise could_not("write", folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _which(site: Site) -> tuple[str, str]:
    return site.path, site.stamp
