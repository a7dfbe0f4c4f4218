"""A family is its case's id: a folder's name or path stands for nobody."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.counted_films import Counted, run_ffmpeg
from tests.helpers.families import Family, as_another_family
from tests.hosting.conftest import NAMES, Hosting, days_on
from vigsite.commands.record import begin_here, begin_new_family
from vigsite.errors import InputError, VigsiteError
from vigsite.records.case_folder import CaseTwice, Records

NGINX: dict[str, str | int] = {"server": "nginx", "domain": "films.example.org"}


@pytest.fixture
def hosting(hosted_cases: Path, tmp_path: Path) -> Hosting:
    """Two families that agreed, of which ash is hosted."""
    shutil.copytree(hosted_cases, tmp_path / "cases", ignore=shutil.ignore_patterns("sites"))
    for name in NAMES:
        as_another_family(tmp_path / "cases" / name)
    Family(tmp_path / "cases/elm").change("1-tea/cycle.yml", "A smile", "Another family laughs")
    hosting = Hosting(tmp_path / "cases", tmp_path / "web", dict(NGINX))
    assert [one.name for one in hosting.run("ash")] == ["ash"], hosting.failures
    return hosting


def due_now(hosting: Hosting, vigsite: Vigsite) -> str:
    """What `vigsite due` says that has to be done for ash."""
    done = vigsite("due", hosting.cases / "ash")
    assert done.status == 1, done.out
    return "\n".join(line for line in done.out.splitlines() if line.startswith("ash: NOW: "))


def page(hosting: Hosting, slug: str) -> str:
    return (hosting.tree.site(slug) / "cycle-1.html").read_text("utf-8")


def swapped(hosting: Hosting) -> None:
    """elm's folder takes the name that ash's had."""
    (hosting.cases / "ash").rename(hosting.cases / "ash-2025")
    (hosting.cases / "elm").rename(hosting.cases / "ash")


def test_another_family_under_an_old_name_gets_nothing_of_the_old_one(hosting: Hosting) -> None:
    slug, words = hosting.slug("ash"), hosting.words["ash"]
    swapped(hosting)
    assert hosting.run("ash") == []
    assert "ash: another family had this name" in str(hosting.failures[0])
    assert "--revoke ash" in str(hosting.failures[0])
    assert "Another family laughs" not in page(hosting, slug)
    hosting.run("ash-2025")
    assert hosting.slug("ash-2025") == slug
    (access,) = hosting.run("ash")
    assert access.passphrase
    assert access.passphrase != words
    assert hosting.slug("ash") != slug
    assert hosting.slug("ash-2025") == slug, "the letter's address holds"
    assert "Another family laughs" in page(hosting, hosting.slug("ash"))
    assert "Another family laughs" not in page(hosting, slug)


def test_both_at_once_in_whatever_order(hosting: Hosting) -> None:
    slug = hosting.slug("ash")
    swapped(hosting)
    given = hosting.run("ash", "ash-2025")
    assert hosting.failures == []
    assert [(one.name, bool(one.passphrase)) for one in given] == [
        ("ash", True),
        ("ash-2025", False),
    ]
    assert hosting.slug("ash-2025") == slug


@pytest.mark.parametrize("folders", ["stay", "go along", "are deleted"])
def test_an_address_that_the_case_does_not_know_keeps_no_passphrase(
    hosting: Hosting, vigsite: Vigsite, folders: str
) -> None:
    hosting.run("elm")
    ash, elm = (hosting.tree.family(hosting.slug(name)) for name in NAMES)
    register = json.loads(hosting.tree.register.read_text("utf-8"))
    families = register["families"]
    families["ash"]["slug"], families["elm"]["slug"] = elm.name, ash.name
    hosting.tree.register.write_text(json.dumps(register), "utf-8")
    if folders == "go along":
        ash.rename(ash.with_name("x"))
        elm.rename(ash)
        ash.with_name("x").rename(elm)
    if folders == "are deleted":
        shutil.rmtree(ash)
        shutil.rmtree(elm)
    for names in (NAMES,) if folders == "are deleted" else ((), NAMES):
        if folders == "stay":
            with pytest.raises(VigsiteError, match="holds the site of another family"):
                hosting.run(*names)
        else:
            assert hosting.run(*names) == []
            assert len(hosting.failures) == 2
            assert "gives it an address that" in str(hosting.failures[0])
    due = vigsite("due", hosting.cases / "ash")
    assert due.status == 1
    assert "gives its address to another family" in due.out
    hosting.run(revoke=NAMES)
    given = hosting.run(*NAMES)
    assert all(one.passphrase for one in given)
    assert {hosting.slug(name) for name in NAMES}.isdisjoint({ash.name, elm.name})


def test_revoking_goes_by_the_case_and_not_by_its_name(hosting: Hosting) -> None:
    hosting.run("elm")
    slugs = {name: hosting.slug(name) for name in NAMES}
    (hosting.cases / "ash").rename(hosting.cases / "oak")
    (hosting.cases / "elm").rename(hosting.cases / "ash")
    (hosting.cases / "oak").rename(hosting.cases / "elm")
    with pytest.raises(InputError, match="another family's case now"):
        hosting.run(revoke=("ash",))
    hosting.run(revoke=(str(hosting.cases / "ash"),))
    assert not hosting.tree.family(slugs["elm"]).exists()
    assert hosting.tree.site(slugs["ash"]).is_dir()


UNASKED: dict[str, Callable[[Hosting], object]] = {
    "its record is damaged": lambda h: Records(h.cases / "ash").record_file.path.write_text("{"),
    "its notes have a fault": lambda h: (h.cases / "ash/case.yml").write_text("vigsite: 1\n"),
    "it was moved": lambda h: (h.cases / "ash").rename(h.cases.parent / "ash"),
    "the folder was renamed": lambda h: h.out.rename(h.out.with_name("www")),
}


@pytest.mark.parametrize("why", UNASKED)
def test_the_nightly_run_fails_for_a_family_that_it_cannot_ask(hosting: Hosting, why: str) -> None:
    UNASKED[why](hosting)
    out = hosting.out if hosting.out.exists() else hosting.out.with_name("www")
    nightly = Hosting(hosting.cases, out, {})
    nightly.run()
    assert len(nightly.failures) == 1, why


def test_the_nightly_run_brings_a_last_day_forward(hosting: Hosting) -> None:
    Family(hosting.cases / "ash").change(
        "case.yml", "for: [hosting], given: 2026-01-06",
        f"for: [hosting], given: 2026-01-06, until: {days_on(3)}",
    )  # fmt: skip
    hosting.run()
    assert hosting.failures == []
    assert f"access ends with {days_on(3)} now" in "\n".join(hosting.said)
    slug = hosting.slug("ash")
    assert hosting.tree.password(days_on(3), slug).is_file()
    assert not hosting.tree.password(days_on(4), slug).exists()
    assert hosting.register.families["ash"].until == days_on(3)


def test_a_folder_used_for_other_people_is_asked_about_by_every_command(
    hosting: Hosting, vigsite: Vigsite, films: Callable[[str], Counted]
) -> None:
    case = hosting.cases / "ash"
    assert vigsite("pack", case, "--draft", "--zip").status == 0
    shutil.copyfile(films("30").path, case / "1-tea/film.mp4")
    Family(case).change("case.yml", "{called: Dad, role", "{called: Papa, role")
    for command in (("build", case, "--draft"), ("pack", case, "--draft"), ("preview", case)):
        done = vigsite(*command)
        assert done.status == 1, done.out
        assert "its people and all its films are others" in done.err
    pack = vigsite("verify", hosting.cases.parent / "packs/ash/To keep.zip", "--case", case)
    assert pack.status == 1
    assert "its people and all its films are others" in pack.err
    assert vigsite("record", case, "--same-family").status == 0
    assert vigsite("build", case, "--draft").status == 0


def test_after_the_old_ones_end_the_name_is_free(hosting: Hosting) -> None:
    slug = hosting.slug("ash")
    shutil.rmtree(hosting.cases / "ash")  # deleted by hand
    (hosting.cases / "elm").rename(hosting.cases / "ash")
    assert hosting.run("ash") == []
    hosting.run(revoke=("ash",))
    (access,) = hosting.run("ash")
    assert access.passphrase
    assert hosting.slug("ash") != slug
    assert not hosting.tree.family(slug).exists()


def test_a_renamed_case_keeps_address_and_passphrase(hosting: Hosting) -> None:
    slug = hosting.slug("ash")
    (hosting.cases / "ash").rename(hosting.cases / "ash-tree")
    (access,) = hosting.run("ash-tree")
    assert (access.passphrase, hosting.slug("ash-tree")) == ("", slug)
    assert list(hosting.register.families) == ["ash-tree"]


def test_sites_and_packs_belong_to_an_id_too(hosting: Hosting, vigsite: Vigsite) -> None:
    for command in ("build", "pack"):
        done = vigsite(command, hosting.cases / "ash", "--draft")
        assert done.status == 0, done.err
    swapped(hosting)
    for command in ("build", "pack"):
        done = vigsite(command, hosting.cases / "ash", "--draft")
        assert done.status == 2
        assert "holds sites or packs of another family" in done.err
    assert "Another family laughs" not in Path(
        hosting.cases.parent / "sites/ash/keepsake/cycle-1.html"
    ).read_text("utf-8")


def test_a_moved_case_keeps_its_sites_though_another_took_its_place(
    hosting: Hosting, vigsite: Vigsite
) -> None:
    assert vigsite("build", hosting.cases / "ash", "--draft", "--out", "elsewhere").status == 0
    swapped(hosting)
    elsewhere = hosting.cases.parent / "elsewhere/ash/review"
    told = vigsite("withdraw", hosting.cases / "ash-2025", "1-tea/looks")
    assert str(elsewhere) in told.out
    assert vigsite("withdraw", hosting.cases / "ash-2025", "1-tea/looks", "--do").status == 0
    assert not elsewhere.exists()


COPIES = ("cases/ash-copy", "templates/ash")


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("command", ["build", "pack", "host", "present", "preview"])
def test_a_copied_case_publishes_nothing_before_somebody_says_which_it_is(
    hosting: Hosting, vigsite: Vigsite, copy: str, command: str
) -> None:
    folder = hosting.cases.parent / copy
    folder.parent.mkdir(exist_ok=True)
    shutil.copytree(hosting.cases / "ash", folder)
    more = {"host": ("--out", "web", "--until", str(days_on(5))), "preview": ()}.get(
        command, ("--draft",)
    )
    before = hosting.tree.register.read_bytes()
    both = (folder, hosting.cases / "ash") if "cases" in copy else (folder,)
    for case in both:  # a copy far away is only known to itself
        done = vigsite(command, case, *more)
        assert done.status == 1, done.out
        assert "hold the same case" in done.err
        assert "--new-family" in done.err
    assert hosting.tree.register.read_bytes() == before


def test_a_copy_becomes_another_family_or_the_case_itself(
    hosting: Hosting, vigsite: Vigsite
) -> None:
    shutil.copytree(hosting.cases / "ash", hosting.cases / "fir")
    slug = hosting.slug("ash")
    begin_new_family(hosting.cases / "fir")
    given = hosting.run("ash", "fir")
    assert [one.name for one in given] == ["ash"]
    assert "nobody knows any more whether it was covered" in str(hosting.failures[0])
    looked = vigsite(
        "preview", hosting.cases / "fir", "--yes", "1-tea/looks", "--yes", "1-tea/smile"
    )
    assert looked.status == 0, looked.err
    given = hosting.run("ash", "fir")
    assert [bool(one.passphrase) for one in given] == [False, True]
    assert hosting.slug("ash") == slug
    with pytest.raises(InputError, match="it is not a copy"):
        begin_new_family(hosting.cases / "ash")
    away = hosting.cases.parent / "new-disk" / "ash"
    shutil.copytree(hosting.cases / "ash", away)
    with pytest.raises(CaseTwice), Records(away).locked():
        pass
    begin_here(away)
    with Records(away).locked():
        assert Records(away).known().id == Records(hosting.cases / "ash").known().id


def test_a_letter_is_named_until_it_is_gone_and_never_written_over(
    hosting: Hosting, vigsite: Vigsite, tmp_path: Path
) -> None:
    letters = tmp_path / "letters"
    hosting.run("ash", rotate=True, letters=letters)
    first = (letters / "ash.html").read_text("utf-8")
    due = vigsite("due", hosting.cases / "ash")
    assert f"its letter with the passphrase still lies in {letters}/ash.html" in due.out
    swapped(hosting)
    given = hosting.run("ash", "ash-2025", letters=letters)
    assert given[0].letter == letters / "ash-2.html"
    assert (letters / "ash.html").read_text("utf-8") == first
    purge = vigsite("purge", hosting.cases / "ash", "--all")
    assert f"{letters}/ash-2.html" in purge.out
    hosting.run(revoke=("ash",))
    assert f"{letters}/ash-2.html: delete that file" in "".join(hosting.said)
    (letters / "ash.html").unlink()
    assert "its letter" not in vigsite("due", hosting.cases / "ash-2025").out


def test_a_letter_of_another_server_folder_is_not_written_over(
    hosting: Hosting, tmp_path: Path
) -> None:
    letters = tmp_path / "letters"
    hosting.run("ash", rotate=True, letters=letters)
    (letters / "elm.html").write_text("the letter of another elm", "utf-8")
    given = hosting.run("elm", rotate=True, letters=letters)
    assert given[0].letter == letters / "elm-2.html"
    assert (letters / "elm.html").read_text("utf-8") == "the letter of another elm"
    again = hosting.run("elm", rotate=True, letters=letters)
    assert again[0].letter == letters / "elm-2.html"


def test_a_folder_that_is_used_again_for_another_family_is_asked_about(
    hosting: Hosting, films: Callable[[str], Counted]
) -> None:
    """The id is still the old family's, and so is the address."""
    slug, case = hosting.slug("ash"), hosting.cases / "ash"
    shutil.copyfile(films("30").path, case / "1-tea/film.mp4")
    Family(case).change("1-tea/cycle.yml", "A smile", "Another family laughs")
    assert hosting.run("ash") == []
    assert "none of its films is one of those that are hosted" in str(hosting.failures[0])
    assert "Another family laughs" not in page(hosting, slug)
    begin_new_family(case)
    assert hosting.run("ash") == []
    assert "another family had this name" in str(hosting.failures[0])
    hosting.run(revoke=("ash",))
    (access,) = hosting.run("ash")
    assert access.passphrase
    assert hosting.slug("ash") != slug


