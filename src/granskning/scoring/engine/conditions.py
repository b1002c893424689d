"""Conditions made ready: each a function from the answers in view to whether it must hold and whether it can.

Where nothing is left open the two are the same. Where something is, they are sound: a condition that comes out as
"must" holds in every completion, one that comes out as "cannot" in none.

Which way a condition moves as answers rise: what tells whether the worst and best completions are the extremes.

A rising condition can only become true, a falling one only false. Rules whose conditions all fall, with outcomes that
rise from the first to the last (or the other way round), are monotone; so are ladders of rising conditions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from granskning.model.method import CHOOSING, DECIDING, NOT_APPLICABLE, OF_TWO, number_of
from granskning.scoring.engine.curve import is_rising_curve
from granskning.scoring.results.numbers import rounded
from granskning.scoring.results.values import NOTHING, given_rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from granskning.model.method import Condition
    from granskning.scoring.engine.compiled_scale import Cell, CompiledScale
    from granskning.scoring.engine.node import EvaluationState, Node, PartPlan, Question, Truth

_Aspect = Literal["rank", "value", "band"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the conditions of one node may name."""

    questions: Mapping[str, tuple[Question, ...]]
    """By criterion; several where reviewers are pooled."""
    nodes: Mapping[str, Node]
    classes: Mapping[str, str]
    """The class of each criterion."""
    critical: frozenset[str]


def compile_all(
    conditions: Sequence[Condition], node: Node, scope: Scope, *, absent: bool
) -> Callable[[EvaluationState], Truth]:
    """One test for conditions that must all hold. `absent` is what a part that is not there is taken for."""
    tests = [compile_one(condition, node, scope, absent=absent) for condition in conditions]
    if len(tests) == 1:
        return tests[0]
    return lambda world: _every([test(world) for test in tests])


def compile_one(condition: Condition, node: Node, scope: Scope, *, absent: bool) -> Callable[[EvaluationState], Truth]:
    """One condition as a test."""
    if condition.kind == "all":
        return compile_all(condition.conditions, node, scope, absent=absent)
    if condition.kind == "any":
        tests = [compile_one(inner, node, scope, absent=absent) for inner in condition.conditions]
        return lambda world: _some([test(world) for test in tests])
    if condition.kind == "not":
        inner = compile_one(condition.conditions[0], node, scope, absent=not absent)
        return lambda world: _negated(inner(world))
    if condition.kind == "count":
        return _compile_count(condition, node, scope, absent=absent)
    return _compile_part(condition, condition.part, scope, absent=absent)


def counted(condition: Condition, node: Node, scope: Scope) -> list[str]:
    """The parts of a node that a count looks at."""
    names = []
    for part in node.parts:
        name = part.id if part.is_node else next(q.criterion for q in _by_id(scope, part.id))
        if condition.parts and name not in condition.parts:
            continue
        if condition.classes and scope.classes.get(name) not in condition.classes:
            continue
        if condition.critical is not None and (name in scope.critical) != condition.critical:
            continue
        names.append(part.id)
    return names


def _by_id(scope: Scope, question: str) -> list[Question]:
    return [asked for group in scope.questions.values() for asked in group if asked.id == question]


def _compile_count(
    condition: Condition, node: Node, scope: Scope, *, absent: bool
) -> Callable[[EvaluationState], Truth]:
    names = counted(condition, node, scope)
    tests = [(name, _compile_part(condition, name, scope, absent=False)) for name in names]
    amount, number, is_share = condition.amount, condition.number, condition.is_share

    def test(world: EvaluationState) -> Truth:
        there = [inner for name, inner in tests if name in world.low or _has_result(world, name)]
        if is_share and not there:
            return (absent, absent)
        truths = [test(world) for test in there]
        least, most = sum(must for must, _ in truths), sum(can for _, can in truths)
        needed = number * len(there) if is_share else number
        return {
            "at_least": (least >= needed, most >= needed),
            "more_than": (least > needed, most > needed),
            "at_most": (most <= needed, least <= needed),
            "fewer_than": (most < needed, least < needed),
            "exactly": (least == most == needed, least <= needed <= most),
        }[amount]

    return test


def _has_result(world: EvaluationState, name: str) -> bool:
    pair = world.results.get(name)
    return pair is not None and NOTHING not in pair


