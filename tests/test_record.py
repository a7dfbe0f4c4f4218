"""What vigsite remembers is never taken for empty: whatever happens to a file that remembers.

Every such file, damaged in every way, under every command that takes away, tells or publishes: none
says that nothing is left, and none ends well, while something of what must go still stands.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.conftest import need
from tests.helpers.counted_films import Counted
from tests.helpers.families import Family, family
from tests.helpers.prepared_cases import World
from tests.hosting.conftest import agreed
from vigsite.files.state_file import StateFault, StateFile
from vigsite.records.case_folder import Records
from vigsite.records.record import Record

NEVER = ("nothing of it is left in reach", "nothing is due")
FILES = (
    "cases/ash/record/record.json",
    "cases/ash/record/withdrawn.yml",
    "cases/ash/withdrawn.yml",
    "cases/ash/handovers.yml",
    "cases/ash/.vigsite/withdrawn.yml",
    "cases/ash/.vigsite/swept.json",
    "cases/ash/.vigsite/recordings/hashes.json",
    "sites/ash/.vigsite.json",
    "elsewhere/ash/.vigsite.json",
    "packs/ash/.vigsite.json",
    "web/hosting.json",
)


def newer(file: Path) -> None:
    if file.suffix == ".json":
        held = json.loads(file.read_text("utf-8"))
        keys = [key for key in held if key.startswith("vigsite")]
        file.write_text(json.dumps({**held, **dict.fromkeys(keys or ["vigsite"], 99)}))
    else:
        file.write_text(file.read_text("utf-8") + "of_a_later_version: 1\n")


def unreadable(file: Path) -> None:
    """A folder in its place: root may read any file."""
    file.unlink()
    file.mkdir()


def another_type(file: Path) -> None:
    file.write_text('["something else"]\n')


def linked(file: Path) -> None:
    """To an empty record, outside."""
    outside = file.with_name("outside.txt")
    outside.write_text("{}")
    file.unlink()
    file.symlink_to(outside)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "truncated": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "another type": another_type,
    "newer": newer,
    "unreadable": unreadable,
    "a link": linked,
    "not text": lambda file: file.write_bytes(b"\xff\xfe\x00"),
}
NO_MORE = "- {person: ash, for: [review, keepsake, hosting], withdrawn: 2026-03-01}\n"
TAKES_BACK = ("withdraw", "purge")
UNTIL = str(dt.date.today() + dt.timedelta(20))
COMMANDS: dict[str, tuple[str, ...]] = {
    "withdraw": ("withdraw", "cases/ash", "1-tea/looks", "--do"),
    "due": ("due", "cases/ash"),
    "purge": ("purge", "cases/ash", "--all", "--do"),
    "build": ("build", "cases/ash", "--draft"),
    "pack": ("pack", "cases/ash", "--draft"),
    "host": ("host", "cases/ash", "--draft", "--out", "web", "--until", UNTIL),
}


@dataclass(frozen=True)
class Kept:
    copy: Path
    root: Path
    shown: frozenset[str]
    """Hashes of all that shows 1-tea/looks."""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Kept:
    """A family whose sites lie in two places, with packs, a contact sheet and a hosted site.

    Another moment was withdrawn before, so that every kind of file is there.
    """
    world = World(tmp_path_factory.mktemp("record") / "world")
    agreed(family(world.family.directory, films("25").path))
    sheet = ("contact-sheet", "cases/ash", "1", "0:01.5", "--within", "0.1", "--out", "sheets")
    server = ("--server", "nginx", "--domain", "films.example.org")
    for arguments in (
        ("withdraw", "cases/ash", "1-tea/nan-too", "--do"),
        ("build", "cases/ash", "--draft"),
        ("build", "cases/ash", "--draft", "--out", "elsewhere"),
        ("pack", "cases/ash", "--draft", "--single-file"),
        sheet,
        (*COMMANDS["host"], *server),
    ):
        done = world.run(*arguments)
        assert done.status == 0, (arguments, done.err)
    assert [name for name in FILES if not (world.root / name).is_file()] == []
    shown = frozenset(
        digest(path)
        for path in world.root.rglob("*")
        if path.name.startswith(("cycle-1-moment-1", "choose.", "To keep.html"))
    )
    assert len(shown) > 5
    return Kept(*world.kept_aside(), shown)


@pytest.fixture
def world(kept: Kept) -> Iterator[World]:
    with World.as_kept(kept.copy, kept.root) as restored:
        yield restored


def standing(world: World, kept: Kept, command: str = "withdraw") -> list[str]:
    """What shows the moment, where it may not once that command ended well.

    Contact sheets and the cache are the practitioner's own; they go with what is withdrawn, not
    with consent.
    """
    own = () if command in TAKES_BACK else ("sheets/", "cases/ash/.vigsite/")
    return [
        name
        for path in world.root.rglob("*")
        if path.is_file() and not path.is_symlink() and digest(path) in kept.shown
        if not (name := path.relative_to(world.root).as_posix()).startswith(own)
    ]


GRID = list(itertools.product(FILES, DAMAGES, COMMANDS))
ALWAYS = [("cases/ash/record/record.json", damage, "withdraw") for damage in DAMAGES]
SAMPLE = random.Random(14).sample([row for row in GRID if row not in ALWAYS], 24)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "damage" in metafunc.fixturenames:
        rows = GRID if metafunc.config.getoption("--soak") else ALWAYS + SAMPLE
        metafunc.parametrize(("file", "damage", "command"), rows)


def test_no_damage_lets_anything_stand_in_silence(
    world: World, kept: Kept, file: str, damage: str, command: str
) -> None:
    if command not in TAKES_BACK:
        world.family.change("case.yml", "consent:\n", f"consent:\n  {NO_MORE}")
    DAMAGES[damage](world.root / file)
    done = world.run(*COMMANDS[command])
    if standing(world, kept, command):
        assert done.status != 0, done.out
        assert not [words for words in NEVER if words in done.out + done.err]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_any_damage_each_command_leaves_nothing(
    world: World, kept: Kept, command: str
) -> None:
    """So that the rows above can fail: what must go is found, and goes."""
    assert len(standing(world, kept)) > 5
    if command not in TAKES_BACK:
        world.family.change("case.yml", "consent:\n", f"consent:\n  {NO_MORE}")
    done = world.run(*COMMANDS[command])
    if command == "due":
        assert done.status == 1
        assert f"{world.root}/elsewhere/ash/review is no longer allowed" in done.out
        return
    assert standing(world, kept, command) == []
    if command == "purge":  # what a server has nobody can delete from here
        assert "Not deleted:\n  what a serve" in done.out
        done = world.run(*COMMANDS[command], "--looked")
    assert command not in TAKES_BACK or done.status == 0, done.err


def test_an_unknown_key_is_ignored(world: World, kept: Kept) -> None:
    """As a version that is newer, and does not matter to this one, may write it."""
    file = world.root / FILES[0]
    held = json.loads(file.read_text("utf-8"))
    held["of_later"] = 1
    for site in held["sites"]:
        site["of_later"] = {"x": 1}
    file.write_text(json.dumps(held))
    done = world.withdraw()
    assert done.status == 0, done.err
    assert standing(world, kept) == []


def test_a_cache_that_is_thrown_away_takes_no_memory_along(world: World, kept: Kept) -> None:
    shutil.rmtree(world.family.directory / ".vigsite")
    assert (
        f"{world.root}/elsewhere/ash/review"
        in world.run("withdraw", "cases/ash", "1-tea/looks").out
    )
    done = world.withdraw()
    assert done.status == 0, done.err
    assert standing(world, kept) == []


def test_a_record_that_is_gone_is_said_by_every_command(world: World, kept: Kept) -> None:
    """withdraw does what it can, ends with 1, and says where to look; the rest refuses."""
    shutil.rmtree(world.family.directory / "record")
    for name in ("build", "pack"):
        done = world.run(*COMMANDS[name])
        assert done.status == 1
        assert "so nobody knows which sites, packs and contact sheets" in done.err
    due = world.run("due", "cases/ash")
    assert (due.status, "nobody knows which sites" in due.out) == (1, True)
    assert "NOW: " in world.run("check", "cases/ash").out
    done = world.withdraw()
    assert done.status == 1
    assert "the moment 1-tea/looks is withdrawn. What vigsite knows of is deleted" in done.out
    assert "folders named ash, sticks, the folder of a server" in done.err
    assert "vigsite record" in done.err
    assert 'moment: "1-tea/looks"' in (world.family.directory / "withdrawn.yml").read_text()
    again = world.withdraw()
    assert again.status == 1, "it is not forgotten that something may be left"
    assert "nothing of it is left" not in again.out
    for place in ("sites", "elsewhere", "packs", "sheets", "web"):  # as a person would
        shutil.rmtree(world.root / place)
    looked = world.run("record", "cases/ash", "--looked")
    assert looked.status == 0, looked.err
    done = world.withdraw()
    assert done.status == 0, done.err
    assert standing(world, kept) == []


@pytest.mark.parametrize("left", ["web", "elsewhere"])
def test_looked_does_not_make_what_stands_unseen(world: World, left: str) -> None:
    """Somebody looked, and overlooked a folder that still names the case or is named for it."""
    shutil.rmtree(world.family.directory / "record")
    for place in {"sites", "elsewhere", "packs", "sheets", "web"} - {left}:
        shutil.rmtree(world.root / place)
    looked = world.run("record", "cases/ash", "--looked")
    assert looked.status == (left == "web")
    told = ""
    for command in (COMMANDS["due"], COMMANDS["withdraw"]):
        done = world.run(*command)
        assert done.status == 1, done.out
        told = done.out + done.err
        assert f"{world.root / left}" in told
        assert "nothing of it is left" not in told
    if left == "web":
        assert "--out web --revoke ash, then copy" in told
        assert world.run("host", "--out", "web", "--revoke", "ash").status == 0
    else:
        shutil.rmtree(world.root / left)
    done = world.withdraw()
    assert done.status == 0, done.err


def test_a_damaged_record_can_be_begun_anew_and_is_kept_aside(world: World) -> None:
    file = world.root / FILES[0]
    damaged = file.read_text("utf-8")[:200]
    file.write_text(damaged)
    done = world.withdraw()
    assert done.status == 1
    assert f"{file} cannot be used: it is damaged" in done.err
    assert "Bring it back from your newest backup" in done.err
    assert world.run("record", "cases/ash").status == 1
    looked = world.run("record", "cases/ash", "--looked")
    assert (looked.status, "what is known now counts" in looked.out) == (1, True)
    assert "NOW: " in looked.out, "the folder for a server is still there"
    (aside,) = file.parent.glob("unusable-*")
    assert aside.read_text("utf-8") == damaged
    refused = world.run("record", "cases/ash", "--looked")
    assert (refused.status, "its record is there and whole" in refused.err) == (2, True)


def test_an_older_record_does_not_make_what_came_since_unseen(world: World, kept: Kept) -> None:
    """As a backup brings it back: packs, another place and the server's folder are not in it."""
    records = Records(world.family.directory)
    record = records.known()
    older = [site for site in record.sites if "/sites/ash/" in site.path and not site.also]
    records.write(replace(record, sites=older, begun=[]))
    due = world.run("due", "cases/ash")
    assert due.status == 1
    done = world.withdraw()
    assert done.status == 1
    assert "nothing of it is left" not in done.out
    for place in ("elsewhere/ash", "packs/ash", "web/server/sites/"):
        assert f"{world.root}/{place}" in due.out
    for place in ("elsewhere/ash", "web/server/sites/"):
        assert f"{world.root}/{place}" in done.err
    assert "that its record does not know" in done.err
    assert not (world.root / "packs/ash/To keep.html").exists()
    purge = world.run("purge", "cases/ash", "--all", "--do")
    assert purge.status == 1


