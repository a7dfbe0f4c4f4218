"""Fewer rows of a grid: every pair of values meets in one; the whole grid is run with `--soak`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

import pytest

FULL = pytest.mark.skipif("not config.getoption('--soak')", reason="the whole grid: --soak")


def covering(*values: Sequence[Any]) -> list[Any]:
    """All rows of a grid as parameters; those that bring no new pair of values are for `--soak`."""
    grid = list(product(*values))
    open_ = set().union(*map(_pairs, grid))
    chosen = set()
    while open_:
        best = max(grid, key=lambda row: len(_pairs(row) & open_))
        chosen.add(best)
        open_ -= _pairs(best)
    return [pytest.param(*row, marks=() if row in chosen else FULL) for row in grid]


def _pairs(row: Sequence[Any]) -> set[tuple[int, Any, int, Any]]:
    return {(i, row[i], j, row[j]) for i, j in combinations(range(len(row)), 2)}
