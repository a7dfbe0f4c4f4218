"""Strict YAML: every scalar stays the text that was typed, every value keeps its line.

PyYAML's own resolver reads `1:05` as 65 and `NO` as False, lets a duplicate key win silently and
expands aliases without bound. So only its parser is used: the tree is built here from parser
events, and what the format does not need is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from vigsite.case.faults import KeyPath, Report, Source, Typed
from vigsite.case.slips import find_slip
from vigsite.files.identity import opened
from vigsite.terminal.quoting import in_shell

MOST_BYTES = 1_000_000
DEEPEST = 20
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""As YAML counts lines."""
_REMARK = re.compile(r"\s+#.*")
_QUOTE_HINT = "put this text in quotes"
_MOST_SLIPS = 40
_LONGEST_LINE = 5_000
"""Of notes; what goes wrong in a longer one is not looked for."""
_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"%PDF")
"""How files of Word and the like begin."""


class _Refused(Exception):
    """Something YAML allows and this format does not."""

    def __init__(self, line: int, path: KeyPath, message: str) -> None:
        self.line, self.path, self.message = line, path, message
        super().__init__(message)


@dataclass(slots=True)
class _Builder:
    """Turns parser events into dicts, lists and text, remembering the line of each value."""

    events: Iterator[Any]
    text: list[str] = field(default_factory=list)
    """The lines of the file."""
    lines: dict[KeyPath, int] = field(default_factory=dict)
    typed: dict[KeyPath, Typed] = field(default_factory=dict)
    refused: list[_Refused] = field(default_factory=list)
    spoilt: set[int] = field(default_factory=set)
    """Lines that mean something else to YAML than to this format."""

    def refuse(self, line: int, path: KeyPath, message: str) -> None:
        """Keep a fault, and read on as if the line were all right."""
        self.refused.append(_Refused(line, path, message))
        self.spoilt.add(line)

    def document(self) -> Any:
        """The only document of the stream; None when the file is empty."""
        tree: Any = None
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    line = event.start_mark.line + 1 if event.start_mark else 1
                    self.refuse(line, (), "starts a second document with ---; keep one a file")
                    return tree
                seen = True
                tree = self.value(next(self.events), (), 0)
        return tree

    def value(self, event: Any, path: KeyPath, depth: int, *, listed: bool = False) -> Any:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            message = f"uses the alias *{event.anchor}; write the value out, or {_QUOTE_HINT}"
            self.refuse(line, path, message)
            return str(event.anchor)
        if event.anchor is not None:
            message = f"sets the anchor &{event.anchor}; take it out, or {_QUOTE_HINT}"
            self.refuse(line, path, message)
        if event.tag is not None:
            message = f"starts with !, which YAML takes for a tag; {_QUOTE_HINT}"
            self.refuse(line, path, message)
        if line in self.spoilt and isinstance(event, yaml.ScalarEvent):
            return str(event.value) or "…"
        if depth > DEEPEST:
            raise _Refused(line, (), f"is nested more than {DEEPEST} levels deep; flatten it")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth, brackets=bool(event.flow_style))
        return self.scalar(event, path, line, listed=listed)

    def scalar(self, event: Any, path: KeyPath, line: int, *, listed: bool) -> str | None:
        """The text as typed; None where nothing at all was typed."""
        text = str(event.value)
        self.plain(text, line, path)
        if event.style not in ("|", ">"):
            before = self.text[event.start_mark.line][: event.start_mark.column]
            behind = self.text[event.end_mark.line][event.end_mark.column :]
            remark = _REMARK.match(behind)
            glued = before.endswith(",")
            plain = not event.style
            self.typed[path] = Typed(text, plain, listed, glued, remark[0] if remark else "")
        return None if not text and not event.style else text

    def plain(self, text: str, line: int, path: KeyPath) -> None:
        """Refuses control characters, which double quotes can spell."""
        if bad := _control_character(text, spelled=True):
            message = f"holds the control character {bad}; take it out"
            self.refused.append(_Refused(line, path, message))

    def seen(self, key: str, line: int, path: KeyPath) -> str:
        """A key without what leaves no mark on a screen; no key of this format holds such."""
        unseen = [c for c in key if unicodedata.category(c) in ("Cf", "Zs") and c != " "]
        plain = "".join(c for c in key if c not in unseen)
        if unseen:
            message = f"{plain!r} holds a character that cannot be seen (U+{ord(unseen[0]):04X})"
            self.refused.append(_Refused(line, path, f"{message}; type the word anew"))
        return plain

    def mapping(self, path: KeyPath, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent) or event.tag or event.anchor:
                raise _Refused(
                    line, path, f"has something else than a word as a key; {_QUOTE_HINT}"
                )
            key = self.seen(str(event.value), line, path)
            self.plain(key, line, path)
            twice = key in found or (*path, key) in self.lines
            if twice:
                first = self.lines[(*path, key)]
                message = f"stands twice, first on line {first}; keep one"
                self.refused.append(_Refused(line, (*path, key), message))
            else:
                self.lines[(*path, key)] = line
            held = next(self.events)
            value = self.value(held, (*path, key), depth + 1)
            if value is None and path:  # a whole section may stay empty, a guard such as blur not
                message = "is empty; fill it in or take it out"
                before = next(reversed(found.values()), None)
                if re.match(r"[a-z_]+:\S", key):
                    message = "has no value; put a space after the colon"
                elif _place(held.start_mark) == _place(event.end_mark) and isinstance(before, str):
                    message = _loose(before, key)
                self.refused.append(_Refused(line, (*path, key), message))
            elif value is not None and not twice:
                found[key] = value
        return found

    def sequence(self, path: KeyPath, depth: int, *, brackets: bool) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*path, len(found))
            value = self.value(event, here, depth + 1, listed=brackets)
            if value is None:
                self.refused.append(
                    _Refused(event.start_mark.line + 1, here, "is empty; fill it in or take it out")
                )
            found.append(value or "")
        return found


