"""From moments to work: which recipe makes each moment, checked against the recordings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from vigsite.case.case import Case, Cycle, Moment
from vigsite.case.cycle_file import Blur, Near
from vigsite.case.faults import Report
from vigsite.case.misread import doubtful_times
from vigsite.case.timecode import Span, format_time
from vigsite.errors import RecordingError
from vigsite.media.cache import Cache
from vigsite.media.engines.pyav_stills import maker
from vigsite.media.library import Library
from vigsite.media.recipes.hand_edits import guard_of
from vigsite.media.recipes.picture import Cover, Look
from vigsite.media.recipes.recipe import Quality, Recipe, clip_recipe, still_recipe
from vigsite.media.recordings.recording import Cut, Recording
from vigsite.media.recordings.remarks import breaks_off, remarks_on


@dataclass(frozen=True, slots=True)
class Job:
    """One recipe for one recording, with the name of its place in the cache."""

    key: str
    recording: Path
    recipe: Recipe
    what: str
    """For messages: `the clip 1-breakfast/looks-up`."""
    cut: Cut
    look: Look


@dataclass(frozen=True, slots=True)
class MomentPlan:
    """What makes one moment: one job for a clip or still, several for a sequence."""

    moment: Moment
    jobs: tuple[Job, ...]
    guard: str
    """What a person confirms of it (`hand_edits.py`); empty when nothing was changed by hand."""
    recording: str
    """SHA-256 of the recording."""
    doubtful: str = ""
    """What of its times may be meant otherwise (`case/misread.py`), for messages; else empty."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes the moments of a case, by the moment's name."""

    moments: dict[str, MomentPlan]

    def jobs(self, names: set[str] | None = None) -> list[Job]:
        """The jobs of these moments (of all when left out), each once, longest first."""
        found = {
            job.key: job
            for name, plan in self.moments.items()
            if names is None or name in names
            for job in plan.jobs
        }
        return sorted(found.values(), key=lambda job: -job.recipe.weight_ms)


def probe_recordings(case: Case, library: Library, report: Report) -> dict[Path, Recording]:
    """What is in each recording that moments are cut from; faults go to `report`."""
    probed: dict[Path, Recording] = {}
    for cycle in case.cycles:
        for name, written in cycle.written.recordings.items():
            path = case.directory / cycle.folder / written.file
            used = any(moment.recording == path for moment in cycle.moments)
            if not used or path in probed:
                continue
            try:
                probed[path] = library.probe(path)
            except RecordingError as error:
                message = f"names {written.file}, which {error}"
                report.fault(cycle.source, ("recordings", name, "file"), message)
                continue
            for remark in remarks_on(probed[path]):
                message = f"names {written.file}, which {remark}"
                report.notice(cycle.source, ("recordings", name, "file"), message)
    return probed


def plan_media(
    case: Case,
    probed: dict[Path, Recording],
    library: Library,
    quality: Quality,
    ffmpeg_version: str,
    report: Report,
) -> Plan:
    """The jobs of every moment whose times lie inside its recording; faults go to `report`."""
    plans: dict[str, MomentPlan] = {}
    for cycle in case.cycles:
        for moment in cycle.moments:
            recording = probed.get(moment.recording)
            if recording is None or not _inside(moment, recording, cycle, report):
                continue
            _check_blur(moment, recording, cycle, report)
            sha = library.hash_of(moment.recording)
            try:
                recipes = _recipes(moment, recording, library, quality)
            except RecordingError as error:
                message = f"is cut from {moment.recording.name}, which there {error}"
                report.fault(cycle.source, moment.key_path, message)
                continue
            jobs = tuple(
                Job(
                    Cache.key(sha, recipe.arguments, maker() if recipe.still else ffmpeg_version),
                    moment.recording,
                    recipe,
                    what,
                    cut,
                    look,
                )
                for recipe, what, cut, look in recipes
            )
            guard = guard_of(sha, [(job.cut, job.look) for job in jobs])
            doubtful = _doubtful(moment, recording, cycle, report)
            plans[moment.name] = MomentPlan(moment, jobs, guard, sha, doubtful)
    return Plan(plans)


def _doubtful(moment: Moment, recording: Recording, cycle: Cycle, report: Report) -> str:
    """Say what of a moment may not be the pictures that were meant; each doubt is a notice."""
    found, lasts = [], recording.duration_ms
    for doubt in doubtful_times(moment.written, moment.key_path, cycle.source, lasts):
        report.notice(cycle.source, doubt.path, doubt.message)
        if doubt.steers:
            found.append(f"a time of it {doubt.message.partition(';')[0]}")
    return ", ".join(found)


