"""Whether what was built may stay: consent, withdrawals and what a family is to keep, today."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from vigsite.case.case import Case
from vigsite.case.case_file import HandOver, KeepsakeParts
from vigsite.case.consent import Ledger, admit
from vigsite.case.editions import Edition, Purpose
from vigsite.case.faults import CaseFaults
from vigsite.case.load import Read
from vigsite.case.recordings import films_of
from vigsite.case.timecode import Span
from vigsite.case.withdrawn import Place, keeping_out, shown_spans
from vigsite.case.withdrawn_file import Withdrawal
from vigsite.errors import VigsiteError
from vigsite.protection.known_case import library_of, read_case
from vigsite.protection.same_seconds import known_in, not_recognised
from vigsite.records.case_folder import Records
from vigsite.records.record import Record, Site


@dataclass(frozen=True, slots=True)
class Allowance:
    """What decides whether a built site may stay."""

    ledger: Ledger
    shows: Mapping[str, frozenset[str]]
    """Who can be recognised in each moment today, by the moment's name."""
    held: Mapping[Edition, str]
    """Why an edition is held back as a whole."""
    today: dt.date
    held_on_paper: str = ""
    """Why not even paper may be handed over."""
    withdrawn: Mapping[str, dt.date] = field(default_factory=dict)
    """Moments that stand in a cycle.yml and were withdrawn, with the day."""
    stills_only: bool = False
    """Whether the family keeps pictures and no clips."""
    named: Callable[[Place], frozenset[str]] = lambda _place: frozenset()
    """Everybody who was ever named in the seconds of a place, and not looked for in vain."""
    untold: Callable[[Place], bool] = lambda _place: False
    """Whether nothing tells any more what a place was: neither the notes nor a film."""

    def reasons(self, site: Site) -> str:
        """Why a site may not stay; empty when it may."""
        edition = Edition(site.edition)
        if held := (self.held_on_paper if site.paper else self.held.get(edition)):
            return held
        if self.stills_only and site.clips and edition.is_kept:
            return "pictures and no film clips, as case.yml asks (keepsake: parts: stills)"
        found = dict.fromkeys(why for whys in self.refused(site).values() for why in whys)
        return "; ".join(found)

    def refused(self, site: Site) -> dict[str, tuple[str, ...]]:
        """Return the moments of a site that may not be shown, each with why."""
        edition, also = Edition(site.edition), [Purpose(purpose) for purpose in site.also]
        found: dict[str, tuple[str, ...]] = {}
        for name, people in site.moments.items():
            place = site.place(name)
            because = keeping_out(self.ledger.withdrawn, place, partial(in_the_same, place))
            if day := because.since if because else self.withdrawn.get(name):
                found[name] = (f"{name} was withdrawn on {day}",)
                continue
            # whoever was recognised when it was made still is, whatever cycle.yml says now, and
            # so is whoever a slip in cycle.yml had taken out when it was made
            before = frozenset() if site.everybody else self.named(place)
            shows = self.shows.get(name, frozenset()).union(people, before)
            if why := self.ledger.refusals(shows, edition, self.today, also):
                found[name] = why
            elif (since := self._moment_withdrawn()) and self.untold(place):
                found[name] = (
                    f"{name} is not in the notes any more and its film is gone, so it may be what "
                    f"was withdrawn on {since}",
                )
        return found

    def _moment_withdrawn(self) -> dt.date | None:
        """The last day on which a moment was withdrawn."""
        return max((one.since for one in self.ledger.withdrawn if one.moment), default=None)


def in_the_same(place: Place, line: Withdrawal) -> list[Span]:
    """Return where what a line took back lies in the recording of a place, if in that file."""
    return line.spans if line.recording and line.recording == place.recording else []


def allowance_of(read: Read, records: Records, today: dt.date) -> Allowance | None:
    """What decides about built sites; None while faults leave open who agreed to what."""
    if read.ledger is None:
        return None
    named = partial(_named, records.known())
    if read.case is None:
        return Allowance(read.ledger, {}, {}, today, named=named)
    shows = {moment.name: moment.shows for moment in read.case.moments}
    held = {edition: admit(read.case, edition, today).held for edition in Edition}
    withdrawn = {out.moment.name: out.because.since for out in read.case.withdrawn}
    on_paper = admit(read.case, Edition.KEEPSAKE, today, paper=True).held
    stills_only = read.case.written.keepsake.parts is KeepsakeParts.STILLS
    untold = partial(_is_untold, read.case, functools.cache(partial(_films, read.case, records)))
    return Allowance(
        read.ledger, shows, held, today, on_paper, withdrawn, stills_only, named, untold
    )


def _is_untold(case: Case, films: Callable[[], frozenset[str]], place: Place) -> bool:
    """Return whether a place is neither one of the notes nor in a film of the case.

    A film that was saved as another file, under a new name of the moment or its cycle, leaves
    nothing else. Without a film known, the name alone tells.
    """
    moments = (*case.moments, *(out.moment for out in case.withdrawn))
    noted = {(one.name, shown_spans(one.written)) for one in moments}
    if not place.recording:
        return place.name not in {name for name, _ in noted}
    return (place.name, place.spans) not in noted and place.recording not in films()


def _films(case: Case, records: Records) -> frozenset[str]:
    """Return the SHA-256 of every film of a case that is there."""
    library = library_of(records, keep=False)
    return frozenset(library.hash_of(film) for film, _ in films_of(case) if film.is_file())


def _named(record: Record, place: Place) -> frozenset[str]:
    people = {person for one in known_in(record, place) for person in one.people}
    return frozenset(people) - not_recognised(record, place) if place.recording else frozenset()


def why_no_more(read: Read, records: Records, packed: Iterable[HandOver], today: dt.date) -> str:
    """Say why what packs hold may not be handed over any more; empty when it may.

    Tells of withdrawals and agreements. Raises CaseFaults when nobody can tell who agreed.
    """
    record, allowance = records.known(), allowance_of(read, records, today)
    if allowance is None:
        raise CaseFaults(read.report.faults)
    packed = list(packed)
    moments = {name: list[str]() for one in packed for name in one.moments}
    held = Site("", "", Edition.KEEPSAKE, "", {}, moments, paper=True, clips=False)
    hashes = {one.sha256 for one in packed}
    known = [
        replace(one, paper=True, clips=False)
        for one in (*record.sites, *record.taken_away)
        if hashes.intersection(one.files.values())
    ]
    found = [*map(allowance.reasons, (held, *known))]
    return "; ".join(filter(None, dict.fromkeys(found)))


def refuse_taken_back(records: Records, site: Site, today: dt.date, again: str) -> None:
    """Asks once more just before something appears, since the case may have changed meanwhile.

    `again` is the command that makes it. Raises VigsiteError when it may not appear any more.
    """
    directory = records.case_dir
    library = library_of(records)
    read = read_case(directory, records, library)
    allowance = allowance_of(read, records, today)
    why = allowance.reasons(site) if allowance else "case.yml does not tell any more who agreed"
    if why:
        raise VigsiteError(
            f"{directory.name}: the {site.what} was made and not put in its place, since something "
            f"changed meanwhile: {why}. Run `vigsite check` on this case, then {again} again."
        )
