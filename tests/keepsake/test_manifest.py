"""The manifest finds whatever changed, and `sha256sum` reads it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need
from vigsite.errors import InputError
from vigsite.keepsake.pack.manifest import MANIFEST, write_manifest
from vigsite.keepsake.pack.verify import verify_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "Noël – unser Päckchen"
    (folder / "site" / "media").mkdir(parents=True)
    (folder / "START HERE.html").write_text("start")
    (folder / "site" / "index.html").write_text("p")
    (folder / "site" / "media" / "ابدؤوا.jpg").write_bytes(b"\xff\xd8")
    write_manifest(folder)
    return folder


def found(pack: Path) -> list[str]:
    return list(verify_pack(pack, lambda: "").faults)


def test_a_whole_pack_has_no_fault(pack: Path) -> None:
    assert found(pack) == []


def test_sha256sum_checks_it(pack: Path) -> None:
    need("sha256sum", shutil.which("sha256sum") is not None)
    command = ["sha256sum", "--strict", "--check", MANIFEST]
    done = subprocess.run(command, cwd=pack, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_flipped_bit_is_found(pack: Path) -> None:
    """In each file, the manifest included; upper and lower case differ by a bit, too."""
    for file in [path for path in pack.rglob("*") if path.is_file()]:
        whole = file.read_bytes()
        for position in range(len(whole)):
            for bit in {5, position % 8} if file.name == MANIFEST else {position % 8}:
                changed = bytearray(whole)
                changed[position] ^= 1 << bit
                file.write_bytes(changed)
                assert found(pack), f"{file.name}: byte {position}, bit {bit}"
        file.write_bytes(whole)
    assert found(pack) == []


def test_what_is_missing_added_or_a_link_is_named(pack: Path) -> None:
    (pack / "site" / "index.html").rename(pack / "site" / "other.html")
    assert found(pack) == ["site/index.html: is missing", "site/other.html: was not packed"]
    (pack / "site" / "other.html").rename(pack / "site" / "index.html")
    start = pack / "START HERE.html"
    start.rename(pack.parent / "start.html")
    os.symlink(pack.parent / "start.html", start)
    assert found(pack) == ["START HERE.html: was changed"]


def test_what_a_system_leaves_behind_is_no_fault(pack: Path) -> None:
    (pack / ".DS_Store").write_bytes(b"x")
    (pack / "site" / "Thumbs.db").write_bytes(b"x")
    assert found(pack) == []


def test_half_a_pack_is_none(pack: Path) -> None:
    """The manifest is written last."""
    (pack / MANIFEST).unlink()
    with pytest.raises(InputError, match=r"holds no MANIFEST\.sha256, so it is no pack, or half"):
        found(pack)


def test_a_manifest_cut_short_is_found(pack: Path) -> None:
    text = (pack / MANIFEST).read_bytes()
    (pack / MANIFEST).write_bytes(text[:-1])
    assert found(pack)
    (pack / MANIFEST).write_bytes(b"")
    assert "START HERE.html: was not packed" in found(pack)
