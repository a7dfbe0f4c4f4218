"""Sentences that may name somebody, where no program can tell: they wait for a person's yes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from vigsite.case.case import Case
from vigsite.case.never_show import never_show
from vigsite.case.pseudonyms import pseudonyms
from vigsite.case.texts import texts_of
from vigsite.language.name_matching import fold
from vigsite.protection.known_moments import ToConfirm


def sentences_to_confirm(case: Case, texts: Iterable[str]) -> dict[str, ToConfirm]:
    """Return what a person has to read in what an edition says, by the sentence itself.

    It is the sentence of the notes, whatever supervision calls people in it. Another sentence, or
    another entry of `never_show` in it, asks again.
    """
    forbidden = never_show(case.written)
    waiting = {fold(text): text for text in texts if forbidden.waiting_in([text])}
    written = _written(case) if waiting else {}
    order = [said for said in written if said in waiting]
    entries: dict[str, set[str]] = defaultdict(set)
    places: dict[str, str] = {}
    for said in dict.fromkeys([*order, *waiting]):
        text, place = written.get(said, (waiting[said], ""))
        found = forbidden.waiting_in([text]) or forbidden.waiting_in([waiting[said]])
        for sentence, names in found.items():
            entries[sentence] |= {*names}
            places.setdefault(sentence, place)
    return {
        sentence: _to_confirm(sentence, sorted(names), places[sentence])
        for sentence, names in entries.items()
    }


def shown_texts(case: Case) -> list[str]:
    """Return every text of the notes that some edition may show, whoever agreed to what."""
    files = case.files_read
    return [text for model, _ in files for _, text, editions in texts_of(model) if editions]


def _to_confirm(sentence: str, entries: list[str], place: str) -> ToConfirm:
    guard = hashlib.sha256(repr(("never_show", sentence, entries)).encode()).hexdigest()
    return ToConfirm(guard, may_name=", ".join(entries), place=place)


def _written(case: Case) -> dict[str, tuple[str, str]]:
    """The texts of the notes and their places, by what editions say for them, folded."""
    names = pseudonyms(case)
    found: dict[str, tuple[str, str]] = {}
    for model, source in case.files_read:
        for path, text, editions in texts_of(model):
            if editions:
                at = source.at(path, "")
                for said in (text, names.replaced(text)):
                    found.setdefault(fold(said), (text, f"{at.file}:{at.line}"))
    return found
