"""One mechanism makes things appear: whoever else writes, writes where it puts nothing in place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PUBLISHING = "vigsite/files/atomic.py"
WHERE = {
    "staged": "into a folder beside its place, which is swapped in whole",
    "scratch": "into a temporary folder below `.vigsite/`, swept at the start of every run",
    "cached": "into a temporary folder, which the cache takes over whole",
    "nobody": "what shows nobody and stays nowhere",
}
"""What a comment behind a call that changes the disk says of it, and what that means."""
CHANGING = {
    *("write_text", "write_bytes", "touch", "mkdir", "makedirs", "truncate", "save"),
    *("renames", "unlink", "rmdir", "remove", "removedirs", "link", "symlink"),
    *("hardlink_to", "symlink_to", "copyfile", "copy2", "copytree", "copyfileobj", "copymode"),
    *("move", "rmtree", "TemporaryDirectory", "NamedTemporaryFile", "mkdtemp", "mkstemp"),
}
OPENING = {"open", "ZipFile", "AESZipFile"}


def changing(call: ast.Call) -> str:
    """What a call does to the disk, if anything."""
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    of = ast.unparse(called.value) if isinstance(called, ast.Attribute) else ""
    if name in CHANGING or (of == "os" and name in ("rename", "replace")):
        return name
    if name in ("rename", "replace") and of and len(call.args) == 1 and not call.keywords:
        return name  # of a path; of a text it takes two
    given = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
    modes = [one.value for one in given if isinstance(one, ast.Constant)]
    if name in OPENING and any(
        isinstance(m, str) and {*m} & {*"wax+"} and len(m) < 4 for m in modes
    ):
        return name
    return name if of == "os" and name == "open" and "O_CREAT" in ast.unparse(call) else ""


def found(file: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the name and the comment of each call in a module that changes the disk."""
    text = file.read_text("utf-8")
    lines = text.split("\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (what := changing(node)):
            comments = [
                line.rpartition("  # ")[2] for line in lines[node.lineno - 1 : node.end_lineno]
            ]
            yield node.lineno, what, comments[-1].partition(":")[0]


def test_nothing_else_puts_anything_in_place() -> None:
    """Whoever writes elsewhere says into which folder that is not yet in its place."""
    assert {"mkdir", "open", "replace", "rmtree"} <= {
        what for _, what, _ in found(ROOT / PUBLISHING)
    }
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: {what}"
        for file in sorted((ROOT / "vigsite").rglob("*.py"))
        if file != ROOT / PUBLISHING
        for line, what, where in found(file)
        if where not in WHERE
    ]
    assert not wrong, f"say behind the call where it writes ({', '.join(WHERE)}):\n" + "\n".join(
        wrong
    )
