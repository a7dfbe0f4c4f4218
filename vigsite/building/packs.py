"""How a pack appears: whole or not at all, and beside the register's line of it.

The line comes first, so that nothing is out there that no line tells of; it is taken back when the
pack did not come about, and stays when only its predecessor could not be deleted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vigsite.building.request import Said
from vigsite.case.case_file import Form
from vigsite.case.editions import Edition
from vigsite.errors import InputError
from vigsite.files.atomic import beside, could_not, recover, swap_in
from vigsite.protection.allowed import refuse_taken_back
from vigsite.protection.same_seconds import covers_of
from vigsite.records import handovers
from vigsite.records.case_folder import Records
from vigsite.records.places import begin, refuse_foreign
from vigsite.records.record import Site, files_of, sizes_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack that is about to be made."""

    target: Path
    form: Form
    stamp: str
    """Hash over everything it is made from."""
    write: Callable[[Path], None]
    """Writes it at a path where nothing is yet. Raises OSError or VigsiteError."""
    sha: Callable[[Path], str]
    """What the register knows it by, once it is written."""
    anew: bool = False
    """Whether it is made again even when nothing changed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the packs of one case are handed out and written down."""

    records: Records
    said: Said
    asked: Form
    """The form that the family gets; others are made on the way."""
    whom: str | None
    today: dt.date
    paper: bool

    def publish(self, draft: Draft) -> tuple[str, bool]:
        """Makes a pack beside its target and swaps it in, unless the very same is there.

        Gives what the register knows it by, and whether it was there. Raises InputError when
        something else is at its place, VigsiteError when it could not be made.
        """
        target = draft.target
        known = [one for one in self.records.sites() if self.records.target(one) == target]
        there = files_of(target) if target.exists() else {}
        same = [one for one in known if one.stamp == draft.stamp and one.files == there]
        if same and not draft.anew:
            refuse_taken_back(self.records, same[0], self.today, "pack")
            sha = draft.sha(target)
            with self._entered(draft.form, sha):
                return sha, True
        self._refuse_others(draft, known)
        return self._replace(draft), False

    def _replace(self, draft: Draft) -> str:
        target = draft.target
        try:
            begin(self.records, target)
            staging = beside(target)
            if draft.form != "stick":
                self.records.mark(target.parent)
            draft.write(staging)
            files, sha = files_of(staging), draft.sha(staging)
            site = Site(
                str(target),
                self.records.relative(target),
                Edition.KEEPSAKE,
                draft.stamp,
                files,
                {
                    moment.name: sorted(moment.recognisable)
                    for moment in self.said.admission.moments
                },
                form=draft.form,
                paper=self.paper,
                sources=dict(self.said.sources),
                clips=not self.paper and any(m.clip for _, m in self.said.shown.moments),
                media=self._media(files),
                sizes=sizes_of(staging, files),
                everybody=True,
                covered=covers_of(self.said.admission.moments),
                sha256=sha,
            )
            refuse_taken_back(self.records, site, self.today, "pack")
            with self._entered(draft.form, sha, arrived=lambda: not staging.exists()):
                self.records.expect(site)
                swap_in(staging, target)
        except OSError as error:
            raise could_not("write", target, error) from error
        finally:
            recover(target)
        self.records.remember(site)
        return sha

    def _media(self, files: Mapping[str, str]) -> dict[str, list[str]]:
        """Return the addresses of each moment's clips and stills, known by their hashes."""
        keepsakes = (one for one in self.records.sites() if one.media and not one.form)
        of = {
            one.files[uri]: moment
            for one in keepsakes
            for moment, uris in one.media.items()
            for uri in uris
        }
        found: dict[str, list[str]] = {}
        for name, digest in files.items():
            if digest in of:
                found.setdefault(of[digest], []).append(name)
        return found

    def _refuse_others(self, draft: Draft, known: list[Site]) -> None:
        """Never replaces what is not a pack of this case."""
        target = draft.target
        here = draft.form != "stick" and self.records.owns(target.parent)
        ours = bool(known) if here else any(one.is_at(target) for one in known)
        if target.exists() and not ours:
            raise InputError(
                f"{target} is there already, and not as this case packed it. Move it away, or "
                "choose another place; nothing was written."
            )
        if draft.form != "stick":
            refuse_foreign(self.records, target)

    @contextlib.contextmanager
    def _entered(
        self, form: Form, sha: str, arrived: Callable[[], bool] = lambda: True
    ) -> Iterator[None]:
        """The register's line of a pack, for the time of its swap; taken back if that fails.

        Where the pack has `arrived` in spite of an error, its line stays: it is out there.
        """
        new = handovers.entry(self.today, form, sha, self.whom, self.said.admission.names)
        if form != self.asked or handovers.is_known(self.said.case.handovers, new):
            yield
            return
        before = handovers.add(self.records.case_dir, new)
        try:
            yield
        except BaseException:
            if not arrived():
                handovers.take_back(self.records.case_dir, before)
            raise
