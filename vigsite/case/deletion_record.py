"""deleted.yml: what stays of a case that was deleted, and names nobody."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

FILE = "deleted.yml"
_ON = re.compile(r"^  day: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def text(on: dt.date, counts: Mapping[str, int]) -> str:
    """The file: the day, the kinds and their numbers."""
    lines = "".join(f"  {kind}: {count}\n" for kind, count in counts.items())
    return (
        "# This case was deleted by `vigsite purge`. Nothing that names anybody stands here; keep\n"
        "# it as a proof, or delete it.\n"
        f"deleted:\n  day: {on}\n{lines}"
    )


def deleted_on(directory: Path) -> dt.date | None:
    """The day a case was deleted, or its deletion begun; None when it was not."""
    try:
        file = directory / FILE
        found = _ON.search(file.read_text("utf-8")) if file.is_file() else None
        return dt.date.fromisoformat(found[1]) if found else None
    except (OSError, ValueError):
        return None


def begun_on(directory: Path) -> dt.date | None:
    """The day a deletion was begun that is not finished, or that a backup undid."""
    return deleted_on(directory) if (directory / "case.yml").is_file() else None