def test_whoever_says_that_new_films_are_the_same_family_keeps_the_letter(
    hosting: Hosting, films: Callable[[str], Counted]
) -> None:
    slug, film = hosting.slug("ash"), hosting.cases / "ash/1-tea/film.mp4"
    film.unlink()  # another film altogether: of the same one its frames would be known
    run_ffmpeg("-i", str(films("30").path), "-vf", "negate,hflip", "-c:a", "copy", str(film))
    (access,) = hosting.run("ash", same_family=("ash",))
    assert (access.passphrase, hosting.slug("ash")) == ("", slug)


def test_an_older_register_is_noticed(hosting: Hosting, vigsite: Vigsite) -> None:
    older = hosting.tree.register.read_bytes()
    hosting.run("elm")
    slug = hosting.slug("elm")
    hosting.tree.register.write_bytes(older)
    assert "as after an older copy was brought back" in due_now(hosting, vigsite)
    for names in ((), ("elm",), ("ash",)):
        with pytest.raises(VigsiteError, match="as after an older copy was brought back"):
            hosting.run(*names)
    assert hosting.tree.site(slug).is_dir()


def test_swapped_folders_on_the_server_are_noticed(hosting: Hosting, vigsite: Vigsite) -> None:
    hosting.run("elm")
    one, other = (hosting.tree.family(hosting.slug(name)) for name in NAMES)
    aside = one.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    assert "holds the site of another family" in due_now(hosting, vigsite)
    with pytest.raises(VigsiteError, match="holds the site of another family"):
        hosting.run()


