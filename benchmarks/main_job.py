"""Times the main job on the demo case against named floors, measured in the same run.

    python benchmarks/main_job.py [ROUNDS]

| what | its floor |
|---|---|
| `vigsite --help` | Python importing click |
| a cold build | its own ffmpeg commands alone, one after the other |
| an edited text, nothing changed | Python importing what reads a case (PyYAML and pydantic) |
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
VIGSITE = [sys.executable, "-m", "vigsite"]
CYCLE = "rowan/1-breakfast/cycle.yml"


def timed(command: list[str], folder: Path) -> float:
    """Seconds a command takes; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def cold(folder: Path) -> float:
    """A build from nothing."""
    shutil.rmtree(folder / "sites", ignore_errors=True)
    shutil.rmtree(folder / "rowan" / ".vigsite", ignore_errors=True)
    return timed([*VIGSITE, "build", "rowan"], folder)


def bare_ffmpeg(folder: Path) -> float:
    """The commands that a cold build shows with --verbose, alone."""
    shutil.rmtree(folder / "rowan" / ".vigsite", ignore_errors=True)
    shutil.rmtree(folder / "sites", ignore_errors=True)
    shown = subprocess.run(
        [*VIGSITE, "build", "rowan", "--verbose"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    commands = [line for line in shown.splitlines() if " -filter_complex " in line]
    total = 0.0
    for command in commands:
        with tempfile.TemporaryDirectory() as place:
            total += timed(["sh", "-c", command], Path(place))
    return total


def edited(folder: Path) -> float:
    """A build after a word was changed."""
    file = folder / CYCLE
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"title: .*", f"title: Edited {time.time_ns()}", text, count=1), "utf-8")
    return timed([*VIGSITE, "build", "rowan"], folder)


def main() -> None:
    """Runs everything in alternation and prints medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ignored = shutil.ignore_patterns(".vigsite", "record")
        shutil.copytree(ROOT / "cases" / "rowan", folder / "rowan", ignore=ignored)
        python = [sys.executable, "-c"]
        jobs: dict[str, Callable[[], float]] = {
            "python importing click": lambda: timed([*python, "import click"], folder),
            "vigsite --help": lambda: timed([*VIGSITE, "--help"], folder),
            "its ffmpeg commands alone": lambda: bare_ffmpeg(folder),
            "cold build": lambda: cold(folder),
            "python importing the case reader": lambda: timed(
                [*python, "import vigsite.case.load"], folder
            ),
            "unchanged build": lambda: timed([*VIGSITE, "build", "rowan"], folder),
            "build after an edited text": lambda: edited(folder),
        }
        found: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(rounds):
            for name, job in jobs.items():
                found[name].append(job())
    medians = {name: statistics.median(times) for name, times in found.items()}
    floors = {
        "vigsite --help": "python importing click",
        "cold build": "its ffmpeg commands alone",
        "unchanged build": "python importing the case reader",
        "build after an edited text": "python importing the case reader",
    }
    for name, times in found.items():
        ratio = (
            f"{medians[name] / medians[floors[name]]:5.2f} x {floors[name]}"
            if name in floors
            else ""
        )
        print(f"{name:34} {medians[name]:7.3f} s  ({min(times):.3f}-{max(times):.3f})  {ratio}")


if __name__ == "__main__":
    main()
