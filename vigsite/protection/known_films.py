"""Films that were replaced since their moments were marked: the times may mean other pictures."""

from __future__ import annotations

from vigsite.case.case import Case
from vigsite.case.faults import Report
from vigsite.media.plan import Plan
from vigsite.records.record import Record


def notice_replaced(case: Case, plan: Plan, record: Record, report: Report) -> None:
    """A notice for each recording that is another film than its moments were last built from."""
    known: dict[str, set[str]] = {}
    for one in record.moments:
        known.setdefault(one.name, set()).add(one.at.recording)
    for cycle in case.cycles:
        for name, recording in cycle.written.recordings.items():
            film = case.directory / cycle.folder / recording.file
            other = [
                planned.moment.written.id
                for planned in plan.moments.values()
                if planned.moment.recording == film
                and planned.recording not in known.get(planned.moment.name, {planned.recording})
            ]
            if other:
                message = (
                    f"is {recording.file!r}, another film than when this case was last built; look "
                    f"whether the times still fit of {', '.join(other)}"
                )
                report.notice(cycle.source, ("recordings", name, "file"), message)
