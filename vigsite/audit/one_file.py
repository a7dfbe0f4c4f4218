"""One file, looked at: its kind, its structure, and every secret it may hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vigsite.audit.finding import Finding, Rules
from vigsite.audit.formats.html import Markup, read_markup
from vigsite.audit.formats.images import (
    jpeg_findings,
    outside_picture,
    png_findings,
    woff2_findings,
)
from vigsite.audit.formats.mp4_boxes import mp4_findings, outside_stored
from vigsite.audit.formats.page_rules import policy_findings
from vigsite.audit.formats.pdf import read_paper
from vigsite.audit.formats.shipped_syntax import (
    FONT_BEGINS,
    film_without_syntax,
    font_without_syntax,
    is_pdf_name,
    pdf_without_syntax,
)
from vigsite.audit.search.decodings import readings
from vigsite.audit.search.embedded import fonts_apart, in_address, is_film, media_apart
from vigsite.audit.search.matcher import plain_words
from vigsite.audit.search.search import CHUNK, LEAST, MOST_BESIDE, Raw, Search, Secrets
from vigsite.audit.search.shipped_places import without_own
from vigsite.audit.search.traces import hosts, traces
from vigsite.audit.shipped_files import Own

_TEXTS = {".html", ".css", ".js", ".svg", ".txt", ".sha256"}
_OURS = {".css", ".js", ".svg", ".woff2", ".txt"}
_MOST_DEEP = 2_000_000
"""Bytes of one file that are read in every way; all pages of a site have less."""
_FAR = ("http:", "https:", "ws:", "wss:", "//")
_WORDS_IN = {"alt", "title", "content", "placeholder", "label", "summary", "value", "d", "points"}
_NOT_IN_PAGES = (b"PK\3\4", b"%PDF", b"\x1f\x8b", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_CARRIED = re.compile(rb"data:(?:font/woff2|image/jpeg|video/mp4|text/vtt);base64,")
_LISTED = re.compile(r"[0-9a-f]{64}  (.+)")
_TAKE_OUT = "Take it out, and build again."
_REPORT = "It comes from none of your notes; report it."


@dataclass(slots=True)
class Look:
    """Looks at files one after the other, and remembers what concerns several of them."""

    secrets: Secrets
    rules: Rules
    own: Own = field(default_factory=Own)
    """What every site of this version comes with."""
    pages: dict[PurePosixPath, str] = field(default_factory=dict)
    """Text of every page, stylesheet and drawing, for their links."""
    hashes: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every clip and still, by address."""
    search: Search = field(init=False)
    _said: str = field(init=False)

    def __post_init__(self) -> None:
        self.search = Search(self.secrets)
        self._said = "|".join(map(plain_words, self.secrets.said))

    def name(self, address: str) -> Iterator[Finding]:
        """What a file's name gives away, and whether it may be there by its name."""
        yield from self.search.name(address)
        for part in address.split("/"):
            if part.startswith("."):
                yield Finding(address, "name", "is hidden", "Delete it.")
            elif part.endswith(("~", ".bak", ".old", ".orig", ".tmp", ".part", ".swp")):
                yield Finding(address, "name", "is a copy that a program left", "Delete it.")
        if not address.endswith("/") and self.kind(address) not in self.rules.kinds:
            what = "is of a kind that does not belong there"
            yield Finding(address, "name", what, "Delete it.")

    @staticmethod
    def kind(address: str) -> str:
        """The ending of a name."""
        return PurePosixPath(address).suffix

    def file(self, address: str, raw: Raw) -> Iterator[Finding]:
        """Everything that is wrong inside one file; `name` is for its name."""
        kind = self.kind(address)
        if kind in (".mp4", ".jpg"):
            self.hashes[address] = _sha256(raw)
        elif len(raw) < _MOST_DEEP and self.own.knows(bytes(raw)):
            if kind in _TEXTS - {".txt"}:
                self.pages[PurePosixPath(address)] = bytes(raw).decode("utf-8", "replace")
            return
        elif self.rules.only_ours and kind in _OURS:
            what = "is none of the scripts, styles, fonts and drawings that this version comes with"
            yield Finding(address, "", what, _TAKE_OUT)
        if kind in _TEXTS:
            yield from self._text_file(address, kind, bytes(raw))
        elif kind == ".pdf":
            yield from self._paper(address, bytes(raw))
        else:
            yield from self._media(address, kind, raw)

    def _text_file(self, address: str, kind: str, raw: bytes) -> Iterator[Finding]:
        bare, carried = media_apart(raw)
        for number, held in enumerate(carried, 1):
            noun = "film" if is_film(held) else "picture"
            yield from self._carried(address, f"{noun} {number}", held)
        if len(bare) > _MOST_DEEP:
            size = len(bare) / 1e6
            what = f"is {size:.0f} MB of text, which is more than anybody could look into"
            yield Finding(address, "", what, _TAKE_OUT)
            yield from self.search.stored(address, "", bare)
            bare = bare[:_MOST_DEEP]
        try:
            text = bare.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Finding(address, f"byte {error.start}", "is no text in UTF-8", _TAKE_OUT)
            text = bare.decode("utf-8", "replace")
        page = read_markup(text) if kind in (".html", ".svg") else Markup()
        foreign = self._foreign(kind, text, page)
        words, fonts = fonts_apart(bare if foreign == text else foreign.encode("utf-8"))
        if not all(map(self.own.knows, fonts)):
            yield Finding(address, "", "carries a font that is none of ours", _TAKE_OUT)
        words = _CARRIED.sub(b" ", words)
        yield from self.search.words(address, "", words)
        if "\0" in text:
            yield Finding(address, f"byte {text.index(chr(0))}", "is no plain text", _TAKE_OUT)
        if kind in (".html", ".svg"):
            yield from self._page(address, kind, page)
        if kind in (".html", ".css", ".svg"):
            self.pages[PurePosixPath(address)] = text
        if kind in (".css", ".js", ".svg"):
            yield from self._hosts(address, "", text)
            if "sourceMappingURL" in text:
                yield Finding(address, "", "names a map of its source", _TAKE_OUT)
        for at, found, what in traces(text):
            if plain_words(found) not in self._said:
                yield Finding(address, _line(text, at), what, _TAKE_OUT)

    def _foreign(self, kind: str, text: str, page: Markup) -> str:
        """A text without what this version itself puts there, at the places where it does."""
        if kind in (".txt", ".sha256"):
            return "\n".join(map(self._line, text.split("\n")))
        for _at, code in page.styles if kind == ".html" else ():
            text = text.replace(code, self.own.rest(code))
        return without_own(text, self.search.texts) if kind in (".html", ".svg") else text

    def _line(self, line: str) -> str:
        """What of a line of plain text is not ours; a manifest's lines end with a file's name."""
        listed = _LISTED.fullmatch(line)
        if listed and self.search.texts.has_name(listed[1]):
            return ""
        return self.search.texts.rest(line)

    def _page(self, address: str, kind: str, page: Markup) -> Iterator[Finding]:
        if kind == ".html":
            yield from policy_findings(address, page)
        elif page.scripts or any(
            name.startswith("on") for e in page.elements for name in e.attributes
        ):
            yield Finding(address, "", "is a drawing that holds a script", _TAKE_OUT)
        for line, code in [*page.scripts, *page.styles, *page.comments]:
            yield from self._hosts(address, f"line {line}", code)
        loaded = {target for _line, target in page.addresses}
        for element in page.elements:
            for name, value in element.attributes.items():
                words = name in _WORDS_IN or name.startswith(("aria-", "xmlns")) or value in loaded
                if not words and value.strip().lower().startswith(_FAR):
                    yield _host(address, f"line {element.line}", value.strip()[:80])
        for line, target in page.addresses:
            if held := in_address(target):
                yield from self._carried(address, f"line {line}, data", held)

    def _hosts(self, address: str, place: str, code: str) -> Iterator[Finding]:
        """Addresses of other computers in a script or style, also put together from parts."""
        written, _fonts = fonts_apart(self.own.rest(code).encode("utf-8", "replace"))
        for reading in readings(written):
            for at, host in hosts(reading.text) if len(reading.how) < 3 else ():
                line = _line(reading.text, at) if not reading.how else ""
                yield _host(address, place or line, host)

    def _carried(self, address: str, place: str, raw: bytes) -> Iterator[Finding]:
        """A picture or film that stands in a page itself, whole and in the allowed place."""
        where = f"{address}, {place}"
        beside = raw[:MOST_BESIDE]
        if raw.startswith(b"\xff\xd8"):
            yield from jpeg_findings(where, raw)
            yield from self._unknown(where, raw)
            beside = outside_picture(raw)
        elif raw.startswith(b"\x89PNG"):
            yield from png_findings(where, raw)
            yield from self._unknown(where, raw)
        elif is_film(raw) and self.rules.films_inside:
            yield from mp4_findings(where, raw)
            yield from self._unknown(where, raw)
            beside = outside_stored(raw)
        elif raw.startswith(_NOT_IN_PAGES) or is_film(raw) or raw[8:12] == b"WEBP":
            yield Finding(where, "", "carries a file in a page", _TAKE_OUT)
        else:
            for number, held in enumerate(media_apart(raw)[1], 1):
                yield from self._carried(where, f"picture {number}", held)
            return
        yield from self.search.beside(address, place, raw, beside)

    def _unknown(self, address: str, raw: bytes) -> Iterator[Finding]:
        known = {*(self.rules.media or {}).values(), *(self.rules.hashes or ())}
        if known and hashlib.sha256(raw).hexdigest() not in known:
            yield Finding(address, "", "belongs to no admitted moment", _TAKE_OUT)

    def _paper(self, address: str, raw: bytes) -> Iterator[Finding]:
        paper = read_paper(address, raw)
        yield from paper.findings
        yield from self.search.stored(address, "", raw, without=self._pdf)
        for place, content in paper.dense:
            font = content.startswith(FONT_BEGINS)
            without = font_without_syntax if font else film_without_syntax
            yield from self.search.stored(address, place, content, without=without)
            if content.startswith(b"\xff\xd8"):
                yield from self._unknown(address, content)
        gathered: dict[str, list[bytes]] = {}
        for place, text in paper.texts:
            if isinstance(text, bytes):
                piece = self._pdf(self._string(text))
            else:
                left = "" if is_pdf_name(text) else self.search.texts.rest_of_paper(text)
                piece = left.encode("utf-8", "replace")
            gathered.setdefault(place, []).append(piece)
        for place, pieces in gathered.items():
            page = place.startswith("page ")
            piece, least = b"\n".join(pieces), 1 if page else LEAST
            yield from self.search.words(address, place, piece, least=least, on_paper=page)

    def _string(self, raw: bytes) -> bytes:
        """A string of a PDF without what is ours in it; anything else as it is."""
        try:
            text = raw.decode("utf-16" if raw[:2] == b"\xfe\xff" else "utf-8")
        except UnicodeDecodeError:
            return raw
        rest = self.search.texts.rest(text)
        return raw if rest == text else rest.encode("utf-8")

    def _pdf(self, raw: bytes) -> bytes:
        return pdf_without_syntax(raw, self.search.texts.rest)

    def _media(self, address: str, kind: str, raw: Raw) -> Iterator[Finding]:
        """A film, picture or font; or something that should not be there at all."""
        beside: bytes
        if kind == ".mp4":
            yield from mp4_findings(address, raw)
            beside = outside_stored(raw)
        elif kind == ".jpg":
            yield from jpeg_findings(address, bytes(raw))
            beside = outside_picture(bytes(raw))
        elif kind == ".woff2":
            yield from woff2_findings(address, bytes(raw))
            beside = b""
        else:
            beside = bytes(raw[:MOST_BESIDE])
        yield from self.search.beside(address, "", raw, beside)


def _host(address: str, place: str, host: str) -> Finding:
    return Finding(address, place, f"holds the address of another computer ({host!r})", _REPORT)


def _line(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"


def _sha256(raw: Raw) -> str:
    total = hashlib.sha256()
    for start in range(0, len(raw), CHUNK):
        total.update(raw[start : start + CHUNK])
    return total.hexdigest()
