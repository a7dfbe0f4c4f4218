"""Whether a pack still is what was packed: every file read again, every byte of a zip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vigsite.errors import InputError, VigsiteError
from vigsite.fingerprint import sha256
from vigsite.keepsake.archive import hashes_in, is_locked, seal_holds, write_zip
from vigsite.keepsake.manifest import MANIFEST, faults, hashes_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found."""

    files: int
    faults: tuple[str, ...]
    sha256: str
    """As the register has it: of the zip, or of a folder's manifest."""


def verify_pack(pack: Path, passphrase: Callable[[], str]) -> Verdict:
    """Reads a pack, a folder or a zip, again; asks for the `passphrase` of a locked one.

    Raises InputError when it is no pack, or the passphrase is wrong.
    """
    if pack.is_dir():
        return _folder(pack)
    if pack.is_file():
        return _zip(pack, passphrase)
    raise InputError(f"{pack}: no such pack; name its folder or its zip file.")


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
    return Verdict(len(hashes), tuple(faults(manifest.read_bytes(), hashes)), sha256(manifest))


def _zip(pack: Path, passphrase: Callable[[], str]) -> Verdict:
    if not seal_holds(pack):
        return Verdict(0, ("bytes of the zip file are changed, added or missing",), sha256(pack))
    found: list[str] = []
    given = passphrase() if is_locked(pack) else None
    hashes, manifest = hashes_in(pack, given, MANIFEST)
    if manifest is None:
        found.append(f"{MANIFEST}: is missing or cannot be unpacked")
    else:
        found += faults(manifest, hashes)
    return Verdict(len(hashes), tuple(found), sha256(pack))
