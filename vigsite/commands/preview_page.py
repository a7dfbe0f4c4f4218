"""The page to look at: each picture as it was filmed, with its boxes, beside what is published.

What is shown as published is read from the finished clip or still itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import jinja2

from vigsite.case.case import Case
from vigsite.case.fields import Box
from vigsite.case.timecode import format_time
from vigsite.files.atomic import workspace
from vigsite.media import ffmpeg
from vigsite.media.job import make
from vigsite.media.plan import Job, MomentPlan
from vigsite.media.recipes.hand_edits import box_at, since, worth_a_look
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import Quality, still_recipe
from vigsite.media.recordings.probe import probe
from vigsite.media.recordings.recording import Recording
from vigsite.media.recordings.waveform import outline
from vigsite.media.render import cores
from vigsite.media.stretches import stretches_in
from vigsite.protection.known_moments import ToConfirm
from vigsite.records.record import Answer
from vigsite.resources import PACKAGE
from vigsite.terminal.quoting import in_shell

PAGE = "look.html"
_TEMPLATES = PACKAGE / "pages" / "templates"
_LOOKING = Quality("ultrafast", 30, 960, 960, small_stills=True)
"""Of the pictures on the page."""
_PARTS = 250
"""Of a sound's outline."""
Corners = tuple[float, float, float, float]
"""x, y, width and height in fractions of the whole picture."""


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """A moment for the page."""

    plan: MomentPlan
    what: ToConfirm
    answer: Answer | None
    """What a person said of exactly this before."""


@dataclass(frozen=True, slots=True)
class _Pair:
    time: str
    what: str
    """What happens there: `the box begins`."""
    filmed: str
    """Names of its two pictures beside the page."""
    published: str
    boxes: tuple[Corners, ...]


@dataclass(frozen=True, slots=True)
class _Heard:
    filmed: str
    """Outlines as paths of an SVG, 1000 wide and 100 high."""
    published: str
    mutes: tuple[tuple[int, int], ...]
    """Where muted stretches start, and how wide they are."""


@dataclass(slots=True)
class _Shown:
    """A moment on the page."""

    name: str
    title: str
    shows: str
    done: str
    standing: str
    crop: Corners | None
    clip: str = ""
    heard: _Heard | None = None
    pairs: list[_Pair] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Picture:
    """One frame of a film, to be drawn for the page."""

    film: Path
    recording: Recording
    time_ms: int
    name: str

    def draw(self, folder: Path, scratch: Path) -> None:
        """Writes it into a folder, untouched."""
        cut = self.recording.single(self.time_ms)
        stored = self.recording.in_cut(cut, stretches_in(self.film, self.recording, cut))
        recipe = still_recipe(stored, cut, Look(), _LOOKING)
        with workspace(scratch) as made:
            what = f"The picture of {self.film.name} at {format_time(self.time_ms)}"
            make(recipe, self.film, made, what, ffmpeg.Stop())
            shutil.move(made / recipe.pictures[-1].name, folder / self.name)  # staged


def write_page(
    folder: Path,
    case: Case,
    wanted: Sequence[ToLookAt],
    probed: Mapping[Path, Recording],
    folders: Mapping[str, Path],
    scratch: Path,
) -> None:
    """Writes the page and its pictures into an empty folder; `folders` holds the finished media."""
    looks: list[_Shown] = []
    pictures: list[_Picture] = []
    for number, one in enumerate(wanted, 1):
        shown = _shown(case, one)
        for place, job in enumerate(one.plan.jobs, 1):
            made, stem = folders[job.key], f"{number}-{place}"
            bare = bool(one.what.vanished or one.what.doubtful)
            pictures += _look_at(shown, job, probed[job.recording], made, folder, stem, bare=bare)
        looks.append(shown)
    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(lambda picture: picture.draw(folder, scratch), pictures))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    page = environment.get_template("preview.html.j2").render(
        slug=case.slug, case=in_shell(case.directory), looks=looks
    )
    (folder / PAGE).write_text(page, encoding="utf-8")  # staged


