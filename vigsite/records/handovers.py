"""The register of a case: every pack that was made of it, a line each in handovers.yml.

What was handed over cannot be called back; it can be known. Lines are only ever added.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterator, Sequence, Set
from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.case_file import Form, HandOver, HandOversFile
from vigsite.case.faults import CaseFaults, Report
from vigsite.case.load import REGISTER, find_case
from vigsite.case.strict_yaml import read_notes
from vigsite.case.validate import validate
from vigsite.files.atomic import delete, sweep_parts, write_whole

_HEAD = """\
# Packs that were made of this case, to be handed over; `vigsite pack` adds a line each time.
# Please leave the file as it is: it is how you know what is out there, since nothing that was
# handed over can be called back.
handovers:
"""


def entry(
    when: dt.date, form: Form, sha256: str, whom: str | None, moments: Sequence[str]
) -> HandOver:
    """A pack as the register has it."""
    known = {"when": str(when), "form": form, "sha256": sha256, "moments": list(moments)}
    return HandOver.model_validate(known | ({"for": whom} if whom else {}))


def is_known(handovers: Sequence[HandOver], new: HandOver) -> bool:
    """Whether the very same pack for the same person is in the register."""
    return any(
        (old.form, old.sha256, old.whom, old.moments)
        == (new.form, new.sha256, new.whom, new.moments)
        for old in handovers
    )


def packed_as(given: Path, sha256: str, forms: Collection[Form]) -> tuple[Path, list[HandOver]]:
    """The register of a case, and its lines of packs of that hash and such a form.

    Raises InputError when there is no case, and CaseFaults when its register cannot be read.
    """
    file = find_case(given) / REGISTER
    if not os.path.lexists(file):
        return file, []
    report = Report()
    read = read_notes(file, file, report)
    held = validate(HandOversFile, *read, report)[0] if read else None
    if held is None or report.faults:
        raise CaseFaults(report.faults)
    return file, [one for one in held.handovers if one.sha256 == sha256 and one.form in forms]


def add(case_dir: Path, new: HandOver) -> str | None:
    """Adds a line; gives what the file held before, for `take_back`."""
    file = case_dir / REGISTER
    before = file.read_text("utf-8") if file.exists() else None
    text = before or _HEAD
    sweep_parts(case_dir)
    write_whole(file, text + ("" if text.endswith("\n") else "\n") + _line(new))
    return before


def take_back(case_dir: Path, before: str | None) -> None:
    """Puts the register back as it was, when the pack did not come about after all."""
    if before is None:
        delete(case_dir / REGISTER)
    else:
        write_whole(case_dir / REGISTER, before)


def _line(new: HandOver) -> str:
    whom = f", for: {_quoted(new.whom)}" if new.whom else ""
    moments = ", ".join(new.moments)
    return (
        f"  - {{when: {new.when}, form: {new.form}{whom}, sha256: {_quoted(new.sha256)}, "
        f"moments: [{moments}]}}\n"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def handed_over(case: Case, moments: Set[str] | None = None) -> Iterator[str]:
    """A sentence for each pack of the register; of those that hold one of these moments."""
    for pack in case.handovers:
        held = [name for name in pack.moments if moments is None or name in moments]
        if held:
            whom = f" for {pack.whom}" if pack.whom else ""
            yield f"{pack.when}{whom}, {pack.form} {pack.sha256[:12]}: {', '.join(held)}"
