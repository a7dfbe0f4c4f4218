"""From a case to the projection of one edition: the only place that sees both.

Each value passes here by name, or it does not reach a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from vigsite.case import case as the_case
from vigsite.case.case import Case
from vigsite.case.case_file import KeepsakeParts
from vigsite.case.consent import Admission
from vigsite.case.cycle_file import Review as WrittenReview
from vigsite.case.editions import Edition, Purpose
from vigsite.case.pseudonyms import pseudonyms
from vigsite.media.plan import MomentPlan, Plan
from vigsite.media.recipes.recipe import Clip as MadeClip
from vigsite.pages.direction import settled
from vigsite.pages.shown import (
    Clip,
    Closing,
    Cycle,
    Goal,
    Image,
    MediaFile,
    Moment,
    Outcome,
    Picture,
    Rating,
    Review,
    Shown,
    Subtitle,
)

Say = Callable[[str | None], str]
"""Turns a text into what the edition says: itself, or with pseudonyms."""


def project(case: Case, admission: Admission, plan: Plan, cap: int | None = None) -> Shown:
    """What the edition says, of the admitted moments.

    `cap` leaves pictures out whose longer side has more pixels, where there is a smaller one.
    """
    return _Projector(case, admission, plan, _speaker(case, admission.edition), cap).shown()


def _speaker(case: Case, edition: Edition) -> Say:
    if not edition.for_colleagues:
        return lambda text: settled(text or "")
    names = pseudonyms(case)
    return lambda text: settled(names.replaced(text or ""))


@dataclass(slots=True)
class _Projector:
    case: Case
    admission: Admission
    plan: Plan
    say: Say
    cap: int | None = None
    media: list[MediaFile] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        return self.admission.edition

    @property
    def in_depth(self) -> bool:
        """Whether prompts, stops and where the review was held belong to the edition."""
        return not self.edition.is_kept

    @property
    def with_ratings(self) -> bool:
        return self.in_depth or self.case.written.keepsake.ratings

    def say_all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.say(text) for text in texts)

    def shown(self) -> Shown:
        written, admitted = self.case.written, set(self.admission.names)
        kept = [
            cycle
            for cycle in self.case.cycles
            if cycle.written.review or any(moment.name in admitted for moment in cycle.moments)
        ]
        numbers = {cycle.folder: number for number, cycle in enumerate(kept, 1)}
        return Shown(
            edition=self.edition,
            language=written.language,
            title=self.say(written.family.called),
            practitioner=self.say(written.practitioner.called),
            contact=settled(written.practitioner.contact),
            session=self.say(self.case.framework.session),
            goals=tuple(self.goal(name, kept) for name in written.goals),
            cycles=tuple(self.cycle(cycle, numbers[cycle.folder], admitted) for cycle in kept),
            closing=self.closing(),
            media=tuple(self.media),
            palette=written.palette,
            film=self.film(kept, admitted) if self.edition.is_kept else (),
            hosted=Purpose.HOSTING in self.admission.also,
        )

    def film(self, kept: list[the_case.Cycle], admitted: set[str]) -> tuple[tuple[int, int], ...]:
        """The numbers of the moments in the film: those named first, then the others in order."""
        wishes = self.case.written.film
        places = {
            moment.name: (number, position)
            for number, cycle in enumerate(kept, 1)
            for position, moment in enumerate(_admitted(cycle, admitted), 1)
        }
        names = dict.fromkeys([*(wishes.order or ()), *places])
        left_out = set(wishes.leave_out or ())
        return tuple(places[name] for name in names if name in places and name not in left_out)

    def goal(self, name: str, kept: list[the_case.Cycle]) -> Goal:
        goal = self.case.written.goals[name]
        ratings = []
        if self.with_ratings and goal.baseline is not None:
            ratings.append(Rating(None, goal.since, goal.baseline))
        outcomes = []
        for number, cycle in enumerate(kept, 1):
            review = cycle.written.review
            if review is None:
                continue
            if self.with_ratings and name in review.ratings:
                ratings.append(Rating(number, review.held, review.ratings[name]))
            if outcome := review.goals.get(name):
                what = "now" if outcome.now else "met" if outcome.met else "dropped"
                outcomes.append(Outcome(number, what, self.say(outcome.now)))
        return Goal(self.say(goal.question), goal.since, tuple(outcomes), tuple(ratings))

    def cycle(self, cycle: the_case.Cycle, number: int, admitted: set[str]) -> Cycle:
        moments = _admitted(cycle, admitted)
        return Cycle(
            number=number,
            top_up=cycle.written.kind == "top-up",
            filmed=cycle.written.filmed,
            setting=self.say(cycle.written.setting),
            moments=tuple(
                self.moment(moment, number, position) for position, moment in enumerate(moments, 1)
            ),
            review=self.review(cycle.written.review),
        )

    def review(self, review: WrittenReview | None) -> Review | None:
        if review is None:
            return None
        return Review(
            held=review.held,
            where=(review.where or "") if self.in_depth else "",
            parent_said=self.say_all(review.parent_said),
            strengths=self.say_all(review.strengths),
            next=self.say_all(review.next),
            decision=self.say(review.decision),
        )

    def moment(self, moment: the_case.Moment, cycle: int, number: int) -> Moment:
        written = moment.written
        supervision = self.edition.for_colleagues
        principles = written.analysis.principles
        if not (supervision or self.case.written.show_principles):
            principles = []
        stem = f"media/cycle-{cycle}-moment-{number}"
        made = self.plan.moments[moment.name]
        names = [self.case.framework.principle_name(principle) for principle in principles]
        return Moment(
            number=number,
            title=self.say(written.title),
            pictures=self.pictures(made, stem),
            clip=self.clip(moment, made, stem),
            caption=self.say(written.caption),
            parent_said=self.say_all(written.parent_said),
            questions=self.say_all(
                self.case.written.goals[name].question for name in written.goals
            ),
            prompts=self.say_all(written.prompts) if self.in_depth else (),
            principles=self.say_all(name for name in names if name),
            notes=self.say(written.analysis.notes) if supervision else "",
        )

    def pictures(self, made: MomentPlan, stem: str) -> tuple[Picture, ...]:
        found = []
        for position, job in enumerate(made.jobs, 1):
            still = f"{stem}-still-{position}" if len(made.jobs) > 1 else stem
            images: list[Image] = []
            for picture in job.recipe.pictures:
                if images and self.cap and max(picture.width, picture.height) > self.cap:
                    continue
                uri = f"{still}-{picture.width}.jpg"
                self.media.append(MediaFile(job.key, picture.name, uri))
                images.append(Image(uri, picture.width, picture.height))
            found.append(Picture(tuple(images)))
        return tuple(found)

    def clip(self, moment: the_case.Moment, made: MomentPlan, stem: str) -> Clip | None:
        clip = made.jobs[0].recipe.clip
        stills_only = self.case.written.keepsake.parts is KeepsakeParts.STILLS
        if clip is None or (stills_only and self.edition.is_kept):
            return None
        uri = f"{stem}.mp4"
        self.media.append(MediaFile(made.jobs[0].key, clip.name, uri))
        return Clip(
            uri=uri,
            width=clip.width,
            height=clip.height,
            length_ms=clip.length_ms,
            rate=_rate(clip),
            sound=clip.sound,
            subtitles=tuple(
                Subtitle(clip.played_ms(line.start), clip.played_ms(line.end), self.say(line.text))
                for line in moment.written.captions
            ),
            stops_ms=tuple(clip.frozen_ms(time) for time in moment.written.stop_at)
            if self.in_depth
            else (),
        )

    def closing(self) -> Closing | None:
        closing = self.case.closing
        if closing is None:
            return None
        return Closing(
            learned=self.say_all(closing.learned),
            carry_on=self.say_all(closing.carry_on),
            next_steps=self.say_all(closing.next_steps),
            top_up=self.say(closing.top_up),
            message=self.say(closing.message),
        )


def _admitted(cycle: the_case.Cycle, admitted: set[str]) -> list[the_case.Moment]:
    return [moment for moment in cycle.moments if moment.name in admitted]


def _rate(clip: MadeClip) -> str:
    return f"{clip.rate.numerator}/{clip.rate.denominator}"
