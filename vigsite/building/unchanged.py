"""A build that would do nothing, recognised before anything is read with care.

What a build answers depends on its inputs alone: every file of the case, the day, the wish, our
code and the libraries. A hash over them, taken before anything is read, is kept with the answer of
the last whole build; while it and the sites' own files hold, and nothing came back to a place
where sites and packs lie, that answer is given again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from pathlib import Path

from vigsite.building.request import Built, Wish
from vigsite.files.atomic import parts, write_whole
from vigsite.files.identity import identity, text_of
from vigsite.records.case_copies import cases_around, what_is_taken_back
from vigsite.records.case_folder import Records
from vigsite.records.record import files_of
from vigsite.records.site_folders import PACKS
from vigsite.records.site_marker import MARKER
from vigsite.resources import code_fingerprint, installed_libraries


def recall(given: Path, wish: Wish) -> Built | None:
    """The answer of the last build of the same; None when anything may be different."""
    directory = given.parent if given.name == "case.yml" else given
    if not (directory / "case.yml").is_file() or not (directory / ".vigsite").is_dir():
        return None
    records = Records(directory.resolve())
    with records.lock_only():
        try:
            known = json.loads(text_of(_file(records, wish)))
            began = inputs(records, wish)
            if known["inputs"] != _with_records(records, wish, began, known["gone"]):
                return None
            built = Built(known["slug"], sentences=known["sentences"], notices=known["notices"])
            for name, (path, files) in known["sites"].items():
                built.sites[name] = Path(path)
                built.unchanged.add(name)
                if not _untouched(Path(path), files):
                    return None
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return None if _left_over(records, built) else built


def keep(records: Records, wish: Wish, built: Built, began: str) -> None:
    """Remembers the answer of a whole build, for the `inputs` it began with."""
    gone = [str(records.target(site)) for site in records.taken_away()]
    known = {
        "inputs": _with_records(records, wish, began, gone),
        "gone": gone,
        "slug": built.slug,
        "sentences": built.sentences,
        "notices": built.notices,
        "sites": {name: (str(path), files_of(path)) for name, path in built.sites.items()},
    }
    write_whole(_file(records, wish), json.dumps(known))


def _file(records: Records, wish: Wish) -> Path:
    how = (wish.quality, wish.share, wish.hardware, str(wish.on), str(wish.hosting))
    asked = repr((wish.editions, str(wish.out.resolve()), str(Path.cwd()), *how))
    return records.folder / "answers" / f"{hashlib.sha256(asked.encode()).hexdigest()[:16]}.json"


def inputs(records: Records, wish: Wish) -> str:
    """Hash over all that a build is made from: the case, the day, our code and the libraries."""
    total = hashlib.sha256()

    def take(*parts: str) -> None:
        total.update("\0".join(parts).encode("utf-8", "surrogateescape") + b"\0\0")

    take(code_fingerprint(), installed_libraries(), str(wish.today or dt.date.today()))
    named = os.environ.get("VIGSITE_FFMPEG", "")
    found = shutil.which(named) if named else None
    take(named, identity(Path(found)) if found else "")
    half = parts(records.case_dir)
    for place, folders, names in os.walk(records.case_dir):
        folders[:] = sorted(f for f in folders if f not in (".vigsite", "record"))
        for name in sorted(folders + names):
            if (path := Path(place, name)) in half:
                continue
            seen = path.lstat()
            take(str(path), f"{seen.st_mode}:{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}")
            if path.suffix == ".yml" and path.is_file():
                total.update(hashlib.sha256(path.read_bytes()).digest())
            elif path.is_file():
                take(identity(path))
    return total.hexdigest()


def _with_records(records: Records, wish: Wish, made_from: str, gone: list[str]) -> str:
    """Hash over the inputs, what is remembered, and what lies where sites and packs lie.

    `gone` are places of what was taken away, where a backup may bring something back. The cases
    around this one count by their names and by what was taken back in them: one of them may be a
    copy of it.
    """
    total = hashlib.sha256(made_from.encode())
    remembering = (*records.folder.glob("*.yml"), *records.folder.glob("*.json*"))
    built = [parent.resolve() / records.case_dir.name for parent in (wish.out, Path(PACKS))]
    markers = (folder / MARKER for folder in built)
    for known in (records.record_file.path, *sorted(remembering), *markers):
        total.update(known.read_bytes() if known.is_file() else b"")
    for other in cases_around(records.case_dir):
        total.update(os.fsencode(other))
        total.update(what_is_taken_back(other))
    for folder in (*built, records.case_dir.parent):
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        total.update(repr(names).encode("utf-8", "surrogateescape"))
    total.update(repr(sorted(filter(os.path.lexists, gone))).encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _untouched(site: Path, files: dict[str, str]) -> bool:
    return site.is_dir() and not site.is_symlink() and files_of(site) == files


def _left_over(records: Records, built: Built) -> bool:
    """Whether a run that was killed left anything for a real build to clean up."""
    if records.scratch.is_dir() and any(records.scratch.iterdir()):
        return True
    if records.half_written():
        return True
    places = {site.parent for site in built.sites.values()}
    hidden = [f.name for place in places for f in place.iterdir() if f.name.startswith(".")]
    return any(name != MARKER for name in hidden)
