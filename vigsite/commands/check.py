"""What a build would do: editions, moments, length, size and time; estimated, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vigsite.building.asked import all_asked
from vigsite.building.examine import Examined, examine, films_deleted
from vigsite.building.open_case import look_into
from vigsite.case.case import Case
from vigsite.case.consent import Admission, admit, answer
from vigsite.case.editions import DEFAULT_EDITIONS, Purpose
from vigsite.case.faults import Fault
from vigsite.erasure.another_family import another_family
from vigsite.erasure.less_covered import less_covered
from vigsite.erasure.lost_withdrawals import lost_withdrawals
from vigsite.erasure.neighbours import withdrawn_nearby
from vigsite.erasure.server_access import outstaying
from vigsite.erasure.still_there import left_by_killed_runs, no_longer_allowed
from vigsite.media.plan import Job
from vigsite.media.recipes.recipe import FULL
from vigsite.pages.words import missing_words
from vigsite.protection.allowed import Allowance, allowance_of
from vigsite.protection.confirmations import not_recognised_in, waiting
from vigsite.protection.known_case import as_noted
from vigsite.protection.known_films import notice_replaced
from vigsite.protection.known_sentences import sentences_to_confirm, shown_texts
from vigsite.records.case_folder import Records
from vigsite.records.gone_record import is_gone, what_is_unknown
from vigsite.terminal.quoting import in_shell

_BYTES_PER_PIXEL_SECOND = 0.35
"""Of a clip at the usual quality; tests/benchmarks measures it."""
_SECONDS_PER_MEGAPIXEL_SECOND = 0.7
"""To encode a second of film, for every million pixels of it."""
_PAGES_BYTES = 400_000


@dataclass(slots=True)
class Foreseen:
    """What was found and what would be built."""

    slug: str
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    can_be_built: bool = True
    first: str = ""
    """What has to be done before anything can be built; a sentence."""


def foresee(
    given: Path, on: dt.date | None, told: Callable[[str, float], None] | None = None
) -> Foreseen:
    """Reads and plans a case without changing anything of it; what was learnt of its films is kept
    for the next time. `told` is told how long work goes on.

    Raises InputError when it is no case.
    """
    opened = look_into(given, notes=True, step=told)
    records, library, read = opened.records, opened.library, opened.read
    seen = Foreseen(records.case_dir.name, read.report.faults, read.report.notices)
    if read.case is None:
        return seen
    today = on or dt.date.today()
    if is_gone(records.case_dir):
        seen.sentences.append(f"NOW: {what_is_unknown(records.case_dir)}")
    if twice := records.found_twice():
        seen.sentences.append(f"NOW: {twice}")
    if why := another_family(records, read.case):
        seen.sentences.append(f"NOW: {why}")
    nearby = withdrawn_nearby(read.case, records, library, today)
    seen.sentences += [f"NOW: {one}" for one in (*lost_withdrawals(records), *nearby)]
    if allowance := allowance_of(read, records, today):
        seen.sentences += _may_not_stay(allowance, records, given)
    bare = less_covered(read.case, records, library, given, allowance)
    seen.sentences += [f"NOW: {one}" for one in bare if one.is_urgent]
    if read.case.films_deleted:
        seen.sentences.append(films_deleted(read.case.films_deleted))
        seen.can_be_built = False
        return seen
    examined = examine(read, library, FULL, "")
    case, report = examined.case, examined.report
    if case is None:
        return seen
    notice_replaced(case, examined.plan, records.known(), report)
    if words_missing := missing_words(case.written.language):
        seen.sentences.append(words_missing)
    if report.faults:  # what can be told without the films
        asked = sentences_to_confirm(case, shown_texts(case))
        seen.sentences += waiting(records, asked, None)
        return seen
    asked = all_asked(case, examined.plan, records.known(), today, library)
    case = as_noted(case, not_recognised_in(records, asked))
    admissions = [admit(case, edition, today) for edition in DEFAULT_EDITIONS]
    seen.sentences += [_edition(admission, examined) for admission in admissions]
    if all(one.empty for one in admissions):
        seen.can_be_built, seen.first = False, _first(case, admissions, today)
    seen.sentences += waiting(records, asked, None)
    return seen


def _may_not_stay(allowance: Allowance, records: Records, given: Path) -> list[str]:
    """What stands somewhere and may not, with what to do."""
    build = f"`vigsite build {in_shell(given)}`"
    return [
        *(f"{one}; {build} takes it away" for one in no_longer_allowed(allowance, records)),
        *(f"{one}; {build} deletes it" for one in left_by_killed_runs(allowance, records)),
        *(f"NOW: {one}" for one in outstaying(allowance, records, given)),
    ]


def _first(case: Case, admissions: Sequence[Admission], today: dt.date) -> str:
    """Who has to agree before anything is built, and to what."""
    ledger, missing = case.written.consent, dict[str, list[str]]()
    for admission in admissions:
        purpose = Purpose(admission.edition)
        for person in sorted(
            {one for out in admission.left_out for one in out.moment.recognisable}
        ):
            if not answer(ledger, person, purpose, today).agreed:
                missing.setdefault(case.called(person), []).append(purpose)
    if not missing:
        return ""
    who = "; ".join(f"{called} ({', '.join(to)})" for called, to in missing.items())
    return (
        f"Nothing would be built yet. Ask first, and write under consent in case.yml who agreed: "
        f"{who}. `vigsite consent {in_shell(case.directory)}` shows it as a table."
    )


def _edition(admission: Admission, examined: Examined) -> str:
    if admission.empty:
        return f"{admission.edition}: {admission.why_empty()}"
    jobs = examined.plan.jobs(set(admission.names))
    film_ms = sum(job.recipe.clip.length_ms for job in jobs if job.recipe.clip)
    size = _PAGES_BYTES + sum(_bytes(job) for job in jobs)
    effort = 1 + sum(_seconds(job) for job in jobs)
    text = (
        f"{admission.edition}: {_count(len(admission.moments), 'moment')}, "
        f"{_count(round(film_ms / 1000), 'second')} of film, about {max(1, round(size / 1e6))} MB, "
        f"about {max(1, round(effort))} seconds the first time"
    )
    left_out = admission.why_left_out()
    return text + (f". {left_out}" if left_out else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _bytes(job: Job) -> float:
    clip = job.recipe.clip
    pictures = sum(picture.width * picture.height * 0.2 for picture in job.recipe.pictures)
    film = clip.width * clip.height * clip.length_ms / 1000 if clip else 0
    return pictures + film * _BYTES_PER_PIXEL_SECOND


def _seconds(job: Job) -> float:
    clip = job.recipe.clip
    if clip is None:
        return 0.6
    return (
        0.5
        + clip.width
        * clip.height
        / 1e6
        * job.recipe.weight_ms
        / 1000
        * _SECONDS_PER_MEGAPIXEL_SECOND
    )