def test_a_case_that_comes_back_as_bare_notes_is_not_new(world: World) -> None:
    """What lies in the usual places tells that it was worked on."""
    for name in ("record", ".vigsite", "handovers.yml", "withdrawn.yml"):
        place = world.family.directory / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert world.run("due", "cases/ash").status == 1
    done = world.withdraw()
    assert done.status == 1
    assert "nobody knows which sites" in done.err
    assert (world.root / "sites/ash/review").is_dir()


@pytest.mark.parametrize(
    "file", ["cases/ash/.vigsite/recordings/hashes.json", "sites/ash/.vigsite.json", FILES[0]]
)
def test_a_pipe_in_the_place_of_a_file_hangs_nothing(world: World, file: str, kept: Kept) -> None:
    need("pipes", hasattr(os, "mkfifo"))
    (world.root / file).unlink()
    os.mkfifo(world.root / file)
    for arguments in (COMMANDS["due"], COMMANDS["withdraw"]):
        done = world.run(*arguments)
        assert done.status == 1 or standing(world, kept) == [] or "due" in arguments


def test_what_the_record_holds_is_shown(world: World) -> None:
    done = world.run("record", "cases/ash")
    assert done.status == 0, done.err
    for place in (
        "sites/ash/keepsake",
        "elsewhere/ash/review",
        "packs/ash/To keep.html",
        "sheets/",
    ):
        assert f"{world.root}/{place}" in done.out
    assert "taken away before" not in done.out


