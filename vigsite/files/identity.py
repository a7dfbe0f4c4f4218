"""What tells a file from others: its content's hash, and its identity in the file system."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path

from vigsite.errors import MediaError

_PART = 1 << 20
"""Bytes that are read at once."""
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A named pipe would otherwise be waited for, until somebody writes into it."""


def identity(path: Path, *, follow: bool = True) -> str:
    """What tells a file from itself changed: device, inode, size, mtime and ctime."""
    return _identity(path.stat(follow_symlinks=follow))


def _identity(seen: os.stat_result) -> str:
    return f"{seen.st_dev}:{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}:{seen.st_ctime_ns}"


def opened(path: Path, seen: str = "") -> io.BufferedReader:
    """Opens a regular file to read it: once, and never through a link in its place.

    `seen` is the identity that it had when it was looked at. Raises OSError when it is no regular
    file, MediaError when it is not the one that was there before.
    """
    before = path.lstat()
    if seen and _identity(before) != seen:
        raise changed(path)
    if stat.S_ISLNK(before.st_mode):
        raise OSError(errno.ELOOP, "it is a link", str(path))
    _refuse_others(before, path)
    try:
        handle = os.open(path, _FLAGS | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        if error.errno == errno.ELOOP:  # it has become one just now
            raise changed(path) from None
        raise
    file = _regular(handle, path)
    if os.path.samestat(os.fstat(handle), before):
        return file
    file.close()
    raise changed(path)


def text_of(path: Path) -> str:
    """Return the text of a regular file. Raises OSError when it is none, so that no pipe hangs."""
    with opened(path) as file:
        return file.read().decode("utf-8")


def sha256(path: Path, told: Callable[[float], None] | None = None) -> str:
    """Hash of a file's content, through a link too. Raises OSError that names the file.

    `told` is told what share of it was read.
    """
    _refuse_others(path.stat(), path)
    with _regular(os.open(path, _FLAGS), path) as file:
        return sha256_of(file, path, told)


def sha256_of(
    file: io.BufferedReader,
    path: Path,
    told: Callable[[float], None] | None = None,
    copy: io.BufferedIOBase | None = None,
) -> str:
    """Hash of what is left to read of a file, which is written to `copy` meanwhile.

    `told` is told what share of it was read. Raises OSError that names the file, also midway.
    """
    size, read, found = os.fstat(file.fileno()).st_size or 1, 0, hashlib.sha256()
    try:
        while part := file.read(_PART):
            found.update(part)
            if copy is not None:
                copy.write(part)
            read += len(part)
            if told is not None:
                told(min(1.0, read / size))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    return found.hexdigest()


def changed(path: Path) -> MediaError:
    """A file was replaced, cut short or removed while vigsite read it."""
    return MediaError(
        f"{path.name} changed while it was being read, or was replaced by another file or a link. "
        "Wait until it is copied, then run it again."
    )


def _regular(handle: int, path: Path) -> io.BufferedReader:
    """A file of what was opened, which is closed when it is no regular one."""
    with contextlib.ExitStack() as crew:
        crew.callback(os.close, handle)
        _refuse_others(os.fstat(handle), path)
        crew.pop_all()
    return open(handle, "rb")


def _refuse_others(seen: os.stat_result, path: Path) -> None:
    """Raises OSError for what is no regular file: opening a pipe or device may wait or do harm."""
    if not stat.S_ISREG(seen.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