def _inside(moment: Moment, recording: Recording, cycle: Cycle, report: Report) -> bool:
    """Whether every time of the moment lies in the recording."""
    file, lasts = moment.recording.name, f"lasts {format_time(recording.duration_ms)}"
    advice = "Correct the time, or name another recording with `of`."
    if recording.stated_us:
        lasts = breaks_off(recording)
        advice = "Copy it again from the camera or phone, or choose an earlier time."
    sound = True
    if (clip := moment.clip) is not None and clip.end_ms > recording.duration_ms:
        verb = "ends" if clip.start_ms < recording.duration_ms else "starts"
        time = clip.end_ms if verb == "ends" else clip.start_ms
        message = f"{verb} at {format_time(time)}, but {file} {lasts}. {advice}"
        report.fault(cycle.source, (*moment.key_path, "clip"), message)
        sound = False
    for number, time in enumerate(_still_times(moment)):
        if time >= recording.duration_ms:
            key = ("still",) if moment.written.still is not None else ("stills", number)
            message = f"is at {format_time(time)}, but {file} {lasts}. {advice}"
            report.fault(cycle.source, (*moment.key_path, *key), message)
            sound = False
    return sound


def _check_blur(moment: Moment, recording: Recording, cycle: Cycle, report: Report) -> None:
    """Whether each blur of a still covers a picture; one beside them all is surely a mistake."""
    if moment.clip is not None:
        return
    still = moment.written.still
    for number, blur in enumerate(moment.written.blur):
        place = (*moment.key_path, "blur", number)
        if isinstance(still, Near):
            cut = recording.around(still.near, still.within)
            cover = cover_of(blur, recording, cut)
            if cover is None or not cover.whole:
                message = (
                    "does not cover all frames among which the sharpest is looked for; "
                    "give it a time before and one after them"
                )
                report.fault(cycle.source, place, message)
        elif not any(cover_of(blur, recording, recording.single(t)) for t in moment.still_times):
            times = ", ".join(format_time(time) for time in moment.still_times)
            message = f"covers no picture of this moment; its time is {times}"
            report.fault(cycle.source, place, message)


def _still_times(moment: Moment) -> list[int]:
    written = moment.written.still
    return [written.near] if isinstance(written, Near) else moment.still_times


def _recipes(
    moment: Moment, recording: Recording, library: Library, quality: Quality
) -> list[tuple[Recipe, str, Cut, Look]]:
    if moment.clip is not None:
        cut = recording.cut(moment.clip)
        recording = library.in_cut(moment.recording, recording, cut)
        look = _look(moment, recording, cut)
        if recording.has_sound(cut) and not look.silent and not quality.rough:
            look = replace(look, hearing=library.hearing(moment.recording, recording))
        recipe = clip_recipe(recording, cut, look, quality)
        return [(recipe, f"the clip {moment.name}", cut, look)]
    found = []
    for time in _times_of_stills(moment, recording, library):
        cut = recording.single(time)
        look = _look(moment, recording, cut)
        stored = library.in_cut(moment.recording, recording, cut)
        recipe = still_recipe(stored, cut, look, quality)
        found.append((recipe, f"the still {moment.name} at {format_time(time)}", cut, look))
    return found


def _times_of_stills(moment: Moment, recording: Recording, library: Library) -> list[int]:
    """The times of a moment's stills; of a `near` one the sharpest frame's."""
    still = moment.written.still
    if not isinstance(still, Near):
        return moment.still_times
    around = recording.around(still.near, still.within)
    crop_alone = Look(crop=moment.written.crop)
    frame = library.sharpest(moment.recording, recording, around, crop_alone)
    return [recording.time_of(frame)]


def _look(moment: Moment, recording: Recording, cut: Cut) -> Look:
    written = moment.written
    mutes: list[Span] = []
    if isinstance(written.mute, list):
        mutes = [Span(stretch.start, stretch.end) for stretch in written.mute]
    start_us = recording.begins_us(cut)
    covers = [cover for blur in written.blur if (cover := cover_of(blur, recording, cut))]
    return Look(
        covers=tuple(covers),
        crop=written.crop,
        speed=written.slow or Fraction(1),
        silent=written.mute is True,
        mutes=tuple(
            (
                Fraction(max(0, span.start_ms * 1000 - start_us), 1_000_000),
                Fraction(span.end_ms * 1000 - start_us, 1_000_000),
            )
            for span in mutes
        ),
    )


def cover_of(blur: Blur, recording: Recording, cut: Cut) -> Cover | None:
    """The box over the frames of a cut, from the one on screen at `from` on; None when outside."""
    covered = recording.cut(Span(blur.start, max(blur.end, blur.start + 1)))
    first = max(covered.first, cut.first) - cut.first
    after = min(covered.first + covered.frames, cut.first + cut.frames) - cut.first
    if first >= after:
        return None
    start_us = recording.frame_us[cut.first]
    lower, upper = recording.bounds_us(cut.first + first, cut.first + after)
    return Cover(
        whole=after - first == cut.frames,
        from_s=Fraction(lower - start_us, 1_000_000),
        until_s=Fraction(upper - start_us, 1_000_000),
        start_s=Fraction(blur.start * 1000 - start_us, 1_000_000),
        end_s=Fraction(max(blur.end, blur.start + 1) * 1000 - start_us, 1_000_000),
        box=blur.box,
        to_box=blur.to_box or blur.box,
    )