@pytest.mark.parametrize("as_file", ["media/birthday.mp4", "media/new/film.mp4", "its own clip"])
def test_a_film_that_somebody_put_into_a_familys_site_is_noticed(
    hosting: Hosting, vigsite: Vigsite, films: Callable[[str], Counted], as_file: str
) -> None:
    """Also while another family alone is hosted: the folder is copied to the server whole."""
    site = hosting.tree.site(hosting.slug("ash"))
    own = next(site.rglob("*.mp4"))
    film = own if as_file == "its own clip" else site / as_file
    film.parent.mkdir(exist_ok=True)
    before = film.read_bytes() if film.exists() else b""
    shutil.copyfile(films("30").path, film)
    assert "is not what was built there for ash" in due_now(hosting, vigsite)
    for names in ((), ("elm",)):
        with pytest.raises(VigsiteError, match="is not what was built there for ash") as raised:
            hosting.run(*names)
        assert film.name in str(raised.value)
    if before:
        film.write_bytes(before)
    else:
        film.unlink()
    (site / ".DS_Store").write_bytes(b"a system's own")
    assert vigsite("due", hosting.cases / "ash").status == 0
    assert [one.name for one in hosting.run("elm")] == ["elm"]


def test_a_record_of_before_hosting_does_not_hide_the_server(
    hosting: Hosting, vigsite: Vigsite
) -> None:
    hosting.run("elm")
    record = hosting.cases / "elm/record/record.json"
    held = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps({**held, "sites": [], "begun": [], "hosted": []}))
    done = vigsite("due", hosting.cases / "elm")
    assert done.status == 1
    assert "that its record does not know" in done.out
    assert "vigsite host --out web --revoke elm" in done.out


