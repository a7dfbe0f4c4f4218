"""Editions are allow-lists: what each shows of a small family.

That nothing else can change them is held for every field by `test_noninterference.py`.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.helpers.families import Family
from vigsite.building.examine import examine
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import DRAFT
from vigsite.pages.projection import project
from vigsite.pages.shown import Shown

ON = dt.date(2026, 6, 1)
CASE, CYCLE = "case.yml", "1-tea/cycle.yml"


def shown(of: Family, edition: Edition, on: dt.date = ON) -> Shown:
    read = load_case(of.directory)
    examined = examine(
        read,
        Library(of.directory / ".vigsite" / "recordings", of.directory / ".vigsite" / "tmp"),
        DRAFT,
        "9",
    )
    assert examined.case is not None
    assert examined.report.faults == []
    return project(examined.case, admit(examined.case, edition, on), examined.plan)


def test_review_shows_prompts_stops_and_ratings_the_keepsake_does_not(ash: Family) -> None:
    review, keepsake = shown(ash, Edition.REVIEW), shown(ash, Edition.KEEPSAKE)
    first, kept = review.cycles[0].moments[0], keepsake.cycles[0].moments[0]
    assert (first.prompts, kept.prompts) == (("What do you notice?",), ())
    assert first.clip is not None
    assert kept.clip is not None
    assert (first.clip.stops_ms, kept.clip.stops_ms) == ((500,), ())
    assert [r.value for r in review.goals[0].ratings] == [3, 5]
    assert keepsake.goals[0].ratings == ()
    assert first.principles == kept.principles == ()


def test_ratings_come_into_the_keepsake_when_the_family_wants_them(ash: Family) -> None:
    ash.change(CASE, "goals:", "keepsake: {ratings: true}\ngoals:")
    assert [r.value for r in shown(ash, Edition.KEEPSAKE).goals[0].ratings] == [3, 5]


def test_principles_come_into_review_and_keepsake_only_when_chosen(ash: Family) -> None:
    ash.change(CASE, "goals:", "show_principles: true\ngoals:")
    for edition in (Edition.REVIEW, Edition.KEEPSAKE):
        moment = shown(ash, edition).cycles[0].moments[0]
        assert moment.principles == ("Waiting",)
        assert moment.notes == ""


def test_supervision_uses_pseudonyms_and_shows_the_analysis(ash: Family) -> None:
    ash.change(
        CYCLE, "caption: Ash looks, and you look back.", "caption: Ash's hand; DAD waits for ash."
    )
    supervision = shown(ash, Edition.SUPERVISION)
    moment = supervision.cycles[0].moments[0]
    assert supervision.title == "Elm and the parent"
    assert moment.title == "Elm looks up"
    assert moment.caption == "Elm's hand; the parent waits for Elm."
    assert moment.notes == "Elm leads here."
    assert moment.principles == ("Waiting",)
    assert "Ash" not in repr(supervision)


def test_private_notes_reach_no_edition(ash: Family) -> None:
    ash.change(
        CASE, "person: nan, for: [review]", "person: nan, for: [review, keepsake, supervision]"
    )
    for edition in Edition:
        said = repr(shown(ash, edition))
        assert "supervision." not in said.replace("Edition.supervision", "")
        assert "Tired that day" not in said
        assert "looks-up" not in said
        assert "film.mp4" not in said


def test_what_is_left_out_leaves_no_gap(ash: Family) -> None:
    ash.change(CYCLE, "moments:\n", "moments:\n  - {id: first, still: 0:00.5, title: All of us}\n")
    uris = [
        picture.largest.uri
        for _, m in shown(ash, Edition.KEEPSAKE).moments
        for picture in m.pictures
    ]
    assert uris == ["media/cycle-1-moment-1-640.jpg", "media/cycle-1-moment-2-640.jpg"]


def test_stills_only_leaves_the_films_out(ash: Family) -> None:
    ash.change(CASE, "goals:", "keepsake: {parts: stills}\ngoals:")
    keepsake = shown(ash, Edition.KEEPSAKE)
    assert all(moment.clip is None for _, moment in keepsake.moments)
    assert not [file for file in keepsake.media if file.uri.endswith(".mp4")]


def test_a_filmed_shared_review_is_for_supervision_only(ash: Family) -> None:
    ash.change(
        CYCLE,
        "  film: {file: film.mp4, shows: [ash, dad, nan]}\n",
        "  film: {file: film.mp4, shows: [ash, dad, nan]}\n"
        "  talk: {file: film.mp4, shows: [dad], of: shared review}\n",
    )
    ash.change(
        CYCLE,
        "review:\n",
        "  - {id: insight, of: talk, still: 0:03.5, title: Dad sees it}\nreview:\n",
    )
    titles = {e: [m.title for _, m in shown(ash, e).moments] for e in Edition}
    assert "The parent sees it" in titles[Edition.SUPERVISION]
    assert "Dad sees it" not in titles[Edition.REVIEW] + titles[Edition.KEEPSAKE]


@pytest.mark.parametrize(
    "others", [("Marigold", "Papa", "Oma"), ("Zoë Brontë", "Olu", "Nana"), ("يوسف", "بابا", "جدة")]
)
def test_supervision_is_the_same_whatever_people_are_called(
    ash: Family, others: tuple[str, ...]
) -> None:
    ash.change(
        CASE,
        "given: 2026-01-05}\n  - {person: nan, for: [review]",
        "given: 2026-01-05}\n  - {person: nan, for: [review, supervision]",
    )
    ash.change(CASE, "role: grandparent", "role: grandparent, pseudonym: Oak")
    ash.change(CYCLE, "title: Nan joins in", 'title: "Then Nan joins in, and Ash\'s Dad"')
    before = shown(ash, Edition.SUPERVISION)
    for file in (CASE, CYCLE):
        text = (ash.directory / file).read_text("utf-8")
        for name, other in zip(("Ash", "Dad", "Nan"), others, strict=True):
            text = re.sub(rf"\b{name}\b", other, text)
        (ash.directory / file).write_text(text, "utf-8")
    assert others[0] in (ash.directory / CYCLE).read_text("utf-8")
    assert shown(ash, Edition.SUPERVISION) == before
