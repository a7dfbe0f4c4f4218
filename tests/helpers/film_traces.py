"""Finds what is left of a counted film, however it is kept: by bytes, and by decoded frames.

Looks into every file of a folder, into zips, and into pictures and clips inside pages.
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import cast

import av

from tests.helpers.counted_films import Grey, read_number

BLOCK = 4096
_INSIDE = re.compile(rb"data:(?:image/jpeg|video/mp4);base64,([A-Za-z0-9+/=]+)")

_BEGINS = re.compile(rb"\xff\xd8\xff|....ftyp", re.DOTALL)


def blobs(folder: Path, leaving_out: Collection[Path] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file, zip entry and embedded picture below a folder, with where it is."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in leaving_out:
            yield from _unfolded(str(path), path.read_bytes())


def _unfolded(where: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield where, raw
    if raw.startswith(b"PK"):
        try:
            opened = zipfile.ZipFile(io.BytesIO(raw))
        except zipfile.BadZipFile:  # it breaks off: films and pictures lie in it as they are
            for found in _BEGINS.finditer(raw):
                yield f"{where}@{found.start()}", raw[found.start() :]
            return
        for entry in opened.infolist():
            if not entry.flag_bits & 1:
                yield from _unfolded(f"{where}!{entry.filename}", opened.read(entry))
    for number, found in enumerate(_INSIDE.findall(raw)):
        yield f"{where}#{number}", base64.b64decode(found)


def blocks_of(files: Collection[Path]) -> set[bytes]:
    """Every whole block of 4 KB of these files."""
    return {
        raw[at : at + BLOCK]
        for file in files
        for raw in [file.read_bytes()]
        for at in range(0, len(raw) - BLOCK + 1, BLOCK)
    }


def frames_in(raw: bytes) -> set[int]:
    """The numbers of the frames of a counted film that a clip or picture shows.

    Of one that breaks off (a killed command leaves such), all that can still be seen.
    """
    if raw[:2] != b"\xff\xd8" and raw[4:8] != b"ftyp":
        return set()
    found: set[int | None] = set()
    with contextlib.suppress(av.error.InvalidDataError), av.open(io.BytesIO(raw), "r") as opened:
        for packet in opened.demux(video=0) if opened.streams.video else ():
            with contextlib.suppress(av.error.InvalidDataError):
                for frame in packet.decode():
                    found.add(read_number(cast("Grey", frame.to_ndarray(format="gray"))))
    return {number for number in found if number is not None}


def frames_below(folder: Path, leaving_out: Collection[Path] = ()) -> dict[int, list[str]]:
    """Where each frame of a counted film can still be seen below a folder."""
    found: dict[int, list[str]] = {}
    for where, raw in blobs(folder, leaving_out):
        for number in frames_in(raw):
            found.setdefault(number, []).append(where)
    return found


def blocks_below(folder: Path, blocks: set[bytes]) -> list[str]:
    """Where one of these blocks lies below a folder, at whatever place in a file."""
    return [where for where, raw in blobs(folder) if any(block in raw for block in blocks)]


def words_below(
    folder: Path, words: Collection[bytes], leaving_out: Collection[Path] = ()
) -> list[str]:
    """Where one of these words still stands below a folder."""
    found = blobs(folder, leaving_out)
    return [where for where, raw in found if any(word in raw for word in words)]
