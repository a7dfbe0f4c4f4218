"""The order of the steps from a case to its published sites, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from vigsite.case.case import Case
from vigsite.case.consent import Admission, admit
from vigsite.case.editions import Edition
from vigsite.case.faults import Report
from vigsite.case.load import Read, find_case, load_case
from vigsite.errors import CaseFaults, InputError, VigsiteError
from vigsite.examine import Examined, examine
from vigsite.making import Wanted, make, wanted_files, wanted_site
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.library import Library
from vigsite.media.plan import plan_media
from vigsite.media.recipe import QUALITIES, Quality
from vigsite.media.render import Kitchen
from vigsite.order import SHARE, Built, Watcher, Wish
from vigsite.pages.project import project
from vigsite.pages.words import missing_words
from vigsite.publish import delete, parts, private_folder, recover, sweep
from vigsite.records import Records, files_of
from vigsite.share import LONG_SIDE
from vigsite.unchanged import keep
from vigsite.unpublish import Allowance, looks_built, take_away, unpublish
from vigsite.upkeep import still_used

DEFAULT_EDITIONS = (Edition.REVIEW, Edition.KEEPSAKE)
_DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}


def build_case(given: Path, wish: Wish, watcher: Watcher) -> Built:
    """Builds the editions of one case.

    Raises CaseFaults or InputError when the case is wrong, and other VigsiteErrors when something
    failed; sites built before stay as they were, unless consent no longer allows them.
    """
    directory = find_case(given)
    records = Records(directory.resolve())
    today = wish.today or dt.date.today()
    if wish.share and Edition.REVIEW not in (wish.editions or DEFAULT_EDITIONS):
        raise InputError("--share makes the review for a shared screen; add --edition review.")
    targets = {name: _target(directory, wish, name) for name in (*Edition, SHARE)}
    _refuse_overlap(records.case_dir, targets)
    with records.locked():
        read = load_case(directory)
        if allowance := allowance_of(read, today):
            for sentence in unpublish(allowance, records, targets):
                watcher.said(f"{records.case_dir.name}: {sentence}")
        _clean_up(records, targets)
        library = Library(records.folder / "recordings", records.scratch)
        version = records.ffmpeg_version(ffmpeg.program(), ffmpeg.version)
        examined = examine(read, library, _quality(wish, records.scratch), version)
        case, report = examined.case, examined.report
        built = Built(records.case_dir.name, notices=[str(notice) for notice in report.notices])
        if case is None or report.faults:
            raise CaseFaults(report.faults)
        cache = Cache(records.folder / "cache")
        cache.prune(still_used(case, examined, cache, library, version, today))
        kitchen = Kitchen(
            cache,
            library,
            records.scratch,
            workers=wish.jobs,
            told=watcher.told,
            on_command=watcher.command,
            on_damage=built.notices.append,
        )
        admissions = _admissions(case, wish, today, built, records, targets)
        if words_missing := missing_words(case.written.language):
            built.sentences.append(words_missing)
        wanted = _wanted(case, admissions, examined, wish, targets, library, version, records)
        due = []
        for one in wanted:
            built.sites[one.name] = one.target
            if _holds(records, one):
                built.unchanged.add(one.name)
            else:
                _refuse_foreign(records, one.target)
                due.append(one)
        if due:
            make(due, kitchen, records, watcher)
        built.sentences += _stale(case, records, built, today)
        if not (allowance and any(allowance.reasons(site) for site in records.sites())):
            keep(records, wish, built)
        return built


def _quality(wish: Wish, scratch: Path) -> Quality:
    quality = QUALITIES[wish.quality]
    if not wish.hardware:
        return quality
    from vigsite.media.trial import working_encoder

    return replace(quality, encoder=working_encoder(private_folder(scratch)))


def _clean_up(records: Records, targets: dict[str, Path]) -> None:
    """Puts right what a killed run left, at every place that is or may become a site of ours."""
    sweep(records.scratch)
    for part in records.half_written():
        delete(part)
    for target in {*targets.values(), *(records.target(site) for site in records.sites())}:
        if target.parent.is_dir() and records.owns(target.parent) is not False:
            recover(target)
            for part in parts(target.parent):
                delete(part)


def allowance_of(read: Read, today: dt.date) -> Allowance | None:
    """What decides about built sites; None while faults leave open who agreed to what."""
    if read.ledger is None:
        return None
    if read.case is None:
        return Allowance(read.ledger, {}, {}, today)
    shows = {moment.name: moment.shows for moment in read.case.moments}
    held = {edition: admit(read.case, edition, today).held for edition in Edition}
    return Allowance(read.ledger, shows, held, today)


def _stale(case: Case, records: Records, built: Built, today: dt.date) -> list[str]:
    """Sites of other editions or places that still hold a moment they would no longer get."""
    found = []
    for site in records.sites():
        target = records.target(site)
        left = set(site.moments) - set(admit(case, Edition(site.edition), today).names)
        if left and target.exists() and target not in built.sites.values():
            found.append(f"{target} still holds a moment that was taken out; build it again")
    return found


def _target(directory: Path, wish: Wish, name: str) -> Path:
    return wish.out.resolve() / directory.resolve().name / name


def _refuse_overlap(case_dir: Path, targets: dict[str, Path]) -> None:
    """A site inside the case, or the case inside a site, would eat one another."""
    for target in targets.values():
        real, case = target.resolve(), case_dir.resolve()
        if real.is_relative_to(case) or case.is_relative_to(real):
            raise InputError(
                f"{target} and the case {case_dir} lie inside one another; "
                "choose another place with --out."
            )


def _admissions(
    case: Case,
    wish: Wish,
    today: dt.date,
    built: Built,
    records: Records,
    targets: dict[str, Path],
) -> list[Admission]:
    """The editions to build, with what they admit; says what is left out and why."""
    found = []
    for edition in wish.editions or DEFAULT_EDITIONS:
        admission = admit(case, edition, today)
        if left_out := admission.why_left_out():
            built.sentences.append(left_out)
        if not admission.empty:
            found.append(admission)
            continue
        why = admission.why_empty()
        places = [targets[edition]] + ([targets[SHARE]] if edition is Edition.REVIEW else [])
        for site in records.sites():
            if records.target(site) in places:
                built.sentences += take_away(records, site, why)
        if edition in wish.editions:
            raise VigsiteError(f"{built.slug}: the {edition} cannot be built: {why}.")
        built.sentences.append(f"{edition}: {why}")
    return found


def _wanted(
    case: Case,
    admissions: list[Admission],
    examined: Examined,
    wish: Wish,
    targets: dict[str, Path],
    library: Library,
    version: str,
    records: Records,
) -> list[Wanted]:
    """The sites, and with `--share` the files for a meeting."""
    found = []
    for admission in admissions:
        cap = LONG_SIDE if wish.share and admission.edition is Edition.REVIEW else None
        shown = project(case, admission, examined.plan, cap)
        target = targets[admission.edition]
        found.append(wanted_site(case, admission, shown, examined.plan, target, records.scratch))
    for admission in admissions:
        if wish.share and admission.edition is Edition.REVIEW:
            quality = QUALITIES["draft" if wish.quality == "draft" else "share"]
            plan = plan_media(case, examined.probed, library, quality, version, Report())
            found.append(wanted_files(admission, plan, targets[SHARE]))
    return found


def _holds(records: Records, wanted: Wanted) -> bool:
    """Whether the site that is there was made from the very same, and is still whole."""
    target = wanted.target
    made = [s for s in records.sites() if records.target(s) == target and s.stamp == wanted.stamp]
    if not made or not target.is_dir() or target.is_symlink():
        return False
    there = files_of(target)
    return any(site.files == there for site in made)


def _refuse_foreign(records: Records, target: Path) -> None:
    """Never replaces what is not a site of this case."""
    elsewhere = "Move them away, or choose another place with --out."
    if records.owns(target.parent) is False:
        raise InputError(
            f"{target.parent} holds the sites of another case of this name. Choose another place "
            "with --out, or delete that folder if it is not needed any more."
        )
    if target.is_symlink():
        raise InputError(f"{target} is a link; put a folder there, or choose another --out.")
    if not target.exists():
        return
    known = [site for site in records.sites() if records.target(site) == target]
    there = [path for path in target.rglob("*") if path.is_file()] if target.is_dir() else [target]
    ours = {name for site in known for name in site.files}
    if not known and looks_built(target):
        return
    strange = sorted(
        name
        for path in there
        if (name := path.relative_to(target).as_posix()) not in ours and path.name not in _DROPPINGS
    )
    if strange:
        raise InputError(
            f"{target} holds other files ({', '.join(strange[:3])}), so nothing was put there. "
            + elsewhere
        )
