"""Passphrases: six words by chance, from a list that is whole."""

from __future__ import annotations

import math
import re

import pytest

from vigsite.passphrase import WORDS, new_passphrase, word_list


def test_the_list_is_whole_and_its_words_are_easy_to_type() -> None:
    words = word_list()
    assert words == sorted(set(words))
    assert 63 < math.log2(len(words)) * WORDS < 64  # as docs/hosting.md says
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)


@pytest.mark.parametrize(
    "word",
    ["foster", "cruelty", "drown", "custody", "unloved", "starved", "widow", "orphan", "belt"],
)
def test_no_word_stings_where_families_are_helped(word: str) -> None:
    """By an allow-list: what nobody chose cannot come."""
    assert word not in word_list()
    assert not any(ending in one for one in word_list() for ending in ("kill", "hurt", "death"))


def test_it_is_six_words_and_another_each_time() -> None:
    known = set(word_list())
    made = {new_passphrase() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one.split("-")) == WORDS and set(one.split("-")) <= known for one in made)
    first = {one.split("-")[0] for one in made}
    assert len(first) > 150  # the first word is not always one of a few
