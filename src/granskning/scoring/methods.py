"""The methods by name: parts with weights in, one result out. Exact; knows nothing of answers or intervals.

A part that is not applicable or was left out is not among the parts. No parts gives no result.

Sources: the weighted arithmetic mean and the plain sum are the additive models of multi-criteria analysis; `weakest`
is the conjunctive rule ("one out, all out") of, for example, the EU Water Framework Directive.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.scoring.plan import Ladder


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to be combined: an answer's level, or a target's result."""

    weight: Fraction
    value: Fraction | None
    """Its number, where it has one."""
    rank: int | None
    """Its place on the ladder, where it is a level."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a method yields: a number, a level on the ladder, or both."""

    value: Fraction | None
    rank: int | None = None


NOTHING = Result(None)


def mean(parts: Sequence[Part], ladder: Ladder) -> Result:  # noqa: ARG001  # all methods are called alike
    """Weighted arithmetic mean: the sum of weight times value over the sum of weights."""
    return _ratio(parts, over_weights=True)


def total(parts: Sequence[Part], ladder: Ladder) -> Result:  # noqa: ARG001
    """Weighted sum: weight times value, added up."""
    return _ratio(parts, over_weights=False)


def weakest(parts: Sequence[Part], ladder: Ladder) -> Result:
    """The lowest part decides; weights have no say."""
    if not parts:
        return NOTHING
    ranks = [part.rank for part in parts if part.rank is not None]
    if len(ranks) == len(parts):
        rank = min(ranks)
        return Result(ladder.points.get(ladder.keys[rank]), rank)
    values = [part.value for part in parts if part.value is not None]
    return Result(min(values)) if len(values) == len(parts) else NOTHING


def none(parts: Sequence[Part], ladder: Ladder) -> Result:  # noqa: ARG001
    """No overall figure: the profile and the counts are the result."""
    return NOTHING


METHODS: Mapping[str, Callable[[Sequence[Part], Ladder], Result]] = {
    "mean": mean,
    "sum": total,
    "weakest": weakest,
    "none": none,
}
"""Every method that a criteria set may name. All of these are monotone: a higher part never lowers the result."""


def _ratio(parts: Sequence[Part], *, over_weights: bool) -> Result:
    """Sum of products, in whole numbers as long as weights and values are whole: fractions are slow."""
    upper: Fraction | int = 0
    lower: Fraction | int = 0
    for part in parts:
        if part.value is None:
            return NOTHING
        weight, value = part.weight, part.value
        if weight.denominator == 1 and value.denominator == 1:
            upper += weight.numerator * value.numerator
        else:
            upper += weight * value
        lower += weight.numerator if weight.denominator == 1 else weight
    if not parts or (over_weights and not lower):
        return NOTHING
    return Result(Fraction(upper) / lower if over_weights else Fraction(upper))