def _loose(before: str, key: str) -> str:
    """What to say of words between commas in braces that have no colon and a space."""
    if re.match(r"\d", key) and before[-1:].isdigit():
        return f"stands alone behind a comma; a number is written with a point: {before}.{key}"
    return (
        f'stands alone behind a comma; if it is one text, put it in quotes: "{before}, {key}", '
        f"a list stands in brackets, such as [{before}, {key}]"
    )


def _place(mark: Any) -> tuple[int, int]:
    """Line and column of a mark, whichever of YAML's two readers made it."""
    return (mark.line, mark.column) if mark else (-1, -1)


def _control_character(text: str, *, spelled: bool = False) -> str | None:
    """The first one; a carriage return may end a line of the file, but stand in no text."""
    allowed = "\n\t" if spelled else "\n\t\r"
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in allowed:
            return f"U+{ord(character):04X}"
    return None


def read_notes(file: Path, shown: Path, report: Report) -> tuple[dict[str, Any], Source] | None:
    """The tree of one YAML file and where its values stand; None when it cannot be used at all.

    `shown` is the path that messages name. Faults go to `report`. Where the source has lines that
    were `mended`, the tree is good for finding more faults and for nothing else.
    """
    nowhere = Source(shown)
    text = _read_text(file, nowhere, report)
    if text is None:
        return None
    readable = _readable(text, nowhere, report)
    if readable is None:
        return None
    text, mended = readable
    builder = _Builder(iter(yaml.parse(text, Loader=_LOADER)), _LINE_END.split(text))
    try:
        tree = builder.document()
    except _Refused as refused:
        builder.refused.append(refused)
        tree = None
    for found in builder.refused:
        at_line = Source(shown, {**builder.lines, found.path: found.line}, typed=builder.typed)
        if found.line not in mended:
            report.fault(at_line, found.path, found.message)
    source = Source(shown, builder.lines, typed=builder.typed, mended=mended | builder.spoilt)
    if tree is None and not builder.refused:
        again = "put it back from a backup, or fill it in anew"
        if shown.name == "case.yml":
            new = f"vigsite new {in_shell(shown.parent)}"
            again = f"put it back from a backup, or delete it and start anew: {new}"
        report.fault(nowhere, (), f"is empty; {again}")
    elif tree is not None and not isinstance(tree, dict):
        report.fault(source, (), "does not start with a key such as `moments:`")
    return (tree, source) if isinstance(tree, dict) else None


def _read_text(file: Path, nowhere: Source, report: Report) -> str | None:
    raw = b""
    try:
        if file.is_symlink() or not file.is_file():
            report.fault(nowhere, (), "is not a regular file; put the file itself there")
            return None
        with opened(file) as reading:
            raw = reading.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES or raw.startswith(_DOCUMENTS):
            message = "is a word processor's document; save it as plain text (UTF-8)"
            if len(raw) > MOST_BYTES:
                message = "is larger than 1 MB; notes are short texts"
            report.fault(nowhere, (), message)
            return None
        text = raw.decode("utf-8-sig")
    except OSError as error:
        report.fault(nowhere, (), f"cannot be read: {error.strerror}")
        return None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "is not UTF-8 text; save it again with the encoding UTF-8"
        report.fault(Source(nowhere.file, {(): line}), (), message)
        return None
    for number, line_text in enumerate(text.split("\n"), 1):
        if bad := _control_character(line_text):
            message = f"holds the control character {bad}; take it out"
            report.fault(Source(nowhere.file, {(): number}), (), message)
            return None
    return text


def _readable(text: str, nowhere: Source, report: Report) -> tuple[str, frozenset[int]] | None:
    """The text with each line that YAML cannot read replaced, and which those are.

    Each of them is a fault. None when what should be there cannot be told.
    """
    lines = _LINE_END.split(text)
    mended: set[int] = set()
    tries = 0
    while True:
        try:
            depth = 0
            for event in yaml.parse("\n".join(lines), Loader=_LOADER):
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > DEEPEST + 1:  # what reads the tree refuses it
                    break
        except yaml.YAMLError as error:
            if too_long := [at for at, line in enumerate(lines) if len(line) > _LONGEST_LINE]:
                message = (
                    "holds a line that is far too long, and cannot be read as YAML; shorten it"
                )
                at_line = Source(nowhere.file, {(): too_long[0] + 1})
                report.faults.append(at_line.at((), message))
                return None
            slip = find_slip(error, lines)
            tries += 1
            if slip.at not in mended:
                line = lines[slip.at].strip()
                message = f"this line cannot be read as YAML: {line[:60]!r}; {slip.advice}"
                report.faults.append(Source(nowhere.file, {(): slip.at + 1}).at((), message))
            if slip.meant in (None, lines[slip.at]) or tries == _MOST_SLIPS:
                return None
            mended.add(slip.at)
            lines[slip.at] = slip.meant or ""
        else:
            return "\n".join(lines), frozenset(number + 1 for number in mended)
