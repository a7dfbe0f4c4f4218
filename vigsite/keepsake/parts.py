"""What lies in a pack: each part is a name, a line about it, and who makes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from vigsite.case.model import KeepsakeParts
from vigsite.keepsake.embed import lone_page
from vigsite.keepsake.kept import Kept
from vigsite.keepsake.manifest import write_manifest
from vigsite.keepsake.names import Names, phone_files
from vigsite.pages.words import Words
from vigsite.pages.write import hero_of


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder of a pack."""

    name: str
    about: str
    """What START HERE says of it."""
    make: Callable[[Path], None]
    """Writes it at that path, where nothing is yet. Raises OSError or VigsiteError."""
    inside: str = ""
    """For a folder, the file in it that a click opens; without it, the folder itself."""

    @property
    def href(self) -> str:
        """Its address from START HERE."""
        return quote(f"{self.name}/{self.inside}" if self.inside else self.name)


def parts_of(kept: Kept, names: Names, words: Words, choice: KeepsakeParts) -> list[Part]:
    """Every part besides START HERE and the manifest, in the order in which START HERE names them.

    For paper, only what is made to be printed.
    """
    _ = words.translations.gettext
    parts: list[Part] = []
    if choice is not KeepsakeParts.PRINT:
        parts += [
            Part(
                names.phone,
                _("Each picture and clip as a file of its own."),
                partial(_phone, kept, names),
            ),
            Part(
                names.site,
                _("All pages with pictures, clips and words, for a laptop or tablet."),
                partial(_site, kept),
                "index.html",
            ),
        ]
    return parts


def write_pack(
    kept: Kept, parts: Sequence[Part], names: Names, choice: KeepsakeParts, folder: Path
) -> str:
    """Writes every part, START HERE and the manifest into the empty `folder`.

    Gives the SHA-256 of the manifest. Raises OSError or VigsiteError.
    """
    for part in parts:
        part.make(folder / part.name)
    page = start_here(kept, parts, names, choice)
    (folder / names.start).write_text(page, encoding="utf-8", newline="\n")
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


def _phone(kept: Kept, names: Names, folder: Path) -> None:
    folder.mkdir()
    for uri, name in phone_files(kept.shown, names):
        shutil.copyfile(kept.site / uri, folder / name)


def _site(kept: Kept, folder: Path) -> None:
    shutil.copytree(kept.site, folder, copy_function=shutil.copyfile)
