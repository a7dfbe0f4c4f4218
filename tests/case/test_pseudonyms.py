"""Supervision names nobody: whole words, in any spelling, case, script and many inflected forms."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.case.case import Case
from vigsite.case.case_file import CaseFile
from vigsite.case.faults import Report, Source
from vigsite.case.framework import find_framework, read_framework
from vigsite.case.pseudonyms import Pseudonyms, pseudonyms


def names(called: str, language: str = "en", **people: str) -> Pseudonyms:
    """Of people given as `called=pseudonym`, with spaces as underscores."""
    written = CaseFile.model_validate(
        {
            "vigsite": "1",
            "family": {
                "called": called,
                "people": {
                    f"p{number}": {
                        "called": name.replace("_", " "),
                        "role": "child",
                        "pseudonym": other,
                    }
                    for number, (name, other) in enumerate(people.items())
                },
            },
            "practitioner": {"called": "Sam", "contact": "sam@example.org"},
            "language": language,
        }
    )
    file = find_framework("vig", Path())
    assert file is not None
    framework = read_framework(file, Report())
    assert framework is not None
    return pseudonyms(Case("ash", Path(), written, framework, (), None, Source(Path())))


ROWAN = names("Rowan and Mum", Rowan="Ash", Mum="the parent")
REPLACED = [
    ("Rowan's hand", "Ash's hand"),
    ("ROWAN, rowan and Rowan’s", "Ash, Ash and Ash’s"),
    ("Mum-Rowan time", "The parent-Ash time"),
    ("Row\u200ban and Row\u00adan", "Ash and Ash"),
    ("A rowanberry for Rowan.", "A rowanberry for Ash."),
    ("Rowan2 and _Rowan_", "Ash2 and _Ash_"),
    ("his mum looks, and Mum smiles", "his mum looks, and the parent smiles"),
    ("Then Mum waits. Mum smiles.", "Then the parent waits. The parent smiles."),
]


@pytest.mark.parametrize(("text", "said"), REPLACED)
def test_whole_words_however_typed(text: str, said: str) -> None:
    assert ROWAN.replaced(text) == said
    assert ROWAN.named_in([said]) == []


Form = Literal["NFC", "NFD", "NFKD"]


@pytest.mark.parametrize("form", get_args(Form))
@pytest.mark.parametrize(
    ("called", "text"),
    [("Zoë", "Zoë laughs"), ("Chloé Brontë", "Brontë and Chloé"), ("Łukasz", "Łukasz się śmieje")],
)
def test_in_any_composition(called: str, text: str, form: Form) -> None:
    for typed in get_args(Form)[:2]:
        known = names("Us", **{unicodedata.normalize(typed, called): "Ash"})
        said = known.replaced(unicodedata.normalize(form, text))
        assert said.split()[0] == "Ash"
        assert not any(
            part.casefold() in said.casefold() for part in ("zo", "bront", "chlo", "ukasz")
        )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Will", "Will will wait. I will, too. WILL!", "Ash will wait. I will, too. Ash!"),
        ("Rose", "Rose rose, and Rose's rose fell", "Ash rose, and Ash's rose fell"),
        ("May", "May may, and so may we, May", "Ash may, and so may we, Ash"),
        ("Grace", "with grace, said Grace", "with grace, said Ash"),
        ("Надія", "надія є, каже Надія", "надія є, каже Ash"),
    ],
)
def test_a_name_that_is_a_word_counts_with_a_capital(name: str, text: str, said: str) -> None:
    known = names("Us", **{name: "Ash"})
    assert known.replaced(text) == said
    assert name in " ".join(known.remarks([said]))
    assert known.named_in([said]) == []


@pytest.mark.parametrize(
    ("called", "text", "said"),
    [
        ("Ann_Lee", "Ann and Mrs Lee; an annual lee", "Ash and Mrs Ash; an annual lee"),
        ("Anne-Marie_Smith", "Marie, Anne-Marie, Smith's", "Ash, Ash, Ash's"),
        ("Siân_O'Brien", "O’Brien and sian", "Ash and Ash"),
        ("The_Twins", "The twins and The Twins", "Ash and Ash"),
        ("محمد_علي", "ابتسم محمد ولمحمد وعلي", "ابتسم Ash ولAsh وAsh"),
        ("נועה", "ונועה חייכה לנועה", "וAsh חייכה לAsh"),
        ("美咲", "美咲が笑った", "Ashが笑った"),
        ("Олена", "ОЛЕНА й Олена", "Ash й Ash"),
    ],
)
def test_parts_and_other_scripts(called: str, text: str, said: str) -> None:
    assert names("Us", **{called: "Ash"}).replaced(text) == said


@pytest.mark.parametrize(
    ("language", "name", "forms"),
    [
        ("pl", "Anna", "Anny Annie Annę Anną Anno"),
        ("pl", "Marta", "Marty Marcie Martę Martą Marto"),
        ("pl", "Jan", "Jana Janowi Janem Janie"),
        ("pl", "Olek", "Olka Olkowi Olkiem"),
        ("pl", "Kasia", "Kasi Kasię Kasią Kasiu"),
        ("uk", "Оля", "Олі Олю Олею Олю"),
        ("uk", "Марійка", "Марійки Марійці Марійку Марійкою"),
        ("uk", "Тарас", "Тараса Тарасові Тарасом Тарасе"),
        ("ro", "Maria", "Mariei"),
        ("ro", "Ana", "Anei"),
    ],
)
def test_inflected_forms_where_they_are_known(language: str, name: str, forms: str) -> None:
    known = names("My", language, **{name: "X"})
    assert known.replaced(forms) == " ".join("X" for _ in forms.split())
    assert names("My", "en", **{name: "X"}).replaced("anna maria jana") in (
        "anna maria jana", "X maria jana", "anna X jana",
    )  # fmt: skip


def test_of_overlapping_names_the_longer_wins_and_nothing_cascades() -> None:
    known = names(
        "Us", Rowan="Mum", Mum="Ash", **{"Rowan's_sister": "the sibling", "Mum_Jones": "Ivy"}
    )
    assert known.replaced("Rowan's sister, Rowan, Mum Jones, Mum, Jones") == (
        "The sibling, Mum, Ivy, Ash, Ivy"
    )


def test_the_familys_name_goes_with_those_of_its_people() -> None:
    assert ROWAN.replaced("Rowan and Mum") == "Ash and the parent"
    known = names("Rowan and the Okafors", Rowan="Ash", Mum="the parent")
    assert known.replaced("Rowan and the Okafors at home; Okafor") == (
        "Ash, the parent at home; the family"
    )


def test_what_came_near_is_said() -> None:
    [said] = ROWAN.remarks([ROWAN.replaced("Rowanek and Rowan wait with rowanberries")])
    assert "Rowanek looks like a form of Rowan and was left as it is" in said
    assert ROWAN.remarks(["Ash and the parent"]) == []


def test_a_pseudonym_that_names_somebody_is_found() -> None:
    known = names("Us", Rowan="Ash", Ash="Rowan")
    assert set(known.named_in([known.replaced("Rowan")])) == {"Ash"}


NAME = st.text(
    st.characters(categories=["Lu", "Ll", "Lo"], max_codepoint=0x52F), min_size=2, max_size=8
)


@given(NAME, st.text(max_size=30), st.text(max_size=30))
def test_a_name_is_gone_from_any_text(name: str, before: str, after: str) -> None:
    known = names("§", **{name: "§§"})
    said = known.replaced(f"{before} {name} {after}")
    assert known.named_in([said]) == []
