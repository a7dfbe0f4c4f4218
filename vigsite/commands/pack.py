"""The order of the steps from a case to what the family takes home, and nothing else.

A pack is made from the keepsake as it was published: first a folder, which a zip or a copy on a
stick is made from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from vigsite.building.handed_places import refuse_handed_place
from vigsite.building.open_case import look_into, records_of
from vigsite.building.pack_audit import PackAudit
from vigsite.building.pack_request import Packed, PackWish
from vigsite.building.packs import Desk, Draft
from vigsite.building.request import Built, Said, Watcher
from vigsite.case.case_file import Form, KeepsakeParts
from vigsite.case.editions import Edition
from vigsite.commands.build import build_case
from vigsite.errors import InputError, VigsiteError
from vigsite.files.atomic import delete
from vigsite.files.identity import sha256
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.film.segments import FULL_HD, Format
from vigsite.keepsake.film.workshop import Studio
from vigsite.keepsake.pack.contents import Workshop, cover_note, parts_of, single_page, write_pack
from vigsite.keepsake.pack.family_choice import choice_of, left_out
from vigsite.keepsake.pack.file_names import Names, names_for
from vigsite.keepsake.pack.manifest import MANIFEST
from vigsite.keepsake.pack.usb_stick import copy_pack, refuse_full
from vigsite.keepsake.pack.verify import write_verified
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.pages.words import words_for
from vigsite.passphrase import new_passphrase
from vigsite.protection.confirmations import refuse_unconfirmed
from vigsite.records.case_folder import Records
from vigsite.records.places import refuse_overlap
from vigsite.records.record import files_of
from vigsite.records.site_marker import MARKER
from vigsite.resources import code_fingerprint, installed_libraries

LARGE = 100_000_000
"""Bytes from which a phone has trouble with one page."""
LONGEST_CLIP = 15_000_000
"""Bytes of a clip that a page can hold inside."""
DRAFT = Format(640, 360, 30, "ultrafast")
"""Of the film, to look at its words."""
LOCKED = "locked"
"""The folder of a locked pack and the note that goes with it."""


def pack_case(given: Path, wish: PackWish, watcher: Watcher) -> Packed:
    """Builds the keepsake, and makes a pack of it.

    Raises InputError or CaseFaults when the wish or the case is wrong, and other VigsiteErrors
    when it could not be made; a pack made before stays whole.
    """
    case = look_into(given).read.case
    # while it has faults the build names them, and nothing is packed
    choice = choice_of(case, wish.form) if case else KeepsakeParts.EVERYTHING
    paper = choice is KeepsakeParts.PRINT
    records = records_of(given)
    _refuse_misplaced(records, wish)
    build = replace(wish.build, editions=(Edition.KEEPSAKE,), paper=paper)
    built = build_case(given, build, watcher)
    with records.locked():
        packer = _Packer(records, wish, built, choice, watcher)
        try:
            packed = packer.packed()
            packed.sentences += left_out(choice)
            return packed
        finally:
            if paper:
                packer.forget_paper()


def _refuse_misplaced(records: Records, wish: PackWish) -> None:
    places = {"pack": wish.out / records.case_dir.name}
    if wish.stick is not None:
        if not wish.stick.is_dir():
            raise InputError(
                f"{wish.stick} is not there. Put the stick in, and name its drive or a folder "
                "on it."
            )
        places["stick"] = wish.stick
    refuse_overlap(records.case_dir, places)
    refuse_handed_place(places.values())


@dataclass(slots=True)
class _Packer:
    records: Records
    wish: PackWish
    built: Built
    choice: KeepsakeParts
    watcher: Watcher

    @property
    def said(self) -> Said:
        return self.built.said[Edition.KEEPSAKE]

    @property
    def names(self) -> Names:
        return names_for(words_for(self.said.shown.language))

    def packed(self) -> Packed:
        kept = self.kept()
        if self.wish.form == "single file":
            return self.one_page(kept)
        folder = self.folder(kept)
        match self.wish.form:
            case "zip":
                return self.zipped(folder)
            case "encrypted zip":
                return self.locked(kept, folder)
            case "stick":
                return self.on_stick(folder)
        return folder

    def place(self, name: str) -> Path:
        return self.wish.out.resolve() / self.records.case_dir.name / name

    def kept(self) -> Kept:
        """The keepsake that was just built, looked at once more."""
        site = self.built.sites[Edition.KEEPSAKE]
        known = [one for one in self.records.sites() if self.records.target(one) == site]
        if not any(one.files == files_of(site) for one in known):
            raise VigsiteError(
                f"{site} was changed since it was built, so nothing was packed. Close what writes "
                "there and run it again."
            )
        refuse_unconfirmed(self.records, self.said.asked)
        case = self.said.case
        seen = case.files.get(case.music, "") if case.music else ""
        return Kept(self.said.shown, site, case.music, seen)

    def stamp(self, form: str) -> str:
        """Hash over everything a pack is made from."""
        music = self.said.case.music
        text = [code_fingerprint(), installed_libraries(), repr(self.said.shown), form, self.choice]
        text.append(sha256(music) if music else "")
        return hashlib.sha256("\n".join(text).encode()).hexdigest()

    def folder(self, kept: Kept) -> Packed:
        """The pack as a folder, which all other forms are made from."""
        words = words_for(kept.shown.language)
        parts = parts_of(kept, self.names, words, self.choice, self.workshop())
        target = self.place(self.names.pack)

        def write(staging: Path) -> None:
            staging.mkdir(mode=0o700)  # staged
            write_pack(kept, parts, self.names, self.choice, staging)
            self.audit().folder(staging, self.names.site)

        found = self.publish(target, "folder", write, sha=lambda made: sha256(made / MANIFEST))
        found.contents = (self.names.start, *(part.name for part in parts))
        return found

    def workshop(self) -> Workshop:
        """Where film and album are made."""
        build, records = self.wish.build, self.records
        studio = Studio(
            Cache(records.film),
            records.scratch,
            records.ffmpeg_version(ffmpeg.program(), ffmpeg.version),
            DRAFT if build.quality == "draft" else FULL_HD,
            build.jobs,
            on_command=self.watcher.command,
        )
        return Workshop(studio, records.scratch, self.watcher.step or (lambda _what, _share: None))

    def audit(self) -> PackAudit:
        """What the last look goes by."""
        keepsake = self.built.sites[Edition.KEEPSAKE]
        known = [one for one in self.records.sites() if self.records.target(one) == keepsake]
        return PackAudit.of(self.said, known)

    def zipped(self, folder: Packed) -> Packed:
        def write(staging: Path) -> None:
            write_verified(folder.target, staging, None, self.step("zip"))

        target = folder.target.with_name(f"{self.names.pack}.zip")
        found = self.publish(target, "zip", write, sha=sha256)
        return replace(found, contents=folder.contents)

    def locked(self, kept: Kept, folder: Packed) -> Packed:
        """Made anew each time, since nobody keeps its passphrase."""
        passphrase = new_passphrase()
        file, note = f"{self.names.pack}.zip", self.names.note

        def write(staging: Path) -> None:
            staging.mkdir(mode=0o700)  # staged
            write_verified(folder.target, staging / file, passphrase, self.step("locked zip"))
            text = cover_note(kept, self.names, file)
            (staging / note).write_text(text, encoding="utf-8", newline="\n")  # staged
            self.audit().page(staging / note, note)

        target = self.place(LOCKED)
        found = self.publish(
            target, "encrypted zip", write, sha=lambda made: sha256(made / file), anew=True
        )
        return replace(found, passphrase=passphrase, contents=(file, note))

    def on_stick(self, folder: Packed) -> Packed:
        assert self.wish.stick is not None
        target = self.wish.stick.resolve() / self.names.pack

        def write(staging: Path) -> None:
            refuse_full(folder.target, target.parent)
            staging.mkdir(mode=0o700)  # staged
            copy_pack(folder.target, staging, self.step("copying"))

        found = self.publish(target, "stick", write, sha=lambda made: sha256(made / MANIFEST))
        return replace(found, contents=folder.contents)

    def one_page(self, kept: Kept) -> Packed:
        too_long = [
            f"{moment.title} ({(kept.site / moment.clip.uri).stat().st_size / 1e6:.0f} MB)"
            for _cycle, moment in kept.shown.moments
            if moment.clip and (kept.site / moment.clip.uri).stat().st_size > LONGEST_CLIP
        ]
        if too_long:
            raise InputError(
                f"One page cannot hold clips of more than {LONGEST_CLIP / 1e6:.0f} MB: "
                f"{'; '.join(too_long)}. Make them shorter, or pack a folder or --zip instead."
            )

        def write(staging: Path) -> None:
            staging.write_text(single_page(kept), encoding="utf-8", newline="\n")  # staged
            self.audit().page(staging, target.name)

        target = self.place(f"{self.names.pack}.html")
        found = self.publish(target, "single file", write, sha=sha256)
        if found.size > LARGE:
            found.sentences.append(
                f"the page has {found.size / 1e6:.0f} MB, which many phones do not open well. Give "
                f"the folder “{self.names.phone}” or the film of a usual pack instead"
            )
        return found

    def publish(
        self,
        target: Path,
        form: Form,
        write: Callable[[Path], None],
        sha: Callable[[Path], str],
        *,
        anew: bool = False,
    ) -> Packed:
        draft = Draft(target, form, self.stamp(form), write, sha, anew)
        today = self.wish.build.today or dt.date.today()
        paper = self.choice is KeepsakeParts.PRINT
        desk = Desk(self.records, self.said, self.wish.form, self.wish.whom, today, paper)
        known, unchanged = desk.publish(draft)
        size = sum(path.stat().st_size for path in _files(target))
        return Packed(self.built.slug, target, known, size, unchanged, built=self.built)

    def step(self, what: str) -> Callable[[float], None]:
        told = self.watcher.step
        return (lambda share: told(what, share)) if told else lambda _share: None

    def forget_paper(self) -> None:
        """A family that wants paper only keeps no site, not even a hidden one."""
        for one in self.records.sites():
            if self.records.target(one) == self.records.paper:
                delete(self.records.paper)
                delete(self.records.paper.parent / MARKER)
                self.records.forget(one)


def _files(target: Path) -> list[Path]:
    return [target] if target.is_file() else [p for p in target.rglob("*") if p.is_file()]
