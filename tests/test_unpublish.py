"""Consent decides what stays published: nothing disallowed survives, nothing else is deleted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted
from tests.helpers.families import Family, as_another_family, family

WITHDRAWN = "- {person: ash, for: [keepsake], withdrawn: 2026-03-01}\n  - {person: nan"


@pytest.fixture
def built(ash: Family, vigsite: Vigsite) -> Family:
    """A family whose draft sites are built, in `sites/ash` of the test's folder."""
    assert vigsite("build", ash.directory, "--draft").status == 0
    return ash


def withdraw(of: Family) -> None:
    of.change("case.yml", "- {person: nan", WITHDRAWN)


def keepsake(tmp_path: Path) -> Path:
    return tmp_path / "sites/ash/keepsake"


def test_a_cache_holds_nothing_of_whom_nobody_may_show(built: Family, vigsite: Vigsite) -> None:
    built.change("case.yml", "for: [review, keepsake, supervision]", "for: [training]")
    built.change("case.yml", "for: [review]", "for: [training]")
    done = vigsite("build", built.directory, "--draft")
    assert done.status == 0, done.err
    assert list((built.directory / ".vigsite/cache").iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("contact: sam@example.org", "contat: sam@example.org"),
        ("vigsite: 1", "vigsite: 7"),
        ("goals:\n", "gaols:\n"),
    ],
)
def test_a_fault_elsewhere_in_case_yml_does_not_keep_a_site_up(
    built: Family, vigsite: Vigsite, tmp_path: Path, old: str, new: str
) -> None:
    withdraw(built)
    built.change("case.yml", old, new)
    assert vigsite("build", built.directory).status == 2
    assert not keepsake(tmp_path).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("given: 2026-01-05}\n  - {person: nan", "given: 2026-1-5}\n  - {person: nan"),
        ("role: child", "rol: child"),
        ("person: dad", "person: dda"),
        ("consent:", "consent"),
    ],
)
def test_a_typo_about_consent_takes_no_site_away(
    built: Family, vigsite: Vigsite, tmp_path: Path, old: str, new: str
) -> None:
    built.change("case.yml", old, new)
    done = vigsite("build", built.directory)
    assert done.status == 2
    assert keepsake(tmp_path).is_dir()
    assert "taken away" not in done.err


