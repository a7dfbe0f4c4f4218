"""Writes the Markdown of an edition from its projection and the templates. Pure: no file."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from vigsite.pages.chart import goal_chart
from vigsite.pages.escape import one_line
from vigsite.pages.shown import Clip, Cycle, Goal, Moment, Picture, Shown, Subtitle
from vigsite.pages.words import Words, words_for

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of Markdown."""

    uri: str
    """Address within the docs folder: `cycle-1.md`."""
    title: str
    """Its name in the navigation, as plain text."""
    text: str


def write_pages(shown: Shown) -> list[Page]:
    """Every page of the edition, in the order of the navigation."""
    words = words_for(shown.language)
    environment = environment_for(words)
    _ = words.translations.gettext

    def page(uri: str, title: str, **more: Any) -> Page:
        template = more.pop("template", uri.removesuffix(".md"))
        context = {"shown": shown, "title": title, **more}
        text = environment.get_template(f"{template}.md.j2").render(context)
        return Page(uri, title, text.strip() + "\n")

    places = _deck_places(shown)
    newest = list(places.values())[-1] if places else ""
    pages = [page("index.md", _("Home"), hero=hero_of(shown), newest=newest)]
    if shown.has_deck:
        pages.append(page("deck.md", _("Look together")))
    pages += [
        page(
            cycle.page_uri,
            cycle_title(cycle, words),
            cycle=cycle,
            place=places.get(cycle.number, ""),
            template="cycle",
        )
        for cycle in shown.cycles
    ]
    if shown.goals:
        pages.append(page("goals.md", _("Our questions"), charts=_charts(shown, words)))
    if shown.has_deck or _anything_seen(shown):
        pages.append(page("seen.md", _("What we have seen")))
    if shown.has_deck or _anything_next(shown):
        pages.append(page("next.md", _("Next steps")))
    pages += [
        page("keep.md", _("To keep")),
        page("about.md", _("About these pages")),
    ]
    return pages


def cycle_title(cycle: Cycle, words: Words) -> str:
    """What a cycle's page is called: its setting, else its number."""
    return cycle.setting or cycle_label(cycle, words)


def cycle_label(cycle: Cycle, words: Words) -> str:
    """`Film 2` or, for a top-up, `One more film`."""
    _ = words.translations.gettext
    return _("One more film") if cycle.top_up else _("Film %(number)d") % {"number": cycle.number}


@lru_cache(maxsize=8)
def environment_for(words: Words, templates: Path = _TEMPLATES) -> jinja2.Environment:
    """Whatever a template prints is escaped, unless a function here marked it as safe."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        finalize=one_line,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  # `finalize` escapes for Markdown and HTML at once
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    environment.filters |= {
        "safe_html": Markup,
        "heading": words.setting.heading,
        "inline": words.setting.inline,
        "paragraphs": words.setting.paragraphs,
        "quote": words.setting.quote,
        "within": words.setting.within,
        "day": words.day,
    }
    environment.globals |= {
        "words": words,
        "cycle_title": lambda cycle: cycle_title(cycle, words),
        "cycle_label": lambda cycle: cycle_label(cycle, words),
        "face_of": face_of,
        "srcset": srcset,
        "track_src": track_src,
        "seconds": seconds,
    }
    return environment


def srcset(picture: Picture) -> Markup:
    """The value of a `srcset` attribute."""
    return Markup(", ".join(f"{image.uri} {image.width}w" for image in picture.images))


def seconds(milliseconds: int) -> str:
    """`6.8`: a time in a clip, for scripts."""
    return f"{milliseconds / 1000:.3f}".rstrip("0").rstrip(".")


def track_src(clip: Clip) -> Markup:
    """A clip's captions as a `data:` address; browsers refuse a caption file from `file://`."""
    lines = "\n\n".join(_cue(subtitle) for subtitle in clip.subtitles)
    encoded = base64.b64encode(f"WEBVTT\n\n{lines}\n".encode()).decode()
    return Markup(f"data:text/vtt;base64,{encoded}")


