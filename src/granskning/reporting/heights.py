"""How high a result is on its own scale, from 0 to 1, whatever kind of result it is."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.scoring.results.numbers import to_fraction

if TYPE_CHECKING:
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Score

End = Literal["value", "low", "high", "so_far"]


def height_of(score: Score, place: str, plan: Plan, end: End = "value") -> Fraction | None:
    """From the least to the most that the result can be; None where it is not settled, or there is no way between."""
    ladder = plan.nodes[place].ladder
    key: str | None = getattr(score, "outcome" if end == "value" else f"{end}_outcome")
    if key is not None and ladder is not None and not ladder.scale.is_range and len(ladder.keys) > 1:
        return Fraction(ladder.rank_of(key) or 0) / (len(ladder.keys) - 1)
    number = getattr(score, end)
    if number is None or score.minimum is None or score.maximum is None or score.minimum == score.maximum:
        return None
    least, most = to_fraction(score.minimum), to_fraction(score.maximum)
    return min(max((to_fraction(number) - least) / (most - least), Fraction(0)), Fraction(1))
