"""What files of a pack are called: in the family's language, and so that every device takes them.

Names say nothing of the family. They are short, NFC, without characters or names that Windows
refuses, and stay distinct where capitals and kinds of accents do not count (macOS, FAT).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from vigsite.pages.shown import Shown
from vigsite.pages.words import Words

LONGEST = 48
"""Characters before the ending; four-byte ones still fit into the 255 bytes of a name."""
_REFUSED = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?$", re.I)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a pack, and of what lies in it."""

    pack: str
    """Of the whole, without ending."""
    start: str
    note: str
    """Of the page that goes with a locked pack."""
    phone: str
    film: str
    album: str
    clip: str
    """Of one clip, without number and ending."""
    picture: str
    site: str = "site"


def names_for(words: Words) -> Names:
    """The names in a language; English ones where a translation cannot be a name."""
    _ = words.translations.gettext
    found = Names(
        pack=safe_name(_("To keep"), "To keep"),
        start=safe_name(_("START HERE"), "START HERE") + ".html",
        note=safe_name(_("How to open the locked file"), "How to open") + ".html",
        phone=safe_name(_("For your phone"), "For your phone"),
        film=safe_name(_("Our film"), "Our film") + ".mp4",
        album=safe_name(_("Our album"), "Our album") + ".pdf",
        clip=safe_name(_("Clip"), "Clip"),
        picture=safe_name(_("Picture"), "Picture"),
    )
    beside = (found.start, found.phone, found.film, found.album, found.site, "MANIFEST.sha256")
    if are_distinct(beside) and are_distinct((found.clip, found.picture)):
        return found
    return Names(
        found.pack,
        "START HERE.html",
        found.note,
        "For your phone",
        "Our film.mp4",
        "Our album.pdf",
        "Clip",
        "Picture",
    )


def safe_name(text: str, otherwise: str) -> str:
    """A text as the name of a file, before its ending; `otherwise` when nothing usable is left."""
    plain = unicodedata.normalize("NFC", " ".join(_REFUSED.sub(" ", text).split()))
    seen = "".join(c for c in plain if unicodedata.category(c)[0] != "C")
    short = " ".join(seen.split())[:LONGEST].strip(" .-~")
    return short if short and not _DEVICES.match(short) else otherwise


def are_distinct(names: Iterable[str]) -> bool:
    """Whether no two names are the same file on any device."""
    folded = [unicodedata.normalize("NFD", name).casefold() for name in names]
    return len(set(folded)) == len(folded)


def phone_files(shown: Shown, names: Names) -> list[tuple[str, str]]:
    """Each clip and still at its best: its address in the site, and its numbered name."""
    uris = []
    for _cycle, moment in shown.moments:
        if moment.clip:
            uris.append((moment.clip.uri, f"{names.clip}.mp4"))
        else:
            uris += [(pic.largest.uri, f"{names.picture}.jpg") for pic in moment.pictures]
    digits = max(2, len(str(len(uris))))
    return [(uri, f"{number:0{digits}} {name}") for number, (uri, name) in enumerate(uris, 1)]
