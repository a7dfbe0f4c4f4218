"""What a person has confirmed by eye and ear: covers, crops and muted stretches, doubtful times,
one by one, and sentences that may name somebody.

No program sees whether the right face lies below a box, nor whether a sentence that begins with
Will names him. So `vigsite preview` shows each and asks; packing and hosting refuse what nobody has
confirmed. An answer counts for exactly what was shown: another box, crop, mute, mark, recording or
sentence asks again, and so does a box that is gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from vigsite.errors import VigsiteError
from vigsite.known_moments import ToConfirm
from vigsite.record import Answer
from vigsite.records import Records
from vigsite.shell import in_shell


def answers(records: Records) -> dict[str, Answer]:
    """Return the last answer to each guard (`ToConfirm.guard`)."""
    return {answer.guard: answer for answer in records.known().answers}


def keep_answer(records: Records, moment: str, asked: ToConfirm, *, yes: bool, on: dt.date) -> None:
    """Add an answer; those before it stay. The caller holds the lock of the case.

    Whoever looked at what vanished has looked at the covers that are left as well.
    """
    guards = dict.fromkeys(guard for guard in (asked.guard, asked.covers) if guard)
    new = [Answer(guard, moment, yes, on) for guard in guards]
    records.change(answers=[*records.known().answers, *new])


def refuse_unconfirmed(records: Records, asked: Mapping[str, ToConfirm]) -> None:
    """Raise VigsiteError when nobody confirmed something that is about to leave the house."""
    if sentences := _sentences(records, asked):
        listed = "\n  ".join(sentences)
        raise VigsiteError(f"Nothing was handed out, because of this:\n  {listed}")


def waiting(records: Records, asked: Mapping[str, ToConfirm]) -> list[str]:
    """Return sentences on how many moments and sentences wait; none when none does."""
    known, case = answers(records), in_shell(records.case_dir)
    left = {name: one for name, one in asked.items() if not is_confirmed(known, one)}
    moments = [one for one in left.values() if not one.may_name]
    sentences = {name: one.may_name for name, one in left.items() if one.may_name}
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
        listed = ", ".join(f"{name!r} may name {one}" for name, one in [*sentences.items()][:3])
        found.append(
            f"{len(sentences)} {verb} for your yes before anything is packed or hosted: {listed}"
            f"{', …' if len(sentences) > 3 else ''} (never_show); `vigsite preview {case}` asks"
        )
    return found


def _sentences(records: Records, asked: Mapping[str, ToConfirm]) -> list[str]:
    known, found = answers(records), []
    case = in_shell(records.case_dir)
    for name, one in asked.items():
        if is_confirmed(known, one):
            continue
        answer = known.get(one.guard)
        if one.may_name:
            found.append(
                f"{name!r} may name {one.may_name} (never_show): on {answer.on} somebody said that "
                "it does; write it another way"
                if answer
                else f"{name!r} may name {one.may_name} (never_show), and nobody has said that it "
                f"does not; write it another way, or run `vigsite preview {case}`"
            )
        elif answer:
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


def is_confirmed(known: Mapping[str, Answer], asked: ToConfirm) -> bool:
    """Return whether a person looked at exactly this and said yes."""
    return asked.guard in known and known[asked.guard].yes
