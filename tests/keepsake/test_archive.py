"""Zips of a pack: the same bytes each time, or locked; a changed bit is found anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import pyzipper

from tests.conftest import need
from vigsite.errors import InputError, VigsiteError
from vigsite.keepsake.pack.manifest import hashes_of, write_manifest
from vigsite.keepsake.pack.verify import verify_pack, write_verified
from vigsite.keepsake.pack.zip import is_locked, write_zip

WORDS = "acorn-violin-ribbon-velvet-muffin-gravity"
PACK = {
    "START HERE.html": b"<!doctype html>",
    "À voir/01 Clip.mp4": b"\0\1\2film",
    "ابدؤوا من هنا.html": b"x",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    for name, content in PACK.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    write_manifest(folder)
    return folder


def zipped(pack: Path, name: str = "pack.zip", passphrase: str | None = None) -> Path:
    file = pack.parent / name
    write_zip(pack, file, passphrase, lambda share: None)
    return file


def ways() -> list[str]:
    return ["unzip", "7z", "python"]


def unpack(way: str, file: Path, folder: Path, passphrase: str = "") -> int:
    folder.mkdir(parents=True)
    if way == "python":
        with zipfile.ZipFile(file) as opened:
            opened.extractall(folder)
        return 0
    need(way, shutil.which(way) is not None)
    commands = {
        "unzip": ["unzip", "-q", str(file), "-d", str(folder)],
        "7z": ["7z", "x", "-y", f"-p{passphrase}", f"-o{folder}", str(file)],
    }
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        commands[way], env=environment, capture_output=True, check=False
    ).returncode


@pytest.mark.parametrize("way", ways())
def test_any_program_unpacks_the_same_files(pack: Path, tmp_path: Path, way: str) -> None:
    folder = tmp_path / "Ein Ordner – für Zoë"
    assert unpack(way, zipped(pack), folder) == 0
    assert hashes_of(folder) == hashes_of(pack)


def test_the_bytes_do_not_depend_on_times_rights_or_order(pack: Path, tmp_path: Path) -> None:
    first = zipped(pack).read_bytes()
    other = tmp_path / "elsewhere" / "pack"
    for path in sorted((p for p in pack.rglob("*") if p.is_file()), reverse=True):
        copy = other / path.relative_to(pack)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (1, 1))
        copy.chmod(0o600)
    assert zipped(other).read_bytes() == first


@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_every_flipped_bit_is_found(pack: Path, passphrase: str | None) -> None:
    """Also in headers, times and the comment, which zip programs do not look at."""
    file = zipped(pack, passphrase=passphrase)
    whole = file.read_bytes()
    assert verify_pack(file, lambda: WORDS).faults == ()
    for position in {
        *range(0, len(whole), 5 if passphrase else 3),
        *range(len(whole) - 80, len(whole)),
    }:
        changed = bytearray(whole)
        changed[position] ^= 1 << (position % 8)
        file.write_bytes(changed)
        try:
            found = verify_pack(file, lambda: WORDS).faults
        except InputError as refused:
            found = (str(refused),)
        assert found, f"byte {position} of {len(whole)}"
    for cut in (1, 70, len(whole) // 2):
        file.write_bytes(whole[:-cut])
        assert verify_pack(file, lambda: WORDS).faults


def test_a_locked_zip_opens_with_its_words_alone(pack: Path, tmp_path: Path) -> None:
    need("7z", shutil.which("7z") is not None)
    file = zipped(pack, passphrase=WORDS)
    assert is_locked(file)
    assert unpack("7z", file, tmp_path / "right", WORDS) == 0
    assert hashes_of(tmp_path / "right") == hashes_of(pack)
    assert unpack("7z", file, tmp_path / "wrong", WORDS + "x") != 0
    assert not any(path.stat().st_size for path in (tmp_path / "wrong").rglob("*.html"))
    with pyzipper.AESZipFile(file) as opened:
        assert opened.read("START HERE.html", pwd=WORDS.encode()) == PACK["START HERE.html"]
        with pytest.raises(RuntimeError, match="Bad password"):
            opened.read("START HERE.html", pwd=b"acorn")
    with pytest.raises(InputError, match="does not open with that passphrase"):
        verify_pack(file, lambda: "acorn")
    raw = file.read_bytes()
    assert PACK["START HERE.html"] not in raw
    assert WORDS.encode() not in raw


def test_it_is_aes_256_without_a_checksum_of_what_is_inside(pack: Path) -> None:
    """A checksum would tell whoever has a film whether it is in there."""
    with pyzipper.AESZipFile(zipped(pack, passphrase=WORDS)) as opened:
        entries = opened.infolist()
    assert {entry.wz_aes_strength for entry in entries} == {3}
    assert {entry.wz_aes_version for entry in entries} == {2}
    assert {entry.CRC for entry in entries} == {0}
    assert len({entry.date_time for entry in entries}) == 1


def test_7_zip_refuses_a_flipped_bit_of_a_locked_zip(pack: Path, tmp_path: Path) -> None:
    file = zipped(pack, passphrase=WORDS)
    raw = bytearray(file.read_bytes())
    with pyzipper.AESZipFile(file) as opened:
        offsets = sorted(entry.header_offset for entry in opened.infolist())
    raw[offsets[1] - 12] ^= 1  # the first file's last encrypted byte; ten bytes of code follow it
    file.write_bytes(raw)
    assert unpack("7z", file, tmp_path / "out", WORDS) != 0


def test_what_is_no_pack_is_said(tmp_path: Path) -> None:
    letter = tmp_path / "letter.zip"
    letter.write_text("Dear all")
    with pytest.raises(InputError, match="is no zip file"):
        verify_pack(letter, lambda: "")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("holiday.jpg", b"x")
    assert verify_pack(tmp_path / "other.zip", lambda: "").faults
    with pytest.raises(InputError, match="no such pack"):
        verify_pack(tmp_path / "nothing", lambda: "")


@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_a_zip_that_does_not_come_back_as_it_was_written_is_refused(
    pack: Path, passphrase: str | None
) -> None:
    """As a worn-out disk does: it takes everything, and gives something else."""
    file = pack.parent / "pack.zip"
    write_verified(pack, file, passphrase, lambda share: None)
    file.unlink()
    (pack / "film.mp4").write_bytes(b"film" * 100_000)
    (pack / "MANIFEST.sha256").unlink()
    write_manifest(pack)

    def wear(_share: float) -> None:
        if file.stat().st_size > 200_000:
            with file.open("rb+") as opened:
                opened.seek(100_000)
                opened.write(b"worn")

    with pytest.raises(VigsiteError, match=r"did not come back .* \(film\.mp4"):
        write_verified(pack, file, passphrase, wear)
