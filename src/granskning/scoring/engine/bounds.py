"""Every way to complete the unresolved answers, as far as it matters: the true worst and best of what is not monotone.

Questions that no condition names and that weigh the same in the same step are interchangeable: how many of them are at
each level decides, not which. So rules over counts are tried by counts, and forty open answers are few cases.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, islice, product
from math import comb, prod
from typing import TYPE_CHECKING

from granskning.scoring.engine.evaluate import evaluate_node, make_evaluation_state
from granskning.scoring.engine.node import Limits
from granskning.scoring.engine.plan import dependencies_of
from granskning.scoring.results.values import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from granskning.scoring.engine.compiled_scale import Cell
    from granskning.scoring.engine.node import EvaluationState, Node, Question, Spans
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.numbers import Number
    from granskning.scoring.results.values import Pair, Result

MOST = 4096
"""More cases than this are not tried; then outer bounds are told."""


def bounds_of(  # noqa: PLR0913  # what the ends of a node rest on
    plan: Plan,
    node: Node,
    world: EvaluationState,
    fixed: Mapping[str, Cell],
    moving: Sequence[Question],
    outer: set[str],
    unsettled: frozenset[str] = frozenset(),
) -> tuple[Pair, bool]:
    """The worst and the best result of a node, and whether they are only outer bounds.

    `moving` are the open questions that can move it, of which there are some; `outer` are the nodes with outer bounds
    among those it rests on. A monotone node needs no more than the two ends; of others every case is tried, as far as
    there are not too many.
    """
    if not unsettled.isdisjoint(node.support):  # a part that may be there or not: neither end tells anything
        tried = exact_ends(plan, node, fixed, moving, world.limits)
        return (tried, False) if tried is not None else ((NOTHING, NOTHING), True)
    pair = evaluate_node(node, world)
    if node.is_clean:
        return pair, False
    ends = exact_ends(plan, node, fixed, moving, world.limits)
    return ends or pair, ends is None and not _is_independent(plan, node, outer)


def _is_independent(plan: Plan, node: Node, outer: set[str]) -> bool:
    """Whether the ends of a monotone node follow from those of its parts, since no answer moves two of them."""
    if not node.is_monotone or node.named or plan.depends:
        return False
    seen: set[str] = set()
    for part in node.parts:
        support = plan.nodes[part.id].support if part.is_node else frozenset({part.id})
        if part.id in outer or support & seen:
            return False
        seen |= support
    return True


def possible(plan: Plan, asked: Sequence[Question]) -> Spans:
    """The least and the most that each node can come to when these questions are put.

    Where a figure hangs on them (a share of the possible, say), those of a node that is not monotone are found by
    trying every case, as far as there are not too many: a curve that falls may never be at its least.
    """
    spans: dict[str, tuple[Number | None, Number | None]] = {}
    limits = Limits(spans, {})
    asked = [replace(question, reach=()) if question.reach else question for question in asked]
    low = {question.id: question.lowest for question in asked}
    high = {question.id: question.highest for question in asked}
    world = make_evaluation_state(plan, low, high, limits)
    put = replace(plan, asking=()) if plan.asking else plan
    for node in plan.nodes.values():
        world.results[node.id] = ends = evaluate_node(node, world)
        if node.id in plan.exact_spans:
            moving = [question for question in asked if question.id in node.support]
            ends = (exact_ends(put, node, {}, moving, limits) if moving else None) or ends
        spans[node.id] = (ends[0].value, ends[1].value)  # a share of the possible higher up looks at it
    return spans


def exact_ends(
    plan: Plan, node: Node, fixed: Mapping[str, Cell], open_: Sequence[Question], limits: Limits
) -> Pair | None:
    """The worst and best result of a node over all completions of the open questions; None where they are too many."""
    ways = _ways(plan, node, open_)
    if ways is None:
        return None
    result_of = _CaseResults(plan, node, fixed, open_, limits).of
    results = [result_of(cells) for cells in ways]
    low, high = min(results, key=_order), max(results, key=_order)
    bands = [result.band for result in results]
    return (low._replace(band=_least(bands)), high._replace(band=_most(bands)))


def extreme_cases(
    plan: Plan, node: Node, fixed: Mapping[str, Cell], open_: Sequence[Question], limits: Limits
) -> tuple[Mapping[str, Cell], Mapping[str, Cell]] | None:
    """The answers that give a node its least and its most, among all completions; None where they are too many."""
    ways = _ways(plan, node, open_)
    if ways is None:
        return None
    result_of = _CaseResults(plan, node, fixed, open_, limits).of
    cases = list(ways)
    results = [_order(result_of(cells)) for cells in cases]
    least, most = (cases[results.index(end)] for end in (min(results), max(results)))
    return {**fixed, **least}, {**fixed, **most}


def _ways(plan: Plan, node: Node, open_: Sequence[Question]) -> Iterator[dict[str, Cell]] | None:
    """The completions that can give the worst and the best; None where they are too many.

    Every completion or, where only what is asked keeps a node from being monotone, every answer to the questions that
    decide that, with all others at their lowest and at their highest.
    """
    groups = _few_groups(plan, open_)
    if groups is not None:
        return _cases(groups)
    deciding = {name for asking in plan.asking for name in asking.scales}
    few = _few_groups(plan, [question for question in open_ if question.criterion in deciding])
    if not deciding or few is None or not node.is_clean:
        return None
    rest = [question for question in open_ if question.criterion not in deciding]
    ends = [{question.id: question.ladder.lowest for question in rest}]
    ends.append({question.id: question.ladder.highest for question in rest})
    return ({**case, **end} for case in _cases(few) for end in ends)


def _few_groups(plan: Plan, open_: Sequence[Question]) -> list[list[Question]] | None:
    """The questions in groups, where the cases are few enough to be tried."""
    if any(_count_keys(question) > MOST for question in open_):
        return None
    groups = interchangeable(plan, open_)
    many = prod(comb(len(group) + _count_keys(group[0]) - 1, len(group)) for group in groups) > MOST
    return None if many else groups


def _count_keys(question: Question) -> int:
    """How many answers can be given to a question; more than can be tried on a range without steps."""
    scale = question.ladder.scale
    if question.reach or scale.minimum is None or scale.maximum is None:
        return len(question.keys)
    return MOST + 1 if scale.interval is None else int((scale.maximum - scale.minimum) / scale.interval) + 1


def _keys_of(question: Question) -> Sequence[str]:
    """The answers that can be given to a question, of which there are few."""
    scale = question.ladder.scale
    if question.reach or scale.minimum is None or scale.interval is None:
        return question.keys
    return [str(scale.minimum + scale.interval * number) for number in range(_count_keys(question))]


def interchangeable(plan: Plan, open_: Sequence[Question]) -> list[list[Question]]:
    """The questions in groups within which it does not matter which of them is at a level."""
    named = {name for node in plan.nodes.values() for name in node.named}
    named |= {asking.criterion for asking in plan.asking}
    named |= {name for asking in plan.asking for name in asking.scales}
    named |= {criterion for needs in plan.depends.values() for criterion, _, _ in needs} | set(plan.depends)
    groups: dict[object, list[Question]] = {}
    for question in open_:
        role: object = (question.target, question.weight, id(question.ladder), question.reach,
                        plan.roles[question.criterion])  # fmt: skip
        if question.criterion in named or question.id in named:
            role = question.id
        groups.setdefault(role, []).append(question)
    return list(groups.values())


def _cases(groups: Sequence[Sequence[Question]]) -> Iterator[dict[str, Cell]]:
    ways = [[dict(zip((q.id for q in group), cells, strict=True)) for cells in _multisets(group)] for group in groups]
    for case in islice(product(*ways), MOST):
        yield {name: cell for part in case for name, cell in part.items()}


def _multisets(group: Sequence[Question]) -> Iterator[tuple[Cell, ...]]:
    # How many ways a group of n questions can be spread over k levels is the number of combinations with repetition,
    # C(n + k - 1, n) (W. Feller, An Introduction to Probability Theory, vol. 1, II.5). Ten open questions of one
    # target on four levels: C(13, 10) = 286 cases, where trying each question by itself would be 4^10 = 1,048,576.
    # Groups are independent of each other, so their cases are multiplied.
    ladder = group[0].ladder
    for keys in combinations_with_replacement(_keys_of(group[0]), len(group)):
        yield tuple(ladder.cell(key) for key in keys)


class _CaseResults:
    """What one node comes to, case by case.

    What a node below it comes to is worked out once for the answers that can move it: forty open questions of eight
    targets are many cases of the whole, but few of each target.
    """

    def __init__(
        self, plan: Plan, node: Node, fixed: Mapping[str, Cell], open_: Sequence[Question], limits: Limits
    ) -> None:
        self._plan, self._fixed, self._limits = plan, fixed, limits
        self._nodes: list[tuple[Node, list[str], dict[tuple[Cell, ...], Pair]]] = [
            (below, [question.id for question in open_ if question.id in below.support], {})
            for below in dependencies_of(plan, node)
        ]

    def of(self, cells: Mapping[str, Cell]) -> Result:
        """The node's result when the open questions are answered so."""
        answers = {**self._fixed, **cells}
        world = make_evaluation_state(self._plan, answers, answers, self._limits)
        for node, moving, results in self._nodes:
            key = tuple([cells[name] for name in moving])
            result = results.get(key)
            if result is None:
                result = results[key] = evaluate_node(node, world)
            world.results[node.id] = result
        return world.results[self._nodes[-1][0].id][0]


def _order(result: Result) -> tuple[bool, Fraction | int | float]:
    """Results from worst to best: by rank, else by number."""
    if result.rank is not None:
        return (True, result.rank)
    return (result.value is not None, 0 if result.value is None else result.value)  # type: ignore[return-value]  # a root compares too


def _least(bands: Sequence[int | None]) -> int | None:
    return None if any(band is None for band in bands) else min(band for band in bands if band is not None)


def _most(bands: Sequence[int | None]) -> int | None:
    return max((band for band in bands if band is not None), default=None)
