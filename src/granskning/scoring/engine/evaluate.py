"""One walk through the nodes: the answers in view at their lowest and highest in, each node's worst and best out.

Where nothing is left open, low and high are one evaluation. Where something is, both ends are exact for monotone
nodes over monotone parts, and sound otherwise: no completion gives less than the low end or more than the high one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.method import DECIDING
from granskning.scoring.engine.asked import find_not_asked, without
from granskning.scoring.engine.curve import convert
from granskning.scoring.engine.methods import METHODS, linear, spread
from granskning.scoring.engine.node import EvaluationState
from granskning.scoring.results.numbers import ExactRoot, rounded, to_fraction
from granskning.scoring.results.values import NOTHING, Part, Result, given_rank, new_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from fractions import Fraction

    from granskning.model.method import Step
    from granskning.scoring.engine.compiled_scale import Cell, CompiledScale
    from granskning.scoring.engine.node import Limits, Node, PartPlan
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Pair

    Cells = Mapping[str, Cell]


def make_evaluation_state(
    plan: Plan,
    low: Mapping[str, Cell],
    high: Mapping[str, Cell],
    limits: Limits,
    results: dict[str, Pair] | None = None,
) -> EvaluationState:
    """The answers in view that are asked, each held back by its prerequisites, and the results so far, if any."""
    if plan.asking:
        out, _ = find_not_asked(plan, limits.given, low, high)
        if out:
            low, high = _at_both(low, high, lambda cells: without(cells, out))
            limits = limits if limits.without is None else limits.without(out)
    if plan.depends:
        low, high = _at_both(low, high, lambda cells: held_back(plan, cells))
    return EvaluationState(low, high, {} if results is None else results, limits)


def _at_both(low: Cells, high: Cells, change: Callable[[Cells], Cells]) -> tuple[Cells, Cells]:
    """The answers at both ends after a change; where nothing is open they are one and the same, and stay so."""
    lowest = change(low)
    return lowest, lowest if high is low else change(high)


def held_back(plan: Plan, cells: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """The answers, those lowered whose prerequisites are not met. A prerequisite that is not put hinders nothing."""
    lowered = dict(cells)
    for name, needs in plan.depends.items():  # in an order in which each comes after what it depends on
        if name not in lowered:
            continue
        for criterion, at_least, otherwise in needs:
            for question in plan.by_criterion[criterion]:
                reached = lowered[question.id][1] if question.id in lowered else None
                needed = question.ladder.rank_of(at_least)
                if reached is not None and needed is not None and reached < needed:
                    lowered[name] = _lower(lowered[name], plan.questions[name].ladder.cell(otherwise))
    return lowered


def _lower(cell: Cell, other: Cell) -> Cell:
    value = None if cell[0] is None or other[0] is None else min(cell[0], other[0])
    rank = None if cell[1] is None or other[1] is None else min(cell[1], other[1])
    return (value, rank)


def evaluate_node(node: Node, world: EvaluationState, *, gated: bool = True) -> Pair:
    """The worst and the best result of one node, once those it rests on are in the world."""
    if node.step.method == "none":  # a profile comes to nothing, whatever its parts come to
        return NOTHING, NOTHING
    world = seen_from(node, world)
    if node.step.method in DECIDING:
        low, high = _decide(node, world)
    else:
        low = _combine(node, world, 0)
        is_settled = world.high is world.low and not _is_open(node, world)
        high = low if is_settled else _combine(node, world, 1)
        if not (is_settled or node.rises):
            low, high = spread(parts_at(node, world, 0), parts_at(node, world, 1), node, (low, high))
    if node.step.points and node.ladder is None and node.step.passes_on != "points":
        low, high = convert((low, high), node.step)
    for test, cap in node.gates if gated else ():
        must, can = test(world)
        low = capped(low, cap) if can else low
        high = capped(high, cap) if must else high
    if node.step.bands:
        low, high = _banded(node, low, high, world)
    return (low, high)


def seen_from(node: Node, world: EvaluationState) -> EvaluationState:
    """The world as a step sees it: parts without a result of their own as what they count as there."""
    imputed = world.limits.imputed.get(node.id)
    return world if imputed is None else world._replace(results={**world.results, **imputed})


def _combine(node: Node, world: EvaluationState, side: int) -> Result:
    """The method's result of the parts at their lowest (0) or highest (1)."""
    if node.terms is None:
        return METHODS[node.step.method](parts_at(node, world, side), node)
    cells = world.high if side else world.low
    pairs = [(weight, cells[name][0]) for name, weight in node.terms if name in cells]
    return linear(pairs, node.step.method)  # type: ignore[arg-type]  # terms have numbers


