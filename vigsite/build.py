"""The order of the steps from a case to its published sites, and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as installed
from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.consent import Admission, admit
from vigsite.case.faults import Report
from vigsite.case.fields import Edition
from vigsite.case.load import find_case, load_case
from vigsite.errors import CaseFaults, InputError, VigsiteError
from vigsite.examine import Examined, examine
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.library import Library
from vigsite.media.plan import Job, Plan, plan_media
from vigsite.media.recipe import DRAFT, FULL
from vigsite.media.render import Kitchen, Told, render
from vigsite.pages.edition import Shown
from vigsite.pages.project import project, pseudonyms
from vigsite.pages.words import missing_words
from vigsite.publish import (
    could_not,
    private_folder,
    recover,
    staging_for,
    swap_in,
    sweep,
    workspace,
)
from vigsite.records import Records, Site, files_of
from vigsite.resources import code_fingerprint
from vigsite.unpublish import unpublish

DEFAULT_EDITIONS = (Edition.REVIEW, Edition.KEEPSAKE)
_SHAPING = ("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "babel", "ffmpeg-python", "av")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a build is asked for."""

    editions: tuple[Edition, ...] = ()
    """Asked for by name; empty for the usual two."""
    out: Path = Path("sites")
    draft: bool = False
    jobs: int = 0
    today: dt.date | None = None
    """The day consent is asked for; today when left out."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how the work goes on."""

    said: Callable[[str], None]
    planned: Callable[[Sequence[Job]], None]
    told: Told | None = None
    command: Callable[[str], None] | None = None


@dataclass(slots=True)
class Built:
    """What a build did, in sentences and paths."""

    slug: str
    sites: dict[Edition, Path] = field(default_factory=dict)
    unchanged: set[Edition] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def build_case(given: Path, wish: Wish, watcher: Watcher) -> Built:
    """Builds the editions of one case.

    Raises CaseFaults or InputError when the case is wrong, and other VigsiteErrors when something
    failed; sites built before stay as they were, unless consent no longer allows them.
    """
    directory = find_case(given)
    records = Records(directory.absolute())
    today = wish.today or dt.date.today()
    targets = {edition: _target(directory, wish, edition) for edition in Edition}
    _refuse_overlap(records.case_dir, targets)
    with records.locked():
        for target in targets.values():
            recover(target)
        sweep(records.scratch)
        read = load_case(directory)
        for sentence in unpublish(read.case, records, today) if read.case else ():
            watcher.said(sentence)
        library = Library(records.folder / "recordings")
        version = records.ffmpeg_version(ffmpeg.program(), ffmpeg.version)
        examined = examine(read, library, DRAFT if wish.draft else FULL, version)
        case, report = examined.case, examined.report
        built = Built(records.case_dir.name, notices=[str(notice) for notice in report.notices])
        if case is None or report.faults:
            raise CaseFaults(report.faults)
        kitchen = Kitchen(
            Cache(records.folder / "cache"),
            library,
            records.scratch,
            workers=wish.jobs,
            told=watcher.told,
            on_command=watcher.command,
        )
        admissions = _admissions(case, wish, today, built)
        if words_missing := missing_words(case.written.language):
            built.sentences.append(words_missing)
        shown = {a.edition: project(case, a, examined.plan) for a in admissions}
        due = []
        for admission in admissions:
            stamp = _stamp(shown[admission.edition])
            target = targets[admission.edition]
            built.sites[admission.edition] = target
            if _holds(records, target, stamp):
                built.unchanged.add(admission.edition)
            else:
                due.append((admission, stamp, target))
        if due:
            _make(case, due, shown, examined.plan, kitchen, records, watcher)
            kitchen.cache.prune(_wanted(case, examined, library, version, today))
        return built


def _target(directory: Path, wish: Wish, edition: Edition) -> Path:
    return (wish.out / directory.resolve().name / edition.value).absolute()


def _refuse_overlap(case_dir: Path, targets: dict[Edition, Path]) -> None:
    """A site inside the case, or the case inside a site, would eat one another."""
    for target in targets.values():
        real, case = target.resolve(), case_dir.resolve()
        if real.is_relative_to(case) or case.is_relative_to(real):
            raise InputError(
                f"{target} and the case {case_dir} lie inside one another; "
                "choose another place with --out."
            )