def test_a_copied_case_does_not_own_the_first_ones_sites(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    copy = Family(tmp_path / "cases" / "birch")
    shutil.copytree(built.directory, copy.directory)
    as_another_family(copy.directory)
    withdraw(copy)
    done = vigsite("build", copy.directory, "--draft")
    assert done.status == 0, done.err
    assert keepsake(tmp_path).is_dir()
    assert not (tmp_path / "sites/birch/keepsake").exists()


def test_two_cases_of_one_name_do_not_share_a_place(
    built: Family, vigsite: Vigsite, tmp_path: Path, films: Callable[[str], Counted]
) -> None:
    other = family(tmp_path / "others" / "ash", films("25").path)
    as_another_family(other.directory)
    done = vigsite("build", other.directory, "--draft")
    assert done.status == 2
    assert "holds sites or packs of another family" in done.err
    assert vigsite("build", other.directory, "--draft", "--out", "elsewhere").status == 0


def test_no_path_is_written_beside_the_sites(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    hidden = [f for f in (tmp_path / "sites").rglob(".*") if f.is_file()]
    assert [f.name for f in hidden] == [".vigsite.json"]
    assert "ash" not in hidden[0].read_text()
    assert str(tmp_path) not in hidden[0].read_text()


def test_a_moved_case_may_build_into_its_old_place(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    moved = built.directory.rename(tmp_path / "ash")
    Family(moved).change("1-tea/cycle.yml", "A smile", "A grin")
    assert vigsite("build", moved, "--draft").status == 0
    assert "A grin" in (keepsake(tmp_path) / "cycle-1.html").read_text("utf-8")


def test_a_strangers_folder_in_the_place_of_a_site_is_left_alone(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    shutil.rmtree(keepsake(tmp_path))
    keepsake(tmp_path).mkdir()
    (keepsake(tmp_path) / "thesis.txt").write_text("mine")
    withdraw(built)
    done = vigsite("build", built.directory, "--draft")
    assert "was left alone" in done.err
    assert (keepsake(tmp_path) / "thesis.txt").read_text() == "mine"


def test_a_file_put_into_a_site_is_not_deleted_by_a_build(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    (keepsake(tmp_path) / "my-notes.txt").write_text("mine")
    built.change("1-tea/cycle.yml", "A smile", "A wide smile")
    done = vigsite("build", built.directory, "--draft")
    assert done.status == 2
    assert "my-notes.txt" in done.err
    assert (keepsake(tmp_path) / "my-notes.txt").read_text() == "mine"


def test_a_cache_that_was_thrown_away_keeps_no_site_up(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    shutil.rmtree(built.directory / ".vigsite")
    withdraw(built)
    done = vigsite("build", built.directory, "--draft", "--edition", "review")
    assert done.status == 0, done.err
    assert "keepsake taken away" in done.err
    assert not keepsake(tmp_path).exists()


def test_a_moved_case_still_knows_its_sites(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    deeper = tmp_path / "cases" / "2026" / "ash"
    deeper.parent.mkdir()
    built.directory.rename(deeper)
    withdraw(Family(deeper))
    assert vigsite("build", deeper, "--draft").status == 0
    assert not keepsake(tmp_path).exists()


def test_a_case_reached_by_a_link_still_knows_its_sites(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    (tmp_path / "linked").symlink_to(tmp_path / "cases")
    withdraw(built)
    assert vigsite("build", "linked/ash", "--draft").status == 0
    assert not keepsake(tmp_path).exists()


def test_a_site_on_an_unplugged_stick_is_remembered(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    assert vigsite("build", built.directory, "--draft", "--out", stick).status == 0
    stick.rename(tmp_path / "drawer")
    withdraw(built)
    assert "connect it and build again" in vigsite("build", built.directory, "--draft").err
    (tmp_path / "drawer").rename(stick)
    assert "keepsake taken away" in vigsite("build", built.directory, "--draft").err
    assert not (stick / "ash/keepsake").exists()


def test_an_edition_that_lost_its_last_moment_is_taken_away(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    for title in ("title: Ash looks up", "title: A smile"):
        built.change(
            "1-tea/cycle.yml",
            title,
            f"only_in: [review]{', ' if 'smile' in title else chr(10) + '    '}{title}",
        )
    done = vigsite("build", built.directory, "--draft")
    assert done.status == 0, done.err
    assert "keepsake: no moments yet" in done.out or "keepsake: not agreed yet" in done.out
    assert not keepsake(tmp_path).exists()


def test_a_site_not_built_now_that_holds_a_removed_moment_is_named(
    built: Family, vigsite: Vigsite
) -> None:
    built.change(
        "1-tea/cycle.yml", "  - {id: smile, still: 0:02.5, shows: [ash, dad], title: A smile}\n", ""
    )
    done = vigsite("build", built.directory, "--draft", "--edition", "keepsake")
    assert "review still holds a moment that was taken out; build it again" in done.out


def test_a_linked_target_is_refused(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    keepsake(tmp_path).parent.mkdir(parents=True)
    keepsake(tmp_path).symlink_to(tmp_path / "real")
    done = vigsite("build", ash.directory, "--draft")
    assert done.status == 2
    assert "is a link" in done.err


@pytest.mark.parametrize("key", ["withdrawn", "until"])
def test_an_empty_guard_is_a_fault(ash: Family, vigsite: Vigsite, key: str) -> None:
    ash.change("case.yml", "by: dad,", f"by: dad, {key}: ,")
    done = vigsite("check", ash.directory)
    assert done.status == 2
    assert f"consent 2: {key} is empty; fill it in or take it out" in done.err


def test_nobody_shown_is_no_answer(ash: Family, vigsite: Vigsite) -> None:
    ash.change("1-tea/cycle.yml", "shows: [ash, dad, nan]", "shows: []")
    assert (
        "recordings.film.shows is empty; give at least one" in vigsite("check", ash.directory).err
    )


def test_a_film_is_not_added_while_case_yml_has_faults(
    ash: Family, vigsite: Vigsite, films: Callable[[str], Counted]
) -> None:
    ash.change("case.yml", "role: grandparent", "rol: grandparent")
    done = vigsite("add", ash.directory, films("25").path)
    assert done.status == 2
    assert "did you mean role?" in done.err
    assert not (ash.directory / "2-film").exists()


def test_what_a_killed_run_staged_is_gone_even_if_its_edition_is_not_built_now(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    staged = [
        tmp_path / f"sites/ash/.{name}.new-1a2b/media" for name in ("supervision", "keepsake")
    ]
    for folder in staged:
        folder.mkdir(parents=True)
        (folder / "cycle-1-moment-1.mp4").write_bytes(b"a film")
    withdraw(built)
    assert vigsite("build", built.directory, "--draft").status == 0
    assert not [folder for folder in staged if folder.parent.exists()]


def test_a_build_for_a_later_day_holds_what_is_allowed_today_and_then(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    """Neither what ends before that day nor what is only agreed to from then on."""
    given = "given: 2026-01-05"
    ash.change(
        "case.yml",
        f"nan, for: [review], {given}",
        f"nan, for: [review], {given}, until: 2099-06-30",
    )
    ash.change(
        "case.yml",
        "  - {person: nan",
        "  - {person: nan, for: [keepsake], given: 2099-01-01}\n  - {person: nan",
    )
    assert vigsite("build", ash.directory, "--draft").status == 0
    done = vigsite("build", ash.directory, "--draft", "--on", "2099-07-01")
    assert done.status == 0, done.err
    assert "1 moment left out of the review: Nan agreed only until 2099-06-30" in done.out
    assert "1 moment left out of the keepsake: Nan agrees only from 2099-01-01" in done.out
    assert "review built" in done.out
    assert "review built" in vigsite("build", ash.directory, "--draft").out


def test_looking_ahead_takes_no_site_away_that_is_allowed_today(
    built: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    for line in ("[review, keepsake, supervision], given: 2026-01-05}\n  - {person: nan",):
        built.change("case.yml", line, line.replace("05}", "05, until: 2099-06-30}", 1))
    done = vigsite("build", built.directory, "--draft", "--on", "2099-07-01")
    assert "keepsake: not agreed yet" in done.out
    assert keepsake(tmp_path).is_dir()
