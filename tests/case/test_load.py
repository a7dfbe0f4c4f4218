"""A case is read whole, and all its faults are told at once, each with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.families import Family
from vigsite.case.load import find_case, load_case
from vigsite.errors import InputError


def faults(of: Family) -> list[str]:
    report = load_case(of.directory).report
    return [str(fault).replace(f"{of.directory}/", "") for fault in report.faults]


def test_a_good_case_has_no_faults(quiet: Family) -> None:
    case, report, _ = load_case(quiet.directory)
    assert case is not None
    assert report.faults == []
    assert [moment.name for moment in case.moments] == [
        "1-tea/looks",
        "1-tea/smile",
        "1-tea/nan-too",
    ]
    assert case.moments[2].shows == {"ash", "dad", "nan"}


CASE, CYCLE = "case.yml", "1-tea/cycle.yml"
FAULTS = [
    (
        CASE,
        "goals:",
        "gaols:",
        "case.yml:10: gaols is not a key vigsite knows here; did you mean goals?",
    ),
    (
        CASE,
        "role: child",
        "role: chidl",
        "case.yml:5: family.people.ash.role found 'chidl'; did you mean child?",
    ),
    (
        CASE,
        "baseline: 3",
        "baseline: 11",
        "goals.meals.baseline found '11'; expected a whole number from 0 to 10",
    ),
    (
        CASE,
        "person: nan, for",
        "person: man, for",
        "consent 3: person found 'man'; did you mean nan?",
    ),
    (CASE, "for: [review], given", "for: [reviews], given", "consent 3: for 1 found 'reviews'"),
    (
        CASE,
        "given: 2026-01-05}\n  - {person: nan",
        "given: 5.1.2026}\n  - {person: nan",
        "consent 2: given found '5.1.2026'; expected year-month-day",
    ),
    (
        CASE,
        ", given: 2026-01-05}\n  - {person: nan",
        "}\n  - {person: nan",
        "consent 2 has neither `given` nor `withdrawn`",
    ),
    (
        CASE,
        ", given: 2026-01-05}\n  - {person: nan",
        ", given: 2026-01-05, withdrawn: 2026-01-01}\n  - {person: nan",
        "consent 2: withdrawn found 2026-01-01, before anything was agreed (2026-01-05)",
    ),
    (
        CASE,
        "consent:\n",
        "consent:\n  - {person: nan, for: [keepsake, review], withdrawn: 2025-02-01}\n",
        "consent 1: withdrawn found 2025-02-01, before anything was agreed",
    ),
    (CASE, "vigsite: 1", "vigsite: 2", "case.yml:1: vigsite found '2'; expected 1"),
    (
        CASE,
        "practitioner:",
        "framework: vgi\npractitioner:",
        "framework found 'vgi'; expected one of vig",
    ),
    (CASE, "contact: sam@example.org", "", "practitioner.contact is missing"),
    (
        CASE,
        "called: Ash and Dad",
        "called: [Ash, Dad]",
        "family.called found a list; expected text",
    ),
    (
        CYCLE,
        "clip: 0:01.0 - 0:02.0",
        "clip: 0:02.0 - 0:01.0",
        "cycle.yml:7: moment \"looks\": clip found '0:02.0 - 0:01.0', which ends before it starts",
    ),
    (
        CYCLE,
        "clip: 0:01.0 - 0:02.0",
        "clip: 0:01.0",
        "moment \"looks\": clip found '0:01.0'; expected a start and an end",
    ),
    (
        CYCLE,
        "still: 0:02.5",
        "still: 0:02.5, clip: 1 - 2",
        'moment "smile" has clip and still; expected exactly one',
    ),
    (
        CYCLE,
        "title: A smile",
        'title: "\u200b\u2069"',
        'moment "smile": title is empty; fill it in',
    ),
    (CYCLE, "still: 0:02.5, ", "", 'moment "smile" has none of them; expected exactly one'),
    (CYCLE, "still: 0:02.5", "still: {near: 0:02.5}", 'moment "smile": still.within is missing'),
    (
        CYCLE,
        "stop_at: [0:01.5]",
        "stop_at: [0:05.5]",
        'moment "looks": stop_at 1 at 0:05.5 lies outside the clip, 0:01.0 - 0:02.0',
    ),
    (
        CYCLE,
        "caption:",
        "capton:",
        'moment "looks": capton is not a key vigsite knows here; did you mean caption?',
    ),
    (
        CYCLE,
        "title: A smile",
        "title: A smile, crop: [0, 0, 1.5, 1]",
        'moment "smile": crop found a box that reaches outside',
    ),
    (
        CYCLE,
        "title: A smile",
        "title: A smile, crop: [0, 0, 1]",
        'moment "smile": crop found a list of 3',
    ),
    (
        CYCLE,
        "title: A smile",
        "title: A smile, slow: 0.5",
        'moment "smile": slow is for clips only',
    ),
    (
        CYCLE,
        "goals: [meals]",
        "goals: [meal]",
        "moment \"looks\": goals 1 found 'meal'; did you mean meals?",
    ),
    (
        CYCLE,
        "principles: [waiting]",
        "principles: [waitng]",
        "moment \"looks\": analysis.principles 1 found 'waitng'; did you mean waiting?",
    ),
    (CYCLE, "id: smile", "id: looks", "moment \"looks\": id is 'looks' again"),
    (CYCLE, "id: smile", "id: Smile!", "moment \"Smile!\": id found 'Smile!'"),
    (
        CYCLE,
        "file: film.mp4",
        "file: ../film.mp4",
        "recordings.film.file found '../film.mp4'; expected the name of a file beside",
    ),
    (CYCLE, "file: film.mp4", "file: /etc/passwd", "recordings.film.file found '/etc/passwd'"),
    (
        CYCLE,
        "file: film.mp4",
        "file: flim.mp4",
        "recordings.film.file is 'flim.mp4', but no such file is there. Did you mean film.mp4?",
    ),
    (
        CASE,
        "goals:",
        "film: {order: [1-tea/looks, 1-tea/smiel]}\ngoals:",
        "film.order 2 found '1-tea/smiel'; did you mean 1-tea/smile?",
    ),
    (
        CASE,
        "goals:",
        "film: {leave_out: smile}\ngoals:",
        "film.leave_out 1 found 'smile'; did you mean 1-tea/smile?",
    ),
    (
        CASE,
        "goals:",
        "film: {order: [1-tea/looks, 1-tea/looks]}\ngoals:",
        "film.order 2 is '1-tea/looks' again; name each moment once",
    ),
    (
        CASE,
        "goals:",
        "film: {music: song.mp3}\ngoals:",
        "film.music is 'song.mp3', but no such file is there.",
    ),
    (
        CASE,
        "goals:",
        "film: {music: 1-tea/../../x.mp3}\ngoals:",
        "film.music found '1-tea/../../x.mp3'; expected the name of a file beside case.yml",
    ),
    (
        CYCLE,
        "ratings: {meals: 5}",
        "ratings: {meals: 5.5}",
        "review.ratings.meals found '5.5'; expected a whole number",
    ),
    (
        CYCLE,
        "ratings: {meals: 5}",
        "ratings: {males: 5}",
        "review.ratings.males found 'males'; did you mean meals?",
    ),
    (
        CYCLE,
        "where: in person",
        "where: in pub",
        "review.where found 'in pub'; expected in person or screen share",
    ),
    (CYCLE, "held: 2026-02-08", "held: 2026-01-08", "review.held is 2026-01-08, before the film"),
    (
        CYCLE,
        "shows: [ash, dad, nan]",
        "shows: [ash, dad, nana]",
        "recordings.film.shows 3 found 'nana'; did you mean nan?",
    ),
    (
        "closing.yml",
        "learned:",
        "larned:",
        "closing.yml:1: larned is not a key vigsite knows here; did you mean learned?",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), FAULTS, ids=[f[3][:48] for f in FAULTS]
)
def test_a_fault_names_its_place_what_was_found_and_what_to_do(
    quiet: Family, file: str, old: str, new: str, expected: str
) -> None:
    quiet.change(file, old, new)
    found = faults(quiet)
    assert len(found) == 1, found
    assert expected in found[0]
    assert found[0].startswith(f"{file}:")


def test_all_faults_of_all_files_come_in_one_report(quiet: Family) -> None:
    quiet.change(CASE, "baseline: 3", "baseline: x")
    quiet.change(CYCLE, "id: looks", "id: LOOKS")
    quiet.change(CYCLE, "still: 0:03.0", "still: later")
    quiet.change(CYCLE, "title: A smile", "title: A smile, goals: [nothing]")
    quiet.change("closing.yml", "message:", "massage:")
    said = [fault.partition(": ")[2] for fault in faults(quiet)]
    keys = [re.split(" found| is not", fault)[0] for fault in said]
    assert keys == [
        "goals.meals.baseline",
        'moment "LOOKS": id',
        'moment "nan-too": still',
        'moment "smile": goals 1',
        "massage",
    ]


def test_a_moment_without_a_name_counts_from_one(quiet: Family) -> None:
    quiet.change(CYCLE, "{id: smile, still: 0:02.5", "{still: later")
    assert [fault.partition(": ")[2].partition(" ")[0] for fault in faults(quiet)] == ["moment"] * 2
    assert all(": moment 2: " in fault for fault in faults(quiet))


def test_a_recording_that_is_a_link_is_refused(quiet: Family) -> None:
    film = quiet.directory / "1-tea" / "film.mp4"
    film.rename(quiet.directory / "elsewhere.mp4")
    film.symlink_to(quiet.directory / "elsewhere.mp4")
    assert "a link; copy the film itself" in faults(quiet)[0]


def test_music_that_is_a_link_is_refused(quiet: Family) -> None:
    (quiet.directory / "song.mp3").symlink_to(quiet.directory / "1-tea" / "film.mp4")
    quiet.change("case.yml", "goals:", "film: {music: song.mp3}\ngoals:")
    assert any("film.music is 'song.mp3', a link; copy" in fault for fault in faults(quiet))


def test_music_none_is_none(quiet: Family) -> None:
    quiet.change("case.yml", "goals:", "film: {music: none}\ngoals:")
    case, report, _ = load_case(quiet.directory)
    assert report.faults == []
    assert case is not None
    assert case.music is None


def test_a_cycle_folder_that_is_a_link_is_refused(quiet: Family) -> None:
    (quiet.directory / "2-more").symlink_to(quiet.directory / "1-tea")
    assert "2-more: is a link" in faults(quiet)[0]


def test_a_number_used_twice_is_a_fault(quiet: Family) -> None:
    (quiet.directory / "1-tea").rename(quiet.directory / "01-tea")
    quiet.directory.joinpath("1-other").mkdir()
    assert "has the number 1, as 01-tea has" in faults(quiet)[0]


def test_another_folder_is_left_alone_with_a_notice(quiet: Family) -> None:
    (quiet.directory / "letters").mkdir()
    report = load_case(quiet.directory).report
    assert report.faults == []
    assert "is no cycle and is left alone" in str(report.notices[0])


def test_long_and_many_clips_are_noticed_not_refused(quiet: Family) -> None:
    quiet.change(CASE, "never_show", "limits: {clips_per_cycle: 1, clip_seconds: 0.5}\nnever_show")
    quiet.change(CYCLE, "still: 0:02.5", "clip: 0:02 - 0:03")
    report = load_case(quiet.directory).report
    assert report.faults == []
    assert [str(n).split(": ", 1)[1] for n in report.notices] == [
        "moments holds 2 clips; a shared review rarely needs more than 1",
        'moment "looks": clip lasts 0:01.0; clips of up to 0:00.5 work best',
        'moment "smile": clip lasts 0:01.0; clips of up to 0:00.5 work best',
    ]


def test_without_names_a_moment_shows_everybody(quiet: Family) -> None:
    quiet.change(CYCLE, ", shows: [ash, dad, nan]", "")
    case, _, _ = load_case(quiet.directory)
    assert case is not None
    assert case.moments[2].shows == {"ash", "dad", "nan"}


def test_what_is_no_case_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such case.*vigsite new"):
        find_case(tmp_path / "nobody")
    with pytest.raises(InputError, match=r"holds no case\.yml"):
        find_case(tmp_path)
