"""What lies in a case's `.vigsite/`, which can be made again: words, or pictures and sound.

Nothing there is listed by name: whatever is not plainly words (hashes, times, addresses) counts as
media, so a new kind of cache is covered from its first day.
"""

from __future__ import annotations

from pathlib import Path

_WORDS = {".json", ".jsonl", ".txt", ".yml"}
_LOCK = "lock"


def media_below(folder: Path) -> list[Path]:
    """Return what lies in `.vigsite/` and is not words alone, each a file or a whole folder."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return [entry for entry in inside if entry.name != _LOCK and not _only_words(entry)]


def _only_words(entry: Path) -> bool:
    if entry.is_symlink():
        return False
    if not entry.is_dir():
        return entry.suffix in _WORDS
    return all(
        path.suffix in _WORDS and not path.is_symlink()
        for path in entry.rglob("*")
        if path.is_symlink() or not path.is_dir()
    )
