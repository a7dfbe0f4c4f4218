"""The file `record/record.json` of a case, and what is remembered in it and in those before it."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from vigsite.files.identity import identity, text_of
from vigsite.files.state_file import StateFile
from vigsite.records.earlier_record import earlier_record, with_covers, with_earlier
from vigsite.records.record import VERSION, Record

FOLDER = "record"
"""Below the case: what cannot be made again."""
DISPOSABLE = ".vigsite"
"""Below the case: what can be made again."""
_REMEDY = (
    "It tells what was built of this case and where, and what a person confirmed. Bring it back "
    "from your newest backup. If there is none, look for sites and packs of this family yourself, "
    "then run `vigsite record CASE --looked`."
)


def record_file(case_dir: Path) -> StateFile[Record]:
    """Return the one file that remembers."""
    return StateFile(case_dir / FOLDER / "record.json", Record, VERSION, _REMEDY, whole_since=2)


def read_record(case_dir: Path) -> Record | None:
    """Return what is remembered of a case, also in files of before `record/`; None if nothing is.

    Raises StateFault when one of the files cannot be used.
    """
    known, earlier = record_file(case_dir).read(), earlier_record(case_dir / DISPOSABLE)
    found = with_earlier(known, earlier) if known and earlier else known or earlier
    return with_covers(found) if found else None


def id_in(case_dir: Path) -> str:
    """Return the id of the case in a folder; empty when it has none or it cannot be read."""
    file = record_file(case_dir).path
    try:
        return _id_in(file, identity(file))
    except OSError:
        return ""


@functools.lru_cache(maxsize=4096)
def _id_in(file: Path, _as_it_is: str) -> str:
    """Return the id in a record; asked once for each state of the file."""
    try:
        found = json.loads(text_of(file))["id"]
    except (OSError, ValueError, TypeError, KeyError):
        return ""
    return found if isinstance(found, str) else ""
