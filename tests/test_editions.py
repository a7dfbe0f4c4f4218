"""Editions are allow-lists: what is outside an edition's list cannot change a byte of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from tests.case.test_model import all_models
from tests.conftest import Vigsite
from tests.families import Family
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.fields import Reach
from vigsite.case.load import load_case
from vigsite.examine import examine
from vigsite.media.library import Library
from vigsite.media.recipe import DRAFT
from vigsite.pages.edition import Shown
from vigsite.pages.project import project

ON = dt.date(2026, 6, 1)
CASE, CYCLE = "case.yml", "1-tea/cycle.yml"
REGISTER = "handovers.yml"
HANDED_OVER = """\
handovers:
  - {when: 2026-03-01, form: zip, for: "Dad", sha256: "ab12", moments: [1-tea/looks]}
"""
OUTSIDE_THE_KEEPSAKE = {
    "HandOversFile.handovers": (REGISTER, "handovers:", "handovers:  # one"),
    "HandOver.when": (REGISTER, "2026-03-01", "2026-03-02"),
    "HandOver.form": (REGISTER, "form: zip", "form: folder"),
    "HandOver.whom": (REGISTER, "Dad", "Aunt"),
    "HandOver.sha256": (REGISTER, "ab12", "cd34"),
    "HandOver.moments": (REGISTER, "1-tea/looks", "1-tea/smile"),
    "Person.role": (CASE, "role: grandparent", "role: relative"),
    "Person.pseudonym": (CASE, "pseudonym: Elm", "pseudonym: Oak"),
    "CaseFile.never_show": (CASE, "[Featherstone]", "[Featherstone, 12 Acacia Avenue]"),
    "Goal.baseline": (CASE, "baseline: 3", "baseline: 4"),
    "Consent.by": (CASE, "by: dad", "by: nan"),
    "CaseFile.retention": (CASE, "goals:", "retention: {}\ngoals:"),
    "Retention.recordings": (CASE, "goals:", "retention: {recordings: 2031-01-01}\ngoals:"),
    "Retention.case": (CASE, "goals:", "retention: {case: 2032-01-01}\ngoals:"),
    "CaseFile.limits": (CASE, "goals:", "limits: {}\ngoals:"),
    "Limits.clips_per_cycle": (CASE, "goals:", "limits: {clips_per_cycle: 9}\ngoals:"),
    "Limits.clip_seconds": (CASE, "goals:", "limits: {clip_seconds: 90}\ngoals:"),
    "CaseFile.vigsite": (CASE, "vigsite: 1", 'vigsite: "1"'),
    "Recording.file": (CYCLE, "file: film.mp4", "file: copy-of-film.mp4"),
    "MomentEntry.id": (CYCLE, "id: looks", "id: ash-looks-at-dad"),
    "MomentEntry.stop_at": (CYCLE, "stop_at: [0:01.5]", "stop_at: [0:01.2, 0:01.6]"),
    "MomentEntry.prompts": (
        CYCLE,
        '["What do you notice?"]',
        '["What happens first?", "And then?"]',
    ),
    "MomentEntry.analysis": (
        CYCLE,
        'analysis: {principles: [waiting], notes: "Ash leads here."}',
        "",
    ),
    "Analysis.principles": (CYCLE, "principles: [waiting]", "principles: [listening, guiding]"),
    "Analysis.notes": (CYCLE, "Ash leads here.", "Initiative, reception, response."),
    "MomentEntry.private": (CYCLE, "Ask K. about the wait", "Do not ask K."),
    "Review.where": (CYCLE, "where: in person", "where: screen share"),
    "Review.ratings": (CYCLE, "ratings: {meals: 5}", "ratings: {meals: 9}"),
    "Review.private": (CYCLE, "Tired that day.", "Said a lot about the move."),
}


@pytest.fixture
def ash(ash: Family) -> Family:
    """The family, of whom a pack was made."""
    (ash.directory / REGISTER).write_text(HANDED_OVER, "utf-8")
    return ash


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


def test_the_table_names_every_field_outside_the_keepsake() -> None:
    """A new field must say here how it is changed."""
    outside = {
        f"{model.__name__}.{name}"
        for model in all_models()
        for name, info in model.model_fields.items()
        for tag in info.metadata
        if isinstance(tag, Reach) and not tag.steers and Edition.KEEPSAKE not in tag.editions
    }
    assert outside == set(OUTSIDE_THE_KEEPSAKE)


@pytest.mark.parametrize("field", OUTSIDE_THE_KEEPSAKE)
def test_a_field_outside_the_keepsake_leaves_its_projection_alone(ash: Family, field: str) -> None:
    copy = ash.directory / "1-tea" / "copy-of-film.mp4"
    copy.write_bytes((ash.directory / "1-tea" / "film.mp4").read_bytes())
    before = shown(ash, Edition.KEEPSAKE)
    ash.change(*OUTSIDE_THE_KEEPSAKE[field])
    assert shown(ash, Edition.KEEPSAKE) == before


def hashes(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in site.rglob("*")
        if file.is_file()
    }


def test_every_such_field_changed_leaves_the_built_keepsake_byte_identical(
    ash: Family, vigsite: Vigsite
) -> None:
    """Built anew in another folder, in another time zone, from nothing."""
    assert vigsite("build", ash.directory, "--out", "before", TZ="Asia/Tokyo").status == 0
    skipped = {
        "MomentEntry.analysis",
        "CaseFile.retention",
        "CaseFile.limits",
        "Limits.clip_seconds",
    }
    (ash.directory / "1-tea" / "film.mp4").rename(ash.directory / "1-tea" / "copy-of-film.mp4")
    for field, change in OUTSIDE_THE_KEEPSAKE.items():
        if field not in skipped and field != "Retention.case":
            ash.change(*change)
    moved = ash.directory.rename(ash.directory.parent.parent / "ash")
    done = vigsite("build", moved, "--out", "after", TZ="America/Lima")
    assert done.status == 0, done.err
    root = ash.directory.parent.parent
    keepsake = hashes(root / "before" / "ash" / "keepsake")
    assert len(keepsake) > 20
    assert hashes(root / "after" / "ash" / "keepsake") == keepsake
    assert hashes(root / "after" / "ash" / "review") != hashes(root / "before" / "ash" / "review")


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
    assert "the parent sees it" in titles[Edition.SUPERVISION]
    assert "Dad sees it" not in titles[Edition.REVIEW] + titles[Edition.KEEPSAKE]
