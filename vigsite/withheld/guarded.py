"""`never_show` as secrets: the same entries, forms and parts that the notes are checked for."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from vigsite.audit.search.matcher import Secret, plain_words
from vigsite.case.case import Case
from vigsite.case.name_standing import Guarded
from vigsite.case.never_show import let_through, never_show
from vigsite.language.name_forms import name_pattern
from vigsite.language.name_matching import fold, spans_of

_BEHIND = 2
"""Words behind a name that tell its place again."""


def guarded_names(case: Case, allowed: Sequence[str]) -> list[Secret]:
    """Whole entries that are no words, each with its forms: they count in any capitals.

    What an allowed text has as an everyday word is left out: there the notes were checked.
    """
    found = []
    for one, origin in _entries(case):
        words = frozenset() if one.word else _everyday(one, allowed)
        if not one.word and fold(one.text) not in words:
            forms = () if one.unsure else tuple(form for form in one.forms if form not in words)
            found.append(Secret(one.text, origin, name=True, forms=forms))
    return found


def names_that_are_words(case: Case, allowed: Sequence[str]) -> tuple[list[Secret], list[str]]:
    """Entries that are words, too; and a sentence on each that cannot be searched for.

    They count where they begin with a capital, but for the places where `allowed` texts hold them
    so: there the notes were checked, or a person said yes. A place is known again by what follows.
    """
    found, notes = [], []
    for one, origin in _entries(case):
        if not one.word and fold(one.text) not in _everyday(one, allowed):
            continue
        behind = _behind(one, allowed)
        if behind is None:
            notes.append(
                f"{one.text!r} ({origin}) was not searched for: it is also a word, and a text that "
                "may be shown ends with it."
            )
        else:
            found.append(Secret(one.text, origin, name=True, capital=True, behind=behind))
    return found, notes


def _entries(case: Case) -> list[tuple[Guarded, str]]:
    entries = case.written.never_show
    return [
        (one, f"never_show {entries.index(one.entry) + 1} in case.yml")
        for one in never_show(case.written).guarded
        if not one.part
    ]


def _everyday(one: Guarded, texts: Sequence[str]) -> frozenset[str]:
    return let_through(one, texts) if one.capital else frozenset()


def _behind(one: Guarded, allowed: Sequence[str]) -> frozenset[str] | None:
    """The words that follow a name in texts; None when one ends with it."""
    found: set[str] = set()
    pattern = name_pattern(one.text)
    for text in allowed:
        for start, end in spans_of(text, pattern):
            if one.capital and text[start] == text[start].lower():
                continue
            follow = plain_words(text[end:]).split()[:_BEHIND]
            if not one.capital:  # where letters run to the left, a PDF is read backwards
                follow += plain_words(text[:start]).split()[-_BEHIND:]
            if not follow:
                return None
            found |= {*follow, *plain_words(str(escape(text[end:]))).split()[:_BEHIND]}
    return frozenset(found)