def done_to(one: ToLookAt) -> str:
    """What was done to a moment: `blurred in 2 places, cropped, muted 0:45 - 0:46`.

    First what protected it before and does not any more, and what of its times is doubtful.
    """
    written = one.plan.moment.written
    found = [why for why in (one.what.vanished, one.what.doubtful) if why]
    if count := len(written.blur):
        found.append("blurred" if count == 1 else f"blurred in {count} places")
    if written.crop:
        found.append("cropped")
    if written.mute is True:
        found.append("muted throughout")
    elif written.mute:
        stretches = [f"{format_time(m.start)} - {format_time(m.end)}" for m in written.mute]
        found.append(f"muted {', '.join(stretches)}")
    return ", ".join(found)


def _shown(case: Case, one: ToLookAt) -> _Shown:
    moment, answer = one.plan.moment, one.answer
    standing = "Waits for your look."
    if answer:
        said = "you confirmed it" if answer.yes else "you said it is not right"
        standing = f"On {answer.on} {said}."
    return _Shown(
        name=moment.name,
        title=moment.written.title,
        shows=", ".join(case.called(person) for person in sorted(moment.shows)),
        done=done_to(one),
        standing=standing,
        crop=_corners(moment.written.crop) if moment.written.crop else None,
    )


def _look_at(
    shown: _Shown,
    job: Job,
    recording: Recording,
    made: Path,
    folder: Path,
    stem: str,
    *,
    bare: bool,
) -> Iterator[_Picture]:
    """Adds a clip or still to a moment; yields the pictures that are to be drawn for it.

    `bare` is a moment that lost a protection or has a doubtful time: it is looked at all along, as
    a covered one is.
    """
    clip = job.recipe.clip
    if clip is None:
        fitting = [p for p in job.recipe.pictures if p.width <= _LOOKING.long_side]
        still = (fitting or job.recipe.pictures)[-1]
        shutil.copyfile(made / still.name, folder / f"{stem}-1-published.jpg")  # staged
        film, published = made / still.name, None
    else:
        film, published = made / clip.name, probe(made / clip.name)
        shutil.copyfile(film, folder / f"{stem}.mp4")  # staged
        shown.clip = f"{stem}.mp4"
        if job.look.silent or job.look.mutes:
            shown.heard = _heard(job, recording, film, published)
        if not (job.look.covers or job.look.crop or bare):
            return
    frames = worth_a_look(recording, job.cut, job.look, everywhere=bare)
    for place, (frame, marks) in enumerate(frames.items(), 1):
        filmed, made_name = f"{stem}-{place}-filmed.jpg", f"{stem}-{place}-published.jpg"
        time_ms, at = recording.time_of(frame), since(recording, job.cut, frame)
        boxes = [box for cover in job.look.covers if (box := box_at(cover, at))]
        what = ", ".join(marks) if clip else ""
        corners = tuple(_corners(box) for box in boxes)
        shown.pairs.append(_Pair(format_time(time_ms), what, filmed, made_name, corners))
        yield _Picture(job.recording, recording, time_ms, filmed)
        if clip and published:
            yield _Picture(film, published, clip.frozen_ms(time_ms), made_name)


def _heard(job: Job, recording: Recording, film: Path, published: Recording) -> _Heard:
    cut, look = job.cut, job.look
    filmed = outline(job.recording, recording, recording.begins_us(cut), cut.length_us, _PARTS)
    heard = outline(film, published, 0, published.end_us, _PARTS)
    length_s = cut.length_us / 1e6
    mutes = (
        [(0, 1000)]
        if look.silent
        else [
            (round(1000 * float(start) / length_s), round(1000 * float(end - start) / length_s))
            for start, end in look.mutes
        ]
    )
    return _Heard(_drawn(filmed), _drawn(heard), tuple(mutes))


def _drawn(loudness: Sequence[float]) -> str:
    """An outline as a path: a line in the middle where it is silent."""
    step = 1000 / len(loudness)
    bars = []
    for place, value in enumerate(loudness):
        high = round(min(1.0, value) ** 0.5 * 96) + 2
        bars.append(
            f"M{place * step:.1f} {50 - high / 2:g}h{step * 0.7:.1f}v{high}h-{step * 0.7:.1f}z"
        )
    return "".join(bars)


def _corners(box: Box) -> Corners:
    return float(box.x), float(box.y), float(box.width), float(box.height)
