"""The folders in which vigsite keeps things of a case, its record, and the lock.

`.vigsite/` can be made again and thrown away; `record/` holds what cannot, in one file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import filelock

from vigsite.clock import refuse_fallen_back
from vigsite.earlier_record import delete_earlier, earlier_record, with_earlier
from vigsite.errors import Busy, VigsiteError
from vigsite.fingerprint import identity
from vigsite.publish import could_not, make_private, parts, private_folder, sweep_parts, write_whole
from vigsite.record import VERSION, Record, Site, new_id
from vigsite.state_file import StateFault, StateFile

HAND_OVERS = "handovers.yml"
"""The file of a case that lists its packs; `case/load.py` reads it."""
MARKER = ".vigsite.json"
"""Beside the sites of a case: says which case they belong to, naming nobody."""
_REMEDY = (
    "It tells what was built of this case and where, and what a person confirmed. Bring it back "
    "from your newest backup. If there is none, look for sites and packs of this family yourself, "
    "then run `vigsite record CASE --looked`."
)

SHEET_FILES = ("choose.html", "choose.jpg")
"""What a contact sheet is made of."""
_HALF_ADDED = re.compile(r"\.\d+-[a-z0-9-]+\.new-[0-9a-f]{8}")


class Owner(StrEnum):
    """Whose the sites in a folder are, as the marker beside them says."""

    OURS = "this case"
    ANOTHER = "another case"
    NOBODY = "no marker"
    UNKNOWN = "a marker that nobody can read, or of another time"


class RecordGone(VigsiteError):
    """The record of a case is gone, so nobody knows what was built of it elsewhere."""


class CaseTwice(VigsiteError):
    """The same case lies in two folders, and nothing tells which of them is meant."""


@dataclass(frozen=True, slots=True)
class _Marker:
    """The file beside the sites of a case."""

    id: str


@dataclass(frozen=True, slots=True)
class Records:
    """The `.vigsite/` folder of one case."""

    case_dir: Path
    """Its real, absolute path."""

    @property
    def folder(self) -> Path:
        """`.vigsite/` itself."""
        return self.case_dir / ".vigsite"

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
        return self.case_dir / "record"

    @property
    def record_file(self) -> StateFile[Record]:
        """The one file that remembers."""
        return StateFile(self.record_folder / "record.json", Record, VERSION, _REMEDY)

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
        """Forget those that are not there any more, where their place can be reached."""
        kept = [str(s) for s in self.sheets_elsewhere() if s.exists() or not s.parent.is_dir()]
        if kept != self.known().contact_sheets:
            self.change(contact_sheets=kept)

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
        the same case lies in two folders, RecordGone when the record is gone, and VigsiteError when
        the clock fell back. With `taking_away` a record that is gone, and a copy of this case, are
        for the caller to tell at the end: what is known can be taken away first.
        """
        known, earlier = self.record_file.read(), earlier_record(self.folder)
        record = self._merged(known, earlier)
        today = dt.date.today()
        if record is None:
            gone = today if self.signs_of_earlier_work() else None
            record = Record(new_id(), str(self.case_dir), today, unknown_before=gone)
        is_copy = record.case != str(self.case_dir)
        if (not taking_away or is_copy) and (why := self.found_twice(record)):
            raise CaseTwice(why)
        refuse_fallen_back(record.day, self.case_dir)
        if record.unknown_before and not taking_away:
            raise RecordGone(self.what_is_unknown())
        record = replace(
            record,
            id=record.id or new_id(),
            case=str(self.case_dir),
            day=max(record.day or today, today),
        )
        if record != known:
            self.write(record)
        if earlier is not None:
            self._mark_earlier_places(record, earlier)
            delete_earlier(self.folder)

    @staticmethod
    def _merged(known: Record | None, earlier: Record | None) -> Record | None:
        return with_earlier(known, earlier) if known and earlier else known or earlier

    def known(self) -> Record:
        """Return what is remembered; an empty record, without an id, when nothing is.

        Raises StateFault when a file that remembers cannot be used.
        """
        found = self._merged(self.record_file.read(), earlier_record(self.folder))
        return found or Record("", str(self.case_dir))

    def change(self, **fields: Any) -> None:
        """Write the record with other values in some fields. The caller holds the lock."""
        self.write(replace(self.known(), **fields))

    def write(self, record: Record) -> None:
        """Write the record. The caller holds the lock."""
        sweep_parts(private_folder(self.record_folder))
        self.record_file.write(record)

    def signs_of_earlier_work(self) -> bool:
        """Return whether something tells that this case was worked on before."""
        answers, others = self.folder / "answers", (self.folder / "cache", self.film)
        made = any(folder.is_dir() and any(folder.iterdir()) for folder in (answers, *others))
        beside = self.record_folder.is_dir() and any(
            entry.name != "record.json" for entry in self.record_folder.iterdir()
        )
        try:
            handed = "sha256:" in (self.case_dir / HAND_OVERS).read_text("utf-8", "replace")
        except OSError:
            handed = False
        return made or beside or handed

    def is_gone(self) -> bool:
        """Return whether nobody knows what was built of this case before."""
        record = self._merged(self.record_file.read(), earlier_record(self.folder))
        return bool(record.unknown_before) if record else self.signs_of_earlier_work()

    def what_is_unknown(self) -> str:
        """Say that the record is gone, where to look, and what to do then."""
        name = self.case_dir.name
        return (
            f"{self.record_file.path} is gone or was begun anew, so nobody knows which sites, "
            "packs and contact sheets of this case lie elsewhere. Bring the folder record/ back "
            "from a backup. If there is none, look for them yourself: in every folder that was "
            f"ever named with --out, folders named {name}, sticks, the folder of a server, and "
            f"what {HAND_OVERS} lists. Delete what may not stay, then run "
            f"`vigsite record {self.case_dir} --looked`."
        )

    def found_twice(self, record: Record) -> str:
        """Say that another folder holds the same case, as far as can be seen; else empty."""
        before = Path(record.case)
        for folder in dict.fromkeys((before, *_beside(self.case_dir))):
            if folder == self.case_dir or not (folder / "case.yml").is_file():
                continue
            if folder.samefile(self.case_dir):
                continue
            if _is_same_case(record, folder, unclear_counts=folder == before):
                return self._twice(folder, is_copy=before != self.case_dir)
        return ""

    def _twice(self, other: Path, *, is_copy: bool) -> str:
        """Say what to do about a case that lies here and in another folder."""
        copy = self.case_dir if is_copy else other
        moved = ""
        if is_copy and other.parent != self.case_dir.parent:
            moved = f", or to go on in this one: vigsite record {self.case_dir} --moved"
        return (
            f"{self.case_dir} and {other} hold the same case, as a copy does, and vigsite cannot "
            "know which of them is meant: neither is built, packed or hosted. The same family? "
            f"Move {copy} away from here, or delete it{moved}. Another family? Then say so: "
            f"vigsite record {copy} --new-family."
        )

    def sites(self) -> list[Site]:
        """Return every site and pack that was built from the case and not taken away since."""
        return list(self.known().sites)

    def expect(self, site: Site) -> None:
        """Remember a site that is about to be published, besides what may be there now."""
        self.change(sites=[*self.sites(), site])

    def remember(self, site: Site) -> None:
        """Remember a site in the place of all others of the same path."""
        self.change(sites=[*(s for s in self.sites() if s.path != site.path), site])

    def forget(self, site: Site) -> None:
        """Forget a site that was taken away, but for knowing it again if a backup restores it."""
        before = [old for old in self.taken_away() if _which(old) != _which(site)]
        self.change(
            sites=[other for other in self.sites() if other != site], taken_away=[*before, site]
        )

    def taken_away(self) -> list[Site]:
        """Return sites that were there and were taken away."""
        return list(self.known().taken_away)

    def relative(self, target: Path) -> str:
        """The path of a site as seen from the case; empty on another drive."""
        try:
            return Path(os.path.relpath(target, self.case_dir)).as_posix()
        except ValueError:
            return ""

    def target(self, site: Site) -> Path:
        """Where a site lies now."""
        there = Path(site.path)
        moved = Path(os.path.normpath(self.case_dir / site.relative))
        return moved if site.relative and not there.exists() and moved.exists() else there

    def mark(self, sites_dir: Path) -> None:
        """Write beside sites to which case they belong."""
        sweep_parts(sites_dir)
        _marker(sites_dir).write(_Marker(self.known().id))

    def owner(self, sites_dir: Path) -> Owner:
        """Return whose the sites in a folder are."""
        if not os.path.lexists(sites_dir / MARKER):
            return Owner.NOBODY
        record = self.known()
        try:
            found = _marker(sites_dir).read()
        except StateFault:
            return self._owner_before_ids(sites_dir, record)
        return Owner.OURS if record.id and found and found.id == record.id else Owner.ANOTHER

    def owns(self, sites_dir: Path) -> bool:
        """Return whether the sites in a folder belong to this case, beyond doubt."""
        return self.owner(sites_dir) is Owner.OURS

    def _owner_before_ids(self, sites_dir: Path, record: Record) -> Owner:
        """Return whose a marker of before ids is: by the case's path and by what lies there.

        Our path alone tells nothing, since another family's case may have lain there.
        """
        try:
            marked = json.loads((sites_dir / MARKER).read_text("utf-8"))["case"]
        except (OSError, ValueError, TypeError, KeyError):
            return Owner.UNKNOWN
        if marked not in (_hash_of(self.case_dir), _hash_of(Path(record.case))):
            return Owner.ANOTHER if isinstance(marked, str) else Owner.UNKNOWN
        there = (site for site in record.sites if self.target(site).parent == sites_dir)
        known = any(site.is_at(self.target(site)) for site in there)
        return Owner.OURS if known else Owner.UNKNOWN

    def _mark_earlier_places(self, record: Record, earlier: Record) -> None:
        """Give the places of sites that were made before ids the case's id."""
        with_path = replace(record, case=earlier.case)
        for folder in {self.target(site).parent for site in record.sites if not site.given}:
            if folder.is_dir() and self._owner_before_ids(folder, with_path) is Owner.OURS:
                self.mark(folder)

    def ffmpeg_version(self, program: str, ask: Callable[[str], str]) -> str:
        """ffmpeg's version, asked for once per program file."""
        file = self.folder / "ffmpeg.json"
        key = f"{program}:{identity(Path(program))}"
        try:
            known = json.loads(file.read_text("utf-8"))
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


