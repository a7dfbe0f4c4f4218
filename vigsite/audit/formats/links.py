"""Every address in the built pages: what they refer to, and whether it is there.

MkDocs' strict mode looks at Markdown links only; this looks at the HTML itself, so that
`<video src>`, `srcset` and `poster` count too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from vigsite.audit.formats.html import css_addresses, read_markup

_INSIDE = frozenset({"", "data"})


@dataclass(frozen=True, slots=True)
class Reference:
    """One address in one file of a site."""

    file: PurePosixPath
    line: int
    address: str

    @property
    def external(self) -> bool:
        """Whether it leads out of the site: a scheme other than `data:`, or another host."""
        address = self._as_browsers_read
        try:
            parts = urlsplit(address)
        except ValueError:
            return True
        return bool(parts.netloc) or address.startswith("//") or parts.scheme not in _INSIDE

    @property
    def _as_browsers_read(self) -> str:
        """Without the line breaks and tabs they drop, and with their idea of a slash."""
        dropped = self.address.strip("".join(map(chr, range(33))))
        for character in "\t\r\n":
            dropped = dropped.replace(character, "")
        return dropped if dropped.lower().startswith("data:") else dropped.replace("\\", "/")

    @property
    def target(self) -> PurePosixPath | None:
        """The file meant, within the site; None for `data:`, and the page itself for `#place`."""
        parts = urlsplit(self._as_browsers_read)
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

    def faults(self, there: Collection[PurePosixPath]) -> list[tuple[Reference, str]]:
        """Addresses that lead out of the site or to nothing, each with a clause that says so.

        `there` names every file of the site.
        """
        found = []
        for reference in self.references:
            said = f"{reference.address[:80]!r}"
            if reference.external:
                found.append((reference, f"{said} leads out of the site"))
            elif (target := reference.target) is None:
                continue
            elif target not in there:
                found.append((reference, f"{said} leads to nothing"))
            elif reference.fragment and reference.fragment not in self.ids.get(target, frozenset()):
                found.append((reference, f"{said} leads to no place on that page"))
        return found

    def reached(self, start: PurePosixPath) -> set[PurePosixPath]:
        """Every file that a reader gets to from a page, itself included."""
        onward: dict[PurePosixPath, set[PurePosixPath]] = {}
        for reference in self.references:
            if not reference.external and reference.target is not None:
                onward.setdefault(reference.file, set()).add(reference.target)
        found, waiting = {start}, [start]
        while waiting:
            new = onward.get(waiting.pop(), set()) - found
            found |= new
            waiting.extend(new)
        return found


def read_links(site: Path) -> Links:
    """Reads every page and stylesheet below `site`."""
    files = sorted(path for kind in ("html", "css") for path in site.rglob(f"*.{kind}"))
    return links_of(
        (PurePosixPath(file.relative_to(site).as_posix()), file.read_text("utf-8"))
        for file in files
    )


def links_of(texts: Iterable[tuple[PurePosixPath, str]]) -> Links:
    """Reads pages, drawings and stylesheets, given as addresses and texts."""
    references: list[Reference] = []
    ids: dict[PurePosixPath, frozenset[str]] = {}
    for name, text in texts:
        if name.suffix == ".css":
            found = [(1, address) for address in css_addresses(text)]
        else:
            page = read_markup(text)
            ids[name] = frozenset(page.ids)
            found = page.addresses
        references.extend(Reference(name, line, address) for line, address in found)
    return Links(tuple(references), ids)
