"""The methods that make one result of parts: exact, by name; they know nothing of answers or intervals.

A part that is not applicable or was left out is not among the parts. No parts gives no result. A higher part never
lowers the result, save in a product of numbers below 0 and in a weakest with long steps up; for those there is
`spread`. (Tables, rules and ladders, which decide by conditions, are in `evaluate`.)

Sources: the weighted arithmetic mean, sum and product are the additive and multiplicative models of multi-criteria
analysis; the geometric mean as in UNDP's Human Development Index; the share of the possible as in AGREE II; `weakest`
is the conjunctive rule ("one out, all out") of the EU Water Framework Directive, its step up the plus of PEFA's M1.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from granskning.model.method import OF_TWO
from granskning.scoring.results.numbers import ApproximateNumber, geometric_mean, is_exact, root_of, to_fraction
from granskning.scoring.results.values import NOTHING, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from granskning.model.method import Move
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.node import Node
    from granskning.scoring.results.explanation import Rank
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Part


def mean(parts: Sequence[Part], node: Node) -> Result:
    """Weighted arithmetic mean: the sum of weight times value over the sum of weights."""
    return _of_fractions(parts, node)


def total(parts: Sequence[Part], node: Node) -> Result:
    """Weighted sum: weight times value, added up."""
    return _of_fractions(parts, node)


def linear(pairs: Iterable[tuple[int | Fraction, int | Fraction]], method: str) -> Result:
    """The mean or the sum of weights and values."""
    # numerators are added over a common denominator, so that they are reduced once and not at every part
    upper = weights = 0
    lower = shared = 1
    for weight, value in pairs:
        times, part = weight.numerator, weight.denominator
        amount, unit = times * value.numerator, part * value.denominator
        if unit != lower:
            common = lcm(lower, unit)
            upper, amount, lower = upper * (common // lower), amount * (common // unit), common
        upper += amount
        if part != shared:
            common = lcm(shared, part)
            weights, times, shared = weights * (common // shared), times * (common // part), common
        weights += times
    if not weights:
        return NOTHING
    return Result(Fraction(upper * shared, lower * weights) if method == "mean" else Fraction(upper, lower))


def _of_fractions(parts: Sequence[Part], node: Node) -> Result:
    """`linear` for parts of which some may be roots: these are taken to thirty digits."""
    values = [part.value for part in parts]
    pairs = [(part.weight, to_fraction(value)) for part, value in zip(parts, values, strict=True) if value is not None]
    result = linear(pairs, node.step.method)
    if len(pairs) < len(parts) or result.value is None:
        return NOTHING
    near = not all(is_exact(value) for value in values if value is not None)
    return Result(ApproximateNumber(to_fraction(result.value))) if near else result


def product(parts: Sequence[Part], node: Node) -> Result:
    """Product of the values, each to the power of its weight."""
    # numerators and denominators are multiplied apart, so that they are reduced once and not at every part
    upper = lower = 1
    near = False
    shared = lcm(*(Fraction(part.weight).denominator for part in parts))
    for part in parts:
        if part.value is None or (shared > 1 and part.value < 0):
            return NOTHING
        near = near or not is_exact(part.value)
        value, times = to_fraction(part.value), int(part.weight * shared)
        upper *= value.numerator**times
        lower *= value.denominator**times
    if not parts:
        return NOTHING
    return Result(_ratio(upper, lower, near=near) if shared == 1 else root_of(Fraction(upper, lower), shared))


def geometric(parts: Sequence[Part], node: Node) -> Result:
    """Weighted geometric mean. Values below the step's floor count as the floor, so that no zero decides all."""
    floor = node.step.floor
    values = [part.value if floor is None or part.value is None else max(part.value, floor) for part in parts]
    if not parts or any(value is None or value < 0 for value in values):
        return NOTHING
    near = any(isinstance(value, ApproximateNumber) for value in values)
    result = geometric_mean([v for v in values if v is not None], [Fraction(part.weight) for part in parts])
    return Result(ApproximateNumber(to_fraction(result)) if near else result)


def harmonic(parts: Sequence[Part], node: Node) -> Result:
    """Weighted harmonic mean: the sum of weights over that of weight through value; 0 where a value is 0."""
    return _of_powers(parts, -1, node.step.floor)


def power(parts: Sequence[Part], node: Node) -> Result:
    """Weighted power mean: the root of the mean of the values' powers."""
    return _of_powers(parts, node.step.exponent, None)