def _hash_of(path: Path) -> str:
    """Return how markers named a case before it had an id."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]


def _marker(sites_dir: Path) -> StateFile[_Marker]:
    remedy = "It says which case the sites beside it belong to; delete that folder if it may go."
    return StateFile(sites_dir / MARKER, _Marker, 1, remedy)


def _beside(case_dir: Path) -> list[Path]:
    """Return the folders beside a case that may hold cases."""
    return sorted(path for path in case_dir.parent.iterdir() if path.is_dir())


def _is_same_case(record: Record, folder: Path, *, unclear_counts: bool) -> bool:
    """Return whether the case in another folder is the one of this record.

    By the id, else by a site that both have built. `unclear_counts` answers for a case of which
    nothing is known.
    """
    if record.id and (found := id_in(folder)):
        return found == record.id
    try:
        other = Records(folder).known()
    except VigsiteError:
        return unclear_counts
    if not other.sites and not other.taken_away and not other.id:
        return unclear_counts and bool(record.sites or record.taken_away)
    ours = {_which(site) for site in (*record.sites, *record.taken_away)}
    return bool(ours & {_which(site) for site in (*other.sites, *other.taken_away)})


def id_in(folder: Path) -> str:
    """Return the id of the case in a folder; empty when it has none or it cannot be read."""
    file = folder / "record" / "record.json"
    try:
        return _id_in(file, identity(file))
    except OSError:
        return ""


@functools.lru_cache(maxsize=4096)
def _id_in(file: Path, _as_it_is: str) -> str:
    try:
        found = json.loads(file.read_text("utf-8"))["id"]
    except (OSError, ValueError, TypeError, KeyError):
        return ""
    return found if isinstance(found, str) else ""
