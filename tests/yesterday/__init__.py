"""Cases with all that was made of them, as an earlier version of vigsite left them.

Each version has an archive and a list of what a test has to know of it, written by `make.py`. What
comes out is byte for byte what that version wrote, but for what cannot be the same in another
folder, on another day: absolute paths, the markers that are hashes of such paths, and the days on
which a server lets a family in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
VERSIONS = sorted(file.name.removesuffix(".tar.xz") for file in _HERE.glob("*.tar.xz"))
"""Those that there is an archive of."""
MARKER = ".vigsite.json"
"""Beside sites and packs."""


@dataclass(frozen=True)
class Yesterday:
    """Cases and what was made of them, unpacked."""

    root: Path
    """All commands were given here.

    `cases/ash` has its sites in `sites` and `elsewhere`, packs in `packs` and on a `stick`, one in
    `killed` that was killed on the way, contact sheets, also in `sheets`, and is hosted in `web`
    (with a letter in `letters`), as `cases/oak` is. `cases/elm` has a review, and its keepsake,
    which was taken away, in a `backup`. All three have the same film.
    """
    made_on: dt.date
    """The day on which the earlier version made it."""
    until: dt.date
    """The last day of access of the hosted families, moved along with today."""
    passphrases: dict[str, str]
    """Of the hosted families, by the names of their cases."""
    addresses: dict[str, str]
    """Of the same."""
    answers: dict[str, dict[str, str]]
    """By case, then by moment: what was answered to `vigsite preview` last, `yes` or `no`."""
    handed_over: list[str]
    """The SHA-256 of each pack of `cases/ash`, as its register has them."""


def unpack(version: str, root: Path) -> Yesterday:
    """Puts what a version made into `root`, which is new, as if it had been made there."""
    told = json.loads((_HERE / f"{version}.json").read_text("utf-8"))
    root.mkdir(parents=True)
    root = root.resolve()
    with tarfile.open(_HERE / f"{version}.tar.xz") as archive:
        archive.extractall(root, filter="tar")  # keeps who may read and enter what
    made_on, today = dt.date.fromisoformat(told["made on"]), dt.date.today()
    _move(root, Path(told["made at"]))
    until = _move_days(root / "web", today - made_on)
    for record in root.glob("cases/*/record/record.json"):
        _move_record(record, until, today)
    for day in root.glob("cases/*/.vigsite/day.txt"):
        if day.read_text("utf-8").strip() > str(today):
            _rewrite(day, f"{today}\n")
    return Yesterday(
        root,
        made_on,
        until,
        told["passphrases"],
        told["addresses"],
        told["answers"],
        told["handed over"],
    )


def _move(root: Path, before: Path) -> None:
    """Writes where things lie now into all that is remembered, and into the markers."""
    old, new = (json.dumps(str(place))[1:-1] for place in (before, root))
    names = [case.name for case in (root / "cases").iterdir()]
    hashes = {_hash_of(before / "cases" / n): _hash_of(root / "cases" / n) for n in names}
    for file in root.rglob("*.json"):
        text = moved = file.read_text("utf-8")
        for was, is_now in hashes.items() if file.name == MARKER else [(old, new)]:
            moved = moved.replace(was, is_now)
        if moved != text:
            _rewrite(file, moved)


def _hash_of(case: Path) -> str:
    """What a marker said until there were random names of cases."""
    return hashlib.sha256(os.fsencode(case)).hexdigest()[:32]


def _move_days(web: Path, passed: dt.timedelta) -> dt.date:
    """Moves access so that it begins today; gives its last day."""
    days = sorted((web / "server" / "passwords").iterdir(), reverse=passed > dt.timedelta())
    for folder in days:  # from the end at which no other is in the way
        day = dt.date.fromisoformat(folder.name) + passed
        folder.rename(folder.with_name(str(day)))
    register = web / "hosting.json"
    known = json.loads(register.read_text("utf-8"))
    ends = set()
    for family in known["families"].values():
        ends.add(until := dt.date.fromisoformat(family["until"]) + passed)
        family["until"] = str(until)
    _rewrite(register, json.dumps(known, indent=1) + "\n")
    (only,) = ends
    return only


def _move_record(file: Path, until: dt.date, today: dt.date) -> None:
    """Moves the days that a case remembers: that of its last work, and the last one of access."""
    known = json.loads(file.read_text("utf-8"))
    known["day"] = min(known["day"], str(today))
    for hosted in known["hosted"]:
        hosted["until"] = str(until)
    _rewrite(file, json.dumps(known, indent=1) + "\n")


def _rewrite(file: Path, text: str) -> None:
    """Other words in the same file: its rights and its times stay."""
    seen = file.stat()
    file.write_text(text, "utf-8")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
