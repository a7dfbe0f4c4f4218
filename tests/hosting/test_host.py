"""`vigsite host`: who comes, who goes, and that nobody else is touched."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import bcrypt
import pytest

from tests.conftest import Vigsite, need
from tests.helpers.families import Family, as_another_family
from tests.hosting.conftest import NAMES, Hosting, days_on, today
from tests.hosting.servers import there
from vigsite.building.host_request import Order, Watch
from vigsite.commands.host import host
from vigsite.errors import InputError, SiteError, VigsiteError
from vigsite.files.atomic import write_whole
from vigsite.files.state_file import StateFault
from vigsite.hosting.families import Hosted, Register, read_register
from vigsite.hosting.passwords import closing_second, hashed
from vigsite.hosting.settings import Server, Settings
from vigsite.hosting.site_check import refuse_unfit
from vigsite.records.record import files_of

WATCH = Watch(lambda *_: pytest.fail("built"), lambda _: None, lambda *_: None, lambda _: None)
NGINX: dict[str, str | int] = {"server": "nginx", "domain": "films.example.org"}


@pytest.fixture
def hosting(hosted_cases: Path, tmp_path: Path) -> Hosting:
    """Copies of both cases (with what was cut for them), nobody hosted yet."""
    shutil.copytree(hosted_cases, tmp_path / "cases", ignore=shutil.ignore_patterns("sites"))
    for name in NAMES:
        as_another_family(tmp_path / "cases" / name)
    return Hosting(tmp_path / "cases", tmp_path / "web", dict(NGINX))


@pytest.fixture
def both(hosting: Hosting) -> Hosting:
    """Both are hosted."""
    assert [one.name for one in hosting.run("ash", "elm")] == ["ash", "elm"]
    assert hosting.failures == []
    return hosting


def of(hosting: Hosting, name: str) -> dict[str, tuple[str, int]]:
    """Every file that is there for one family, with its bytes' hash and when it was written."""
    slug = hosting.slug(name)
    found = [path for path in hosting.tree.server.rglob("*") if slug in str(path)]
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in found
        if path.is_file()
    }


def hashes(hosting: Hosting, name: str) -> dict[str, str]:
    return {
        day.isoformat(): path.read_text()
        for day, folder in hosting.tree.days()
        if (path := folder / hosting.slug(name)).is_file()
    }


def test_what_is_hosted_is_whom_everybody_let_be_hosted(hosting: Hosting) -> None:
    """Nan agreed to be kept, not to be hosted; the keepsake for the hand may show her."""
    ash = Family(hosting.cases / "ash")
    ash.change(
        "case.yml",
        "- {person: nan, for: [review], given",
        "- {person: nan, for: [review, keepsake], given",
    )
    (access,) = hosting.run("ash")
    site = hosting.tree.site(hosting.slug("ash"))
    assert "Nan joins in" not in (site / "cycle-1.html").read_text("utf-8")
    about = (site / "about.html").read_text("utf-8")
    assert "behind a password" in about
    assert "work without the internet" not in about
    assert "Nan has not agreed (hosting)" in " ".join(access.sentences)


def test_a_family_that_did_not_agree_is_not_hosted(hosting: Hosting) -> None:
    ash = Family(hosting.cases / "ash")
    ash.change("case.yml", "{person: dad, for: [hosting]", "{person: dad, for: [training]")
    assert hosting.run("ash", "elm")[0].name == "elm"
    assert "Dad has not agreed (hosting)" in str(hosting.failures[0])
    assert list(hosting.register.families) == ["elm"]
    assert len(list(hosting.tree.sites.iterdir())) == 1


def test_what_nobody_confirmed_is_not_hosted(hosting: Hosting) -> None:
    """A cropped moment waits for somebody to look, as with packs."""
    ash = Family(hosting.cases / "ash")
    cropped = "{id: smile, crop: [0.1, 0, 0.8, 0.8], still"
    ash.change("1-tea/cycle.yml", "{id: smile, still", cropped)
    assert hosting.run("ash") == []
    assert "smile" in str(hosting.failures[0])
    assert hashes(hosting, "ash") == {}


