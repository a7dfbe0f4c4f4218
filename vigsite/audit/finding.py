"""What an audit finds, and what it allows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from vigsite.errors import SiteError
from vigsite.terminal.visible import visible

_MOST_SAID = 20
UNSEEN = (
    "No program can tell who is seen or heard in pictures, films and sound, or what is written "
    "in a picture (a letter, a street sign, a uniform). Somebody has to look at every moment and "
    "listen to it."
)
"""What stands in every report."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that must not be there. Its words are `visible`: names in a zip are anybody's."""

    file: str
    """Address within what was looked at; inside a zip in it, `START.zip/notes.txt`."""
    place: str
    """`line 12`, `byte 4031`, `moov/udta`; empty for the file itself."""
    what: str
    """What was found, a clause."""
    advice: str = field(compare=False)
    """What to do, a sentence."""

    def __post_init__(self) -> None:
        for name in ("file", "place", "what"):
            object.__setattr__(self, name, visible(getattr(self, name)))

    def __str__(self) -> str:
        place = f"{self.file}, {self.place}" if self.place else self.file
        return f"{place}: {self.what}. {self.advice}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What may lie in a kind of folder."""

    kinds: frozenset[str]
    """Endings of file names, small letters, with the dot."""
    start: str | None = None
    """Address of the first page: whatever lies beside and below it must be reached from there."""
    media: Mapping[str, str] | None = None
    """SHA-256 by address of exactly those clips and stills that belong beside the first page and
    below; None when nobody knows."""
    hashes: frozenset[str] | None = None
    """SHA-256 of every clip and still that may lie elsewhere; None when nobody knows."""
    only_ours: bool = False
    """Whether scripts, styles, fonts and drawings must be those this version comes with."""
    films_inside: bool = False
    """Whether a page may carry its clips in itself."""


SITE = Rules(
    frozenset({".html", ".css", ".js", ".svg", ".woff2", ".jpg", ".mp4", ".txt"}), "index.html"
)
"""A site; .txt is for licences of vendored parts."""
SHARE = Rules(frozenset({".jpg", ".mp4"}))
"""Numbered files for a meeting."""
PACK = Rules(SITE.kinds | {".pdf", ".sha256"}, "site/index.html")
"""What a family takes home."""
ONE_PAGE = Rules(frozenset({".html"}), films_inside=True)
"""A page that carries everything in itself."""


def rules_for(names: Collection[str]) -> Rules:
    """What something is, by the names of its files: a pack, a site, or files for a meeting."""
    ordered = sorted(names, key=lambda name: (name.count("/"), name))
    for mark, rules in (("START HERE.html", PACK), ("MANIFEST.sha256", PACK), ("index.html", SITE)):
        for name in ordered:
            if name == mark or name.endswith(f"/{mark}"):
                return replace(rules, start=f"{name.removesuffix(mark)}{rules.start}")
    kinds = {PurePosixPath(name).suffix for name in names}
    return SHARE if kinds and kinds <= SHARE.kinds else SITE


def refuse(findings: Sequence[Finding]) -> None:
    """Raises SiteError naming what was found; passes when nothing was."""
    if not findings:
        return
    said = [str(finding) for finding in findings[:_MOST_SAID]]
    if len(findings) > _MOST_SAID:
        said.append(f"and {len(findings) - _MOST_SAID} more")
    raise SiteError("\n  ".join(["It was not published, because of this:", *said]))
