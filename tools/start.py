"""Sets everything up in `.venv` beside this file's folder, then does one thing.

    python3 tools/start.py demo     builds the demo family's sites
    python3 tools/start.py tests    runs the tests
    python3 tools/start.py lint     formatter, linter, types and import contract

Needs Python 3.11 or newer with pip, nothing else. A second run sets nothing up again. Further
words are handed on: `python3 tools/start.py tests -k consent`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
SCRIPTS = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
EXTRAS = {"demo": "", "tests": "[test,cluster]", "lint": "[test,cluster,develop]"}
MEASURED = {
    "case": "tests/case",
    "language": "tests/case",
    "pages": "tests/pages",
    "audit": "tests/audit",
}
"""Rooms of which CI measures how much of their lines their own tests reach, and these tests. The
others are tried by the real commands, in processes of their own."""
FLOOR = 90
"""Per cent of lines at least."""
LINTERS = (
    ["ruff", "format", "--check", "."],
    ["ruff", "check", "."],
    ["mypy"],
    ["lint-imports"],
)


def main() -> int:
    """Sets up, runs, and gives the status of what was run."""
    job = sys.argv[1] if len(sys.argv) > 1 else ""
    if job not in EXTRAS:
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):
        print(f"vigsite needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    if (status := set_up(EXTRAS[job])) != 0:
        return status
    more = sys.argv[2:]
    if job == "demo":
        return run([PYTHON, "-m", "vigsite", "build", "cases/rowan", *more])
    if job == "tests":
        return test(more)
    return max(run([SCRIPTS / linter[0], *linter[1:]]) for linter in LINTERS)


def test(more: list[str]) -> int:
    """The tests side by side, a file a process; then those that measure time, alone.

    One process more than there are processors, since browsers and servers are often waited for.
    """
    pytest: list[str | Path] = [PYTHON, "-m", "pytest"]
    together = ["-m", "not alone", "-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile"]
    jobs = [[*together, *more], ["-m", "alone", *more]]
    if os.environ.get("VIGSITE_TEST_ALL") and not more:
        others = [f"--ignore={folder}" for folder in MEASURED.values()]
        rooms = [f"--cov=vigsite.{room}" for room in MEASURED]
        floor = ["--cov-report=term:skip-covered", f"--cov-fail-under={FLOOR}"]
        jobs[0] = [*together, *others]
        jobs.insert(1, [*together, *rooms, *floor, *dict.fromkeys(MEASURED.values())])
    found = [run([*pytest, *job]) for job in jobs]
    nothing_chosen = 5
    return max((status for status in found if status != nothing_chosen), default=nothing_chosen)


def set_up(extras: str) -> int:
    """Installs into `.venv` what a job needs, unless that was done before."""
    asked = [extras, (ROOT / "pyproject.toml").read_text("utf-8"), constraints()]
    stamp = HOME / f".installed{extras.strip('[]').replace(',', '-')}"
    digest = hashlib.sha256("\n".join(asked).encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return 0
    print(f"Setting up {HOME} (some minutes the first time, about 600 MB) ...", flush=True)
    if not PYTHON.exists():
        # Without pip, since Debian's Python cannot put it there; ours installs from outside.
        venv.create(HOME, with_pip=False, symlinks=os.name != "nt")
    pip = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet"]
    pip += ["--disable-pip-version-check"]
    pinned = ["--constraint", constraints()] if constraints() else []
    status = run([*pip, *pinned, "--editable", f".{extras}"])
    if status == 0:
        stamp.write_text(digest)
    else:
        print("Setting up failed: is pip 22.3 or newer there, and the internet?")
    return status


def constraints() -> str:
    """A file of exact versions, where VIGSITE_CONSTRAINTS names one (as CI does)."""
    return os.environ.get("VIGSITE_CONSTRAINTS", "")


def run(command: list[str | Path]) -> int:
    """Runs a command in the project's folder."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
