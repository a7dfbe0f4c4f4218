"""A page as it is seen: without its tags, across them, backwards, or with strings joined."""

from __future__ import annotations

import re
from collections.abc import Callable

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
_MOST_PIECES = 30
_TURNS = re.compile(r"[\u202d\u202e]|<bdo|bidi-override|isolate-override|&#(?:8238|x202e)", re.I)
_HIDDEN = re.compile(r"<(script|style|template|noscript)\b.*?</\1\s*>", re.S | re.I)
_JOINED = re.compile(r"""["'`]\s*(?:[+,.]\s*|\\?\s*)["'`]|\$\{\s*["'`]|["'`]\s*\}""")


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


SEEN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("text without tags", _tags_dropped),
    ("text between tags", _tags_as_spaces),
    ("text across tags", _across_tags),
    ("text backwards", _turned),
    ("parts of text", lambda text: _JOINED.sub("", text)),
)
"""The same signs, seen in another way; what `_DECODED` undoes is undone before."""
