"""Many families in one build, long films and long cases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.faults.ffmpegs import stub
from tests.helpers.families import Family, family
from tests.helpers.long_films import long_case, long_film
from tests.helpers.many_families import break_one, crowd, small_film
from vigsite.media import ffmpeg
from vigsite.records.record import files_of

MOST_MEMORY_KB = 300_000
"""Of vigsite's process and of each ffmpeg it starts."""


@pytest.fixture(scope="module")
def logging_ffmpeg(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which every start of ffmpeg is written down."""
    folder = tmp_path_factory.mktemp("ffmpeg")
    return stub(folder, f'echo "$*" >> "{folder}/started"; exec "{{real}}" "$@"')


def started(environment: dict[str, str]) -> int:
    """How often ffmpeg was started since the last time this was asked."""
    log = Path(environment[ffmpeg.NAMED_BY]).parent / "started"
    count = len(log.read_text().splitlines()) if log.exists() else 0
    log.unlink(missing_ok=True)
    return count


MEASURED = """import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(pid, 0)
print("\\n", os.waitstatus_to_exitcode(status), used.ru_maxrss, sep=" ")
"""
"""A small process that starts another: whoever starts one lends it the memory that it holds itself."""


def build(folder: Path, environment: dict[str, str]) -> tuple[int, int, str, str]:
    """Builds all cases of a folder: status, most memory in kilobytes, output, errors."""
    cases = sorted(f"cases/{path.name}" for path in (folder / "cases").iterdir())
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            MEASURED,
            sys.executable,
            "-m",
            "vigsite",
            "build",
            *cases,
            "--draft",
        ],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    out, _, measured = done.stdout.rstrip("\n").rpartition("\n")
    status, memory = map(int, measured.split())
    return status, memory, out, done.stderr


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
    assert why.startswith('cases/family-002/1-tea/cycle.yml:7: moment "looks": clip ends at 9:02.0')
    assert count.startswith("cases/family-002: 1 fault")
    assert names.startswith("Not built: cases/family-002. The others are done: ")
    assert started(logging_ffmpeg) >= len(homes)

    status, memory, out, _ = build(tmp_path, logging_ffmpeg)
    assert (status, started(logging_ffmpeg)) == (2, 0)
    assert memory < MOST_MEMORY_KB
    assert out.count(" unchanged. Open ") == 2 * len(homes)
    assert files_of(tmp_path / "sites") == sites


def marked_late(made: Family, seconds: int) -> None:
    """Its moments lie in the middle and at the end of a film so long."""

    def at(second: int) -> str:
        return f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}"

    end = seconds - 60
    made.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", f"clip: {at(end)}.2 - {at(end + 1)}.2")
    made.change("1-tea/cycle.yml", "stop_at: [0:01.5]", f"stop_at: [{at(end)}.5]")
    made.change("1-tea/cycle.yml", "still: 0:02.5", f"still: {at(seconds // 2)}.5")
    near = f"still: {{near: {at(end + 30)}, within: 0.2}}"
    made.change("1-tea/cycle.yml", "still: 0:03.0", near)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="its memory cannot be asked for here")
@pytest.mark.parametrize(("part_s", "gop"), [(60, 250), (600, 15_000)], ids=["usual", "rare"])
def test_of_a_long_recording_only_the_moments_are_decoded(
    tmp_path: Path, logging_ffmpeg: dict[str, str], soak: bool, part_s: int, gop: int
) -> None:
    """Three hours in full, with a keyframe every ten seconds and every ten minutes."""
    seconds = 3 * 3600 if soak else 600
    if gop > 250 and not soak:
        pytest.skip("takes a minute; --soak")
    film = long_film(tmp_path / "film.mp4", seconds, part_s=part_s, gop=gop)
    marked_late(family(tmp_path / "cases" / "ash", film), seconds)
    status, memory, _, said = build(tmp_path, logging_ffmpeg)
    assert status == 0, said
    assert memory < MOST_MEMORY_KB
    log = Path(logging_ffmpeg[ffmpeg.NAMED_BY]).parent / "started"
    commands = [words.split() for words in log.read_text().splitlines() if "film.mp4" in words]
    assert commands
    for words in commands:
        begin, length = (float(words[words.index(option) + 1]) for option in ("-ss", "-t"))
        assert begin > seconds / 2 - 1
        assert length < 10
    assert started(logging_ffmpeg)
    clip = tmp_path / "sites/ash/keepsake/media/cycle-1-moment-1.mp4"
    assert clip.stat().st_size < film.stat().st_size / 50


def test_a_case_of_many_cycles_has_pages_and_a_deck_that_hold(
    tmp_path: Path, logging_ffmpeg: dict[str, str], chromium: Browser, soak: bool
) -> None:
    cycles = 40 if soak else 9
    long_case(tmp_path / "cases" / "ash", small_film(tmp_path / "film.mp4"), cycles)
    status, _, _, said = build(tmp_path, logging_ffmpeg)
    assert status == 0, said
    for width, height in ((390, 844), (1280, 800)):
        page = chromium.new_page(viewport={"width": width, "height": height})
        assert _wrong_on(page, tmp_path / "sites/ash/review", cycles) == []
        page.close()


def _wrong_on(page: Page, site: Path, cycles: int) -> list[str]:
    """Errors of the pages' scripts; what is too wide, too small or not there fails at once."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for name in ("index", "goals", "seen", "keep", f"cycle-{cycles}", "deck"):
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if name == "goals":
            label = page.locator(".vig-chart .when").last.bounding_box()
            assert label is not None
            assert label["height"] > 11
    assert page.get_by_text(f"Moment 1 of {4 * cycles}").first.is_visible()
    page.keyboard.press("o")
    page.get_by_text(f"Moment {4 * cycles}", exact=True).last.scroll_into_view_if_needed()
    return wrong
