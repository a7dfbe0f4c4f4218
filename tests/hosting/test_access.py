"""A server lets nobody look for longer than everybody agreed to, and says so when that changes."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.families import Family, as_another_family
from tests.hosting.conftest import Hosting, days_on, today
from vigsite.commands.due import Due, what_is_due
from vigsite.commands.purge import all_to_purge
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import last_open, open_until
from vigsite.hosting.settings import Server
from vigsite.terminal.quoting import in_shell

DAD = "{person: dad, for: [hosting], given: 2026-01-06"
SETTINGS: dict[str, str | int] = {"server": "nginx", "domain": "films.example.org"}


@pytest.fixture
def hosting(hosted_cases: Path, tmp_path: Path) -> Hosting:
    """One case, with what was cut for it."""
    shutil.copytree(hosted_cases / "ash", tmp_path / "cases" / "ash")
    as_another_family(tmp_path / "cases" / "ash")
    return Hosting(tmp_path / "cases", tmp_path / "web", SETTINGS)


@pytest.fixture
def hosted(hosting: Hosting) -> Hosting:
    """It is hosted for thirty days."""
    assert [one.until for one in hosting.run("ash")] == [days_on(30)]
    return hosting


def agrees_until(hosting: Hosting, day: int | None) -> None:
    """Writes into case.yml how long Dad agrees to hosting."""
    file = hosting.cases / "ash" / "case.yml"
    lines = file.read_text("utf-8").splitlines()
    line = f"  - {DAD}" + ("}" if day is None else f", until: {days_on(day)}}}")
    file.write_text("\n".join(line if DAD in old else old for old in lines), "utf-8")


def due(hosting: Hosting, on: int = 0) -> Due:
    return what_is_due(hosting.cases / "ash", Path("sites"), days_on(on))


def open_days(hosting: Hosting) -> list[dt.date]:
    slug = hosting.slug("ash")
    return [day for day, folder in hosting.tree.days() if (folder / slug).is_file()]


def test_an_agreement_that_ends_sooner_ends_access(hosting: Hosting) -> None:
    """All that they agreed to is shown, and no day longer; what is asked for later comes later."""
    agrees_until(hosting, 20)
    (access,) = hosting.run("ash", letters=hosting.out.parent / "letters", until=30)
    assert access.until == days_on(20)
    assert open_days(hosting) == [days_on(n) for n in range(21)]
    assert access.letter
    assert str(days_on(20).day) in access.letter.read_text("utf-8")
    said = " ".join(access.sentences)
    assert f"access ends with {days_on(20)}, not with {days_on(30)}: Dad agreed only until" in said
    agrees_until(hosting, None)
    (access,) = hosting.run("ash", until=30)
    assert (access.until, access.passphrase) == (days_on(30), "")
    assert open_days(hosting)[-1] == days_on(30)


def test_a_taking_back_that_is_written_down_ahead_ends_access(hosting: Hosting) -> None:
    line = f"{{person: ash, for: [keepsake], withdrawn: {days_on(5)}}}"
    Family(hosting.cases / "ash").change("case.yml", "consent:\n", f"consent:\n  - {line}\n")
    (access,) = hosting.run("ash")
    assert (access.until, open_days(hosting)[-1]) == (days_on(4), days_on(4))


def test_what_was_shortened_afterwards_is_told_by_every_command_until_it_is_put_right(
    hosted: Hosting, vigsite: Vigsite
) -> None:
    """And putting it right needs no thought: the command is said, and shortens by itself."""
    case = hosted.cases / "ash"
    assert due(hosted).overdue == []
    agrees_until(hosted, 7)
    said = (
        f"a server lets the family look until {days_on(30)}, but Dad agreed only until "
        f"{days_on(7)} (hosting). To end it with {days_on(7)}: vigsite host --out web"
    )
    for command in (
        ("due", case),
        ("check", case),
        ("consent", case),
        ("build", case, "--draft", "--edition", "review"),
        ("build", case, "--draft", "--edition", "review"),
    ):
        done = vigsite(*command)
        assert said in done.out + done.err, command
        assert done.status == (command[0] == "due")
    (access,) = hosted.run("ash", until=30)
    assert (access.until, access.passphrase) == (days_on(7), "")
    assert f"the letter says {days_on(30)}: tell the family" in " ".join(access.sentences)
    assert open_days(hosted) == [days_on(n) for n in range(8)]
    assert due(hosted).overdue == []
    built = vigsite("build", case, "--draft", "--edition", "review")
    assert "NOW" not in built.out + built.err


def test_what_was_taken_away_here_is_told_until_the_server_is_told(
    hosted: Hosting, vigsite: Vigsite
) -> None:
    line = f"{{person: ash, for: [hosting], withdrawn: {today()}}}"
    case = Family(hosted.cases / "ash")
    case.change("case.yml", "consent:\n", f"consent:\n  - {line}\n")
    vigsite("build", case.directory, "--draft", "--edition", "review")
    (said,) = due(hosted).overdue
    assert "was taken away here, but may be open there" in said
    done = vigsite("host", *said.partition("vigsite host ")[2].partition(",")[0].split())
    assert done.status == 0, done.err
    assert due(hosted).overdue == []
    assert list(hosted.tree.sites.iterdir()) == []


def test_whose_site_is_gone_goes_with_the_next_run(hosted: Hosting) -> None:
    """Nobody need name the case, which may be deleted already."""
    shutil.rmtree(hosted.tree.site(hosted.slug("ash")))
    hosted.run()
    assert hosted.said == ["ash: the site was taken away before, so nobody has access any more."]
    assert not hosted.register.families
    assert [path for _, day in hosted.tree.days() for path in day.iterdir()] == []


def test_films_that_outlast_the_last_day_are_due(hosted: Hosting) -> None:
    assert due(hosted, 30).overdue == []
    (said,) = due(hosted, 31).overdue
    assert f"the last day of access was {days_on(30)}, and the films still lie in" in said
    (soon,) = due(hosted, 1).soon
    assert soon.startswith(f"a server lets the family look until {days_on(30)}; to go on:")
    hosted.run(revoke=("ash",))
    assert (due(hosted, 31).overdue, due(hosted).soon) == ([], [])


def test_a_case_from_before_a_withdrawal_is_not_put_back_at_its_address(
    hosted: Hosting, vigsite: Vigsite, tmp_path: Path
) -> None:
    case, site = hosted.cases / "ash", hosted.tree.site(hosted.slug("ash"))
    kept = shutil.ignore_patterns("cache", "film")  # its clips would be named as copies
    backup = tmp_path / "far" / "away" / "backup"  # nearby it would be named
    shutil.copytree(case, backup, ignore=kept)
    shutil.rmtree(tmp_path / "cases/ash/sites", ignore_errors=True)
    assert vigsite("withdraw", case, "1-tea/looks", "--do").status == 0
    assert not site.exists()
    shutil.rmtree(case)
    shutil.copytree(backup, case)
    assert hosted.run("ash") == []
    (failure,) = hosted.failures
    assert "older backup" in str(failure)
    assert not site.exists()
    assert hosted.run("ash") == [], "nor at another address"
    assert "older backup" in str(hosted.failures[0])
    assert [path.name for path in hosted.tree.server.rglob("*.json")] == []
    assert vigsite("withdraw", case, "1-tea/looks", "--do").status == 0
    hosted.run("ash")
    assert "older backup" not in " ".join(map(str, hosted.failures))


def without_folder(hosting: Hosting) -> None:
    shutil.rmtree(hosting.out)


def without_disk(hosting: Hosting) -> None:
    hosting.out.rename(hosting.out.with_name("disk"))


def without_register(hosting: Hosting) -> None:
    (hosting.out / "hosting.json").unlink()


def with_half_a_register(hosting: Hosting) -> None:
    (hosting.out / "hosting.json").write_text("{")


def with_another_register(hosting: Hosting) -> None:
    """A new folder for a server in the place of the old one, which somebody deleted."""
    shutil.rmtree(hosting.out)
    Hosting(hosting.cases, hosting.out, SETTINGS).run()


def without_passwords(hosting: Hosting) -> None:
    shutil.rmtree(hosting.tree.passwords)


LOSSES = (without_folder, without_disk, without_register, with_half_a_register,
          with_another_register, without_passwords)  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)
def test_what_a_server_shows_is_not_forgotten_with_the_folder(
    hosting: Hosting, vigsite: Vigsite, loss: Callable[[Hosting], None]
) -> None:
    (access,) = hosting.run("ash", letters=hosting.out.parent / "letters")
    loss(hosting)
    case = hosting.cases / "ash"
    for arguments in (("due", case), ("record", case)):
        done = vigsite(*arguments)
        assert done.status == 1, arguments
        assert f"a server may let the family look until {days_on(30)}, but" in done.out
    assert (
        f"its letter with the passphrase still lies in {access.letter}" in vigsite("due", case).out
    )
    assert not [one for one in due(hosting, 31).overdue if "a server may let" in one]
    open_ = all_to_purge(case, Path("sites")).unreachable
    assert any("a server may let the family look" in one for one in open_)
    assert vigsite("record", case, "--looked").status == 0
    assert "a server may let" not in vigsite("due", case).out


def test_an_address_that_was_ended_is_no_question(hosted: Hosting) -> None:
    hosted.run(revoke=("ash",))
    assert due(hosted).overdue == []
    again = Hosting(hosted.cases, hosted.out, SETTINGS)
    again.run("ash")
    assert due(hosted).overdue == []


@pytest.mark.parametrize("which", ["web", "web/server"])
def test_an_older_copy_of_the_folder_lets_nobody_in_again(
    hosted: Hosting, tmp_path: Path, which: str
) -> None:
    folder = hosted.out.parent / which
    shutil.copytree(folder, tmp_path / "older")
    slug = hosted.slug("ash")
    hosted.run(revoke=("ash",))
    shutil.rmtree(folder)
    (tmp_path / "older").rename(folder)
    overdue = " ".join(due(hosted).overdue)
    assert "an older copy brought it back" in overdue
    hosted.run()
    assert not hosted.tree.family(slug).exists()
    assert last_open(hosted.tree, slug) is None
    assert due(hosted).overdue == []
    (access,) = hosted.run("ash")
    assert access.passphrase
    assert hosted.slug("ash") != slug


def test_a_run_for_nobody_takes_away_what_is_not_agreed_to_any_more(hosted: Hosting) -> None:
    """As a task does every night before it copies the folder to the server."""
    site = hosted.tree.site(hosted.slug("ash"))
    agrees_until(hosted, -1)
    hosted.run()
    assert not site.exists()
    assert "the site was taken away before" in " ".join(hosted.said)
    assert not hosted.register.families


def test_an_older_server_folder_shows_nothing_that_was_withdrawn(
    hosted: Hosting, vigsite: Vigsite, tmp_path: Path
) -> None:
    shutil.copytree(hosted.tree.server, tmp_path / "older")
    vigsite("withdraw", hosted.cases / "ash", "1-tea/looks", "--do")
    assert not list(hosted.tree.sites.rglob("*.mp4"))
    shutil.rmtree(hosted.tree.server)
    (tmp_path / "older").rename(hosted.tree.server)
    hosted.run()
    assert not list(hosted.tree.sites.rglob("*.mp4"))


def test_an_older_passphrase_that_came_back_is_told(hosted: Hosting, tmp_path: Path) -> None:
    shutil.copytree(hosted.out, tmp_path / "older")
    hosted.run("ash", rotate=True)
    shutil.rmtree(hosted.out)
    shutil.copytree(tmp_path / "older", hosted.out)
    assert any("lets in with another passphrase" in one for one in due(hosted).overdue)
    for names in ((), ("ash",)):
        assert hosted.run(*names) == []
        assert "lets in with another passphrase than its case knows" in str(hosted.failures[0])
    (access,) = hosted.run("ash", rotate=True)
    assert access.passphrase
    hosted.run()
    assert hosted.failures == []


def test_what_is_out_of_reach_is_due_now(hosted: Hosting, tmp_path: Path) -> None:
    hosted.out.rename(tmp_path / "drawer")
    Family(hosted.cases / "ash").change("case.yml", DAD, DAD.replace("given", "withdrawn"))
    assert any("not deleted" in one for one in due(hosted).overdue)


def test_who_deletes_a_case_is_told_of_the_server(hosted: Hosting) -> None:
    found = all_to_purge(hosted.cases / "ash", Path("sites")).unreachable
    assert found == (
        f"what a server may show until {days_on(30)}. To end it: vigsite host --out {in_shell(hosted.out)} "
        "--revoke ash, then copy that folder to the server",
    )


def test_the_last_day_is_read_where_the_server_reads_it(tmp_path: Path) -> None:
    for server in Server:
        tree = Tree(tmp_path / server)
        assert last_open(tree, "maple") is None
        open_until(tree, server, "maple", "hash", today(), days_on(3))
        assert last_open(tree, "maple") == days_on(3)
        assert last_open(tree, "birch") is None
        assert Tree.around(tree.site("maple")) == (tree, "maple")
    assert Tree.around(tmp_path / "sites" / "maple" / "keepsake") is None
