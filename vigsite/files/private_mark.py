"""The mark at the end of contact sheets and pages to look at, which tells copies of them.

They show what was filmed without any cover and never leave the house, but somebody may copy or move
them. The mark holds no words: a hash of the case's id, and one of what was withdrawn when they were
made.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from pathlib import Path

from vigsite.errors import VigsiteError
from vigsite.files.identity import opened

_MARK = re.compile(rb"vigsite ([0-9a-f]{32}) ([0-9a-f]{64})")
_FROM_END = 160
"""Bytes in which the mark lies."""
_JPEG_END = b"\xff\xd9"


def case_mark(case_id: str) -> str:
    """Return what a case's marks begin with; nobody can tell the id from it."""
    return hashlib.sha256(f"private {case_id}".encode()).hexdigest()[:32]


def mark_files(folder: Path, case_id: str, withdrawn: str) -> None:
    """Write the mark into every page, picture and film of a folder; they show as before.

    `withdrawn` is the hash of what was withdrawn from the case, and is not shown in them.
    """
    text = f"vigsite {case_mark(case_id)} {withdrawn}".encode()
    for file in folder.iterdir():
        with file.open("r+b") as writing:  # staged
            writing.seek(0, os.SEEK_END)
            if file.suffix == ".html":
                writing.write(b"<!-- " + text + b" -->\n")
            elif file.suffix == ".mp4":
                writing.write(struct.pack(">I", len(text) + 8) + b"free" + text)
            elif file.suffix == ".jpg":
                writing.seek(-len(_JPEG_END), os.SEEK_END)
                comment = b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text
                writing.write(comment + _JPEG_END)


def mark_of(file: Path) -> tuple[str, str]:
    """Return the case's mark and what was withdrawn then; two empty texts where there is none."""
    try:
        with opened(file) as reading:
            reading.seek(max(0, os.fstat(reading.fileno()).st_size - _FROM_END))
            found = _MARK.search(reading.read())
    except (OSError, VigsiteError):
        found = None
    return (found[1].decode(), found[2].decode()) if found else ("", "")
