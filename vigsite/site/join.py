"""Joins the small styles and scripts of a page into a file each: so a browser asks less often."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from vigsite.resources import bare_code

_PART = re.compile(
    r'(?P<open><(?:link rel="stylesheet" href|script src)=)"(?P<uri>[^"]+)"'
    r' data-into="(?P<into>[a-z-]+)"(?P<close>[^>]*>(?:</script>)?\n?)'
)
_Pieces = dict[PurePosixPath, list[str]]


def join(site: Path) -> None:
    """Puts the files marked `data-into="NAME"` together as NAME.css and NAME.js beside them.

    They stand in the order in which a page names them, which is the same on every page.
    """
    for page in sorted(site.rglob("*.html")):
        text, pieces = _joined(page)
        page.write_text(text, encoding="utf-8", newline="\n")  # staged
        for into, those in pieces.items():
            file = page.parent / into
            file.write_text("\n".join(those), encoding="utf-8", newline="\n")  # staged


def _joined(page: Path) -> tuple[str, _Pieces]:
    """The page with the joined files' addresses, and what goes into these."""
    pieces: _Pieces = {}

    def taken(part: re.Match[str]) -> str:
        uri = PurePosixPath(part["uri"])
        into = uri.with_name(part["into"] + uri.suffix)
        first = into not in pieces
        code = (page.parent / uri).read_text("utf-8")
        pieces.setdefault(into, []).append(bare_code(code))
        return f'{part["open"]}"{into}"{part["close"]}' if first else ""

    return _PART.sub(taken, page.read_text("utf-8")), pieces
