"""Whether the record of a case is gone, as what else lies in and around the case tells.

Reads only. A case without record and without any of these signs is a new one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from vigsite.files.identity import opened
from vigsite.records.record_file import DISPOSABLE, FOLDER, read_record, record_file
from vigsite.records.site_marker import MARKER
from vigsite.terminal.quoting import in_shell

_HAND_OVERS = "handovers.yml"
"""The file of a case that lists its packs; `case/load.py` reads it."""


def is_gone(case_dir: Path) -> bool:
    """Return whether nobody knows what was built of a case before. Raises StateFault."""
    record = read_record(case_dir)
    return bool(record.unknown_before) if record else signs_of_earlier_work(case_dir)


def signs_of_earlier_work(case_dir: Path) -> bool:
    """Return whether something but the record tells that a case was worked on before."""
    kept = (case_dir / DISPOSABLE / name for name in ("answers", "cache", "film"))
    beside = (path for path in _inside(case_dir / FOLDER) if path.name != "record.json")
    return (
        any(_inside(folder) for folder in kept)
        or any(beside)
        or _lists_packs(case_dir / _HAND_OVERS)
        or any(os.path.lexists(place / MARKER) for place in usual_places(case_dir))
    )


def what_is_unknown(case_dir: Path) -> str:
    """Say that the record is gone, where to look, and what to do then."""
    return (
        f"{record_file(case_dir).path} is gone or was begun anew, so nobody knows which sites, "
        "packs and contact sheets of this case lie elsewhere. Bring the folder record/ back "
        "from a backup. If there is none, look for them yourself: in every folder that was "
        f"ever named with --out, folders named {case_dir.name}, sticks, the folder of a server, "
        f"and what {_HAND_OVERS} lists. Delete what may not stay, then run "
        f"`vigsite record {in_shell(case_dir)} --looked`."
    )


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _lists_packs(register: Path) -> bool:
    try:
        with opened(register) as file:
            return b"sha256:" in file.read()
    except FileNotFoundError:
        return False
    except OSError:  # it is there, and nobody can say what it has
        return True


def usual_places(case_dir: Path) -> Iterator[Path]:
    """Yield where sites and packs of a case of this name lie, unless another place is named."""
    for around in (Path.cwd(), case_dir.parent.parent):
        for name in ("sites", "packs"):
            yield around / name / case_dir.name
