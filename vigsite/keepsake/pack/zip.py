"""A pack as one zip file: open, with the same bytes each time, or locked by AES-256.

Nothing is compressed: films and pictures are already, and the bytes do not depend on a library's
version. The zip's comment is a seal, the SHA-256 of all bytes before it, so that a change of any
byte is found, also in what zip programs ignore, and without the passphrase.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from vigsite.errors import InputError

_WHEN = (2000, 1, 1, 12, 0, 0)
_MODE = 0o100644
_SEAL = "sha256:"
_SEAL_BYTES = len(_SEAL) + 64
_CHUNK = 1 << 20


def write_zip(
    folder: Path, file: Path, passphrase: str | None, told: Callable[[float], None]
) -> None:
    """Writes every file below `folder` into the zip `file`. Raises OSError."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    total = sum(path.stat().st_size for path in paths) or 1
    done = 0
    with closing(_new(file, passphrase)) as archive:
        entry_of = getattr(archive, "zipinfo_cls", zipfile.ZipInfo)
        for path in paths:
            entry = entry_of(path.relative_to(folder).as_posix(), date_time=_WHEN)
            entry.create_system = 3
            entry.external_attr = _MODE << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as target:  # staged
                shutil.copyfileobj(source, target, _CHUNK)  # staged
            done += path.stat().st_size
            told(done / total)
        archive.comment = (_SEAL + "0" * 64).encode()
    _seal(file)


def seal_holds(file: Path) -> bool:
    """Whether no byte changed since the zip was written; False also when it bears no seal.

    Raises InputError when it is no zip.
    """
    with file.open("rb") as opened:
        if opened.read(4) != b"PK\x03\x04":
            raise InputError(f"{file} is no zip file, or its start is broken.")
        opened.seek(0)
        size = file.stat().st_size
        digest = _digest(opened, size - _SEAL_BYTES)
        return opened.read() == (_SEAL + digest).encode()


def is_locked(file: Path) -> bool:
    """Whether a passphrase is needed."""
    with _opened(file, None) as archive:
        return any(entry.flag_bits & 1 for entry in archive.infolist())


def hashes_in(
    file: Path, passphrase: str | None, manifest: str
) -> tuple[dict[str, str], bytes | None]:
    """SHA-256 of each file in a zip, and the bytes of its manifest, None when it has none.

    Raises InputError when the passphrase is wrong.
    """
    import pyzipper

    found: dict[str, str] = {}
    with _opened(file, passphrase) as archive:
        for entry in archive.infolist():
            name, twice = entry.filename, entry.filename in found
            try:
                with archive.open(entry) as opened:
                    found[name] = hashlib.file_digest(opened, "sha256").hexdigest()
            except (pyzipper.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error):
                found[name] = "cannot be unpacked"
            except RuntimeError as error:
                raise InputError(f"{file} does not open with that passphrase.") from error
            if twice:
                found[name] = "is there twice"
        readable = found.get(manifest, "cannot be unpacked") != "cannot be unpacked"
        held = archive.read(manifest) if readable else None
    return found, held


def _new(file: Path, passphrase: str | None) -> Any:
    if passphrase is None:
        return zipfile.ZipFile(file, "x", zipfile.ZIP_STORED)  # staged
    import pyzipper

    archive = pyzipper.AESZipFile(file, "x", pyzipper.ZIP_STORED)  # staged
    archive.setpassword(passphrase.encode())
    # version 2 keeps no checksum of what is inside, which would tell whether it is a known file
    archive.setencryption(pyzipper.WZ_AES, nbits=256, force_wz_aes_version=2)
    return archive


@contextmanager
def _opened(file: Path, passphrase: str | None) -> Iterator[Any]:
    import pyzipper

    with closing(pyzipper.AESZipFile(file)) as archive:
        if passphrase:
            archive.setpassword(passphrase.encode())
        yield archive


def _seal(file: Path) -> None:
    with file.open("rb+") as opened:  # staged
        digest = _digest(opened, file.stat().st_size - _SEAL_BYTES)
        opened.write((_SEAL + digest).encode())


def _digest(opened: Any, length: int) -> str:
    """SHA-256 of the first `length` bytes, reading no further."""
    total = hashlib.sha256()
    left = max(0, length)
    while left and (chunk := opened.read(min(_CHUNK, left))):
        total.update(chunk)
        left -= len(chunk)
    return total.hexdigest()
