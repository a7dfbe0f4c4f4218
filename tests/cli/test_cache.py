"""`vigsite cache` counts what is kept, and deletes what no moment uses."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import Vigsite
from tests.helpers.families import Family


def entries(ash: Family) -> set[str]:
    return {entry.name for entry in (ash.directory / ".vigsite" / "cache").iterdir()}


def test_it_counts_and_prunes_what_no_moment_uses(ash: Family, vigsite: Vigsite) -> None:
    assert vigsite("build", ash.directory).status == 0
    before = entries(ash)
    assert re.search(
        rf"ash: {len(before)} finished .*; 0 of them no", vigsite("cache", ash.directory).out
    )
    ash.change("1-tea/cycle.yml", "  - {id: nan-too, still: 0:03.0, title: Nan joins in}\n", "")
    done = vigsite("cache", ash.directory)
    assert "1 of them no moment uses" in done.out
    assert " --prune` deletes" in done.out
    assert entries(ash) == before
    pruned = vigsite("cache", ash.directory, "--prune")
    assert "deleted" in pruned.out
    assert len(entries(ash)) == len(before) - 1
    again = vigsite("build", ash.directory, "--verbose")
    assert again.status == 0
    assert "-filter_complex" not in again.err


def test_every_quality_that_was_built_is_kept(ash: Family, vigsite: Vigsite) -> None:
    for quality in ((), ("--draft",), ("--share",), ("--fine",)):
        assert vigsite("build", ash.directory, *quality).status == 0
    before = entries(ash)
    vigsite("cache", ash.directory, "--prune")
    assert entries(ash) == before


def test_contact_sheets_and_remains_go_too(ash: Family, vigsite: Vigsite) -> None:
    assert vigsite("contact-sheet", ash.directory, "1-tea", "0:02").status == 0
    remains = ash.directory / ".vigsite" / "tmp" / "left-by-a-killed-run"
    remains.mkdir(parents=True)
    (remains / "frame-0001.jpg").write_bytes(b"x" * 1000)
    assert vigsite("cache", ash.directory, "--prune").status == 0
    assert not remains.exists()
    assert not list((ash.directory / ".vigsite" / "contact-sheets").iterdir())


def test_a_case_with_faults_loses_nothing(ash: Family, vigsite: Vigsite) -> None:
    """Nobody can tell what is used while a part cannot be read."""
    assert vigsite("build", ash.directory).status == 0
    before = entries(ash)
    ash.change("1-tea/cycle.yml", "still: 0:03.0", "still: soon")
    done = vigsite("cache", ash.directory, "--prune")
    assert done.status == 2
    assert "nothing was deleted" in done.err
    assert entries(ash) == before


def test_two_runs_at_once_do_not_meet(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    from vigsite.records.case_folder import Records

    with Records(ash.directory).locked():
        done = vigsite("cache", ash.directory, "--prune")
    assert done.status == 1
    assert "another vigsite is at work" in done.err
