"""Fixtures: counted films, small families, and tools that a test may need."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.helpers.command_line import Done, run_command
from tests.helpers.counted_films import Counted, counted_film
from tests.helpers.families import Family, family

if TYPE_CHECKING:
    from tests.faults.forks import Forks
    from tests.helpers.prepared_cases import World

ROOT = Path(__file__).parent.parent
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-gpu", "--disable-quic"]  # fmt: skip
SHARED_FOOTAGE = ROOT.parent / "shared" / "footage"
settings.register_profile("vigsite", deadline=None)  # how long one takes tells of the machine
settings.load_profile("vigsite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak` tries full counts of faults and made-up cases; takes hours."""
    parser.addoption("--soak", action="store_true", help="full counts of faults and fuzz")


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder of this test's own, one deeper than pytest's: vigsite looks at the cases around."""
    home = tmp_path / "home"
    home.mkdir()
    return home


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


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """vigsite, ready to run. Faults are made by what Linux has: strace, mounts, a shell."""
    from tests.faults.forks import forking

    need("Linux", sys.platform == "linux")
    with forking(tmp_path_factory.mktemp("forks")) as running:
        yield running


Vigsite = Callable[..., Done]


@pytest.fixture
def vigsite(tmp_path: Path) -> Vigsite:
    """Runs the real command in a folder of its own."""

    def run(*arguments: object, cwd: Path = tmp_path, **variables: str) -> Done:
        return run_command(arguments, cwd, variables)

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


@pytest.fixture
def quiet(tmp_path: Path) -> Family:
    """A family whose film is never opened."""
    film = tmp_path / "film"
    film.write_bytes(b"not looked at here")
    return family(tmp_path / "ash", film)


@pytest.fixture
def world(template: tuple[Path, Path]) -> Iterator[World]:
    """The world that a test file has made once, as its `template`."""
    from tests.helpers.prepared_cases import World

    with World.as_kept(*template) as restored:
        yield restored


@pytest.fixture(scope="session")
def demo_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case, built once in draft quality: the folder that holds its editions."""

    def build(folder: Path) -> None:
        copy_demo(folder / "rowan")
        drafted(folder, "rowan")

    return made_once(tmp_path_factory, "demo", build) / "sites" / "rowan"


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """A folder that whichever process comes first fills, and nobody changes."""
    ours = tmp_path_factory.getbasetemp()
    folder = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / name
    with FileLock(folder.with_suffix(".lock")):
        if not (whole := folder.with_suffix(".made")).exists():
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder


def copy_demo(directory: Path) -> None:
    """Copies the demo case as it is handed out, without what vigsite has written into it since."""
    written = shutil.ignore_patterns(".vigsite", "record", "handovers.yml", "withdrawn.yml")
    shutil.copytree(ROOT / "cases" / "rowan", directory, ignore=written)


def drafted(folder: Path, case: str) -> Path:
    """Builds a case in draft quality; the folder that holds its editions."""
    done = run_command(("build", case, "--draft", "--out", "sites"), folder)
    assert done.status == 0, done.err
    return folder / "sites" / case


Launch = Callable[..., Browser]


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """Starts a Chromium with these arguments; playwright itself can run once in a process only."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    need("Chromium", program is not None)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:

        def started(*arguments: str) -> Browser:
            own = [*QUIET, *arguments, *(["--no-sandbox"] if as_root else [])]
            return playwright.chromium.launch(executable_path=program, args=own)

        yield started


@pytest.fixture(scope="session")
def chromium(launch: Launch) -> Iterator[Browser]:
    browser = launch()
    yield browser
    browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells which files took longest, so that the whole stays short."""
    took: dict[str, float] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                file = report.nodeid.partition("::")[0]
                took[file] = took.get(file, 0.0) + report.duration
    if sum(took.values()) > 60:
        terminalreporter.section("slowest files")
        for file, seconds in sorted(took.items(), key=lambda one: -one[1])[:40]:
            terminalreporter.write_line(f"{seconds:7.0f} s  {file}")
