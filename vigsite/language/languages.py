"""Languages as people call them, and their tags."""

from __future__ import annotations

import difflib


def tag_near(typed: str) -> str:
    """The BCP 47 tag of a language that is named in words, such as `Arabic`; empty if none is."""
    from babel import Locale

    names = {name.lower(): tag for tag, name in Locale("en").languages.items()}
    near = difflib.get_close_matches(typed.strip().lower(), names, n=1, cutoff=0.8)
    return names[near[0]].replace("_", "-") if near else ""
