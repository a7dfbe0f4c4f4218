"""What lies in a pack: each part is a name, a line about it, and who makes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from vigsite.case.case_file import KeepsakeParts
from vigsite.keepsake.album.album import make_album
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.film.film import make_film
from vigsite.keepsake.film.workshop import Studio
from vigsite.keepsake.pack.file_names import Names, phone_files
from vigsite.keepsake.pack.manifest import write_manifest
from vigsite.keepsake.pack.standalone_page import lone_page
from vigsite.pages.markdown import hero_of
from vigsite.pages.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder of a pack."""

    name: str
    about: str
    """What START HERE says of it."""
    make: Callable[[Path], None]
    """Writes it at that path, where nothing is yet. Raises OSError or VigsiteError."""
    opens: str = ""
    """For a folder, the file in it that a click opens."""
    title: str = ""
    """What START HERE calls it, when not by its name."""
    holds: tuple[str, ...] = ()
    """For a folder, files in it to open one by one: not every browser shows a folder."""

    @property
    def href(self) -> str:
        """Its address from START HERE."""
        return quote(f"{self.name}/{self.opens}" if self.opens else self.name)

    def href_of(self, file: str) -> str:
        """The address of a file in it."""
        return quote(f"{self.name}/{file}")


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where parts are made that take some making."""

    studio: Studio
    scratch: Path
    """A private folder for temporary files."""
    told: Callable[[str, float], None]
    """Is told how far a part has come, from 0 to 1."""


def parts_of(
    kept: Kept, names: Names, words: Words, choice: KeepsakeParts, workshop: Workshop
) -> list[Part]:
    """Every part besides START HERE and the manifest, in the order in which START HERE names them.

    For paper, only what is made to be printed.
    """
    _ = words.translations.gettext
    film = Part(names.film, _("All your moments in one film."), partial(_film, kept, workshop))
    phone = Part(
        names.phone,
        _("Each picture and clip as a file of its own."),
        partial(_phone, kept, names),
        holds=tuple(name for _uri, name in phone_files(kept.shown, names)),
    )
    album = Part(
        names.album,
        _("A book of your pictures and words, to read or to print."),
        partial(_album, kept, workshop),
    )
    site = Part(
        names.site,
        _("All pages with pictures, clips and words, for a laptop or tablet."),
        partial(_site, kept),
        opens="index.html",
        title=_("Pages"),
    )
    if choice is KeepsakeParts.PRINT:
        return [album]
    return [*([film] if kept.shown.film else []), phone, album, site]


def write_pack(
    kept: Kept, parts: Sequence[Part], names: Names, choice: KeepsakeParts, folder: Path
) -> str:
    """Writes every part, START HERE and the manifest into the empty `folder`.

    Gives the SHA-256 of the manifest. Raises OSError or VigsiteError.
    """
    for part in parts:
        part.make(folder / part.name)
    page = start_here(kept, parts, names, choice)
    (folder / names.start).write_text(page, encoding="utf-8", newline="\n")  # staged
    return write_manifest(folder)


def start_here(kept: Kept, parts: Sequence[Part], names: Names, choice: KeepsakeParts) -> str:
    """The page that says whose it is, what is in the pack and how it opens on which device."""
    return lone_page(
        "start-here.html.j2",
        kept.shown,
        kept.site,
        hero=hero_of(kept.shown),
        files=parts,
        names=names,
        paper=choice is KeepsakeParts.PRINT,
        stills_only=choice is KeepsakeParts.STILLS,
    )


def single_page(kept: Kept) -> str:
    """Everything on one page, pictures and clips inside it."""
    return lone_page("one-page.html.j2", kept.shown, kept.site)


def cover_note(kept: Kept, names: Names, file: str) -> str:
    """How a locked pack is opened; knows no passphrase."""
    return lone_page("cover-note.html.j2", kept.shown, None, file=file, start=names.start)


def _film(kept: Kept, workshop: Workshop, place: Path) -> None:
    workshop.studio.told = partial(workshop.told, "film")
    made = make_film(kept, workshop.studio)
    assert made is not None  # there is something to show in it
    shutil.copyfile(made.mp4, place)  # staged


def _album(kept: Kept, workshop: Workshop, place: Path) -> None:
    workshop.told("album", 0)
    make_album(kept, "a4", place, workshop.scratch)
    workshop.told("album", 1)


def _phone(kept: Kept, names: Names, folder: Path) -> None:
    folder.mkdir()  # staged
    for uri, name in phone_files(kept.shown, names):
        shutil.copyfile(kept.site / uri, folder / name)  # staged


def _site(kept: Kept, folder: Path) -> None:
    for path in sorted(kept.site.rglob("*")):  # shutil.copytree would hide why it failed
        target = folder / path.relative_to(kept.site)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)  # staged
            shutil.copyfile(path, target)  # staged
