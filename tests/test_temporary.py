"""What is written on the way lies in the case's private folder or beside the sites, nowhere else.

Every file and folder that a command makes is seen by strace: not even for an instant does anything
of a family lie in the system's temporary folder or in the user's home.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT, need
from tests.helpers.counted_films import Counted
from tests.helpers.families import family, guarded

CALLS = "openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,memfd_create"
MAKES = re.compile(r"\bO_(?:WRONLY|RDWR|CREAT|TMPFILE)\b")
PLACE = re.compile(r'(?:AT_FDCWD<([^>]*)>|\d+<([^>]*)>)?,? ?"((?:[^"\\]|\\.)*)"')
COMMANDS = {
    "build": ["build", "ash", "--edition", "review"],
    "preview": ["preview", "ash"],
    "contact-sheet": ["contact-sheet", "ash", "1", "0:02", "--within", "0.1"],
}


def written(log: str) -> set[str]:
    """Every path that was made or opened for writing."""
    found = set()
    for line in log.splitlines():
        call = re.search(r"(\w+)\((.*)\) += (-?\d+)", line)
        if not call or call[3].startswith("-"):
            continue
        if call[1].startswith("open") and not MAKES.search(call[2]):
            continue
        for here, there, name in PLACE.findall(call[2]):
            found.add(os.path.normpath(os.path.join(here or there or "/?", name)))
    return found


def traced(arguments: Sequence[str], cwd: Path, log: Path, **variables: str) -> None:
    done = subprocess.run(
        ["strace", "-f", "-y", "--seccomp-bpf", "-s", "4096", "-qq", "-e", f"trace={CALLS}",
         "-o", str(log), sys.executable, "-m", "vigsite", *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **variables},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_written_outside_the_private_folder_and_the_sites(
    tmp_path: Path, films: Callable[[str], Counted], command: str
) -> None:
    need("strace", shutil.which("strace") is not None)
    ash = guarded(family(tmp_path / "ash", films("25").path))
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    elsewhere = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    traced(COMMANDS[command], tmp_path, tmp_path / "log", HOME=str(home), **elsewhere)
    seen = written((tmp_path / "log").read_text("utf-8", "replace"))
    own = (f"{ash.directory}/.vigsite", f"{ash.directory}/record")
    allowed = (*own, f"{tmp_path}/sites", "/dev/", "/proc/")
    assert {path for path in seen if not path.startswith(allowed)} == set()
    inside = {path for path in seen if path.startswith(f"{ash.directory}/.vigsite/tmp/")}
    assert len(inside) >= 3
    assert list(home.rglob("*")) == list(temporary.rglob("*")) == []
    assert all(stat.S_IMODE(Path(folder).stat().st_mode) == 0o700 for folder in own)
    assert list((ash.directory / ".vigsite" / "tmp").iterdir()) == []
