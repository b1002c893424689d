"""The pieces that a plan is put together of: parts, outcomes, caps, and the order in which nodes are worked out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.method import CHOOSING, Level, Scale, number_of
from granskning.scoring.engine.compiled_scale import make_ladder
from granskning.scoring.engine.methods import level_at
from granskning.scoring.engine.node import PartPlan
from granskning.scoring.results.values import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from granskning.model.criteria import Criterion
    from granskning.model.method import Band, Condition, Gate, Step
    from granskning.scoring.engine.compiled_scale import CompiledScale
    from granskning.scoring.engine.node import Node, Spans
    from granskning.scoring.results.explanation import Rank
    from granskning.scoring.results.numbers import Number

_SHARES = frozenset({"share_of_possible", "share_satisfied"})
_AVERAGING = _SHARES | CHOOSING | {"mean", "geometric_mean", "harmonic_mean", "power_mean", "trimmed_mean"}


def is_plain(part: PartPlan) -> bool:
    """Whether a part is a question whose points are fractions."""
    ladder = part.ladder
    return ladder is not None and not part.is_node and ladder.has_points and ladder.scale.between != "log"


def common_ladder(parts: Sequence[PartPlan]) -> CompiledScale | None:
    """The levels that all parts are on, if they are the same; ranges, and bands that fall, are compared by points."""
    ladders = [part.ladder for part in parts]
    first = ladders[0] if ladders else None
    if (
        first is None
        or first.scale.is_range
        or any(part.by_value for part in parts)
        or any(ladder is None or ladder.keys != first.keys for ladder in ladders)
    ):
        return None
    return first


def make_node_part(node: Node, step: Step) -> PartPlan:
    """A node as a part of the one above: by its result, or by its band where that goes on."""
    by_band = node.step.passes_on == "band"
    ladder = (node.given or node.bands) if by_band else node.ladder
    at = step.satisfied_at
    threshold: Rank | None
    falls = by_band and not node.gives and ladder is not None and ladder.has_points and not ladder.is_rising
    if falls and ladder is not None:
        threshold = ladder.highest[0] if at is None else number_of(at)
    elif ladder is None:
        threshold = number_of(at) if at is not None else None
    else:
        threshold = ladder.rank_of(at) if at is not None else len(ladder.keys) - 1
    ends = _band_ends(node, ladder) if by_band and ladder is not None else (None, None)
    return PartPlan(
        id=node.id,
        is_node=True,
        weight=lighten(node.weight),
        ladder=ladder,
        lowest=ends[0],
        highest=ends[1],
        threshold=threshold,
        by_band=by_band,
        by_value=falls,
        gives=node.gives if by_band else (),
        rounding=node.step.rounding if node.step.passes_on == "rounded" and ladder is None else None,
        points=node.step if node.step.passes_on == "points" and node.step.points and ladder is None else None,
    )


def _band_ends(node: Node, ladder: CompiledScale) -> tuple[int | Fraction | None, int | Fraction | None]:
    """The fewest and the most points that the bands of a node pass on."""
    if not node.gives:
        return ladder.lowest[0], ladder.highest[0]
    given = [ladder.points.get(ladder.keys[rank]) for rank in node.gives]
    points = [number for number in given if number is not None]
    return (min(points), max(points)) if len(points) == len(given) else (None, None)


def make_merged_part(node: Node, ladder: CompiledScale, step: Step) -> PartPlan:
    """A question whose answers by several reviewers are made into one: a level of its scale, or points."""
    part, at = make_node_part(node, step), step.satisfied_at
    if node.ladder is not None:
        return part
    if at is None:
        return replace(part, threshold=ladder.highest[0])
    return replace(part, threshold=ladder.cell(at)[0] if ladder.holds(at) else number_of(at))


def can_impute(node: Node) -> bool:
    """Whether the step makes something of parts that have no result of their own."""
    step = node.step
    declares = step.not_applicable[0] not in ("exclude", "shrink_bounds") or step.insufficient_evidence != "interval"
    return declares and step.method != "none" and any(part.is_node for part in node.parts)


def make_band_ladder(bands: tuple[Band, ...]) -> CompiledScale | None:
    """Bands as levels, from the lowest."""
    if not bands:
        return None
    levels = tuple(Level(band.id, band.label, points=band.points) for band in bands)
    return make_ladder(Scale("", levels=levels))


def make_outcome(key: str, ladder: CompiledScale, rule: int | None) -> Result:
    """The result that a row, a rule or a step gives."""
    rank = ladder.rank_of(key)
    result = level_at(rank, ladder) if rank is not None else Result(None)
    return result._replace(rule=rule)


def make_cap(gate: Gate, node: Node) -> Result:
    """The most that a result may be: where the node has levels, the highest that is not above the cap.

    A number has nothing to say of levels that have none.
    """
    ladder, number = node.ladder, number_of(gate.cap)
    if ladder is None or ladder.scale.is_range:
        return Result(number, number if ladder else None)
    rank = ladder.rank.get(gate.cap)
    if rank is None and number is not None and ladder.has_points:
        rank = max((ladder.rank[key] for key, points in ladder.points.items() if points <= number), default=0)
    return Result(number) if rank is None else level_at(rank, ladder)


def named_in(conditions: Iterable[Condition]) -> Iterator[str]:
    """The parts that conditions name one by one."""
    return (condition.part for condition in all_conditions(conditions) if condition.kind == "part")


def all_conditions(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Conditions and those within them."""
    for condition in conditions:
        yield condition
        yield from all_conditions(condition.conditions)


