"""The main job: from a case to its sites, again and again, and when things go wrong."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted, counted_film
from tests.helpers.families import Family, family
from vigsite.media import ffmpeg


def tree(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def left_over(root: Path) -> list[str]:
    """Temporary files and staging folders that should be gone."""
    scratch = [f for f in root.rglob("*") if "tmp" in f.parts[-2:-1]]
    staged = [
        f for f in root.rglob(".*") if ".new-" in f.name or f.name.endswith((".old", ".part"))
    ]
    return [str(f) for f in scratch + staged]


@pytest.fixture
def spy(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """An ffmpeg that writes down every run: the variables that name it, and its log."""
    log, script = tmp_path / "ffmpeg.log", tmp_path / "spying-ffmpeg"
    script.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\nexec "{ffmpeg.program()}" "$@"\n')
    script.chmod(0o755)
    return {"VIGSITE_FFMPEG": str(script)}, log


def test_a_case_becomes_review_and_keepsake(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    done = vigsite("build", ash.directory)
    assert done.status == 0, done.err
    review, keepsake = tree(tmp_path / "sites/ash/review"), tree(tmp_path / "sites/ash/keepsake")
    assert {
        "index.html",
        "deck.html",
        "cycle-1.html",
        "goals.html",
        "keep.html",
        "about.html",
    } <= set(review)
    assert "deck.html" not in keepsake
    assert "media/cycle-1-moment-1.mp4" in keepsake
    assert sum(name.endswith("-640.jpg") for name in review) == 3
    assert sum(name.endswith("-640.jpg") for name in keepsake) == 2
    assert "sites/ash/review/index.html" in done.out
    assert "ash: 1 moment left out of the keepsake: Nan has not agreed" in done.out
    assert left_over(tmp_path) == []
    assert stat.S_IMODE((ash.directory / ".vigsite").stat().st_mode) == 0o700


def test_nothing_is_done_again_while_nothing_changed(
    ash: Family, vigsite: Vigsite, tmp_path: Path, spy: tuple[dict[str, str], Path]
) -> None:
    variables, log = spy
    assert vigsite("build", ash.directory, **variables).status == 0
    runs = len(log.read_text().splitlines())
    assert runs == 3  # its version, the film's loudness, one clip; stills are made without it
    times = {f: f.stat().st_mtime_ns for f in (tmp_path / "sites").rglob("*")}
    done = vigsite("build", ash.directory, **variables)
    assert "review unchanged" in done.out
    assert "keepsake unchanged" in done.out
    assert len(log.read_text().splitlines()) == runs
    assert {f: f.stat().st_mtime_ns for f in (tmp_path / "sites").rglob("*")} == times


def test_an_edited_text_runs_no_ffmpeg(
    ash: Family, vigsite: Vigsite, tmp_path: Path, spy: tuple[dict[str, str], Path]
) -> None:
    variables, log = spy
    vigsite("build", ash.directory, **variables)
    runs = len(log.read_text().splitlines())
    ash.change("1-tea/cycle.yml", "Ash looks up", "Ash looks at you")
    done = vigsite("build", ash.directory, **variables)
    assert done.out.count(" built.") == 2
    assert len(log.read_text().splitlines()) == runs
    assert b"Ash looks at you" in (tmp_path / "sites/ash/review/cycle-1.html").read_bytes()


def test_a_changed_moment_costs_that_moment(
    ash: Family, vigsite: Vigsite, spy: tuple[dict[str, str], Path]
) -> None:
    variables, log = spy
    vigsite("build", ash.directory, **variables)
    runs = len(log.read_text().splitlines())
    ash.change("1-tea/cycle.yml", "0:02.5", "0:02.6")
    done = vigsite("build", ash.directory, "--verbose", **variables)
    assert done.status == 0
    assert done.err.count("-filter_complex") == 1
    assert len(log.read_text().splitlines()) == runs
    ash.change("1-tea/cycle.yml", "0:01.0 - 0:02.0", "0:01.0 - 0:02.2")
    assert vigsite("build", ash.directory, **variables).status == 0
    assert len(log.read_text().splitlines()) == runs + 1
    assert (
        len(list((ash.directory / ".vigsite/cache").iterdir())) == 3
    )  # what no moment uses any more is gone


def test_a_damaged_site_is_built_again(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    vigsite("build", ash.directory)
    page = tmp_path / "sites/ash/keepsake/index.html"
    page.write_text("gone")
    done = vigsite("build", ash.directory)
    assert "review unchanged" in done.out
    assert "keepsake built" in done.out
    assert page.read_text() != "gone"


def test_a_damaged_cache_entry_is_made_again(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    vigsite("build", ash.directory)
    before = tree(tmp_path / "sites/ash/keepsake")
    clip = next((ash.directory / ".vigsite/cache").rglob("clip.mp4"))
    raw = bytearray(clip.read_bytes())
    raw[len(raw) // 2] ^= 1
    clip.write_bytes(raw)
    (tmp_path / "sites/ash/keepsake/index.html").unlink()
    assert vigsite("build", ash.directory).status == 0
    assert tree(tmp_path / "sites/ash/keepsake") == before


def test_faults_leave_the_sites_as_they_were(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    vigsite("build", ash.directory)
    before = tree(tmp_path / "sites")
    ash.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:09.0")
    done = vigsite("build", ash.directory)
    assert done.status == 2
    assert 'moment "looks": clip ends at 0:09.0, but film.mp4 lasts 0:04.0.' in done.err
    assert "cycle.yml:7:" in done.err
    assert tree(tmp_path / "sites") == before


def test_a_word_that_must_never_be_shown_is_not_published(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    vigsite("build", ash.directory)
    before = tree(tmp_path / "sites")
    ash.change("1-tea/cycle.yml", "You gave time.", "Ms Featherstone gave time.")
    done = vigsite("build", ash.directory)
    assert done.status == 2
    assert "cycle.yml:23: review.strengths 1 holds 'Featherstone'" in done.err
    assert tree(tmp_path / "sites") == before
    assert left_over(tmp_path) == []


def test_withdrawn_consent_takes_a_built_site_away(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    """Even when another file has a fault, and even when only the review is asked for."""
    vigsite("build", ash.directory)
    ash.change(
        "case.yml",
        "- {person: nan",
        "- {person: ash, for: [keepsake], withdrawn: 2026-03-01}\n  - {person: nan",
    )
    ash.change("1-tea/cycle.yml", "title: A smile", "title: A smile, titel: twice")
    done = vigsite("build", ash.directory, "--edition", "review")
    assert done.status == 2
    assert "keepsake taken away from" in done.err
    assert "Ash took the agreement back on 2026-03-01" in done.err
    assert not (tmp_path / "sites/ash/keepsake").exists()
    assert (tmp_path / "sites/ash/review/index.html").exists()
    ash.change("1-tea/cycle.yml", ", titel: twice", "")
    done = vigsite("build", ash.directory)
    assert done.status == 0
    assert "keepsake: not agreed yet" in done.out
    assert not (tmp_path / "sites/ash/keepsake").exists()


def test_an_edition_asked_for_by_name_that_nobody_agreed_to_is_an_error(
    ash: Family, vigsite: Vigsite
) -> None:
    ash.change("case.yml", "for: [review, keepsake, supervision]", "for: [review]")
    done = vigsite("build", ash.directory, "--edition", "keepsake")
    assert done.status == 1
    assert "the keepsake cannot be built: not agreed yet" in done.err
    assert vigsite("build", ash.directory, "--draft").status == 0


def test_hold_keeps_the_keepsake_back(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    vigsite("build", ash.directory)
    ash.change("case.yml", "goals:", "keepsake: {parts: hold}\ngoals:")
    done = vigsite("build", ash.directory)
    assert done.status == 0
    assert "keepsake: held for now, as case.yml asks" in done.out
    assert not (tmp_path / "sites/ash/keepsake").exists()


def test_another_folder_is_never_replaced(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    theirs = tmp_path / "sites/ash/review"
    theirs.mkdir(parents=True)
    (theirs / "thesis.doc").write_text("mine")
    done = vigsite("build", ash.directory)
    assert done.status == 2
    assert "holds other files" in done.err
    assert (theirs / "thesis.doc").read_text() == "mine"


def test_sites_cannot_lie_inside_the_case(ash: Family, vigsite: Vigsite) -> None:
    done = vigsite("build", ash.directory, "--out", ash.directory / "sites")
    assert done.status == 2
    assert "inside one another" in done.err


def test_one_broken_case_does_not_stop_the_others(
    ash: Family, vigsite: Vigsite, tmp_path: Path, films: Callable[[str], Counted]
) -> None:
    broken = family(tmp_path / "cases" / "birch", films("25").path)
    broken.change("case.yml", "role: child", "role: chil")
    done = vigsite("build", broken.directory, ash.directory, "--draft")
    assert done.status == 2
    assert "did you mean child?" in done.err
    assert "Not built:" in done.err
    assert (tmp_path / "sites/ash/review/index.html").exists()
    assert not (tmp_path / "sites/birch").exists()


def test_two_cases_of_one_name_are_refused(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    other = family(tmp_path / "other" / "ash", None)
    done = vigsite("build", ash.directory, other.directory)
    assert done.status == 2
    assert "Two of these cases are named ash" in done.err


def test_all_editions_and_supervision_without_the_families_names(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    done = vigsite("build", ash.directory, "--edition", "all", "--draft")
    assert done.status == 0, done.err
    pages = [f.read_text("utf-8") for f in (tmp_path / "sites/ash/supervision").rglob("*.html")]
    assert any("Elm leads here." in page for page in pages)
    assert not [page for page in pages if "Ash" in page or "Dad" in page]


def test_verbose_shows_commands_that_can_be_pasted(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    done = vigsite("build", ash.directory, "--verbose")
    line = next(line for line in done.err.splitlines() if "libx264" in line)
    pasted = tmp_path / "pasted"
    pasted.mkdir()
    subprocess.run(["sh", "-c", line], cwd=pasted, check=True, stdout=subprocess.DEVNULL)
    made = (pasted / "clip.mp4").read_bytes()
    assert made == (tmp_path / "sites/ash/keepsake/media/cycle-1-moment-1.mp4").read_bytes()


def test_a_missing_ffmpeg_is_said_with_what_to_do(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    vigsite("build", ash.directory)
    before = tree(tmp_path / "sites")
    done = vigsite("build", ash.directory, VIGSITE_FFMPEG=str(tmp_path / "nowhere"))
    assert done.status == 1
    assert "no such program" in done.err
    assert tree(tmp_path / "sites") == before


def test_an_ffmpeg_that_makes_too_little_is_caught(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    """Exit status 0 proves nothing."""
    script = tmp_path / "short-ffmpeg"
    script.write_text(
        '#!/bin/sh\nfor a in "$@"; do shift; [ "$a" = 25 ] && a=20; set -- "$@" "$a"; done\n'
        f'exec "{ffmpeg.program()}" "$@"\n'
    )
    script.chmod(0o755)
    done = vigsite("build", ash.directory, VIGSITE_FFMPEG=str(script))
    assert done.status == 1
    assert "it has 20 frames instead of 25" in done.err
    assert not (tmp_path / "sites/ash").exists() or not list((tmp_path / "sites/ash").iterdir())
    assert left_over(tmp_path) == []


def test_locale_c_and_a_300_character_title(ash: Family, vigsite: Vigsite) -> None:
    ash.change("1-tea/cycle.yml", "title: A smile", f'title: "{"👩‍👧 é" * 60}"')
    assert vigsite("build", ash.directory, "--draft", LC_ALL="C", PYTHONUTF8="0").status == 0


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return counted_film(tmp_path_factory.mktemp("long") / "long.mp4", "30", 40).path


@pytest.fixture
def slow(tmp_path: Path, long_film: Path) -> Family:
    """A family whose clip takes a while to make."""
    slow = family(tmp_path / "cases" / "ash", long_film)
    slow.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:39.0")
    return slow


def started(slow: Family, cwd: Path) -> subprocess.Popen[str]:
    """A build whose encode is under way. It hears Ctrl-C even if whoever runs the tests does not."""
    hears = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{hears}from vigsite.cli import main; main()",
            "build",
            str(slow.directory),
        ],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    scratch = slow.directory / ".vigsite/tmp"
    for _ in range(400):
        if any(f.name == "clip.mp4" and f.stat().st_size > 0 for f in scratch.rglob("clip.mp4")):
            return process
        time.sleep(0.05)
    process.kill()
    pytest.fail("the encode never started")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_the_old_site_whole_and_no_temporary_file(
    slow: Family, vigsite: Vigsite, tmp_path: Path, sent: signal.Signals
) -> None:
    slow.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:39.0", "clip: 0:01.0 - 0:02.0")
    assert vigsite("build", slow.directory).status == 0
    before = tree(tmp_path / "sites")
    slow.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:01.0 - 0:39.0")
    process = started(slow, tmp_path)
    process.send_signal(sent)
    _, err = process.communicate(timeout=180)
    assert process.returncode not in (0, -sent)
    assert "Traceback" not in err
    assert "untouched" in err
    assert tree(tmp_path / "sites") == before
    assert left_over(tmp_path) == []


def test_killed_outright_the_next_run_cleans_up(
    slow: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    process = started(slow, tmp_path)
    process.kill()
    process.communicate(timeout=180)
    assert left_over(tmp_path)
    slow.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:39.0", "clip: 0:01.0 - 0:02.0")
    assert vigsite("build", slow.directory).status == 0
    assert left_over(tmp_path) == []


def test_a_second_build_at_the_same_time_is_told_to_wait(
    slow: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    process = started(slow, tmp_path)
    done = vigsite("build", slow.directory)
    process.kill()
    process.communicate(timeout=180)
    assert done.status == 1
    assert "another vigsite is at work on this case" in done.err


def test_a_recording_that_changes_meanwhile_is_noticed(slow: Family, tmp_path: Path) -> None:
    process = started(slow, tmp_path)
    with (slow.directory / "1-tea/film.mp4").open("ab") as film:
        film.write(b"more")
    _, err = process.communicate(timeout=180)
    assert process.returncode == 1
    assert "film.mp4 changed while it was being read" in err
    assert not list((tmp_path / "sites").rglob("*.mp4")) if (tmp_path / "sites").exists() else True
    assert left_over(tmp_path) == []
