"""What an edition leaves out is a secret of it, field by field; what it says is none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.case.test_model import FIELDS
from tests.conftest import Vigsite
from tests.helpers.audited_site import build, secrets_in
from tests.helpers.families import Family
from vigsite.audit.finding import SITE
from vigsite.audit.one_file import Look
from vigsite.audit.search.matcher import Finder, plain_words
from vigsite.case.editions import Edition
from vigsite.case.fields import Reach
from vigsite.case.load import load_case
from vigsite.withheld.field_rules import HOW, How
from vigsite.withheld.guarded import names_that_are_words

CASE, CYCLE = "case.yml", "1-tea/cycle.yml"


def test_every_field_has_a_decision() -> None:
    """A new field must say in HOW how it is searched for."""
    assert {f"{model.__name__}.{name}" for model, name in FIELDS} == set(HOW)


def test_no_text_that_may_be_withheld_is_left_out_of_the_search() -> None:
    """MUTE is for numbers, times and choices from a list; a field of words may not be."""
    mute = [(model, name) for model, name in FIELDS if HOW[f"{model.__name__}.{name}"] is How.MUTE]
    for model, name in mute:
        if name != "language":
            said = str(model.model_fields[name].annotation)
            assert not re.search(r"Annotated\[str|'str'", said), f"{model.__name__}.{name}: {said}"


@pytest.fixture(scope="module")
def ash_case(tmp_path_factory: pytest.TempPathFactory, films: object) -> Family:
    from tests.helpers.families import family

    folder = tmp_path_factory.mktemp("withheld")
    return family(folder / "cases" / "ash", films("25").path)  # type: ignore[operator]


PLANTED = {
    "Person.role": "role: grandparent",
    "Person.pseudonym": "Elm",
    "CaseFile.never_show": "Featherstone",
    "Goal.baseline": "baseline: 3",
    "Consent.by": None,
    "Retention.recordings": "2031-01-01",
    "Retention.case": "1 January 2032",
    "Recording.file": None,
    "MomentEntry.id": "nan-too",
    "MomentEntry.prompts": "What do you notice?",
    "Analysis.notes": "Ash leads here.",
    "Analysis.principles": None,
    "MomentEntry.private": "about the wait in supervision",
    "Review.where": None,
    "Review.ratings": "meals: 5",
    "Review.private": "Tired that day.",
}
"""A text of each field outside the keepsake, as somebody might let it slip; None where the
example's value is a word that the pages say anyway."""


def test_the_table_names_every_field_outside_the_keepsake() -> None:
    outside = {
        f"{model.__name__}.{name}"
        for model, name in FIELDS
        for tag in model.model_fields[name].metadata
        if isinstance(tag, Reach) and not tag.steers and Edition.KEEPSAKE not in tag.editions
    }
    searched = {field for field in outside if HOW[field] not in {How.INSIDE, How.MUTE}}
    assert {field for field in searched if not field.startswith("HandOver")} == set(PLANTED)


def test_whom_a_pack_was_made_for_is_a_secret(ash: Family) -> None:
    (ash.directory / "handovers.yml").write_text(
        "handovers:\n  - {when: 2026-03-01, form: zip, for: Aunt Sedge, sha256: ab12}\n", "utf-8"
    )
    assert "Aunt Sedge" in origins(ash, Edition.KEEPSAKE)


def test_each_such_text_is_found_in_a_keepsake(ash_case: Family, tmp_path: Path) -> None:
    copy = tmp_path / "cases" / "ash"
    shutil.copytree(ash_case.directory, copy)
    changed = Family(copy)
    changed.change(CASE, "goals:", "retention: {recordings: 2031-01-01, case: 2032-01-01}\ngoals:")
    secrets = secrets_in(copy, Edition.KEEPSAKE)
    look = Look(secrets, SITE)
    for field, text in PLANTED.items():
        if text is not None:
            assert list(look.search.words("a.html", "", f"<p>so {text}, and</p>".encode())), field


def origins(case: Family, edition: Edition) -> dict[str, str]:
    return {secret.text: secret.origin for secret in secrets_in(case.directory, edition).secrets}


