"""Which pieces of the film may stay: those of which everything that is seen is still agreed to."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from vigsite.media.cache import Cache

MADE_OF = "made-of.json"
"""In every entry: the hashes of the site's pictures and clips that can be seen or heard in it."""


def forget(cache: Cache, seen: Collection[str]) -> int:
    """Deletes every piece that shows what is no more among the files of a keepsake; says how many.

    `seen` are the hashes of those files; when there are none, everything goes, words included.
    """
    entries = cache.keys() if seen else set()
    return cache.prune({key for key in entries if _made_of(cache.folder / key) <= set(seen)})


def _made_of(entry: Path) -> set[str]:
    """What an entry shows; something that no site holds when that cannot be told."""
    try:
        return set(json.loads((entry / MADE_OF).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {"unknown"}
