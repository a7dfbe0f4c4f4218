"""Text from outside, such as names of files, so that whoever reads it sees all that is in it."""

from __future__ import annotations

import unicodedata

_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_SIGNS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Of category Cf, but drawn: they stand round a number or a word."""
_BLANK = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
"""Letters, marks and signs that show nothing."""
_VARIATIONS = {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
"""They choose a shape of what they follow."""
_JOINERS = (0x200C, 0x200D)
_EMOJI = (0xFE0E, 0xFE0F)


def visible(text: str) -> str:
    r"""One line: what would end it, order a terminal about or show nothing is written as `\x1b`.

    Letters of every script stay as they are, and the order they are written in; of the marks that
    change the order (bidi) or the shape, those that a script or an emoji needs.
    """
    return "".join(_spelled(text, at) for at in range(len(text)))


def visible_lines(text: str) -> str:
    """The same for a text of ours that has several lines, and keeps them."""
    return "\n".join(map(visible, text.split("\n")))


def _spelled(text: str, at: int) -> str:
    one = text[at]
    code = ord(one)
    if code < 0x7F and one.isprintable():
        return one
    seen = code in _SIGNS or unicodedata.category(one) not in _UNSEEN
    if code in _JOINERS or code in _VARIATIONS:
        seen = at > 0 and _joins(text[at - 1], code)
    if seen and code not in _BLANK:
        return one
    return one.encode("unicode_escape", "surrogatepass").decode("ascii")


def _joins(before: str, code: int) -> bool:
    """Whether a joiner, or the choice of a shape, belongs to what stands before it."""
    emoji = unicodedata.category(before) in ("So", "Sk") or ord(before) in _EMOJI
    if code in _VARIATIONS:
        return emoji if code in _EMOJI else False
    script = unicodedata.bidirectional(before) == "AL" or unicodedata.combining(before) == 9
    return emoji or script
