"""What a person has confirmed by eye and ear: boxes, crops and muted stretches, one by one.

No program sees whether the right face lies below a box. So `vigsite preview` shows each such moment
and asks; packing and hosting refuse what nobody has confirmed. An answer counts for exactly what
was shown: another box, crop, mute, mark or recording asks again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vigsite.case.case import Case
from vigsite.case.consent import Admission
from vigsite.errors import VigsiteError
from vigsite.media.plan import Plan
from vigsite.publish import could_not, write_whole
from vigsite.records import Records


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said after looking."""

    yes: bool
    on: str
    """The day, as 2026-03-09."""


def answers(records: Records) -> dict[str, Answer]:
    """The last answer to each guard (`media/guard.py`).

    A line that cannot be read counts as not answered.
    """
    found: dict[str, Answer] = {}
    for line in _text(records).splitlines():
        try:
            entry = json.loads(line)
            found[str(entry["guard"])] = Answer(entry["answer"] == "yes", str(entry["on"]))
        except (ValueError, TypeError, KeyError):
            continue
    return found


def keep_answer(records: Records, moment: str, guard: str, *, yes: bool, on: dt.date) -> None:
    """Adds an answer; those before it stay. The caller holds the lock of the case."""
    entry = {"guard": guard, "moment": moment, "answer": "yes" if yes else "no", "on": str(on)}
    before = _text(records)
    if before and not before.endswith("\n"):
        before += "\n"
    write_whole(records.confirmations, f"{before}{json.dumps(entry)}\n")


def guards_of(plan: Plan, names: Iterable[str]) -> dict[str, str]:
    """What there is to confirm, of these moments."""
    return {name: plan.moments[name].guard for name in names if plan.moments[name].guard}


def unconfirmed(case: Case, plan: Plan, admission: Admission) -> list[str]:
    """A sentence for each admitted moment that nobody has confirmed; none when all is well."""
    records = Records(case.directory.resolve())
    return _sentences(records, guards_of(plan, admission.names))


def refuse_unconfirmed(records: Records, guards: Mapping[str, str]) -> None:
    """Raises VigsiteError when nobody confirmed something that is about to leave the house.

    `guards` are those of a built site's record, or of what is about to be built.
    """
    if told := _sentences(records, guards):
        listed = "\n  ".join(told)
        raise VigsiteError(f"Nothing was handed out, because of this:\n  {listed}")


def waiting(records: Records, guards: Mapping[str, str]) -> list[str]:
    """A sentence on how many wait for a look; none when none does."""
    known = answers(records)
    count = len([guard for guard in guards.values() if not _confirmed(known, guard)])
    if not count:
        return []
    verb = "moment waits" if count == 1 else "moments wait"
    return [
        f"{count} {verb} for a look before anything is packed or hosted: "
        "`vigsite preview` shows what was blurred, cropped or muted"
    ]


def _sentences(records: Records, guards: Mapping[str, str]) -> list[str]:
    known, found = answers(records), []
    for name, guard in guards.items():
        if _confirmed(known, guard):
            continue
        if answer := known.get(guard):
            cycle = name.partition("/")[0]
            found.append(
                f"{name}: on {answer.on} somebody looked and said it is not right; "
                f"change it in {cycle}/cycle.yml"
            )
        else:
            found.append(
                f"{name} was blurred, cropped or muted, and nobody has looked at it as it is now; "
                f"run `vigsite preview` on this case"
            )
    return found


def _confirmed(known: Mapping[str, Answer], guard: str) -> bool:
    return guard in known and known[guard].yes


def _text(records: Records) -> str:
    """Everything that was answered. Raises VigsiteError when it is there and cannot be read."""
    try:
        return records.confirmations.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise VigsiteError(
            f"{records.confirmations} is damaged. Delete it, then look at all moments again with "
            "`vigsite preview`."
        ) from None
    except OSError as error:
        raise could_not("read", records.confirmations, error) from error
