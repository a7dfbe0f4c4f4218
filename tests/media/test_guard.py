"""What a person has to confirm of a moment, and at which pictures they look."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

from vigsite.case.fields import Box
from vigsite.case.timecode import Span
from vigsite.media.recipes.hand_edits import box_at, guard_of, guarded, worth_a_look
from vigsite.media.recipes.picture import Cover, Look
from vigsite.media.recipes.sound import Hearing
from vigsite.media.recordings.recording import Recording

FILM = Recording(0, 1, 640, 360, "25", True, 0, tuple(n * 40_000 for n in range(250)), 10_000_000)
CUT = FILM.cut(Span(1000, 9000))


def box(x: float) -> Box:
    return Box(Fraction(x), Fraction(0), Fraction(1, 4), Fraction(1, 2))


def cover(start_s: int, end_s: int, x: float = 0.0, to_x: float | None = None) -> Cover:
    """Between two seconds of the cut."""
    half = Fraction(1, 50)
    times = (Fraction(start_s) - half, Fraction(end_s) - half, Fraction(start_s), Fraction(end_s))
    return Cover(*times, box(x), box(x if to_x is None else to_x))


def test_a_box_lies_on_its_straight_line_and_nowhere_outside_its_time() -> None:
    moving = cover(2, 4, 0.0, 0.5)
    assert box_at(moving, Fraction(1)) is None
    assert box_at(moving, Fraction(2)) == box(0.0)
    assert box_at(moving, Fraction(3)) == box(0.25)
    assert box_at(moving, Fraction(4)) is None


def test_the_pictures_are_those_on_which_a_box_could_miss() -> None:
    found = worth_a_look(FILM, CUT, Look(covers=(cover(2, 4, 0.0, 0.5),)))
    times = {FILM.time_of(frame): what for frame, what in found.items() if what}
    assert times == {
        1000: ["first picture"],
        2960: ["before the box begins"],
        3000: ["the box begins"],
        3960: ["the box on its way"],
        4960: ["middle", "the box ends"],
        5000: ["after the box has ended"],
        8960: ["last picture"],
    }
    frames = list(found)
    assert frames == sorted(frames)
    assert max(b - a for a, b in itertools.pairwise(frames)) <= 25


def test_a_long_clip_is_not_shown_picture_by_picture() -> None:
    hours = replace(FILM, frame_us=tuple(n * 40_000 for n in range(25_000)), end_us=10**9)
    cut = hours.cut(Span(0, 900_000))
    assert len(worth_a_look(hours, cut, Look(crop=box(0)))) <= 50


def test_what_a_person_sees_decides_whether_they_are_asked_again() -> None:
    look = Look(covers=(cover(2, 4),), crop=box(0.1))
    before = guard_of("film", [(CUT, look)])
    assert guard_of("film", [(CUT, replace(look, hearing=Hearing(3.0)))]) == before
    others = [
        guard_of("another film", [(CUT, look)]),
        guard_of("film", [(FILM.cut(Span(1000, 8000)), look)]),
        guard_of("film", [(CUT, replace(look, covers=(cover(2, 4, 0.1),)))]),
        guard_of("film", [(CUT, replace(look, covers=(cover(2, 5),)))]),
        guard_of("film", [(CUT, replace(look, crop=box(0.2)))]),
        guard_of("film", [(CUT, replace(look, silent=True))]),
        guard_of("film", [(CUT, replace(look, mutes=((Fraction(0), Fraction(1)),)))]),
        guard_of("film", [(CUT, replace(look, speed=Fraction(1, 2)))]),
        guard_of("film", [(CUT, look), (CUT, Look())]),
    ]
    assert len({before, *others}) == 1 + len(others)


def test_a_moment_as_it_was_filmed_asks_nobody() -> None:
    assert not guarded(Look(speed=Fraction(1, 2)))
    assert guard_of("film", [(CUT, Look()), (CUT, Look())]) == ""
