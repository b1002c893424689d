"""Ranks as intervals: the best and the worst place that each can have, over all that is not known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

Interval = tuple["Fraction", "Fraction"]


def rank_intervals(shares: Mapping[str, Interval]) -> dict[str, tuple[int, int]]:
    """By name the first and the last place that it can have, the highest share first.

    Those whose lowest is above one's highest are surely before it; those whose highest is below its lowest are surely
    after it. Nothing is said of the rest. With 0.2–0.9, 0.5–0.6 and 0.1–0.1: places 1–2, 1–2 and 3–3.
    """
    lows = sorted(low for low, _ in shares.values())
    highs = sorted(high for _, high in shares.values())
    count = len(shares)
    return {
        name: (1 + count - bisect_right(lows, high), count - bisect_left(highs, low))
        for name, (low, high) in shares.items()
    }
