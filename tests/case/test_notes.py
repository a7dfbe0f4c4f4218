"""YAML's traps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vigsite.case.case_file import ClosingFile
from vigsite.case.faults import Report, Source
from vigsite.case.strict_yaml import MOST_BYTES, read_notes
from vigsite.case.validate import validate


def read(tmp_path: Path, text: str | bytes) -> tuple[object, list[str]]:
    file = tmp_path / "notes.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    report = Report()
    found = read_notes(file, Path("notes.yml"), report)
    whole = found is not None and not found[1].mended
    return (found[0] if found and whole else None), [str(fault) for fault in report.faults]


@pytest.mark.parametrize(
    "typed",
    ["1:05", "01:05", "NO", "off", "010", "0x1F", "~", "null", "1e3", "2026-03-02", "=", "12.50"],
)
def test_every_scalar_stays_the_text_that_was_typed(tmp_path: Path, typed: str) -> None:
    assert read(tmp_path, f"key: {typed}\n") == ({"key": typed}, [])


def test_what_is_left_empty_counts_as_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "title:\ncaption: ''\n") == ({"caption": ""}, [])


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfkey: a\n") == ({"key": "a"}, [])


REFUSED = {
    "a: 1\nb: 2\na: 3\n": (3, "stands twice, first on line 1"),
    "a: &x 1\n": (1, "anchor &x"),
    "a: 1\nb: *x\n": (2, "alias *x"),
    "a: !!python/object:os.system x\n": (1, "takes for a tag"),
    "a: !secret x\n": (1, "tag"),
    'a: "bell \\a"\n': (1, "control character U+0007"),
    'a: "over\\rwritten"\n': (1, "control character U+000D"),
    'a: 1\n"\\e[31m": 2\n': (2, "control character U+001B"),
    "a: ok\nb: \x85next\n": (2, "control character U+0085"),
    "a: ok\n\xa0b: pasted\n": (2, "'b' holds a character that cannot be seen (U+00A0)"),
    "a: {\u200bb: pasted}\n": (1, "'b' holds a character that cannot be seen (U+200B)"),
    "a: 1\n---\nb: 2\n": (2, "second document"),
    "- a\n- b\n": (1, "does not start with a key"),
    "just words\n": (1, "does not start with a key"),
    "": (None, "is empty"),
    "# only a remark\n": (None, "is empty"),
    "a:\n\t- tab\n": (2, "tab"),
    "title: You waited: he looked\n": (1, "put this text in quotes"),
    "said: 'tis late\n": (1, "put this text in quotes"),
    "said: [What do you see?, 'a]\n": (1, "put this text in quotes"),
    "? [a, b]\n: c\n": (1, "put this text in quotes"),
    "a: [1, \n": (None, ""),
    'said: "never ends\nb: "c"\n': (1, "never closed"),
    "title:Gran\nb: c\n": (1, "put a space after the colon"),
    "list:\n  -id: x\n  - id: y\n": (2, "put a space after the -"),
    "moments: []\n  - id: x\n": (1, "take the [] away"),
    "p: {a: b\nc: d\n": (1, "never closed"),
    "a:\n   b: 1\n  c: 2\n": (3, "begins with 2 spaces"),
    "list:\n  - one\n  -\n": (3, "is empty"),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.items())
def test_what_the_format_does_not_need_is_refused_with_its_line(
    tmp_path: Path, text: str, expected: tuple[int | None, str]
) -> None:
    line, words = expected
    _, faults = read(tmp_path, text)
    assert len(faults) == 1, faults
    assert words in faults[0]
    assert faults[0].startswith(f"notes.yml:{line}: " if line else "notes.yml:")


def test_aliases_that_would_fill_the_memory_are_refused_at_once(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{'*a' + str(n - 1) + ', ' * 1}]\n" for n in range(1, 9)
    )
    tree, faults = read(tmp_path, bomb)
    assert tree is None
    assert "anchor" in faults[0]


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    assert "nested" in read(tmp_path, "a: " + "[" * 60 + "]" * 60)[1][0]


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    assert "larger than 1 MB" in read(tmp_path, "a: " + "x" * MOST_BYTES)[1][0]


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "a: 1\nb: café\n".encode("latin-1"))
    assert faults[0].startswith("notes.yml:2: ")
    assert "UTF-8" in faults[0]


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text("a: 1\n")
    (tmp_path / "notes.yml").symlink_to(tmp_path / "other.yml")
    report = Report()
    assert read_notes(tmp_path / "notes.yml", Path("notes.yml"), report) is None
    assert "regular file" in str(report.faults[0])


def test_a_fault_is_one_line_whatever_the_key(tmp_path: Path) -> None:
    """Else a key could write over what stands on the terminal, or make up a fault of its own."""
    report = Report()
    source = read_notes_of(tmp_path, '"case.yml:1: all is well\\n\\r\\e[2J": 1\n', report)
    validate(ClosingFile, *source, report)
    said = [str(fault) for fault in report.faults]
    assert len(said) == 2
    assert not any(character in "".join(said) for character in "\n\r\x1b")
    assert "all is well\\n\\r\\x1b[2J" in said[1]


def read_notes_of(tmp_path: Path, text: str, report: Report) -> tuple[dict[str, Any], Source]:
    file = tmp_path / "notes.yml"
    file.write_text(text, "utf-8")
    found = read_notes(file, Path("notes.yml"), report)
    assert found is not None
    return found
