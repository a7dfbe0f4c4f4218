"""Passphrases of six words that people can read aloud and copy by hand.

The words are the EFF's large list (7,776 of three to nine letters) without some that may sting;
six of them carry 77 bits. They are drawn by the system's generator. A passphrase is for the
terminal alone: whoever gets one from here writes it to no file, no log and no argument list.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

WORDS = 6
_LIST = Path(__file__).parent / "eff" / "large_wordlist.txt"
_HURTFUL = """
arrest ashamed bruising cathouse chokehold curse custodian custody discard disown divorcee evict
extortion graveness graves graveyard handgun hate hurt imprison neglector overkill prison punisher
pureblood scared scariness scarring shame slapping sloppy starved starving strangle sufferer
suffering thong threaten unashamed undead unfitted unfitting unloved unskilled unwanted unwed
violate violation violator widow womb wound
"""
"""Words that may sting where families are helped."""


def new_passphrase() -> str:
    """Six words with a hyphen between them: `acorn-violet-…`."""
    words = word_list()
    return "-".join(secrets.choice(words) for _ in range(WORDS))


@lru_cache(maxsize=1)
def word_list() -> list[str]:
    """Every word that may come; none has a hyphen of its own, so that six stay six."""
    hurtful = set(_HURTFUL.split())
    words = [line.split()[-1] for line in _LIST.read_text("utf-8").splitlines()]
    return [word for word in words if "-" not in word and word not in hurtful]
