"""Everything that can be read out of a file: what a browser, a script or a zip would undo.

Each reading is tried for further ones, a few layers deep, since an entity may hold a percent code
that holds base64. Nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vigsite.audit.formats.compressed import unpacked
from vigsite.audit.search.text_codes import DECODED, GATHERED, in_base64
from vigsite.audit.search.visible_text import SEEN

_DEPTH = 4
_LONG = 4_000
"""Characters; of longer texts only what changes is read again."""
_BUDGET = 12_000_000
"""Characters read of one file, all layers together."""
_NO_LETTERS = re.compile("[\u3000-\U0010ffff]")
"""What comes out when bytes of another kind are read as UTF-16 or UTF-32, mostly."""


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
        for step, undo in DECODED:
            if (more := _changed(text, undo)) and more != text:
                yield step, more
        for step, undo in SEEN:
            if (more := undo(text)) and more != text:
                yield step, more
    for step, gather in GATHERED:
        if found := gather(text):
            yield step, found
    for offset in range(4):
        if blob := in_base64(text, offset):
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


_SEEN_NAMES = {name for name, _ in SEEN}
