"""The slips of a beginner's hand: each is told at its own line with its own cause, and hides no other.

In every file stands one more fault, further down, which has to be told as well.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.families import CYCLE, Family
from vigsite.case.faults import Report
from vigsite.case.load import load_case
from vigsite.case.strict_yaml import read_notes

HEAD = """\
filmed: 2026-02-01
recordings:
  film: {file: film.mp4, shows: [ash, dad, nan]}
moments:
  - id: looks
    still: 0:02.5
    title: Ash looks up
"""
TAIL = "  - {id: smile, still: later, title: A smile}\n"
LINE = 8
"""On which the slip begins."""
SLIPS: list[tuple[str, int, str]] = [
    # quotes
    ('caption: "He said "look" to me"', 0, 'ends at its second " already; put this text in quotes'),
    ("caption: 'Ella's turn'", 0, "ends at its second ' already; put this text in quotes (double"),
    ('caption: "Ella looks', 0, "the quote opened here is never closed"),
    ("caption: 'tis late", 0, "the quote opened here is never closed"),
    ('caption: "Ella looks”', 0, "closed with ”, which is another"),
    ('caption: "Ella\n    prompts: ["What?"]', 0, "the quote opened here is never closed"),
    ('caption: "Look", she said', 0, "write those inside as ' or “ ”"),
    ('caption: "Look" and smile', 0, "ends at its second"),
    ('caption: "Look",', 0, "take the comma behind the quote away"),
    ('caption: "Look".', 0, "take the dot behind the quote away"),
    ('"caption": "Look",', 0, "take the comma behind the quote away"),
    ('caption: "C:\\qfamily"', 0, "in double quotes a backslash"),
    ("caption: “Ella: her turn”", 0, "“ is no quote to YAML"),
    # lists in brackets
    ('parent_said: "One", "Two"', 0, 'several texts stand in brackets: ["One", "Two"]'),
    ('parent_said: "One", "Two"]', 0, 'several texts stand in brackets: ["One", "Two"]'),
    ('parent_said: ["One" "Two"]', 0, "a comma is missing before '\"Two\"]'"),
    ('parent_said: ["One", "Two"', 0, "a [ in it is never closed; put ] at its end"),
    ('parent_said: ["One", "Two"]]', 0, "one ] too many"),
    ('parent_said: ["One", "Two"],', 0, "take the comma at its end away"),
    ('parent_said: ["One, "Two"]', 0, "a quote is missing"),
    ("parent_said: ['One', 'It's two']", 0, "an apostrophe inside ends the text"),
    ("parent_said: [One: two]", 0, "expected text. If it is text, put it in quotes"),
    ("parent_said: [I like #1, he said]", 0, "a # after a space begins a remark"),
    ("parent_said: []\n      - One", 0, "take the [] away"),
    ("goals: [a; b]", 0, "expected one short name, or a list: [a, b]"),
    ("shows: ash, dad", 0, "expected one short name, or a list: [ash, dad]"),
    ("shows: ash and dad", 0, "or a list: [ash, dad]"),
    ("shows: (ash, dad)", 0, "or a list: [ash, dad]"),
    ("stop_at: 0:01.1, 0:01.2", 0, "several stand in brackets: [0:01.1, 0:01.2]"),
    ("crop: [0,1, 0,0, 0,8, 0,8]", 0, "a number is written with a point"),
    # lists of lines
    ("parent_said:\n      * One", 1, "begins with *, as lists of word processors do"),
    (
        "parent_said:\n      - One\n      - “Two: three",
        2,
        "expected text. If it is text, put it in quotes",
    ),
    ("parent_said: - One\n      - Two", 0, "put the - on the next line"),
    ("parent_said:\n      - One\n     - Two", 2, "5 spaces, the line it belongs to with 6"),
    ('parent_said:\n      - "One\n      - "Two"', 1, "the quote opened here is never closed"),
    ("• caption: Look", 0, "begins with •"),
    ("-caption: Look", 0, "begins with -"),
    ("– caption: Look", 0, "begins with –"),
    ("captions:\n      from: 0:01", 0, "each entry begins with - and a space"),
    # colons
    ("caption Look", 0, "a colon and a space are missing after 'caption'"),
    ("caption = Look", 0, "a colon and a space are missing after 'caption'"),
    ("caption：Look", 0, "a colon and a space are missing after 'caption'"),
    ("caption; Look", 0, "a colon and a space are missing after 'caption'"),
    ("stop_at [0:01]", 0, "a colon and a space are missing after 'stop_at'"),
    ("caption:Look", 0, "put a space after the colon"),
    ("caption: Ella: her turn", 0, "a colon stands inside; if it is text, put this text in quotes"),
    ("analysis: notes: Initiative", 0, "if 'notes' is a key, put it on the next line"),
    ("analysis: {notes: a; principles: b}", 0, "a comma is missing before 'principles'"),
    ("analysis: {notes: [a] private: b}", 0, "a comma is missing before 'private"),
    ("analysis: {notes: Wait, then look}", 0, 'put it in quotes: "Wait, then look"'),
    ("analysis: {notes:Wait}", 0, "put a space after the colon"),
    ("analysis: {notes: a", 0, "a { in it is never closed; put } at its end"),
    ("blur: [{from: 0:01, to: 0:02, box: [0, 0, 1, 1]]", 0, "put } before the ]"),
    # spaces
    ("  caption: Look", 0, "it begins with 6 spaces, the line it belongs to with 4"),
    (" caption: Look", 0, "it begins with 5 spaces, the line it belongs to with 4"),
    ("caption: Look\n   slow: 1", 1, "it begins with 3 spaces, the line it belongs to with 4"),
    ("\tcaption: Look", 0, "it starts with a tab"),
    ("  \u00a0caption: Look", 0, "a special space, as word processors write"),
    # what begins a text
    ("caption: @home", 0, "@ cannot begin a text"),
    ("caption: `Look`", 0, "` cannot begin a text"),
    ("caption: %50", 0, "% cannot begin a text"),
    ("caption: [laughs] He looks", 0, "if it is text, put this text in quotes"),
    ("caption: {laughs} He looks", 0, "if it is text, put this text in quotes"),
    ("caption: > look", 0, "> means something else at the beginning; put this text in quotes"),
    ("caption: *star* look", 0, "* means something else at the beginning; put this text in quotes"),
    ("caption: &and", 0, "sets the anchor &and; take it out, or put this text in quotes"),
    ("caption: !look", 0, "put this text in quotes"),
    ("caption: ? look", 0, "? means something else at the beginning"),
    # what belongs to no file of notes
    ("```yaml", 0, "belongs to the page or chat this was copied from"),
    ("// look later", 0, "begin it with # and a space"),
    ("<!-- look later -->", 0, "begin it with # and a space"),
    ("...", 0, "dots alone end the file"),
    ("Caption: Look", 0, "did you mean caption?"),
    ("parent said: Look", 0, "did you mean parent_said?"),
]


def told(of: Family) -> list[str]:
    faults = load_case(of.directory).report.faults
    return [str(fault).replace(f"{of.directory}/1-tea/", "") for fault in faults]


@pytest.mark.parametrize(("typed", "further", "words"), SLIPS, ids=[repr(s[0]) for s in SLIPS])
def test_a_slip_is_told_at_its_line_with_its_cause_and_hides_nothing(
    quiet: Family, typed: str, further: int, words: str
) -> None:
    text = f"{HEAD}    {typed}\n{TAIL}"
    (quiet.directory / "1-tea/cycle.yml").write_text(text, "utf-8")
    found = told(quiet)
    last = len(text.splitlines())
    mine = [one for one in found if not one.startswith(f"cycle.yml:{last}: ")]
    assert len(mine) == 1, found
    assert mine[0].startswith(f"cycle.yml:{LINE + further}: ")
    assert words in mine[0]
    assert [one for one in found if one not in mine and "'later'" in one], found


def test_several_slips_of_all_files_are_told_at_once(quiet: Family) -> None:
    quiet.change("case.yml", "called: Ash and Dad", "called: 'Ash' and Dad")
    quiet.change("case.yml", "baseline: 3", "baseline: x")
    quiet.change("1-tea/cycle.yml", "title: Ash looks up", "title Ash looks up")
    quiet.change("1-tea/cycle.yml", 'parent_said: ["I waited."]', 'parent_said: ["I waited."')
    quiet.change("1-tea/cycle.yml", "held: 2026-02-08", "held: soon")
    quiet.change("closing.yml", 'message: "Thank you."', 'message: "Thank "you"."')
    assert [fault.split(": ")[0].rpartition("/")[2] for fault in told(quiet)] == [
        "case.yml:3",
        "case.yml:11",
        "cycle.yml:9",
        "cycle.yml:11",
        "cycle.yml:20",
        "closing.yml:4",
    ]


def test_what_was_read_in_the_place_of_a_slip_is_used_for_nothing(quiet: Family) -> None:
    """Else a guess could decide who agreed, or which moment is shown."""
    quiet.change("1-tea/cycle.yml", "title: Ash looks up", "title Ash looks up")
    case = load_case(quiet.directory).case
    assert case is not None
    assert case.cycles == ()
    quiet.change("case.yml", "called: Ash and Dad", "called: 'Ash' and Dad")
    read = load_case(quiet.directory)
    assert (read.case, read.ledger) == (None, None)


@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"{\\rtf1", b"\xd0\xcf\x11\xe0", b"%PDF-1.7"])
def test_a_document_of_a_word_processor_is_told_as_one(quiet: Family, begins: bytes) -> None:
    (quiet.directory / "1-tea/cycle.yml").write_bytes(begins + b"\x00\xff")
    assert told(quiet) == [
        "cycle.yml: is a word processor's document; save it as plain text (UTF-8)"
    ]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_anywhere_is_read_or_told(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CYCLE)))
    typed = data.draw(st.text("\"'[]{}:,-#&*!?|>%@` \n\tax•“”0", max_size=4))
    text = CYCLE[:place] + typed + CYCLE[place + data.draw(st.integers(0, 3)) :]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cycle.yml"
        file.write_text(text, "utf-8")
        report = Report()
        read = read_notes(file, Path("cycle.yml"), report)
    assert read is not None or report.faults
    assert read is None or not read[1].mended or report.faults
