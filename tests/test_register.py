"""The register of packs: a line each, only ever added, read back as it was written."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import Vigsite
from tests.helpers.families import Family, as_another_family
from vigsite.case.case_file import Form, HandOver
from vigsite.case.load import load_case
from vigsite.records import handovers

DAY = dt.date(2026, 3, 1)
FORMS: list[Form] = ["folder", "stick", "zip", "encrypted zip", "single file"]


def new(form: Form = "zip", whom: str | None = None) -> HandOver:
    return handovers.entry(DAY, form, "ab" * 32, whom, ["1-tea/looks", "1-tea/smile"])


def lines(of: Family) -> tuple[HandOver, ...]:
    read = load_case(of.directory)
    assert read.report.faults == []
    assert read.case is not None
    return read.case.handovers


def test_every_line_is_read_back_as_it_was_written(ash: Family) -> None:
    assert lines(ash) == ()
    names = [None, "Mum", 'Nan "N" \\ Birch: the # second', "أمي", "- {a: b}"]
    written = [new(form, whom) for form in FORMS for whom in names]
    for one in written:
        handovers.add(ash.directory, one)
    assert lines(ash) == tuple(written)


def test_lines_are_only_added(ash: Family) -> None:
    handovers.add(ash.directory, new())
    first = (ash.directory / "handovers.yml").read_bytes()
    before = handovers.add(ash.directory, new(whom="Mum"))
    both = (ash.directory / "handovers.yml").read_bytes()
    assert both.startswith(first)
    assert both.count(b"\n") == first.count(b"\n") + 1
    handovers.take_back(ash.directory, before)
    assert (ash.directory / "handovers.yml").read_bytes() == first


def test_a_line_that_did_not_come_about_leaves_no_file(ash: Family) -> None:
    handovers.take_back(ash.directory, handovers.add(ash.directory, new()))
    assert not (ash.directory / "handovers.yml").exists()


def test_the_same_pack_for_the_same_person_is_known() -> None:
    held = [new(), new(whom="Mum")]
    assert handovers.is_known(held, new(whom="Mum"))
    assert not handovers.is_known(held, new(whom="Nan"))
    assert not handovers.is_known(held, new("stick", "Mum"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("form: fax", "form"),
        ("form: zip, colour: red", "colour"),
        ("form: zip, when: soon", "when"),
    ],
)
def test_a_register_that_somebody_broke_is_a_fault(
    ash: Family, vigsite: Vigsite, line: str, words: str
) -> None:
    """Nothing is packed then, or its line could not be added."""
    as_another_family(ash.directory)
    text = f'handovers:\n  - {{when: 2026-03-01, sha256: "ab", {line}}}\n'
    (ash.directory / "handovers.yml").write_text(
        text.replace("when: 2026-03-01, ", "", "soon" in line)
    )
    done = vigsite("pack", ash.directory, "--draft")
    assert done.status == 2
    assert "handovers.yml:2: handovers 1" in done.err
    assert words in done.err
    assert (ash.directory / "handovers.yml").read_text().count("\n") == 2
