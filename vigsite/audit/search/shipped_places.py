"""What this version itself puts into a page, place by place: tags, attributes, whole sentences.

A moment may be called `form`, and every page has `form-action` in its policy. So what an empty
case would have at a place is taken out before secrets are searched for: a fixed attribute of a
template, a class of the theme, a sentence of a catalogue that stands there by itself. The same word
at any other place is searched for as ever. Tags stay as `<blockquote>` or `<wbr>`, since words may
run across them, and no goal is likely to be called so.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from vigsite.audit.formats.shipped_syntax import TAKEN
from vigsite.audit.search.matcher import plain_words
from vigsite.resources import PACKAGE, PALETTES, resource_root

_TOKEN = re.compile(r"<!doctype html>|</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*"([^"]*)")?""")
_ATTRIBUTES = re.compile(r"""(?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*\s*/?""")
"""As every page of ours writes them."""
_STATIC = re.compile(r"""([a-zA-Z][\w:-]*)="([^"{}]*)\"""")
_NAMES = re.compile(r"""(?<=\s)[a-zA-Z][\w:-]*(?=[=\s/>])""")
_QUOTED = re.compile(r"""["']([^"'{}<>]{1,40})["']""")
_CAPTIONS = "data:text/vtt;base64,"
_DRAWN = ("xmlns", "http://www.w3.org/2000/svg")
_CLASSES = re.compile(r'class="([^"]*)"')
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
_BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "div", "section", "header", "main", "nav", "ul", "ol", "li"),
    *("figure", "figcaption", "blockquote", "details", "summary", "table", "tr", "td", "th"),
    *("head", "body", "html", "title", "dl", "dt", "dd", "br", "hr", "footer", "article", "img"),
    *("script", "style", "meta", "link", "video", "source", "track", "svg", "template", "button"),
}
_ADDRESS = re.compile(
    r"(?:\.\./|site/)*(?:(?:index|deck|about|goals|seen|next|keep|cycle-\d+)\.html)?"
    r"(?:#(?:content|part(?:_\d+)?|slide-\d+|moment-\d+(?:-\d+)?|cycle-\d+))?"
    r"|(?:\.\./|site/)*media/cycle-\d+-moment-\d+(?:-still-\d+)?(?:-\d+)?\.(?:jpg|mp4)"
)
"""Addresses of what every site has."""
_OUTWARD = re.compile(r"^(?:\.\./|site/)+")
_INTO = re.compile(r'data-into="([a-z-]+)"')
_ID = r"content|part(?:_\d+)?|(?:slide|cycle)-\d+|moment-\d+(?:-\d+)?|chart-\d+-(?:title|text)"
_IDS = re.compile(rf"(?:{_ID})(?: (?:{_ID}))*")
_RULE = (
    r"(?:(?:default|script|style|img|media|font|connect|object)-src|base-uri|form-action)"
    r"(?: (?:'self'|'none'|data:|'sha256-[A-Za-z0-9+/=]+'))+"
)
_POLICY = re.compile(rf"{_RULE}(?:; {_RULE})*")
_FILLED = re.compile(r"\{\w+\}")
_REMARK = re.compile(r"/\*.*?\*/")
_FONT = re.compile(r'^\s*src: url\("(?:data:font/woff2;base64,[A-Za-z0-9+/=]*|[^"]+\.woff2)"\)')
_SPLIT = re.compile(r"\s+[·–—|/]\s+|\s*\n\s*|(?<=[.?!؟۔])[\u2068\u2069]*\s+")
_WITH_KEY = re.compile(r"(?P<said>.+?)(?: \([^()]{1,12}\)| ?: \d+)")
"""A sentence with the key that does it, or with a rating."""
_BLOCK, _INLINE = "blockquote", "wbr"
_LONGEST_NAME = 60
_LEFT = re.compile("[\u0590-\u08ff]")
_ISOLATES = "\u2068\u2069"
"""Marks of direction around what is filled in."""
_NUMBERED = re.compile(r"^\d[\d-]* ?|\.[a-z0-9]+$")
_ALWAYS_NAMED = {"", "site", "MANIFEST"}


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """What the templates and the theme hold."""

    attributes: frozenset[tuple[str, str]]
    """Attributes that stand in a template with a fixed value."""
    names: frozenset[str]
    """Attributes that stand in a template at all."""
    tags: frozenset[str]
    classes: frozenset[str]
    lines: frozenset[str]
    """Lines of scripts and styles."""
    words: frozenset[str]
    """What stands in quotes in the code of a template: keys, and what a button does."""


@lru_cache(maxsize=1)
def _assets() -> frozenset[str]:
    """Return the addresses of what the theme ships, and of what its small files are joined to."""
    theme = resource_root() / "theme"
    files = {f.relative_to(theme).as_posix() for f in (theme / "assets").rglob("*") if f.is_file()}
    into = {
        f"assets/vig/{name}{kind}"
        for page in theme.rglob("*.html")
        for name in _INTO.findall(page.read_text("utf-8"))
        for kind in (".css", ".js")
    }
    return frozenset(files | into)