def _admissions(case: Case, wish: Wish, today: dt.date, built: Built) -> list[Admission]:
    """The editions to build, with what they admit; says what is left out and why."""
    found = []
    for edition in wish.editions or DEFAULT_EDITIONS:
        admission = admit(case, edition, today)
        if left_out := admission.why_left_out():
            built.sentences.append(left_out)
        if not admission.empty:
            found.append(admission)
            continue
        why = admission.held or ("not agreed yet" if admission.left_out else "no moments yet")
        if edition in wish.editions:
            raise VigsiteError(
                f"{built.slug}: the {edition} cannot be built: {why}. "
                f"{admission.why_left_out() or 'Add moments to a cycle.yml, then build again.'}"
            )
        built.sentences.append(f"{edition}: {why}")
    return found


def _stamp(shown: Shown) -> str:
    """Hash over the projection (with the cache keys of its media), the code and the libraries."""
    libraries = [f"{name}=={installed(name)}" for name in _SHAPING]
    said = "\n".join([code_fingerprint(), *libraries, repr(shown)])
    return hashlib.sha256(said.encode()).hexdigest()


def _holds(records: Records, target: Path, stamp: str) -> bool:
    """Whether the site at `target` was made from the very same, and is still whole."""
    place = records.place(target)
    for site in records.sites():
        if site.path == place and site.stamp == stamp:
            return target.is_dir() and files_of(target) == site.files
    return False


def _make(
    case: Case,
    due: list[tuple[Admission, str, Path]],
    shown: dict[Edition, Shown],
    plan: Plan,
    kitchen: Kitchen,
    records: Records,
    watcher: Watcher,
) -> None:
    """Encodes what is missing, then builds, inspects and publishes each site."""
    names = {name for admission, _, _ in due for name in admission.names}
    jobs = plan.jobs(names)
    watcher.planned(jobs)
    private_folder(records.scratch)
    folders = render(jobs, kitchen)
    for admission, stamp, target in due:
        edition = shown[admission.edition]
        _refuse_foreign(target)
        staging = staging_for(target)
        try:
            _write_site(edition, folders, staging, records.scratch)
            _inspect(case, edition, staging)
            files = files_of(staging)
            swap_in(staging, target)
        finally:
            recover(target)
        people = {moment.name: sorted(moment.shows) for moment in admission.moments}
        place = records.place(target)
        records.remember(Site(place, admission.edition.value, stamp, files, people))


def _refuse_foreign(target: Path) -> None:
    """Never replaces a folder that is not a site of ours."""
    if target.exists() and any(target.iterdir()) and not (target / "assets" / "vig").is_dir():
        raise InputError(
            f"{target} holds other files, so nothing was put there. "
            "Move them away, or choose another place with --out."
        )


def _write_site(shown: Shown, folders: dict[str, Path], staging: Path, scratch: Path) -> None:
    from vigsite.pages.words import words_for
    from vigsite.pages.write import write_pages
    from vigsite.site.finish import finish
    from vigsite.site.mkdocs import build_html

    try:
        with workspace(scratch) as docs:
            build_html(shown, words_for(shown.language), write_pages(shown), docs, staging)
        (staging / "media").mkdir(exist_ok=True)
        for file in shown.media:
            shutil.copyfile(folders[file.key] / file.name, staging / file.uri)
        finish(staging)
    except OSError as error:
        raise could_not("write", staging, error) from error


def _inspect(case: Case, shown: Shown, staging: Path) -> None:
    from vigsite.site.inspect import inspect

    said = repr(shown).casefold()
    whole = list(case.written.never_show)
    parts = {
        part
        for words in whole
        for part in words.split()
        if len(part) >= 4 and part.isalpha() and part.casefold() not in said
    }
    if shown.edition is Edition.SUPERVISION:
        whole += list(pseudonyms(case))
    inspect(staging, [*whole, *sorted(parts)], [file.uri for file in shown.media])


def _wanted(
    case: Case, examined: Examined, library: Library, version: str, today: dt.date
) -> set[str]:
    """Cache entries, fine or draft, of moments that some edition admits."""
    names = {name for edition in Edition for name in admit(case, edition, today).names}
    plans = [
        plan_media(case, examined.probed, library, quality, version, Report())
        for quality in (DRAFT, FULL)
    ]
    return {job.key for plan in plans for job in plan.jobs(names)}
