"""Everything that can be read out of a file: what a browser, a script or a zip would undo.

Each reading is tried for further ones, a few layers deep, since an entity may hold a percent code
that holds base64. Nothing is executed.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from vigsite.audit.streams import inflated_whole, unpacked

_DEPTH = 4
_LONG = 4_000
"""Characters; of longer texts only what changes is read again."""
_BUDGET = 40_000_000
"""Characters read of one file, all layers together."""
_COMMENT_OR_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "button", "caption", "dd", "desc"),
    *("details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "img", "input", "li"),
    *("legend", "link", "main", "meta", "nav", "ol", "option", "p", "pre", "script", "section"),
    *("select", "source", "style", "summary", "svg", "table", "tbody", "td", "template", "text"),
    *("textarea", "tfoot", "th", "thead", "title", "tr", "track", "ul", "video"),
}
_NO_LETTERS = re.compile("[\u3000-\U0010ffff]")
"""What comes out when bytes of another kind are read as UTF-16 or UTF-32, mostly."""
_MOST_PIECES = 30
_TURNS = re.compile(r"[\u202d\u202e]|<bdo|bidi-override|isolate-override|&#(?:8238|x202e)", re.I)
_HIDDEN = re.compile(r"<(script|style|template|noscript)\b.*?</\1\s*>", re.S | re.I)
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})"
    r"|([0-7]{1,3})|(\r?\n)|(.))",
    re.S,
)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})(?:\r\n|\s)?|\\(.)", re.S)
_JOINED = re.compile(r"""["'`]\s*(?:[+,.]\s*|\\?\s*)["'`]|\$\{\s*["'`]|["'`]\s*\}""")
_CODES = re.compile(
    r"(?:\b(?:0x[0-9a-fA-F]{1,5}|\d{2,6})\b[\s,;+]{1,4}){2,}(?:0x[0-9a-fA-F]{1,5}|\d{2,6})\b"
)  # one pattern
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{2}(?:[\s:,_\-]{0,2}[0-9A-Fa-f]{2}){2,}")
_HEX_GAPS = re.compile(r"[\s:,_\-]")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-]{6,}")
_PLAIN_WORD = re.compile(r"[A-Za-z]?[a-z/_\-]+\d{0,3}")
"""What is no base64 of text: that has capitals or digits all over."""
_WORD = re.compile(rb"[ -~\t\r\n]{4}")
_BASE64_LINES = re.compile(
    r"(?<=[A-Za-z0-9+/_\-])[ \t]*(?:\r?\n|\\n|%0A|&#10;)[ \t]*(?=[A-Za-z0-9+/_\-=])"
)
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_PERCENT = re.compile(r"%(?:u[0-9a-fA-F]{4}|[0-9a-fA-F]{2})")
_URL_SAFE = str.maketrans("-_", "+/")
_MAGIC = (
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"\x89PNG",
    b"BZh",
    b"%PDF",
    b"\xfd7zXZ",
    b"\xff\xfe",
    b"\xfe\xff",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that somebody could get out of a file."""

    text: str
    how: tuple[str, ...]
    """What was undone, outermost first; empty for the text as it is."""
    raw: bytes | None = None
    """The bytes it was read from, where it comes from bytes."""

    @property
    def said(self) -> str:
        """`in base64 in gzip`; empty for the text as it is."""
        return f" ({' in '.join(reversed(self.how))})" if self.how else ""


def readings(raw: bytes) -> Iterator[Reading]:
    """Every reading of a file's bytes, the nearest first."""
    waiting: list[tuple[str | bytes, tuple[str, ...]]] = [(raw, ())]
    seen: set[int] = set()
    budget = _BUDGET
    while waiting and budget > 0:
        later: list[tuple[str | bytes, tuple[str, ...]]] = []
        for content, how in waiting:
            if (mark := hash(content)) in seen or budget <= 0:
                continue
            seen.add(mark)
            budget -= len(content)
            deeper = len(how) < _DEPTH
            if isinstance(content, bytes):
                for text in _decoded(content):
                    yield Reading(text, how, content)
                    if deeper:
                        later += [(more, (*how, step)) for step, more in _undone(text, how)]
                if deeper:
                    later += [(more, (*how, step)) for step, more, _at in unpacked(content)]
            else:
                yield Reading(content, how)
                if deeper:
                    later += [(more, (*how, step)) for step, more in _undone(content, how)]
        waiting = later


