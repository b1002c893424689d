"""Answers in, the results of all nodes out; what has been worked out before for the same answers is not again.

From one review to the next, or one version to the next, most targets are answered alike. A node's results rest on the
answers to the questions that can move it and on nothing else, so they are remembered by these.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from granskning.scoring.engine.bounds import bounds_of
from granskning.scoring.engine.evaluate import evaluate_node, make_evaluation_state
from granskning.scoring.engine.node_cache import NodeCache, NodeResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.scoring.engine.compiled_scale import Cell
    from granskning.scoring.engine.node import EvaluationState, Limits, Node, Question
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.engine.session import ScoringSession
    from granskning.scoring.results.values import Pair

_MOST = 1024
"""So much is remembered of a node."""

Results = dict[str, "Pair"]


def evaluate_cached(  # noqa: PLR0913  # what all results rest on
    session: ScoringSession,
    marks: Mapping[str, object],
    counted: Mapping[str, str | None],
    open_: Sequence[Question],
    limits: Limits,
    unsettled: frozenset[str] = frozenset(),
) -> tuple[Results, Results, Mapping[str, NodeResult]]:
    """The results so far, those at the two ends, and what there is of each node.

    `marks` tell of every question of the plan how it is answered, `counted` what the settled answers count as, and
    `unsettled` are the questions that may be asked or not.
    """
    plan, caches = session.plan, session.nodes
    so_far: Results = {}
    ends: Results = {}
    outer: set[str] = set()
    settled: dict[str, NodeResult] = {}
    for name, node in plan.nodes.items():
        cache = caches.get(name)
        if cache is None:
            cache = caches[name] = _new_cache(plan, node)
        key = cache.look(marks)
        result = cache.results.get(key)
        if result is None:
            moving = [question for question in open_ if question.id in node.support]
            fixed = cells_of(plan, cache.seen, counted)
            own = evaluate_node(node, make_evaluation_state(plan, fixed, fixed, limits, so_far))
            result = NodeResult(own, own, is_outer=False)
            if moving:
                seen = [question for question in moving if question.id in cache.seen]
                world = ends_world(plan, fixed, seen, limits, ends)
                result.ends, result.is_outer = bounds_of(plan, node, world, fixed, moving, outer, unsettled)
                result.is_outer = result.is_outer or any(question.is_loose for question in moving)
            if len(cache.results) >= _MOST:
                cache.results.clear()
            cache.results[key] = result
        so_far[name] = result.so_far
        ends[name] = result.ends
        if result.is_outer:
            outer.add(name)
        settled[name] = result
    return so_far, ends, settled


def cells_of(plan: Plan, names: Iterable[str], counted: Mapping[str, str | None]) -> dict[str, Cell]:
    """What the settled answers to these questions enter as."""
    return {name: plan.questions[name].ladder.cell(key) for name in names if (key := counted.get(name)) is not None}


def ends_world(
    plan: Plan, fixed: Mapping[str, Cell], open_: Sequence[Question], limits: Limits, results: Results
) -> EvaluationState:
    """The answers in view, the open questions at their lowest and highest; `fixed` are the settled answers."""
    low = {**fixed, **{question.id: question.lowest for question in open_}}
    high = {**fixed, **{question.id: question.highest for question in open_}}
    return make_evaluation_state(plan, low, high, limits, results)


def _new_cache(plan: Plan, node: Node) -> NodeCache:
    names = sorted(node.support)
    is_bare = node.is_clean and not (node.rules or node.gates or node.has_demands or node.named)
    is_bare = is_bare and not plan.depends and not plan.asking
    seen = [part.id for part in node.parts if not part.is_node] if is_bare else names
    return NodeCache(itemgetter(*names) if names else lambda _marks: (), tuple(seen), {})
