"""The file beside the sites and packs of a case that says which case they belong to.

It holds the case's id, which names nobody. Before cases had ids it held a hash of the case's path.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from vigsite.errors import VigsiteError
from vigsite.files.atomic import sweep_parts
from vigsite.files.identity import text_of
from vigsite.files.state_file import StateFault, StateFile
from vigsite.records.record import Record

MARKER = ".vigsite.json"
"""Its name."""


class Owner(StrEnum):
    """Whose the sites in a folder are."""

    OURS = "this case"
    ANOTHER = "another case"
    NOBODY = "no marker"
    UNKNOWN = "a marker that cannot be read, or that another case may have left"


@dataclass(frozen=True, slots=True)
class _Marker:
    """What the file holds."""

    id: str
    withdrawals: list[str] = field(default_factory=list)
    """A mark for each withdrawal that was known when this was written; never on a server."""
    protections: int = 0
    """How often what protects the moments had changed; never on a server."""


def write_marker(
    sites_dir: Path, case_id: str, withdrawals: Iterable[str] = (), protections: int = 0
) -> None:
    """Write beside sites to which case they belong, and what was withdrawn. Raises VigsiteError."""
    sweep_parts(sites_dir)
    before = protections_in_marker(sites_dir, case_id)
    _marker(sites_dir).write(_Marker(case_id, list(withdrawals), max(before, protections)))


def id_in_marker(sites_dir: Path) -> str:
    """Return the id in a marker; empty when there is none or it cannot be read."""
    found = _read(sites_dir)
    return found.id if found else ""


def withdrawals_in_marker(sites_dir: Path, case_id: str) -> list[str]:
    """Return the marks of withdrawals in a marker; none when it is not of this case."""
    found = _read(sites_dir)
    return found.withdrawals if found and found.id == case_id else []


def protections_in_marker(sites_dir: Path, case_id: str) -> int:
    """Return how often the protections had changed; 0 when the marker is not of this case."""
    found = _read(sites_dir)
    return found.protections if found and found.id == case_id else 0


def _read(sites_dir: Path) -> _Marker | None:
    try:
        return _marker(sites_dir).read()
    except VigsiteError:
        return None


def owner_of(sites_dir: Path, record: Record, case_dir: Path) -> Owner:
    """Return whose the sites in a folder are, as the case with that record sees it."""
    if not os.path.lexists(sites_dir / MARKER):
        return Owner.NOBODY
    try:
        found = _marker(sites_dir).read()
    except StateFault:
        return _owner_before_ids(sites_dir, record, case_dir)
    return Owner.OURS if record.id and found and found.id == record.id else Owner.ANOTHER


def _owner_before_ids(sites_dir: Path, record: Record, case_dir: Path) -> Owner:
    """Return whose a marker of before ids is: by the case's path and by what lies there.

    Our path alone tells nothing, since another family's case may have lain there.
    """
    try:
        marked = json.loads(text_of(sites_dir / MARKER))["case"]
    except (OSError, ValueError, TypeError, KeyError):
        return Owner.UNKNOWN
    if marked not in (_hash_of(case_dir), _hash_of(Path(record.case))):
        return Owner.ANOTHER if isinstance(marked, str) else Owner.UNKNOWN
    targets = ((site, site.target(case_dir)) for site in record.sites)
    known = any(site.is_at(target) for site, target in targets if target.parent == sites_dir)
    return Owner.OURS if known else Owner.UNKNOWN


def _marker(sites_dir: Path) -> StateFile[_Marker]:
    remedy = "It says which case the sites beside it belong to; delete that folder if it may go."
    return StateFile(sites_dir / MARKER, _Marker, 1, remedy)


def _hash_of(path: Path) -> str:
    """Return how markers named a case before it had an id."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]
