"""One page of HTML (or a drawing) taken apart: addresses, ids, scripts, styles, meta, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SINGLE = {
    *(
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
    ),
    *(
        "manifest",
        "classid",
        "codebase",
        "archive",
        "profile",
        "lowsrc",
        "dynsrc",
        "usemap",
        "icon",
    ),
}
_SETS = {"srcset", "imagesrcset"}
_PRESENTED = {
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "marker-start",
    "marker-end",
    "cursor",
}
_CSS_URL = re.compile(
    r"""(?:url|src|image-set|image)\(\s*['"]?([^'")]+)['"]?\s*\)|@import\s+['"]([^'"]+)""", re.I
)
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*['\"]?(.+?)['\"]?\s*$", re.I | re.S)


def css_addresses(css: str) -> Iterator[str]:
    """The addresses a stylesheet refers to."""
    for found in _CSS_URL.finditer(css):
        yield found[1] or found[2]


@dataclass(slots=True)
class Element:
    """A start tag, with its line."""

    line: int
    tag: str
    attributes: dict[str, str]


@dataclass(slots=True)
class Markup(HTMLParser):
    """What a page is made of, in order."""

    addresses: list[tuple[int, str]] = field(default_factory=list)
    """Line and address of whatever a browser may load or go to."""
    ids: set[str] = field(default_factory=set)
    elements: list[Element] = field(default_factory=list)
    scripts: list[tuple[int, str]] = field(default_factory=list)
    """Line and code of each script that stands in the page."""
    styles: list[tuple[int, str]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    _open: str = ""
    _code: list[str] = field(default_factory=list)
    _since: int = 0

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes a tag with its addresses and ids."""
        line = self.getpos()[0]
        element = Element(line, tag, {name: value or "" for name, value in reversed(attrs)})
        self.elements.append(element)
        for name, value in attrs:
            self._take(line, element, name, value or "")
        if tag in ("script", "style"):
            self._open, self._code, self._since = tag, [], line
            if tag == "script" and ("src" in element.attributes or "href" in element.attributes):
                self._open = ""

    def _take(self, line: int, element: Element, name: str, value: str) -> None:
        if name == "id":
            self.ids.add(value)
        elif name in _SINGLE or name.endswith(":href") or (name == "xml:base"):
            self.addresses.append((line, value))
        elif name == "ping":
            self.addresses.extend((line, address) for address in value.split())
        elif name in _SETS:
            entries = [entry.split() for entry in value.split(",")]
            if value.lstrip().startswith("data:"):
                entries = [value.split()]
            self.addresses.extend((line, entry[0]) for entry in entries if entry)
        elif name == "style" or name in _PRESENTED:
            self.addresses.extend((line, found) for found in css_addresses(value))
        elif name == "content" and element.attributes.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.match(value)
            self.addresses.append((line, found[1] if found else value))
        elif name in ("to", "from", "values") and element.tag in ("set", "animate"):
            self.addresses.extend((line, part) for part in value.split(";") if ":" in part)

    def handle_data(self, data: str) -> None:
        """Takes what stands between tags, inside scripts and styles."""
        if self._open:
            self._code.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Ends a script or style."""
        if not self._open or tag != self._open:
            return
        code = "".join(self._code)
        if tag == "script":
            self.scripts.append((self._since, code))
        else:
            self.styles.append((self._since, code))
            self.addresses.extend((self._since, found) for found in css_addresses(code))
        self._open = ""

    def handle_comment(self, data: str) -> None:
        """Takes a comment."""
        self.comments.append((self.getpos()[0], data))

    def handle_pi(self, data: str) -> None:
        """Takes an instruction for a program, which a browser reads as a comment."""
        self.comments.append((self.getpos()[0], data))

    def unknown_decl(self, data: str) -> None:
        """Takes a section of another language, such as CDATA."""
        self.comments.append((self.getpos()[0], data))


def read_markup(text: str) -> Markup:
    """A page, read to its end."""
    page = Markup()
    page.feed(text)
    page.close()
    return page
