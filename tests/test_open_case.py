"""A command gets a case from `open_case.py` and from nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

READS = {"load_case", "read_case", "library_of", "abide"}
"""What a command would need to read a case by itself."""
MAKES = {"Records", "Library", "OpenCase"}
"""What it would need to make; as types they may be named."""


def by_itself(code: str) -> Iterator[str]:
    """Yield what in a module's code reads a case without `open_case.py`."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom):
            yield from {one.name for one in node.names} & READS
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield from {name} & (READS | MAKES)


@pytest.mark.parametrize("room", ["commands", "cli"])
def test_no_command_opens_a_case_by_itself(room: str) -> None:
    files = sorted((ROOT / "vigsite" / room).glob("*.py"))
    assert len(files) > 15
    wrong = {
        file.name: found for file in files if (found := set(by_itself(file.read_text("utf-8"))))
    }
    assert not wrong


@pytest.mark.parametrize(
    "code",
    [
        "from vigsite.case.load import load_case",
        "from vigsite.protection import known_case\nknown_case.read_case(a, b, c)",
        "from vigsite.records.case_folder import Records\nRecords(directory)",
        "from vigsite.building import open_case\nopen_case.OpenCase(a, b, c, d, e)",
    ],
)
def test_a_new_command_cannot(code: str) -> None:
    assert list(by_itself(code))