def is_own_address(address: str) -> bool:
    """Return whether every site has that address, or a numbered one like it."""
    bare = _OUTWARD.sub("", address)
    return bool(_ADDRESS.fullmatch(address)) or bare in _assets()


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """Sentences that pages say by themselves, in the languages of an edition."""

    whole: frozenset[str]
    """Those that stand there as they are, in plain spacing and small letters."""
    filled: re.Pattern[str] | None
    """Those in which something is filled in; its groups are what was filled in."""
    long: re.Pattern[str] | None = None
    """Those of three words and more, wherever lines break in them."""
    to_the_left: str = ""
    """All words of those that run to the left, as `plain_words` has them. A PDF gives such words in
    another order, in pieces and glued together, so no sentence can be known there."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> OwnTexts:
        """From the sentences; `|` stands for what is filled in."""
        whole: set[str] = set()
        filled: list[str] = []
        for text in texts:
            plain = _spaced(html.unescape(text))
            whole.update((plain, *_SPLIT.split(plain)))
            if "|" in plain:
                parts = [re.escape(part) for part in plain.split("|")]
                if any(part.strip("\\ .,:;()") for part in parts):
                    filled.append("(.*?)".join(parts))
        filled.sort(key=len, reverse=True)  # the one that says most
        pattern = re.compile("|".join(rf"(?:{one})" for one in filled)) if filled else None
        wordy = [r"\s+".join(map(re.escape, text.split())) for text in whole if _is_wordy(text)]
        long = re.compile("|".join(sorted(wordy, key=len, reverse=True))) if wordy else None
        left = {word for text in whole for word in text.split() if _LEFT.search(word)}
        small = frozenset(text.casefold() for text in whole)
        return cls(small, pattern, long, "|".join(map(plain_words, left)))

    def rest_of_paper(self, text: str) -> str:
        """Return what of a printed page is not ours; a sentence may run over several lines."""
        broken = self.long.sub(lambda m: " " if "\n" in m[0] else m[0], text) if self.long else text
        return "\n".join(map(self.rest, broken.split("\n")))

    def rest(self, text: str) -> str:
        """Return what of a piece of text is not ours, as it stands there."""
        if not text.strip():
            return text
        if text.startswith("{") and (words := self._rest_of_words(html.unescape(text))) is not None:
            return words
        plain, lines = _spaced(html.unescape(text)), "\n" * text.count("\n")
        pieces = [_spaced(piece) for piece in _SPLIT.split(html.unescape(text).strip())]
        whole, parts = self._rest(plain), list(map(self._rest, pieces))
        if whole == plain and parts == pieces:
            return text
        return min(whole, " | ".join(filter(None, parts)), key=len) + lines

    def _rest_of_words(self, text: str) -> str | None:
        """Return those of a script's sentences that are not ours; None when the text is no JSON."""
        try:
            found = json.loads(text)
        except ValueError:
            return None
        pairs = found.items() if isinstance(found, dict) else ()
        if not all(isinstance(sentence, str) for _, sentence in pairs):
            return None
        foreign = [
            f"{key} {sentence}"
            for key, sentence in pairs
            if not self._is_whole(_spaced(_FILLED.sub("|", sentence)))
        ]
        return " | ".join(foreign)

    def _rest(self, piece: str) -> str:
        """Return what of one sentence is not ours."""
        if self._is_whole(piece) or (len(piece) < _LONGEST_NAME and self.has_name(piece)):
            return ""
        first, slash, second = piece.partition(" / ")
        if slash and self._is_whole(first) and self._begins(second):
            return ""  # "First moment / Last" says the common word once
        with_key = _WITH_KEY.fullmatch(piece)
        if with_key and self._is_whole(with_key["said"]):
            return ""
        if self.filled and (found := self.filled.fullmatch(piece)):
            filled = (group.strip(_ISOLATES) for group in found.groups() if group)
            groups = (self._rest(group) for group in filled if group != piece)
            return " | ".join(filter(None, groups))
        return piece

    def _begins(self, piece: str) -> bool:
        """Return whether one of our sentences begins with these words."""
        return any(text.startswith(f"{piece.casefold()} ") for text in self.whole)

    def _is_whole(self, piece: str) -> bool:
        return piece.casefold() in self.whole

    def has_name(self, address: str) -> bool:
        """Return whether every part of a file's address is a name that we give."""
        if is_own_address(address):
            return True
        parts = [_NUMBERED.sub("", part) for part in address.split("/")]
        return all(self._is_whole(part) or part in _ALWAYS_NAMED for part in parts)


def _code(line: str) -> str:
    """Return a line of a script or style without remarks and in plain spacing."""
    return _spaced(_FONT.sub("src", _REMARK.sub("", line)))


