"""Node and the tools that `npm ci` puts beside this file; a test without them is skipped."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.conftest import need

HERE = Path(__file__).parent


def node() -> str:
    """The program, 18.18 or newer."""
    found = shutil.which("node")
    need("Node", found is not None)
    assert found is not None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    need(f"Node 18.18 or newer (this is {said.strip()})", version >= (18, 18))
    return found


def package(name: str) -> Path:
    """The folder of a package from tests/js/package.json."""
    folder = HERE / "node_modules" / name
    need(f"the npm package {name} (npm ci --prefix tests/js)", (folder / "package.json").is_file())
    return folder
