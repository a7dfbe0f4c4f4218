"""Slips of a beginner's hand that make a line unreadable: where, why, and the line as it was meant.

YAML's own words blame the place where its reader gave up. Here the lines around it are looked at
as a person would. Whatever is put in a line's place serves only to read the rest of the file, so
that one slip hides no other; nothing is ever built from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_KEYED = re.compile(r"""( *(?:- +)*)(["']?[\w-]+["']?): +(?=\S)(.*)""")
_ITEM = re.compile(r"( *(?:- +)+)(?=\S)(.*)")
_KEY_ALONE = re.compile(r" *(?:- +)*[\w-]+:(?: |$)")
_BEGINS = re.compile(r" *(?:- +)*")
_BULLET = re.compile(r"( *)([•▪●○‣◦·*–—−])\s+(\S.*)")
_NOT_KEPT = re.compile(r" *(?:- +)*(?://|<!--|/\*|;|--(?!-))")
_NO_COLON = re.compile(r"( *(?:- +)*)([a-z_]+)\b(?: *[=;：︰；﹕]+ *| +|$)(.*)")
_GLUED = re.compile(r"( *(?:- +)*)([a-z_]+):(?![ \d])(\S.*)")
_CURLY = "“”„«»‘’‚‹›"
_QUOTES = "put this text in quotes"


@dataclass(frozen=True, slots=True)
class Slip:
    """One line that cannot be read."""

    at: int
    """Counted from 0."""
    advice: str
    meant: str | None
    """What to read in its place; None when nobody can tell."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """Where YAML's reader gave up."""

    lines: list[str]
    at: int
    column: int
    opened: int
    """The line on which it began what it could not end."""
    what: str
    """What that was, in its words."""
    why: str

    def before(self) -> int:
        """The nearest line before that is not empty; the same line when there is none."""
        earlier = [n for n in range(self.at) if self.lines[n].strip(" \t\r")]
        return earlier[-1] if earlier else self.at


def find_slip(error: yaml.YAMLError, lines: list[str]) -> Slip:
    """Return what is probably to blame for an error of YAML's reader."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context_mark", None)
    last = len(lines) - 1
    at = min(mark.line if mark else 0, last)
    while at and not lines[at].strip():  # it read on to the end
        at -= 1
    opened = min(context.line, last) if context else at
    what, why = str(getattr(error, "context", None) or ""), str(getattr(error, "problem", "") or "")
    broken = _Broken(lines, at, mark.column if mark else 0, min(opened, at), what, why)
    return next(_found(broken))


def _found(broken: _Broken) -> Iterator[Slip]:
    """What is to blame, the surest first."""
    lines, at, before = broken.lines, broken.at, broken.before()
    key_at = broken.opened if "simple key" in broken.what else at
    for near in dict.fromkeys((key_at, at, before)):
        yield from _of_line(near, lines[near], _column(lines[max(0, near - 1)]))
    if lines[before].rstrip().endswith(("[]", "{}")) and before != at:
        meant = lines[before].rstrip()[:-2]
        yield Slip(before, "take the [] away, since entries follow", meant)
    if "quoted scalar" in broken.what and "escape" not in broken.why:
        yield _never_closed(broken.opened, lines)
    yield from _of_value(broken)
    yield from _unclosed_above(broken)
    if "simple key" in broken.what:
        yield from _without_colon(broken.opened, lines[broken.opened])
    yield from _in_brackets(broken)
    yield from _indented(broken)
    yield from _without_colon(before, lines[before])
    yield from _without_colon(at, lines[at])
    spaces = _spaces(lines[at])
    yield Slip(
        at, f"it begins with {spaces} spaces; make that equal to the lines it belongs to", None
    )


def _of_line(at: int, line: str, column: int) -> Iterator[Slip]:
    """Slips that show in a line alone; `column` is where the key of the line before begins."""
    if special := re.search("[\u00a0\u202f\u2007\u3000]", line):
        advice = "it holds a special space, as word processors write; type plain spaces"
        yield Slip(at, advice, line.replace(special[0], " "))
    if re.match(r" *\t", line):
        yield Slip(at, "it starts with a tab; use spaces", " " * column + line.lstrip())
    if line.lstrip().startswith(("```", "~~~")):
        yield Slip(at, "it belongs to the page or chat this was copied from; take it away", "")
    if _NOT_KEPT.match(line):
        yield Slip(at, "if it is a remark, begin it with # and a space", "")
    if bullet := _BULLET.match(line):
        advice = (
            f"it begins with {bullet[2]}, as lists of word processors do; begin it with - and a "
        )
        yield Slip(at, f"{advice}space", f"{bullet[1]}- {bullet[3]}")
    if re.match(r" *-\w", line):
        yield Slip(at, "put a space after the -", line.replace("-", "- ", 1))
    if re.fullmatch(r"\s*\.{2,}\s*", line):
        yield Slip(at, "dots alone end the file; take the line away", "")
    if glued := _GLUED.match(line):
        meant = f"{glued[1]}{glued[2]}: {_whole(glued[3])}"
        yield Slip(at, "put a space after the colon", meant)


def _of_value(broken: _Broken) -> Iterator[Slip]:
    """What is wrong with the value on the line where the reader gave up."""
    at = broken.at
    line = broken.lines[at]
    parts = _KEYED.match(line)
    begins, value = (f"{parts[1]}{parts[2]}: ", parts[3].rstrip()) if parts else ("", "")
    if not parts:
        item = _ITEM.match(line)
        begins, value = (item[1], item[2].rstrip()) if item else ("", line.strip())
    meant = begins + _whole(value)
    if value[:1] in ("'", '"'):
        yield from _quoted(at, begins, value, broken.why)
    elif value[:1] in ("@", "`", "%"):
        yield Slip(at, f"{value[0]} cannot begin a text here; {_QUOTES}", meant)
    elif parts and value.startswith("- "):
        yield Slip(at, "put the - on the next line, a little further in", begins.rstrip())
    elif value[:1] in ("&", "*", "!", "?", "|", ">", ",", "]", "}") and broken.column >= len(
        begins
    ):
        yield Slip(at, f"{value[0]} means something else at the beginning; {_QUOTES}", meant)
    elif value[:1] in ("[", "{") and (end := _closed(value)) and value[end:].strip():
        rest = value[end:].strip()
        if rest in ("]", "}"):
            yield Slip(at, f"one {rest} too many stands at its end", begins + value[:end])
        if rest == ",":
            yield Slip(at, "take the comma at its end away", begins + value[:end])
        advice = f"{value[0]} opens a list here, which ends at {value[end - 1]}; if it is text, "
        yield Slip(at, advice + _QUOTES, meant)
    elif "mapping values" in broken.why and broken.column >= len(begins) and value[:1] not in "[{":
        inner = re.search(r"([\w-]+):(?: |$)", value)
        two = "" if inner is None else f"; if {inner[1]!r} is a key, put it on the next line"
        curly = f" ({value[0]} is no quote to YAML)" if value[0] in _CURLY else ""
        yield Slip(at, f"a colon stands inside; if it is text, {_QUOTES}{curly}{two}", meant)


def _quoted(at: int, begins: str, value: str, why: str) -> Iterator[Slip]:
    """A value that begins with a quote, and does not end with it."""
    quote, end = value[0], _closed(value)
    rest, inside = value[end:].strip() if end else "", value[1:].rstrip(f"{quote}{_CURLY}., ")
    whole = begins + _whole(inside)
    if "escape" in why:
        yield Slip(at, "in double quotes a backslash begins a sign; leave it away", whole)
    elif not end or not rest or rest.startswith("#"):
        return
    elif rest in (",", "."):
        yield Slip(at, f"take the {'comma' if rest == ',' else 'dot'} behind the quote away", whole)
    elif rest.startswith(",") and rest.lstrip(", ").startswith(quote):
        listed = f"[{value.rstrip(']')}]"
        advice = f"several texts stand in brackets: {listed[:60]}"
        yield Slip(at, advice, begins + (listed if _closed(listed) == len(listed) else whole))
    elif quote == "'":
        advice = f"the text ends at its second ' already; {_QUOTES} (double ones)"
        yield Slip(at, advice, whole)
    else:
        advice = (
            f"the text ends at its second \" already; {_QUOTES}, and write those inside as ' or “ ”"
        )
        yield Slip(at, advice, whole)


def _never_closed(at: int, lines: list[str]) -> Slip:
    """A quote that is opened on a line and not closed where it should be."""
    line = lines[at]
    parts = _KEYED.match(line) or _ITEM.match(line)
    place = parts.start(parts.lastindex or 0) if parts else _spaces(line)
    value = line[place:].rstrip()
    advice = f"the quote opened here is never closed; {_QUOTES} (double ones)"
    if value[-1:] in _CURLY:
        advice = f'the quote opened here is closed with {value[-1]}, which is another; type " there'
    if value[:1] in "[{":
        return Slip(at, advice, line[:place] + _whole(value))
    return Slip(at, advice, line[:place] + _whole(value[1:].rstrip(_CURLY)))


def _unclosed_above(broken: _Broken) -> Iterator[Slip]:
    """A line before, or this one, whose quote goes on into the next entry."""
    for at in range(broken.at, -1, -1):
        line = broken.lines[at]
        parts = _KEYED.match(line) or _ITEM.match(line)
        value = parts[parts.lastindex or 0] if parts else ""
        after = broken.lines[at + 1] if at + 1 < len(broken.lines) else ""
        entry = at == broken.at or _KEY_ALONE.match(after) or _ITEM.match(after)
        if value[:1] in ("'", '"') and not _closed(value) and entry:
            yield _never_closed(at, broken.lines)
        if "block" in broken.what and not parts:
            return


def _in_brackets(broken: _Broken) -> Iterator[Slip]:
    """A list in brackets, or keys in braces, that go wrong inside or never end."""
    if "flow" not in broken.what:
        return
    first = broken.opened
    parts = _KEYED.match(broken.lines[first]) or _ITEM.match(broken.lines[first])
    meant = broken.lines[first][: parts.start(parts.lastindex or 0)] + '"…"' if parts else None
    meant = meant if broken.at == first or _entry(broken.lines[broken.at]) else None
    text = broken.lines[first]
    kind, close = ("{", "}") if "mapping" in broken.what else ("[", "]")
    if re.search(r"\s#", text) and not _closed(text[text.find(kind) :].partition(" #")[0]):
        advice = f"a # after a space begins a remark, so the {kind} is never closed; {_QUOTES}"
        yield Slip(first, advice, meant)
    if broken.at != first:
        yield Slip(first, f"a {kind} in it is never closed; put {close} at its end", meant)
        return
    head, tail = text[: broken.column].rstrip(), text[broken.column :]
    for quote, name in (("'", "apostrophe"), ('"', "quote")):
        if head.endswith(quote) and (tail[:1].isalpha() or text.count(quote) % 2):
            advice = (
                f"a quote is missing, or an {name} inside ends the text"
                if quote == "'"
                else ("a quote is missing, or one inside ends the text")
            )
            yield Slip(first, f"{advice}; {_QUOTES} (double ones)", meant)
    if tail[:1] in ("]", "}") and tail[0] != close:
        yield Slip(
            first, f"a {kind} in it is never closed; put {close} before the {tail[0]}", meant
        )
    if tail[:1] == ":" and (word := re.search(r"[;\s]*([\w-]+)$", head)):
        advice = f"a comma is missing before {word[1]!r}, or, if it is text, {_QUOTES}"
        yield Slip(first, advice, meant)
    advice = (
        f"if it holds text, {_QUOTES}; otherwise a comma is missing before {tail[:12].strip()!r}"
    )
    yield Slip(first, advice, meant)


def _indented(broken: _Broken) -> Iterator[Slip]:
    """A line that begins further in, or further out, than those it belongs to."""
    at, line = broken.at, broken.lines[broken.at]
    spaces = _spaces(line)
    begins = _BEGINS.match(line)
    column = len(begins[0]) if begins else spaces
    further_in = "mapping values" in broken.why and _KEY_ALONE.match(line)
    if not further_in and broken.column not in (spaces, column):
        return
    for before in range(at - 1, -1, -1):
        other = broken.lines[before]
        if not other.strip() or other.lstrip().startswith("#"):
            continue
        opens = other.rstrip().endswith(":")
        same = _spaces(other) if line.lstrip().startswith("- ") else _column(other)
        dashes = (
            line.lstrip().startswith("- ") == other.lstrip().startswith("- ")
            or "- " not in line[:column]
        )
        if _entry(other) and not opens and dashes and same != spaces and abs(same - spaces) < 4:
            advice = f"it begins with {spaces} spaces, the line it belongs to with {same}"
            yield Slip(at, f"{advice}; make them equal", " " * same + line.lstrip())
            return
        if not further_in and opens and _column(other) < spaces:
            return


def _without_colon(at: int, line: str) -> Iterator[Slip]:
    parts = _NO_COLON.match(line)
    if parts is None or _KEY_ALONE.match(line):
        return
    meant = f"{parts[1]}{parts[2]}: {_whole(parts[3])}" if parts[3] else f"{parts[1]}{parts[2]}:"
    yield Slip(at, f"a colon and a space are missing after {parts[2]!r}", meant)


def _entry(line: str) -> bool:
    return bool(_KEY_ALONE.match(line) or _ITEM.match(line))


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _column(line: str) -> int:
    """Where the key of a line begins, behind its dash."""
    begins = _BEGINS.match(line)
    return len(begins[0]) if begins else 0


def _whole(value: str) -> str:
    """A value as one text, unless it can be read as it is."""
    try:
        list(yaml.parse(f"a: {value}"))
    except yaml.YAMLError:
        return json.dumps(value.strip("\"'"), ensure_ascii=False)
    return value


def _closed(value: str) -> int:
    """Behind which character the quote or bracket that begins a value is closed; 0 when never."""
    depth, quote, at = 0, "", 0
    while at < len(value):
        sign = value[at]
        if quote:
            twice = sign == quote == "'" and value[at + 1 : at + 2] == "'"
            if twice or (sign == "\\" and quote == '"'):
                at += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"'" and (at == 0 or value[at - 1] in " ,[{:"):
            quote = sign
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        at += 1
        if not quote and depth <= 0:
            return at
    return 0
