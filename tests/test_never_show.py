"""A name that is also a word waits for a yes where no program can tell; the last look agrees."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import Vigsite
from tests.helpers.audited_site import secrets_in
from tests.helpers.families import Family
from vigsite.audit.finding import SITE
from vigsite.audit.one_file import Look
from vigsite.case.editions import Edition
from vigsite.records.case_folder import Records

CASE, CYCLE = "case.yml", "1-tea/cycle.yml"
CAPTION = "Ash looks, and you look back."
WILL = "Will Ash wait? You will, and Ash looks back."


@pytest.fixture
def fern(ash: Family) -> Family:
    """A family that may not be called Will, and a caption that begins with the word."""
    ash.change(CASE, "[Featherstone]", "[Featherstone, Will]")
    ash.change(CYCLE, CAPTION, WILL)
    return ash


def found(secrets_of: Family, page: str) -> list[str]:
    """What the last look says of a page of the keepsake."""
    look = Look(secrets_in(secrets_of.directory, Edition.KEEPSAKE), SITE)
    return [str(one) for one in look.search.words("a.html", "", page.encode())]


def test_from_a_sentence_to_a_pack(fern: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    """Asked by sentence, kept, refused until then, and asked again when the sentence changes."""
    place, where = f"{fern.directory}/{CYCLE}:10", fern.directory.relative_to(tmp_path)
    waits = (
        "1 sentence waits for your yes before anything is packed or hosted: 'Will Ash wait?' "
        f"({place}) may name Will (never_show); `vigsite preview {where}` asks"
    )
    checked = vigsite("check", fern.directory)
    assert (checked.status, waits in checked.out) == (0, True)
    assert "holds 'will' in small letters; never_show has 'Will'" in checked.err
    built = vigsite("build", fern.directory, "--draft")
    assert (built.status, waits in built.out) == (0, True), built.err

    def packed() -> tuple[int, str]:
        done = vigsite("pack", fern.directory, "--draft")
        return done.status, done.err

    status, why = packed()
    assert (status, f"'Will Ash wait?' ({place}) may name Will (never_show)" in why) == (1, True)
    asked = vigsite("preview", fern.directory)
    assert (
        f"Will Ash wait? ({place}; may name Will, which never_show has): waits for your answer"
        in asked.out
    )
    assert vigsite("preview", fern.directory, "--no", "Will Ash wait?").status == 0
    status, why = packed()
    assert (status, "somebody said that it does; write it another way" in why) == (1, True)
    done = vigsite("preview", fern.directory, "--yes", "Will Ash wait?")
    assert "Will Ash wait?: confirmed, as it is now" in done.out
    assert packed()[0] == 0
    assert waits not in vigsite("build", fern.directory, "--draft").out
    nothing = vigsite("preview", fern.directory)
    assert "1 sentence is confirmed, and none waits" in nothing.out
    fern.change(CYCLE, "title: A smile", "title: A smile. Will Ash wait?")
    assert packed()[0] == 0  # the same sentence
    fern.change(CYCLE, "Will Ash wait? You", "Will Ash play? You")
    status, why = packed()
    assert (status, f"'Will Ash play?' ({place}) may name Will" in why) == (1, True)
    assert len(Records(fern.directory).known().answers) == 2


def test_every_command_counts_alike_whatever_supervision_calls_people(
    ash: Family, vigsite: Vigsite
) -> None:
    ash.change(CASE, "[Featherstone]", "[Will]")
    ash.change(CYCLE, CAPTION, "Will Ash wait for Dad?")
    ash.change(CYCLE, "Ash leads here.", "Will Ash lead?")  # supervision alone shows it
    ash.change("closing.yml", "Thank you.", "Will Ash wait for Dad? Will Dad call?")
    places = [f"{CYCLE}:10", f"{CYCLE}:15", "closing.yml:4"]
    places = [f"{ash.directory}/{place}" for place in places]
    for command in (("check",), ("build", "--draft"), ("build", "--draft", "--edition", "review")):
        told = vigsite(command[0], ash.directory, *command[1:]).out
        assert "3 sentences wait for your yes" in told
        assert [place for place in places if f"({place})" in told] == places
    asked = vigsite("preview", ash.directory).out
    assert asked.count("which never_show has): waits for your answer") == 3
    assert [place for place in places if f"({place};" in asked] == places


def test_check_lists_every_sentence_also_beside_a_fault(ash: Family, vigsite: Vigsite) -> None:
    ash.change(CASE, "[Featherstone]", "[Featherstone, Rose]")
    said = [f"Rose {number} times." for number in range(12)]
    ash.change(CYCLE, '["You gave time."]', str(said))
    checked = vigsite("check", ash.directory)
    assert (checked.status, all(repr(one) in checked.out for one in said)) == (0, True)
    built = vigsite("build", ash.directory, "--draft").out
    assert [one for one in said if repr(one) in built] == said[:10]
    assert "and 2 more, which `vigsite check cases/ash` lists" in built
    asked = vigsite("preview", ash.directory).out
    assert all(f"{one} (" in asked for one in said)
    ash.change(CYCLE, CAPTION, "Featherstone looks.")
    faulty = vigsite("check", ash.directory)
    assert (faulty.status, "holds 'Featherstone'" in faulty.err) == (2, True)
    assert all(repr(one) in faulty.out for one in said)


def test_hosting_waits_as_well(fern: Family, vigsite: Vigsite) -> None:
    for person in ("dad", "ash"):
        line = f"{{person: {person}, for: [hosting], given: 2026-01-06, by: dad}}"
        fern.change(CASE, "consent:\n", f"consent:\n  - {line}\n")
    host = (
        "host",
        fern.directory,
        "--server",
        "nginx",
        "--domain",
        "films.example.org",
        "--until",
        f"{dt.date.today() + dt.timedelta(days=90)}",
    )
    refused = vigsite(*host, "--out", "web")
    assert (refused.status, "may name Will (never_show), and nobody" in refused.err) == (1, True), (
        refused.err
    )
    assert vigsite("preview", fern.directory, "--yes", "Will Ash wait?").status == 0
    hosted = vigsite(*host, "--out", "web")
    assert hosted.status == 0, hosted.err


def test_the_review_alone_keeps_nothing_from_being_packed(ash: Family, vigsite: Vigsite) -> None:
    ash.change(CASE, "[Featherstone]", "[Will]")
    ash.change(CYCLE, "What do you notice?", "Will Ash look?")
    assert "1 sentence waits" in vigsite("check", ash.directory).out
    assert vigsite("pack", ash.directory, "--draft").status == 0


def test_a_name_that_is_a_word_is_found_in_pages_where_nobody_confirmed_it(fern: Family) -> None:
    assert found(fern, f"<p>{WILL}</p><p>what will be</p>") == []
    assert found(fern, "<p>and Will hit his sister</p>")
    assert found(fern, "<p>W&#105;ll hit his sister</p>")


@pytest.mark.parametrize("caption", ["“Will’s turn”, she said.", 'He asks: "Will" you?'])
def test_a_confirmed_sentence_is_clean_however_a_page_writes_it(ash: Family, caption: str) -> None:
    from markupsafe import escape

    ash.change(CASE, "[Featherstone]", "[Will]")
    ash.change(CYCLE, f"caption: {CAPTION}", f"caption: '{caption}'")
    assert found(ash, f"<p>{escape(caption)}</p><p>{caption}</p>") == []


@pytest.mark.parametrize(
    ("language", "entry", "caption", "name"),
    [
        ("en", "Field", "Off across the field", "and Field waits"),
        ("uk", "Роман", "читає романи", "бачить Роман"),
    ],
)
def test_an_everyday_word_is_let_through_as_in_the_notes(
    ash: Family, language: str, entry: str, caption: str, name: str
) -> None:
    ash.change(CASE, "[Featherstone]", f"[{entry}]\nlanguage: {language}")
    ash.change(CYCLE, CAPTION, caption)
    assert found(ash, f"<p>{caption}</p>") == []
    assert found(ash, f"<p>so {name} there</p>")


@pytest.mark.parametrize(
    ("language", "entry", "text"),
    [
        ("pl", "Kowalczyk", "dał Kowalczykowi"),
        ("uk", "Оксана", "з Оксаною"),
        ("uk", "Оксана", "ПаніОксана"),
        ("ro", "Popescu", "casa Popescului"),
        ("ar", "محمد", "ابتسم لمحمد"),
        ("en", "Okafor", "MrsOkafor"),
        ("en", "Okafor", "mrsokafor"),
        ("en", "Okafor", "OkaforFamily"),
        ("en", "Okafor", "BABYOkafor"),
        ("en", "Okafor", "Okafor2019"),
        ("en", "McDonald", "MrsMcDonald"),
        ("en", "Okafor", "TXJzT2thZm9y"),  # MrsOkafor in base64
    ],
)
def test_forms_and_joined_names_are_found_in_pages(
    ash: Family, language: str, entry: str, text: str
) -> None:
    ash.change(CASE, "[Featherstone]", f"[{entry}]\nlanguage: {language}")
    assert found(ash, f"<p>so {text} there</p>")
    assert found(ash, "<p>so popular, a kowal, Oka, forty</p>") == []


def test_a_word_that_a_text_ends_with_is_not_searched_for_and_that_is_said(ash: Family) -> None:
    ash.change(CASE, "[Featherstone]", "[Hope]")
    ash.change(CYCLE, "title: A smile", "title: Hope")
    [note] = secrets_in(ash.directory, Edition.KEEPSAKE).notes
    assert "'Hope' (never_show 1 in case.yml) was not searched for" in note
