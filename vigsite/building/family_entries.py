"""Which entry of a server's register belongs to which case: by the case's id, never by its name.

A folder may have been renamed, and another family's put in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vigsite.building.open_case import look_into
from vigsite.case.editions import Purpose
from vigsite.erasure.nearby import has_other_films
from vigsite.errors import InputError, VigsiteError
from vigsite.hosting.families import Register
from vigsite.hosting.folder import Tree
from vigsite.records.case_folder import Records
from vigsite.terminal.quoting import in_shell


@dataclass(frozen=True, slots=True)
class Claims:
    """The entries of one register, while cases find theirs."""

    register: Register
    tree: Tree
    out: Path
    """The folder for the server, as it was typed."""
    same_family: tuple[str, ...]
    """Names of which a person says that the entry is that case's."""

    def of(
        self, cases: Mapping[str, Path]
    ) -> tuple[dict[str, Path], list[tuple[Path, VigsiteError]]]:
        """Give each case its own entry, if it has one, under its name of now.

        Returns the cases that may be hosted, and why each of the others may not.
        """
        found: set[str] = set()
        failed: dict[str, VigsiteError] = {}
        before = dict(self.register.families)
        for name in (*cases, *cases):  # twice, since one may leave the name that another one has
            if name in found:
                continue
            try:
                records = Records(cases[name].resolve())
                with records.locked():
                    self._claim(name, records)
                found.add(name)
                failed.pop(name, None)
            except VigsiteError as error:
                failed[name] = error
        if self.register.families != before or any(not one.id for one in before.values()):
            self.register.keep()
        hosted = {name: case for name, case in cases.items() if name in found}
        return hosted, [(cases[name], why) for name, why in failed.items()]

    def _claim(self, name: str, records: Records) -> None:
        """Find or adopt the entry of a case. Raises InputError when another family has the name."""
        families, case_id = self.register.families, records.known().id
        mine = self.register.name_of(case_id) or self._of_before_ids(name, records)
        if mine and name not in self.same_family:
            self._refuse_other_films(mine, name, records)
        if mine != name and name in families:
            raise self._taken(name, records.case_dir)
        if mine:
            families[mine].id = case_id
            if mine != name:
                self.register.rename(mine, name)

    def _refuse_other_films(self, mine: str, name: str, records: Records) -> None:
        """Refuse a case whose films are all others than those that are hosted under its id.

        A folder that was emptied and used for another family keeps its id.
        """
        site = self.tree.site(self.register.families[mine].slug)
        case = look_into(records.case_dir).read.case
        for known in records.sites():
            hosted = Purpose.HOSTING in known.also and records.target(known) == site
            if hosted and has_other_films(records, case, known):
                raise InputError(
                    f"{name}: none of its films is one of those that are hosted for it, so nothing "
                    f"was hosted. Is it the same family? Then add --same-family {name}. Is it "
                    "another one, in a folder that was used before? Then say so first: vigsite "
                    f"record {in_shell(records.case_dir)} --new-family"
                )

    def _of_before_ids(self, name: str, records: Records) -> str:
        """Return the name of an entry without an id that is this case's; empty if none is."""
        for other, one in self.register.families.items():
            if not one.id and _built_there(records, self.tree.site(one.slug)):
                return other
        said = name in self.same_family and name in self.register.families
        return name if said and not self.register.families[name].id else ""

    def _taken(self, name: str, case_dir: Path) -> InputError:
        end = f"vigsite host --out {in_shell(self.out)} --revoke {name}"
        if self.register.families[name].id:
            return InputError(
                f"{name}: another family had this name in {self.out}, so nothing was hosted. "
                f"Revoke that one first ({end}), or give this folder another name."
            )
        return InputError(
            f"{name}: {self.out} has a family of this name from before cases had an id, and "
            f"nothing shows that it is the one in {case_dir}. Is it the same family? Then add "
            f"--same-family {name}, and address and passphrase stay. Is it another one? Then end "
            f"the old one's access first: {end}."
        )


def _built_there(records: Records, site: Path) -> bool:
    """Return whether this case built what lies, or lay, at a place of the server's folder."""
    return any(
        Purpose.HOSTING in known.also
        and records.target(known) == site
        and (not site.exists() or known.is_back_at(site))
        for known in (*records.sites(), *records.taken_away())
    )
