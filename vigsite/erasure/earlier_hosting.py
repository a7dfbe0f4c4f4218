"""What a folder for a server shows of a case under an id that the case does not have any more.

A record that was lost took the id along; the register of the folder still names the case. Reads
only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vigsite.errors import VigsiteError
from vigsite.hosting.families import read_register
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import last_open
from vigsite.records.case_folder import Records
from vigsite.terminal.quoting import in_shell


def hosted_under_another_id(records: Records) -> list[str]:
    """Return a sentence for each family in a folder nearby that was hosted from this case's folder.

    Looked at are the folder that somebody works in and the one around the cases, two levels deep.
    """
    record, found = records.known(), []
    for tree in _trees(records.case_dir) if record.id else ():
        try:
            register = read_register(tree.register)
        except VigsiteError as error:
            if record.begun_anew:
                found.append(str(error))
            continue
        for name, one in (register.families if register else {}).items():
            stands = tree.family(one.slug).exists() or last_open(tree, one.slug)
            if stands and one.id not in ("", record.id) and Path(one.case) == records.case_dir:
                found.append(
                    f"{tree.out} shows the family of {name}, hosted from this folder before its "
                    "record was lost, or before it was another family's, until "
                    f"{one.until}. End it: vigsite host --out {in_shell(tree.out)} --revoke "
                    f"{in_shell(name)}, then copy that folder to the server"
                )
    return found


def _trees(case_dir: Path) -> Iterator[Tree]:
    roots = {Path.cwd(), case_dir.parent.parent}
    for root in sorted(root for root in roots if root != Path(root.anchor)):
        if not any(root.is_relative_to(other) for other in roots - {root}):
            for depth in ("", "*/", "*/*/"):
                for register in sorted(root.glob(f"{depth}hosting.json")):
                    yield Tree(register.parent)