def test_a_case_of_which_nothing_is_known_is_not_said_to_be_clean(
    tmp_path: Path, quiet: Family
) -> None:
    world = World(tmp_path)
    done = world.run("withdraw", "ash", "1-tea/looks", "--do")
    assert done.status == 0, done.err
    assert "vigsite remembers no site, pack or contact sheet of this case" in done.out
    assert "nothing of it is left" not in done.out
    assert quiet.directory.name == "ash"


def test_no_edition_holds_the_id(world: World) -> None:
    found = Records(world.family.directory).known().id
    assert len(found) == 32
    holding = [
        path.relative_to(world.root)
        for path in world.root.rglob("*")
        if path.is_file() and found.encode() in path.read_bytes()
    ]
    inside = [path for path in holding if "site" in path.parts or "review" in path.parts]
    assert inside == []
    assert {path.name for path in holding} == {"record.json", ".vigsite.json", "hosting.json"}


class TestStateFile:
    @pytest.fixture
    def file(self, tmp_path: Path) -> StateFile[Record]:
        return StateFile(tmp_path / "record.json", Record, 1, "Bring it back.")

    def test_only_a_missing_file_is_empty(self, file: StateFile[Record]) -> None:
        assert file.read() is None
        file.path.touch()
        with pytest.raises(StateFault, match=r"it is damaged. Bring it back"):
            file.read()

    def test_it_comes_back_as_it_was_written(self, file: StateFile[Record]) -> None:
        record = Record("1" * 32, "/x", dt.date(2026, 3, 9), begun=["/a", "/Zoë"])
        file.write(record)
        assert file.read() == record
        assert file.path.stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("[]", "no 'vigsite' with the number of a version"),
            ('{"id": "1"}', "no 'vigsite' with the number of a version"),
            ('{"vigsite": true, "id": "1", "case": "/x"}', "no 'vigsite' with the number"),
            ('{"vigsite": 2, "id": "1", "case": "/x"}', "made by a newer vigsite"),
            ('{"vigsite": 1, "id": "1"}', "case: "),
            ('{"vigsite": 1, "id": "1", "case": "/x", "sites": "none"}', "sites: "),
            ('{"vigsite": 1, "id": "1", "case": "/x", "day": "soon"}', "day: "),
            ('{"vigsite": 1, "id": "1", "case": "/x", "sites": [{"path": "/y"}]}', "sites.0."),
        ],
    )
    def test_anything_else_is_a_fault(self, file: StateFile[Record], text: str, said: str) -> None:
        file.path.write_text(text)
        with pytest.raises(StateFault, match=said.replace(".", r"\.")):
            file.read()
