"""The documents say what is true: the format's page, its examples, the README's commands."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT
from vigsite.case.case_file import Written
from vigsite.case.faults import Report
from vigsite.case.load import load_case
from vigsite.case.schema import FILES

FORMAT = ROOT / "docs" / "case-format.md"


def test_the_formats_page_is_written_from_the_models() -> None:
    done = subprocess.run(
        [sys.executable, "tools/case_format.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_formats_example_is_a_good_case_and_uses_every_key_of_a_moment(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```", FORMAT.read_text("utf-8"), re.DOTALL)
    assert [name for name, _ in blocks] == ["case.yml", "1-blocks/cycle.yml", "closing.yml"]
    case = tmp_path / "ash"
    for name, text in blocks:
        (case / name).parent.mkdir(parents=True, exist_ok=True)
        (case / name).write_text(text, "utf-8")
    for film in ("blocks.mov", "review.mp4"):
        (case / "1-blocks" / film).write_bytes(film.encode())
    read, report, _ = load_case(case)
    assert report == Report()
    assert read is not None
    moment_keys = set().union(*(m.written.model_fields_set for m in read.moments))
    assert moment_keys == set(type(read.moments[0].written).model_fields)
    assert issubclass(FILES["case"], Written)


def test_the_readme_names_no_file_that_is_not_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r'src="([^":]+)"', text):
        assert (ROOT / target).exists(), target


def test_every_kind_of_film_in_the_table_is_shown_by_a_test_that_is_there() -> None:
    """The functions that docs/media.md names exist; so do the files."""
    text = (ROOT / "docs" / "media.md").read_text("utf-8")
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", text)
    assert len(named) > 25
    for file, function in named:
        code = (ROOT / "tests" / "media" / file).read_text("utf-8")
        assert not function or f"def {function}(" in code, function
    rows = [line for line in text.splitlines() if line.startswith("|") and line.count("|") == 4]
    unshown = [
        row for row in rows if "`test_" not in row and row.startswith("| Dolby Vision without")
    ]
    assert len(unshown) == 1


def test_the_privacy_page_tells_of_every_command_and_names_tests_that_are_there() -> None:
    from vigsite.cli import vigsite

    text = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    table = text.partition("## What each command does")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    assert set(vigsite.commands) <= told
    for file in re.findall(r"`((?:tests|tools)/[\w/]+(?:\.py)?)/?`", text):
        assert (ROOT / file).exists(), file


def test_every_promise_of_reliability_is_shown_by_a_test_that_is_there() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    promises = text.partition("## The promises")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 12
    shown = ("::test_", "crash points of", "all three above", "rows of")
    assert [row for row in rows if not any(words in row for words in shown)] == []
    for file, function in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text):
        code = (ROOT / file).read_text("utf-8")
        assert not function or f"def {function}(" in code, f"{file}::{function}"
    for folder in re.findall(r"`((?:tests|vigsite|\.github)/[\w/.]+)`", text):
        assert (ROOT / folder).exists(), folder


def test_the_recipe_for_three_systems_names_what_is_there() -> None:
    """It was never run here; what can be told without running it holds."""
    import yaml

    recipe = yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text("utf-8"))
    jobs = recipe["jobs"]
    assert jobs["readme"]["strategy"]["matrix"]["os"] == [
        f"{system}-latest" for system in ("ubuntu", "macos", "windows")
    ]
    said = "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in ("tools/start.py demo", "tools/start.py tests", ".ci/run"):
        assert command in said
        assert (ROOT / command.split()[0]).is_file()
    assert all(f"python3 tools/start.py {job}" in readme for job in ("demo", "tests"))
    assert (ROOT / recipe["env"]["VIGSITE_CONSTRAINTS"]).is_file()


def test_the_architecture_names_every_room_in_the_order_of_the_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = contract["contracts"][0]["layers"]
    rooms = [room.strip() for line in layers for room in line.split("|")]
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = {path.parent.name for path in (ROOT / "vigsite").glob("*/__init__.py")}
    loose = {path.stem for path in (ROOT / "vigsite").glob("[!_]*.py")}
    table = re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)
    height = {room: line for line, names in enumerate(layers) for room in names.split(" | ")}
    assert set(table) == folders == set(rooms) - loose
    assert [height[room] for room in table] == sorted(height[room] for room in table)
    assert len(loose) <= 5, "a new module belongs into a room"
    assert all(f"`{name}.py`" in text for name in loose)


def test_documents_and_docstrings_name_modules_that_are_there() -> None:
    modules = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/**/*.py")]
    documents = [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]
    named = {
        (text.relative_to(ROOT).as_posix(), name)
        for text in (*documents, *(ROOT / "vigsite").rglob("*.py"))
        if text.name != "CHANGELOG.md"
        for name in re.findall(r"`([\w/]+\.py)`", text.read_text("utf-8"))
    }
    assert len(named) > 60
    gone = [
        (text, name)
        for text, name in named
        if not any(f"/{m}".endswith(f"/{name}") for m in modules)
    ]
    assert not gone
