"""Where the deck opens: at the newest cycle, as the home page's button does, or at a named one."""

from __future__ import annotations

from collections.abc import Iterable

from vigsite.case.validate import did_you_mean
from vigsite.errors import InputError


def place_in_deck(moments: Iterable[str], cycle: str | None) -> str:
    """Return the part of the deck's address that leads to a cycle's first moment.

    `moments` are the names of those that the deck shows, in its order; `cycle` is a folder or its
    number. Raises InputError when the deck shows nothing of it.
    """
    first: dict[str, int] = {}
    for number, name in enumerate(moments, 1):
        first.setdefault(name.partition("/")[0], number)
    if cycle is None:
        return f"#slide-{list(first.values())[-1]}" if len(first) > 1 else ""
    asked = cycle.rstrip("/\\")
    for folder, number in first.items():
        if asked in (folder, folder.partition("-")[0]):
            return f"#slide-{number}"
    guess = did_you_mean(asked, first) or f"the deck shows {', '.join(first) or 'none'}"
    raise InputError(f"--cycle: found {cycle!r}; {guess}.".replace("?.", "?"))
