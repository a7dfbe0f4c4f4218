"""Fixtures: counted films, small families, and tools that a test may need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.families import Family, family
from tests.films import Counted, counted_film

ROOT = Path(__file__).parent.parent
SHARED_FOOTAGE = ROOT.parent / "shared" / "footage"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak` tries full counts of faults and made-up cases; takes hours."""
    parser.addoption("--soak", action="store_true", help="full counts of faults and fuzz")


@pytest.fixture(scope="session")
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether full counts were asked for."""
    return bool(request.config.getoption("--soak"))


def need(what: str, there: bool) -> None:
    """Skips a test whose tool is missing; where all tools must be there, fails it."""
    if there:
        return
    if os.environ.get("VIGSITE_TEST_ALL"):
        pytest.fail(f"{what} is missing, and VIGSITE_TEST_ALL is set")
    pytest.skip(f"needs {what}, which is not on this machine")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


Vigsite = Callable[..., Done]


@pytest.fixture
def vigsite(tmp_path: Path) -> Vigsite:
    """Runs the real command in a folder of its own."""

    def run(*arguments: object, cwd: Path = tmp_path, **variables: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "vigsite", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Counted]:
    """Counted films of four seconds, drawn once for every rate."""
    folder = tmp_path_factory.mktemp("films")
    drawn: dict[str, Counted] = {}

    def at(rate: str) -> Counted:
        if rate not in drawn:
            drawn[rate] = counted_film(folder / f"{rate.replace('/', '-')}.mp4", rate, 4)
        return drawn[rate]

    return at


@pytest.fixture
def ash(tmp_path: Path, films: Callable[[str], Counted]) -> Family:
    """A family of three whose film is counted, 25 frames a second."""
    return family(tmp_path / "cases" / "ash", films("25").path)


@pytest.fixture(scope="session")
def demo_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case, built once in draft quality: the folder that holds its editions."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(
        ROOT / "cases" / "rowan", folder / "rowan", ignore=shutil.ignore_patterns(".vigsite")
    )
    done = subprocess.run(
        [sys.executable, "-m", "vigsite", "build", "rowan", "--draft"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "sites" / "rowan"