def _decoded(raw: bytes) -> Iterator[str]:
    """As UTF-8, and as UTF-16 or UTF-32 where there are zero bytes or a mark at the start."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield raw.decode("utf-16", "replace")
    yield raw.decode("utf-8", "replace")
    if b"\0" not in raw:
        return
    yield raw.replace(b"\0", b"").decode("utf-8", "replace")
    for width, most in ((2, 500_000), (4, 50_000)):
        for shift in range(width if bytes(width // 2) in raw and len(raw) < most else 1):
            for end in "lb":
                text = raw[shift:].decode(f"utf-{8 * width}-{end}e", "replace")
                if len(raw) < 4096 or len(_NO_LETTERS.findall(text)) * 2 < len(text):
                    yield text


def _undone(text: str, how: tuple[str, ...]) -> Iterator[tuple[str, str | bytes]]:
    """Each way in which a text can be read on, with what comes out; `how` tells what was done."""
    if not how or how[-1] not in _SEEN_NAMES:
        for step, undo in _DECODED:
            if (more := _changed(text, undo)) and more != text:
                yield step, more
        for step, undo in _SEEN:
            if (more := undo(text)) and more != text:
                yield step, more
    for step, gather in _GATHERED:
        if found := gather(text):
            yield step, found
    for offset in range(4):
        if blob := _base64(text, offset):
            yield "base64", blob


def _changed(text: str, undo: Callable[[str], str]) -> str:
    """What is undone, of a long text only the lines that change and those beside them."""
    if len(text) < _LONG or "\\\n" in text:
        return undo(text)
    lines = text.split("\n")
    undone = [undo(line) for line in lines]
    kept: dict[int, str] = {}
    for number, line in enumerate(undone):
        if line != lines[number]:
            for beside in range(max(0, number - 1), min(len(lines), number + 2)):
                kept[beside] = undone[beside]
    return "\n".join(kept.values())


def _tags_dropped(text: str) -> str:
    """As it is read: tags inside a line vanish, those between blocks part words."""
    return _COMMENT_OR_TAG.sub(_part, text) if "<" in text else text


def _part(tag: re.Match[str]) -> str:
    named = _TAG_NAME.match(tag[0])
    return " " if named and named[1].lower() in _BLOCKS else ""


def _across_tags(text: str) -> str:
    """Words that begin before a tag and end behind it, whatever tag it is."""
    if "<" not in text:
        return text
    pieces = [piece.split() for piece in _COMMENT_OR_TAG.split(text)]
    full = [words for words in pieces if words]
    found = []
    for number, words in enumerate(full):
        glued = words[-1]
        for following in full[number + 1 : number + _MOST_PIECES]:
            glued += following[0]
            found.append(glued)
            if len(following) > 1:
                break
    return "\n".join(found)


def _turned(text: str) -> str:
    """Backwards, where something says that it is to be read so."""
    return _tags_dropped(text)[::-1] if _TURNS.search(text) else text


def _tags_as_spaces(text: str) -> str:
    return _COMMENT_OR_TAG.sub(" ", _HIDDEN.sub(" ", text)) if "<" in text else text


def _escapes(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3] or found[4]
        if code:
            return _character(int(code, 16))
        if found[5]:
            return _character(int(found[5], 8))
        return "" if found[6] else {"n": "\n", "t": "\t", "r": "\r"}.get(found[7], found[7])

    if "\\" not in text:
        return text
    undone = _ESCAPE.sub(plain, text)
    return undone.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _css_escapes(text: str) -> str:
    if "\\" not in text:
        return text
    return _CSS_ESCAPE.sub(
        lambda found: _character(int(found[1], 16)) if found[1] else found[2], text
    )


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 else "\ufffd"


def _percent(text: str) -> str:
    if not _PERCENT.search(text):
        return text
    long = re.sub(r"%u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return unquote(long, errors="replace")


def _quoted_printable(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    return _QUOTED.sub(
        lambda run: bytes.fromhex(run[0].replace("=", "")).decode("utf-8", "replace"), text
    )


def _codes(text: str) -> str:
    """Lists of character codes, as for String.fromCharCode."""
    return "\n".join(
        "".join(
            _character(int(code, 0 if code[1:2] == "x" else 10))
            for code in re.findall(r"0x[0-9a-fA-F]+|\d+", run[0])
        )
        for run in _CODES.finditer(text)
    )


def _hex(text: str) -> bytes:
    found = []
    for run in _HEX.finditer(text):
        digits = _HEX_GAPS.sub("", run[0].removeprefix("0x"))
        piece = bytes.fromhex(digits[: len(digits) // 2 * 2])
        if _plausible(piece):
            found.append(piece)
    return b"\n".join(found)


def _base64(text: str, offset: int) -> bytes:
    """All that looks like base64 and gives something readable, from `offset` on."""
    found = []
    for run in _BASE64.finditer(_BASE64_LINES.sub("", text)):
        if _PLAIN_WORD.fullmatch(run[0]):
            continue
        code = run[0].translate(_URL_SAFE)[offset:]
        if len(code) % 4 == 1:
            code = code[:-1]
        piece = base64.b64decode(code + "=" * (-len(code) % 4))
        if _plausible(piece):
            found.append(piece)
        if offset == 0 and (plain := inflated_whole(piece)):
            found.append(plain)
    if len(found) == 1:
        return found[0]
    return b"\n".join(found)


def _plausible(piece: bytes) -> bool:
    """Whether bytes may be text or a known kind of stream."""
    if len(piece) < 3:
        return False
    if piece.startswith(_MAGIC) or (
        len(piece) > 5 and (piece[0] & 15) == 8 and int.from_bytes(piece[:2]) % 31 == 0
    ):
        return True
    if piece.count(0) * 3 > len(piece):
        return True
    if len(piece) >= 6 and min(len(set(piece[::2])), len(set(piece[1::2]))) <= 3:
        return True  # as in UTF-16, where letters of one script have half their bytes in common
    if _WORD.search(piece) or len(piece) > 40:
        return True
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError as error:
        return 3 <= error.start >= len(piece) - 3
    return True


_DECODED: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("entities", html.unescape),
    ("percent codes", _percent),
    ("escapes", _escapes),
    ("CSS escapes", _css_escapes),
    ("quoted printable", _quoted_printable),
)
"""Undone sign by sign; nothing that they undo goes over the end of a line."""
_SEEN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("text without tags", _tags_dropped),
    ("text between tags", _tags_as_spaces),
    ("text across tags", _across_tags),
    ("text backwards", _turned),
    ("parts of text", lambda text: _JOINED.sub("", text)),
)
"""The same signs, seen in another way; what `_DECODED` undoes is undone before."""
_GATHERED: tuple[tuple[str, Callable[[str], str | bytes]], ...] = (
    ("character codes", _codes),
    ("hex", _hex),
)
_SEEN_NAMES = {name for name, _ in _SEEN}
