"""What vigsite remembers of a case between runs, in its `.vigsite/`: built sites and a lock."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import filelock

from vigsite.errors import Busy
from vigsite.fingerprint import identity, sha256
from vigsite.publish import could_not, make_private, parts, private_folder, sweep_parts, write_whole

LONE = "."
"""The address of a pack that is one file."""
MARKER = ".vigsite.json"
"""Beside the sites of a case: says which case they belong to, naming nobody."""

SHEET_FILES = ("choose.html", "choose.jpg")
"""What a contact sheet is made of."""
_HALF_ADDED = re.compile(r"\.\d+-[a-z0-9-]+\.new-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was built from the case, or a pack that was made of one."""

    path: str
    """Where it lies, absolute."""
    relative: str
    """Where it lies as seen from the case, for when both were moved together."""
    edition: str
    stamp: str
    """Hash over everything it was made from."""
    files: dict[str, str]
    """SHA-256 of every file, by address."""
    moments: dict[str, list[str]]
    """Who can be recognised in each moment it holds."""
    form: str = ""
    """How a pack was made, as in the register; empty for a site."""
    paper: bool = False
    """Whether it is a pack for paper only."""
    also: list[str] = field(default_factory=list)
    """What they agreed to besides the edition's own purpose: hosting."""
    guards: dict[str, str] = field(default_factory=dict)
    """Of each moment that was blurred, cropped or muted: what a person has to confirm."""
    sources: dict[str, list[str]] = field(default_factory=dict)
    """Where each moment lies in which recording, in the words of `Place`."""
    clips: bool = True
    """Whether it holds clips, not pictures alone; yes when nothing tells."""

    @property
    def what(self) -> str:
        """What messages call it."""
        return f"{self.edition} pack ({self.form})" if self.form else self.edition

    @property
    def given(self) -> bool:
        """Whether it lies where the family takes it from: it is theirs, not ours to delete."""
        return self.form == "stick"

    def is_at(self, target: Path) -> bool:
        """Whether what is there still is this: whether it holds a clip, still or page of it."""
        return any(self._held(target))

    def is_back_at(self, target: Path) -> bool:
        """Whether all its clips, stills and pages are there; another site may share some."""
        held = list(self._held(target))
        return bool(held) and all(held)

    def _held(self, target: Path) -> Iterator[bool]:
        for name, known in self.files.items():
            if name.endswith((".mp4", ".jpg", ".zip", ".sha256")) or name == LONE:
                yield (target / name).is_file() and sha256(target / name) == known


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
    def confirmations(self) -> Path:
        """What a person answered when asked to look; a line each, only ever added to."""
        return self.folder / "confirmed.jsonl"

    @property
    def swept(self) -> Path:
        """Tells up to which withdrawal all media below `.vigsite/` were deleted."""
        return self.folder / "swept.json"

    def sheets_elsewhere(self) -> list[Path]:
        """Contact sheets that were written to a place of the practitioner's choice."""
        try:
            return [Path(path) for path in json.loads(self._sheets.read_text("utf-8"))]
        except (OSError, ValueError, TypeError):
            return []

    def remember_sheet(self, sheet: Path) -> None:
        """Remembers a contact sheet outside the case, so that a withdrawal reaches it."""
        known = dict.fromkeys([*map(str, self.sheets_elsewhere()), str(sheet)])
        write_whole(self._sheets, json.dumps(list(known)))

    def forget_sheets(self) -> None:
        """Forgets those that are not there any more."""
        if self._sheets.exists():
            there = [str(sheet) for sheet in self.sheets_elsewhere() if sheet.exists()]
            write_whole(self._sheets, json.dumps(there))

    @property
    def _sheets(self) -> Path:
        return self.folder / "sheets-elsewhere.json"

    def half_written(self) -> list[Path]:
        """Files that a killed run did not finish, in `.vigsite/` and beside the case's own."""
        return [*parts(self.folder, below=True), *parts(self.case_dir)]

    def half_added(self) -> list[Path]:
        """Cycles with copies of films that a killed `vigsite add` did not finish."""
        return [path for path in self.case_dir.glob(".*") if _HALF_ADDED.fullmatch(path.name)]

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other runs away from this case. Raises Busy when one is at work.

        From then on `.vigsite/` is the owner's alone, also if a copy has made it anybody's.
        """
        make_private(self.folder)
        with locked(self.folder, f"{self.case_dir.name}: another vigsite is at work on this case."):
            yield

    def sites(self) -> list[Site]:
        """Every site that was built from the case and not taken away since.

        A case that was copied does not own the sites of the one it was copied from.
        """
        return self._sites_in(self.folder / "sites.json")

    def _sites_in(self, file: Path) -> list[Site]:
        try:
            read = json.loads(file.read_text("utf-8"))
            written_for = Path(read["case"])
            found = [Site(**entry) for entry in read["sites"]]
        except (OSError, ValueError, TypeError, KeyError):
            return []
        copied = written_for != self.case_dir and (written_for / "case.yml").is_file()
        return [] if copied else found

    def keep_sites(self, sites: list[Site]) -> None:
        """Remembers these sites instead."""
        known = {"case": str(self.case_dir), "sites": [asdict(site) for site in sites]}
        write_whole(self.folder / "sites.json", json.dumps(known, indent=1, sort_keys=True))

    def expect(self, site: Site) -> None:
        """Remembers a site that is about to be published, besides what may be there now."""
        self.keep_sites([*self.sites(), site])

    def remember(self, site: Site) -> None:
        """Remembers a site in the place of all others of the same path."""
        self.keep_sites([*(s for s in self.sites() if s.path != site.path), site])

    def forget(self, site: Site) -> None:
        """Forgets a site that was taken away, but for knowing it again if a backup restores it."""
        before = [old for old in self.taken_away() if _which(old) != _which(site)]
        gone = {"case": str(self.case_dir), "sites": [asdict(one) for one in [*before, site]]}
        write_whole(self._taken_away, json.dumps(gone, indent=1, sort_keys=True))
        self.keep_sites([other for other in self.sites() if other != site])

    def taken_away(self) -> list[Site]:
        """Sites that were there and were taken away; none of the case this one was copied from."""
        return self._sites_in(self._taken_away)

    @property
    def _taken_away(self) -> Path:
        return self.folder / "taken-away.json"

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
        """Says beside the sites whose they are: by a hash, since paths hold names."""
        sweep_parts(sites_dir)
        write_whole(sites_dir / MARKER, json.dumps({"case": _hash_of(self.case_dir)}))

    def owns(self, sites_dir: Path) -> bool | None:
        """Whether the sites in a folder belong to this case; None when nothing says."""
        try:
            marked = json.loads((sites_dir / MARKER).read_text("utf-8"))["case"]
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return marked in (_hash_of(self.case_dir), _hash_of(self._before()))

    def _before(self) -> Path:
        """Where the case was when it last built a site; where it is now if nothing tells."""
        try:
            written_for = Path(json.loads((self.folder / "sites.json").read_text("utf-8"))["case"])
        except (OSError, ValueError, TypeError, KeyError):
            return self.case_dir
        return self.case_dir if (written_for / "case.yml").is_file() else written_for

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
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]


def files_of(site: Path) -> dict[str, str]:
    """SHA-256 of every file below `site`, by address; of itself when it is a file."""
    if site.is_file():
        return {LONE: sha256(site)}
    return {
        path.relative_to(site).as_posix(): sha256(path)
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
