"""How anything appears: whole or not at all.

Files are made beside their place, flushed to disk and renamed. A folder is swapped in by two
renames; `recover` puts the old one back when a run was killed between them.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from vigsite.errors import VigsiteError
from vigsite.terminal.visible import visible

PRIVATE = 0o700
SHOWS_NOBODY = {".DS_Store", "desktop.ini"}
"""Files that systems put into any folder that somebody looks at; Thumbs.db holds pictures."""
_CANNOT_FLUSH = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
_PATIENCE_S = (0.1, 0.3, 0.6)
"""How long a rename that was refused waits before it is tried again."""
_PART = ".*.????????.part"
"""How a file is named while it is written."""


_BESIDE = re.compile(r"^\.(.+)\.(?:new-[0-9a-f]{8}|old|[0-9a-f]{8}\.part)$")
"""How a file or folder is named beside its place."""


def is_left_beside(name: str) -> bool:
    """Return whether a file or folder is named as what a killed run leaves beside its place."""
    return bool(_BESIDE.match(name))


def private_folder(path: Path) -> Path:
    """Makes a folder (and those above it) that only its owner can enter."""
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=PRIVATE, exist_ok=True)
    return path


def make_private(folder: Path) -> None:
    """Keeps others out of a folder that is there; does nothing on a drive that knows no rights."""
    if os.name == "nt" or folder.is_symlink() or not folder.is_dir():
        return
    if folder.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):
            folder.chmod(PRIVATE)


def write_whole(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Writes a file so that it is old or new at every instant, never half.

    `mode` says who may do what with it, as far as the system's own mask lets them.
    """
    private_folder(path.parent)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    raw = content.encode("utf-8") if isinstance(content, str) else content
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(raw)
            file.flush()
            flush(file.fileno())
        rename(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise could_not("write", path, error) from error
    sync_folder(path.parent)


def parts(folder: Path, *, below: bool = False) -> list[Path]:
    """What killed runs left of files they were writing, in `folder` (and `below` it)."""
    return list((folder.rglob if below else folder.glob)(_PART))


def sweep_parts(folder: Path, *, below: bool = False) -> None:
    """Deletes them; the caller holds the lock, so that nobody is writing them now."""
    for part in parts(folder, below=below):
        delete(part)


def same_file_at(source: Path, place: Path) -> None:
    """Puts a whole file at a further place as well, old or new at every instant.

    It takes no room where the system can give one file two names, else it is a copy. The caller
    flushes the folder, once for all that it puts there.
    """
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            os.link(source, beside)
        except OSError:  # a stick, a network drive
            shutil.copyfile(source, beside)
            shutil.copymode(source, beside)
        rename(beside, place)
        beside.unlink(missing_ok=True)  # a rename onto another name of the same file does nothing
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise could_not("write", place, error) from error


def rename(source: Path, place: Path) -> None:
    """Renames; waits a little when another program holds one of them.

    Windows refuses a rename while a virus scanner or the indexer reads a file, mostly for an
    instant. Raises OSError.
    """
    for pause_s in _PATIENCE_S:
        try:
            return os.replace(source, place)
        except PermissionError:
            time.sleep(pause_s)
    return os.replace(source, place)


def flush(handle: int) -> None:
    """Flushes an open file or folder to disk; does nothing on a network drive that cannot.

    Raises OSError when the drive can and failed.
    """
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH:
            raise


def sync_folder(path: Path) -> None:
    """Flushes a folder's own entries, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        flush(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Flushes every file and folder below `folder`, itself included; a file alone as well."""
    if folder.is_file():
        _sync_file(folder)
    for place, _, names in os.walk(folder):
        for name in names:
            _sync_file(Path(place, name))
        sync_folder(Path(place))


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:  # Windows flushes only what may be written
        flush(file.fileno())


def staging_for(target: Path) -> Path:
    """A new private folder beside `target`, to build in."""
    staging = beside(target)
    staging.mkdir(mode=PRIVATE)
    return staging


def beside(target: Path) -> Path:
    """A new name beside `target`, for what will take its place; `recover` knows it."""
    private_folder(target.parent)
    return target.with_name(f".{target.name}.new-{secrets.token_hex(4)}")


def swap_in(staging: Path, target: Path) -> None:
    """Puts what is finished in the place of `target`, then deletes what was there, loudly."""
    try:
        sync_tree(staging)
        old = target.with_name(f".{target.name}.old")
        if target.is_dir() or staging.is_dir():  # a file takes a file's place by one rename
            with contextlib.suppress(FileNotFoundError):
                rename(target, old)
        rename(staging, target)
        sync_folder(target.parent)
    except OSError as error:
        recover(target)
        raise could_not("publish", target, error) from error
    delete(old)


def recover(target: Path) -> None:
    """After a killed run: puts back what was swapped out, deletes what was never swapped in."""
    if not target.parent.is_dir():
        return
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        rename(old, target)
        sync_folder(target.parent)
    for remains in left_beside(target):
        delete(remains)


def delete(path: Path) -> None:
    """Deletes a file or folder; raises when anything of it stays."""
    if not path.exists() and not path.is_symlink():
        return
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise could_not("delete", path, error) from error


def delete_whole(target: Path) -> None:
    """Deletes what must not stay in part: it goes out of sight by one rename first.

    What a deletion that was broken off leaves, `recover` deletes.
    """
    doomed = beside(target)
    try:
        rename(target, doomed)
        sync_folder(target.parent)
    except OSError as error:
        raise could_not("delete", target, error) from error
    delete(doomed)


def left_beside(target: Path) -> list[Path]:
    """What a killed run, or a deletion that was broken off, left beside `target`."""
    return [
        *target.parent.glob(f".{glob.escape(target.name)}.old"),
        *target.parent.glob(f".{glob.escape(target.name)}.new-*"),
    ]


def recover_all(folder: Path) -> None:
    """`recover` for everything that a killed run was building or swapping in `folder`."""
    for entry in list(folder.glob(".*")) if folder.is_dir() else []:
        if (match := _BESIDE.match(entry.name)) and not entry.name.endswith(".part"):
            recover(folder / match[1])


def sweep(folder: Path) -> None:
    """Deletes everything in a folder of temporary files."""
    for entry in list(folder.iterdir()) if folder.is_dir() else []:
        delete(entry)


@contextlib.contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """A new private folder below `folder`, deleted when the work is over or has failed."""
    place = private_folder(folder) / secrets.token_hex(6)
    place.mkdir(mode=PRIVATE)
    try:
        yield place
    finally:
        delete(place)


def could_not(verb: str, path: Path, error: OSError) -> VigsiteError:
    """An error of the file system as a sentence with what to do."""
    advice = {
        errno.EINVAL: "Put a plain file there, or name another.",
        errno.ELOOP: "Put the file itself there.",
        5: "The disk or stick may be failing: save what is on it, and use another.",
        28: "The disk is full: make room and run it again.",
        122: "Your quota is used up: make room and run it again.",
        18: "That place cannot put a finished file into place: choose one on this computer.",
        30: "That place can only be read: choose another.",
        36: "That name is too long: choose a shorter one.",
        13: "Close programs that use it; if you may not write there, choose another place.",
    }.get(error.errno or 0, "Close programs that use it and run it again.")
    if verb == "delete" and error.errno in (13, 30):
        advice = "Close programs that use it, or ask who may delete there; then run it again."
    named = path if verb == "delete" else Path(*(_BESIDE.sub(r"\1", part) for part in path.parts))
    shown = visible(str(named))
    return VigsiteError(f"Could not {verb} {shown}: {error.strerror or error}. {advice}")
