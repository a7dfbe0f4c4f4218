"""What an earlier version made is done right by: nothing is lost, asked again, or left behind.

These tests look only at what a person sees, never at how anything is remembered.
"""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import bcrypt
import pytest
import yaml

from tests.conftest import need
from tests.helpers.command_line import Done
from tests.helpers.families import Family
from tests.helpers.film_traces import blobs, blocks_below, blocks_of, frames_in
from tests.helpers.prepared_cases import World
from tests.local_server.served import Client, presenting
from tests.yesterday import VERSIONS, Yesterday, unpack

LOOKS = set(range(25, 50))
"""The frames of 1-tea/looks."""
WAVE = set(range(23))
"""Those that went with 1-tea/wave, which the earlier version withdrew."""
SMILE, NAN = 62, 75
TODAY = dt.date.today()
SITES = ("sites/ash/review", "sites/ash/keepsake", "elsewhere/ash/review", "elsewhere/ash/keepsake")
PACKS = ("packs/ash/To keep", "packs/ash/To keep.zip", "packs/ash/To keep.html")
PLACES = (*SITES, "sites/ash/share", *PACKS)
"""All that was made of `cases/ash` in this house, but what is hosted."""
STICK = "stick/To keep"
TAKEN_BACK = "- {person: ash, withdrawn: 2026-03-01, for: [review, keepsake, supervision, hosting]}"


_frames_in = functools.cache(frames_in)
"""Most of what lies about is the same clip, over and over."""


@dataclass(frozen=True)
class Unpacked(World):
    """What an earlier version left in a folder."""

    told: Yesterday

    def case(self, name: str) -> Family:
        return Family(self.root / "cases" / name)

    def done(self, *arguments: object) -> str:
        """Gives a command that has to go well; all that it said."""
        done = self.run(*arguments)
        assert done.status == 0, done.err + done.out
        return done.out + done.err

    def withdrawn(self, name: str) -> str:
        """Withdraws 1-tea/looks; all that it said. The other families have the same film, and are
        named for that alone."""
        done = self.run("withdraw", f"cases/{name}", "1-tea/looks", "--do")
        assert done.status == 1
        told = done.err.splitlines()
        assert told
        assert [line for line in told if "holds the same film and shows" not in line] == []
        return done.out + done.err

    def slug(self, name: str) -> str:
        """The random name on the server."""
        host = urlsplit(self.told.addresses[name]).hostname
        assert host
        return host.partition(".")[0]

    def hosted(self, name: str) -> Path:
        return self.root / "web" / "server" / "sites" / self.slug(name) / "site"

    def host(self, *names: str) -> Done:
        cases = [f"cases/{name}" for name in names]
        until = ("--until", self.told.until, "--letters", "letters")
        return self.run("host", *cases, "--draft", "--out", "web", *until)

    def opens(self, name: str) -> list[str]:
        """The days on which the passphrase that the family has opens its site."""
        files = sorted(self.root.glob(f"web/server/passwords/*/{self.slug(name)}"))
        words = self.told.passphrases[name].encode()
        for text in {file.read_text() for file in files}:
            user, _, secret = text.strip().partition(":")
            assert user == "family"
            assert bcrypt.checkpw(words, secret.encode())
        return [file.parent.name for file in files]

    def days(self) -> list[str]:
        """Every day from today to the last of access."""
        count = (self.told.until - TODAY).days
        return [str(TODAY + dt.timedelta(n)) for n in range(count + 1)]

    def seen(self) -> dict[int, set[str]]:
        """Where frames of cases/ash can be seen, but in its film and on the stick."""
        of_others = ("cases/oak/", "cases/elm/", "backup/", "sites/elm/", "sites/oak/",
                     f"web/server/sites/{self.slug('oak')}/", f"{STICK}/")  # fmt: skip
        found: dict[int, set[str]] = {}
        for place, raw in blobs(self.root, {self.film}):
            where = place.removeprefix(f"{self.root}/")
            if not where.startswith(of_others):
                for number in _frames_in(raw):
                    found.setdefault(number, set()).add(where)
        return found

    def others(self) -> dict[str, bytes]:
        """Every file of the other families, but for what is taken over into newer records."""
        slug = self.slug("oak")
        return {
            str(path): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file()
            and {"oak", "elm", slug} & set(path.relative_to(self.root).parts)
            and path.parent.name not in ("record", "recordings")
            and path.relative_to(self.root).parts[-2:] != (".vigsite", ".vigsite.json")
        }

    def register(self) -> list[dict[str, object]]:
        """The lines of handovers.yml of cases/ash."""
        text = (self.case("ash").directory / "handovers.yml").read_text("utf-8")
        found: list[dict[str, object]] = yaml.safe_load(text)["handovers"]
        return found


