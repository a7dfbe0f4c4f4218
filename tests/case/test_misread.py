"""What can be read in two ways is said with its line and both readings; what cannot is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import copy_demo
from tests.helpers.families import CYCLE as NOTES
from tests.helpers.families import Family
from vigsite.case.cycle_file import CycleFile
from vigsite.case.faults import Report
from vigsite.case.load import load_case
from vigsite.case.misread import doubtful_times
from vigsite.case.strict_yaml import read_notes
from vigsite.case.timecode import parse_span
from vigsite.case.validate import validate

CASE, CYCLE, CLOSING = "case.yml", "1-tea/cycle.yml", "closing.yml"
SAID = 'parent_said: ["I waited."]'
TITLE, SMILE = "title: Ash looks up", "title: A smile"
TWICE = [
    (CYCLE, 11, SAID, "parent_said: [“Oh, I see.”]", "read as 2 texts", '["Oh, I see."]'),
    (CYCLE, 11, SAID, "parent_said: [I waited, and he looked up]", "'I waited', 'and he looked up'",
     '["I waited, and he looked up"]'),
    (CYCLE, 23, '["You gave time."]', "[You gave time, You waited]", "read as 2 texts", "each"),
    (CLOSING, 1, '["Waiting works."]', "[Wait, look, and name]", "read as 3 texts", "each"),
    (CASE, 8, "[Featherstone]", "[“Mill Lane, Leeds”]", "read as 2 texts", '["Mill Lane, Leeds"]'),
    (CYCLE, 9, TITLE, "title: Our song #1", "read as 'Our song'", 'write "Our song #1"'),
    (CYCLE, 9, TITLE, "title: Our song  #1", "read as 'Our song'", 'write "Our song #1"'),
    (CYCLE, 9, TITLE, 'title: "Our song" #1', "read as 'Our song'", 'write "Our song #1"'),
    (CYCLE, 9, TITLE, "title: Our song # one", "read as 'Our song'", "two spaces"),
    (CASE, 9, "[Featherstone]", "\n  - Flat #3", "read as 'Flat'", 'write "Flat #3"'),
    (CYCLE, 9, TITLE, "title: “Ash looks up”", "quotes, which stay", 'write "Ash looks up"'),
    (CYCLE, 9, TITLE, "title: «Ash looks up»", "quotes, which stay", 'write "Ash looks up"'),
    (CYCLE, 17, SMILE, "title: „A smile“", "quotes, which stay", 'write "A smile"'),
    (CASE, 3, "called: Ash and Dad", "called: ‘Ash and Dad’", "quotes, which stay", "Ash and Dad"),
    (CYCLE, 9, TITLE, 'title: Ash looks up"', "without its other half", "mend it"),
    (CYCLE, 9, TITLE, 'title: “Ash looks up"', "without its other half", "mend it"),
    (CYCLE, 11, SAID, "parent_said:\n      • I waited.\n      • So did he.", "sign of a list",
     "hyphen and a space"),
    (CYCLE, 11, SAID, "parent_said:\n      -I waited.\n      -So did he.", "sign of a list",
     "hyphen and a space"),
    (CYCLE, 11, SAID, "parent_said:\n      – I waited.", "sign of a list", "hyphen and a space"),
]  # fmt: skip
ONCE = [
    (CYCLE, TITLE, "title: “Look,” he says, “up”"),
    (CYCLE, TITLE, 'title: "“Ash looks up”"'),
    (CYCLE, TITLE, "title: Ash looks up   # say it kindly"),
    (CYCLE, TITLE, 'title: "Ash looks up" # say it kindly'),
    (CYCLE, TITLE, "title: Song#1, and – after all – a smile"),
    (CYCLE, SAID, 'parent_said: ["I waited, and he looked up", "Oh."]'),
    (CYCLE, SAID, "parent_said: I waited, and he looked up"),
    (CYCLE, SAID, "parent_said:\n      - – Look, Dad!\n      - It's #1, mine."[:38]),
    (CYCLE, "where: in person", "where: in person # at home"),
    (CASE, "[Featherstone]", "[Featherstone, 12 Mill Lane, “Okafor”]"),
]


def notices(of: Family) -> list[str]:
    report = load_case(of.directory).report
    assert report.faults == []
    return [str(one).replace(f"{of.directory}/", "") for one in report.notices]


@pytest.mark.parametrize(
    ("file", "line", "old", "new", "read", "write"), TWICE, ids=[one[3] for one in TWICE]
)
def test_both_readings_are_said(
    quiet: Family, file: str, line: int, old: str, new: str, read: str, write: str
) -> None:
    quiet.change(file, old, new)
    [said] = notices(quiet)
    assert said.startswith(f"{file}:{line}: ")
    assert read in said
    assert write in said


@pytest.mark.parametrize(("file", "old", "new"), ONCE, ids=[one[2] for one in ONCE])
def test_what_has_one_reading_is_left_alone(quiet: Family, file: str, old: str, new: str) -> None:
    quiet.change(file, old, new)
    assert notices(quiet) == []


def test_the_demo_has_no_doubt(tmp_path: Path) -> None:
    copy_demo(tmp_path / "rowan")
    assert load_case(tmp_path / "rowan").report.notices == []


CLIP, STILL = "clip: 0:01.0 - 0:02.0", "still: 0:02.5"
TIMES = [
    (CLIP, "clip: 1.05 - 2.15", "clip", "0:01.05 - 0:02.15, but may mean 1:05.0 - 2:15.0"),
    (CLIP, "clip: 1,05 to 2,15", "clip", "may mean 1:05.0 - 2:15.0"),
    (CLIP, "clip: 1.05 - 1:12", "clip", "may mean 1:05.0 - 1:12.0"),
    (CLIP, "clip: 7 - 7.30", "clip", "may mean 7:00.0 - 7:30.0"),
    (STILL, "still: 7.20", "still", "read as 0:07.2, but may mean 7:20.0"),
    (STILL, 'still: "0.41"', "still", "may mean 0:41.0"),
    (STILL, "still: {near: 7.20, within: 0.5}", "still.near", "may mean 7:20.0"),
    (STILL, "stills: [7.2, 7.20]", "stills", "may mean 7:20.0"),
    (STILL, "stills: [2:01,4, 2:02.2]", "stills", "two times, 2:01.0, 0:04.0, but may mean 2:01.4"),
    (STILL, "stills: [41,48]", "stills", "may mean 0:41.48"),
    (f"{STILL},", f"{STILL}, blur: [{{from: 0.02, to: 3, box: [0, 0, 1, 1]}}],", "blur",
     "may mean 0:02.0"),
    (CLIP, "clip: 0:01 - 1:30\n    mute: [{from: 1.05, to: 1:10}]", "mute", "may mean 1:05.0"),
    (CLIP, "clip: 1.05 - 2.15\n    captions: [{from: 1.10, to: 1.20, text: x}]", "clip", "1:05.0"),
]  # fmt: skip
SURE = [
    (CLIP, "clip: 41.2 - 48.5"),
    (CLIP, "clip: 1.050 - 2.150"),
    (CLIP, "clip: 1.75 - 2.95"),
    (CLIP, "clip: 0:01.05 - 0:02.15"),
    (CLIP, "clip: 11.05 - 12.15"),
    (CLIP, "clip: 7 - 9"),
    (STILL, "still: 7.2"),
    (STILL, "still: 12.20"),
    (STILL, "stills: [41, 48]"),
    (STILL, "stills: [41,480.5]"),
]


def doubts(tmp_path: Path, old: str, new: str) -> list[tuple[str, str, bool]]:
    """Of notes on a film of ten minutes: the place, what is said and whether it waits."""
    file = tmp_path / "cycle.yml"
    text = NOTES.replace("stop_at: [0:01.5]\n    ", "")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    report = Report()
    read = read_notes(file, Path("cycle.yml"), report)
    assert read is not None
    cycle, source = validate(CycleFile, *read, report)
    assert cycle is not None, report.faults
    return [
        (str(source.at(one.path, one.message)), one.message, one.steers)
        for number, moment in enumerate(cycle.moments)
        for one in doubtful_times(moment, ("moments", number), source, 600_000)
    ]


@pytest.mark.parametrize(("old", "new", "key", "words"), TIMES, ids=[one[1] for one in TIMES])
def test_a_time_whose_two_readings_lie_in_the_film_is_doubtful(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    [(said, message, waits)] = doubts(tmp_path, old, new)
    assert key in said
    assert words in message
    assert waits


@pytest.mark.parametrize(("old", "new"), SURE, ids=[one[1] for one in SURE])
def test_a_time_with_one_reading_in_the_film_is_not(tmp_path: Path, old: str, new: str) -> None:
    assert doubts(tmp_path, old, new) == []


def test_where_the_deck_stops_is_doubtful_but_shows_nothing_else(tmp_path: Path) -> None:
    [(_, message, waits)] = doubts(tmp_path, CLIP, "clip: 0:01 - 1:30\n    stop_at: 1.05")
    assert "may mean 1:05.0" in message
    assert not waits


SHORT = {
    "1:05-12": "did you mean 1:05 - 1:12?",
    "1:05.5 - 9.2": "did you mean 1:05.5 - 1:09.2?",
    "1:02:05 - 12": "did you mean 1:02:05 - 1:02:12?",
    "7:20 - 7.30": "did you mean 7:20 - 7:30?",
    "0:48 - 0:41": "swap the two times",
    "48 - 41": "swap the two times",
}


@pytest.mark.parametrize(("typed", "advice"), SHORT.items())
def test_an_end_without_its_minutes_is_told_with_them(typed: str, advice: str) -> None:
    with pytest.raises(ValueError, match="ends before it starts") as refused:
        parse_span(typed)
    assert str(refused.value).endswith(advice)
