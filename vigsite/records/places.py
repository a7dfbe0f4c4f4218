"""Where sites and packs of a case may lie: which places, whose they are, what was left there."""

from __future__ import annotations

from pathlib import Path

from vigsite.errors import InputError
from vigsite.files.atomic import delete, recover, recover_all, sweep, sweep_parts
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import usual_places
from vigsite.records.record import files_of
from vigsite.records.site_folders import looks_built
from vigsite.records.site_marker import Owner

_DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}


def refuse_overlap(case_dir: Path, targets: dict[str, Path]) -> None:
    """A site inside the case, or the case inside a site, would eat one another: InputError."""
    for target in targets.values():
        real, case = target.resolve(), case_dir.resolve()
        if real.is_relative_to(case) or case.is_relative_to(real):
            raise InputError(
                f"{target} and the case {case_dir} lie inside one another; "
                "choose another place with --out."
            )


def refuse_foreign(records: Records, target: Path) -> None:
    """Never replaces what is not a site or pack of this case. Raises InputError."""
    elsewhere = "Move them away, or choose another place with --out."
    owner = records.owner(target.parent)
    if owner in (Owner.ANOTHER, Owner.UNKNOWN):
        which = (
            "of another family" if owner is Owner.ANOTHER else "and nothing tells of which family"
        )
        raise InputError(
            f"{target.parent} holds sites or packs {which}, so nothing was put there. Choose "
            "another place with --out, or delete that folder if it is not needed any more."
        )
    if target.is_symlink():
        raise InputError(f"{target} is a link; put a folder there, or choose another --out.")
    if not target.exists():
        return
    known = [site for site in records.sites() if records.target(site) == target]
    there = [path for path in target.rglob("*") if path.is_file()] if target.is_dir() else [target]
    ours = {name for site in known for name in site.files}
    if not known and owner is Owner.OURS and looks_built(target):
        return
    strange = sorted(
        name
        for path in there
        if (name := path.relative_to(target).as_posix()) not in ours and path.name not in _DROPPINGS
    )
    if strange:
        raise InputError(
            f"{target} holds other files ({', '.join(strange[:3])}), so nothing was put there. "
            + elsewhere
        )


def begin(records: Records, target: Path) -> None:
    """Remembers where something is to be made, before anything is put beside that place.

    A run that is killed there leaves a folder that shows people, and the next one has to find it.
    """
    begun = records.known().begun
    if str(target) not in begun:
        records.change(begun=sorted({*begun, str(target)}))


def clean_up(records: Records, targets: dict[str, Path]) -> None:
    """Puts right what a killed run left, at every place that is or may become a site of ours."""
    sweep(records.scratch)
    for half in records.half_written():
        delete(half)
    for cycle in records.half_added():
        delete(cycle)
    for folder in (records.contact_sheets, records.previews):
        recover_all(folder)
    for sheet in records.sheets_elsewhere():
        recover(sheet)
    known = [*records.sites(), *records.taken_away()]
    begun = [Path(place) for place in records.known().begun]
    for target in {*targets.values(), *(records.target(site) for site in known), *begun}:
        if target.parent.is_dir() and records.owner(target.parent) is not Owner.ANOTHER:
            recover(target)
            sweep_parts(target.parent)
    for folder in filter(records.owns, usual_places(records.case_dir)):
        recover_all(folder)
    # what lies on a stick that is not plugged in stays to be done
    if (later := [str(target) for target in begun if not target.parent.is_dir()]) != [
        str(target) for target in begun
    ]:
        records.change(begun=later)


def holds(records: Records, target: Path, stamp: str) -> bool:
    """Whether the site that is there was made from the very same, and is still whole."""
    made = [s for s in records.sites() if records.target(s) == target and s.stamp == stamp]
    if not made or not target.is_dir() or target.is_symlink():
        return False
    there = files_of(target)
    return any(site.files == there for site in made)
