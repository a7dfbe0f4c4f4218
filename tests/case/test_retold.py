"""A shown text that tells a private note again is asked about; ordinary notes are not."""

from __future__ import annotations

import time

import pytest

from tests.conftest import ROOT, Vigsite
from tests.helpers.families import Family
from vigsite.case.load import load_case

CYCLE = "1-tea/cycle.yml"
CAPTION = "Ash looks, and you look back."
PRIVATE = "Ask K. about the wait in supervision."
NOTE = "Dad sat crying on the stairs before he came in. Voices are raised, doors bang."


def notices(of: Family) -> list[str]:
    report = load_case(of.directory).report
    assert report.faults == []
    return [str(one).replace(f"{of.directory}/", "") for one in report.notices]


def asked(of: Family, shown: str, note: str = NOTE) -> list[str]:
    """The notices when the first moment has this note and this caption."""
    of.change(CYCLE, f'private: "{PRIVATE}"', f'private: "{note}"')
    of.change(CYCLE, CAPTION, f'"{shown}"')
    return notices(of)


def test_a_short_sentence_that_is_there_as_it_was_written_is_asked_about(quiet: Family) -> None:
    [one] = asked(quiet, "Ash looks. Mum is pregnant!", "Ask about sleep. Mum is pregnant.")
    assert "'Mum is pregnant' from the private note" in one


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("You had sat crying on the stairs. Ash looks.", "sat crying on the"),
        ("You SAT crying, on the — stairs.", "SAT crying, on the"),
        ("Later Dad sat crying on his own.", "Dad sat crying on"),
        ("Voices were raised, doors bang.", "Voices were raised, doors bang"),
        ("Loud voices are raised; the doors bang.", "voices are raised; the doors bang"),
        ("And voices raised, doors bang!", "voices raised, doors bang"),
        ("Voices are raised, doors slam.", "Voices are raised, doors slam"),
    ],
)
def test_a_note_told_again_is_asked_about_with_both_places(
    quiet: Family, shown: str, words: str
) -> None:
    assert asked(quiet, shown) == [
        f'{CYCLE}:10: moment "looks": caption has {words!r} from the private note '
        f'({CYCLE}:16, moment "looks": private); if the family is not meant to read that, say it in '
        "other words"
    ]


@pytest.mark.parametrize(
    "shown",
    [
        "You came in before he did.",
        "Ash was on the stairs before he came in.",  # one word of the note that says something
        "Dad sat on the stairs, and Ash came.",
        "Doors bang. Voices are quiet, then raised.",
        "Ash and Dad and Nan are on the sofa.",
    ],
)
def test_function_words_and_names_alone_tell_nothing_again(quiet: Family, shown: str) -> None:
    assert asked(quiet, shown) == []


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "for a long time"),
        ("en", "at the end of the"),
        ("en", "a few minutes later and"),
        ("pl", "przez bardzo długi czas"),
        ("pl", "już po pewnym czasie"),
        ("uk", "останнім часом багато разів"),
        ("ar", "لفترة طويلة من الزمن"),
        ("fr", "pendant quelques minutes encore"),
        ("uk", "ще дуже довгий час"),
        ("ar", "بعد وقت طويل جدا"),
        ("fr", "pendant très peu de temps"),
    ],
)
def test_what_everybody_says_tells_nothing_again(quiet: Family, language: str, phrase: str) -> None:
    quiet.change("case.yml", "practitioner:", f"language: {language}\npractitioner:")
    assert asked(quiet, f"Ash plays {phrase} today.", f"Dad cried {phrase} again.") == []


def test_a_text_is_asked_about_once(quiet: Family) -> None:
    quiet.change(CYCLE, "Tired that day.", "Crying on the stairs, Dad sat there.")
    [one] = asked(quiet, "Dad sat crying on the stairs before he came out.")
    assert "'Dad sat crying on the stairs before he came out' from the private note" in one


def test_words_of_other_languages_count_as_theirs_do(quiet: Family) -> None:
    quiet.change("case.yml", "practitioner:", "language: fr\npractitioner:")
    assert asked(quiet, "Ash est dans la cuisine avec Nan.", "Il est dans la rue avec Nan.") == []


def test_where_words_stand_without_spaces_characters_count(quiet: Family) -> None:
    (notice,) = asked(quiet, "那天爸爸昨晚在楼梯上哭着。", "爸爸昨晚在楼梯上哭了很久才进来。")
    assert "爸 爸 昨 晚" not in notice
    assert "爸爸昨晚在楼梯上" in notice


@pytest.mark.parametrize(("only_in", "asks"), [("[supervision]", False), ("[keepsake]", True)])
def test_analysis_notes_may_be_told_again_where_they_are_shown(
    quiet: Family, only_in: str, asks: bool
) -> None:
    quiet.change(CYCLE, "Ash leads here.", "The spoon stops halfway, and so does Dad.")
    quiet.change(CYCLE, CAPTION, "See how the spoon stops halfway today.")
    quiet.change(
        CYCLE, "    title: Ash looks up", f"    only_in: {only_in}\n    title: Ash looks up"
    )
    assert bool(notices(quiet)) == asks
    assert all("from the analysis notes (1-tea/cycle.yml:16, " in one for one in notices(quiet))


def test_every_shown_text_counts_in_whatever_file(quiet: Family) -> None:
    quiet.change(CYCLE, "Tired that day.", "Her landlord has threatened eviction again.")
    quiet.change("closing.yml", "Thank you.", "Even when the landlord has threatened eviction.")
    quiet.change(
        "case.yml", "How can meals be calmer?", "What if the landlord threatened eviction?"
    )
    quiet.change(CYCLE, "You gave time.", "Landlord has threatened eviction, and you gave time.")
    found = notices(quiet)
    assert [one.split(" has ")[0] for one in found] == [
        f"{CYCLE}:23: review.strengths 1", "closing.yml:4: message"
    ]  # fmt: skip
    assert all("(1-tea/cycle.yml:27, review.private)" in one for one in found)


def test_more_than_a_few_are_counted(quiet: Family) -> None:
    note = "The landlord has threatened eviction again."
    quiet.change(CYCLE, "Tired that day.", note)
    many = ", ".join(f'"{number}: landlord has threatened eviction"' for number in range(9))
    quiet.change(CYCLE, '["You gave time."]', f"[{many}]")
    found = notices(quiet)
    assert len(found) == 6
    assert "4 more texts have words of private or analysis notes" in found[-1]


def test_the_demo_asks_nothing(vigsite: Vigsite) -> None:
    found = load_case(ROOT / "cases" / "rowan").report.notices
    assert [str(one) for one in found] == []


def test_a_large_case_is_read_no_slower_for_it(quiet: Family) -> None:
    text = " ".join(f"word{n % 977} waits for word{n % 613}" for n in range(1500))
    quiet.change(CYCLE, PRIVATE, text)
    quiet.change(CYCLE, CAPTION, " ".join(reversed(text.split())))
    quiet.change("closing.yml", "Thank you.", text.replace("word", "deed"))
    started = time.process_time()
    load_case(quiet.directory)
    assert time.process_time() - started < 1


def test_check_and_build_tell_it(ash: Family, vigsite: Vigsite) -> None:
    asked(ash, "Later Dad sat crying on his own.")
    for command in (("check",), ("build", "--draft", "--edition", "review")):
        done = vigsite(command[0], ash.directory, *command[1:])
        assert done.status == 0, done.err
        assert "Note: " in done.err
        assert "has 'Dad sat crying on' from the private note" in done.err
