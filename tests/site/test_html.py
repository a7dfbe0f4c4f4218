"""The built pages are HTML as the standard has it; the Nu checker of the W3C says so."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.conftest import need
from tests.js.node import package


def complaints(*pages: Path) -> str:
    java = shutil.which("java")
    need("Java", java is not None)
    checker = package("vnu-jar") / "build/dist/vnu.jar"
    command = [str(java), "-jar", str(checker), "--errors-only", *map(str, pages)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False).stderr


def test_every_page_is_valid(demo_sites: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!doctype html><title>Wrong</title><img src=a.png>")
    pages = sorted(demo_sites.glob("*/*.html"))
    assert len(pages) > 20
    said = complaints(tmp_path / "wrong.html", *pages).splitlines()
    assert "wrong.html" in said[0]
    assert "alt" in said[0]
    assert said[1:] == []
