"""Whether a pack agrees with the list in it: every file read again, every byte of a zip.

That it is what was packed, only the register of its case can tell (`handovers.packed_as`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vigsite.case.case_file import Form
from vigsite.errors import InputError, VigsiteError
from vigsite.files.identity import changed, identity, opened, sha256
from vigsite.keepsake.pack.manifest import MANIFEST, faults, hashes_of
from vigsite.keepsake.pack.zip import hashes_in, is_locked, seal_holds, write_zip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found."""

    files: int
    faults: tuple[str, ...]
    sha256: str
    """As the register has it: of the zip or page, or of a folder's manifest."""
    forms: tuple[Form, ...]
    """What it may be called there."""


def verify_pack(pack: Path, passphrase: Callable[[], str], *, listed: bool = True) -> Verdict:
    """Reads a pack again; asks for the `passphrase` of a locked one.

    A page that is all of a pack brings no list; it is refused where only a list would tell
    (`listed`). Raises InputError when it is no pack, or the passphrase is wrong, and VigsiteError
    when it changes meanwhile.
    """
    if pack.is_dir():
        return _folder(pack)
    if not pack.is_file():
        raise InputError(f"{pack}: no such pack; name its folder or its zip file.")
    if pack.suffix != ".html":
        return _zip(pack, passphrase)
    if listed:
        raise InputError(
            f"{pack} is a page, which brings no list of its own; add --case CASE to compare it "
            "with the register of the case that it was packed from."
        )
    return Verdict(1, (), sha256(pack), ("single file",))


def write_verified(
    folder: Path, file: Path, passphrase: str | None, told: Callable[[float], None]
) -> None:
    """Writes a pack's folder into the zip `file` and reads all of it again.

    Raises OSError, and VigsiteError when it does not come back as it was.
    """
    write_zip(folder, file, passphrase, told)
    verdict = _zip(file, lambda: passphrase or "")
    if verdict.faults:
        raise VigsiteError(
            f"The zip did not come back from {file.parent} as it was written "
            f"({verdict.faults[0]}), so there is no new one. The disk may be failing: save what is "
            "on it, and pack to another."
        )


def _folder(pack: Path) -> Verdict:
    manifest = pack / MANIFEST
    if not manifest.is_file():
        zips = [path for path in sorted(pack.iterdir()) if path.suffix == ".zip"]
        hint = f" Name the zip in it: {zips[0]}" if zips else " Name the folder of a pack."
        raise InputError(f"{pack} holds no {MANIFEST}, so it is no pack, or half of one.{hint}")
    hashes = hashes_of(pack)
    with opened(manifest) as file:
        listed = file.read()
    known = hashlib.sha256(listed).hexdigest()
    return Verdict(len(hashes), tuple(faults(listed, hashes)), known, ("folder", "stick"))


def _zip(pack: Path, passphrase: Callable[[], str]) -> Verdict:
    before = identity(pack)
    form: Form = "zip"
    if not seal_holds(pack):
        broken = "bytes of the zip file are changed, added or missing"
        return Verdict(0, (broken,), sha256(pack), (form,))
    found: list[str] = []
    given = None
    if is_locked(pack):
        form, given = "encrypted zip", passphrase()
    hashes, manifest = hashes_in(pack, given, MANIFEST)
    if manifest is None:
        found.append(f"{MANIFEST}: is missing or cannot be unpacked")
    else:
        found += faults(manifest, hashes)
    known = sha256(pack)
    if identity(pack) != before:  # it was opened several times
        raise changed(pack)
    return Verdict(len(hashes), tuple(found), known, (form,))
