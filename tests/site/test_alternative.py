"""Without MkDocs: ProperDocs, its maintained fork, makes the same sites, byte by byte."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

from tests.conftest import need
from tests.helpers.families import as_another_family
from vigsite.audit.formats.links import read_links

RUN = """
import atexit, runpy, sys
import properdocs.replacement
atexit.register(lambda: print("by", sys.modules["mkdocs.commands.build"].__name__))
runpy.run_module("vigsite", run_name="__main__")
"""
"""Every import of MkDocs then brings ProperDocs; nothing of vigsite knows."""


def test_properdocs_builds_the_same_sites(demo_sites: Path, tmp_path: Path) -> None:
    there = importlib.util.find_spec("properdocs") is not None
    need("ProperDocs (pip install .[test])", there)
    shutil.copytree(demo_sites.parent.parent / "rowan", tmp_path / "rowan")
    as_another_family(tmp_path / "rowan")
    done = subprocess.run(
        [sys.executable, "-c", RUN, "build", "rowan", "--draft"],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("by properdocs.commands.build\n")
    for edition in ("review", "keepsake"):
        ours, theirs = demo_sites / edition, tmp_path / "sites/rowan" / edition
        files = {f.relative_to(ours) for f in ours.rglob("*") if f.is_file()}
        assert len([name for name in files if name.suffix == ".html"]) >= 10
        assert {f.relative_to(theirs) for f in theirs.rglob("*") if f.is_file()} == files
        different = [f for f in files if (ours / f).read_bytes() != (theirs / f).read_bytes()]
        assert different == []
        known = {PurePosixPath(name.as_posix()) for name in files}
        assert read_links(theirs).faults(known) == []
