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
    from granskning.scoring.results.values import Pair

_MOST = 1024
"""So much is remembered of a node."""

Results = dict[str, "Pair"]


def evaluate_cached(
    plan: Plan,
    marks: Mapping[str, object],
    counted: Mapping[str, str | None],
    open_: Sequence[Question],
    limits: Limits,
) -> tuple[Results, Results, Mapping[str, NodeResult]]:
    """The results so far, those at the two ends, and what there is of each node.

    `marks` tell of every question of the plan how it is answered, `counted` what the settled answers count as.
    """
    so_far: Results = {}
    ends: Results = {}
    outer: set[str] = set()
    settled: dict[str, NodeResult] = {}
    for name, node in plan.nodes.items():
        memory = plan.known.get(name) or _memory(plan, node)
        key = memory.look(marks)
        found = memory.held.get(key)
        if found is None:
            moving = [question for question in open_ if question.id in node.support]
            fixed = cells_of(plan, memory.seen, counted)
            own = evaluate_node(node, make_evaluation_state(plan, fixed, fixed, limits, so_far))
            found = NodeResult(own, own, is_outer=False)
            if moving:
                world = ends_world(plan, fixed, [one for one in moving if one.id in memory.seen], limits, ends)
                found.ends, found.is_outer = bounds_of(plan, node, world, fixed, moving, outer)
            if len(memory.held) >= _MOST:
                memory.held.clear()
            memory.held[key] = found
        so_far[name] = found.so_far
        ends[name] = found.ends
        if found.is_outer:
            outer.add(name)
        settled[name] = found
    return so_far, ends, settled


def cells_of(plan: Plan, names: Iterable[str], counted: Mapping[str, str | None]) -> dict[str, Cell]:
    """What the settled answers to these questions enter as."""
    return {name: plan.questions[name].ladder.cell(key) for name in names if (key := counted.get(name)) is not None}


def ends_world(
    plan: Plan, fixed: Mapping[str, Cell], open_: Sequence[Question], limits: Limits, results: Results
) -> EvaluationState:
    """The answers in view, the open questions at their lowest and highest; `fixed` are the settled answers."""
    low = {**fixed, **{question.id: question.ladder.lowest for question in open_}}
    high = {**fixed, **{question.id: question.ladder.highest for question in open_}}
    return make_evaluation_state(plan, low, high, limits, results)


def _memory(plan: Plan, node: Node) -> NodeCache:
    names = sorted(node.support)
    is_bare = node.is_clean and not (node.rules or node.gates or node.has_demands or node.named or plan.depends)
    seen = [part.id for part in node.parts if not part.is_node] if is_bare else names
    plan.known[node.id] = NodeCache(itemgetter(*names) if names else lambda _marks: (), tuple(seen), {})
    return plan.known[node.id]