def test_who_takes_it_back_is_gone_with_the_next_command(both: Hosting, vigsite: Vigsite) -> None:
    """An ordinary build already takes the site out of the folder; `host` the passwords."""
    slug, others = both.slug("ash"), of(both, "elm")
    line = f"{{person: ash, for: [hosting], withdrawn: {today()}}}"
    Family(both.cases / "ash").change("case.yml", "consent:\n", f"consent:\n  - {line}\n")
    done = vigsite("build", both.cases / "ash", "--draft", "--edition", "review")
    assert "it ends on the server, too" in done.err
    assert not both.tree.site(slug).exists()
    both.run("ash")
    assert len(both.failures) == 1
    assert [path for path in both.tree.server.rglob("*") if slug in str(path)] == []
    assert of(both, "elm") == others
    again = vigsite("build", both.cases / "ash", "--draft", "--edition", "review")
    assert "cannot be reached" not in again.err + again.out


def test_whoever_is_not_named_is_not_touched(both: Hosting) -> None:
    before = of(both, "elm")
    both.run("ash", until=60, rotate=True)
    assert of(both, "elm") == before
    both.run(revoke=("ash",))
    assert of(both, "elm") == before
    assert both.register.families["elm"].until == days_on(30)


def test_the_same_again_changes_no_byte(both: Hosting) -> None:
    before, config = of(both, "ash"), both.tree.nginx.stat().st_mtime_ns
    (access,) = both.run("ash")
    assert not access.touched
    assert access.passphrase == ""
    assert of(both, "ash") == before
    assert both.tree.nginx.stat().st_mtime_ns == config
    assert both.said == []


def test_a_change_touches_one_site(both: Hosting) -> None:
    before = of(both, "elm")
    Family(both.cases / "ash").change("1-tea/cycle.yml", "A smile", "A grin")
    first, second = both.run("ash", "elm")
    assert (first.touched, second.touched) == (True, False)
    page = both.tree.site(both.slug("ash")) / "cycle-1.html"
    assert "A grin" in page.read_text("utf-8")
    assert of(both, "elm") == before


def test_renewing_keeps_the_passphrase(both: Hosting) -> None:
    before = hashes(both, "ash")
    assert list(before) == [days_on(n).isoformat() for n in range(31)]
    (access,) = both.run("ash", until=40)
    assert access.passphrase == ""
    after = hashes(both, "ash")
    assert list(after) == [days_on(n).isoformat() for n in range(41)]
    assert set(after.values()) == set(before.values())
    both.run("ash", until=3)
    assert list(hashes(both, "ash")) == [days_on(n).isoformat() for n in range(4)]


def test_rotating_makes_another_for_every_day(both: Hosting) -> None:
    old, before = both.words["ash"], hashes(both, "ash")
    both.run("ash", rotate=True)
    after = set(hashes(both, "ash").values())
    assert len(after) == 1
    assert after.isdisjoint(before.values())
    user, _, secret = after.pop().strip().partition(":")
    assert user == "family"
    assert secret.startswith("$2y$05$")
    assert bcrypt.checkpw(both.words["ash"].encode(), secret.encode())
    assert not bcrypt.checkpw(old.encode(), secret.encode())


def test_what_is_over_goes_and_can_come_back(both: Hosting) -> None:
    slug = both.slug("ash")
    register = read_register(both.tree.register)
    assert register
    for one in register.families.values():
        one.until = days_on(-1)
    register.keep()
    both.run("ash")
    assert both.slug("ash") == slug, "the letter's address holds"
    assert list(both.register.families) == ["ash"]
    assert "elm: the last day of access is over" in "\n".join(both.said)
    assert len(list(both.tree.sites.iterdir())) == 1


def test_days_that_are_over_are_swept(both: Hosting) -> None:
    yesterday = both.tree.passwords / days_on(-1).isoformat()
    shutil.copytree(both.tree.passwords / today().isoformat(), yesterday)
    both.run()
    assert not yesterday.exists()


