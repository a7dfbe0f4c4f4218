"""What comes in the film, and for how long."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.case.editions import Edition
from vigsite.keepsake.film.storyboard import (
    JOIN,
    MOST_LETTERS,
    Card,
    Run,
    Scene,
    Still,
    begins,
    length,
    portions,
    reading_s,
    storyboard,
)
from vigsite.pages.shown import Clip, Closing, Cycle, Image, Moment, Picture, Shown, Subtitle
from vigsite.pages.words import words_for

DAY = dt.date(2026, 2, 1)


def picture(stem: str) -> Picture:
    return Picture(
        (Image(f"media/{stem}-960.jpg", 960, 540), Image(f"media/{stem}.jpg", 1920, 1080))
    )


def moment(number: int, clip: Clip | None = None, pictures: int = 1) -> Moment:
    found = tuple(picture(f"{number}-{each}") for each in range(pictures))
    return Moment(number, f"Moment {number}", found, clip, "Seen.", ("Said.",), ())


def cycle(number: int, *moments: Moment) -> Cycle:
    return Cycle(number, False, DAY, f"Setting {number}", moments, None)


CLIP = Clip("media/c.mp4", 1920, 1080, 4000, "30/1", True, (Subtitle(1000, 2000, "Look"),))
SHOWN = Shown(
    Edition.KEEPSAKE,
    "en",
    "Ash and Dad",
    "Sam",
    "sam@example.org",
    "session",
    (),
    (cycle(1, moment(1, CLIP), moment(2)), cycle(2, moment(1, pictures=3))),
    Closing((), (), (), "", "Thank you."),
    (),
    film=((1, 1), (1, 2), (2, 1)),
)


def board(shown: Shown) -> list[Scene]:
    return storyboard(shown, words_for(shown.language))


def outline(shown: Shown) -> list[str]:
    return [
        f"{scene.kind} {scene.heading or scene.text}".strip()
        if isinstance(scene, Card)
        else scene.uris[0]
        for scene in board(shown)
    ]


def test_each_cycle_has_a_card_and_each_moment_its_words_behind_it() -> None:
    assert outline(SHOWN) == [
        "title Ash and Dad",
        "cycle Setting 1",
        "media/c.mp4",
        "words Moment 1",
        "media/2-0.jpg",
        "words Moment 2",
        "cycle Setting 2",
        *("media/1-0.jpg", "media/1-1.jpg", "media/1-2.jpg"),
        "words Moment 1",
        "message Thank you.",
        "end Ash and Dad",
    ]


def test_the_film_follows_the_order_of_the_edition() -> None:
    """A cycle's card comes again when the film comes back to it."""
    turned = outline(replace(SHOWN, film=((2, 1), (1, 2))))
    cards = [line for line in turned if line.startswith(("cycle", "words"))]
    assert cards == ["cycle Setting 2", "words Moment 1", "cycle Setting 1", "words Moment 2"]


def test_without_a_closing_it_ends_with_the_last_card() -> None:
    assert outline(replace(SHOWN, closing=None))[-2:] == ["words Moment 1", "end Ash and Dad"]


def test_of_stills_only_it_is_a_film_of_stills() -> None:
    """A clip's first picture takes its place; a moment without words keeps its title."""
    bare = replace(moment(1, CLIP), clip=None, caption="", parent_said=())
    one = replace(SHOWN, cycles=(cycle(1, bare),), film=((1, 1),), closing=None)
    assert outline(one) == [
        "title Ash and Dad",
        "cycle Setting 1",
        "media/1-0.jpg",
        "words Moment 1",
        "end Ash and Dad",
    ]


def test_a_clip_is_shown_whole_and_its_last_picture_stays() -> None:
    run = Run(CLIP)
    assert (run.shown, run.frames) == (100, 110)
    assert [line[:2] for line in run.lines] == [(25, 50)]


def test_pictures_of_a_sequence_are_shorter_and_move_by_turns() -> None:
    stills = [scene for scene in board(SHOWN) if isinstance(scene, Still)]
    assert [(still.frames, still.nearer) for still in stills] == [
        (150, True),
        (75, False),
        (75, True),
        (75, False),
    ]


def test_scenes_lie_end_to_end_with_a_fade_between() -> None:
    scenes = board(SHOWN)
    ends = [first + scene.frames for scene, first in zip(scenes, begins(scenes), strict=True)]
    assert [first - end for end, first in zip(ends, begins(scenes)[1:], strict=False)] == [
        JOIN for _ in scenes[1:]
    ]
    assert ends[-1] == length(scenes)


@pytest.mark.parametrize(("letters", "seconds"), [(0, 4), (60, 6), (160, 12), (5000, 24)])
def test_more_words_stay_longer(letters: int, seconds: int) -> None:
    assert reading_s("x" * letters) == seconds


@given(st.text(alphabet="ab c.\n", max_size=1500), st.lists(st.text(alphabet="ab .", max_size=500)))
def test_no_word_is_lost_and_no_card_overfull(text: str, said: list[str]) -> None:
    found = portions(text, said)
    words = "".join(part + "".join(quotes) for part, quotes in found)
    assert sorted(words.replace(" ", "")) == sorted(
        (text + "".join(said)).replace("\n", "").replace(" ", "")
    )
    for part, quotes in found:
        assert len(part.replace(" ", "")) + sum(map(len, quotes)) <= MOST_LETTERS