def find_fixed_spans(nodes: Mapping[str, Node]) -> Spans | None:
    """The spans of all nodes, where each averages parts that go from the same least to the same most."""
    spans: dict[str, tuple[Number | None, Number | None]] = {}
    for node in nodes.values():
        if node.step.method == "none":
            spans[node.id] = (None, None)
            continue
        bare = [part.is_node and not part.by_band for part in node.parts]
        if node.step.points or any(part.rounding is not None or part.points is not None for part in node.parts):
            return None
        parts = zip(node.parts, bare, strict=True)
        ends = {spans[part.id] if is_bare else (part.lowest, part.highest) for part, is_bare in parts}
        if not node.is_monotone or node.step.method not in _AVERAGING or len(ends) != 1:
            return None
        low, high = ends.pop()
        if low is None or high is None or any(cap.value is None or cap.value < low for _, cap in node.gates):
            return None
        floor = node.step.floor
        low = low if floor is None or low >= floor else floor
        span = (0, 1) if node.step.method in _SHARES else (low, high)
        spans[node.id] = tuple(Fraction(end) if isinstance(end, int) else end for end in span)  # type: ignore[assignment]
    return spans


def find_exact_spans(nodes: Mapping[str, Node]) -> Iterator[str]:
    """The nodes that are not monotone and whose span another figure, or its rounding, is made of."""
    deciding = {
        name for node in nodes.values() if node.step.method in _SHARES or node.imputes for name in nodes_below(node)
    }
    for node in nodes.values():
        step = node.step
        decides = step.rounding.mode == "capped" or step.not_applicable[0] == "shrink_bounds" or node.id in deciding
        if decides and not node.is_clean:
            yield node.id


def nodes_below(node: Node) -> tuple[str, ...]:
    """The parts of a node that are nodes themselves."""
    return tuple(part.id for part in node.parts if part.is_node)


def in_order(nodes: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """The nodes in an order in which each comes after its parts and after what its conditions name."""
    done: set[str] = set()

    def walk(name: str) -> Iterator[tuple[str, Node]]:
        if name in done:
            return
        done.add(name)
        node = nodes[name]
        for needed in (*nodes_below(node), *sorted(node.named & nodes.keys())):
            yield from walk(needed)
        yield name, node

    for name in nodes:
        yield from walk(name)


def sort_by_need(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    """The criteria, each after its prerequisites, however long the chain; `check` has seen that there is no circle."""
    by_id = {criterion.id: criterion for criterion in criteria}
    done: set[str] = set()
    for first in criteria:
        waiting = [first]
        while waiting:
            current = waiting[-1]
            needs = [by_id[need.criterion] for need in current.prerequisites if need.criterion not in done]
            if needs and current.id not in done:
                waiting += needs
                continue
            waiting.pop()
            if current.id not in done:
                done.add(current.id)
                yield current


def lighten(weight: Fraction) -> int | Fraction:
    """A whole number as such: fractions are slow."""
    return weight.numerator if weight.denominator == 1 else weight
