"""Measures commands: wall time, CPU of all their processes, peak memory; and sums results up."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took, its child processes included."""

    wall_s: float
    cpu_s: float
    """User and system time, as in `resource.wait4`: every child that was waited for counts."""

    def less(self, other: Cost) -> Cost:
        """What remains without a part."""
        return Cost(self.wall_s - other.wall_s, self.cpu_s - other.cpu_s)


@dataclass(frozen=True, slots=True)
class Done:
    """A command that ended well."""

    cost: Cost
    said: str
    """Its standard output."""
    errors: str


def run(command: Sequence[str], folder: Path, extra: dict[str, str] | None = None) -> Done:
    """Runs a command in a folder, with extra environment variables; it must succeed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(extra or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said, errors = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\nended with {process.returncode}:\n{errors}")
    return Done(Cost(wall, used.ru_utime + used.ru_stime), said, errors)


def run_all(commands: Sequence[Sequence[str]], folder: Path, at_once: int) -> Cost:
    """Runs commands, so many at once, and sums their CPU; the wall time is that of the whole."""
    start = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        done = list(pool.map(lambda command: run(command, folder), commands))
    return Cost(time.perf_counter() - start, sum(one.cost.cpu_s for one in done))


@dataclass(frozen=True, slots=True)
class Peak:
    """The largest memory of a command and all its children together, in bytes."""

    resident: int
    """Sum of resident set sizes; pages shared by two processes count twice."""
    own: int | None
    """Sum of proportional (Linux) or unique set sizes; None where the system tells neither."""
    samples: int


def installed(name: str) -> bool:
    """Whether a module of the extra `bench` is there."""
    return importlib.util.find_spec(name) is not None


def peak_memory(command: Sequence[str], folder: Path, each_s: float = 0.05) -> Peak:
    """Samples a command's whole tree of processes until it ends; it must succeed."""
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err
        )
        root = psutil.Process(process.pid)
        resident, own, samples = 0, 0, 0
        told = True
        while process.poll() is None:
            sizes: list[Any] = []
            with contextlib.suppress(psutil.NoSuchProcess):
                for one in [root, *root.children(recursive=True)]:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        try:
                            sizes.append(one.memory_full_info())
                        except psutil.AccessDenied:
                            told = False
                            sizes.append(one.memory_info())
            resident = max(resident, sum(size.rss for size in sizes))
            own = max(own, sum(getattr(s, "pss", getattr(s, "uss", s.rss)) for s in sizes))
            samples += 1
            time.sleep(each_s)
        if process.wait() != 0:
            err.seek(0)
            raise RuntimeError(err.read().decode("utf-8", "replace"))
    return Peak(resident, own if told else None, samples)


@dataclass(frozen=True, slots=True)
class Series:
    """The same thing measured several times."""

    costs: tuple[Cost, ...]

    @property
    def wall_s(self) -> float:
        return statistics.median(cost.wall_s for cost in self.costs)

    @property
    def cpu_s(self) -> float:
        return statistics.median(cost.cpu_s for cost in self.costs)

    def wall_ratio(self, other: Series) -> float:
        """Median of this over median of the other."""
        return self.wall_s / other.wall_s

    def cpu_ratio(self, other: Series) -> float:
        """Median of this over median of the other."""
        return self.cpu_s / other.cpu_s

    def line(self, name: str, against: Series | None = None) -> str:
        """One line of the table: medians, ranges and the ratios to another series."""
        walls = [cost.wall_s for cost in self.costs]
        cpus = [cost.cpu_s for cost in self.costs]
        wall = f"{self.wall_s:8.2f} s ({min(walls):.2f}-{max(walls):.2f})"
        cpu = f"{self.cpu_s:8.2f} CPU s ({min(cpus):.2f}-{max(cpus):.2f})"
        ratios = ""
        if against is not None:
            ratios = f"x {self.wall_ratio(against):.3f} wall, {self.cpu_ratio(against):.3f} CPU"
        return f"{name:38} {wall:28} {cpu:32} {ratios}".rstrip()

    def kept(self, against: Series | None = None) -> dict[str, Any]:
        """Itself for the JSON, with the ratio of every round."""
        told = {
            "wall_s": self.wall_s,
            "cpu_s": self.cpu_s,
            "rounds": [asdict(cost) for cost in self.costs],
        }
        if against is None:
            return told
        pairs = list(zip(self.costs, against.costs, strict=False))
        return told | {
            "wall_ratio": self.wall_ratio(against),
            "cpu_ratio": self.cpu_ratio(against),
            "cpu_ratio_of_rounds": [one.cpu_s / other.cpu_s for one, other in pairs],
        }


@dataclass(frozen=True, slots=True)
class Target:
    """A promise of the project, held against a measurement."""

    what: str
    found: float
    at_most: float | None = None
    at_least: float | None = None
    unit: str = ""

    @property
    def met(self) -> bool:
        return (self.at_most is None or self.found <= self.at_most) and (
            self.at_least is None or self.found >= self.at_least
        )

    def line(self) -> str:
        sign, bound = ("<=", self.at_most) if self.at_most is not None else (">=", self.at_least)
        verdict = "met" if self.met else "NOT MET"
        return f"{verdict:8} {self.what:52} {self.found:8.3f}{self.unit}  target {sign} {bound:g}{self.unit}"
