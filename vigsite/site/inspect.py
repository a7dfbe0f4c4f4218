"""The last look at a finished site before it is published; any finding refuses it.

Links lead somewhere inside, only expected kinds of files are there, and words that must never be
shown occur in no page and no file name.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from vigsite.case.names import fold, pattern_of
from vigsite.errors import SiteError
from vigsite.site.links import read_links

KINDS = {".html", ".css", ".js", ".svg", ".woff2", ".jpg", ".mp4", ".txt"}
"""Kinds of files a site may hold; .txt for licences of vendored parts."""
_TEXTS = {".html", ".svg", ".txt"}
_TAGS = re.compile(r"<[^>]*>")
_DATA = re.compile(r"data:[^,\"']*;base64,([A-Za-z0-9+/]+=*)")


def inspect(site: Path, forbidden: Collection[str], media: Collection[str]) -> None:
    """Raises SiteError naming every finding.

    `forbidden` holds words that must not occur; `media` the addresses of the files that belong to
    admitted moments, all of which must be there and no other.
    """
    found = [*read_links(site).faults(site), *_kinds(site), *_media(site, media)]
    found += words_found(site, forbidden)
    if found:
        some = "\n  ".join(found[:20]) + (
            f"\n  and {len(found) - 20} more" if len(found) > 20 else ""
        )
        raise SiteError(f"The site was not published, because of this:\n  {some}")


def _kinds(site: Path) -> Iterable[str]:
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_symlink():
            yield f"{name}: is a link"
        elif path.is_file() and path.suffix not in KINDS:
            yield f"{name}: is of a kind that does not belong into a site"


def _media(site: Path, expected: Collection[str]) -> Iterable[str]:
    folder = site / "media"
    there = {path.relative_to(site).as_posix() for path in folder.rglob("*") if path.is_file()}
    yield from (f"{name}: belongs to no admitted moment" for name in sorted(there - set(expected)))
    yield from (f"{name}: is missing" for name in sorted(set(expected) - there))


def words_found(site: Path, forbidden: Collection[str]) -> Iterable[str]:
    """A sentence for each file below `site` whose text or name holds a forbidden word."""
    patterns = [(word, pattern_of(word)) for word in forbidden if fold(word).strip()]
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        texts = [fold(name)]
        if path.suffix in _TEXTS and path.is_file():
            texts += _readings(path.read_text("utf-8", errors="replace"))
        for word, pattern in patterns:
            if any(pattern.search(text) for text in texts):
                yield f"{name}: holds {word!r}, which must never be shown (never_show in case.yml)"


def _readings(page: str) -> list[str]:
    """The page as people read it: tags dropped, tags as spaces, its source, and what it embeds."""
    embedded = [
        base64.b64decode(found[1]).decode("utf-8", "replace") for found in _DATA.finditer(page)
    ]
    plain = [_TAGS.sub("", page), _TAGS.sub(" ", page), page, *embedded]
    return [fold(html.unescape(text)) for text in plain]
