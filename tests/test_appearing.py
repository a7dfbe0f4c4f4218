"""One mechanism makes things appear: whoever else writes, writes where it puts nothing in place."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.conftest import ROOT

STAGED = "into a folder beside its place, which publish.py swaps in"
SCRATCH = "into a temporary folder below `.vigsite/`, swept at the start of every run"
CACHED = "into a temporary folder, which the cache takes over by publish.py"
ALLOWED: dict[str, tuple[set[str], str]] = {
    "adding.py": ({"open", "write_text"}, STAGED),
    "contact_sheet.py": ({"write_bytes", "write_text"}, STAGED),
    "diagnose.py": ({"TemporaryDirectory"}, "a drawn film of a second, nobody's; gone at once"),
    "keepsake/archive.py": ({"AESZipFile", "ZipFile", "copyfileobj", "open"}, STAGED),
    "keepsake/assembly.py": ({"unlink", "write_text"}, CACHED),
    "keepsake/film.py": ({"unlink", "write_bytes"}, CACHED),
    "keepsake/parts.py": ({"copyfile", "mkdir", "write_text"}, STAGED),
    "keepsake/soundtrack.py": ({"open"}, CACHED),
    "keepsake/stick.py": ({"copyfileobj", "mkdir", "open"}, STAGED),
    "keepsake/studio.py": ({"mkdir", "write_text"}, CACHED),
    "keepsake/typeset.py": ({"copyfile", "write_text"}, SCRATCH),
    "making.py": ({"copyfile", "mkdir"}, STAGED),
    "media/inprocess.py": ({"write_bytes"}, CACHED),
    "media/picker.py": ({"save"}, "into memory"),
    "media/errand.py": ({"mkdir"}, CACHED),
    "packing.py": ({"mkdir", "write_text"}, STAGED),
    "preview/page.py": ({"copyfile", "move", "write_text"}, STAGED),
    "share.py": ({"copyfile"}, STAGED),
    "site/finish.py": ({"rmdir", "unlink", "write_text"}, STAGED),
    "private_mark.py": ({"open"}, STAGED),
    "site/join.py": ({"write_text"}, STAGED),
    "site/mkdocs.py": ({"write_text"}, SCRATCH),
}
"""Module, what it calls there, and why that is no second mechanism."""
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


def found() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "vigsite").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (what := changing(node)):
                yield file.relative_to(ROOT / "vigsite").as_posix(), what


def test_nothing_else_puts_anything_in_place() -> None:
    """A new place that writes is looked at by a person, who adds it here with a reason."""
    writing: dict[str, set[str]] = defaultdict(set)
    for module, what in found():
        writing[module].add(what)
    assert {"mkdir", "open", "replace", "rmtree"} <= writing.pop("publish.py")
    assert writing == {module: calls for module, (calls, _) in ALLOWED.items()}


def test_what_is_looked_for_is_found() -> None:
    for text, what in {
        "path.open('w')": "open",
        "open(path, mode='xb')": "open",
        "os.replace(a, b)": "replace",
        "path.replace(other)": "replace",
        "shutil.copytree(a, b)": "copytree",
        "ZipFile(file, 'w')": "ZipFile",
    }.items():
        call = ast.parse(text, mode="eval").body
        assert isinstance(call, ast.Call)
        assert changing(call) == what
    for text in ("text.replace('a', 'b')", "open(path)", "path.open('rb')", "replace(one, a=1)"):
        call = ast.parse(text, mode="eval").body
        assert isinstance(call, ast.Call)
        assert not changing(call)
