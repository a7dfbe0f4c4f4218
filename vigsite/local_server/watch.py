"""Which changes of a case call for a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import watchfiles

_SETTLED_MS = 300
"""Editors write a file in several steps; so long nothing must happen."""
_AT_MOST_MS = 3_000
_PATIENCE_MS = 2_000


def rebuild_on_change(case_dir: Path, rebuild: Callable[[], bool]) -> None:
    """Calls `rebuild` whenever a file of the case was changed, until KeyboardInterrupt.

    Also once at the start, since something may have changed while the first build ran. When it
    answers False, it could not even try, and is called again soon.
    """
    case_dir = case_dir.resolve()
    due = True
    for changes in watchfiles.watch(
        case_dir,
        watch_filter=lambda _, path: _is_written_by_hand(Path(path).relative_to(case_dir)),
        debounce=_AT_MOST_MS,
        step=_SETTLED_MS,
        rust_timeout=_PATIENCE_MS,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    ):
        if changes or due:
            due = not rebuild()


def _is_written_by_hand(path: Path) -> bool:
    """Whether it is neither ours, in `.vigsite/`, nor what an editor or a system puts beside."""
    return not any(part.startswith((".", "~")) or part.endswith("~") for part in path.parts)
