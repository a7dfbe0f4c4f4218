"""The lines of withdrawn.yml, and how they are added."""

from __future__ import annotations

from collections.abc import Sequence

from vigsite.case.withdrawn import COPIES, FILE, with_lines
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.files.atomic import private_folder, sweep_parts, write_whole
from vigsite.records.case_folder import Records

PERSON = "person:"


def write_down(records: Records, lines: Sequence[Withdrawal]) -> None:
    """Add lines to withdrawn.yml, and to its copies in case the file gets lost."""
    if lines:
        for file in (records.case_dir / FILE, *(records.case_dir / one / FILE for one in COPIES)):
            sweep_parts(private_folder(file.parent))
            before = file.read_text("utf-8") if file.exists() else ""
            write_whole(file, with_lines(before, lines))