def test_what_the_edition_says_is_no_secret_of_it(ash_case: Family) -> None:
    for edition in Edition:
        for text in origins(ash_case, edition):
            assert plain_words(text) != plain_words("Ash looks up")
    review = origins(ash_case, Edition.REVIEW)
    assert "What do you notice?" not in review
    assert "Nan joins in" not in review
    assert origins(ash_case, Edition.KEEPSAKE)["Nan joins in"] == (
        'moment "nan-too": title in 1-tea/cycle.yml'
    )
    assert "Ash leads here." not in origins(ash_case, Edition.SUPERVISION)


def test_what_pages_number_is_no_leak(ash: Family, tmp_path: Path) -> None:
    """The deck says "Question 1"; `vigsite new` calls the first goal question-1."""
    ash.change(CASE, "meals:", "question-1:")
    ash.change(CYCLE, "meals", "question-1")
    build(ash.directory, tmp_path / "sites", Edition.REVIEW)
    look = Look(secrets_in(ash.directory, Edition.REVIEW), SITE)
    assert list(look.search.words("a.html", "", b"as question-1 has it"))


def test_names_are_secrets_of_the_supervision_edition_alone(ash_case: Family) -> None:
    assert "Ash" in origins(ash_case, Edition.SUPERVISION)
    assert "Ash" not in origins(ash_case, Edition.KEEPSAKE)


def test_why_a_moment_was_left_out_is_a_secret(ash_case: Family) -> None:
    look = Look(secrets_in(ash_case.directory, Edition.KEEPSAKE), SITE)
    assert list(look.search.words("a.html", "", b"1 moment left out: Nan has not agreed"))


def test_our_own_words_are_no_leak_where_we_put_them(ash: Family, tmp_path: Path) -> None:
    """Home and Pages stand on every page; anywhere else, also as parts of a name, they count."""
    ash.change(CASE, "[Featherstone]", "[Home Farm, May, Pages]")
    build(ash.directory, tmp_path / "sites", Edition.KEEPSAKE)
    look = Look(secrets_in(ash.directory, Edition.KEEPSAKE), SITE)
    for text in (b"at Home Farm", b"on the Farm", b"the Pages family", b"at the Pages"):
        assert list(look.search.words("a.html", "", text)), text


def test_a_word_that_the_parent_said_is_no_secret(ash: Family) -> None:
    ash.change(CYCLE, "Ask K. about the wait in supervision.", "She said: I waited. Ask about it.")
    texts = origins(ash, Edition.KEEPSAKE)
    assert "She said: I waited. Ask about it." in texts
    assert "I waited." not in texts


def test_every_reach_that_is_nowhere_has_words_to_search_for() -> None:
    """Fields that no edition may show are searched for, but for numbers and choices."""
    nowhere = {
        f"{model.__name__}.{name}"
        for model, name in FIELDS
        for tag in model.model_fields[name].metadata
        if isinstance(tag, Reach) and not tag.editions and not tag.steers
    }
    silent = {field for field in nowhere if HOW[field] is How.MUTE}
    assert silent == {
        *("CaseFile.vigsite", "Limits.clips_per_cycle", "Limits.clip_seconds", "HandOver.form"),
    }


def test_a_pseudonym_that_names_somebody_is_refused(ash: Family, vigsite: Vigsite) -> None:
    ash.change(CASE, "pseudonym: Elm", "pseudonym: little Nan")
    done = vigsite("build", ash.directory, "--draft", "--edition", "supervision")
    assert done.status == 1
    assert "The supervision edition would still name 'Nan'" in done.err
    assert "Traceback" not in done.err
    assert not (ash.directory.parent.parent / "sites" / "ash" / "supervision").exists()


def test_a_confirmed_arabic_sentence_is_known_however_a_paper_is_read(ash: Family) -> None:
    """What runs to the left comes out of a PDF with its words in the other order."""
    ash.change(CASE, "[Featherstone]", "[نور]")
    case = load_case(ash.directory).case
    assert case is not None
    said = "تشير ليلى إلى النافذة حيث نور الصباح."
    secrets, notes = names_that_are_words(case, [said])
    assert notes == []
    finder = Finder(secrets)
    assert finder.in_text(said) == set()
    assert finder.in_text(" ".join(reversed(said.split()))) == set()
    assert finder.in_text("جاءت نور وحدها")
