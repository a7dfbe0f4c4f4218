"""Words that must never be shown, found where they were typed: with file and line."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from vigsite.case.faults import Report, Source
from vigsite.case.names import fold, pattern_of
from vigsite.case.texts import texts_of


def check_never_show(
    written: BaseModel, words: Sequence[str], source: Source, report: Report
) -> None:
    """A fault for each text that some edition may show and that holds a forbidden word."""
    patterns = [(word, pattern_of(word)) for word in words]
    for path, text, editions in texts_of(written) if words else ():
        folded = fold(text)
        for word, pattern in patterns if editions else ():
            if pattern.search(folded):
                message = f"holds {word!r}, which case.yml forbids (never_show); take it out"
                report.fault(source, path, message)
