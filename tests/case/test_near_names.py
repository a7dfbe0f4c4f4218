"""A name that is nearly right is seen: of notes, films, cases and cycles."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from tests.helpers.families import Family
from vigsite.case.load import find_case, load_case
from vigsite.commands.contact_sheet import make_contact_sheet
from vigsite.errors import InputError

CYCLE = "1-tea/cycle.yml"
RENAME = "rename it to"
SAVE = "save it as plain text (UTF-8) under the name"
NAMES = [
    ("{}.yml.txt", RENAME),
    ("{}.yaml", RENAME),
    ("{}.yaml.txt", RENAME),
    ("{}.txt", RENAME),
    ("{}", RENAME),
    ("{} (1).yml", RENAME),
    ("{} - Copy.yml", RENAME),
    ("{}.docx", SAVE),
    ("{}.yml.docx", SAVE),
    ("{}.rtf", SAVE),
]


def said(of: Family) -> list[str]:
    report = load_case(of.directory).report
    return [str(one).replace(f"{of.directory}/", "") for one in (*report.faults, *report.notices)]


@pytest.mark.parametrize(("name", "advice"), NAMES)
def test_notes_under_nearly_their_name_are_seen(quiet: Family, name: str, advice: str) -> None:
    for notes in ("closing", "1-tea/cycle", "case"):
        file = quiet.directory / f"{notes}.yml"
        near = file.with_name(name.format(file.stem))
        file.rename(near)
        if notes == "case":
            with pytest.raises(InputError, match="case") as refused:
                find_case(quiet.directory)
            assert str(refused.value) == f"{near}: {advice} case.yml."
        else:
            missing = f"1-tea/cycle.yml: is missing, but {near.name} is there; {advice} cycle.yml"
            unread = f"{near.name}: is not read; {advice} closing.yml"
            assert said(quiet) == [unread if notes == "closing" else missing]
        near.rename(file)


def test_a_second_copy_of_notes_is_said_not_to_be_read(quiet: Family) -> None:
    (quiet.directory / "1-tea/cycle.yml.txt").write_text("filmed: 2026-02-02\n")
    assert said(quiet) == [
        "1-tea/cycle.yml.txt: is not read, since cycle.yml is there; take one away"
    ]


_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
NFC, NFD = (unicodedata.normalize(form, "Küche.mp4") for form in _FORMS)


@pytest.mark.parametrize(("written", "there"), [(NFC, NFD), (NFD, NFC)])
def test_a_film_is_found_however_its_letters_are_spelled(
    quiet: Family, written: str, there: str
) -> None:
    film = quiet.directory / "1-tea/film.mp4"
    film.rename(film.with_name(there))
    quiet.change(CYCLE, "film.mp4", written)
    case, report, _ = load_case(quiet.directory)
    assert (report.faults, report.notices) == ([], [])
    assert case is not None
    assert all(moment.recording.is_file() for moment in case.moments)
    [recording] = case.cycles[0].written.recordings.values()
    assert (film.parent / recording.file).is_file()


@pytest.mark.parametrize("typed", ["flim.mp4", "Film.MP4", "film", "film.mov"])
def test_a_film_nearly_of_that_name_is_named(quiet: Family, typed: str) -> None:
    quiet.change(CYCLE, "file: film.mp4", f"file: {typed}")
    (quiet.directory / "1-tea/other-talk.mp4").write_bytes(b"x")
    assert any("no such file is there. Did you mean film.mp4?" in one for one in said(quiet))


CASES = [
    ("case/maple", "Did you mean cases/maple?"),
    ("cases/mapel", "Did you mean cases/maple?"),
    ("maple", "Did you mean cases/maple?"),
    ("cases/Maple/", "Did you mean cases/maple?"),
    ("cases/birch", "There is: cases/maple."),
    ("cases/maple/1-tea/cycle.yml", "is part of a case; name the case, cases/maple."),
    ("cases/maple/1-tea", "is part of a case; name the case, cases/maple."),
    ("cases/maple/1-tea/film.mp4", "is part of a case; name the case, cases/maple."),
]


@pytest.mark.parametrize(("typed", "words"), CASES)
def test_a_case_nearly_of_that_name_is_named(
    quiet: Family, monkeypatch: pytest.MonkeyPatch, typed: str, words: str
) -> None:
    monkeypatch.chdir(quiet.directory.parent)
    Path("cases").mkdir()
    quiet.directory.rename("cases/maple")
    with pytest.raises(InputError) as refused:
        find_case(Path(typed))
    assert words in str(refused.value)


def test_a_cycle_nearly_of_that_name_is_named(ash: Family) -> None:
    with pytest.raises(InputError, match=r"CYCLE: found '1-tae'; did you mean 1-tea\?"):
        make_contact_sheet(ash.directory, "1-tae", "0:01", None, 1000, None, print, print)
