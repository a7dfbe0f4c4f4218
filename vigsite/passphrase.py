"""Passphrases of six words that people can read aloud and copy by hand.

The words are a list of our own (1,591 of three to nine letters): things, plants, animals and food
that one can picture, and none that may sting where families are helped. Six of them carry 63
bits. They are drawn by the system's generator. A passphrase is for the
terminal alone: whoever gets one from here writes it to no file, no log and no argument list.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

WORDS = 6
_LIST = Path(__file__).with_name("passphrase_words.txt")


def new_passphrase() -> str:
    """Six words with a hyphen between them: `acorn-violet-…`."""
    words = word_list()
    return "-".join(secrets.choice(words) for _ in range(WORDS))


@lru_cache(maxsize=1)
def word_list() -> list[str]:
    """Every word that may come; none has a hyphen of its own, so that six stay six."""
    return _LIST.read_text("utf-8").split()
