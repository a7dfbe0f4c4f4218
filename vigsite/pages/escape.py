"""Text that people typed, made safe for both Markdown and HTML at once.

Notes are plain text: shown as typed, never read as markup. Characters that could start markup
become character references, which Markdown and HTML attributes both read back as the character.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_ALWAYS = re.compile(r"""[&<>"`\\*_{}\[\]|~^$#]""")
_AT_START = re.compile(r"^(\s*)([+\-=:!]|\d+(?=[.)]))")
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
"""Not the space that French keeps before a colon."""


def one_line(text: object) -> str:
    """Any value in one line of Markdown, or inside a double-quoted HTML attribute."""
    if isinstance(text, Markup):
        return str(text)
    flat = _SPACE.sub(" ", str(text)).strip()
    safe = _ALWAYS.sub(_reference, flat)
    return _AT_START.sub(lambda start: start[1] + _references(start[2]), safe)


def paragraphs(text: str) -> Markup:
    """Text of several lines: blank lines part paragraphs, single ends of line are kept."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return Markup(
        "\n\n".join("  \n".join(one_line(line) for line in block.splitlines()) for block in blocks)
    )


def quote(text: str) -> Markup:
    """Text as a Markdown quotation: somebody's own words."""
    return Markup("\n".join(f"> {line}" if line else ">" for line in paragraphs(text).split("\n")))


def _reference(found: re.Match[str]) -> str:
    return _references(found[0])


def _references(text: str) -> str:
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return "".join(named.get(character, f"&#{ord(character)};") for character in text)