def _is_open(node: Node, world: EvaluationState) -> bool:
    """Whether a part of the node has a worst and a best that differ."""
    pairs = (world.results[part.id] for part in node.parts if part.is_node)
    return any(low != high for low, high in pairs)


def parts_at(node: Node, world: EvaluationState, side: int) -> list[Part]:
    """The parts that are there, at their lowest (0) or highest (1)."""
    cells = world.high if side else world.low
    parts = []
    for plan in node.parts:
        if plan.is_node:
            part = _node_part(plan, world, side)
            if part is not None:
                parts.append(part)
        else:
            cell = cells.get(plan.id)
            if cell is not None:
                rank = None if plan.by_value else cell[1]
                parts.append(new_part((plan.id, plan.weight, cell[0], rank, plan.lowest, plan.highest, plan.threshold)))
    return parts


def _node_part(plan: PartPlan, world: EvaluationState, side: int) -> Part | None:
    pair = world.results[plan.id]
    result = pair[side]
    value, rank = result.value, result.rank
    if plan.by_band and plan.ladder is not None:
        rank = None if plan.by_value else result.band
        value = None if plan.gives else _band_points(plan.ladder, pair, side)
        if plan.gives:
            rank = given_rank(plan.gives, pair, side)
            value = None if rank is None else plan.ladder.lowest[0] if rank < 0 else _points_at(plan.ladder, int(rank))
    if value is None and rank is None:
        return None
    low, high = passed_span(plan, world.limits)
    if plan.rounding is not None and value is not None:
        value = rounded(value, plan.rounding, world.limits.spans.get(plan.id, (None, None))[1])
    if plan.points is not None and value is not None:
        value = convert(pair, plan.points)[side].value
    return Part(plan.id, plan.weight, value, rank, low, high, plan.threshold)


def passed_span(plan: PartPlan, limits: Limits) -> tuple[Number | None, Number | None]:
    """The least and the most that a node can pass on to the step above."""
    if plan.by_band:
        return plan.lowest, plan.highest
    low, high = limits.spans.get(plan.id, (None, None))
    if plan.points is not None:
        ends = convert((Result(low), Result(high)), plan.points)
        return ends[0].value, ends[1].value
    if plan.rounding is None or low is None or high is None:
        return low, high
    return rounded(low, plan.rounding, high), rounded(high, plan.rounding, high)


def _points_at(ladder: CompiledScale, rank: int) -> int | Fraction | None:
    return ladder.points.get(ladder.keys[rank])


def _band_points(ladder: CompiledScale, pair: Pair, side: int) -> int | Fraction | None:
    """The fewest (0) or the most (1) points of the bands that a result can be in; bands may have them in any order."""
    first, last, own = pair[0].band, pair[1].band, pair[side].band
    if own is not None and own < 0:  # counts as below every band
        return ladder.lowest[0]
    if own is None or first is None or last is None:
        return None if own is None else ladder.points.get(ladder.keys[own])
    given = [ladder.points.get(key) for key in ladder.keys[first : last + 1]]
    points = [number for number in given if number is not None]
    if len(points) < len(given):
        return None
    return max(points) if side else min(points)


def _decide(node: Node, world: EvaluationState) -> Pair:
    """The first rule that holds, or the highest step of a ladder that is reached."""
    if not any(_is_there(part, world) for part in node.parts):
        return NOTHING, NOTHING
    return _ends(_possible_results(node, world))


def may_decide(node: Node, world: EvaluationState) -> tuple[int | None, ...]:
    """The rules that may be the first that holds, or the steps that may be the last reached; None for `otherwise`."""
    return tuple(dict.fromkeys(result.rule for result in _possible_results(node, seen_from(node, world))))


