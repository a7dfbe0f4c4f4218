"""Whether a case came back from a backup that is older than a withdrawal or a cover.

The marker beside its sites and packs tells what was known when they were last seen to. For a
server it lies beside the register, which stays here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from vigsite.case.withdrawn import marks_of
from vigsite.errors import VigsiteError
from vigsite.files.atomic import private_folder
from vigsite.hosting.folder import KNOWN, Tree
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import usual_places
from vigsite.records.site_marker import (
    MARKER,
    protections_in_marker,
    withdrawals_in_marker,
    write_marker,
)
from vigsite.terminal.quoting import in_shell


def lost_withdrawals(records: Records, targets: Iterable[Path] = ()) -> list[str]:
    """Return a sentence for each folder of sites or packs that knows a withdrawal the case lacks.

    `targets` are places besides those that the record knows.
    """
    return [
        f"{folder / MARKER} knows a withdrawal that withdrawn.yml does not have, as after an older "
        "backup of the case. Bring the newer withdrawn.yml or record/ back. If there is none, "
        "withdraw again what was taken back, then say so: vigsite record "
        f"{in_shell(records.case_dir)} --looked"
        for folder in _with_lost_lines(records, targets)
    ]


def refuse_lost_withdrawals(records: Records, targets: Iterable[Path]) -> None:
    """Raise VigsiteError when something withdrawn from the case would be shown again."""
    if lost := lost_withdrawals(records, targets):
        raise VigsiteError(f"{records.case_dir.name}: {lost[0]}")


def mark_withdrawals(records: Records, targets: Iterable[Path]) -> None:
    """Write beside all sites and packs in reach what is withdrawn from the case now."""
    for folder in _places(records, targets):
        kept_for_a_server = folder.parent.parent.is_dir() and folder.parent.name == KNOWN
        if kept_for_a_server or records.owns(folder):
            records.mark(private_folder(folder))


def forget_lost_withdrawals(records: Records) -> None:
    """Let what withdrawn.yml has now count: a person has seen to the rest."""
    case_id = records.known().id
    for folder in _with_lost_lines(records, ()):
        write_marker(folder, case_id, marks_of(records.case_dir, case_id) or ())


def newest_protections(records: Records, targets: Iterable[Path] = ()) -> int:
    """Return how often the protections of a case had changed, as any marker of it tells."""
    case_id = records.known().id
    return max(
        (protections_in_marker(one, case_id) for one in _places(records, targets)), default=0
    )


def older_record(records: Records, targets: Iterable[Path] = ()) -> str:
    """Say that the record is older than what lies beside its sites and packs; empty if it is not.

    Covers, answers and ends of access since are not in it.
    """
    record = records.known()
    if newest_protections(records, targets) <= record.protections:
        return ""
    return (
        f"{records.case_dir.name}: record/ is older than what lies beside its sites and packs, so "
        "nobody knows what was covered since, or whose access was ended. Bring the newer record/ "
        f"back. If there is none: vigsite build {in_shell(records.case_dir)}, look at every "
        "moment (vigsite preview), and give a hosted family a new passphrase (vigsite host … "
        "--rotate)"
    )


def _with_lost_lines(records: Records, targets: Iterable[Path]) -> Iterator[Path]:
    case_id = records.known().id
    known = marks_of(records.case_dir, case_id)
    for folder in _places(records, targets) if case_id and known is not None else ():
        if not set(withdrawals_in_marker(folder, case_id)).issubset(known or ()):
            yield folder


def _places(records: Records, targets: Iterable[Path]) -> Iterable[Path]:
    """Return the folders of the markers: beside sites and packs, for a server beside its register.

    As far as anything tells where they are.
    """
    case_id = records.known().id
    built = (records.target(site) for site in (*records.sites(), *records.taken_away()))
    found = []
    for target in (*built, *targets):
        around = Tree.around(target)
        found.append(around[0].known(case_id) if around else target.parent)
    return dict.fromkeys((*found, *usual_places(records.case_dir)))