def _cue(subtitle: Subtitle) -> str:
    text = html.escape(subtitle.text, quote=False)
    return f"{_vtt_time(subtitle.start_ms)} --> {_vtt_time(subtitle.end_ms)}\n{text}"


def _vtt_time(milliseconds: int) -> str:
    seconds_, rest = divmod(milliseconds, 1000)
    minutes, seconds_ = divmod(seconds_, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds_:02d}.{rest:03d}"


def _deck_places(shown: Shown) -> dict[int, Markup]:
    """Where in the deck each cycle's moments start, by the cycle's number; none without deck."""
    found: dict[int, Markup] = {}
    for number, (cycle, _moment) in enumerate(shown.moments if shown.has_deck else (), 1):
        found.setdefault(cycle.number, Markup(f"#slide-{number}"))
    return found


def _anything_seen(shown: Shown) -> bool:
    """Whether the page of what was seen would hold anything; in a keepsake it else stays away."""
    reviews = [cycle.review for cycle in shown.cycles if cycle.review]
    said = any(moment.parent_said for _, moment in shown.moments)
    learned = shown.closing is not None and bool(shown.closing.learned)
    return said or learned or any(review.strengths or review.parent_said for review in reviews)


def _anything_next(shown: Shown) -> bool:
    """Whether the page of next steps would hold anything."""
    ending = shown.closing
    if ending and (ending.next_steps or ending.carry_on or ending.top_up):
        return True
    return any(cycle.review.next for cycle in shown.cycles if cycle.review)


def hero_of(shown: Shown) -> tuple[Cycle, Moment] | None:
    """What the home page opens with: a chosen still, else a sequence, else a poster; of those, the
    first of which the parent said something."""
    return min(
        shown.moments,
        key=lambda at: (at[1].clip is not None, len(at[1].pictures) > 1, not at[1].parent_said),
        default=None,
    )


def face_of(cycle: Cycle) -> Moment | None:
    """The moment that stands for a cycle: the first of which the parent said something."""
    return min(cycle.moments, key=lambda moment: not moment.parent_said, default=None)


def _charts(shown: Shown, words: Words) -> list[Markup]:
    """A chart for each goal, empty where nothing was rated; none at all when nothing was."""
    _ = words.translations.gettext
    used = {rating.cycle for goal in shown.goals for rating in goal.ratings}
    columns: list[tuple[int | None, str]] = [(None, _("Start"))] if None in used else []
    columns += [
        (cycle.number, cycle_label(cycle, words)) for cycle in shown.cycles if cycle.number in used
    ]
    if not columns:
        return []
    return [_chart(goal, number, columns, words) for number, goal in enumerate(shown.goals, 1)]


def _chart(goal: Goal, number: int, columns: list[tuple[int | None, str]], words: Words) -> Markup:
    if not goal.ratings:
        return Markup("")
    _ = words.translations.gettext
    labels = [label for _number, label in columns]
    values = _values(goal, columns)
    return goal_chart(
        _("How it felt to you, from 0 to 10"),
        _described(goal.question, values, labels, words),
        labels,
        values,
        number=number,
        mirrored=words.direction == "rtl",
    )


def _described(
    question: str, values: tuple[int | None, ...], labels: list[str], words: Words
) -> str:
    """A chart in a sentence, for who does not see it."""
    _ = words.translations.gettext
    rated = [
        # For translators: a place in time and the number then, such as "Film 2: 7".
        _("%(when)s: %(number)d") % {"when": label, "number": value}
        for label, value in zip(labels, values, strict=True)
        if value is not None
    ]
    return f"{words.setting.within(question)} {' · '.join(rated)}"


def _values(goal: Goal, columns: list[tuple[int | None, str]]) -> tuple[int | None, ...]:
    by_cycle = {rating.cycle: rating.value for rating in goal.ratings}
    return tuple(by_cycle.get(cycle) for cycle, _label in columns)
