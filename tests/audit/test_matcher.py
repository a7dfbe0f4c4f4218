"""Secrets are found as words, and nothing else is."""

from __future__ import annotations

import pytest

from vigsite.audit.search.matcher import Finder, Secret
from vigsite.withheld.spellings import cut_up, filed, named

NOTE = "Ask K. whether Dad's new job in Leeds is why he was so tired on the day we filmed."
FOUND = [
    ("Featherstone", "the FEATHERSTONES’ house"),
    ("O'Brien", "Mrs OBrien"),
    ("O’Brien", "Mrs O'Brien's"),
    ("Smith-Jones", "smith_jones"),
    ("Zoë", "Zoe laughs"),
    ("12 Acacia Avenue", "12, acacia-avenue"),
    ("12 Acacia Avenue", "file-12AcaciaAvenue.jpg 12acaciaavenue"),
    ("12 Acacia Avenue", "up Acacia way"),
    ("美咲", "今日は美咲が笑った"),
    ("Featherstone", "F e a t h e r s t o n e"),
    ("Featherstone", "ｆｅａｔｈｅｒｓｔｏｎｅ"),
    ("Featherstone", "Fеаthеrstоnе"),
    ("Featherstone", "enotsrehtaeF"),
    ("نور", "قالت نور له"),
    ("نور", "نـــور"),
]
NOT_FOUND = [
    ("Ash", "ashes wash Ashton"),
    ("Al", "Alan also"),
    ("12 Acacia Avenue", "12 acorns on the way"),
    ("Rowan", "rowanberry"),
    ("Leon", "Noel"),
    ("Will", "willow"),
    ("Featherstone", "feather stone"),
]


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_a_name_is_found(name: str, text: str) -> None:
    assert Finder(named(name, "x")).in_text(text)


@pytest.mark.parametrize(("name", "text"), NOT_FOUND)
def test_nothing_else_is_found(name: str, text: str) -> None:
    assert not Finder(named(name, "x")).in_text(text)


@pytest.mark.parametrize(
    "text",
    [
        NOTE,
        NOTE.upper(),
        "she said: ask K., whether Dad’s new job",
        "… is why he was so… ",
        "is   why\nhe was\tso tired",
    ],
)
def test_five_words_of_a_note_in_a_row_are_found(text: str) -> None:
    assert Finder(cut_up(NOTE, "x")).in_text(text)


@pytest.mark.parametrize("text", ["so tired on the", "the new job in Leeds", "Dad was so tired"])
def test_fewer_are_not(text: str) -> None:
    assert not Finder(cut_up(NOTE, "x")).in_text(text)


def test_a_note_without_spaces_is_found_by_a_part_of_it() -> None:
    note = "お父さんの新しい仕事のことを次の回で聞いてみる"
    assert Finder(cut_up(note, "x")).in_text("…新しい仕事のことを次の…")


@pytest.mark.parametrize(
    "name", ["IMG_0412", "img-0412.MOV", "my IMG_0412 (1).jpg", "x/IMG_0412/y.html"]
)
def test_a_films_own_name_is_found(name: str) -> None:
    assert Finder(filed("IMG_0412.MOV", "x")).in_name(name)


@pytest.mark.parametrize(
    "name", ["featherstone2.jpg", "TheFeatherstoneHouse.html", "a/featherstone"]
)
def test_a_file_name_may_run_words_together(name: str) -> None:
    assert Finder(named("Featherstone", "x")).in_name(name)


def test_short_names_are_found_in_films_only_among_other_words() -> None:
    finder = Finder([Secret("Ash", "x", name=True)])
    assert not finder.in_bytes(b"\x80\x01\xffAsh\x00\x9c" * 50)
    assert finder.in_bytes(b"\x80\x01\xff for Ash, our boy \x00\x9c")
    assert not finder.in_bytes(b"\x80 many wash ashtrays here \x00")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_bytes_are_searched_in_every_usual_encoding(encoding: str, change: type[str]) -> None:
    raw = b"\x00\x91" + change("Zoë Featherstone").encode(encoding) + b"\x93\x00"
    assert Finder(named("Zoë Featherstone", "x")).in_bytes(raw)
