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

from vigsite.pages.edition import Clip, Cycle, Image, Moment, Shown, Subtitle
from vigsite.pages.words import Words
from vigsite.pages.write import cycle_label

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
_MOST_CARDS = 4
"""Cards for one moment's words; whoever wrote a whole page finds it in the album and the site."""
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


@dataclass(frozen=True, slots=True)
class Still:
    """A picture that is held, with a slow and steady move."""

    image: Image
    frames: int
    nearer: bool
    """Whether the move goes nearer, or away."""


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
    def lines(self) -> list[tuple[int, int, Subtitle]]:
        """What is said in it: first frame, frame after the last, words."""
        return [
            (_frame(line.start_ms), max(_frame(line.start_ms) + 1, _frame(line.end_ms)), line)
            for line in self.clip.subtitles
        ]


Picture = Card | Still | Run


@dataclass(frozen=True, slots=True)
class Scene:
    """A card, still or clip at its place."""

    picture: Picture
    chapter: str = ""
    """The name of the chapter that begins with it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A scene and when it is alone on screen."""

    scene: Scene
    first: int
    """Counted in frames from the start of the film."""


def storyboard(shown: Shown, words: Words) -> list[Scene]:
    """Every scene of the film."""
    _ = words.translations.gettext
    moments = {(cycle.number, moment.number): (cycle, moment) for cycle, moment in shown.moments}
    title = Card("title", _SHORTEST_S + 1, heading=shown.title)
    scenes = [Scene(title, shown.title)]
    before, count = None, itertools.count()
    for place in shown.film:
        cycle, moment = moments[place]
        if cycle is not before:
            scenes.append(_cycle_scene(cycle, words))
        before = cycle
        scenes += _moment_scenes(moment, count)
    if shown.closing is not None and shown.closing.message:
        for part in portions(shown.closing.message, ()):
            text = part[0]
            scenes.append(Scene(Card("message", reading_s(text), text=text)))
    last = _("These are your moments. They come from your films, and they are yours to keep.")
    scenes.append(Scene(Card("end", reading_s(last), heading=shown.title, text=last)))
    return scenes


def _cycle_scene(cycle: Cycle, words: Words) -> Scene:
    _ = words.translations.gettext
    label = cycle_label(cycle, words)
    under = _("Filmed on %(day)s") % {"day": words.day(cycle.filmed)}
    heading, over = (cycle.setting, label) if cycle.setting else (label, "")
    card = Card("cycle", reading_s(heading + over + under), heading, over, under)
    return Scene(card, heading)


def _moment_scenes(moment: Moment, count: Iterator[int]) -> Iterator[Scene]:
    """What can be seen, then the words for it beside a small picture."""
    chapter = moment.title
    if moment.clip is not None:
        yield Scene(Run(moment.clip), chapter)
    else:
        held = STILL_S if len(moment.pictures) == 1 else SEQUENCE_S
        for picture in moment.pictures:
            nearer = next(count) % 2 == 0
            yield Scene(Still(picture.largest, held * RATE, nearer), chapter)
            chapter = ""
    beside = moment.pictures[-1].largest
    for text, said in portions(moment.caption, moment.parent_said)[:_MOST_CARDS]:
        seconds = reading_s(" ".join([moment.title, text, *said]))
        yield Scene(Card("words", seconds, moment.title, text=text, said=said, picture=beside))


def portions(text: str, said: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Words parted so that each part fits on a card: text, and what was said."""
    found: list[tuple[list[str], list[str]]] = [([], [])]
    parts = [(0, part) for part in _parts(text)]
    parts += [(1, part) for one in said for part in (_whole(one) if _fits(one) else _parts(one))]
    room = MOST_LETTERS
    for kind, part in parts:
        if len(part) > room and any(found[-1]):
            found.append(([], []))
            room = MOST_LETTERS
        found[-1][kind].append(part)
        room -= len(part)
    return [(" ".join(texts), tuple(quotes)) for texts, quotes in found]


def _fits(text: str) -> bool:
    return len(text) <= MOST_LETTERS


def _whole(text: str) -> list[str]:
    return [text]


def _parts(text: str) -> list[str]:
    """Sentences; one that is too long by itself is parted between words."""
    found: list[str] = []
    for sentence in _SENTENCE_END.split(text.strip()):
        while len(sentence) > MOST_LETTERS:
            cut = sentence.rfind(" ", 0, MOST_LETTERS)
            cut = cut if cut > 0 else MOST_LETTERS
            found.append(sentence[:cut].strip())
            sentence = sentence[cut:].strip()
        if sentence:
            found.append(sentence)
    return found


def reading_s(text: str) -> int:
    """How long a card with these words stays, in seconds."""
    return min(_LONGEST_S, max(_SHORTEST_S, math.ceil(1.5 + len(text) / _LETTERS_A_SECOND)))


def placed(scenes: Sequence[Scene]) -> list[Placed]:
    """When each scene is alone on screen."""
    found, first = [], 0
    for scene in scenes:
        found.append(Placed(scene, first))
        first += scene.picture.frames + JOIN
    return found


def length(scenes: Sequence[Scene]) -> int:
    """Frames of the whole film."""
    return sum(scene.picture.frames for scene in scenes) + JOIN * (len(scenes) - 1)


def _frame(time_ms: int) -> int:
    return time_ms * RATE // 1000
