"""Passphrases of six words that people can read aloud and copy by hand.

The words are the EFF's large list: 7,776 of three to nine letters, so that six of them carry 77
bits. They are drawn by the system's generator. A passphrase is for the terminal alone: whoever
gets one from here writes it to no file, no log and no argument list.
"""

from __future__ import annotations

import secrets
from pathlib import Path

WORDS = 6
_LIST = Path(__file__).parent / "eff" / "large_wordlist.txt"


def new_passphrase() -> str:
    """Six words with a hyphen between them: `acorn-violet-…`."""
    words = word_list()
    return "-".join(secrets.choice(words) for _ in range(WORDS))


def word_list() -> list[str]:
    """Every word; those with a hyphen of their own are left out, so that six stay six."""
    lines = _LIST.read_text("utf-8").splitlines()
    return [word for line in lines if "-" not in (word := line.split()[-1])]
