"""How vigsite was started, so that a command in a message starts the same program."""

from __future__ import annotations

import re
import shutil
import sys
from functools import lru_cache
from pathlib import Path

from vigsite.terminal.quoting import in_shell

_COMMAND = re.compile(r"(?<!-m )(?<![\w/\\.'\"-])vigsite(?= ([a-z-]+))")
"""The program's name where a command follows it, and no other start stands before it."""


def as_started(text: str) -> str:
    """A text whose commands begin as this run did: `vigsite`, `.venv/bin/vigsite`, …"""
    program = started()
    if program == "vigsite":
        return text
    from vigsite.cli import vigsite

    def begun(found: re.Match[str]) -> str:
        return program if found[1] in (*vigsite.commands, "--help") else found[0]

    return _COMMAND.sub(begun, text)


@lru_cache(maxsize=1)
def started() -> str:
    """The words that start vigsite from a shell in this folder.

    `vigsite` where the shell finds the very same installation under that name.
    """
    first, known = Path(sys.argv[0]), shutil.which("vigsite")
    ours = {Path(sys.executable).parent, first.parent.resolve()}
    if known and ours & {Path(known).parent, Path(known).resolve().parent}:
        return "vigsite"
    if first.stem == "vigsite" and first.suffix != ".py":
        return in_shell(first)
    if first.name == "__main__.py":
        return f"{in_shell(Path(sys.executable))} -m vigsite"
    return "vigsite"
