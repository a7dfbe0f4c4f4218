"""What was built and shows a moment with less protection than the notes ask for now.

A box, a crop or a mute that is added changes nothing of what was built, packed or hosted before. So
the record keeps how each moment in a site or pack is covered, and here the notes are held against
it. Reads only.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vigsite.case.case import Case, Moment
from vigsite.case.case_file import HandOver
from vigsite.case.editions import Edition, Purpose
from vigsite.case.timecode import Span
from vigsite.case.withdrawn import Place
from vigsite.hosting.folder import Tree
from vigsite.media.library import Library
from vigsite.protection.allowed import Allowance
from vigsite.protection.covers import is_bare
from vigsite.protection.known_case import place_of
from vigsite.protection.same_seconds import MUTED, covered_spans
from vigsite.records.case_folder import Records
from vigsite.records.record import CoveredSpan, Site
from vigsite.records.site_folders import SHARE, SITES
from vigsite.terminal.quoting import in_shell

_BESIDE_MS = 200
"""So near to a moment another one's cover is meant for that other one alone."""


@dataclass(frozen=True, slots=True)
class LessCovered:
    """A site or pack that shows moments with less protection than the notes ask for."""

    site: Site
    target: Path
    """Where it lies, or lay."""
    lacks: Mapping[str, tuple[str, ...]]
    """What each of these moments is not, as the notes want it: `blurred`, `for review alone`."""
    given: Path
    """The case as a command names it."""

    @property
    def is_urgent(self) -> bool:
        """Whether somebody here can do something about it, and has to."""
        there = os.path.lexists(self.target) or Purpose.HOSTING in self.site.also
        return there and not self.site.given

    @property
    def reasons(self) -> str:
        """What is wrong with it."""
        wanted = "; ".join(f"{name}: {', '.join(what)}" for name, what in self.lacks.items())
        return f"the notes ask for more protection now than it has ({wanted})"

    def __str__(self) -> str:
        there = "" if os.path.lexists(self.target) else ", which is not there any more"
        return f"{self.site.what} in {self.target}{there}: {self.reasons}. {self.remedy}"

    @property
    def remedy(self) -> str:
        """What to do about it."""
        if around := Tree.around(self.target) if Purpose.HOSTING in self.site.also else None:
            server = around[0].out
            return (
                f"Host it anew: vigsite host --out {in_shell(server)} {in_shell(self.given)} "
                "--until DATE, then copy that folder to the server"
            )
        if self.site.given:
            return "It is in the family's hands: pack it anew for them, and ask for this one back"
        if self.site.form:
            return (
                f"Pack it anew in the same form and place (vigsite pack {in_shell(self.given)}); "
                "if it was handed over, ask for it back"
            )
        out = self.target.parent.parent
        options = f" --edition {self.site.edition}"
        options += " --share" if self.target.name == SHARE else ""
        options += "" if out == Path(SITES).resolve() else f" --out {in_shell(out)}"
        return f"Make it anew: vigsite build {in_shell(self.given)}" + options


def less_covered(
    case: Case | None,
    records: Records,
    library: Library,
    given: Path,
    allowance: Allowance | None = None,
) -> list[LessCovered]:
    """Return every site and pack that shows a moment with less protection than the notes ask for.

    Left out is what `allowance` does not let stay anyway. What was replaced or taken away counts
    when it is back in its place. `given` is the case as it was typed.
    """
    if case is None:
        return []
    noted = _Noted.of(case, library)
    found = []
    back = (s for s in records.taken_away() if os.path.lexists(records.target(s)))
    for site, stands in [*((s, True) for s in records.sites()), *((s, False) for s in back)]:
        target = records.target(site)
        if allowance and allowance.reasons(site):
            continue
        one = noted.held_against(site, target, given)
        if one and (stands or site.is_back_at(target)):
            found.append(one)
    return found


