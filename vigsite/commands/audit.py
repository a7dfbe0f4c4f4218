"""From a folder, zip or page, and perhaps its case, to a report."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from vigsite.audit.audit import audit_folder, audit_page, audit_zip
from vigsite.audit.finding import ONE_PAGE, PACK, Finding, Rules, rules_for
from vigsite.audit.formats.folder import files_in
from vigsite.audit.report import Report
from vigsite.audit.search.search import Secrets
from vigsite.building.examine import examine
from vigsite.building.open_case import look_into, records_of
from vigsite.case.case import Case
from vigsite.case.consent import Admission, admit
from vigsite.case.editions import Edition
from vigsite.case.faults import CaseFaults
from vigsite.errors import InputError
from vigsite.media.recipes.recipe import FULL
from vigsite.pages.projection import project
from vigsite.records.case_folder import Records
from vigsite.records.record import Site
from vigsite.terminal.visible import visible
from vigsite.withheld.own_words import every_sentence
from vigsite.withheld.secrets import secrets_of
from vigsite.withheld.this_computer import machine_secrets

_MEDIA = (".mp4", ".jpg")


def audit_place(
    place: Path,
    case_dir: Path | None = None,
    edition: Edition | None = None,
    passphrase: str | None = None,
    today: dt.date | None = None,
) -> Report:
    """Everything in a folder, zip or page of its own that must not be there.

    Raises InputError when it is none of them, and CaseFaults when the case cannot be read.
    """
    names = _names(place)
    alone = place.is_file() and place.suffix == ".html"
    rules = ONE_PAGE if alone else rules_for(names)
    secrets, against, found = _of_this_computer(), "", list[Finding]()
    if case_dir is not None:
        case, records = _case(case_dir)
        packed = alone or rules.kinds == PACK.kinds
        known = _record(place, records, edition or (Edition.KEEPSAKE if packed else None))
        chosen = edition or (Edition(known.edition) if known else None)
        if chosen is None:
            raise InputError(
                f"{place} is none of the sites that {case.slug} has built; "
                "say what it is, such as --edition keepsake."
            )
        admission = admit(case, chosen, today or dt.date.today())
        secrets = _secrets(case, admission)
        against = f"the {chosen} of {case.slug}"
        if known is not None:
            rules = _with_media(rules, known)
            found += _no_longer(known, admission)
    if alone:
        look = audit_page(place, place.name, secrets, rules)
    elif place.is_dir():
        look = audit_folder(place, secrets, rules)
    else:
        look = audit_zip(place, secrets, rules, passphrase)
    audited = visible(place.resolve().name)
    return Report(audited, against, len(names), sorted([*found, *look]), secrets.notes)


def _of_this_computer() -> Secrets:
    """All that can be searched for without a case."""
    return Secrets(tuple(machine_secrets()), own=every_sentence())


def _names(place: Path) -> list[str]:
    """Addresses of all files; raises InputError with what to name instead."""
    if not place.exists():
        raise InputError(
            f"{place}: no such folder or zip. Name a site, such as sites/rowan/keepsake."
        )
    if place.is_file() and place.suffix == ".html":
        return [place.name]
    if place.is_file():
        try:
            with zipfile.ZipFile(place) as archive:
                return [name for name in archive.namelist() if not name.endswith("/")]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise InputError(f"{place} is no folder and no zip that can be read.") from None
    if not place.is_dir():
        raise InputError(f"{place} is no folder, zip or page; name one.")
    if (place / "case.yml").exists():
        raise InputError(
            f"{place} is a case; name a site of it, such as sites/{place.name}/keepsake."
        )
    inside = [str(path.parent) for path in sorted(place.glob("*/index.html"))]
    if inside and not any(path.is_file() for path in place.iterdir() if path.suffix == ".html"):
        raise InputError(f"{place} holds sites; name one of them: {', '.join(inside[:4])}.")
    files, findings = files_in(place)
    if not files and not findings:
        raise InputError(f"{place} is empty; name a site, such as sites/rowan/keepsake.")
    return list(files)


def remember_report(given: Path, report: Path) -> None:
    """Remember where a report lies that quotes a case, so that `due` and `purge` name it."""
    records = records_of(given)
    with records.lock_only():
        record = records.known()
        if record.id and str(report.resolve()) not in record.reports:
            records.change(reports=[*record.reports, str(report.resolve())])


def _case(given: Path) -> tuple[Case, Records]:
    opened = look_into(given)
    return opened.whole, opened.records


def _secrets(case: Case, admission: Admission) -> Secrets:
    opened = look_into(case.directory)
    examined = examine(opened.read, opened.library, FULL, "")
    if examined.case is None or examined.report.faults:
        raise CaseFaults(examined.report.faults)
    return secrets_of(examined.case, admission, project(examined.case, admission, examined.plan))


def _record(place: Path, records: Records, edition: Edition | None) -> Site | None:
    """What the case knows of a site or pack: by its place, else the last site of that edition."""
    sites = records.sites()
    for site in sites:
        if records.target(site).resolve() == place.resolve() and _pages(site):
            return site
    of_edition = [
        site for site in sites if site.edition == edition and _pages(site) == "index.html"
    ]
    return of_edition[-1] if of_edition else None


def _pages(site: Site) -> str:
    """Where the first page of a site or pack lies; empty for what is a single file."""
    return next((name for name in ("index.html", "site/index.html") if name in site.files), "")


def _with_media(rules: Rules, site: Site) -> Rules:
    """The clips and stills that were made for a site, at the place where its pages lie."""
    if rules.films_inside:
        made = {digest for name, digest in site.files.items() if name.endswith(_MEDIA)}
        return replace(rules, hashes=frozenset(made))
    inside = PurePosixPath(_pages(site)).parent
    folder = PurePosixPath(rules.start or "x").parent
    media = {
        (folder / PurePosixPath(name).relative_to(inside)).as_posix(): digest
        for name, digest in site.files.items()
        if name.endswith(_MEDIA) and PurePosixPath(name).is_relative_to(inside)
    }
    return replace(rules, media=media)


def _no_longer(site: Site, admission: Admission) -> list[Finding]:
    """Moments that the site holds and that nobody may be shown any more."""
    gone = sorted(set(site.moments) - set(admission.names))
    if not gone:
        return []
    what = f"holds moments that the {admission.edition} may not show today ({', '.join(gone)})"
    return [Finding(".", "", what, "Take it back, and build the case again.")]
