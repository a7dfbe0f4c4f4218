"""A pack copied to a USB stick or another place: only where it fits, read again and compared."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from vigsite.errors import InputError, VigsiteError
from vigsite.files.atomic import could_not, flush
from vigsite.files.identity import sha256
from vigsite.keepsake.pack.manifest import MANIFEST, hashes_of

_CHUNK = 1 << 20
_SPARE = 8 << 20
"""Bytes that stay free: folders and the ends of blocks take some."""
_FAT = {"vfat", "msdos", "fat32", "fat"}
_FAT_LONGEST = (1 << 32) - 1
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ESTALE}


def refuse_full(pack: Path, place: Path) -> None:
    """Raises InputError when the pack does not fit, or a file is longer than the stick can hold."""
    sizes = [path.stat().st_size for path in pack.rglob("*") if path.is_file()]
    needed, free = sum(sizes) + _SPARE, shutil.disk_usage(place).free
    if free < needed:
        raise InputError(
            f"{place} has room for {free / 1e6:.0f} MB, the pack needs {needed / 1e6:.0f} MB. "
            "Take another stick, or make room on this one. Nothing was copied."
        )
    refuse_long(place, _kind_of(place), max(sizes))


def refuse_long(place: Path, kind: str, longest: int) -> None:
    """Raises InputError when a file system, such as vfat, cannot hold a file of that many bytes."""
    if kind in _FAT and longest > _FAT_LONGEST:
        raise InputError(
            f"{place} is formatted as FAT, which cannot hold files of more than 4 GB, and the pack "
            "has one. Format the stick as exFAT, or take another. Nothing was copied."
        )


def copy_pack(pack: Path, staging: Path, told: Callable[[float], None]) -> None:
    """Copies a pack into the empty `staging`, its manifest last, and reads all of it again.

    Raises VigsiteError when something could not be written or does not come back the same.
    """
    expected = hashes_of(pack)
    total = sum((pack / name).stat().st_size for name in expected) * 2 or 1
    done = 0
    try:
        for name in sorted(expected, key=lambda name: (name == MANIFEST, name)):
            _copy(pack / name, staging / name)
            done += (pack / name).stat().st_size
            told(done / total)
        for name, known in expected.items():
            if sha256(staging / name) != known:
                raise VigsiteError(
                    f"{name} did not come back from {staging.parent} as it was written. The stick "
                    "may be worn out: take another. Nothing was left there."
                )
            done += (staging / name).stat().st_size
            told(done / total)
    except OSError as error:
        if error.errno in _GONE:
            raise VigsiteError(
                f"{staging.parent} is gone or does not answer ({error.strerror}). Was the stick "
                "pulled out? Put it in and run the same again; what is on it now is no whole pack."
            ) from error
        raise could_not("copy to", staging.parent, error) from error


def _copy(source: Path, target: Path) -> None:
    """One file, flushed to the device and forgotten by the system, so that it is read again."""
    target.parent.mkdir(parents=True, exist_ok=True)  # staged
    with source.open("rb") as reading, target.open("xb") as writing:  # staged
        shutil.copyfileobj(reading, writing, _CHUNK)  # staged
        writing.flush()
        flush(writing.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(writing.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _kind_of(place: Path) -> str:
    """The file system of a place, such as vfat."""
    import psutil

    mounts = [
        (len(part.mountpoint), part.fstype.lower())
        for part in psutil.disk_partitions(all=True)
        if place.resolve().is_relative_to(part.mountpoint)
    ]
    return max(mounts, default=(0, ""))[1]
