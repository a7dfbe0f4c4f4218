"""Sentences that may name somebody, where no program can tell: they wait for a person's yes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from vigsite.case.case import Case
from vigsite.case.never_show import never_show
from vigsite.known_moments import ToConfirm


def sentences_to_confirm(case: Case, texts: Iterable[str]) -> dict[str, ToConfirm]:
    """Return what a person has to read in what an edition says, by the sentence itself.

    Another sentence, or another entry of `never_show` in it, asks again.
    """
    found = {}
    for sentence, entries in never_show(case.written).waiting_in(texts).items():
        asked = repr(("never_show", sentence, sorted(entries)))
        guard = hashlib.sha256(asked.encode()).hexdigest()
        found[sentence] = ToConfirm(guard, may_name=", ".join(sorted(entries)))
    return found
