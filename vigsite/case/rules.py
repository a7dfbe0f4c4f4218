"""The rules between the fields of a case: names that must be known, times that must lie inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vigsite.case.case import Cycle
from vigsite.case.case_file import CaseFile, Consent, Film
from vigsite.case.cycle_file import Between, CycleFile, MomentEntry
from vigsite.case.faults import KeyPath, Report, Source
from vigsite.case.framework import Framework
from vigsite.case.starter_files import EXAMPLE_CAPTION, EXAMPLE_SAID
from vigsite.case.timecode import Span, format_time
from vigsite.case.validate import did_you_mean
from vigsite.language.name_matching import fold


class Named(NamedTuple):
    """What case.yml names, faulty entries included; None where that cannot be told."""

    people: list[str] | None
    goals: list[str] | None


def check_case(written: CaseFile, framework: Framework, source: Source, report: Report) -> None:
    """Faults between the fields of case.yml."""
    people = written.family.people
    for name, person in people.items():
        _known(person.role, framework.roles, ("family", "people", name, "role"), source, report)
    first: dict[str, str] = {}
    for name, person in people.items():
        if (same := first.setdefault(fold(person.called), name)) != name:
            message = f"is {person.called!r}, as {same} is called; give each their own name"
            report.fault(source, ("family", "people", name, "called"), message)
    for number, line in enumerate(written.consent):
        here: KeyPath = ("consent", number)
        _known(line.person, people, (*here, "person"), source, report)
        whose = people.get(line.person)
        if line.by is None and line.given and whose and whose.role in ("child", "baby"):
            message = f"has no `by`: write who agreed for {whose.called}"
            report.notice(source, here, message)
        if line.given is None and line.withdrawn is None:
            report.fault(source, here, "has neither `given` nor `withdrawn`; add the date")
        if line.until and not line.given:
            report.fault(source, here, "has `until` but not `given`; add the first day")
        if line.given and line.until and line.until < line.given:
            message = f"ends on {line.until}, before it is given on {line.given}"
            report.fault(source, (*here, "until"), message)
        if line.withdrawn and (late := _given_only_after(line, written.consent)):
            message = (
                f"found {line.withdrawn}, before anything was agreed ({late}), so it would end "
                "nothing; expected the day on which they took it back. Is the year right?"
            )
            report.fault(source, (*here, "withdrawn"), message)


def _given_only_after(ended: Consent, lines: Sequence[Consent]) -> dt.date | None:
    """Return the first day of what a withdrawal was meant to end, if it comes before all of it."""
    given = [
        line.given
        for line in lines
        if line.given and line.person == ended.person and set(line.purposes) & set(ended.purposes)
    ]
    first = min(given, default=None)
    return first if first and ended.withdrawn and ended.withdrawn < first else None


def check_cycle(
    cycle: CycleFile,
    case: CaseFile | None,
    named: Named,
    framework: Framework | None,
    source: Source,
    report: Report,
) -> None:
    """Faults between the fields of one cycle.yml, and between them and case.yml."""
    _check_names(cycle, named, source, report)
    if case is not None:
        _check_limits(cycle, case, source, report)
    first_at: dict[str, int] = {}
    for number, moment in enumerate(cycle.moments):
        here: KeyPath = ("moments", number)
        if moment.id in first_at:
            message = f"is {moment.id!r} again; give each moment of a cycle its own name"
            report.fault(source, (*here, "id"), message)
        first_at.setdefault(moment.id, number)
        _check_recording_choice(moment, cycle, here, source, report)
        _check_moment(moment, here, source, report)
        _check_examples(moment, here, source, report)
        if framework is not None:
            for position, principle in enumerate(moment.analysis.principles):
                where = (*here, "analysis", "principles", position)
                _known(principle, framework.principle_ids, where, source, report)


def check_film(film: Film, cycles: Sequence[Cycle], source: Source, report: Report) -> None:
    """Faults of the film's wishes: moments that no cycle has, or that are named twice."""
    faulty = {fault.file.parent.name for fault in report.faults}
    names = [f"{cycle.folder}/{moment.id}" for cycle in cycles for moment in cycle.written.moments]
    for key, wished in (("order", film.order or []), ("leave_out", film.leave_out or [])):
        for position, name in enumerate(wished):
            if name.partition("/")[0] in faulty:
                continue  # the moment may just be mistyped there
            _known(name, names, ("film", key, position), source, report)
            if name in wished[:position]:
                message = f"is {name!r} again; name each moment once"
                report.fault(source, ("film", key, position), message)


def _known(
    name: str, known: Iterable[str] | None, path: KeyPath, source: Source, report: Report
) -> None:
    names = list(known or ())
    if known is None or name in names:
        return
    guess = did_you_mean(name, names)
    some = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    expected = guess or (f"expected one of {some}" if names else "none is set in case.yml")
    report.fault(source, path, f"found {name!r}; {expected}")