def test_due_speaks_for_a_case_that_is_gone(hosting: Hosting, vigsite: Vigsite) -> None:
    """Deleted by hand, or without its case.yml: what shows the family is named all the same."""
    at, cases = hosting.cases.parent, hosting.cases
    hosting.run("elm")
    assert vigsite("build", cases / "ash", "--draft", "--out", "sites").status == 0
    assert "NOW" not in vigsite("due", cwd=at).out
    (cases / "ash/case.yml").rename(cases / "ash/case.yaml")
    done = vigsite("due", cwd=at)
    assert done.status == 1
    assert f"NOW: {cases / 'ash'} has no case.yml any more" in done.out
    shutil.rmtree(cases / "ash")
    done = vigsite("due", cwd=at)
    assert done.status == 1
    assert f"NOW: {at / 'sites/ash'} holds sites or packs of a case that is not here" in done.out
    assert "NOW: a server lets the family of ash look until" in done.out
    assert f"vigsite host --out {hosting.out.relative_to(at)} --revoke ash" in done.out
    shutil.rmtree(at / "sites/ash")
    hosting.run(revoke=("ash",))
    assert "NOW" not in vigsite("due", cwd=at).out


class TestBeforeIds:
    """A register and records as versions before ids wrote them."""

    @pytest.fixture
    def old(self, hosting: Hosting) -> Hosting:
        """The register's entry has no id, as in version 1."""
        file = hosting.tree.register
        held = json.loads(file.read_text("utf-8"))
        for one in held["families"].values():
            del one["id"], one["letter"]
        file.write_text(json.dumps({**held, "vigsite-hosting": 1}))
        return hosting

    def test_a_case_that_built_what_lies_there_keeps_address_and_passphrase(
        self, old: Hosting
    ) -> None:
        slug = old.slug("ash")
        (access,) = old.run("ash")
        assert (access.passphrase, old.slug("ash")) == ("", slug)
        assert old.register.families["ash"].id == Records(old.cases / "ash").known().id

    def test_also_under_another_name(self, old: Hosting) -> None:
        slug = old.slug("ash")
        (old.cases / "ash").rename(old.cases / "rowan")
        (access,) = old.run("rowan")
        assert (access.passphrase, old.slug("rowan")) == ("", slug)

    def test_another_family_in_its_place_is_asked_about(self, old: Hosting) -> None:
        slug = old.slug("ash")
        swapped(old)
        assert old.run("ash") == []
        assert "Is it the same family? Then add --same-family ash" in str(old.failures[0])
        assert "Another family laughs" not in page(old, slug)

    def test_whoever_says_that_it_is_the_same_keeps_the_letter(self, old: Hosting) -> None:
        slug = old.slug("ash")
        as_another_family(old.cases / "ash")  # its record was lost before the upgrade
        assert old.run("ash") == []
        shutil.rmtree(old.tree.family(slug) / "site")
        (old.tree.family(slug) / ".vigsite.json").unlink()
        (access,) = old.run("ash", same_family=("ash",))
        assert (access.passphrase, old.slug("ash")) == ("", slug)
        with pytest.raises(InputError, match="name that case as well"):
            old.run("elm", same_family=("ash",))


