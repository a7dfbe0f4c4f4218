"""Many families at once: memory, time for each, and what a build costs that has nothing to do.

    python benchmarks/scale.py [FAMILIES]

Families are made up, with films as small as a stamp, so that what is measured is vigsite's own
work. Memory and CPU are those of its process; CPU seconds count on a busy machine, wall seconds
hardly.

| what | its floor |
|---|---|
| building so many from nothing | building the first quarter of them, for each family |
| building them again, unchanged | Python reading and hashing the same files |
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.helpers.many_families import break_one, crowd

HASHING = """\
import hashlib, sys
from pathlib import Path
for root in sys.argv[1:]:
    for path in sorted(Path(root).rglob("*")):
        if path.is_file() and ".vigsite" not in path.parts:
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256").hexdigest()
"""
ROUNDS = 5


@dataclass(frozen=True)
class Reading:
    """How far a build has come, and what it has taken so far."""

    families: int
    wall_s: float
    own_cpu_s: float
    ffmpeg_cpu_s: float
    memory_mb: float
    """The most so far."""


def build(cases: list[str]) -> list[str]:
    """The command that builds these cases."""
    return [sys.executable, "-m", "vigsite", "build", *cases, "--draft"]


def watched(folder: Path, cases: list[str], marks: list[int]) -> tuple[list[Reading], int, str]:
    """Builds from nothing; a reading when so many families are built, status and words."""
    found: list[Reading] = []
    most, start = 0.0, time.perf_counter()
    with (
        (folder / "said").open("wb") as said,
        subprocess.Popen(build(cases), cwd=folder, stdout=said, stderr=said) as builds,
    ):
        seen = psutil.Process(builds.pid)
        times = seen.cpu_times()
        while builds.poll() is None:
            try:
                most = max(most, seen.memory_info().rss / 1e6)
                times = seen.cpu_times()
            except psutil.Error:
                break
            done = len(list(folder.glob("sites/*/keepsake")))
            if len(found) < len(marks) - 1 and done >= marks[len(found)]:
                found.append(_reading(done, start, times, most))
            time.sleep(0.1)
        status = builds.wait()
    found.append(_reading(marks[-1], start, times, most))
    return found, status, (folder / "said").read_text("utf-8")


def _reading(done: int, start: float, times: object, most: float) -> Reading:
    own, children = times.user + times.system, times.children_user + times.children_system  # type: ignore[attr-defined]  # psutil's are named at run time
    return Reading(done, time.perf_counter() - start, own, children, most)


def least(command: list[str], folder: Path) -> tuple[float, float]:
    """The least wall and CPU seconds of some rounds."""
    wall, cpu = [], []
    for _ in range(ROUNDS):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
        wall.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(wall), min(cpu)


def main() -> None:
    """Builds a crowd, then parts of it again, and prints what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    marks = [count // 4, count // 2, count]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = crowd(folder, count)
        broken = made[count // 8]
        break_one(broken)
        cases = [f"cases/{family.directory.name}" for family in made]
        readings, status, said = watched(folder, cases, marks)
        first = readings[0]
        print("| families | wall s | own CPU s | ffmpeg CPU s | own CPU for each | peak MB |")
        print("|---|---|---|---|---|---|")
        for one in readings:
            each = one.own_cpu_s / one.families
            ratio = each / (first.own_cpu_s / first.families)
            print(
                f"| {one.families} | {one.wall_s:.0f} | {one.own_cpu_s:.1f} | "
                f"{one.ffmpeg_cpu_s:.1f} | {each:.3f} (x {ratio:.2f}) | {one.memory_mb:.0f} |"
            )
        print(f"\nstatus {status}; built {len(list(folder.glob('sites/*/keepsake')))}")
        print("\n".join(line for line in said.splitlines() if broken.directory.name in line))
        print("\n| unchanged | wall s | CPU s | hashing alone, wall s | CPU s |")
        print("|---|---|---|---|---|")
        sound = [family for family in made if family is not broken]
        for mark in marks:
            some = [family.directory.name for family in sound[:mark]]
            again = least(build([f"cases/{name}" for name in some]), folder)
            roots = [f"{room}/{name}" for name in some for room in ("cases", "sites")]
            floor = least([sys.executable, "-c", HASHING, *roots], folder)
            print(
                f"| {len(some)} | {again[0]:.2f} | {again[1]:.2f} (x {again[1] / floor[1]:.2f}) | "
                f"{floor[0]:.2f} | {floor[1]:.2f} |"
            )


if __name__ == "__main__":
    main()
