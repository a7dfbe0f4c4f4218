"""Joins the small styles and scripts of a page into a file each: so a browser asks less often."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

_PART = re.compile(
    r'(?P<open><(?:link rel="stylesheet" href|script src)=)"(?P<uri>[^"]+)"'
    r' data-into="(?P<into>[a-z-]+)"(?P<close>[^>]*>(?:</script>)?\n?)'
)
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.M | re.S)
"""Lines that are nothing but comment: they are for who reads the repository."""
_Pieces = dict[PurePosixPath, list[str]]


def join(site: Path) -> None:
    """Puts the files marked `data-into="NAME"` together as NAME.css and NAME.js beside them.

    They stand in the order in which a page names them, which is the same on every page.
    """
    for page in sorted(site.rglob("*.html")):
        text, pieces = _joined(page)
        page.write_text(text, encoding="utf-8", newline="\n")
        for into, those in pieces.items():
            (page.parent / into).write_text("\n".join(those), encoding="utf-8", newline="\n")


def _joined(page: Path) -> tuple[str, _Pieces]:
    """The page with the joined files' addresses, and what goes into these."""
    pieces: _Pieces = {}

    def taken(part: re.Match[str]) -> str:
        uri = PurePosixPath(part["uri"])
        into = uri.with_name(part["into"] + uri.suffix)
        first = into not in pieces
        code = (page.parent / uri).read_text("utf-8")
        pieces.setdefault(into, []).append(_COMMENT.sub("", code))
        return f'{part["open"]}"{into}"{part["close"]}' if first else ""

    return _PART.sub(taken, page.read_text("utf-8")), pieces
