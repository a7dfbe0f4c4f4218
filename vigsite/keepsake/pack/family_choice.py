"""What of the keepsake may be handed over, as the family or the authority decided."""

from __future__ import annotations

from vigsite.case.case import Case
from vigsite.case.case_file import Form, KeepsakeParts
from vigsite.errors import VigsiteError


def choice_of(case: Case, form: Form) -> KeepsakeParts:
    """The parts that case.yml chooses. Raises VigsiteError when they leave nothing of that form."""
    choice = case.written.keepsake.parts
    if choice is KeepsakeParts.HOLD:
        raise VigsiteError(
            f"{case.slug}: nothing is handed over for now, as case.yml asks (keepsake: parts: "
            "hold). Whoever has parental responsibility decides; for a looked-after child that is "
            "the authority. When it has decided, change `parts`, then pack again."
        )
    if choice is KeepsakeParts.PRINT and form == "single file":
        raise VigsiteError(
            f"{case.slug}: on paper only, as case.yml asks (keepsake: parts: print), so there is "
            "no page to give. Pack without --single-file, and print the album."
        )
    return choice


def left_out(choice: KeepsakeParts) -> list[str]:
    """What of a usual pack is not in it, and why, in a sentence; empty when all of it is."""
    match choice:
        case KeepsakeParts.STILLS:
            return [
                "pictures and no film clips, as case.yml asks (keepsake: parts: stills); the film "
                "is made of the pictures"
            ]
        case KeepsakeParts.PRINT:
            return [
                "for paper only, as case.yml asks (keepsake: parts: print): no pages, film or files"
            ]
        case _:
            return []
