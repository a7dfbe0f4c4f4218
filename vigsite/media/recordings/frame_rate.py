"""At which pace frames come: one rate, or none. Pure numbers."""

from __future__ import annotations

import itertools
from fractions import Fraction

USUAL_RATES = (
    *(Fraction(rate) for rate in (10, 12, 15, 20, 24, 25, 30, 48, 50, 60)),
    *(Fraction(rate, 1001) for rate in (24000, 30000, 60000)),
    Fraction(25, 2),
)
_LOOSE_END = 4
"""Pictures that may stand alone behind a hole at the end."""


def steady(
    times: list[int], base: Fraction, stated: Fraction | None
) -> tuple[list[int], bool, Fraction]:
    """The frames to use, whether they keep step with one rate, and that rate.

    A copy that broke off may end in a few pictures with holes between them, since pictures are not
    stored in the order of display; they are left away if the rest is steady.
    """
    for dropped in range(min(_LOOSE_END, len(times) - 2) + 1):
        kept = times[: len(times) - dropped]
        constant, rate = _rate(kept, base, stated)
        if constant:
            return kept, True, rate
    return (times, *_rate(times, base, stated))


def _rate(times: list[int], base: Fraction, stated: Fraction | None) -> tuple[bool, Fraction]:
    """Whether the frames keep step with one rate (within half a frame's tick), and that rate."""
    gaps = sorted(after - before for before, after in itertools.pairwise(times) if after > before)
    if not gaps:  # a damaged film: all its pictures at one instant
        return False, USUAL_RATES[0]
    mean = Fraction(len(times) - 1) / ((times[-1] - times[0]) * base)
    usual = sorted(USUAL_RATES, key=lambda rate: abs(rate - mean))[:2]
    slack = max(base, Fraction(1, 2000))
    for rate in (*usual, *([stated] if stated else []), mean):
        # (time - first) * base - number / rate, times both denominators: whole numbers are quick
        tick, step = base.numerator * rate.numerator, rate.denominator * base.denominator
        most = min(slack, 1 / (4 * rate)) * base.denominator * rate.numerator
        if all(
            abs((time - times[0]) * tick - number * step) <= most
            for number, time in enumerate(times)
        ):
            return True, rate
    brisk = gaps[len(gaps) // 4] * base
    return False, min(USUAL_RATES, key=lambda rate: abs(rate - 1 / brisk))
