"""Small file systems of their own: full, read-only, pulled out. They need root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import need


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """A file system in memory at `place`; skips the test where nobody may mount one."""
    place.mkdir()
    need("mount", os.name != "nt" and shutil.which("mount") is not None)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    need("mount as root", subprocess.run(command, capture_output=True, check=False).returncode == 0)
    try:
        yield place
    finally:
        pull(place)


def pull(place: Path) -> None:
    """Takes it away at once, whoever uses it."""
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)