def test_nothing_in_the_register_opens_anything(both: Hosting) -> None:
    kept = both.tree.register.read_text()
    assert stat.S_IMODE(both.tree.register.stat().st_mode) == 0o600
    for secret in (*both.words.values(), *hashes(both, "ash").values()):
        assert secret.strip() not in kept
        assert secret.partition(":")[2].strip() not in kept or ":" not in secret
    everything = b"".join(path.read_bytes() for path in both.out.rglob("*") if path.is_file())
    for passphrase in both.words.values():
        assert passphrase.encode() not in everything


def test_a_server_is_told_no_name(both: Hosting) -> None:
    for path in both.tree.server.rglob("*"):
        name = path.relative_to(both.tree.server).as_posix()
        assert "ash" not in name.split("/")
        assert "ash-" not in name
    marks = [path for path in both.tree.server.rglob(".*") if path.is_file()]
    assert {path.name for path in marks} == {".vigsite.json"}
    assert all("site" not in path.parts[-1:] for path in marks)


def test_a_run_that_was_killed_before_anybody_saw_the_passphrase(
    hosting: Hosting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run makes another, and only that one opens the site."""

    class Killed(Exception):
        pass

    def killed(_access: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(hosting, "_handed", killed)  # the terminal went away
        with pytest.raises(Killed):
            hosting.run("ash")
    written_down = read_register(hosting.tree.register)
    assert written_down
    hosting.register = written_down
    first = set(hashes(hosting, "ash").values())
    (access,) = hosting.run("ash")
    assert access.passphrase
    assert first.isdisjoint(hashes(hosting, "ash").values())


def test_a_disk_that_fills_up_keeps_the_door_shut(
    hosting: Hosting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise VigsiteError("Could not write it: No space left on device.")

    with monkeypatch.context() as patched:
        patched.setattr("vigsite.commands.host.open_until", full)
        hosting.run("ash")
    assert len(hosting.failures) == 1
    assert hashes(hosting, "ash") == {}
    (access,) = hosting.run("ash")
    assert access.passphrase


class TestRefusals:
    @pytest.fixture
    def site(self, hosted_cases: Path, tmp_path: Path) -> Path:
        """A keepsake as it was built."""
        site = tmp_path / "site"
        shutil.copytree(hosted_cases / "sites" / "ash" / "keepsake", site)
        refuse_unfit(site)
        return site

    def test_a_site_with_a_link(self, site: Path) -> None:
        """Caddy follows links, so that one family's address would show another's film."""
        (site / "media" / "other.mp4").symlink_to(site / "media" / "cycle-1-moment-1.mp4")
        with pytest.raises(SiteError, match=r"other.mp4: is a link"):
            refuse_unfit(site)

    @pytest.mark.parametrize("name", [".hidden.jpg", "notes.yml", "page.php", "LICENSE"])
    def test_what_would_not_be_served(self, site: Path, name: str) -> None:
        (site / name).write_text("x")
        with pytest.raises(SiteError, match=name):
            refuse_unfit(site)

    def test_a_page_with_a_script_of_its_own(self, site: Path) -> None:
        page = site / "about.html"
        page.write_text(
            page.read_text("utf-8").replace("<body", "<script>1</script><body"), "utf-8"
        )
        with pytest.raises(SiteError, match=r"about.html: holds a script"):
            refuse_unfit(site)

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"until": -1}, "is over"),
            ({"until": 400}, "more than a year"),
            ({"revoke": ("ash",)}, "not hosted"),
        ],
    )
    def test_days_and_names(self, hosting: Hosting, changed: dict[str, int], words: str) -> None:
        with pytest.raises(InputError, match=words):
            hosting.run("ash", **changed)
        assert not hosting.out.exists()

    def test_another_server_or_domain(self, both: Hosting) -> None:
        for changed in ({"server": "caddy"}, {"domain": "other.example.org"}):
            both.settings = {**NGINX, **changed}
            with pytest.raises(InputError, match="families have letters"):
                both.run("ash")

    def test_a_folder_whose_register_is_gone(self, both: Hosting) -> None:
        both.tree.register.unlink()
        with pytest.raises(InputError, match="is gone, which told whose they are"):
            both.run("ash")

    def test_a_register_that_cannot_be_read(self, both: Hosting) -> None:
        write_whole(both.tree.register, "{")
        with pytest.raises(StateFault, match="cannot be used"):
            both.run("ash")

    def test_a_register_that_names_another_folder(self, tmp_path: Path) -> None:
        """What it names is deleted when access is over."""
        known = Register(tmp_path / "web" / "hosting.json", Settings(Server.NGINX, "a.example"))
        known.families["ash"] = Hosted("../../..", today(), days_on(-1))
        known.keep()
        with pytest.raises(StateFault, match="is not a random name"):
            host(Order(tmp_path / "web"), WATCH)
        assert known.path.is_file()

    def test_letters_within_what_is_copied_to_the_server(self, tmp_path: Path) -> None:
        order = Order(tmp_path / "web", settings=NGINX)
        for place in ("web/server", "web/server/sites/x", "letters/../web/server/letters"):
            with pytest.raises(InputError, match="passphrases must not be"):
                host(replace(order, letters=tmp_path / place), WATCH)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("domain", ["example", "Example.org", "a b.org", "x;}.org", "-a.org"])
    def test_a_domain_that_would_break_a_configuration(self, domain: str) -> None:
        with pytest.raises(InputError, match="is no domain"):
            Settings(Server.NGINX, domain)

    @pytest.mark.parametrize("path", ["srv", "/srv/../etc", "/srv/a b", "/srv/{x}", "/srv/$x;"])
    def test_a_path_that_would_break_a_configuration(self, path: str) -> None:
        for name in ("folder", "certificate", "key"):
            with pytest.raises(InputError, match="is no path on a server"):
                Settings(Server.CADDY, "films.example.org", **{name: path})  # type: ignore[arg-type]  # paths are texts


def test_hashes_are_of_the_kind_each_server_knows() -> None:
    assert hashed("six words", Server.NGINX).startswith("$2y$05$")
    assert hashed("six words", Server.CADDY).startswith("$2a$05$")


def test_access_ends_with_the_day() -> None:
    assert closing_second(dt.date(2027, 3, 31)) == 1806537600


def test_from_the_command_line(hosting: Hosting, vigsite: Vigsite, tmp_path: Path) -> None:
    """A letter instead of the passphrase on the screen, then the end of access."""
    case = hosting.cases / "ash"
    Family(case).change("case.yml", "vigsite: 1\n", "vigsite: 1\nlanguage: cy\n")
    first = vigsite(
        *("host", case, "--server", "nginx", "--domain", "films.example.org"),
        *("--until", days_on(9), "--out", "web", "--letters", "letters", "--draft"),
    )
    assert first.status == 0, first.err
    letter = tmp_path / "letters" / "ash.html"
    assert stat.S_IMODE(letter.stat().st_mode) == 0o600
    text = letter.read_text("utf-8")
    slug = json.loads((tmp_path / "web/hosting.json").read_text())["families"]["ash"]["slug"]
    assert f"https://{slug}.films.example.org/" in text
    assert '<html lang="cy" dir="ltr">' in text
    assert "Annwyl deulu," in text
    assert "passphrase:" not in first.out
    readme = (tmp_path / "web/README.txt").read_text()
    assert "rsync -rtH --delete" in readme
    done = vigsite("host", "--out", "web", "--revoke", "ash")
    assert done.status == 0, done.err
    assert f"vigsite host-check https://{slug}.films.example.org/ --gone" in done.out
    assert "Hosted: 0 families." in done.out


def test_the_line_in_the_readme_brings_all_that_the_server_needs(
    both: Hosting, tmp_path: Path
) -> None:
    """And takes away what is gone; what vigsite keeps for itself stays here."""
    need("rsync", there("rsync"))
    readme = both.tree.readme.read_text("utf-8")
    (line,) = [line.strip() for line in readme.splitlines() if line.strip().startswith("rsync ")]
    assert f"cd web && {line}" in Path("docs/hosting.md").read_text("utf-8"), "also every night"
    line = line.replace("SERVER:/srv/vigsite/", f"{tmp_path}/srv/")

    def copied() -> dict[str, str]:
        subprocess.run(["sh", "-c", line], cwd=both.out, check=True)
        return files_of(tmp_path / "srv")

    ours = files_of(both.tree.server)
    assert copied() == {name: f for name, f in ours.items() if "/.vigsite.json" not in name}
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o777 for path in (tmp_path / "srv").rglob("*")}
    assert modes == {0o750, 0o640}
    both.run(revoke=("ash",))
    slugs = {name.split("/")[1] for name in copied() if name.startswith("sites/")}
    assert slugs == {both.slug("elm")}


def test_two_cases_of_one_name_are_refused(both: Hosting) -> None:
    shutil.copytree(both.cases / "ash", both.cases.parent / "others" / "ash")
    order = Order(both.out, (both.cases / "ash", both.cases.parent / "others" / "ash"))
    with pytest.raises(InputError, match="Two of these cases are named ash"):
        host(replace(order, until=days_on(3)), WATCH)


NO_ADDRESSES = (
    *("", "/", "a.example.org", "https://", "https:///", "https://:443/", "ftp://a.example.org/"),
    *("https://[x/", "https://[::1/", "https://[::1]/", "https://]/", "https://[v1.x]/"),
    *("https://a.example.org:x/", "https://a.example.org:70000/", "https://a.example.org:-1/"),
    *("https://a.example.org:0/", "https://a.example.org/?x", "https://a.example.org/#x"),
    *("https://a b/", "https://a.example.org/\n", " https://a.example.org/", "https://a\t.org/"),
    *("https://a..org/", "https://.org/", f"https://{'a' * 64}.org/", f"https://{'a.' * 130}org/"),
    *("https://-a.org/", "https://a_b.org/", "https://a%41.org/", "https://a\\b.org/"),
    *("https://\u202eorg/", "https://xn--/", "https://\u2100.org/", "https://a.org\x1b[2J/"),
)
"""What urlsplit refuses, takes as something else, or does not look at."""


@pytest.mark.parametrize("url", ["https://BÜCHER.example.org", "https://a.example.org.:443/"])
def test_an_address_may_be_written_otherwise(url: str) -> None:
    from vigsite.cli.host_check import _host_of

    assert _host_of(url) in (("xn--bcher-kva.example.org", 443), ("a.example.org", 443))


@pytest.mark.parametrize("at", ["a..b", "x" * 70, "", "no.such.name.invalid"])
def test_a_machine_that_cannot_be_named_is_no_traceback(vigsite: Vigsite, at: str) -> None:
    done = vigsite("host-check", "https://a.films.invalid/", "--gone", "--at", at)
    assert done.status == 0
    assert "Nobody answered at all" in done.out


def test_input_that_is_wrong_is_said(vigsite: Vigsite, tmp_path: Path) -> None:
    for words, *arguments in (
        ("--server and --domain", "host", "--out", "web"),
        ("is no day", "host", "--out", "web", "--until", "soon"),
        ("--passphrase-stdin", "host-check", "https://a.example.org/"),
        ("no family's address", "host-check", "http://a.example.org/", "--gone"),
        ("no family's address", "host-check", "https://a.example.org/x/", "--gone"),
        *(("no family's address", "host-check", url, "--gone") for url in NO_ADDRESSES),
        ("neither user name nor", "host-check", "https://:six-words@a.example.org/", "--gone"),
        ("neither user name nor", "host-check", "https://a:six-words@a.example.org/", "--gone"),
    ):
        done = vigsite(*arguments)
        assert done.status == 2, arguments
        assert words in done.err
        assert "six-words" not in done.err
    assert list(tmp_path.iterdir()) == []
