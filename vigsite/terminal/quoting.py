"""Commands in messages, so that they work when somebody copies them."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from pathlib import Path

_PLAIN_ON_WINDOWS = re.compile(r"[\w.:\\/~+@-]+")


def in_shell(word: Path | str) -> str:
    """A path or another word of a command, in quotes where a shell needs them.

    A path below the folder that somebody works in is named from there.
    """
    if isinstance(word, Path) and word.is_absolute():
        with contextlib.suppress(ValueError):
            word = word.relative_to(Path.cwd())
    text = str(word)
    if isinstance(word, Path) and text.startswith("-"):
        text = os.path.join(".", text)  # a Path would drop the dot
    if os.name == "nt":
        return text if _PLAIN_ON_WINDOWS.fullmatch(text) else f'"{text}"'
    return shlex.quote(text)
