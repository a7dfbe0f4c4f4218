"""From what is due to what is published: media, pages, the last look, the swap."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vigsite.audit.finding import SHARE as SHARED_FILES
from vigsite.audit.finding import SITE, Rules, refuse
from vigsite.building.examine import Examined
from vigsite.building.meeting_files import numbered_files, write_files
from vigsite.building.request import Built, Watcher, Wish
from vigsite.case.case import Case
from vigsite.case.consent import Admission
from vigsite.case.editions import Edition, Purpose
from vigsite.case.faults import Report
from vigsite.case.pseudonyms import pseudonyms
from vigsite.case.withdrawn import Place, shown_spans
from vigsite.errors import SiteError
from vigsite.files.atomic import could_not, private_folder, recover, staging_for, swap_in, workspace
from vigsite.hosting.folder import Tree
from vigsite.media.cache import hash_in
from vigsite.media.library import Library
from vigsite.media.plan import Plan, plan_media
from vigsite.media.recipes.recipe import QUALITIES
from vigsite.media.render import Kitchen, render
from vigsite.pages.shown import MediaFile, Shown
from vigsite.protection.allowed import refuse_taken_back
from vigsite.protection.same_seconds import covers_of
from vigsite.records.case_folder import Records
from vigsite.records.places import begin, holds, refuse_foreign
from vigsite.records.record import RecordingSpans, Site, files_of, sizes_of
from vigsite.records.site_folders import SHARE
from vigsite.resources import code_fingerprint, installed_libraries

if TYPE_CHECKING:
    from vigsite.audit.search.search import Secrets

Write = Callable[[Mapping[str, Path], Path], None]
"""Writes what is published, from the folders of finished media by their keys, into a folder."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A folder that a build is to bring about."""

    name: str
    """An edition's, or `share`."""
    admission: Admission
    plan: Plan
    target: Path
    stamp: str
    """Hash over everything it is made from."""
    write: Write
    media: tuple[MediaFile, ...]
    """Every clip and still that belongs into it."""
    rules: Rules
    secrets: Callable[[], Secrets]
    """What must not occur in it."""
    remarks: tuple[str, ...] = ()
    """Sentences on what a person should read again."""

    @property
    def people(self) -> dict[str, list[str]]:
        """Who can be recognised in each of its moments."""
        return {moment.name: sorted(moment.recognisable) for moment in self.admission.moments}

    @property
    def addresses(self) -> dict[str, list[str]]:
        """The addresses of each moment's clips and stills, by the moment's name."""
        of = {name: {job.key for job in self.plan.moments[name].jobs} for name in self.people}
        return {
            name: [file.uri for file in self.media if file.key in keys] for name, keys in of.items()
        }


def sources_of(admission: Admission, plan: Plan) -> dict[str, RecordingSpans]:
    """Where each moment comes from, so that it is known again after a change of its name."""
    return {
        moment.name: RecordingSpans.of(
            Place(
                moment.name,
                shown_spans(moment.written),
                plan.moments[moment.name].recording,
                moment.written.agreed_again,
            )
        )
        for moment in admission.moments
    }


def wanted_site(
    case: Case, admission: Admission, shown: Shown, plan: Plan, target: Path, scratch: Path
) -> Wanted:
    """The site of one edition."""
    return Wanted(
        admission.edition.value,
        admission,
        plan,
        target,
        _stamp(shown),
        partial(_write_site, case, shown, scratch),
        shown.media,
        replace(SITE, only_ours=True),
        partial(_secrets, case, admission, shown),
        _remarks(case, shown),
    )


def wanted_files(
    case: Case, admission: Admission, shown: Shown, plan: Plan, target: Path
) -> Wanted:
    """The numbered files for a meeting, of a review that says `shown`."""
    files = numbered_files(admission, plan)
    return Wanted(
        SHARE,
        admission,
        plan,
        target,
        _stamp(files),
        partial(write_files, files),
        files,
        SHARED_FILES,
        partial(_secrets, case, admission, shown),
    )