@pytest.mark.parametrize("whole", [True, False])
def test_an_older_folder_lets_nobody_in_for_longer(
    hosting: Hosting, vigsite: Vigsite, tmp_path_factory: pytest.TempPathFactory, whole: bool
) -> None:
    """The case knows the last day; the passwords alone may have come back, too."""
    older = tmp_path_factory.mktemp("older") / "web"
    shutil.copytree(hosting.out, older)
    hosting.run("ash", until=3)
    back = hosting.out if whole else hosting.tree.passwords
    shutil.rmtree(back)
    shutil.copytree(older / back.relative_to(hosting.out), back)
    slug = hosting.slug("ash")
    assert hosting.tree.password(days_on(9), slug).is_file()
    due = vigsite("due", hosting.cases / "ash")
    assert (due.status, f"{days_on(3)} was the last day" in due.out) == (1, True)
    hosting.run()
    assert hosting.failures == []
    assert hosting.tree.password(days_on(3), slug).is_file()
    assert not hosting.tree.password(days_on(4), slug).exists()


@pytest.mark.parametrize("what", ["an end of access", "a withdrawal"])
def test_the_nightly_run_fails_for_a_case_that_is_older_than_its_sites(
    hosting: Hosting, vigsite: Vigsite, tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    case, older = hosting.cases / "ash", tmp_path_factory.mktemp("older")
    assert vigsite("build", case, "--draft").status == 0
    for folder in (hosting.out, case):
        shutil.copytree(folder, older / folder.name)
    if what == "a withdrawal":
        assert vigsite("withdraw", case, "1-tea/looks", "--do").status == 0
    hosting.run(revoke=("ash",))
    for folder in (hosting.out, case):
        shutil.rmtree(folder)
        shutil.copytree(older / folder.name, folder)
    hosting.run()
    assert len(hosting.failures) == 1
    assert "older" in str(hosting.failures[0])
    assert vigsite("due", case).status == 1


def test_exchanged_records_are_noticed_before_anything_is_taken_away(
    hosting: Hosting, vigsite: Vigsite, films: Callable[[str], Counted]
) -> None:
    shutil.copyfile(films("30").path, hosting.cases / "elm/1-tea/film.mp4")
    for name in NAMES:
        assert vigsite("build", hosting.cases / name, "--draft").status == 0
    ash, elm = (hosting.cases / name / "record" for name in NAMES)
    ash.rename(ash.with_name("x"))
    elm.rename(ash)
    ash.with_name("x").rename(elm)
    for command in (("withdraw", hosting.cases / "ash", "1-tea/looks", "--do"),
                    ("purge", hosting.cases / "ash", "--all", "--do"),
                    ("due", hosting.cases / "ash")):  # fmt: skip
        done = vigsite(*command)
        assert done.status == 1, done.out
        assert "Is record/ another family's?" in done.err + done.out
    assert (hosting.cases.parent / "sites/elm/review/index.html").is_file()


def test_a_pack_among_another_familys_is_not_called_right(
    hosting: Hosting, vigsite: Vigsite
) -> None:
    assert vigsite("pack", hosting.cases / "ash", "--draft").status == 0
    shutil.copyfile(hosting.cases / "ash/handovers.yml", hosting.cases / "elm/handovers.yml")
    pack = hosting.cases.parent / "packs/ash/To keep"
    done = vigsite("verify", pack, "--case", hosting.cases / "elm")
    assert (done.status, "the packs of another family" in done.err) == (1, True)
