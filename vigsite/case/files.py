"""Files that a case names: inside it, regular, no links."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from vigsite.case.faults import KeyPath, Report, Source
from vigsite.fingerprint import identity


def named_file(
    name: str,
    folder: Path,
    what: str,
    key: KeyPath,
    source: Source,
    report: Report,
    *,
    gone: bool = False,
) -> Path | None:
    """The absolute path of a file that notes in `folder` name, safe to open; else None, a fault.

    `what` says what it should be: `film`. One that was deleted on purpose (`gone`) may be missing.
    """
    file = Path(name)
    if file.is_absolute() or ".." in file.parts or "\\" in name or ":" in name:
        beside = source.file.name
        report.fault(source, key, f"found {name!r}; expected the name of a file beside {beside}")
        return None
    path = folder / file
    steps = [folder.joinpath(*file.parts[: n + 1]) for n in range(len(file.parts))]
    if any(step.is_symlink() for step in steps):
        message = f"is {name!r}, a link; copy the {what} itself beside {source.file.name}"
        report.fault(source, key, message)
    elif not path.exists() and not gone:
        near = sorted(p.name for p in folder.iterdir() if p.is_file() and p.suffix != ".yml")
        near = [other for other in near if not other.startswith(".")]
        there = f" There is: {', '.join(near[:5])}." if near else ""
        report.fault(source, key, f"is {name!r}, but no such file is there.{there}")
    elif path.exists() and not path.is_file():
        report.fault(source, key, f"is {name!r}, which is no regular file")
    else:
        found = Path(os.path.abspath(path))
        with contextlib.suppress(FileNotFoundError):
            report.files[found] = identity(found, follow=False)
        return found
    return None