def _secrets(case: Case, admission: Admission, shown: Shown) -> Secrets:
    from vigsite.withheld.secrets import secrets_of

    return secrets_of(case, admission, shown)


def make(
    due: Sequence[Wanted], kitchen: Kitchen, records: Records, watcher: Watcher, today: dt.date
) -> None:
    """Encodes what is missing, then writes, audits and publishes each folder.

    Raises VigsiteError when one may not appear any more once it is made.
    """
    jobs = [job for one in due for job in one.plan.jobs(set(one.admission.names))]
    once = list({job.key: job for job in jobs}.values())
    watcher.planned(once)
    folders = render(once, kitchen)
    for one in due:
        begin(records, one.target)
        staging = staging_for(one.target)
        records.mark(one.target.parent, on_server=Purpose.HOSTING in one.admission.also)
        if around := Tree.around(one.target):
            records.mark(private_folder(around[0].known(records.known().id)))
        try:
            one.write(folders, staging)
            _audit(one, folders, staging)
            files = files_of(staging)
            site = Site(
                str(one.target),
                records.relative(one.target),
                one.admission.edition.value,
                one.stamp,
                files,
                one.people,
                also=list(one.admission.also),
                sources=sources_of(one.admission, one.plan),
                media=one.addresses,
                paper=one.target == records.paper,
                clips=any(file.uri.endswith(".mp4") for file in one.media),
                sizes=sizes_of(staging, files),
                everybody=True,
                covered=covers_of(one.admission.moments),
            )
            refuse_taken_back(records, site, today, "build")
            records.expect(site)
            swap_in(staging, one.target)
        finally:
            recover(one.target)
        records.remember(site)


def _stamp(said: object) -> str:
    """Hash over what is said (with the cache keys of its media), the code and the libraries."""
    text = "\n".join([code_fingerprint(), installed_libraries(), repr(said)])
    return hashlib.sha256(text.encode()).hexdigest()


def _write_site(
    case: Case, shown: Shown, scratch: Path, folders: Mapping[str, Path], staging: Path
) -> None:
    from vigsite.pages.markdown import write_pages
    from vigsite.pages.words import words_for
    from vigsite.site.finish import finish
    from vigsite.site.mkdocs import build_html

    _refuse_names(case, shown)
    try:
        with workspace(scratch) as docs:
            build_html(shown, words_for(shown.language), write_pages(shown), docs, staging)
        (staging / "media").mkdir(exist_ok=True)  # staged
        for file in shown.media:
            shutil.copyfile(folders[file.key] / file.name, staging / file.uri)  # staged
        finish(staging)
    except OSError as error:
        raise could_not("write", staging, error) from error


def _remarks(case: Case, shown: Shown) -> tuple[str, ...]:
    """What pseudonyms may have left."""
    if not shown.edition.for_colleagues:
        return ()
    return tuple(pseudonyms(case).remarks(shown.texts))


def _refuse_names(case: Case, shown: Shown) -> None:
    """No name that pseudonyms stand for may be left; raises SiteError."""
    if not shown.edition.for_colleagues:
        return
    for name in pseudonyms(case).named_in(shown.texts):
        raise SiteError(
            f"The supervision edition would still name {name!r}, perhaps in a pseudonym or "
            "contact. Change it in case.yml; nothing was published."
        )


def _audit(one: Wanted, folders: Mapping[str, Path], staging: Path) -> None:
    """The last look before anything is published; raises SiteError on any finding."""
    from vigsite.audit.audit import audit_folder

    media = {file.uri: hash_in(folders[file.key], file.name) for file in one.media}
    refuse(audit_folder(staging, one.secrets(), replace(one.rules, media=media)))


def wanted_folders(
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


def not_there_yet(wanted: list[Wanted], records: Records, built: Built) -> list[Wanted]:
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
