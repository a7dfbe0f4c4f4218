"""Brings other people's files in: from npm, at a fixed version, with their licence.

    python tools/vendor.py           fetch what vendor.lock.json names, copy it into its folders
    python tools/vendor.py --check   hash the committed copies again; without Node or network
    python tools/vendor.py --relock  after a change of version or files: fetch, write new hashes

The lock holds npm's own sha512 of each package and our sha256 of each file copied out of it. What
is in `PLACES` comes from the lock alone: woff2 for pages, whole TrueType fonts for paper and film,
words for passphrases.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("vendor.lock.json")
ROOT = Path(__file__).parent.parent
PLACES = ("theme/assets/vig/vendor", "vigsite/keepsake/fonts")


def read_lock() -> dict[str, Any]:
    """What is vendored: packages, each with its folder, files and hashes."""
    lock: dict[str, Any] = json.loads(LOCK.read_text("utf-8"))
    return lock


def vendored() -> list[Path]:
    """Every file that is committed in the folders of vendored files."""
    return [file for place in PLACES for file in (ROOT / place).rglob("*") if file.is_file()]


def faults() -> list[str]:
    """A sentence for each committed copy that is missing, changed or not in the lock."""
    expected = {
        f"{package['folder']}/{name}": file["sha256"]
        for package in read_lock()["packages"]
        for name, file in package["files"].items()
    }
    there = {file.relative_to(ROOT).as_posix(): file for file in vendored()}
    found = [f"{name}: is missing" for name in sorted(expected.keys() - there.keys())]
    found += [f"{name}: is not in the lock" for name in sorted(there.keys() - expected.keys())]
    found += [
        f"{name}: was changed"
        for name in sorted(expected.keys() & there.keys())
        if _sha256(there[name].read_bytes()) != expected[name]
    ]
    return found


def fetch(relock: bool) -> None:
    """Downloads every package and puts the folders anew; SystemExit on a wrong hash."""
    lock = read_lock()
    with tempfile.TemporaryDirectory() as place:
        staged = Path(place) / "vendor"
        for package in lock["packages"]:
            _unpack(_packed(package, Path(place), relock), package, staged, relock)
        for folder in PLACES:
            shutil.rmtree(ROOT / folder, ignore_errors=True)
            if (staged / folder).is_dir():
                shutil.copytree(staged / folder, ROOT / folder)
    if relock:
        LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def _packed(package: dict[str, Any], place: Path, relock: bool) -> Path:
    """The package as npm hands it out, its sha512 compared with the lock."""
    wanted = f"{package['name']}@{package['version']}"
    npm = shutil.which("npm") or sys.exit("npm is missing; --check works without it")
    command = [npm, "pack", wanted, "--json", "--pack-destination", str(place)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    archive = place / Path(json.loads(told)[0]["filename"]).name.replace("@", "").replace("/", "-")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    integrity = f"sha512-{digest}"
    if relock:
        package["integrity"] = integrity
    elif integrity != package["integrity"]:
        sys.exit(f"{wanted}: npm gave {integrity}, the lock says {package['integrity']}")
    return archive


def _unpack(archive: Path, package: dict[str, Any], staged: Path, relock: bool) -> None:
    """Copies the listed files only."""
    with tarfile.open(archive) as tar:
        for name, file in package["files"].items():
            member = tar.extractfile(f"package/{file['from']}")
            if member is None:
                sys.exit(f"{package['name']}: {file['from']} is not a file")
            content = member.read()
            if relock:
                file["sha256"] = _sha256(content)
            elif _sha256(content) != file["sha256"]:
                sys.exit(f"{package['name']}: {file['from']} differs from the lock")
            target = staged / package["folder"] / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--check", action="store_true", help="hash the committed copies, no network")
    ways.add_argument("--relock", action="store_true", help="fetch and write new hashes")
    asked = parser.parse_args()
    if not asked.check:
        fetch(asked.relock)
    if found := faults():
        sys.exit("\n".join(found))
    total = sum(file.stat().st_size for file in vendored())
    print(f"{len(vendored())} vendored files are as locked, {total / 1000:.0f} kB.")


if __name__ == "__main__":
    main()