def _check_names(cycle: CycleFile, named: Named, source: Source, report: Report) -> None:
    people, goals = named.people, named.goals
    for key, recording in cycle.recordings.items():
        for position, person in enumerate(recording.shows or ()):
            _known(person, people, ("recordings", key, "shows", position), source, report)
    for number, moment in enumerate(cycle.moments):
        for position, person in enumerate(moment.shows or ()):
            _known(person, people, ("moments", number, "shows", position), source, report)
        for position, goal in enumerate(moment.goals):
            _known(goal, goals, ("moments", number, "goals", position), source, report)
    if cycle.review is not None:
        for goal in cycle.review.ratings:
            _known(goal, goals, ("review", "ratings", goal), source, report)
        for goal, outcome in cycle.review.goals.items():
            here: KeyPath = ("review", "goals", goal)
            _known(goal, goals, here, source, report)
            chosen = [outcome.now is not None, bool(outcome.met), bool(outcome.dropped)]
            if sum(chosen) != 1:
                message = "says what became of it in more or less than one way; "
                report.fault(source, here, message + "use one of now, met or dropped")
        if cycle.review.held < cycle.filmed:
            message = f"is {cycle.review.held}, before the film of {cycle.filmed}"
            report.fault(source, ("review", "held"), message)


def _check_limits(cycle: CycleFile, case: CaseFile, source: Source, report: Report) -> None:
    clips = [moment for moment in cycle.moments if moment.clip]
    if len(clips) > case.limits.clips_per_cycle:
        message = (
            f"holds {len(clips)} clips; a shared review rarely needs more than "
            f"{case.limits.clips_per_cycle}"
        )
        report.notice(source, ("moments",), message)
    for number, moment in enumerate(cycle.moments):
        if moment.clip and moment.clip.length_ms < 1000:
            message = f"lasts {format_time(moment.clip.length_ms)}, under a second; is it meant?"
            report.notice(source, ("moments", number, "clip"), message)
        if moment.clip and moment.clip.length_ms > case.limits.clip_seconds:
            message = (
                f"lasts {format_time(moment.clip.length_ms)}; clips of up to "
                f"{format_time(case.limits.clip_seconds)} work best"
            )
            report.notice(source, ("moments", number, "clip"), message)


def _check_recording_choice(
    moment: MomentEntry, cycle: CycleFile, here: KeyPath, source: Source, report: Report
) -> None:
    if moment.of is not None:
        _known(moment.of, cycle.recordings, (*here, "of"), source, report)
    of = cycle.recordings.get(cycle.recording_of(moment) or "")
    if (
        of is not None
        and of.of
        and moment.only_in
        and not any(e.for_colleagues for e in moment.only_in)
    ):
        message = "leaves nothing: a filmed shared review is for supervision only"
        report.fault(source, (*here, "only_in"), message)
    if moment.of is None and cycle.recording_of(moment) is None:
        names = ", ".join(cycle.recordings)
        message = f"does not say which recording it is `of`; expected one of {names}"
        report.fault(source, here, message)


def _check_moment(moment: MomentEntry, here: KeyPath, source: Source, report: Report) -> None:
    if moment.agreed_again and moment.agreed_again > dt.date.today():
        message = f"is {moment.agreed_again}, still to come; write it once they have agreed"
        report.fault(source, (*here, "agreed_again"), message)
    kinds = [kind for kind in ("clip", "still", "stills") if getattr(moment, kind) is not None]
    if len(kinds) != 1:
        found = " and ".join(kinds) if kinds else "none of them"
        report.fault(source, here, f"has {found}; expected exactly one of clip, still, stills")
        return
    if moment.clip is None:
        for key in ("stop_at", "mute", "captions", "slow"):
            if getattr(moment, key):
                report.fault(source, (*here, key), "is for clips only; take it out of this still")
        for number, blur in enumerate(moment.blur):
            if blur.start > blur.end:
                report.fault(source, (*here, "blur", number), "ends before it starts")
        return
    _check_inside(moment, moment.clip, here, source, report)


def _check_examples(moment: MomentEntry, here: KeyPath, source: Source, report: Report) -> None:
    """What `vigsite add` wrote as an example would be read by the family as their own."""
    message = "still holds the example's words; write your own, or take the line away"
    if moment.caption == EXAMPLE_CAPTION:
        report.fault(source, (*here, "caption"), message)
    for position, said in enumerate(moment.parent_said):
        if said == EXAMPLE_SAID:
            report.fault(source, (*here, "parent_said", position), message)


def _check_inside(
    moment: MomentEntry, clip: Span, here: KeyPath, source: Source, report: Report
) -> None:
    within = f"lies outside the clip, {format_time(clip.start_ms)} - {format_time(clip.end_ms)}"
    for number, time in enumerate(moment.stop_at):
        if not clip.start_ms <= time < clip.end_ms:
            report.fault(source, (*here, "stop_at", number), f"at {format_time(time)} {within}")
    spans: dict[str, Sequence[Between]] = {"blur": moment.blur, "captions": moment.captions}
    if isinstance(moment.mute, list):
        spans["mute"] = moment.mute
    for key, stretches in spans.items():
        for number, stretch in enumerate(stretches):
            place = (*here, key, number)
            if stretch.start >= stretch.end:
                message = "ends before it starts; swap `from` and `to`"
                report.fault(source, place, message)
            elif not clip.holds(Span(stretch.start, stretch.end)):
                ends = f"from {format_time(stretch.start)} to {format_time(stretch.end)}"
                report.fault(source, place, f"{ends} {within}")