def _is_wordy(text: str) -> bool:
    return "|" not in text and len(text.split()) >= 3


def _spaced(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=1)
def own_places() -> OwnPlaces:
    """Return what the templates of this version hold."""
    root = resource_root() / "theme"
    files = [*root.rglob("*.html"), *root.rglob("*.svg"), *PACKAGE.rglob("*.j2")]
    files += [*(PACKAGE / "pages").rglob("*.py"), *(PACKAGE / "keepsake").rglob("*.py")]
    attributes: set[tuple[str, str]] = set()
    names: set[str] = set()
    tags: set[str] = set()
    classes: set[str] = set()
    lines: set[str] = set()
    words: set[str] = set()
    for file in files:
        text = file.read_text("utf-8")
        attributes.update(_STATIC.findall(text))
        for tag in _TOKEN.findall(_CODE.sub(" ", text)):
            names.update(_NAMES.findall(tag))
        for code in _CODE.findall(text):
            words.update(_QUOTED.findall(code))
        tags.update(name.lower() for _, name in _TAG.findall(text))
        for value in _CLASSES.findall(text):
            classes.update(_CODE.sub(" ", value).split())
        lines.update(map(_code, text.split("\n")))
    attributes.add(_DRAWN)
    attributes.update(("data-palette", name) for name in PALETTES)
    for file in (*root.rglob("*.css"), *root.rglob("*.js"), *PACKAGE.rglob("*.css")):
        lines.update(map(_code, file.read_text("utf-8").split("\n")))
    classes.update(f"vig-icon-{word}" for word in words)
    return OwnPlaces(*map(frozenset, (attributes, names, tags, classes, lines, words)))  # type: ignore[arg-type]


def without_own(page: str, texts: OwnTexts) -> str:
    """Return a page without what this version puts there by itself."""
    return "".join(_foreign(page, texts, own_places()))


def _foreign(page: str, texts: OwnTexts, own: OwnPlaces) -> Iterator[str]:
    at, inside = 0, ""
    for token in _TOKEN.finditer(page):
        yield _text(page[at : token.start()], inside, texts, own)
        yield _tag(token[0], texts, own)
        at = token.end()
        named = _TAG.match(token[0])
        inside = named[2].lower() if named and not named[1] else ""
    yield _text(page[at:], inside, texts, own)


def _text(text: str, inside: str, texts: OwnTexts, own: OwnPlaces) -> str:
    if inside in ("script", "style"):
        lines = (line for line in text.split("\n") if _code(line) not in own.lines)
        if inside == "script":
            return "\n".join(lines)
        return "\n".join(
            "; ".join(part for part in line.split(";") if _code(f"{part};") not in own.lines)
            for line in lines
        )
    if inside == "kbd" and text.strip() in own.words:
        return " "
    left = texts.rest(text)
    return f"{TAKEN} {left} {TAKEN}" if left != text and left.strip() else left


def _tag(tag: str, texts: OwnTexts, own: OwnPlaces) -> str:
    """Return a tag with those of its attributes alone that are not ours."""
    named = _TAG.match(tag)
    if named is None:
        return f"<{_BLOCK}>"
    closing, name = named[1], named[2].lower()
    written = tag[named.end() : -1]
    if name not in own.tags or not _ATTRIBUTES.fullmatch(written):
        return tag
    kept = []
    for found in _ATTRIBUTE.finditer(written):
        attribute, value = found[1], found[2]
        if value is None:
            if attribute not in own.names and (attribute, "") not in own.attributes:
                kept.append(attribute)
        elif not _is_ours(attribute, value, texts, own):
            shown = TAKEN if attribute in own.names else attribute
            kept.append(f'{shown}="{texts.rest(value.removeprefix(_CAPTIONS))}"')
    short = _BLOCK if name in _BLOCKS else _INLINE
    return f"<{closing}{short}{' ' if kept else ''}{' '.join(kept)}>"


def _is_ours(attribute: str, value: str, texts: OwnTexts, own: OwnPlaces) -> bool:
    """Return whether an empty case would have this value there."""
    if (attribute, value) in own.attributes or (attribute == value and attribute in own.names):
        return True
    match attribute:
        case "class":
            ours = all(name in own.classes for name in value.split())
        case "id" | "aria-labelledby" | "aria-controls" | "for":
            ours = bool(_IDS.fullmatch(value))
        case "data-do" | "data-does":
            ours = value in own.words
        case "href" | "src" | "poster" | "data-poster":
            ours = is_own_address(value) or texts.has_name(unquote(value).rstrip("/"))
        case "srcset":
            listed = (part.split() for part in value.split(","))
            ours = all(is_own_address(part[0]) for part in listed if part)
        case "content":
            ours = bool(_POLICY.fullmatch(html.unescape(value)))
        case _:
            ours = False
    return ours
