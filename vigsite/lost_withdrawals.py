"""Whether a case came back from a backup that is older than something withdrawn from it.

The marker beside its sites and packs tells what was withdrawn when they were last seen to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from vigsite.case.withdrawn import marks_of
from vigsite.errors import VigsiteError
from vigsite.gone_record import usual_places
from vigsite.records import Records
from vigsite.site_marker import MARKER, withdrawals_in_marker, write_marker


def lost_withdrawals(records: Records, targets: Iterable[Path] = ()) -> list[str]:
    """Return a sentence for each folder of sites or packs that knows a withdrawal the case lacks.

    `targets` are places besides those that the record knows.
    """
    return [
        f"{folder / MARKER} knows a withdrawal that withdrawn.yml does not have, as after an older "
        "backup of the case. Bring the newer withdrawn.yml or record/ back. If there is none, "
        "withdraw again what was taken back, then say so: vigsite record "
        f"{records.case_dir} --looked"
        for folder in _with_lost_lines(records, targets)
    ]


def refuse_lost_withdrawals(records: Records, targets: Iterable[Path]) -> None:
    """Raise VigsiteError when something withdrawn from the case would be shown again."""
    if lost := lost_withdrawals(records, targets):
        raise VigsiteError(f"{records.case_dir.name}: {lost[0]}")


def mark_withdrawals(records: Records, targets: Iterable[Path]) -> None:
    """Write into every marker in reach what is withdrawn from the case now."""
    for folder in _places(records, targets):
        if records.owns(folder):
            records.mark(folder)


def forget_lost_withdrawals(records: Records) -> None:
    """Let what withdrawn.yml has now count: a person has seen to the rest."""
    case_id = records.known().id
    for folder in _with_lost_lines(records, ()):
        write_marker(folder, case_id, marks_of(records.case_dir, case_id))


def _with_lost_lines(records: Records, targets: Iterable[Path]) -> Iterator[Path]:
    case_id = records.known().id
    known = set(marks_of(records.case_dir, case_id)) if case_id else set()
    for folder in _places(records, targets) if case_id else ():
        if not known.issuperset(withdrawals_in_marker(folder, case_id)):
            yield folder


def _places(records: Records, targets: Iterable[Path]) -> Iterable[Path]:
    """Return the folders in which sites and packs of the case lie, but for those of servers."""
    built = (site for site in (*records.sites(), *records.taken_away()) if not site.also)
    around = (target.parent for target in (*map(records.target, built), *targets))
    return dict.fromkeys((*around, *usual_places(records.case_dir)))
