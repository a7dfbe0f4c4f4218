"""The projection: all that an edition's pages may say, and nothing else.

Pages are written from these types alone; what is not in them cannot reach a page. `projection.py`
is the only place that sees both a case and its projection. Addresses are neutral and numbered
within the edition, so that what was left out leaves no gap.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple, dataclass

from vigsite.case.editions import Edition


@dataclass(frozen=True, slots=True)
class Image:
    """One size of a picture."""

    uri: str
    """Address within the site: `media/cycle-1-moment-2-960.jpg`."""
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A still or poster in its sizes, smallest first."""

    images: tuple[Image, ...]

    @property
    def largest(self) -> Image:
        """The full size."""
        return self.images[-1]

    @property
    def shown(self) -> Image:
        """A middle size for browsers that choose none themselves."""
        fitting = [image for image in self.images if image.width <= 960]
        return fitting[-1] if fitting else self.images[0]


@dataclass(frozen=True, slots=True)
class Subtitle:
    """Words shown while a clip plays; milliseconds in the clip."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip as pages show it."""

    uri: str
    width: int
    height: int
    length_ms: int
    rate: str
    """Frames a second, as a fraction."""
    sound: bool
    subtitles: tuple[Subtitle, ...] = ()
    stops_ms: tuple[int, ...] = ()
    """Where the deck freezes; milliseconds in the clip."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A special moment as an edition shows it."""

    number: int
    title: str
    pictures: tuple[Picture, ...]
    """Its stills, or the poster of its clip."""
    clip: Clip | None
    caption: str
    parent_said: tuple[str, ...]
    questions: tuple[str, ...]
    """The helping questions it speaks to."""
    prompts: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    notes: str = ""

    @property
    def anchor(self) -> str:
        """Its place on its cycle's page."""
        return f"moment-{self.number}"


@dataclass(frozen=True, slots=True)
class Review:
    """A shared review as an edition shows it."""

    held: dt.date
    where: str
    parent_said: tuple[str, ...]
    strengths: tuple[str, ...]
    next: tuple[str, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle as an edition shows it."""

    number: int
    """Counted within the edition, from 1."""
    top_up: bool
    filmed: dt.date
    setting: str
    moments: tuple[Moment, ...]
    review: Review | None

    @property
    def page_uri(self) -> str:
        """Address of its page in Markdown."""
        return f"cycle-{self.number}.md"


@dataclass(frozen=True, slots=True)
class Rating:
    """A goal's rating by the parent: before the first film (cycle None) or in a shared review."""

    cycle: int | None
    day: dt.date
    value: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a goal in the shared review of a cycle."""

    cycle: int
    what: str
    """now, met or dropped."""
    question: str = ""
    """The new wording, for `now`."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A helping question over time."""

    question: str
    since: dt.date
    outcomes: tuple[Outcome, ...]
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """How the work ended."""

    learned: tuple[str, ...]
    carry_on: tuple[str, ...]
    next_steps: tuple[str, ...]
    top_up: str
    message: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of the site that comes from the cache."""

    key: str
    """The cache entry's name."""
    name: str
    """The file's name in the entry."""
    uri: str
    """Address within the site."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything one edition says."""

    edition: Edition
    language: str
    title: str
    """The family, as pages call them."""
    practitioner: str
    contact: str
    session: str
    """The framework's noun for a session."""
    goals: tuple[Goal, ...]
    cycles: tuple[Cycle, ...]
    closing: Closing | None
    media: tuple[MediaFile, ...]
    palette: str = ""
    film: tuple[tuple[int, int], ...] = ()
    """The keepsake's film: numbers of cycle and moment, in the order they are shown."""
    hosted: bool = False
    """Whether a server shows it to the family, behind a passphrase."""

    @property
    def has_deck(self) -> bool:
        """Whether it comes with the deck; the keepsake has none."""
        return not self.edition.is_kept

    @property
    def texts(self) -> list[str]:
        """Every text it says."""
        waiting: list[object] = [astuple(self)]
        found: list[str] = []
        while waiting:
            part = waiting.pop()
            if isinstance(part, tuple):
                waiting.extend(part)
            elif isinstance(part, str):
                found.append(part)
        return found

    @property
    def moments(self) -> list[tuple[Cycle, Moment]]:
        """Every moment with its cycle, in order."""
        return [(cycle, moment) for cycle in self.cycles for moment in cycle.moments]
