"""Words that must never be shown, found where they were typed: with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from vigsite.case.faults import KeyPath, Report, Source
from vigsite.case.fields import Reach
from vigsite.case.names import fold, pattern_of


def check_never_show(
    written: BaseModel, words: Sequence[str], source: Source, report: Report
) -> None:
    """A fault for each text that some edition may show and that holds a forbidden word."""
    patterns = [(word, pattern_of(word)) for word in words]
    for path, text in _shown_texts(written) if words else ():
        folded = fold(text)
        for word, pattern in patterns:
            if pattern.search(folded):
                message = f"holds {word!r}, which case.yml forbids (never_show); take it out"
                report.fault(source, path, message)


def _shown_texts(written: BaseModel, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    for name, info in type(written).model_fields.items():
        reaches = [tag for tag in info.metadata if isinstance(tag, Reach)]
        if any(reach.editions for reach in reaches):
            yield from _texts(getattr(written, name), (*path, info.alias or name))


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        yield from _shown_texts(value, path)
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _texts(entry, (*path, number))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _texts(entry, (*path, key))
