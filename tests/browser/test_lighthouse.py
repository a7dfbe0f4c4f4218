"""What Lighthouse says of the demo family's pages, as `vigsite present` serves them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROGRAMS, copy_demo, need
from tests.js.node import HERE, node, package
from vigsite.local_server.server import presented

PAGES = {"mobile": ["cycle-1.html"], "desktop": ["index.html", "deck.html"]}
"""On which screen each page is seen; all pages on both with `--soak`."""
LEAST = {"accessibility": 100, "best-practices": 100}
"""How quick they are is measured by benchmarks/lighthouse.py."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of the demo's review edition, its pictures and clips as fine as a family gets them."""
    folder = tmp_path_factory.mktemp("served")
    copy_demo(folder / "rowan")
    command = [sys.executable, "-m", "vigsite", "build", "rowan", "--edition", "review"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    with presented(folder / "sites/rowan/review") as presentation:
        yield presentation.address.rsplit("/", 1)[0]


@pytest.mark.parametrize("screen", ["mobile", "desktop"])
def test_pages_are_usable_and_sound(screen: str, request: pytest.FixtureRequest) -> None:
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    need("Chromium", program is not None)
    package("lighthouse")
    script = Path(HERE / "lighthouse.mjs")
    address = request.getfixturevalue("address")
    pages = PAGES[screen]
    if request.config.getoption("--soak"):
        pages = [page for on_screen in PAGES.values() for page in on_screen]
    done = subprocess.run(
        [node(), script, str(program), screen, ",".join(LEAST), *(f"{address}/{name}" for name in pages)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for page, told in json.loads(done.stdout).items():
        assert {name: told["scores"][name] for name in LEAST} == LEAST, (page, told)
