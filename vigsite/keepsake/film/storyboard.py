"""What comes in the film, one after the other: cards, stills that are held, clips. Pure: no file.

Each scene is on screen by itself for its `frames`; between two scenes lies a cross-fade of `JOIN`
frames. Frames are counted at `RATE` a second.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vigsite.pages.markdown import cycle_label
from vigsite.pages.shown import Clip, Cycle, Image, Moment, Shown, Subtitle
from vigsite.pages.words import Words

RATE = 25
"""Frames a second, and of pictures that stand still in a piece that is repeated."""
JOIN = 15
"""Frames of a cross-fade."""
STILL_S, SEQUENCE_S = 6, 3
"""How long a single still is held, and one of several."""
SETTLE = 10
"""Frames for which a clip's last picture stays."""
_LETTERS_A_SECOND = 16
"""A calm reader on a sofa: subtitles on television are made for 15 to 17."""
_SHORTEST_S, _LONGEST_S = 4, 24
MOST_LETTERS = 330
"""What is easily read on one card; longer words go on, on a second one."""
_SENTENCE_END = re.compile(r"(?<=[.!?…؟۔।])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Card:
    """Words on a plain ground."""

    kind: str
    """title, cycle, words, message or end: how it is laid out."""
    seconds: int
    heading: str = ""
    over: str = ""
    """A small line above the heading."""
    under: str = ""
    """A small line below it."""
    text: str = ""
    said: tuple[str, ...] = ()
    """The parent's own words."""
    picture: Image | None = None
    """What the words are about."""

    @property
    def frames(self) -> int:
        """How long it is alone on screen."""
        return self.seconds * RATE

    @property
    def uris(self) -> tuple[str, ...]:
        """The site's files that can be seen in it."""
        return (self.picture.uri,) if self.picture else ()


@dataclass(frozen=True, slots=True)
class Still:
    """A picture that is held, with a slow and steady move."""

    image: Image
    frames: int
    nearer: bool
    """Whether the move goes nearer, or away."""

    @property
    def uris(self) -> tuple[str, ...]:
        """The site's files that can be seen in it."""
        return (self.image.uri,)


@dataclass(frozen=True, slots=True)
class Run:
    """A clip at its own speed."""

    clip: Clip

    @property
    def shown(self) -> int:
        """Frames of the clip itself, at our rate."""
        taken = round(self.clip.length_ms * Fraction(self.clip.rate) / 1000)
        return max(1, round(taken * RATE / Fraction(self.clip.rate)))

    @property
    def frames(self) -> int:
        """How long it is alone on screen; its last picture stays a moment."""
        return self.shown + SETTLE

    @property
    def uris(self) -> tuple[str, ...]:
        """The site's files that can be seen and heard in it."""
        return (self.clip.uri,)

    @property
    def lines(self) -> list[tuple[int, int, Subtitle]]:
        """What is said in it: first frame, frame after the last, words."""
        return [
            (_frame(line.start_ms), max(_frame(line.start_ms) + 1, _frame(line.end_ms)), line)
            for line in self.clip.subtitles
        ]


Scene = Card | Still | Run


def storyboard(shown: Shown, words: Words) -> list[Scene]:
    """Every scene of the film, in order."""
    _ = words.translations.gettext
    moments = {(cycle.number, moment.number): (cycle, moment) for cycle, moment in shown.moments}
    scenes: list[Scene] = [Card("title", _SHORTEST_S + 1, heading=shown.title)]
    before, count = None, itertools.count()
    for place in shown.film:
        cycle, moment = moments[place]
        if cycle is not before:
            scenes.append(_cycle_card(cycle, words))
        before = cycle
        scenes += _moment_scenes(moment, count)
    if shown.closing is not None:
        for text, _said in portions(shown.closing.message, ()):
            scenes.append(Card("message", reading_s(text), text=text))
    last = _("These are your moments. They come from your films, and they are yours to keep.")
    scenes.append(Card("end", reading_s(last), heading=shown.title, text=last))
    return scenes


def _cycle_card(cycle: Cycle, words: Words) -> Card:
    _ = words.translations.gettext
    label = cycle_label(cycle, words)
    under = _("Filmed on %(day)s") % {"day": words.day(cycle.filmed)}
    heading, over = (cycle.setting, label) if cycle.setting else (label, "")
    return Card("cycle", reading_s(heading + over + under), heading, over, under)


def _moment_scenes(moment: Moment, count: Iterator[int]) -> Iterator[Scene]:
    """What can be seen, then the words for it beside a small picture."""
    if moment.clip is not None:
        yield Run(moment.clip)
    else:
        held = STILL_S if len(moment.pictures) == 1 else SEQUENCE_S
        for picture in moment.pictures:
            yield Still(picture.largest, held * RATE, nearer=next(count) % 2 == 0)
    beside = moment.pictures[-1].shown
    for text, said in portions(moment.caption, moment.parent_said):
        seconds = reading_s(" ".join([moment.title, text, *said]))
        yield Card("words", seconds, moment.title, text=text, said=said, picture=beside)


def portions(text: str, said: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Words parted so that each part fits on a card: text, and what was said."""
    found: list[tuple[list[str], list[str]]] = [([], [])]
    parts = [(0, part) for part in _parts(text)]
    for one in said:
        parts += [(1, part) for part in ([one] if len(one) <= MOST_LETTERS else _parts(one))]
    room = MOST_LETTERS
    for kind, part in parts:
        if len(part) > room and any(found[-1]):
            found.append(([], []))
            room = MOST_LETTERS
        found[-1][kind].append(part)
        room -= len(part)
    return [(" ".join(texts), tuple(quotes)) for texts, quotes in found]


def _parts(text: str) -> list[str]:
    """Sentences; one that is too long by itself is parted between words."""
    found: list[str] = []
    waiting = [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence]
    while waiting:
        part = waiting.pop(0)
        if len(part) > MOST_LETTERS:
            cut = part.rfind(" ", 1, MOST_LETTERS)
            cut = cut if cut > 0 else MOST_LETTERS
            waiting.insert(0, part[cut:].strip())
            part = part[:cut]
        found.append(part)
    return found


def reading_s(text: str) -> int:
    """How long a card with these words stays, in seconds."""
    return min(_LONGEST_S, max(_SHORTEST_S, math.ceil(1.5 + len(text) / _LETTERS_A_SECOND)))


def begins(scenes: Sequence[Scene]) -> list[int]:
    """The frame from which each scene is alone on screen."""
    lengths = [scene.frames + JOIN for scene in scenes]
    return list(itertools.accumulate(lengths, initial=0))[:-1]


def length(scenes: Sequence[Scene]) -> int:
    """Frames of the whole film."""
    return sum(scene.frames for scene in scenes) + JOIN * (len(scenes) - 1)


def _frame(time_ms: int) -> int:
    return time_ms * RATE // 1000
