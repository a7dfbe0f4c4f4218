"""What tells a file from others: its content's hash, and its identity in the file system."""

from __future__ import annotations

import hashlib
from pathlib import Path


def identity(path: Path) -> str:
    """What tells a file from itself changed: device, inode, size, mtime and ctime."""
    seen = path.stat()
    return f"{seen.st_dev}:{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}:{seen.st_ctime_ns}"


def sha256(path: Path) -> str:
    """Hash of a file's content. Raises OSError that names the file, also midway."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        if error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
