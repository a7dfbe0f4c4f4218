"""The order of the steps from a case to its published sites, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from vigsite.building.asked import all_asked
from vigsite.building.examine import Examined, examine
from vigsite.building.meeting_files import LONG_SIDE
from vigsite.building.open_case import open_case, records_of
from vigsite.building.request import (
    Built,
    Said,
    Watcher,
    Wish,
    targets_of,
)
from vigsite.building.sites import Wanted, make, sources_of, wanted_files, wanted_site
from vigsite.building.unchanged import inputs, keep
from vigsite.case.case import Case
from vigsite.case.consent import Admission, admit
from vigsite.case.editions import Edition, Purpose
from vigsite.case.faults import Report
from vigsite.commands.cache import still_used
from vigsite.erasure.less_covered import less_covered
from vigsite.erasure.lost_withdrawals import refuse_lost_withdrawals
from vigsite.erasure.neighbours import refuse_withdrawn_nearby
from vigsite.erasure.server_access import outstaying
from vigsite.erasure.take_away import take_away
from vigsite.errors import CaseFaults, InputError, VigsiteError
from vigsite.files.atomic import private_folder
from vigsite.keepsake.film.forget_withdrawn import forget
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.library import Library
from vigsite.media.plan import plan_media
from vigsite.media.recipes.recipe import QUALITIES, Quality
from vigsite.media.render import Kitchen
from vigsite.pages.projection import project
from vigsite.pages.words import missing_words
from vigsite.protection.allowed import Allowance
from vigsite.protection.confirmations import (
    keep_who_was_not_recognised,
    refuse_unconfirmed,
    waiting,
)
from vigsite.protection.known_case import as_noted
from vigsite.protection.known_films import notice_replaced
from vigsite.protection.known_moments import ToConfirm, remember_moments, to_confirm
from vigsite.protection.known_sentences import sentences_to_confirm
from vigsite.records.case_folder import Records
from vigsite.records.places import (
    clean_up,
    holds,
    refuse_foreign,
    refuse_overlap,
)
from vigsite.records.site_folders import SHARE

DEFAULT_EDITIONS = (Edition.REVIEW, Edition.KEEPSAKE)


def build_case(given: Path, wish: Wish, watcher: Watcher) -> Built:
    """Builds the editions of one case.

    Raises CaseFaults or InputError when the case is wrong, and other VigsiteErrors when something
    failed; sites built before stay as they were, unless consent no longer allows them.
    """
    records = records_of(given)
    today = wish.today or dt.date.today()
    wish = replace(wish, today=today)  # midnight may pass before it is done
    if wish.share and Edition.REVIEW not in (wish.editions or DEFAULT_EDITIONS):
        raise InputError("--share makes the review for a shared screen; add --edition review.")
    targets = targets_of(records.case_dir, wish)
    refuse_overlap(records.case_dir, targets)
    began = inputs(records, wish)
    with open_case(
        given,
        today,
        watcher.said,
        targets=targets,
        also=wish.also,
        hosting=wish.hosting,
        step=watcher.step,
    ) as opened:
        library, allowance = opened.library, opened.allowance
        clean_up(records, targets)
        version = records.ffmpeg_version(ffmpeg.program(), ffmpeg.version)
        examined = examine(opened.read, library, _quality(wish, records.scratch), version)
        case, report = examined.case, examined.report
        if case is not None:
            notice_replaced(case, examined.plan, records.known(), report)
        built = Built(records.case_dir.name, notices=[str(notice) for notice in report.notices])
        if case is None or report.faults:
            raise CaseFaults(report.faults)
        refuse_lost_withdrawals(records, targets.values())
        refuse_withdrawn_nearby(case, records, library, today)
        remember_moments(records, examined.plan, case, today, library)
        if wish.paper:
            targets[Edition.KEEPSAKE] = records.paper
        cache = Cache(records.folder / "cache")
        _forget_unused(case, examined, cache, library, version, today, records)
        kitchen = Kitchen(
            cache,
            library,
            records.scratch,
            workers=wish.jobs,
            told=watcher.told,
            on_command=watcher.command,
            on_damage=built.notices.append,
            cluster=wish.cluster,
        )
        asked = _to_confirm(case, examined, wish, records, library)
        case = as_noted(case, keep_who_was_not_recognised(records, asked.values()))
        admissions = _admissions(case, wish, today, built, records, targets)
        if words_missing := missing_words(case.written.language):
            built.sentences.append(words_missing)
        for admission in admissions:
            said = _said(case, admission, examined, wish, asked[admission.edition])
            built.said[admission.edition] = said
            if wish.hosting:  # what is published there is out of the house
                refuse_unconfirmed(records, said.asked)
        wanted = _wanted(built, examined, wish, targets, library, version, records)
        if due := _due(wanted, records, built):
            make(due, kitchen, records, watcher, today)
        bare = less_covered(case, records, library, given, allowance)
        built.sentences += [
            *map(str, bare),
            *_stale(case, records, built, today, {one.target for one in bare}),
        ]
        waits = all_asked(case, examined.plan, records.known(), today, library)
        built.sentences += waiting(records, waits)
        if inputs(records, wish) != began:
            built.sentences.append(
                "the case was changed while it was built, and not all of that may be in it; build "
                "it again"
            )
        elif not bare and not (allowance and _not_as_agreed(allowance, records, given, wish)):
            keep(records, wish, built, began)
        return built


def _not_as_agreed(allowance: Allowance, records: Records, given: Path, wish: Wish) -> bool:
    """Whether something stays that may not, so that the next run has to tell it again."""
    return any(allowance.reasons(site) for site in records.sites()) or any(
        outstaying(allowance, records, given, wish.hosting)
    )


def _said(
    case: Case,
    admission: Admission,
    examined: Examined,
    wish: Wish,
    asked: dict[str, ToConfirm],
) -> Said:
    """What one edition says; `asked` are the moments in it that a person has to look at."""
    shown = project(case, admission, examined.plan, _cap(wish, admission))
    waits = asked | sentences_to_confirm(case, shown.texts)
    return Said(case, admission, shown, sources_of(admission, examined.plan), waits)


def _to_confirm(
    case: Case, examined: Examined, wish: Wish, records: Records, library: Library
) -> dict[Edition, dict[str, ToConfirm]]:
    """What a person has to look at in each edition, by the moment's name.

    Also in what the notes alone would admit, were it not for somebody who was named before.
    """
    noted, record, today = as_noted(case), records.known(), wish.today or dt.date.today()
    admissions = (
        admit(noted, edition, today, wish.also, and_on=wish.on, paper=wish.paper)
        for edition in wish.editions or DEFAULT_EDITIONS
    )
    return {
        one.edition: to_confirm(examined.plan, one, record, case, today, library)
        for one in admissions
    }


def _due(wanted: list[Wanted], records: Records, built: Built) -> list[Wanted]:
    """What is not there yet as it is wanted; notes the rest as unchanged."""
    due = []
    for one in wanted:
        built.sites[one.name] = one.target
        built.sentences += one.remarks
        if holds(records, one.target, one.stamp):
            built.unchanged.add(one.name)
        else:
            refuse_foreign(records, one.target)
            due.append(one)
    return due


def _forget_unused(
    case: Case,
    examined: Examined,
    cache: Cache,
    library: Library,
    version: str,
    today: dt.date,
    records: Records,
) -> None:
    """Deletes what no admitted moment uses any more, pieces of the film included."""
    cache.prune(still_used(case, examined, cache, library, version, today))
    if records.film.is_dir():
        kept = still_used(case, examined, cache, library, version, today, [Edition.KEEPSAKE])
        forget(Cache(records.film), cache.hashes(kept))


def _quality(wish: Wish, scratch: Path) -> Quality:
    quality = QUALITIES[wish.quality]
    if not wish.hardware:
        return quality
    from vigsite.media.engines.encoder_trial import working_encoder

    return replace(quality, encoder=working_encoder(private_folder(scratch)))


def _stale(
    case: Case, records: Records, built: Built, today: dt.date, but: Collection[Path]
) -> list[str]:
    """Sites of other editions or places that still hold a moment they would no longer get.

    Left out are those that are told of anyway.
    """
    found = []
    for site in records.sites():
        target = records.target(site)
        also = tuple(Purpose(purpose) for purpose in site.also)
        left = set(site.moments) - set(admit(case, Edition(site.edition), today, also).names)
        if left and target.exists() and target not in (*built.sites.values(), *but):
            again = "pack" if site.form else "host" if also else "build"
            found.append(f"{target} still holds a moment that was taken out; {again} it again")
    return found


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
        admission = admit(case, edition, today, wish.also, and_on=wish.on, paper=wish.paper)
        if left_out := admission.why_left_out():
            built.sentences.append(left_out)
        if not admission.empty:
            found.append(admission)
            continue
        why = admission.why_empty()
        places = [targets[edition]] + ([targets[SHARE]] if edition is Edition.REVIEW else [])
        nothing_today = wish.on is None or admit(case, edition, today).empty
        for site in records.sites() if nothing_today else ():
            if records.target(site) in places:
                built.sentences += take_away(records, site, why)
        if edition in wish.editions:
            raise VigsiteError(f"{built.slug}: the {edition} cannot be built: {why}.")
        built.sentences.append(f"{edition}: {why}")
    return found


def _cap(wish: Wish, admission: Admission) -> int | None:
    """The longer side of an edition's largest pictures."""
    return LONG_SIDE if wish.share and admission.edition is Edition.REVIEW else None


def _wanted(
    built: Built,
    examined: Examined,
    wish: Wish,
    targets: dict[str, Path],
    library: Library,
    version: str,
    records: Records,
) -> list[Wanted]:
    """The sites, and with `--share` the files for a meeting."""
    found = []
    for edition, said in built.said.items():
        plan, target = examined.plan, targets[edition]
        found.append(
            wanted_site(said.case, said.admission, said.shown, plan, target, records.scratch)
        )
    review = built.said.get(Edition.REVIEW)
    if wish.share and review is not None:
        quality = QUALITIES["draft" if wish.quality == "draft" else "share"]
        plan = plan_media(review.case, examined.probed, library, quality, version, Report())
        found.append(
            wanted_files(review.case, review.admission, review.shown, plan, targets[SHARE])
        )
    return found
