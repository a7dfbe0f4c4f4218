"""Which packets of a film hold no picture of their own, but the second field of the one before.

Camcorders that write H.264 in field pictures (AVCHD) put each field into a packet. Pure numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

_NEAR = Fraction(5, 4)
"""A second field comes no later than this many fields after the first; times are rounded."""


def second_fields(
    packets: Sequence[tuple[int, bool]], field: Fraction, shown: Collection[int]
) -> set[int]:
    """Return the times of second fields; none if a decoder makes a picture of any of them.

    `packets` are the time and whether it is a keyframe of each, in the order of decoding, `field`
    is how long a field lasts, all in ticks; `shown` are the times of the pictures that a decoder
    made of the first packets. After a lost field a keyframe tells which one comes first.
    """
    found: set[int] = set()
    first: tuple[int, bool] | None = None
    for time, is_key in packets:
        opens = is_key and first is not None and not first[1]
        if first is not None and 0 < time - first[0] <= _NEAR * field + 1 and not opens:
            found.add(time)
            first = None
        else:
            first = (time, is_key)
    return set() if found & set(shown) else found
