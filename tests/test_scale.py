"""Many families in one build, long films and long cases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crowd import break_one, crowd
from vigsite.media import ffmpeg
from vigsite.records import files_of

MOST_MEMORY_KB = 300_000
"""Of vigsite's process and of each ffmpeg it starts."""


@pytest.fixture(scope="module")
def logging_ffmpeg(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which every start of ffmpeg is written down."""
    folder = tmp_path_factory.mktemp("ffmpeg")
    program = folder / "ffmpeg"
    program.write_text(
        f'#!/bin/sh\necho "$*" >> "{folder}/started"\nexec "{ffmpeg.program()}" "$@"\n'
    )
    program.chmod(0o755)
    return {ffmpeg.NAMED_BY: str(program)}


def started(environment: dict[str, str]) -> int:
    """How often ffmpeg was started since the last time this was asked."""
    log = Path(environment[ffmpeg.NAMED_BY]).parent / "started"
    count = len(log.read_text().splitlines()) if log.exists() else 0
    log.unlink(missing_ok=True)
    return count


def build(folder: Path, environment: dict[str, str]) -> tuple[int, int, str, str]:
    """Builds all cases of a folder: status, most memory in kilobytes, output, errors."""
    cases = sorted(f"cases/{path.name}" for path in (folder / "cases").iterdir())
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        builds = subprocess.Popen(
            [sys.executable, "-m", "vigsite", "build", *cases, "--draft"],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=out,
            stderr=err,
        )
        _, status, used = os.wait4(builds.pid, 0)
        builds.returncode = os.waitstatus_to_exitcode(status)
    said = [(folder / name).read_text("utf-8") for name in ("out", "err")]
    return builds.returncode, used.ru_maxrss, said[0], said[1]


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="its memory cannot be asked for here")
def test_a_broken_family_stops_no_other_and_what_is_done_is_not_done_again(
    tmp_path: Path, logging_ffmpeg: dict[str, str], soak: bool
) -> None:
    made = crowd(tmp_path, 200 if soak else 5)
    broken = made[1]
    break_one(broken)
    status, memory, _, said = build(tmp_path, logging_ffmpeg)
    assert status == 2
    assert memory < MOST_MEMORY_KB
    sites = files_of(tmp_path / "sites")
    homes = [f"family-{number:03}" for number in range(1, len(made) + 1) if number != 2]
    assert sorted({name.split("/")[0] for name in sites}) == homes
    assert all(f"{home}/{edition}/index.html" in sites for home in homes
               for edition in ("review", "keepsake"))  # fmt: skip
    *_, why, count, names = said.splitlines()
    assert why.startswith("cases/family-002/1-tea/cycle.yml:7: moments[0].clip ends at 9:02.0")
    assert count.startswith("cases/family-002: 1 fault")
    assert names.startswith("Not built: cases/family-002. The others are done: ")
    assert started(logging_ffmpeg) >= len(homes)

    status, memory, out, _ = build(tmp_path, logging_ffmpeg)
    assert (status, started(logging_ffmpeg)) == (2, 0)
    assert memory < MOST_MEMORY_KB
    assert out.count(" unchanged. Open ") == 2 * len(homes)
    assert files_of(tmp_path / "sites") == sites