def _possible_results(node: Node, world: EvaluationState) -> list[Result]:
    if node.step.method == "ladder":
        return _climb(node, world)
    results: list[Result] = []
    for test, outcome in node.rules:
        must, can = test(world)
        if can:
            results.append(outcome)
        if must:
            break
    else:
        results.append(node.otherwise or NOTHING)
    return results


def _is_there(part: PartPlan, world: EvaluationState) -> bool:
    if not part.is_node:
        return part.id in world.low
    return any(_node_part(part, world, side) is not None for side in (0, 1))


def _climb(node: Node, world: EvaluationState) -> list[Result]:
    reached, sure = [node.otherwise or NOTHING], True
    for test, outcome in node.rules:
        must, can = test(world)
        if not can:
            break
        sure = sure and must
        reached = [outcome] if sure else [*reached, outcome]
    return reached


def _ends(possible: Iterable[Result]) -> Pair:
    ordered = sorted(possible, key=lambda item: -1 if item.rank is None else item.rank)
    return ordered[0], ordered[-1]


def capped(result: Result, cap: Result) -> Result:
    """The result, held down to the most that a gate lets it be."""
    if result.rank is not None and cap.rank is not None:
        return cap if result.rank > cap.rank else result
    if result.value is not None and cap.value is not None and result.value > cap.value:
        return result._replace(value=cap.value)
    return result


def _banded(node: Node, low: Result, high: Result, world: EvaluationState) -> Pair:
    """The results with their bands: the last that starts at or below the value and whose demands are met."""
    first = _band(node, low, world, sure=True)
    if high is low and not node.has_demands:
        banded = Result(low.value, low.rank, first, low.rule)
        return banded, banded
    last = _band(node, high, world, sure=False)
    return Result(low.value, low.rank, first, low.rule), Result(high.value, high.rank, last, high.rule)


def _band(node: Node, result: Result, world: EvaluationState, *, sure: bool) -> int | None:
    """The number of the band. `sure`: only demands that must be met count as met."""
    if result.value is None:
        return None
    if not (world.limits.shrunk or node.has_demands or node.step.bands_on == "rounded"):
        return band_number(node, result.value)
    least, most = world.limits.spans.get(node.id, (None, None))
    last = None
    for number in _reached(result.value, node.step, most, least, world.limits.shrunk.get(node.id)):
        demand = node.demands[number]
        if demand is None or demand(world)[0 if sure else 1]:
            last = number
    return last


def band_number(node: Node, value: Number) -> int | None:
    """The band of a value alone: by whole numbers, since every result passes here."""
    step = node.step
    if isinstance(value, ExactRoot) or step.bands_on == "rounded":
        return max(_reached(value, step, None, None, None), default=None)
    above, below = value.numerator, value.denominator
    number = None
    for place, band in enumerate(step.bands):
        start = band.start
        order = above * start.denominator - start.numerator * below
        if order < 0 or (band.above and order == 0):
            break
        number = place
    return number


def band_of(value: Number, step: Step) -> str | None:
    """The id of the band that a value alone would give."""
    numbers = list(_reached(value, step, None, None, None))
    return step.bands[numbers[-1]].id if numbers else None


def _reached(
    value: Number, step: Step, most: Number | None, least: Number | None, shrunk: tuple[Fraction, Fraction] | None
) -> Iterator[int]:
    """The bands that start at or below a value; where bounds shrink, they start as far along what is left."""
    compared = rounded(value, step.rounding, most) if step.bands_on == "rounded" else value
    for number, band in enumerate(step.bands):
        order = _order(compared, band.start if shrunk is None else moved_start(band.start, least, *shrunk))
        if order < 0 or (band.above and order == 0):
            break
        yield number


def moved_start(start: Fraction, least: Number | None, before: Fraction, left: Fraction) -> Fraction:
    """Where a band starts when the least was `before` and so much is left of the way up."""
    return to_fraction(least or 0) + (start - before) * left


def _order(value: Number, start: Fraction) -> int:
    """Below 0, 0 or above 0 as the value is below, at or above; by whole numbers, which is quicker than fractions."""
    if isinstance(value, ExactRoot):
        return 1 if value > start else -1
    return value.numerator * start.denominator - start.numerator * value.denominator
