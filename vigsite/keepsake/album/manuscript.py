"""What an album says and shows, page by page, as data for its template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from vigsite.keepsake.album.paper import GAP, Paper, Size, chosen, column_height, row_width, rows
from vigsite.keepsake.colours import light_colours
from vigsite.keepsake.typeset import Speech
from vigsite.pages.markdown import cycle_label, cycle_title, face_of, hero_of
from vigsite.pages.shown import Cycle, Goal, Moment, Picture, Review, Shown
from vigsite.pages.words import Words, words_for

_LONG_TITLE = 90
"""Letters; a longer title leaves no room for its picture and goes to the page of words."""
_PICTURES = 0.85
"""Of a page's height: what a moment's pictures may take."""
Given = dict[str, Any]


@dataclass(slots=True)
class Manuscript:
    """An album in the making: what it says, and which pictures it needs."""

    shown: Shown
    paper: Paper
    words: Words = field(init=False)
    speech: Speech = field(init=False)
    pictures: dict[str, str] = field(default_factory=dict)
    """Name in the template, and the address within the site."""

    def __post_init__(self) -> None:
        self.words = words_for(self.shown.language)
        self.speech = Speech.of(self.words)

    def given(self) -> Given:
        """All that `album.typ` reads."""
        _ = self.words.translations.gettext
        shown = self.shown
        within = self.words.setting.within
        about = _(
            "%(name)s made these pages with you. You can reach %(name)s here: %(contact)s"
        ) % {
            "name": within(shown.practitioner),
            "contact": within(shown.contact),
        }
        purpose = _(
            "These pages hold moments from your films and what we said about them. "
            "They were made for you."
        )
        return {
            "name": shown.title,
            "title": self.say(shown.title),
            "years": self.years(),
            "paper": asdict(self.paper),
            "colours": light_colours(shown.palette),
            "cover": self.cover(),
            "opening": _(
                "These are your moments. They come from your films, and they are yours to keep."
            ),
            "questions": self.questions(),
            "spreads": [spread for cycle in shown.cycles for spread in self.cycle(cycle)],
            "ending": self.ending(),
            "message": self.message(),
            "room": _("Room for your own words"),
            "about": self.say_all([purpose, about]),
        }

    def say(self, text: str) -> dict[str, str]:
        """A text for the template."""
        return self.speech.say(text)

    def say_all(self, texts: Iterable[str]) -> list[dict[str, str]]:
        """Several."""
        return [self.say(text) for text in texts]

    def years(self) -> str:
        """`2026`, or the first and the last."""
        years = sorted({cycle.filmed.year for cycle in self.shown.cycles})
        return (
            " – ".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else ""
        )

    def cover(self) -> Given | None:
        """One picture: the one that the pages open with."""
        found = hero_of(self.shown)
        if found is None:
            return None
        moment = found[1]
        return self.strip(replace(moment, pictures=moment.pictures[:1]))

    def questions(self) -> Given | None:
        """What the family wanted to find out, in their own words."""
        _ = self.words.translations.gettext
        if not self.shown.goals:
            return None
        days = sorted({goal.since for goal in self.shown.goals})
        return {
            "heading": _("What you wanted to find out"),
            "words": self.say_all(goal.question for goal in self.shown.goals),
            "since": [
                _("You asked this on %(day)s") % {"day": self.words.day(day)} for day in days
            ],
        }

    def cycle(self, cycle: Cycle) -> list[Given]:
        """A spread for each moment, and one for the shared review."""
        _ = self.words.translations.gettext
        label, name = cycle_label(cycle, self.words), cycle_title(cycle, self.words)
        filmed = _("Filmed on %(day)s") % {"day": self.words.day(cycle.filmed)}
        spreads: list[Given] = []
        for moment in cycle.moments:
            first = not spreads
            place = [label] if first and name != label else [] if first else [name]
            spreads.append(self.moment(moment))
            spreads[-1]["place"] = self.say_all([*place, filmed])
        if cycle.review:
            spreads.append(self.review(cycle, cycle.review))
            held = self.words.day(cycle.review.held)
            spreads[-1]["place"] = self.say_all([name, held] if cycle.moments else [label, held])
        for spread in spreads:
            spread["chapter"] = self.say(name) if spread is spreads[0] else None
        return spreads

    def moment(self, moment: Moment) -> Given:
        """Its pictures on one page, what was said of it on the other."""
        _ = self.words.translations.gettext
        under = len(moment.title) <= _LONG_TITLE
        beside = [moment.caption] if moment.caption else []
        if moment.principles:
            names = self.words.setting.within(" · ".join(moment.principles))
            beside.append(_("Principles: %(names)s") % {"names": names})
        words = list(moment.parent_said) or beside[:1] or ([moment.title] if under else [])
        if not moment.parent_said:
            beside = beside[1:]
        return {
            "kind": "moment",
            "strip": self.strip(moment),
            "title": self.say(moment.title),
            "title_under": under,
            "words": self.say_all(words),
            "beside": self.say_all(beside),
            "heard": self.say_all(self.heard(moment)),
        }

    def heard(self, moment: Moment) -> list[str]:
        """What can be heard in its clip."""
        return [line.text for line in moment.clip.subtitles] if moment.clip else []

    def review(self, cycle: Cycle, review: Review) -> Given:
        """The parent's words on one page, what was found together on the other."""
        _ = self.words.translations.gettext
        agreed = _("What we tried next") if self.shown.closing else _("What we agreed to try")
        parts = [
            self.part(_("Strengths we saw"), review.strengths),
            self.part(agreed, review.next),
            self.part(_("What comes next"), [review.decision] if review.decision else []),
        ]
        face = None if review.parent_said else face_of(cycle)
        return {
            "kind": "review",
            "heading": _("What we talked about"),
            "words": self.say_all(review.parent_said),
            "strip": self.strip(face) if face else None,
            "parts": [part for part in parts if part["entries"]],
        }

    def ending(self) -> list[Given]:
        """What the family takes with them, what comes next, and what became of their questions."""
        _ = self.words.translations.gettext
        closing = self.shown.closing
        pages: list[Given] = []
        if closing and closing.learned:
            learned = self.say_all(closing.learned)
            pages.append(
                {"kind": "words", "heading": _("What you take with you"), "words": learned}
            )
        if closing:
            steps = [
                self.part(_("Things to do soon"), closing.next_steps),
                self.part(_("Where else you can use it"), closing.carry_on),
                self.part(_("Later"), [closing.top_up] if closing.top_up else []),
            ]
            if held := [part for part in steps if part["entries"]]:
                pages.append({"kind": "parts", "heading": _("Next steps"), "parts": held})
        asked = [
            {"question": self.say(goal.question), "answers": answers}
            for goal in self.shown.goals
            if (answers := self.answers(goal))
        ]
        if asked:
            pages.append({"kind": "answers", "heading": _("Our questions"), "answers": asked})
        return pages

    def answers(self, goal: Goal) -> list[tuple[str, dict[str, str] | None]]:
        """What became of a question: a sentence, and perhaps words of the family's own.

        How it felt is among it where the family chose to keep that.
        """
        _ = self.words.translations.gettext
        sentences = {
            "now": _("Later you asked it like this:"),
            "met": _("You said: this is how it is now."),
            "dropped": _("You let this question go, because other things matter more now."),
        }
        found = [
            (sentences[outcome.what], self.say(outcome.question) if outcome.question else None)
            for outcome in goal.outcomes
        ]
        if goal.ratings:
            found.append((_("How it felt to you, from 0 to 10"), self.say(self.felt(goal))))
        return found

    def felt(self, goal: Goal) -> str:
        """`Start: 3 · Film 1: 4`."""
        _ = self.words.translations.gettext
        labels = {cycle.number: cycle_label(cycle, self.words) for cycle in self.shown.cycles}
        rated = [
            _("%(when)s: %(number)d")
            % {"when": labels.get(rating.cycle or 0, _("Start")), "number": rating.value}
            for rating in goal.ratings
        ]
        return " · ".join(rated)

    def message(self) -> dict[str, str] | None:
        """The letter at the end."""
        closing = self.shown.closing
        return self.say(closing.message) if closing and closing.message else None

    def part(self, heading: str, entries: Iterable[str]) -> Given:
        """A heading and what stands below it."""
        return {"heading": self.say(heading), "entries": self.say_all(entries)}

    def strip(self, moment: Moment) -> Given:
        """A moment's pictures, as large as they may be; the template makes room for words."""
        width, height = self.paper.room
        numbered = iter(enumerate(moment.pictures, 1))
        found = rows(moment.pictures, (width, height * _PICTURES))
        return {
            "width": max(row_width(row) for row in found),
            "height": column_height(found),
            "gap": GAP,
            "rows": [
                [
                    self.placed(picture, each, self.alternative(moment, number))
                    for each, (number, picture) in zip(row, numbered, strict=False)
                ]
                for row in found
            ],
        }

    def alternative(self, moment: Moment, number: int) -> str:
        """A picture in words."""
        _ = self.words.translations.gettext
        if len(moment.pictures) == 1:
            return moment.title
        return _("%(title)s: picture %(number)d of %(count)d") % {
            "title": self.words.setting.within(moment.title),
            "number": number,
            "count": len(moment.pictures),
        }

    def placed(self, picture: Picture, size: Size, alternative: str) -> Given:
        """A picture at its size on paper, with as many pixels as paper can use."""
        image = chosen(picture, size[0])
        name = image.uri.rpartition("/")[2]
        self.pictures[name] = image.uri
        return {"file": name, "width": size[0], "height": size[1], "alt": alternative}
