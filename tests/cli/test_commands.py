"""The command line as a practitioner meets it."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import pytest
import yaml

from tests.conftest import ROOT, Vigsite
from tests.helpers.counted_films import Counted
from tests.helpers.families import Family
from vigsite.cli import vigsite as group

COMMANDS = [
    *("new", "add", "contact-sheet", "check", "build", "preview", "present"),
    *("pack", "audit", "verify", "host", "host-check"),
    *("consent", "withdraw", "due", "purge", "record", "cache", "doctor", "schema"),
]


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from vigsite.cli import vigsite\n"
        "try: vigsite(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pydantic', 'av', 'mkdocs', 'jinja2', 'yaml', 'rich', 'ffmpeg', 'numpy', 'PIL', 'psutil', 'starlette', 'uvicorn', 'pyzipper', 'typst'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)
    assert done.stdout.strip().endswith("heavy: []")
    assert list(group.commands) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(vigsite: Vigsite, name: str) -> None:
    done = vigsite(name, "--help")
    assert done.status == 0
    assert f"Usage: vigsite {name}" in done.out
    assert all(p.help for p in group.commands[name].params if p.param_type_name == "option")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "Did you mean `vigsite build`?"),
        (["dance"], "See `vigsite --help`"),
        (["build"], "Missing argument '[CASE]...'"),
        (["build", "x", "--edition", "gift"], "'gift' is not one of"),
        (["build", "nobody"], "nobody: no such case. `vigsite new nobody` starts one."),
        (["build", "."], "holds no case.yml"),
        (["check", "nobody"], "no such case"),
        (["check", "nobody", "--on", "soon"], "expected a date"),
        (["check", "nobody", "--on", "2001-01-01"], "looks ahead only"),
        (["build", "nobody", "--on", "2001-01-01"], "looks ahead only"),
        (["consent", "nobody"], "no such case"),
        (["consent", "nobody", "--on", "soon"], "expected a date"),
        (["withdraw", "nobody", "1-tea/looks"], "no such case"),
        (["withdraw", "nobody"], "Missing argument"),
        (["due", "nobody"], "no such case"),
        (["due"], "No case below"),
        (["purge", "nobody", "--all"], "no such case"),
        (["purge", "nobody"], "Say what to delete"),
        (["schema"], "Name one of case, cycle, closing"),
        (["new", "Rowan Okafor"], "cannot name a case"),
        (["add", "nobody", "film.mp4"], "no such case"),
    ],
)
def test_wrong_input_is_a_sentence_and_status_2(
    vigsite: Vigsite, arguments: list[str], words: str
) -> None:
    done = vigsite(*arguments)
    assert done.status == 2
    assert words in done.err


def test_a_case_can_be_found_by_its_neighbours(ash: Family, vigsite: Vigsite) -> None:
    done = vigsite("build", ash.directory.parent / "asch")
    assert f"Did you mean {ash.directory}?" in done.err


def test_check_says_what_would_be_built_and_changes_nothing(ash: Family, vigsite: Vigsite) -> None:
    """It remembers what it learnt of the films, and nothing else."""
    before = sorted(ash.directory.rglob("*"))
    done = vigsite("check", ash.directory)
    assert done.status == 0, done.err
    assert "ash: review: 3 moments, 1 second of film, about 1 MB" in done.out
    assert "ash: keepsake: 2 moments" in done.out
    assert "1 moment left out of the keepsake: Nan has not agreed" in done.out
    learnt = ash.directory / ".vigsite" / "recordings"
    assert {file.suffix for file in learnt.iterdir()} == {".json", ".txt"}
    shutil.rmtree(learnt)
    learnt.parent.rmdir()
    assert sorted(ash.directory.rglob("*")) == before


def test_check_tells_faults_of_words_and_of_films_together(ash: Family, vigsite: Vigsite) -> None:
    ash.change("case.yml", "role: child", "role: chidl")
    ash.change("1-tea/cycle.yml", "still: 0:02.5", "still: 1:02.5")
    ash.change("closing.yml", "learned", "lerned")
    done = vigsite("check", ash.directory)
    assert done.status == 2
    assert "did you mean child?" in done.err
    assert 'moment "smile": still is at 1:02.5, but film.mp4 lasts 0:04.0.' in done.err
    assert "did you mean learned?" in done.err
    assert f"{ash.directory}: 3 faults." in done.err


def test_check_looks_ahead(ash: Family, vigsite: Vigsite) -> None:
    ash.change(
        "case.yml",
        "by: dad, for: [review, keepsake, supervision], given: 2026-01-05",
        "by: dad, for: [review, keepsake, supervision], given: 2026-01-05, until: 2099-06-30",
    )
    assert "keepsake: 2 moments" in vigsite("check", ash.directory, "--on", "2099-06-30").out
    later = vigsite("check", ash.directory, "--on", "2099-07-01")
    assert "keepsake: not agreed yet" in later.out


def test_a_film_that_cannot_be_opened_is_a_fault_with_its_line(
    ash: Family, vigsite: Vigsite
) -> None:
    (ash.directory / "1-tea/film.mp4").write_text("Dear all")
    done = vigsite("check", ash.directory)
    assert done.status == 2
    assert (
        "cycle.yml:4: recordings.film.file names film.mp4, which is no film vigsite can open"
        in done.err
    )


def test_from_nothing_to_a_site(
    vigsite: Vigsite, tmp_path: Path, films: Callable[[str], Counted]
) -> None:
    """new, add, agree, mark, check, build: each says the next step."""
    done = vigsite(
        *(
            "new",
            "cases/willow",
            "--called",
            "Willow & Dad",
            "--child",
            "Willow",
            "--parent",
            'Dad "B"',
        ),
        *(
            "--practitioner",
            "Sam",
            "--contact",
            "sam@example.org",
            "--question",
            "How: can we play?",
        ),
    )
    assert done.status == 0, done.err
    assert "vigsite add cases/willow FILM" in done.out
    shutil.copyfile(films("25").path, tmp_path / "IMG 0001.MP4")
    done = vigsite(
        "add", "cases/willow", "IMG 0001.MP4", "--setting", "Tea time", "--filmed", "2026-02-01"
    )
    assert done.status == 0, done.err
    case = tmp_path / "cases/willow"
    assert sorted(f.name for f in (case / "1-tea-time").iterdir()) == ["cycle.yml", "tea-time.mp4"]
    done = vigsite("check", "cases/willow")
    assert done.status == 0, done.err
    assert "review: no moments yet" in done.out
    cycle = case / "1-tea-time/cycle.yml"
    lines = [line for line in cycle.read_text().splitlines() if not line.startswith("moments: []")]
    text = "\n".join(
        line.removeprefix("# ") if line.startswith(("# moments", "#   ")) else line
        for line in lines
    )
    cycle.write_text(text.split("# review:")[0])
    done = vigsite("check", "cases/willow")
    assert done.status == 2
    assert done.err.count("still holds the example's words") == 2
    text = cycle.read_text().replace("The parent's own words.", "That was us.")
    cycle.write_text(text.replace("What is to be seen, in a sentence or two.", "You waited."))
    done = vigsite("check", "cases/willow")
    assert "review: not agreed yet" in done.out
    assert "Ask first, and write under consent in case.yml who agreed: Dad " in done.out
    assert "Willow (review, keepsake)" in done.out
    assert "vigsite build" not in done.out
    assert "{person: willow, by: dad-b, for:" in (case / "case.yml").read_text()
    ledger = (case / "case.yml").read_text()
    (case / "case.yml").write_text(ledger.replace("  # - {person", "  - {person"))
    done = vigsite("build", "cases/willow")
    assert done.status == 0, done.err
    assert "willow: keepsake built" in done.out
    assert vigsite("new", "cases/willow", "--child", "W").status == 2
    assert vigsite("add", "cases/willow", "nothing.mp4").status == 2
    (tmp_path / "letter.mp4").write_text("Dear")
    done = vigsite("add", "cases/willow", "letter.mp4")
    assert done.status == 2
    assert "no film vigsite can open" in done.err
    assert [f.name for f in sorted(case.iterdir()) if f.is_dir()] == [
        ".vigsite",
        "1-tea-time",
        "record",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("1-tea/cycle.yml", "shows: [ash, dad]", "shows: ash, dad", "or a list: [ash, dad]"),
        ("case.yml", "- {person: nan, for: [review],", "- person: nan\n    for: review, keepsake\n"
         "  - {person: nan, for: [review],", "or a list: [review, keepsake]"),
        ("case.yml", "person: nan, for: [review]", "person: nan, for: review, keepsake",
         "a list stands in brackets, such as [review, keepsake]"),
        ("case.yml", "goals:", "language: arabic\ngoals:", "did you mean ar?"),
        ("case.yml", "goals:", "language: Welsh\ngoals:", "did you mean cy?"),
        ("case.yml", "goals:", "language: nonsense\ngoals:", "such as en, cy or pt-BR\n"),
    ],
)  # fmt: skip
def test_what_was_surely_meant_is_named(
    ash: Family, vigsite: Vigsite, file: str, old: str, new: str, said: str
) -> None:
    path = ash.directory / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    done = vigsite("check", ash.directory)
    assert done.status == 2
    assert said in done.err


def test_no_summary_of_a_command_breaks_off(vigsite: Vigsite) -> None:
    done = vigsite("--help", COLUMNS="80")
    cut = [line.split()[0] for line in done.out.splitlines() if line.endswith("...")]
    assert [name for name in cut if name != "Usage:" and not name.startswith("host")] == []


@pytest.mark.parametrize(
    ("tags", "day", "told"),
    [
        ({"creation_time": "2026-01-07T12:00:00Z"}, "2026-01-07             # from the film", True),
        ({"creation_time": "1970-01-01T00:00:00Z"}, "2001-02-03             # of the file", False),
        ({}, "2001-02-03             # of the file", False),
    ],
)
def test_a_film_tells_its_day_or_its_file_does(
    quiet: Family,
    vigsite: Vigsite,
    films: Callable[[str], Counted],
    tmp_path: Path,
    tags: dict[str, str],
    day: str,
    told: bool,
) -> None:
    film = tmp_path / "phone.mp4"
    with av.open(str(films("25").path)) as source, av.open(str(film), "w") as target:
        target.metadata.update(tags)
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    noon = dt.datetime(2001, 2, 3, 12).timestamp()
    os.utime(film, (noon, noon))
    done = vigsite("add", quiet.directory, film)
    assert done.status == 0, done.err
    text = (quiet.directory / "2-film/cycle.yml").read_text("utf-8")
    assert f"filmed: {day}" in text
    assert ("does not tell when it was recorded" in done.out) is not told


def test_schemas_accept_the_demo_case(vigsite: Vigsite, tmp_path: Path) -> None:
    done = vigsite("schema", "--out", "schemas")
    assert done.status == 0
    names = sorted(f.name for f in (tmp_path / "schemas").iterdir())
    assert names == ["case.schema.json", "closing.schema.json", "cycle.schema.json"]
    schema = json.loads((tmp_path / "schemas/cycle.schema.json").read_text())
    for file in (ROOT / "cases/rowan").glob("*/cycle.yml"):
        used = {key for moment in yaml.safe_load(file.read_text())["moments"] for key in moment}
        assert used <= set(schema["$defs"]["MomentEntry"]["properties"])


def test_doctor_finds_this_machine_well(vigsite: Vigsite) -> None:
    done = vigsite("doctor")
    assert done.status == 0, done.out
    assert "ok      a trial encode: works" in done.out


def test_doctor_names_the_problem(vigsite: Vigsite) -> None:
    done = vigsite("doctor", VIGSITE_FFMPEG="nothing-there")
    assert done.status == 1
    assert "PROBLEM ffmpeg: VIGSITE_FFMPEG names 'nothing-there'" in done.out