def last_at(target: Path, case: Case, records: Records, library: Library) -> LessCovered | None:
    """Return what is, or was last, at a place, if it is less covered than the notes ask for."""
    known = [s for s in (*records.taken_away(), *records.sites()) if records.target(s) == target]
    return (
        _Noted.of(case, library).held_against(known[-1], target, records.case_dir)
        if known
        else None
    )


def less_covered_pack(
    case: Case, records: Records, library: Library, given: Path, packed: Iterable[HandOver]
) -> str:
    """Say that what the register knows as packed is less covered than the notes ask for now.

    Empty if it is not.
    """
    hashes, record = {one.sha256 for one in packed}, records.known()
    noted = _Noted.of(case, library)
    known = (
        noted.held_against(site, records.target(site), given)
        for site in (*record.sites, *record.taken_away)
        if site.sha256 in hashes or hashes.intersection(site.files.values())
    )
    return next((one.reasons for one in known if one), "")


@dataclass(frozen=True, slots=True)
class _Noted:
    """What the notes ask for now, with where each moment lies."""

    moments: tuple[tuple[Moment, Place], ...]

    @classmethod
    def of(cls, case: Case, library: Library) -> _Noted:
        return cls(tuple((moment, place_of(moment, library)) for moment in case.moments))

    def held_against(self, site: Site, target: Path, given: Path) -> LessCovered | None:
        """Return what a site lacks; None when it lacks nothing."""
        lacks = {}
        for name in site.moments:
            place, covers = site.place(name), (site.covered or {}).get(name, [])
            what = dict.fromkeys(self._narrowed(name, place, site))
            silent = not site.clips or all(s.end_ms - s.start_ms <= 1 for s in place.spans)
            for wanted, shown, in_it in self._wanted(name, place):
                if wanted.kind == MUTED and place.spans and silent:
                    continue
                if is_bare(shown, covers, wanted, in_it=in_it):
                    what[wanted.kind] = None
            if what:
                lacks[name] = tuple(what)
        return LessCovered(site, target, lacks, given) if lacks else None

    def _now(self, name: str, place: Place) -> tuple[Moment, Place] | None:
        """Return the moment of the notes that one of a site was made of: by name, or by seconds."""
        named = (one for one in self.moments if one[0].name == name)
        same = (
            one
            for one in self.moments
            if place.spans and one[1].recording == place.recording and one[1].spans == place.spans
        )
        return next(named, None) or next(same, None)

    def _narrowed(self, name: str, place: Place, site: Site) -> Iterator[str]:
        """Yield to which editions a moment is limited now, if that of the site is none of them."""
        now = self._now(name, place)
        if now and Edition(site.edition) not in now[0].editions:
            yield f"for {' and '.join(sorted(now[0].editions))} alone"

    def _wanted(
        self, name: str, place: Place
    ) -> Iterator[tuple[CoveredSpan, tuple[Span, ...], bool]]:
        """Yield every cover that the notes ask for, with the seconds of the site that it is for.

        And whether its times are of the same film. Other moments of the notes count in those
        seconds alone that the moment itself does not show any more.
        """
        now, left = self._now(name, place), place.spans
        if now:
            same = now[1].recording in ("", place.recording) or not place.recording
            in_it = same and bool(place.spans)
            for wanted in covered_spans(now[0].written):
                yield wanted, place.spans, in_it
            left = tuple(_outside(place.spans, now[1].spans)) if in_it else left
        for moment, at in self.moments:
            if (not now or moment is not now[0]) and at.recording == place.recording != "":
                for wanted in covered_spans(moment.written):
                    yield wanted, left, True


def _outside(shown: Iterable[Span], kept: Iterable[Span]) -> Iterator[Span]:
    """Yield what of some stretches lies neither in others nor close beside them."""
    kept = sorted(kept, key=lambda one: one.start_ms)
    for stretch in shown:
        start = stretch.start_ms
        for one in kept:
            if start < (end := min(stretch.end_ms, one.start_ms - _BESIDE_MS)):
                yield Span(start, end)
            start = max(start, one.end_ms + _BESIDE_MS)
        if start < stretch.end_ms:
            yield Span(start, stretch.end_ms)
