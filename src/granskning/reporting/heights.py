"""How high a result is on its own scale, from 0 to 1, whatever kind of result it is."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.scoring.numbers import to_fraction

if TYPE_CHECKING:
    from granskning.scoring.card import Score
    from granskning.scoring.explanation import SetOutline

End = Literal["value", "low", "high", "so_far"]


def height_of(score: Score, place: str, outline: SetOutline, end: End = "value") -> Fraction | None:
    """From the least to the most that the result can be; None where it is not settled, or there is no way between."""
    scale = outline.steps[place].scale
    key: str | None = getattr(score, "outcome" if end == "value" else f"{end}_outcome")
    if key is not None and scale is not None and not scale.scale.is_range and len(scale.keys) > 1:
        return Fraction(scale.rank_of(key) or 0) / (len(scale.keys) - 1)
    number = getattr(score, end)
    if number is None or score.minimum is None or score.maximum is None or score.minimum == score.maximum:
        return None
    least, most = to_fraction(score.minimum), to_fraction(score.maximum)
    return min(max((to_fraction(number) - least) / (most - least), Fraction(0)), Fraction(1))
