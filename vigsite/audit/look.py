"""One file, looked at: its kind, its structure, and every secret it may hold."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

from vigsite.audit.embedded import fonts_apart, pictures_apart, text_runs
from vigsite.audit.finding import Finding, Rules
from vigsite.audit.markup import Markup, read_markup
from vigsite.audit.mp4 import mp4_findings, outside_stored
from vigsite.audit.needles import Finder, Secret, plain_words
from vigsite.audit.own import Own
from vigsite.audit.paper import read_paper
from vigsite.audit.pictures import (
    jpeg_findings,
    outside_picture,
    png_findings,
    woff2_findings,
)
from vigsite.audit.policy import policy_findings
from vigsite.audit.readings import readings
from vigsite.audit.traces import hosts, traces

Raw = bytes | mmap
_TEXTS = {".html", ".css", ".js", ".svg", ".txt", ".sha256"}
_OURS = {".css", ".js", ".svg", ".woff2", ".txt"}
_CHUNK, _OVERLAP = 8_000_000, 8_192
_MOST_DEEP = 2_000_000
"""Bytes of one file that are read in every way; all pages of a site have less."""
_MOST_BESIDE = 60_000
"""Bytes beside a picture or film that are read in every way; all of it is searched besides."""
_FAR = ("http:", "https:", "ws:", "wss:", "//")
_WORDS_IN = {"alt", "title", "content", "placeholder", "label", "summary", "value", "d", "points"}
_TAKE_OUT = "Take it out, and build again."
_REPORT = "It comes from none of your notes; report it."


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not occur in one edition."""

    secrets: tuple[Secret, ...] = ()
    said: tuple[str, ...] = ()
    """What the edition is allowed to say; no trace is seen in it."""
    notes: tuple[str, ...] = ()
    """What could not be searched for, a sentence each."""


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
    finder: Finder = field(init=False)
    _said: str = field(init=False)

    def __post_init__(self) -> None:
        self.finder = Finder(self.secrets.secrets)
        self._said = "|".join(map(plain_words, self.secrets.said))

    def name(self, address: str) -> Iterator[Finding]:
        """What a file's name gives away, and whether it may be there by its name."""
        for secret in sorted(self.finder.in_name(address), key=lambda one: one.text):
            yield _secret(address, "name", secret, "")
        for reading in readings(address.encode("utf-8", "replace")) if self.secrets.secrets else ():
            for secret in self.finder.in_text(reading.text) - self.finder.in_name(address):
                yield _secret(address, "name", secret, reading.said)
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
        if len(raw) > _MOST_DEEP:
            what = f"is {len(raw) / 1e6:.0f} MB of text, which is more than anybody could look into"
            yield Finding(address, "", what, _TAKE_OUT)
            yield from self.stored(address, "", raw)
            raw = raw[:_MOST_DEEP]
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Finding(address, f"byte {error.start}", "is no text in UTF-8", _TAKE_OUT)
            text = raw.decode("utf-8", "replace")
        foreign = text
        for _at, code in read_markup(text).styles if kind == ".html" else ():
            foreign = foreign.replace(code, self.own.rest(code))
        words, pictures = pictures_apart(raw if foreign == text else foreign.encode("utf-8"))
        words, fonts = fonts_apart(words)
        if not all(map(self.own.knows, fonts)):
            yield Finding(address, "", "carries a font that is none of ours", _TAKE_OUT)
        yield from self.words(address, "", words)
        for number, picture in enumerate(pictures, 1):
            yield from self._beside(address, f"picture {number}", picture, outside_picture(picture))
        if "\0" in text:
            yield Finding(address, f"byte {text.index(chr(0))}", "is no plain text", _TAKE_OUT)
        if kind in (".html", ".svg"):
            page = read_markup(text)
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
            if target.strip().lower().startswith("data:"):
                yield from self._embedded(f"{address}, line {line}, data", target.strip())

    def _hosts(self, address: str, place: str, code: str) -> Iterator[Finding]:
        """Addresses of other computers in a script or style, also put together from parts."""
        written, _fonts = fonts_apart(self.own.rest(code).encode("utf-8", "replace"))
        for reading in readings(written):
            for at, host in hosts(reading.text) if len(reading.how) < 3 else ():
                line = _line(reading.text, at) if not reading.how else ""
                yield _host(address, place or line, host)

    def _embedded(self, address: str, target: str) -> Iterator[Finding]:
        """A picture that stands in a page itself."""
        head, _, body = target.partition(",")
        raw = unquote_to_bytes(body)
        if head.lower().endswith(";base64"):
            try:
                raw = base64.b64decode(raw + b"==")
            except binascii.Error:
                return
        if raw.startswith(b"\xff\xd8"):
            yield from jpeg_findings(address, raw)
            yield from self._unknown(address, raw)
        elif raw.startswith(b"\x89PNG"):
            yield from png_findings(address, raw)
        elif raw.startswith((b"PK\3\4", b"%PDF", b"\x1f\x8b")) or raw[4:8] == b"ftyp":
            yield Finding(address, "", "carries a file in a page", _TAKE_OUT)

    def _unknown(self, address: str, raw: bytes) -> Iterator[Finding]:
        known = {*(self.rules.media or {}).values(), *(self.rules.hashes or ())}
        if known and hashlib.sha256(raw).hexdigest() not in known:
            yield Finding(address, "", "belongs to no admitted moment", _TAKE_OUT)

    def _paper(self, address: str, raw: bytes) -> Iterator[Finding]:
        paper = read_paper(address, raw)
        yield from paper.findings
        yield from self.stored(address, "", raw)
        for place, content in paper.dense:
            yield from self.stored(address, place, content)
            if content.startswith(b"\xff\xd8"):
                yield from self._unknown(address, content)
        gathered: dict[str, list[bytes]] = {}
        for place, text in paper.texts:
            piece = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
            gathered.setdefault(place, []).append(piece)
        for place, pieces in gathered.items():
            yield from self.words(address, place, b"\n".join(pieces))

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
            beside = bytes(raw[:_MOST_BESIDE])
        yield from self._beside(address, "", raw, beside)

    def _beside(self, address: str, place: str, raw: Raw, beside: bytes) -> Iterator[Finding]:
        """Secrets in a film or picture; `beside` is what it holds besides."""
        told: set[Secret] = set()
        where = place or "beside the picture"
        yield from self.words(address, where, beside[:_MOST_BESIDE], told)
        yield from self.stored(address, place, raw, told)

    def words(
        self, address: str, place: str, raw: bytes, told: set[Secret] | None = None
    ) -> Iterator[Finding]:
        """Secrets in anything that may be words, however they are written there.

        `told` are those that were found in the file before; it grows.
        """
        if not self.secrets.secrets or not raw:
            return
        told = set() if told is None else told
        for reading in readings(raw):
            hits = self.finder.in_text(reading.text)
            if reading.raw is not None:
                hits |= set(self.finder.in_bytes(reading.raw))
            for secret in sorted(hits - told, key=lambda one: one.text):
                told.add(secret)
                yield _secret(address, place or self._where(raw, secret), secret, reading.said)

    def stored(
        self, address: str, place: str, raw: Raw, told: set[Secret] | None = None
    ) -> Iterator[Finding]:
        """Secrets in bytes that are no words: stored pictures and sound. Reads in pieces."""
        if not self.secrets.secrets:
            return
        told = set() if told is None else told
        for start in range(0, len(raw), _CHUNK):
            piece = raw[start : start + _CHUNK + _OVERLAP]
            for secret, at in self.finder.in_bytes(piece).items():
                if secret not in told:
                    told.add(secret)
                    yield _secret(address, place or f"byte {start + at}", secret, "")
            for at, run in text_runs(piece):
                for reading in readings(run):
                    for secret in self.finder.in_text(reading.text) - told:
                        told.add(secret)
                        yield _secret(address, place or f"byte {start + at}", secret, reading.said)

    def _where(self, raw: bytes, secret: Secret) -> str:
        """The line of a text that holds a secret, if one line alone does."""
        text = raw.decode("utf-8", "replace")
        for number, line in enumerate(text.split("\n")[:20_000], 1):
            if line.strip() and self._line_holds(line, secret):
                return f"line {number}"
        return ""

    def _line_holds(self, line: str, secret: Secret) -> bool:
        if secret in self.finder.in_text(line):
            return True
        codes = any(mark in line for mark in "&%\\<") or len(line) > 40
        return codes and any(
            secret in self.finder.in_text(reading.text) for reading in readings(line.encode())
        )


def _secret(address: str, place: str, secret: Secret, said: str) -> Finding:
    shown = secret.text if len(secret.text) <= 40 else f"{secret.text[:40]}…"
    what = f"holds {shown!r}{said} from {secret.origin}"
    return Finding(address, place, what, "It must not be shown here; find out how it came there.")


def _host(address: str, place: str, host: str) -> Finding:
    return Finding(address, place, f"holds the address of another computer ({host!r})", _REPORT)


def _line(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"


def _sha256(raw: Raw) -> str:
    total = hashlib.sha256()
    for start in range(0, len(raw), _CHUNK):
        total.update(raw[start : start + _CHUNK])
    return total.hexdigest()
