"""A small evaluator that redoes results from their explanations alone: it shares no code with the engine.

It knows the methods as the handbook tells them, works in fractions (roots in doubles) and reads nothing but the values
of an explanation: parts, weights, what was left out, rules, gates, bands, rounding.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.method import Rounding
    from granskning.scoring.results.explanation import JointExplanation, PartExplanation, StepExplanation

NEAR = 1e-9
"""Relative: roots are redone in doubles."""
RISING = (
    "mean",
    "sum",
    "geometric_mean",
    "harmonic_mean",
    "power_mean",
    "trimmed_mean",
    "share_of_possible",
    "share_satisfied",
    "best",
    "median",
)


class End(NamedTuple):
    """A part at one end."""

    part: PartExplanation
    value: Any
    rank: Any


class Redone(NamedTuple):
    """A result that was redone: its number, its place on its scale."""

    value: Any = None
    rank: Any = None


NOTHING = Redone()


def ends_of(made: StepExplanation, side: int) -> list[End]:
    """The parts that count at one end. What is told to be left out must not count, and nothing may be both."""
    found = [
        End(one, plain(one.high), one.high_rank) if side else End(one, plain(one.low), one.low_rank)
        for one in made.parts
    ]
    counted = [one for one in found if one.value is not None or one.rank is not None]
    out = {one.id for one in made.left_out}
    assert not out & {one.part.id for one in counted}
    return counted


def plain(number: Any) -> Any:
    """A number to calculate with: roots and near values as doubles."""
    if number is None or type(number) in (int, Fraction):
        return number
    return float(number)


def same(one: Any, other: Any) -> bool:
    """Whether two numbers are the same, as far as doubles tell."""
    if one is None or other is None:
        return one is other
    one, other = plain(one), plain(other)
    if isinstance(one, float) or isinstance(other, float):
        return abs(float(one) - float(other)) <= NEAR * max(1.0, abs(float(one)), abs(float(other)))
    return bool(one == other)


def redo(made: StepExplanation, side: int) -> Redone:
    """What the method makes of the parts at one end, before any gate."""
    method = made.step.method
    there = ends_of(made, side)
    if method == "none" or not any(ends_of(made, each) for each in (0, 1)):
        return NOTHING
    is_asked_of_none = not there and made.basis == "cases"  # the case that this end is that of asks none of its parts
    if made.step.rules and not is_asked_of_none:
        return ruled(made, side)
    if not there:
        return NOTHING
    is_bound = made.basis == "outer" and method not in RISING
    if is_bound and method == "product":
        return product_bound(made, side)
    if method in ("weakest", "best", "median"):
        return chosen(made, there, side if is_bound else None)
    return converted(made, weighted(made, there, side), side)


def converted(made: StepExplanation, value: Any, side: int) -> Redone:
    """What a number is turned into, where the step has points; what it was before is told."""
    if made.before_points is None or value is None:
        return Redone(value)
    if made.basis != "outer" or made.step.method in RISING:
        assert same(value, made.before_points[side]), made
    ends: list[Any] = [None if end is None else points(made, plain(end)) for end in made.before_points]
    gives = [turn.gives for turn in made.step.points]
    if made.basis == "outer" and gives != sorted(gives) and all(end is not None for end in ends):
        low, high = (plain(end) for end in made.before_points)
        ends += [turn.gives for turn in made.step.points if low <= turn.at <= high]
        return Redone(max(ends) if side else min(ends))
    return Redone(ends[side])


def points(made: StepExplanation, value: Any) -> Any:
    """The points of a number."""
    passed = [turn for turn in made.step.points if value > turn.at or (value == turn.at and not turn.above)]
    rest = made.step.points[len(passed) :]
    if not passed or made.step.between == "step" or not rest:
        return passed[-1].gives if passed else made.step.points[0].gives
    one, other = passed[-1], rest[0]
    return one.gives + (other.gives - one.gives) * (value - one.at) / (other.at - one.at)


def ruled(made: StepExplanation, side: int) -> Redone:
    """The outcome of the first that holds, or of the last step of a ladder before one that does not."""
    standings = [
        (one.must, one.can) if one.low is None else (bool((one.low, one.high)[side]),) * 2 for one in made.rules
    ]
    outcomes = [rule.gives for rule in made.step.rules]
    possible: list[str | None] = []
    if made.step.method == "ladder":
        possible, sure = [made.step.otherwise], True
        for (must, can), outcome in zip(standings, outcomes, strict=True):
            if not can:
                break
            sure = sure and must
            possible = [outcome] if sure else [*possible, outcome]
    else:
        for (must, can), outcome in zip(standings, outcomes, strict=True):
            possible += [outcome] if can else []
            if must:
                break
        else:
            possible.append(made.step.otherwise)
    results = [NOTHING if one is None else on_scale(made, made.scale.ranks[one]) for one in possible]  # type: ignore[union-attr]
    results.sort(key=lambda one: -1 if one.rank is None else one.rank)
    return results[-1] if side else results[0]


def fired(made: StepExplanation, side: int) -> int | None:
    """The number of the rule that decides: the first that holds, or of a ladder the last before one that does not."""
    holds = [bool((one.low, one.high)[side]) for one in made.rules]
    if made.step.method == "ladder":
        climbed = holds.index(False) if False in holds else len(holds)
        return climbed - 1 if climbed else None
    return holds.index(True) if True in holds else None


def on_scale(made: StepExplanation, rank: Any) -> Redone:
    """The level at a place on the scale of the result, held to its ends."""
    scale = made.scale
    if scale is None:
        return NOTHING
    if scale.scale.is_range:
        return Redone(plain(scale.points.get(str(rank), rank)), rank)
    whole = min(max(int(rank), 0), len(scale.keys) - 1)
    return Redone(scale.points.get(scale.keys[whole]), whole)


def weighted(made: StepExplanation, there: Sequence[End], side: int) -> Any:  # noqa: C901, PLR0911, PLR0912  # a method each
    """The number that a step which weighs its parts gives."""
    step = made.step
    whole = sum((one.part.weight for one in there), Fraction(0))
    if step.method == "share_satisfied":
        reached = [one.value if one.part.by_value or one.rank is None else one.rank for one in there]
        if any(at is None or one.part.threshold is None for one, at in zip(there, reached, strict=True)):
            return None
        met = [one.part.weight for one, at in zip(there, reached, strict=True) if at >= one.part.threshold]
        return sum(met, Fraction(0)) / whole if whole else None
    if any(one.value is None for one in there):
        return None
    pairs = [(one.part.weight, one.value) for one in there]
    if step.method in ("mean", "sum"):
        total = sum(weight * value for weight, value in pairs)
        return (total / whole if step.method == "mean" else total) if whole else None
    if step.method == "product":
        if any(value < 0 and weight.denominator > 1 for weight, value in pairs):
            return None
        if all(weight.denominator == 1 for weight, _ in pairs):
            return prod(value ** int(weight) for weight, value in pairs)
        return prod(float(value) ** float(weight) for weight, value in pairs)
    if step.method in ("harmonic_mean", "power_mean"):
        return powers(made, pairs, whole)
    if step.method == "trimmed_mean":
        values = sorted(value for _, value in pairs)
        cut = int(step.trim[0] * len(values)) if step.trim[1] else int(step.trim[0])
        while 2 * cut >= len(values):
            cut -= 1
        return sum(values[cut : len(values) - cut]) / Fraction(len(values) - 2 * cut)
    if step.method in ("quotient", "difference"):
        given = [[one.value for one in there if one.part.criterion == name] for name in step.of]
        first, second = (sum(values) / Fraction(len(values)) if values else None for values in given)
        if first is None or second is None or (step.method == "quotient" and second == 0):
            return None
        return first - second if step.method == "difference" else first / (second * Fraction(1))
    if step.method == "geometric_mean":
        held = [(weight, value if step.floor is None else max(value, step.floor)) for weight, value in pairs]
        return None if any(value < 0 for _, value in held) else prod(float(v) ** float(w / whole) for w, v in held)
    ends = [(one.part.weight, one.value, *map(plain, one.part.spans[side])) for one in there]
    if any(least is None or most is None for _, _, least, most in ends):
        return None
    span = sum(weight * (most - least) for weight, _, least, most in ends)
    gained = sum(weight * (value - least) for weight, value, least, _ in ends)
    return gained / span if span else None


def powers(made: StepExplanation, pairs: Sequence[tuple[Fraction, Any]], whole: Fraction) -> Any:
    """The harmonic mean, or that of a power: exact where it is the harmonic or the arithmetic one."""
    exponent = -1 if made.step.method == "harmonic_mean" else made.step.exponent
    floor = made.step.floor if made.step.method == "harmonic_mean" else None
    values = [(weight, value if floor is None else max(value, floor)) for weight, value in pairs]
    if any(value < 0 for _, value in values):
        return None
    if exponent < 0 and any(value == 0 for _, value in values):
        return Fraction(0)
    mean = sum(
        weight * (value if isinstance(value, float) else Fraction(value)) ** exponent for weight, value in values
    )
    mean = mean / whole
    return mean if exponent == 1 else 1 / mean if exponent == -1 else float(mean) ** (1 / exponent)


def product_bound(made: StepExplanation, side: int) -> Redone:
    """Beyond which no product goes of values between the ends of the parts, some of which may be below 0."""
    lows, highs = ends_of(made, 0), ends_of(made, 1)
    ends = [Fraction(1), Fraction(1)]
    if len(lows) != len(highs) or any(one.value is None or one.part.weight.denominator > 1 for one in (*lows, *highs)):
        return Redone(weighted(made, highs if side else lows, side))
    for low, high in zip(lows, highs, strict=True):
        power = int(low.part.weight)
        factors = [low.value**power, high.value**power] + [Fraction(0)] * (low.value < 0 < high.value)
        products = [end * factor for end in ends for factor in factors]
        ends = [min(products), max(products)]
    return Redone(ends[side])


def chosen(made: StepExplanation, there: Sequence[End], bound: int | None) -> Redone:
    """What a step that picks one of its parts gives. `bound` is the end, where only bounds are told."""
    step = made.step
    by_value = made.common is None or (step.method == "median" and step.even == "mean")
    held: list[Any] = [one.value if by_value else one.rank for one in there]
    if any(one is None for one in held):
        return NOTHING
    held.sort()
    if step.method == "median":
        low, high = held[(len(held) - 1) // 2], held[len(held) // 2]
        picked = {"lower": low, "upper": high}.get(step.even, low if low == high else (low + high) / Fraction(2))
    else:
        picked = held[0] if step.method == "weakest" else held[-1]
    if by_value:
        return Redone(picked)
    assert made.common is not None
    rank = picked
    if made.scale is not None and made.scale.keys != made.common.keys and rank >= 0:
        rank = made.scale.ranks.get(made.common.keys[int(rank)], rank)
    if step.method == "weakest" and step.step_up is not None and bound != 0:
        needed = step.step_up.number * (len(held) if step.step_up.is_share else 1)
        rank += step.step_up.by * (bound == 1 or sum(one > held[0] for one in held) >= needed)
    if step.method == "weakest" and step.step_down is not None:
        needed = step.step_down.number * (len(held) if step.step_down.is_share else 1)
        bar = made.common.rank_of(step.step_down.below)
        rank -= step.step_down.by * (sum(bar is not None and one < bar for one in held) >= needed)
    return on_scale(made, rank)


def gated(made: StepExplanation, side: int, redone: Redone) -> Redone:
    """The result with each gate that is told to hold."""
    for gate in made.gates:
        effect = gate.high if side else gate.low
        cap = gate.cap
        before = redone
        if effect.holds and redone.rank is not None and cap.rank is not None:
            redone = Redone(plain(cap.value), cap.rank) if redone.rank > cap.rank else redone
        elif effect.holds and redone.value is not None and cap.value is not None and redone.value > cap.value:
            redone = redone._replace(value=plain(cap.value))
        for told, own in ((effect.before, before), (effect.after, redone)):
            assert same(told.value, own.value), (made, gate)
            assert told.rank == own.rank, (made, gate)
    return redone


def band(made: StepExplanation, side: int, value: Any) -> int | None:
    """The number of the band, by where bands are told to begin and which demands are told to be met."""
    if value is None:
        return None
    step = made.step
    compared = value
    if step.bands_on == "rounded":
        compared = rounded(value, step.rounding, made.most)
    found = None
    for number, one in enumerate(made.bands):
        above = step.bands[number].above
        if compared < one.start or (above and compared == one.start):
            break
        if one.met[side]:
            found = number
    return found


def rounded(value: Any, rounding: Rounding, most: Any = None) -> Fraction:
    """A number as it is shown, by the decimal arithmetic of the standard library."""
    with localcontext(prec=60):
        exact = value if isinstance(value, Fraction | int) else Fraction(value)
        number = Decimal(exact.numerator) / Decimal(exact.denominator)
        number = number * 100 if rounding.percent else number
        mode = ROUND_DOWN if rounding.mode == "truncate" else ROUND_HALF_UP
        unit = Decimal(1).scaleb(-rounding.decimals)
        number = number.quantize(unit, ROUND_CEILING if rounding.mode == "up" else mode)
        scale = 100 if rounding.percent else 1
        if rounding.mode == "capped" and most is not None and value < most and Fraction(number) >= plain(most) * scale:
            number -= unit
        return Fraction(number) / scale


def redo_joint(made: JointExplanation, side: int, method: str) -> tuple[Any, str | None]:
    """The mean or the median of the reviewers' results at one end."""
    there = [one for one in made.members if one.counts]
    levels = [one.levels[side] for one in there]
    if made.by_level[side]:
        assert made.scale is not None
        order = sorted(levels, key=made.scale.keys.index)
        key = order[(len(order) - 1) // 2]
        return made.scale.points.get(key or ""), key
    values = sorted(value for one in there if (value := plain(one.values[side])) is not None)
    if not values:
        return None, None
    if method == "mean":
        return sum(values) / Fraction(len(values)) if len(set(values)) > 1 else values[0], None
    low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
    return low if low == high else (low + high) / Fraction(2), None
