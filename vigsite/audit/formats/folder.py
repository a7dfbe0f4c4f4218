"""The files of a folder, and what in a folder is no plain file."""

from __future__ import annotations

import contextlib
import mmap
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from vigsite.audit.finding import Finding
from vigsite.files.identity import opened as opened_file

MOST_FILES = 50_000


def files_in(place: Path) -> tuple[dict[str, Path], list[Finding]]:
    """Path of every plain file by its address, and a finding for everything else."""
    found: dict[str, Path] = {}
    findings: list[Finding] = []
    waiting = [place]
    while waiting:
        folder = waiting.pop()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        if not entries and folder != place:
            address = folder.relative_to(place).as_posix()
            findings.append(Finding(address, "", "is an empty folder", "Delete it."))
        for entry in entries:
            path = Path(entry.path)
            address = path.relative_to(place).as_posix().encode("utf-8", "replace").decode()
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                waiting.append(path)
            elif stat.S_ISREG(mode):
                found[address] = path
            else:
                kind = "a link to something else" if stat.S_ISLNK(mode) else "no plain file"
                findings.append(Finding(address, "", f"is {kind}", "Delete it, and build again."))
            findings += _attributes(address, path)
        if len(found) > MOST_FILES:
            what = f"holds more than {MOST_FILES} files, which no site of ours does"
            findings.append(Finding(".", "", what, "Look at it by hand."))
            break
    return dict(sorted(found.items())), findings


def _attributes(address: str, path: Path) -> Iterator[Finding]:
    """Words that the file system keeps beside a file."""
    listing = getattr(os, "listxattr", None)
    if listing is None:
        return
    names: list[str] = []
    with contextlib.suppress(OSError):
        names = [name for name in listing(path, follow_symlinks=False) if name.startswith("user.")]
    if names:
        what = f"carries words beside its content ({', '.join(names)[:60]})"
        yield Finding(address, "attributes", what, "Copy the folder to a stick without them.")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[bytes | mmap.mmap]:
    """The bytes of a file, without reading all of it into memory; never through a link."""
    with opened_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0:
            yield b""
            return
        with mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) as mapped:
            yield mapped