def _compile_part(condition: Condition, name: str, scope: Scope, *, absent: bool) -> Callable[[EvaluationState], Truth]:
    """A test of one part, named by criterion, by question or by node."""
    absent = absent or NOT_APPLICABLE in condition.levels
    node = scope.nodes.get(name)
    if node is not None:
        aspect, bars = _bars(condition, node.ladder, node.bands)
        if node.ladder is None and name in scope.questions:  # reviewers' answers as one number: levels are their points
            bars = _points(condition, scope.questions[name][0].ladder)
        given, gives = node.given, node.gives
        if given is not None and all(key in given.rank for key in condition.levels if key != NOT_APPLICABLE):
            named = [Fraction(given.rank[key]) for key in condition.levels if key in given.rank]

            def test_given(world: EvaluationState) -> Truth:
                pair = world.results.get(name)
                low, high = (None, None) if pair is None else (given_rank(gives, pair, 0), given_rank(gives, pair, 1))
                absent_here = low is None or high is None
                return (absent, absent) if absent_here else _compare(condition, low, high, named, "rank")

            return test_given
        place = {"value": 0, "rank": 1, "band": 2}[aspect]
        is_rounded = aspect == "value" and node.step.passes_on == "rounded"

        def test_node(world: EvaluationState) -> Truth:
            pair = world.results.get(name)
            low, high = (None, None) if pair is None else (pair[0][place], pair[1][place])
            if is_rounded and low is not None and high is not None:
                most = world.limits.spans.get(name, (None, None))[1]
                low, high = rounded(low, node.step.rounding, most), rounded(high, node.step.rounding, most)
            return (absent, absent) if low is None or high is None else _compare(condition, low, high, bars, aspect)

        return test_node
    questions = scope.questions.get(name) or tuple(_by_id(scope, name))
    ladder = questions[0].ladder
    aspect, bars = _bars(condition, ladder, None)
    at = 0 if aspect == "value" else 1
    kind: _Aspect = "value" if ladder.scale.is_range else aspect
    ids = [question.id for question in questions]

    def test_question(world: EvaluationState) -> Truth:
        lows = [number for name in ids if (number := _seen(world.low, name, at)) is not None]
        highs = [number for name in ids if (number := _seen(world.high, name, at)) is not None]
        if not lows:  # then nothing is there at the highest either
            return (absent, absent)
        return _compare(condition, min(lows), min(highs), bars, kind)

    return test_question


def _seen(cells: Mapping[str, Cell], name: str, at: int) -> int | Fraction | None:
    """The points (0) or the rank (1) of an answer."""
    cell = cells.get(name)
    return None if cell is None else cell[at]


def _bars(
    condition: Condition, ladder: CompiledScale | None, bands: CompiledScale | None
) -> tuple[_Aspect, list[Fraction]]:
    """What of a part is compared, and with what: its level, its band or its number.

    A level that is none of the part's, as when parts on several scales are counted, is a number or is never reached.
    """
    aspects: tuple[tuple[_Aspect, CompiledScale | None], ...] = (("rank", ladder), ("band", bands))
    for aspect, scale in aspects:
        if scale is not None:
            ranks = [rank for key in condition.levels if (rank := scale.rank_of(key)) is not None]
            if len(ranks) == len(condition.levels) or (ranks and condition.comparison == "is"):
                return aspect, [Fraction(rank) for rank in ranks]
    if ladder is not None and condition.comparison == "is":
        return "rank", []  # none of the levels is on this part's scale, so it is never at one of them
    return "value", [number for key in condition.levels if (number := number_of(key)) is not None]


def _points(condition: Condition, ladder: CompiledScale) -> list[Fraction]:
    """The points of the levels that a condition names."""
    cells = [ladder.cell(key) for key in condition.levels if ladder.holds(key)]
    return [Fraction(points) for points, _ in cells if points is not None]


