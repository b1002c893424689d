"""Answers in, the results of all nodes out; what has been worked out before for the same answers is not again.

From one review to the next, or one version to the next, most targets are answered alike. A node's results rest on the
answers to the questions that can move it and on nothing else, so they are remembered by these.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from granskning.scoring.completions import ends_of, open_world
from granskning.scoring.evaluate import make_world, work_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.scoring.card import Score
    from granskning.scoring.evaluate import Pair
    from granskning.scoring.ladder import Cell
    from granskning.scoring.node import Limits, Node, Question, World
    from granskning.scoring.plan import Plan

_MOST = 1024
"""So much is remembered of a node."""


@dataclass(slots=True)
class Settled:
    """The results of a node for some answers."""

    so_far: Pair
    """Of the settled answers alone."""
    ends: Pair
    """The worst and the best."""
    is_outer: bool
    """Whether the ends are only outer bounds."""
    score: Score | None = None
    """What is told of it, once somebody has asked."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What has been worked out of a node."""

    look: Callable[[Mapping[str, object]], object]
    """All that its results rest on, of how each question is answered."""
    held: dict[object, Settled]


def settle(  # what results rest on
    plan: Plan,
    marks: Mapping[str, object],
    fixed: Mapping[str, Cell],
    open_: Sequence[Question],
    limits: Limits,
) -> tuple[World, World, Mapping[str, Settled]]:
    """The answers and results so far, those at the two ends, and what there is of each node.

    `marks` tell of every question of the plan how it is answered, `fixed` are the settled answers.
    """
    so_far = make_world(plan, fixed, fixed, limits)
    ends = open_world(plan, fixed, open_, limits) if open_ else so_far
    outer: set[str] = set()
    settled: dict[str, Settled] = {}
    for name, node in plan.nodes.items():
        memory = plan.known.get(name) or _memory(plan, node)
        key = memory.look(marks)
        found = memory.held.get(key)
        if found is None:
            own = work_out(node, so_far)
            moving = [question for question in open_ if question.id in node.support]
            found = Settled(own, *(ends_of(plan, node, ends, fixed, moving, outer) if moving else (own, False)))
            if len(memory.held) >= _MOST:
                memory.held.clear()
            memory.held[key] = found
        so_far.results[name] = found.so_far
        ends.results[name] = found.ends
        if found.is_outer:
            outer.add(name)
        settled[name] = found
    return so_far, ends, settled


def _memory(plan: Plan, node: Node) -> Memory:
    names = sorted(node.support)
    plan.known[node.id] = memory = Memory(itemgetter(*names) if names else lambda _marks: (), {})
    return memory
