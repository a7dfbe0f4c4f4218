"""The audit raises no false alarm: sites of whole made-up cases are clean."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.helpers.counted_films import Counted
from tests.helpers.generated_cases import World
from vigsite.case.editions import Edition
from vigsite.commands.audit import audit_place


def test_made_up_sites_are_clean(
    tmp_path: Path, films: Callable[[str], Counted], soak: bool
) -> None:
    """All editions of two cases, with `--soak` of twenty; with the case's secrets and without."""
    copies = []
    for number, rate in enumerate(("25", "30", "25")):
        copies.append(tmp_path / f"{number}.mp4")
        shutil.copyfile(films(rate).path, copies[-1])
    audited = 0
    for seed in range(20 if soak else 2):
        edition = list(Edition)[seed % 3]
        case = World(edition, seed, seed + 1).write(tmp_path / "cases" / f"elm-{seed}", copies)
        command = [sys.executable, "-m", "vigsite", "build", str(case), "--draft"]
        done = subprocess.run(
            [*command, "--edition", "all"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        for site in (tmp_path / "sites" / case.name).glob("*/"):
            assert not audit_place(site, case).findings
            assert not audit_place(site).findings
            audited += 1
        assert "It was not published" not in done.stderr, done.stderr
    print(f"{audited} sites")
    assert audited >= (20 if soak else 2)