def _compare(condition: Condition, low: object, high: object, bars: list[Fraction], aspect: _Aspect) -> Truth:
    """Whether everything from low to high meets the condition, and whether something does."""
    if condition.comparison == "is":
        if low == high:
            return (low in bars, low in bars)
        within = [bar for bar in bars if low <= bar <= high]  # type: ignore[operator]  # both are numbers
        whole = aspect != "value" and len(within) == high - low + 1  # type: ignore[operator]
        return (whole, bool(within))
    if not bars:
        return (False, False)
    bar = bars[0]
    must, can = {
        "at_least": (low >= bar, high >= bar),  # type: ignore[operator]
        "above": (low > bar, high > bar),  # type: ignore[operator]
        "at_most": (high <= bar, low <= bar),  # type: ignore[operator]
        "below": (high < bar, low < bar),  # type: ignore[operator]
    }[condition.comparison]
    return (must, can)


def _every(truths: list[Truth]) -> Truth:
    return (all(must for must, _ in truths), all(can for _, can in truths))


def _some(truths: list[Truth]) -> Truth:
    return (any(must for must, _ in truths), any(can for _, can in truths))


def _negated(truth: Truth) -> Truth:
    return (not truth[1], not truth[0])


Direction = Literal[-1, 0, 1, 2]
"""Falls, neither, rises, or never changes (2)."""

_FLIPPED: dict[Direction, Direction] = {-1: 1, 0: 0, 1: -1, 2: 2}
_GROWS = {"at_least": True, "more_than": True, "at_most": False, "fewer_than": False}


def direction_of(condition: Condition, scale_of: Callable[[Condition], Sequence[CompiledScale | None]]) -> Direction:
    """The direction of a condition. `scale_of` gives the scales of the parts that it looks at."""
    if condition.kind in ("all", "any"):
        return together(direction_of(inner, scale_of) for inner in condition.conditions)
    if condition.kind == "not":
        return _FLIPPED[direction_of(condition.conditions[0], scale_of)]
    inner = together(_of_levels(condition, scale) for scale in scale_of(condition))
    if condition.kind == "part":
        return inner
    if condition.amount == "exactly":
        return 2 if inner == 2 else 0  # noqa: PLR2004  # never changes
    return inner if _GROWS[condition.amount] else _FLIPPED[inner]


def together(directions: Iterable[Direction]) -> Direction:
    """The direction of several at once: the one they share."""
    ways = set(directions) - {2}
    if not ways:
        return 2
    return ways.pop() if len(ways) == 1 else 0


def _of_levels(condition: Condition, scale: CompiledScale | None) -> Direction:
    """Whether reaching the levels means having risen or fallen."""
    if condition.comparison in ("at_least", "above"):
        return 1
    if condition.comparison in ("at_most", "below"):
        return -1
    if scale is None or scale.scale.is_range:
        return 0
    chosen = [key in condition.levels for key in scale.keys]
    if all(chosen) or not any(chosen):
        return 2
    if chosen == sorted(chosen):
        return 1
    return -1 if chosen == sorted(chosen, reverse=True) else 0


def method_rises(node: Node, nodes: Mapping[str, Node]) -> bool:
    """Whether a higher part never lowers what the method gives; conditions have directions of their own."""
    step, common, ladder = node.step, node.common, node.ladder
    turned = [step] if step.passes_on != "points" and ladder is None else []
    turned += [part.points for part in node.parts if part.points is not None]
    bands = [part.ladder for part in node.parts if part.by_band and part.ladder is not None]
    falls = (
        step.method in OF_TWO
        or not all(is_rising_curve(turning.points) for turning in turned)
        or not all(ladder.is_rising for ladder in bands)
    )
    if falls or step.method == "product":
        return not falls and not any(_may_be_negative(part, nodes) for part in node.parts)
    if step.method not in CHOOSING or common is None or ladder is None:
        return True
    ranks = [ladder.rank.get(key, 0) for key in common.keys]
    by = step.step_up.by if step.step_up is not None else 0
    return all(other - one >= by for one, other in pairwise(ranks))


def _may_be_negative(part: PartPlan, nodes: Mapping[str, Node]) -> bool:
    """Whether the number of a part can be below 0."""
    if not part.is_node or part.by_band:
        return part.lowest is None or part.lowest < 0
    node = nodes[part.id]
    if node.step.points and node.ladder is None:
        return any(turn.gives < 0 for turn in node.step.points)
    if node.step.method == "difference":
        return True
    if node.step.method in DECIDING and node.ladder is not None:
        return any(points < 0 for points in node.ladder.points.values())
    return any(_may_be_negative(part, nodes) for part in node.parts)
