"""The order of the steps from a case to its published sites, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from vigsite.building.asked import all_asked
from vigsite.building.contents import admissions_of, content_of, stale_sites, to_look_at
from vigsite.building.examine import examine
from vigsite.building.handed_places import refuse_handed_place
from vigsite.building.open_case import open_case, records_of
from vigsite.building.request import Built, Watcher, Wish, targets_of
from vigsite.building.sites import make, not_there_yet, wanted_folders
from vigsite.building.unchanged import inputs, keep
from vigsite.building.used_media import forget_unused
from vigsite.case.editions import Edition
from vigsite.case.faults import CaseFaults
from vigsite.erasure.less_covered import less_covered
from vigsite.erasure.lost_withdrawals import refuse_lost_withdrawals
from vigsite.erasure.neighbours import refuse_withdrawn_nearby
from vigsite.erasure.server_access import outstaying
from vigsite.errors import InputError
from vigsite.files.atomic import private_folder
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.recipes.recipe import QUALITIES, Quality
from vigsite.media.render import Kitchen
from vigsite.pages.words import missing_words
from vigsite.protection.allowed import Allowance
from vigsite.protection.confirmations import (
    keep_who_was_not_recognised,
    refuse_unconfirmed,
    waiting,
)
from vigsite.protection.known_case import as_noted
from vigsite.protection.known_films import notice_replaced
from vigsite.protection.known_moments import remember_moments
from vigsite.records.case_folder import Records
from vigsite.records.places import clean_up, refuse_overlap


def build_case(given: Path, wish: Wish, watcher: Watcher) -> Built:
    """Builds the editions of one case.

    Raises CaseFaults or InputError when the case is wrong, and other VigsiteErrors when something
    failed; sites built before stay as they were, unless consent no longer allows them.
    """
    records = records_of(given)
    today = wish.today or dt.date.today()
    wish = replace(wish, today=today)  # midnight may pass before it is done
    if wish.share and Edition.REVIEW not in wish.every_edition:
        raise InputError("--share makes the review for a shared screen; add --edition review.")
    targets = targets_of(records.case_dir, wish)
    _refuse_misplaced(records, targets, wish)
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
        forget_unused(case, examined, cache, library, version, today, records)
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
        asked = to_look_at(case, examined, wish, records, library)
        case = as_noted(case, keep_who_was_not_recognised(records, asked.values()))
        admissions = admissions_of(case, wish, today, built, records, targets)
        if words_missing := missing_words(case.written.language):
            built.sentences.append(words_missing)
        for admission in admissions:
            said = content_of(case, admission, examined, wish, asked[admission.edition])
            built.said[admission.edition] = said
            if wish.hosting:  # what is published there is out of the house
                refuse_unconfirmed(records, said.asked)
        wanted = wanted_folders(built, examined, wish, targets, library, version, records)
        if due := not_there_yet(wanted, records, built):
            make(due, kitchen, records, watcher, today)
        bare = less_covered(case, records, library, given, allowance)
        built.sentences += map(str, bare)
        built.sentences += stale_sites(case, records, built, today, {one.target for one in bare})
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


def _refuse_misplaced(records: Records, targets: dict[str, Path], wish: Wish) -> None:
    refuse_overlap(records.case_dir, targets)
    if not wish.hosting:
        refuse_handed_place(targets.values())


def _not_as_agreed(allowance: Allowance, records: Records, given: Path, wish: Wish) -> bool:
    """Whether something stays that may not, so that the next run has to tell it again."""
    return any(allowance.reasons(site) for site in records.sites()) or any(
        outstaying(allowance, records, given, wish.hosting)
    )


def _quality(wish: Wish, scratch: Path) -> Quality:
    quality = QUALITIES[wish.quality]
    if not wish.hardware:
        return quality
    from vigsite.media.engines.encoder_trial import working_encoder

    return replace(quality, encoder=working_encoder(private_folder(scratch)))