def _of_powers(parts: Sequence[Part], exponent: int, floor: Fraction | None) -> Result:
    # The power mean with exponent p is (sum w x^p / sum w)^(1/p) (G. Hardy, J. Littlewood, G. Polya, Inequalities, ch.
    # II); -1 is the harmonic mean, 1 the arithmetic one. Where p is below 0 and some x is 0 it is 0, its limit. Of 1
    # and 3 with p = 2: the root of (1 + 9) / 2 = 5.
    given = [part.value for part in parts if part.value is not None]
    values = [to_fraction(value if floor is None else max(value, floor)) for value in given]
    if not parts or len(values) < len(parts) or any(value < 0 for value in values):
        return NOTHING
    if exponent < 0 and 0 in values:
        return Result(Fraction(0))
    near = not all(is_exact(value) for value in given)
    weights = [Fraction(part.weight) for part in parts]
    upper = lower = Fraction(0)
    for weight, value in zip(weights, values, strict=True):
        upper += weight * value**exponent
        lower += weight
    mean = upper / lower
    root = root_of(1 / mean if exponent < 0 else mean, abs(exponent)) if mean else Fraction(0)
    return Result(ApproximateNumber(to_fraction(root)) if near else root)


def trimmed(parts: Sequence[Part], node: Node) -> Result:
    """The mean of the parts but for so many of the lowest and of the highest; their weights are the same."""
    values = [part.value for part in parts if part.value is not None]
    if not parts or len(values) < len(parts):
        return NOTHING
    number, is_share = node.step.trim
    cut = min(int(number * len(values) if is_share else number), (len(values) - 1) // 2)
    rest = sorted(values)[cut : len(values) - cut]
    near = not all(is_exact(value) for value in rest)
    return Result(_ratio(sum((to_fraction(value) for value in rest), Fraction(0)), len(rest), near=near))


def of_two(parts: Sequence[Part], node: Node) -> Result:
    """The first named part divided by the second, or minus it; nothing without both, or by 0."""
    first, second = (_named_value(parts, name) for name in node.step.of)
    return _of_values(first, second, node)


def _named_value(parts: Sequence[Part], name: str) -> Number | None:
    """The value of a named part: of a question put to several reviewers, whose answers are pooled, their mean."""
    values = [part.value for part in parts if part.id == name or part.id.startswith(f"{name}@")]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    if len(known) == 1:
        return known[0]
    near = not all(is_exact(value) for value in known)
    return _ratio(sum((to_fraction(value) for value in known), Fraction(0)), len(known), near=near)


def _of_values(first_value: Number | None, second_value: Number | None, node: Node) -> Result:
    if first_value is None or second_value is None or (node.step.method == "quotient" and second_value == 0):
        return NOTHING
    near = not (is_exact(first_value) and is_exact(second_value))
    first, second = to_fraction(first_value), to_fraction(second_value)
    return Result(_ratio(first - second if node.step.method == "difference" else first / second, 1, near=near))


def share_of_possible(parts: Sequence[Part], node: Node) -> Result:
    """What was obtained above the least possible, as a share of the distance from the least to the most."""
    upper = lower = Fraction(0)
    near = False
    for part in parts:
        if part.value is None or part.lowest is None or part.highest is None:
            return NOTHING
        near = near or not is_exact(part.value)
        least = to_fraction(part.lowest)
        upper += part.weight * (to_fraction(part.value) - least)
        lower += part.weight * (to_fraction(part.highest) - least)
    return Result(_ratio(upper, lower, near=near)) if lower else NOTHING


def share_satisfied(parts: Sequence[Part], node: Node) -> Result:
    """The weight of the satisfied parts as a share of the weight of all."""
    upper: int | Fraction = 0
    lower: int | Fraction = 0
    for part in parts:
        reached = part.rank if part.rank is not None else part.value
        if reached is None or part.threshold is None:
            return NOTHING
        upper += part.weight if reached >= part.threshold else 0
        lower += part.weight
    return Result(_ratio(upper, lower, near=False)) if lower else NOTHING


def weakest(parts: Sequence[Part], node: Node) -> Result:
    """The lowest part decides; weights have no say. A step up or down as the step declares."""
    if not parts:
        return NOTHING
    if node.common is None:
        values = [part.value for part in parts if part.value is not None]
        return Result(min(values)) if len(values) == len(parts) else NOTHING
    ranks = [part.rank for part in parts if part.rank is not None]
    lowest = min(ranks)
    rank = _on_result(lowest, node)
    step = node.step
    if step.step_up and sum(other > lowest for other in ranks) >= _needed(step.step_up, len(ranks)):
        rank += step.step_up.by
    if step.step_down:
        bar = node.common.rank_of(step.step_down.below)
        low = sum(bar is not None and other < bar for other in ranks)
        if low >= _needed(step.step_down, len(ranks)):
            rank -= step.step_down.by
    return _level(rank, node)


def best(parts: Sequence[Part], node: Node) -> Result:
    """The highest part decides; weights have no say."""
    if not parts:
        return NOTHING
    if node.common is None:
        values = [part.value for part in parts if part.value is not None]
        return Result(max(values)) if len(values) == len(parts) else NOTHING
    return _level(_on_result(max(part.rank for part in parts if part.rank is not None), node), node)


def median(parts: Sequence[Part], node: Node) -> Result:
    """The middle part; of two in the middle the lower, the upper or their mean, as the step declares."""
    even = node.step.even
    by_value = node.common is None or even == "mean"
    measures = [part.value if by_value else part.rank for part in parts]
    ordered = sorted(measure for measure in measures if measure is not None)
    if not parts or len(ordered) < len(measures):
        return NOTHING
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    if by_value:
        middle = {"lower": low, "upper": high}.get(even)
        near = not is_exact(low) or not is_exact(high)
        return Result(_ratio((to_fraction(low) + to_fraction(high)) / 2, 1, near=near) if middle is None else middle)
    return _level(_on_result(high if even == "upper" else low, node), node)  # type: ignore[arg-type]  # ranks


METHODS: Mapping[str, Callable[[Sequence[Part], Node], Result]] = {
    "mean": mean,
    "sum": total,
    "product": product,
    "geometric_mean": geometric,
    "harmonic_mean": harmonic,
    "power_mean": power,
    "trimmed_mean": trimmed,
    "quotient": of_two,
    "difference": of_two,
    "share_of_possible": share_of_possible,
    "share_satisfied": share_satisfied,
    "weakest": weakest,
    "best": best,
    "median": median,
}
"""Every method that a criteria set may name and that works on parts alone."""


def spread(low: Sequence[Part], high: Sequence[Part], node: Node, ends: tuple[Result, Result]) -> tuple[Result, Result]:
    """Ends that nothing goes beyond, where a higher part can lower the result. `ends` are those of the parts' ends."""
    step = node.step
    values = [*(one.value for one in ends), *(one.value for one in low), *(one.value for one in high)]
    is_whole = all(int(part.weight) == part.weight for part in low)  # else there is no product of numbers below 0
    if step.method == "product" and is_whole and len(low) == len(high) and None not in values:
        return _product_ends(low, high)
    if step.method in OF_TWO:
        return _ends_of_two(low, high, node, ends)
    if step.method == "weakest" and step.step_up is not None:
        never = replace(node, step=replace(step, step_up=None))
        always = replace(node, step=replace(step, step_up=replace(step.step_up, number=Fraction(0))))
        return weakest(low, never), weakest(high, always)
    return ends


def _ends_of_two(
    low: Sequence[Part], high: Sequence[Part], node: Node, ends: tuple[Result, Result]
) -> tuple[Result, Result]:
    """The least and the greatest quotient or difference; nothing where the divisor can be 0: there is no bound."""
    least, other = (_named_value(low, name) for name in node.step.of)
    most, bottom = (_named_value(high, name) for name in node.step.of)
    if least is None or other is None or most is None or bottom is None:
        return ends
    if node.step.method == "quotient" and other <= 0 <= bottom:
        return (NOTHING, NOTHING)
    results = [_of_values(first, last, node) for first in (least, most) for last in (other, bottom)]
    values = [result.value for result in results if result.value is not None]
    return (Result(min(values)), Result(max(values)))


def _product_ends(low: Sequence[Part], high: Sequence[Part]) -> tuple[Result, Result]:
    """The least and the greatest product of values between these, some of which may be below 0."""
    ends, near = (Fraction(1), Fraction(1)), False
    for one, other in zip(low, high, strict=True):
        near = near or not (is_exact(one.value or 0) and is_exact(other.value or 0))
        first, last = to_fraction(one.value or 0), to_fraction(other.value or 0)
        powers = [first ** int(one.weight), last ** int(one.weight)] + [Fraction(0)] * (first < 0 < last)
        products = [end * power for end in ends for power in powers]
        ends = (min(products), max(products))
    return (Result(_ratio(ends[0], 1, near=near)), Result(_ratio(ends[1], 1, near=near)))


def _ratio(upper: int | Fraction, lower: int | Fraction, *, near: bool) -> Fraction:
    value = Fraction(upper) / lower if isinstance(lower, Fraction) else Fraction(upper, lower)
    return ApproximateNumber(value) if near else value


def _needed(move: Move, parts: int) -> Fraction:
    return move.number * parts if move.is_share else move.number


def _on_result(rank: Rank, node: Node) -> Rank:
    """A rank of the parts' scale on the scale of the result, by its key."""
    ladder, common = node.ladder, node.common
    if ladder is None or common is None or ladder is common or rank < 0:  # below 0 is below every level on both
        return rank
    return ladder.rank.get(common.keys[int(rank)], rank)


def _level(rank: Rank, node: Node) -> Result:
    """The result at a rank, held to the ends of the scale."""
    ladder = node.ladder
    if ladder is None:
        return NOTHING
    whole = min(max(int(rank), 0), len(ladder.keys) - 1)
    return Result(ladder.points.get(ladder.keys[whole]), whole)


def level_at(rank: Rank, ladder: CompiledScale) -> Result:
    """The result that is the level of that rank."""
    return Result(ladder.points.get(ladder.keys[int(rank)]), rank)
