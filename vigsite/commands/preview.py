"""Which moments and sentences a person has to look at, the page that shows them, and the answers.

The page shows what the boxes hide, so it lies in the case's private folder and nowhere else.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vigsite.building.asked import all_asked
from vigsite.building.examine import Examined, examine
from vigsite.building.open_case import open_case
from vigsite.case.faults import CaseFaults
from vigsite.commands.preview_page import PAGE, ToLookAt, done_to, write_page
from vigsite.erasure.private_media import stamp_of
from vigsite.files.atomic import delete, private_folder, recover, staging_for, swap_in
from vigsite.files.private_mark import mark_files
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.plan import Job
from vigsite.media.recipes.recipe import FULL
from vigsite.media.render import Kitchen, Told, render
from vigsite.protection.confirmations import Known, answers, is_confirmed, keep_answer
from vigsite.protection.known_moments import ToConfirm, remember_moments
from vigsite.records.case_folder import Records


@dataclass(frozen=True, slots=True)
class Asked:
    """One moment, or one sentence, that a person is asked about."""

    name: str
    """A moment's name; a sentence itself."""
    what: ToConfirm
    """What exactly was shown."""
    done: str
    """`blurred in 2 places, muted 0:45 - 0:46`; `may name Will`."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What there is to look at."""

    records: Records
    page: Path | None
    """None when no moment waits."""
    asked: tuple[Asked, ...]
    confirmed: frozenset[str]
    """The moments that are confirmed already, by name."""
    read: frozenset[str] = frozenset()
    """The sentences that are."""

    def answer(self, asked: Asked, *, yes: bool) -> None:
        """Keeps what a person said of a moment that the page shows."""
        with self.records.locked():
            keep_answer(self.records, asked.name, asked.what, yes=yes, on=dt.date.today())


def make_preview(
    given: Path,
    *,
    everything: bool,
    said: Callable[[str], None],
    planned: Callable[[Sequence[Job]], None] | None = None,
    told: Told | None = None,
) -> Preview:
    """Writes the page with every moment that waits for a look, or with every one there is.

    Sites that consent no longer allows go first; `said` is told of them.
    Makes the clips and stills that are not made yet, as a build would. Raises CaseFaults when the
    case cannot be read whole.
    """
    with open_case(given, dt.date.today(), said) as opened:
        records, library = opened.records, opened.library
        version = records.ffmpeg_version(ffmpeg.program(), ffmpeg.version)
        examined = examine(opened.read, library, FULL, version)
        case = examined.case
        if case is None or examined.report.faults:
            raise CaseFaults(examined.report.faults)
        today = dt.date.today()
        remember_moments(records, examined.plan, case, today, library)
        records.mark_all()
        asked_of = all_asked(case, examined.plan, records.known(), today, library)
        known = answers(records)
        wanted, confirmed = _wanted(asked_of, examined, known, everything)
        sentences, read_before = _sentences(asked_of, known, everything)
        target = private_folder(records.previews) / "look"
        recover(target)
        if not wanted:
            delete(target)
            return Preview(records, None, sentences, confirmed, read_before)
        kitchen = Kitchen(Cache(records.folder / "cache"), library, records.scratch, told=told)
        jobs = list({job.key: job for one in wanted for job in one.plan.jobs}.values())
        if planned is not None:
            planned(jobs)
        folders = render(jobs, kitchen)
        staging = staging_for(target)
        try:
            with contextlib.ExitStack() as watch:
                for film in {job.recording for job in jobs}:
                    watch.enter_context(library.watched(film))
                write_page(staging, case, wanted, examined.probed, folders, records.scratch)
            mark_files(staging, records.known().id, stamp_of(case.taken_back))
            swap_in(staging, target)
        finally:
            delete(staging)
    asked = tuple(Asked(one.plan.moment.name, one.what, done_to(one)) for one in wanted)
    return Preview(records, target / PAGE, (*asked, *sentences), confirmed, read_before)


def _wanted(
    asked: Mapping[str, ToConfirm],
    examined: Examined,
    known: Known,
    everything: bool,
) -> tuple[list[ToLookAt], frozenset[str]]:
    """The moments to look at, and which are confirmed."""
    moments = {name: what for name, what in asked.items() if not what.may_name}
    done = frozenset(name for name, what in moments.items() if is_confirmed(known, name, what))
    wanted = [
        ToLookAt(examined.plan.moments[name], what, next(reversed(known.get(what.guard, ())), None))
        for name, what in moments.items()
        if everything or name not in done
    ]
    return wanted, done


def _sentences(
    asked: Mapping[str, ToConfirm], known: Known, everything: bool
) -> tuple[tuple[Asked, ...], frozenset[str]]:
    """The sentences to read, and which are confirmed."""
    sentences = {name: what for name, what in asked.items() if what.may_name}
    done = frozenset(name for name, what in sentences.items() if is_confirmed(known, name, what))
    left = [
        Asked(name, what, _done_to_sentence(what))
        for name, what in sentences.items()
        if everything or name not in done
    ]
    return tuple(left), done


def _done_to_sentence(what: ToConfirm) -> str:
    place = f"{what.place}; " if what.place else ""
    return f"{place}may name {what.may_name}, which never_show has"
