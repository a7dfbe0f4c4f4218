"""Every address in the built pages: what they refer to, and whether it is there.

MkDocs' strict mode looks at Markdown links only; this looks at the HTML itself, so that
`<video src>`, `srcset` and `poster` count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_SINGLE = {
    "href",
    "src",
    "poster",
    "data-poster",
    "action",
    "data",
    "formaction",
    "background",
    "cite",
    "longdesc",
}
_SETS = {"srcset", "imagesrcset"}
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)|@import\s+['"]([^'"]+)""")


@dataclass(slots=True)
class _Reader(HTMLParser):
    """Gathers addresses and ids of one page."""

    addresses: list[tuple[int, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the base class names it
        line = self.getpos()[0]
        for name, value in attrs:
            if value is None:
                continue
            if name == "id":
                self.ids.add(value)
            elif name in _SINGLE or name.endswith(":href"):
                self.addresses.append((line, value))
            elif name in _SETS:
                entries = [entry.split() for entry in value.split(",")]
                self.addresses.extend((line, entry[0]) for entry in entries if entry)
            elif name == "style":
                self.addresses.extend((line, found) for found in css_addresses(value))


def css_addresses(css: str) -> Iterator[str]:
    """The addresses a stylesheet refers to."""
    for found in _CSS_URL.finditer(css):
        yield found[1] or found[2]


@dataclass(frozen=True, slots=True)
class Reference:
    """One address in one file of a site."""

    file: PurePosixPath
    line: int
    address: str

    @property
    def external(self) -> bool:
        """Whether it leads out of the site: a scheme other than `data:`, or another host."""
        parts = urlsplit(self.address)
        return bool(parts.netloc) or parts.scheme not in ("", "data")

    @property
    def target(self) -> PurePosixPath | None:
        """The file meant, within the site; None for `data:`, and the page itself for `#place`."""
        parts = urlsplit(self.address)
        if parts.scheme == "data":
            return None
        if not parts.path:
            return self.file
        joined = self.file.parent / unquote(parts.path)
        return PurePosixPath(*_resolved(joined.parts))

    @property
    def fragment(self) -> str:
        """The place on the page."""
        return unquote(urlsplit(self.address).fragment)


def _resolved(parts: tuple[str, ...]) -> list[str]:
    path: list[str] = []
    for part in parts:
        if part == ".." and path and path[-1] != "..":
            path.pop()
        elif part != ".":
            path.append(part)
    return path


@dataclass(frozen=True, slots=True)
class Links:
    """Everything the pages and stylesheets of a site refer to."""

    references: tuple[Reference, ...]
    ids: dict[PurePosixPath, frozenset[str]]

    def faults(self, site: Path) -> list[str]:
        """Addresses that lead out of the site or to nothing, a sentence each."""
        found = []
        for reference in self.references:
            place = f"{reference.file}:{reference.line}"
            target = reference.target
            if reference.external:
                found.append(f"{place}: {reference.address[:80]!r} leads out of the site")
            elif target is None:
                continue
            elif not (site / target).is_file():
                found.append(f"{place}: {reference.address[:80]!r} leads to nothing")
            elif reference.fragment and reference.fragment not in self.ids.get(target, frozenset()):
                found.append(f"{place}: {reference.address[:80]!r} leads to no place on that page")
        return found


def read_links(site: Path) -> Links:
    """Reads every page and stylesheet below `site`."""
    references: list[Reference] = []
    ids: dict[PurePosixPath, frozenset[str]] = {}
    for file in sorted(site.rglob("*.html")):
        name = PurePosixPath(file.relative_to(site).as_posix())
        reader = _Reader()
        reader.feed(file.read_text("utf-8"))
        reader.close()
        ids[name] = frozenset(reader.ids)
        references.extend(Reference(name, line, address) for line, address in reader.addresses)
    for file in sorted(site.rglob("*.css")):
        name = PurePosixPath(file.relative_to(site).as_posix())
        css = file.read_text("utf-8")
        references.extend(Reference(name, 1, address) for address in css_addresses(css))
    return Links(tuple(references), ids)
