"""What a person has confirmed by eye and ear: covers, crops and muted stretches, doubtful times,
one by one, and sentences that may name somebody.

No program sees whether the right face lies below a box, nor whether a sentence with Will in it
names him. So `vigsite preview` shows each and asks; packing and hosting refuse what nobody has
confirmed. An answer counts for exactly what was shown: another box, crop, mute, mark, recording or
sentence asks again, and so does a box that is gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vigsite.errors import VigsiteError
from vigsite.protection.known_moments import ToConfirm
from vigsite.records.case_folder import Records
from vigsite.records.record import Answer, KnownMoment
from vigsite.terminal.quoting import in_shell

_MOST = 10
"""Sentences that a build quotes."""
_APART = ",\n  "
Known = Mapping[str, Sequence[Answer]]
"""The answers to each guard (`ToConfirm.guard`), oldest first; several moments may share one."""


def answers(records: Records) -> Known:
    """Return what was answered, by guard."""
    found: dict[str, list[Answer]] = {}
    for answer in records.known().answers:
        found.setdefault(answer.guard, []).append(answer)
    return found


def keep_answer(records: Records, moment: str, asked: ToConfirm, *, yes: bool, on: dt.date) -> None:
    """Add an answer; those before it stay. The caller holds the lock of the case.

    Whoever looked at what vanished has looked at the covers that are left as well.
    """
    all_of_it = (*sorted(asked.others), asked.guard, asked.covers)
    guards = dict.fromkeys(guard for guard in all_of_it if guard)
    new = [Answer(guard, moment, yes, on, asked.state) for guard in guards]
    record = records.known()
    records.change(
        answers=[*record.answers, *new],
        moments=_answered(record.moments, moment, asked, yes=yes),
        protections=record.protections + 1,
    )


def keep_who_was_not_recognised(
    records: Records, asked: Iterable[Mapping[str, ToConfirm]]
) -> frozenset[str]:
    """Remember in which moments a person did not recognise whom they were asked about.

    Also of answers of before that was remembered. Returns these moments. The caller holds the lock.
    """
    before = moments = records.known().moments
    settled: frozenset[str] = frozenset()
    for of_edition in asked:
        for name in (found := not_recognised_in(records, of_edition)):
            moments = _answered(moments, name, of_edition[name], yes=True)
        settled |= found
    if moments != before:
        records.change(moments=moments)
    return settled


def not_recognised_in(records: Records, asked: Mapping[str, ToConfirm]) -> frozenset[str]:
    """Return the moments in which a person did not recognise whom they were asked about."""
    known = answers(records)
    return frozenset(n for n, one in asked.items() if one.unnamed and is_confirmed(known, n, one))


def _answered(
    moments: list[KnownMoment], name: str, asked: ToConfirm, *, yes: bool
) -> list[KnownMoment]:
    """Return what is known of moments, with the answer on who was named in one of them before."""

    def after(one: KnownMoment) -> KnownMoment:
        if one.name != name or one.at != asked.at or not asked.unnamed:
            return one
        others = set(one.not_recognised) - asked.unnamed
        return replace(one, not_recognised=sorted(others | asked.unnamed if yes else others))

    return list(map(after, moments))


def refuse_unconfirmed(records: Records, asked: Mapping[str, ToConfirm]) -> None:
    """Raise VigsiteError when nobody confirmed something that is about to leave the house."""
    if sentences := _sentences(records, asked):
        listed = "\n  ".join(sentences)
        raise VigsiteError(f"Nothing was handed out, because of this:\n  {listed}")


def waiting(
    records: Records, asked: Mapping[str, ToConfirm], most: int | None = _MOST
) -> list[str]:
    """Return sentences on how many moments and sentences wait; none when none does.

    The first `most` sentences are quoted, all with None.
    """
    known, case = answers(records), in_shell(records.case_dir)
    left = {name: one for name, one in asked.items() if not is_confirmed(known, name, one)}
    moments = [one for one in left.values() if not one.may_name]
    sentences = {name: one for name, one in left.items() if one.may_name}
    found = []
    if moments:
        verb = "moment waits" if len(moments) == 1 else "moments wait"
        vanished = sum(bool(one.vanished) for one in moments)
        doubtful = sum(bool(one.doubtful) for one in moments)
        why = [f"{vanished} of them lost a protection that they had"] if vanished else []
        why += [f"of {doubtful} a time may be meant otherwise"] if doubtful else []
        lost = f" ({'; '.join(why)})" if why else ""
        found.append(
            f"{len(moments)} {verb} for a look before anything is packed or hosted{lost}: "
            f"`vigsite preview {case}` shows what was blurred, cropped or muted"
            + (", and what is doubtful" if doubtful else "")
        )
    if sentences:
        verb = "sentence waits" if len(sentences) == 1 else "sentences wait"
        listed = [f"{name!r}{one.where} may name {one.may_name}" for name, one in sentences.items()]
        if most is not None and len(listed) > most:
            more = f"and {len(listed) - most} more, which `vigsite check {case}` lists"
            listed[most:] = [more]
        found.append(
            f"{len(sentences)} {verb} for your yes before anything is packed or hosted: "
            f"{_APART.join(listed)} (never_show); `vigsite preview {case}` asks"
        )
    return found


def _sentences(records: Records, asked: Mapping[str, ToConfirm]) -> list[str]:
    known, found = answers(records), []
    case = in_shell(records.case_dir)
    for name, one in asked.items():
        if is_confirmed(known, name, one):
            continue
        answer = next(reversed(known.get(one.guard, ())), None)
        if one.may_name:
            may = f"{name!r}{one.where} may name {one.may_name} (never_show)"
            found.append(
                f"{may}: on {answer.on} somebody said that it does; write it another way"
                if answer
                else f"{may}, and nobody has said that it does not; write it another way, or run "
                f"`vigsite preview {case}`"
            )
        elif answer and not answer.yes:
            cycle = name.partition("/")[0]
            found.append(
                f"{name}: on {answer.on} somebody looked and said it is not right; "
                f"change it in {cycle}/cycle.yml"
            )
        elif one.doubtful and not one.vanished:
            cycle = name.partition("/")[0]
            found.append(
                f"{name}: {one.doubtful}, and nobody has looked at it as it is now; write the time "
                f"you mean in {cycle}/cycle.yml, or run `vigsite preview {case}`"
            )
        elif one.vanished:
            found.append(
                f"{name}: {one.vanished}, and nobody has looked at it as it is now; put that back "
                f"into the notes, or run `vigsite preview {case}`"
            )
        else:
            found.append(
                f"{name} was blurred, cropped or muted, and nobody has looked at it as it is now; "
                f"run `vigsite preview {case}`"
            )
    return found


def is_confirmed(known: Known, name: str, asked: ToConfirm) -> bool:
    """Return whether a person looked at exactly this and said yes.

    To something that lost a protection a yes counts until the protections of the moment (`name`)
    are seen to change: whoever put one back meant it to stay. Another moment that shows the very
    same may have been answered since, in a state of its own.
    """
    for guard in (asked.guard, *asked.others):
        given = known.get(guard, ())
        if not given or not given[-1].yes:
            return False
        own = [answer for answer in given if answer.moment == name][-1:] or given
        if asked.vanished and all(answer.state != asked.state for answer in own):
            return False
    return True