@pytest.fixture(params=VERSIONS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Unpacked:
    """The families have one film, so what a backup holds of one would be found for another."""
    told = unpack(request.param, tmp_path / "world")
    shutil.move(told.root / "backup", tmp_path / "backup")
    return Unpacked(told.root, told)


def test_what_only_looks_finds_all_as_it_was(world: Unpacked) -> None:
    for name, waits in (("ash", ""), ("oak", ""), ("elm", "2 moments wait for a look")):
        said = world.done("check", f"cases/{name}")
        assert "Then: vigsite build" in said
        assert ("for a look" in said) == bool(waits)
        assert waits in said
    said = world.done("consent", "cases/ash")
    assert f"withdrawn on {world.told.made_on}, so in none: 1-tea/wave" in said
    assert "hosting: 3 of the keepsake's 3 moments" in said
    shutil.move(world.root / "stick", world.root.parent / "stick")
    said = world.done("due")
    assert "NOW" not in said
    assert "elm: nothing is due." in said
    for name in ("ash", "oak"):
        assert f"{name}: a server lets the family look until {world.told.until}" in said
    assert "ash: 5 finished clips and stills" in world.done("cache", "cases/ash")


def test_sites_are_built_or_unchanged_and_none_is_refused_its_place(world: Unpacked) -> None:
    for arguments in (("ash", "--share"), ("ash", "--out", "elsewhere"), ("elm",)):
        said = world.done("build", "--draft", f"cases/{arguments[0]}", *arguments[1:])
        assert "taken away" not in said
    for place in (*PLACES, "sites/elm/review"):
        assert (world.root / place).exists(), place
    assert not (world.root / "sites/elm/keepsake").exists()
    assert not set(world.seen()) & WAVE
    assert not list(world.root.glob("killed/ash/.To*"))
    assert "unchanged" in world.done("build", "cases/ash", "--draft", "--share")


def test_the_deck_is_presented(world: Unpacked) -> None:
    with presenting(Path("cases/ash"), cwd=world.root) as run:
        got = Client(run.address).get("deck.html")
        assert (got.status, b"Ash looks up" in got.body) == (200, True)
        assert run.end() == 0


def test_only_what_waited_for_a_look_waits_now(world: Unpacked) -> None:
    for name in ("ash", "oak"):
        assert set(world.told.answers[name].values()) == {"yes"}
        said = world.done("preview", f"cases/{name}", "--no-open")
        assert "2 moments are confirmed, and none waits" in said
    said = world.done("preview", "cases/elm", "--no-open")
    assert "1-tea/looks" not in said
    for moment in ("1-tea/smile", "1-tea/nan-too"):
        assert f"{moment} (cropped): waits for your answer" in said
    world.case("ash").change("1-tea/cycle.yml", "crop: [0, 0, 0.5, 1]", "crop: [0, 0, 0.6, 1]")
    said = world.done("preview", "cases/ash", "--no-open")
    assert "1-tea/smile (seconds of it were cropped before" in said
    assert "1-tea/looks" not in said


def test_what_somebody_found_wrong_is_still_told(world: Unpacked) -> None:
    elm = world.case("elm")
    elm.change("case.yml", "{person: ash, for: [keepsake], withdrawn: 2026-03-01}",
               f"{{person: ash, for: [keepsake], given: {TODAY}}}")  # fmt: skip
    done = world.run("pack", "cases/elm", "--draft")
    assert done.status == 1
    assert f"1-tea/smile: on {world.told.made_on} somebody looked and said it is not" in done.err
    assert "1-tea/looks" not in done.err


def test_packs_are_whole_and_known_to_the_case(world: Unpacked) -> None:
    for place in (SITES[0], SITES[3], *PACKS, STICK, world.hosted("ash")):
        said = world.done("audit", place, "--case", "cases/ash")
        assert "nothing found" in said, place
    for place in ("packs/ash/To keep", "packs/ash/To keep.zip", STICK):
        said = world.done("verify", place)
        assert any(known in said for known in world.told.handed_over), place
    assert "as the keepsake of oak" in world.done(
        "audit", world.hosted("oak"), "--case", "cases/oak"
    )
    assert world.run("audit", world.hosted("oak"), "--case", "cases/ash").status == 2


def test_packs_are_made_again_without_a_question_and_no_line_goes(world: Unpacked) -> None:
    before = world.register()
    assert [line["sha256"] for line in before] == world.told.handed_over
    for form in ((), ("--zip", "--for", "Mum"), ("--single-file",), ("--folder", "stick")):
        world.done("pack", "cases/ash", "--draft", *form)
    assert world.register()[: len(before)] == before
    for place in (*PACKS[:2], STICK):
        known = [str(line["sha256"]) for line in world.register()]
        assert any(sha in world.done("verify", place) for sha in known), place


def test_address_and_passphrase_hold_and_nobody_gets_a_letter(world: Unpacked) -> None:
    letters = {path.name: path.read_bytes() for path in (world.root / "letters").iterdir()}
    assert world.opens("ash") == world.opens("oak") == world.days()
    done = world.host("ash", "oak")
    assert done.status == 0, done.err
    for name in ("ash", "oak"):
        assert f"hosted until {world.told.until} at {world.told.addresses[name]}\n" in done.out
    assert "passphrase" not in done.out + done.err
    assert "letter" not in done.out + done.err
    assert {p.name: p.read_bytes() for p in (world.root / "letters").iterdir()} == letters
    assert world.opens("ash") == world.opens("oak") == world.days()
    assert len(list((world.root / "web/server/sites").iterdir())) == 2


def test_who_is_revoked_goes_and_the_other_stays(world: Unpacked) -> None:
    before = world.others()
    world.done("host", "--out", "web", "--revoke", "ash")
    assert not world.hosted("ash").parent.exists()
    assert world.opens("ash") == []
    assert world.others() == before
    assert world.opens("oak") == world.days()
    shutil.move(world.root / "stick", world.root.parent / "stick")
    assert "ash: NOW" not in world.done("due")


def test_nothing_of_a_withdrawn_moment_is_left(world: Unpacked) -> None:
    before, others = world.seen(), world.others()
    parts = (*PLACES, "killed/", "sheets/", "web/", "cases/ash/.vigsite/contact-sheets")
    for part in parts:
        assert [where for n in LOOKS for where in before.get(n, ()) if where.startswith(part)], part
    blocks = blocks_of(list(world.root.glob("sites/ash/*/media/cycle-1-moment-1*")))
    told = world.done("withdraw", "cases/ash", "1-tea/looks")
    for place in (*PLACES, world.hosted("ash")):
        assert f": {world.root / place}\n" in told

    said = world.withdrawn("ash")
    assert f"{world.told.made_on} for Mum, zip" in said
    assert f"keepsake pack (stick) in {world.root / STICK}" in said
    assert (world.root / STICK).is_dir()
    assert world.seen() == {}
    assert [path for path in world.root.glob("sheets/**/*") if path.is_file()] == []
    for folder in ("cases/ash", "sites/ash", "packs", "elsewhere", "killed", "sheets"):
        assert blocks_below(world.root / folder, blocks) == [], folder
    assert world.others() == others

    hosted = world.host("ash")
    assert "ash: hosted until" in hosted.out
    # a family whose case has an id is asked as well, and here it has the same film
    oak = "oak: 1-tea/looks shows seconds of a film that were withdrawn"
    assert hosted.status == (1 if oak in hosted.err else 0), hosted.err
    assert world.opens("ash") == world.days()
    world.done("build", "cases/ash", "--draft")
    assert set(world.seen()) == {NAN}  # the numbers of the cropped one cannot be read


def test_whoever_takes_it_back_in_the_notes_is_shown_nowhere(world: Unpacked) -> None:
    world.case("ash").change("case.yml", "consent:\n", f"consent:\n  {TAKEN_BACK}\n")
    assert world.run("due", "cases/ash").status == 1
    said = world.done("build", "cases/ash", "--draft")
    for place in (*PLACES, world.hosted("ash")):
        assert f"taken away from {world.root / place}: Ash took the agreement back" in said
        assert not (world.root / place / "media").exists()
    assert not {n for n, where in world.seen().items() if _published(where)} & {*LOOKS, SMILE}


def _published(places: set[str]) -> bool:
    return any(not where.startswith("cases/") and not where.startswith("sheets/")
               for where in places)  # fmt: skip


def test_a_backup_does_not_bring_back_what_was_taken_away_before(world: Unpacked) -> None:
    for name in ("keepsake", "keepsake of last year"):
        shutil.copytree(world.root.parent / "backup/elm/keepsake", world.root / "sites/elm" / name)
    due = world.run("due", "cases/elm")
    assert due.status == 1
    assert f"{world.root}/sites/elm/keepsake is no longer allowed" in due.out
    world.done("build", "cases/elm", "--draft")
    assert [path.name for path in world.root.glob("sites/elm/[!.]*")] == ["review"]


def test_what_was_withdrawn_before_stays_out_if_its_list_is_lost(world: Unpacked) -> None:
    (world.case("ash").directory / "withdrawn.yml").unlink()
    assert "so in none: 1-tea/wave" in world.done("consent", "cases/ash")
    world.done("build", "cases/ash", "--draft", "--share")
    assert not set(world.seen()) & WAVE


def test_a_clock_that_fell_back_is_noticed(world: Unpacked) -> None:
    need("faketime", shutil.which("faketime") is not None)
    long_ago = str(world.told.made_on - dt.timedelta(30))
    done = world.run("build", "cases/ash", "--draft", around=("faketime", long_ago))
    assert done.status == 1
    assert "Set the clock right" in done.err


def test_a_purged_case_leaves_only_its_record(world: Unpacked) -> None:
    others = world.others()
    first = world.run("purge", "cases/ash", "--all", "--do")
    assert first.status == 1
    assert f"keepsake pack (stick) in {world.root / STICK}" in first.out
    assert f"what a server may show until {world.told.until}" in first.out
    world.done("host", "--out", "web", "--revoke", "ash")
    world.done("purge", "cases/ash", "--all", "--do")
    assert [path.name for path in world.case("ash").directory.iterdir()] == ["deleted.yml"]
    assert not any((world.root / place).exists() for place in PLACES)
    assert world.seen() == {}
    assert world.others() == others
    assert world.opens("ash") == []


def _moved(world: Unpacked) -> Unpacked:
    return Unpacked(world.root.rename(world.root.with_name("another place")), world.told)


def test_all_of_it_may_be_moved_before_the_next_command(world: Unpacked) -> None:
    """What lies in the same place as seen from the case is found; absolute ones cannot be."""
    world = _moved(world)
    world.done("build", "cases/ash", "--draft", "--share")
    assert "none waits" in world.done("preview", "cases/ash", "--no-open")
    assert world.host("ash", "oak").status == 0
    assert world.opens("ash") == world.days()
    done = world.run("withdraw", "cases/ash", "1-tea/looks", "--do")
    assert done.status == 1
    assert "sheets/1-tea-0m01.5s. Connect that stick or disk" in done.out
    left = {where for n in LOOKS for where in world.seen().get(n, ())}
    assert {where.split("/")[0] for where in left} <= {"sheets", "killed"}


def _copy_first(world: Unpacked) -> None:
    assert "hold the same case" in world.run("build", "cases/fir", "--draft").err
    world.done("record", "cases/fir", "--new-family")
    world.withdrawn("fir")
    assert f"in {world.root}/cases/fir as 1-tea/looks" in world.run("build", "cases/ash").err


def _copy_last(world: Unpacked) -> None:
    assert "hold the same case" in world.run("build", "cases/ash", "--draft").err
    world.done("record", "cases/fir", "--new-family")
    world.done("build", "cases/ash", "--draft")
    world.withdrawn("fir")


@pytest.mark.parametrize("order", [_copy_first, _copy_last])
def test_a_copy_of_a_case_does_not_own_what_the_first_made(
    world: Unpacked, order: Callable[[Unpacked], None]
) -> None:
    shutil.copytree(world.root / "cases/ash", world.root / "cases/fir")
    order(world)
    for place in (*PLACES, world.hosted("ash")):
        assert (world.root / place).exists(), place
    assert world.opens("ash") == world.days()
    world.done("build", "cases/fir", "--draft")
    said = world.withdrawn("ash")
    assert f"{world.root}/sites/ash/keepsake: 1-tea/looks was withdrawn" in said
    assert (world.root / "sites/fir/keepsake").is_dir()
